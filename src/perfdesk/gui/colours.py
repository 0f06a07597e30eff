"""Colours: the system's palette with one accent of ours, and what is mixed from the two."""

from typing import Final

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

# the one accent, for light and dark
_ACCENT: Final = ("#14606b", "#5fb3bf")
# a wrong entry; always with a sign beside it
_WRONG: Final = ("#b3261e", "#f2a09b")
# what someone has to look at; with a sign beside it, too
_DOUBTFUL: Final = ("#8a5a00", "#e3b45c")
_DARK_BELOW: Final = 128


def install(application: QApplication) -> None:
    """Set the accent, now and whenever the system turns light or dark."""

    def set_accent() -> None:
        # only these roles are set; all others keep following the system
        palette = QPalette()
        accent = QColor(_ACCENT[is_dark(application.palette())])
        for role in (QPalette.ColorRole.Accent, QPalette.ColorRole.Highlight, QPalette.ColorRole.Link):
            palette.setColor(role, accent)
        palette.setColor(
            QPalette.ColorRole.HighlightedText, QColor("#101414" if is_dark(application.palette()) else "#ffffff")
        )
        application.setPalette(palette)

    set_accent()
    application.styleHints().colorSchemeChanged.connect(set_accent)


def is_dark(palette: QPalette) -> bool:
    """Whether the palette is light on dark."""
    return palette.color(QPalette.ColorRole.Window).lightness() < _DARK_BELOW


def wrong(palette: QPalette) -> QColor:
    """Return the colour of a wrong entry's edge and sign."""
    return QColor(_WRONG[is_dark(palette)])


def doubtful(palette: QPalette) -> QColor:
    """Return the colour of what someone has to look at."""
    return QColor(_DOUBTFUL[is_dark(palette)])


def muted(palette: QPalette) -> QColor:
    """Return the colour of what is computed or said in passing."""
    return mixed(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), 0.62)


def tint(palette: QPalette, strength: float = 0.16) -> QColor:
    """Return the base with a breath of the accent: what is selected."""
    return mixed(palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.Base), strength)


def shade(palette: QPalette, strength: float = 0.04) -> QColor:
    """Return the base with a breath of the text: computed cells, heads."""
    return mixed(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), strength)


def line(palette: QPalette) -> QColor:
    """Return the colour of hairlines."""
    return shade(palette, 0.16)


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return so much of one colour in another."""
    rest = 1 - share
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * rest,
        one.greenF() * share + other.greenF() * rest,
        one.blueF() * share + other.blueF() * rest,
    )
