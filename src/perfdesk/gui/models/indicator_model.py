"""The grid of a target's indicators: texts and the values of three years."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from perfdesk.domain.errors import UserError
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Indicator, Programme
from perfdesk.domain.value import YEAR_COLUMNS, Value, ValueKind, implied_kind
from perfdesk.gui.grid.entry_model import NEW
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading
from perfdesk.gui.models.holder_model import HolderModel, code_cell, takes_codes
from perfdesk.gui.models.value_model import value_cell
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.editing import measures, records, sub_programmes, values
from perfdesk.services.editing.fields import Choice
from perfdesk.services.editing.programme_choices import choices, objective_names, read_objective
from perfdesk.services.paste import bulk
from perfdesk.services.paste.bulk import Entries, Refused
from perfdesk.services.paste.ground import Reader
from perfdesk.tables.context import Context
from perfdesk.tables.performance_target import INDICATOR_COLUMNS
from perfdesk.tables.table import Column, ColumnKind

# every column the form knows, whatever the layout prints
_COLUMNS: Final[tuple[Column, ...]] = (
    *INDICATOR_COLUMNS["code"],
    *INDICATOR_COLUMNS["name"],
    # as wide as the units in use, so that there is room for names
    *(replace(column, kind=ColumnKind.CODE) for column in INDICATOR_COLUMNS["unit"]),
    *INDICATOR_COLUMNS["values"],
    *INDICATOR_COLUMNS["note"],
)
_UNIT: Final = "unit"
_WEIGHT: Final = Column("weight", N_("Weight"), ColumnKind.VALUE, 1)
_LINK: Final = Column("sub_programme_objective", N_("Sub-programme objective"), ColumnKind.TEXT, 3)
_HEADS: Final = {
    "code": N_("Code"),
    "name": N_("Indicator"),
    "unit": N_("Unit"),
    "previous": N_("{year}\nrealised"),
    "current": N_("{year}\nestimate"),
    "target": N_("{year}\ntarget"),
    "note": N_("Explanation"),
    "weight": N_("Weight\n%"),
    _LINK.key: N_("Sub-programme objective"),
}


class _Typed(NamedTuple):
    """Entries of an indicator by how they are written: as plain fields, as values of years, one by one."""

    plain: Entries
    values: Mapping[tuple[int, ValueKind], Value]
    others: Entries
    refused: Mapping[str, UserError]


class IndicatorModel(HolderModel):
    """Göstergeler. ``said`` tells that a unit of measure is stored in other signs than typed."""

    kind = "indicator"
    said = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.show_weights = False
        self.show_links = False
        # Rows as they were made last, by what they show: a target is loaded anew with each of its changes, and to look
        # up a row is quicker than to make it. They hold for one layout of the grid.
        self._made: dict[object, GridRow] = {}
        self._made_for: object = None

    def set_show_weights(self, show_weights: bool) -> None:
        """Show how much each indicator weighs in the target, or leave that to the card."""
        self.show_weights = show_weights
        self.refresh()

    def set_show_links(self, show_links: bool) -> None:
        """Show which objective of a sub-programme each indicator measures, or leave that to the card."""
        self.show_links = show_links
        self.refresh()

    def _columns(self, ctx: Context | None) -> tuple[Column, ...]:
        """Return the columns: without codes where the layout has none, with what is asked for before the notes."""
        asked = ((_WEIGHT, self.show_weights), (_LINK, self.show_links))
        columns = (*_COLUMNS[:-1], *(column for column, is_shown in asked if is_shown), _COLUMNS[-1])
        holder = self.holder
        if ctx is None or holder is None or takes_codes(ctx, self.kind, holder.indicators):
            return columns
        return tuple(column for column in columns if column.key != "code")

    def content(self) -> Content:
        """Return a row for each indicator."""
        ctx = self.session.context
        target = self.holder
        year = self.session.year
        columns = self._columns(ctx)
        heads = tuple(
            Heading(_(_HEADS[column.key]).format(year=year + YEAR_COLUMNS.get(column.key, 0))) for column in columns
        )
        if ctx is None or target is None:
            return Content(columns, heads)
        return Content(columns, heads, self._rows(ctx, columns, target.indicators))

    def _rows(self, ctx: Context, columns: Sequence[Column], indicators: Sequence[Indicator]) -> tuple[GridRow, ...]:
        links = {one.id: name for name, one in objective_names(ctx.programme).items()} if self.show_links else {}
        made_for = (year := ctx.programme.year, columns, "indicator" in ctx.layout.always_numbered, links)
        known = self._made if self._made_for == made_for else {}
        codes = ctx.codes.indicators
        places = [(at, implied_kind(year, at)) for at in (year + offset for offset in YEAR_COLUMNS.values())]
        made: dict[object, GridRow] = {}
        for indicator in indicators:
            link = links.get(indicator.sub_programme_objective, "")
            shown = (_shown(indicator, codes[indicator.id], places), link)
            made[shown] = known.get(shown) or _row(ctx, columns, indicator, year, link)
        self._made, self._made_for = made, made_for
        return tuple(made.values())

    def write(self, row: int, column: str, text: str) -> None:
        """Give a typed text or value to its service."""
        store, year = self.session.store, self.session.year
        if column in YEAR_COLUMNS:
            at = year + YEAR_COLUMNS[column]
            values.set_value(store, row, at, implied_kind(year, at), values.read_value(text, self._unit(row)))
        elif column == _LINK.key:
            objective = read_objective(self._programme(), text)
            sub_programmes.set_indicator_objective(store, row, objective.row if objective else None)
        else:
            records.write(store, self.session.known, self.kind, row, column, text)
            stored = measures.written(text)
            if column == _UNIT and stored != text:
                self.said.emit(_("“{typed}” was written as “{stored}”.").format(typed=text, stored=stored))

    def write_many(self, entries: Mapping[int, Entries]) -> Refused:
        """Write fields and values row by row."""
        typed = {row: self._typed(texts, row) for row, texts in entries.items()}
        store = self.session.store
        refused = bulk.write_rows(store, self.session.known, self.kind, {row: t.plain for row, t in typed.items()})
        values.set_values(store, {row: t.values for row, t in typed.items()})
        return refused | self._write_others(typed)

    def add_many(self, entries: Sequence[Entries]) -> tuple[list[int], Refused]:
        """Add rows at the end of the target or sub-programme: first all of them, then all their values."""
        holder = self.holder
        assert holder is not None
        parts = [self._typed(texts) for texts in entries]
        store, above = self.session.store, {self.entry[0]: holder.row}
        rows, refused = bulk.add_rows(store, self.session.known, self.kind, [part.plain for part in parts], above)
        typed = dict(zip(rows, parts, strict=True))
        values.set_values(store, {row: part.values for row, part in typed.items()}, new=True)
        return rows, refused | self._write_others(typed)

    def _write_others(self, typed: Mapping[int, _Typed]) -> Refused:
        refused = {(row, column): error for row, part in typed.items() for column, error in part.refused.items()}
        return refused | super().write_many({row: part.others for row, part in typed.items()})

    def _programme(self) -> Programme | None:
        return self.session.context.programme if self.session.context else None

    def _unit(self, row: int) -> str:
        """Return the unit of measure of an indicator, within a step also one just written."""
        return str(self.session.store.field(self.kind, row, _UNIT))

    def _typed(self, texts: Entries, row: int = NEW) -> _Typed:
        """Sort the entries of a row of the file, or of a new one, by how they are written."""
        year = self.session.year
        # only a percent sign needs it to be looked up
        is_needed = row != NEW and _UNIT not in texts and any("%" in text for text in texts.values())
        unit = self._unit(row) if is_needed else texts.get(_UNIT, "")
        plain: dict[str, str] = {}
        read: dict[tuple[int, ValueKind], Value] = {}
        others: dict[str, str] = {}
        refused: dict[str, UserError] = {}
        for column, text in texts.items():
            if column in YEAR_COLUMNS:
                at = year + YEAR_COLUMNS[column]
                try:
                    read[at, implied_kind(year, at)] = values.read_value(text, unit)
                except UserError as error:
                    refused[column] = error
            elif bulk.is_plain(self.kind, column):
                plain[column] = text
            else:
                others[column] = text
        return _Typed(plain, read, others, refused)

    def read_by(self, column: str) -> str:
        """Return the unit for values: a percent sign agrees with it, or does not."""
        return _UNIT if column in YEAR_COLUMNS else ""

    def reader(self, column: str, beside: str = "") -> Reader:
        """Return how a typed text of a column is read; ``beside`` is the unit."""
        if column in YEAR_COLUMNS:
            return lambda text: values.read_value(text, beside).display()
        if column == _LINK.key:
            return self._read_link
        return super().reader(column, beside)

    def _read_link(self, text: str) -> str:
        meant = read_objective(self._programme(), text)
        return next((name for name, one in objective_names(self._programme()).items() if one is meant), "")

    def choices(self, column: str) -> list[Choice]:
        """Return the units of measure in use, and some that are hard to type; the objectives of sub-programmes."""
        if column == _LINK.key:
            return choices(objective_names(self._programme()))
        if column != _UNIT or self.session.context is None:
            return []
        holders = self.session.context.programme.holders()
        used = {indicator.unit for holder in holders for indicator in holder.indicators}
        return [Choice(*pair) for pair in measures.offered(used)]


def _shown(indicator: Indicator, code: str, places: Sequence[tuple[int, ValueKind]]) -> object:
    """Return what makes up an indicator's row; numbers by their digits, as 12.50 is shown otherwise than 12.5."""
    values_of = indicator.values
    shown = [
        (str(value.number), value.mark, value.text) if (value := values_of.get(place)) else None for place in places
    ]
    own = (indicator.row, code, indicator.code, indicator.name, indicator.unit, indicator.note, str(indicator.weight))
    return (*own, *shown)


def _row(ctx: Context, columns: Sequence[Column], indicator: Indicator, year: int, link: str) -> GridRow:
    code = ctx.codes.indicators[indicator.id]
    weight = "" if indicator.weight is None else format_number(indicator.weight)
    cells = {
        "code": code_cell(ctx, "indicator", indicator.code, code),
        "name": _text(indicator.name),
        "unit": _text(indicator.unit),
        "note": _text(indicator.note),
        "weight": GridCell(weight, weight, indicator.weight, editable=True),
        _LINK.key: _text(link),
        **{key: value_cell(indicator.value(year, year + offset)) for key, offset in YEAR_COLUMNS.items()},
    }
    return GridRow(indicator.row, tuple(cells[column.key] for column in columns))


def _text(text: str) -> GridCell:
    return GridCell(text, text, editable=True)
