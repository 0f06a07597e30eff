"""The severities in the window: a name, a letter. Their sign and its colour are those of ``badge``."""

from perfdesk.checks.finding import Finding, Severity
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


def told(finding: Finding) -> str:
    """Return the sentence, with the severity in words before it."""
    return f"{name(finding.severity)}: {finding.sentence()}"


def in_letters(group: Group) -> str:
    """Return how many findings a group has of each severity, as briefly as can be: "3 E  12 W"."""
    counts = counting.of_items(line.item for line in group.lines)
    if group.is_accepted:
        return group.told()
    return "  ".join(f"{counts[severity]} {letter(severity)}" for severity in Severity if counts[severity])
