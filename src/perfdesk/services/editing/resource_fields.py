"""What the fields of a resource table take: the part of the book it stands in, its kind, how many stand abreast."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.numbers import shortened
from perfdesk.i18n import N_, _
from perfdesk.services.editing.fields import Choice, Field, Known, Whole
from perfdesk.tables import resource_table
from perfdesk.tables.form import Form, OutlinePart, ResourceKind

FREE_TABLE: Final = N_("Free-form table")
_HOLDS: Final = resource_table.KIND + "s"


def parts_of(form: Form) -> list[OutlinePart]:
    """Return the parts of the book that hold resource tables."""
    return [part for part in form.outline if part.holds == _HOLDS]


def kinds_of(form: Form, section: str) -> list[ResourceKind]:
    """Return the kinds of resource tables that stand in a part, by the part's key."""
    return [kind for kind in form.resource_kinds if kind.section == section]


@dataclass(frozen=True, slots=True)
class PartOfBook(Field):
    """A part of the book that holds resource tables, by its title; blank where the table's kind tells."""

    def read(self, typed: str, known: Known) -> object:
        """Return what is stored for a typed name.

        Raises:
            UserError: it is none of the list.
        """
        folded = turkish.fold(turkish.normalise(typed))
        titles = [part.title for part in parts_of(known.form)]
        if not folded:
            return ""
        for title in titles:
            if folded == turkish.fold(title):
                return title
        raise UserError(
            N_("“{typed}” is not in the list. Choose one of: {names}."),
            typed=shortened(typed),
            names=", ".join(titles),
        )

    def choices(self, known: Known) -> Sequence[Choice]:
        """Return the list."""
        return [Choice(part.title, turkish.fold(part.title)) for part in parts_of(known.form)]

    @property
    def is_closed(self) -> bool:
        """Nothing else can be entered."""
        return True


@dataclass(frozen=True, slots=True)
class KindOfTable(Field):
    """A kind of resource table of the form, by its caption; a table without one is free-form."""

    def read(self, typed: str, known: Known) -> object:
        """Return what is stored for a typed name.

        Raises:
            UserError: it is none of the list.
        """
        folded = turkish.fold(turkish.normalise(typed))
        if folded in ("", turkish.fold(_(FREE_TABLE))):
            return ""
        for kind in known.form.resource_kinds:
            if folded == turkish.fold(kind.caption):
                return kind.key
        raise UserError(
            N_("“{typed}” is not in the list. Choose one of: {names}."),
            typed=shortened(typed),
            names=", ".join(kind.caption for kind in known.form.resource_kinds),
        )

    def show(self, value: object, known: Known) -> str:
        """Return the name of what is stored."""
        if not value:
            return _(FREE_TABLE)
        return next((kind.caption for kind in known.form.resource_kinds if kind.key == value), str(value))

    def choices(self, known: Known) -> Sequence[Choice]:
        """Return the list."""
        names = [_(FREE_TABLE), *(kind.caption for kind in known.form.resource_kinds)]
        return [Choice(name, turkish.fold(name)) for name in names]

    @property
    def is_closed(self) -> bool:
        """Nothing else can be entered."""
        return True


@dataclass(frozen=True, slots=True)
class Abreast(Whole):
    """How many pieces of a table are printed side by side; not said is one."""

    def show(self, value: object, known: Known) -> str:
        """Return the name of what is stored."""
        del known
        return str(value or 1)

    def choices(self, known: Known) -> Sequence[Choice]:
        """Return the list."""
        del known
        return [Choice(str(count), str(count)) for count in range(self.least, self.most + 1)]

    @property
    def is_closed(self) -> bool:
        """Nothing else can be entered."""
        return True
