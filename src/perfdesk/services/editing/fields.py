"""What a field takes: reads a typed text strictly, and shows what is stored so that it can be typed again.

A grid's cell, a form's field and a pasted block all go through here; each kind of field is declared once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from perfdesk.domain import texts, turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import MAX_AMOUNT, ZERO
from perfdesk.domain.numbers import format_number, parse_amount, parse_number, shortened
from perfdesk.domain.programme import Municipality
from perfdesk.i18n import N_, _
from perfdesk.services.editing import measures
from perfdesk.services.editing.units import SEPARATOR, find_unit, unit_choices
from perfdesk.tables.form import Form

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2199
_YEAR: Final = re.compile("[0-9]{4}")
_COLOUR: Final = re.compile("#?[0-9a-f]{6}")
_YES: Final = ("evet", "e", "x", "1", "yes", "y", "+")
_NO: Final = ("hayir", "h", "0", "no", "n")
YES: Final = N_("Yes")
NO: Final = N_("No")


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a list that completes while typing; ``search`` is folded and may hold other names too."""

    name: str
    search: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a typed entry may refer to: the file's content and the form of the year in hand."""

    municipality: Municipality
    form: Form


@dataclass(frozen=True, slots=True)
class Field:
    """A text; the kinds below take something else. ``label`` names its step in the undo menu (a msgid)."""

    label: str

    def read(self, typed: str, known: Known) -> object:  # noqa: ARG002 - for the kinds that refer to something
        """Return what is stored for a typed text.

        Raises:
            UserError: it cannot be, with the sentence that says why.
        """
        return texts.typed(typed)

    def show(self, value: object, known: Known) -> str:  # noqa: ARG002 - for the kinds that refer to something
        """Return the text that would be typed for a value of the snapshot."""
        return "" if value is None else str(value)

    def shown(self, typed: str, known: Known) -> str:
        """Return the text that will be shown for a typed one once it is stored.

        Raises:
            UserError: it cannot be, as with ``read``.
        """
        return self.show(self.read(typed, known), known)

    def choices(self, known: Known) -> Sequence[Choice]:  # noqa: ARG002 - for the kinds that have lists
        """Return what completes while typing."""
        return ()

    @property
    def is_closed(self) -> bool:
        """Whether only one of the choices can be entered."""
        return False


@dataclass(frozen=True, slots=True)
class Measure(Field):
    """A unit of measure."""

    def read(self, typed: str, known: Known) -> object:
        del known
        return measures.written(texts.typed(typed))


@dataclass(frozen=True, slots=True)
class Names(Field):
    """Several names in one line, parted by semicolons."""

    def read(self, typed: str, known: Known) -> object:
        del known
        return [name for part in texts.typed(typed).split(SEPARATOR) if (name := part.strip())]

    def show(self, value: object, known: Known) -> str:
        del known
        return f"{SEPARATOR} ".join(_texts(value))


@dataclass(frozen=True, slots=True)
class Lines(Field):
    """Several texts, one a line."""

    def read(self, typed: str, known: Known) -> object:
        del known
        return [line.strip() for line in texts.typed(typed).split("\n") if line.strip()]

    def show(self, value: object, known: Known) -> str:
        del known
        return "\n".join(_texts(value))


@dataclass(frozen=True, slots=True)
class Whole(Field):
    """A whole number within limits; blank where that is allowed."""

    least: int = 0
    most: int = 999_999_999
    required: bool = False

    def read(self, typed: str, known: Known) -> object:
        del known
        text = turkish.normalise(typed)
        if not text and not self.required:
            return None
        number = parse_number(text)
        if number != number.to_integral_value() or not self.least <= number <= self.most:
            raise UserError(
                N_("“{typed}” cannot be entered here: a whole number from {least} to {most} is expected."),
                typed=shortened(text),
                least=self.least,
                most=format_number(Decimal(self.most)),
            )
        return int(number)

    def show(self, value: object, known: Known) -> str:
        del known
        return format_number(Decimal(value)) if isinstance(value, int) else ""


@dataclass(frozen=True, slots=True)
class Year(Field):
    """A year; blank where that is allowed."""

    required: bool = False

    def read(self, typed: str, known: Known) -> object:
        del known
        text = turkish.normalise(typed)
        if not text and not self.required:
            return None
        return read_year(text)


@dataclass(frozen=True, slots=True)
class Number(Field):
    """A decimal number or blank."""

    least: Decimal | None = None
    most: Decimal | None = None

    def read(self, typed: str, known: Known) -> object:
        del known
        text = turkish.normalise(typed)
        if not text:
            return None
        number = parse_number(text)
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            raise UserError(
                N_("“{typed}” cannot be entered here: a number from {least} to {most} is expected."),
                typed=shortened(text),
                least=format_number(self.least) if self.least is not None else "",
                most=format_number(self.most) if self.most is not None else "",
            )
        return number

    def show(self, value: object, known: Known) -> str:
        del known
        return format_number(value) if isinstance(value, Decimal) else ""


@dataclass(frozen=True, slots=True)
class Amount(Field):
    """An amount in lira; blank is zero."""

    def read(self, typed: str, known: Known) -> object:
        del known
        return read_amount(typed)

    def show(self, value: object, known: Known) -> str:
        del known
        return format_number(value) if isinstance(value, Decimal) and value else ""


@dataclass(frozen=True, slots=True)
class Flag(Field):
    """Yes, no, or never said."""

    def read(self, typed: str, known: Known) -> object:
        del known
        folded = turkish.fold(turkish.normalise(typed))
        if not folded:
            return None
        if folded in (*_YES, turkish.fold(_(YES))):
            return True
        if folded in (*_NO, turkish.fold(_(NO))):
            return False
        raise UserError(
            N_("“{typed}” cannot be entered here: type {yes} or {no}, or leave it blank."),
            typed=shortened(typed),
            yes=UserError(YES),
            no=UserError(NO),
        )

    def show(self, value: object, known: Known) -> str:
        del known
        return "" if value is None else _(YES if value else NO)

    def choices(self, known: Known) -> Sequence[Choice]:
        del known
        return [Choice(_(name), turkish.fold(_(name))) for name in (YES, NO)]

    @property
    def is_closed(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class OneOf(Field):
    """One of a list; ``options`` gives each stored word its name (a msgid)."""

    options: Mapping[str, str] = field(default_factory=dict)
    required: bool = False

    def read(self, typed: str, known: Known) -> object:
        del known
        folded = turkish.fold(turkish.normalise(typed))
        if not folded and not self.required:
            return ""
        for stored, name in self.options.items():
            if folded in (stored, turkish.fold(_(name))):
                return stored
        raise UserError(
            N_("“{typed}” is not in the list. Choose one of: {names}."),
            typed=shortened(typed),
            names=", ".join(map(_, self.options.values())),
        )

    def show(self, value: object, known: Known) -> str:
        del known
        return _(self.options.get(str(value), "")) if value else ""

    def choices(self, known: Known) -> Sequence[Choice]:
        del known
        return [Choice(_(name), turkish.fold(_(name))) for name in self.options.values()]

    @property
    def is_closed(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Colour(Field):
    """A colour as "#" and six digits, or none."""

    def read(self, typed: str, known: Known) -> object:
        del known
        text = turkish.normalise(typed).lower()
        if text and not _COLOUR.fullmatch(text):
            raise UserError(N_("“{typed}” is not a colour: # and six digits as in #1f5f66."), typed=shortened(typed))
        return f"#{text.removeprefix('#')}" if text else ""


@dataclass(frozen=True, slots=True)
class UnitOfList(Field):
    """A spending unit: the snapshot names it by its id, the file by its row."""

    def read(self, typed: str, known: Known) -> object:
        name = turkish.normalise(typed)
        return find_unit(known.municipality.units, name).row if name else None

    def show(self, value: object, known: Known) -> str:
        return next((unit.name for unit in known.municipality.units if unit.id == value), "")

    def shown(self, typed: str, known: Known) -> str:
        # it is stored by its row, which the snapshot does not name it by
        row = self.read(typed, known)
        return next((unit.name for unit in known.municipality.units if unit.row == row), "")

    def choices(self, known: Known) -> Sequence[Choice]:
        return [Choice(*pair) for pair in unit_choices(known.municipality.units)]


@dataclass(frozen=True, slots=True)
class EconomicCode(Field):
    """An economic code of the form; its name may stand behind it."""

    def read(self, typed: str, known: Known) -> object:
        text = turkish.normalise(typed)
        digits = text[: next((n for n, sign in enumerate(text) if not sign.isdigit()), len(text))]
        code = digits.zfill(2)
        if digits and code in known.form.economic_codes:
            return code
        raise UserError(
            N_("“{typed}” is not an economic code. Choose one of: {codes}."),
            typed=shortened(text),
            codes=", ".join(known.form.economic_codes),
        )

    def choices(self, known: Known) -> Sequence[Choice]:
        return [
            Choice(f"{code} {name}", turkish.fold(f"{code} {name}")) for code, name in known.form.economic_codes.items()
        ]


def read_year(typed: str) -> int:
    """Read a typed year of four digits.

    Raises:
        UserError: it is none, or none that a file can hold.
    """
    text = turkish.normalise(typed)
    if not text:
        raise UserError(N_("The year is missing. Write four digits, e.g. 2027."))
    # a longer row of digits is a slip, and so are leading zeros
    if not (_YEAR.fullmatch(text) and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise UserError(
            N_("“{typed}” is not a year: type four digits, from {first} to {last}."),
            typed=shortened(text),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return int(text)


def check_year(year: int) -> None:
    """Refuse a year that a file cannot hold.

    Raises:
        UserError: it is one.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError(N_("The year must lie between {first} and {last}."), first=FIRST_YEAR, last=LAST_YEAR)


def read_amount(typed: str) -> Decimal:
    """Read a typed amount in lira; nothing is zero.

    Raises:
        NumberError: it is not an amount.
    """
    text = turkish.normalise(typed)
    return ZERO if text in ("", "-") else parse_amount(text, limit=MAX_AMOUNT)


def _texts(value: object) -> Sequence[str]:
    assert isinstance(value, tuple | list)
    return value
