"""What the search finds: a thing that a person would go to, with its texts and amounts."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.i18n import N_
from perfdesk.services.places import Key
from perfdesk.tables.form import Form, OutlinePart

if TYPE_CHECKING:
    from perfdesk.checks.finding import Finding

IDENTITY: Final = N_("Cover and identity")
UNIT: Final = N_("Spending unit")
PART: Final = N_("Part of the book")
PLAN: Final = N_("Strategic plan")
GOAL: Final = N_("Goal")
OBJECTIVE: Final = N_("Objective")
TARGET: Final = N_("Performance target")
INDICATOR: Final = N_("Indicator")
ACTIVITY: Final = N_("Activity")
SUB_PROGRAMME: Final = N_("Sub-programme")
RESOURCE: Final = N_("Resource table")
RESOURCE_ROW: Final = N_("Row of a resource table")
TEXT: Final = N_("Written text")
POLICY: Final = N_("Policy document")
ADMINISTRATION_WIDE: Final = N_("Administration-wide amount")
FINDING: Final = N_("Finding")


_JOINED: Final = " › "


class Text(NamedTuple):
    """A text of a record; ``table`` and ``row`` are given where they are not the record's own."""

    text: str
    column: str
    label: str = ""
    table: str = ""
    row: int = 0


class Amount(NamedTuple):
    """A number of a record, found as a number; ``name`` says what it is the amount of."""

    value: Decimal
    name: str
    column: str
    table: str = ""
    row: int = 0


class Record(NamedTuple):
    """A thing that can be found.

    ``where`` is what stands above it. ``is_named`` tells whether code and title are its own; else they only say what
    it belongs to, and are not searched. ``words`` are those of its place; ``finding`` is what the checks say, of
    which it tells.
    """

    kind: str
    entry: Key
    where: str
    table: str
    row: int
    column: str
    title: str
    code: str = ""
    fields: tuple[Text, ...] = ()
    amounts: tuple[Amount, ...] = ()
    is_named: bool = True
    words: str = ""
    finding: "Finding | None" = None


def path(*names: str) -> str:
    """Return the names of what stands above something, outermost first."""
    return _JOINED.join(filter(None, names))


def holding(form: Form, holds: str) -> OutlinePart:
    """Return the part of the book that holds something; a form without it shows it in its last part."""
    return next((part for part in form.outline if part.holds == holds), form.outline[-1])


def given(fields: Iterable[Text]) -> tuple[Text, ...]:
    """Return those of a record's texts that there are."""
    return tuple(field for field in fields if field.text)
