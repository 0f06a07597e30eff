"""A finding that stays as it is: accepted with a reason, which the control report prints; one step each."""

from datetime import date
from typing import Final

from perfdesk.checks.finding import Finding
from perfdesk.domain import texts
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Programme
from perfdesk.i18n import N_
from perfdesk.services.editing.order import after_last
from perfdesk.storage.store import Store

ACCEPT: Final = N_("acceptance of a finding")
CHANGE: Final = N_("reason of an accepted finding")
WITHDRAW: Final = N_("withdrawal of an acceptance")


def accept(store: Store, programme: Programme, finding: Finding, reason: str, on: date) -> None:
    """Accept a finding, or change the reason of one that was accepted.

    Raises:
        UserError: there is no reason, or the file cannot be written.
    """
    reason = texts.typed(reason)
    if not reason:
        raise UserError(N_("Say in a sentence why this stays as it is; the control report prints it."))
    row = store.find("acceptance", programme=programme.row, fingerprint=finding.fingerprint)
    if row is not None:
        with store.step(CHANGE):
            store.update("acceptance", row, reason=reason, date=on.isoformat())
        return
    with store.step(ACCEPT):
        store.insert(
            "acceptance",
            programme=programme.row,
            position=after_last(store, "acceptance", programme=programme.row),
            fingerprint=finding.fingerprint,
            rule=finding.rule,
            reason=reason,
            date=on.isoformat(),
        )


def withdraw(store: Store, programme: Programme, finding: Finding) -> None:
    """Take back what was said to a finding; it counts again.

    Raises:
        UserError: the file cannot be written.
    """
    row = store.find("acceptance", programme=programme.row, fingerprint=finding.fingerprint)
    if row is not None:
        with store.step(WITHDRAW):
            store.delete("acceptance", row)


def reasons(programme: Programme, rule: str) -> list[str]:
    """Return the reasons given for other findings of a rule, the newest first, each once: they can be taken again."""
    return list(dict.fromkeys(one.reason for one in reversed(programme.acceptances) if one.rule == rule))
