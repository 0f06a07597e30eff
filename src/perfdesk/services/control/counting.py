"""How many findings there are, in words: "3 errors 12 warnings"."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from perfdesk.checks.finding import Finding, Severity
from perfdesk.i18n import N_, _

# one, and any other number
_WORDS: Final = {
    Severity.ERROR: (N_("1 error"), N_("{count} errors")),
    Severity.WARNING: (N_("1 warning"), N_("{count} warnings")),
    Severity.INFO: (N_("1 for information"), N_("{count} for information")),
}
# what someone has to look at before the book goes to the council
GRAVE: Final = (Severity.ERROR, Severity.WARNING)


class HasFinding(Protocol):
    """What holds a finding: an item of the audit."""

    @property
    def finding(self) -> Finding:
        """The finding."""


def of_items(items: Iterable[HasFinding]) -> Counter[Severity]:
    """Return how many findings there are of each severity."""
    return Counter(item.finding.severity for item in items)


def said(severity: Severity, count: int) -> str:
    """Return so many findings of a severity in words."""
    one, more = _WORDS[severity]
    return _(one) if count == 1 else _(more).format(count=count)


def in_words(counts: Mapping[Severity, int], between: str = " ") -> str:
    """Return how many findings there are, what is gravest first; "" where there are none."""
    return between.join(said(severity, counts[severity]) for severity in _WORDS if counts.get(severity))
