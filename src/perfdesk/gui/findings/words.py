"""The severities in the window: a name, a letter, a colour."""

from PySide6.QtGui import QColor, QPalette

from perfdesk.checks.finding import Severity
from perfdesk.gui import colours
from perfdesk.gui.findings.grouping import Group
from perfdesk.i18n import _
from perfdesk.services.control import counting
from perfdesk.services.control.checking import SEVERITIES


def name(severity: Severity) -> str:
    """Return what a severity is called."""
    return _(SEVERITIES[severity])


def letter(severity: Severity) -> str:
    """Return the letter that stands for it."""
    return name(severity)[:1].upper()


def in_letters(group: Group) -> str:
    """Return how many findings a group has of each severity, as briefly as can be: "3 E  12 W"."""
    counts = counting.of_items(line.item for line in group.lines)
    if group.is_accepted:
        return group.told()
    return "  ".join(f"{counts[severity]} {letter(severity)}" for severity in Severity if counts[severity])


def colour(severity: Severity, palette: QPalette) -> QColor:
    """Return its colour, which never stands without the letter."""
    match severity:
        case Severity.ERROR:
            return colours.wrong(palette)
        case Severity.WARNING:
            return colours.doubtful(palette)
        case Severity.INFO:
            return colours.muted(palette)
