"""The sign of a finding, alike wherever it is met: a letter in the colour of its severity, on a breath of it."""

from typing import Final, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette

from perfdesk.checks.finding import Severity
from perfdesk.gui import colours

_BREATH: Final = 0.16


def colour(severity: Severity | None, palette: QPalette) -> QColor:
    """Return the colour of a severity, which never stands without the letter; None is an entry that was refused."""
    match severity:
        case Severity.WARNING:
            return colours.doubtful(palette)
        case Severity.INFO:
            return colours.muted(palette)
    return colours.wrong(palette)


def side(metrics: QFontMetrics) -> int:
    """Return how wide and high it is beside a text."""
    return metrics.height()


class Tones(NamedTuple):
    """The colours of a sign: the letter's, and what it stands on."""

    ink: QColor
    ground: QColor


def tones(ink: QColor, palette: QPalette) -> Tones:
    """Return the colours of a sign whose letter has this one."""
    return Tones(ink, colours.mixed(ink, palette.color(QPalette.ColorRole.Base), _BREATH))


def paint(painter: QPainter, rect: QRect, letter: str, tones: Tones) -> None:
    """Paint a letter into a rectangle, in the painter's font made bold; that is left as it was."""
    font = painter.font()
    bold = QFont(font)
    bold.setBold(True)
    painter.fillRect(rect, tones.ground)
    painter.setFont(bold)
    painter.setPen(tones.ink)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), letter)
    painter.setFont(font)
