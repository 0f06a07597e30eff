"""The grid of a target's activities: texts, spending units, and their cost by economic code."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QObject

from perfdesk.domain.costs import OFF_BUDGET_SOURCES, UNCLASSIFIED, CostSheet
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import ZERO
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Activity, SubProgramme, Target
from perfdesk.domain.totals import HolderSums, SheetNeed
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow, Heading, Span
from perfdesk.gui.models.holder_model import HolderModel, code_cell, takes_codes
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.editing import costing, fields, records, sub_programmes
from perfdesk.services.editing.fields import Choice
from perfdesk.services.editing.programme_choices import choices, entry_names, read_entry
from perfdesk.services.editing.units import SEPARATOR, read_units, unit_choices
from perfdesk.services.paste import bulk, bulk_costs, readers
from perfdesk.services.paste.bulk import Entries, Refused
from perfdesk.services.paste.bulk_costs import Costs
from perfdesk.services.paste.ground import Ground, PasteColumn, Reader
from perfdesk.services.paste.pasting import PastePlan
from perfdesk.tables.context import Context
from perfdesk.tables.performance_target import ACTIVITY_COLUMNS
from perfdesk.tables.table import Column, ColumnKind, Role

TOTAL_ROW: Final = "grand_total"
# offered also where they are not in use yet
_USUAL_CODES: Final = ("01", "02", "03", "05", "06")
_SOURCE_HEADS: Final = {
    "revolving_fund": N_("Revolving\nfund"),
    "other_domestic": N_("Other\ndomestic"),
    "foreign": N_("Foreign"),
}
_TEXT_COLUMNS: Final = (
    *ACTIVITY_COLUMNS["code"],
    *ACTIVITY_COLUMNS["name"],
    Column("units", N_("Responsible unit"), ColumnKind.TEXT, 3.5),
)
_LINK: Final = Column("sub_programme", N_("Sub-programme"), ColumnKind.TEXT, 3)
_TEXT_HEADS: Final = {
    "code": N_("No."),
    "name": N_("Activity"),
    "units": N_("Responsible unit"),
    _LINK.key: N_("Sub-programme"),
}
# columns that are written one by one
_SINGLY: Final = ("code", _LINK.key)
_TOTAL_COLUMN: Final = Column("total", N_("Total"), ColumnKind.AMOUNT, 2.4)


class CostModel(HolderModel):
    """Faaliyetler ve maliyet."""

    kind = "activity"

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.show_all = False
        self.show_links = False
        # a column once shown stays while the year is in hand, also when its last amount is cleared
        self._shown: dict[int, set[str]] = {}

    def set_show_all(self, show_all: bool) -> None:
        """Show every economic code and source, or only those in use."""
        self.show_all = show_all
        self.refresh()

    def set_show_links(self, show_links: bool) -> None:
        """Show which sub-programme each activity belongs to, or leave that to the card."""
        self.show_links = show_links
        self.refresh()

    def _text_columns(self, ctx: Context | None) -> tuple[Column, ...]:
        """Return the columns before the amounts, the units last: without codes where the layout has none."""
        code, name, units = _TEXT_COLUMNS
        holder = self.holder
        has_code = ctx is None or holder is None or takes_codes(ctx, self.kind, holder.activities)
        asked = ((code, has_code), (name, True), (_LINK, self.show_links and isinstance(holder, Target)), (units, True))
        return tuple(column for column, is_shown in asked if is_shown)

    def content(self) -> Content:
        """Return a row for each activity and the total below."""
        ctx = self.session.context
        target = self.holder
        keys = self._amount_keys(ctx)
        texts = self._text_columns(ctx)
        columns = (*texts, *(Column(key, key, ColumnKind.AMOUNT, 2.4) for key in keys), _TOTAL_COLUMN)
        heads = tuple(_heading(ctx, column.key) for column in columns)
        if ctx is None or target is None:
            return Content(columns, heads)
        return _Rows(ctx, target, keys, [column.key for column in texts]).content(columns, heads)

    def write(self, row: int, column: str, text: str) -> None:
        """Give a typed text, unit or amount to its service."""
        store = self.session.store
        if column == "units":
            costing.set_units(store, row, read_units(self.session.municipality.units, text))
        elif column == _LINK.key:
            entry = read_entry(self.session.municipality.programme_list, text)
            sub_programmes.set_activity_entry(store, row, entry.row if entry else None)
        elif column in ("code", "name"):
            records.write(store, self.session.known, self.kind, row, column, text)
        else:
            costing.set_cost(store, row, _stored(column), fields.read_amount(text))

    def write_many(self, entries: Mapping[int, Entries]) -> Refused:
        """Write names row by row, and the costs of all rows together."""
        plain = {row: _plain(typed) for row, typed in entries.items()}
        refused = bulk.write_rows(self.session.store, self.session.known, self.kind, plain)
        return refused | self._write_costs(entries) | super().write_many(_singly(entries))

    def add_many(self, entries: Sequence[Entries]) -> tuple[list[int], Refused]:
        """Add rows at the end of the target or sub-programme: first all of them, then all their costs."""
        holder = self.holder
        assert holder is not None
        store, above = self.session.store, {self.entry[0]: holder.row}
        plain = [_plain(typed) for typed in entries]
        rows, refused = bulk.add_rows(store, self.session.known, self.kind, plain, above)
        typed = dict(zip(rows, entries, strict=True))
        return rows, refused | self._write_costs(typed, new=True) | super().write_many(_singly(typed))

    def _write_costs(self, entries: Mapping[int, Entries], *, new: bool = False) -> Refused:
        refused: Refused = {}
        costs: dict[int, Costs] = {}
        for row, typed in entries.items():
            amounts: dict[str, Decimal] = {}
            units = None
            for column, text in typed.items():
                try:
                    if column == "units":
                        units = read_units(self.session.municipality.units, text)
                    elif column not in ("name", *_SINGLY):
                        amounts[_stored(column)] = fields.read_amount(text)
                except UserError as error:
                    refused[row, column] = error
            if amounts or units is not None:
                costs[row] = Costs(amounts, units)
        others = bulk_costs.set_costs(self.session.store, costs, new=new)
        return refused | {(row, key or UNCLASSIFIED): error for (row, key), error in others.items()}

    # --- pasting ----------------------------------------------------------------------------------------------------

    def ground(self) -> Ground:
        """Return what a paste has to know: amounts can also go under codes and sources that are not in sight."""
        found = super().ground()
        ctx = self.session.context
        if ctx is None:
            return found
        shown = [self._with_names(ctx, column) for column in found.columns]
        keys = {column.key for column in shown}
        read = readers.reader(self.session.known, self.kind, Column("", "", ColumnKind.AMOUNT))
        unshown = [
            self._with_names(ctx, PasteColumn(key, " ".join(_heading(ctx, key).text.split()), read, numeric=True))
            for key in self._all_keys(ctx)
            if key not in keys
        ]
        return replace(found, columns=[*shown, *unshown], unshown=len(unshown))

    def paste(self, plan: PastePlan, *, unfit: bool) -> bool:
        """Do what a plan says; columns that it brings come into sight."""
        if plan.brought and not self.session.read_only:
            self._shown[self.session.year] |= set(plan.brought)
            self.refresh()
        return super().paste(plan, unfit=unfit)

    def _with_names(self, ctx: Context, column: PasteColumn) -> PasteColumn:
        """Return a column with the names of its code or source in the official form."""
        form = ctx.layout.form
        if column.key in form.economic_codes:
            return replace(column, names=(form.economic_codes[column.key],), code=column.key)
        if column.key in OFF_BUDGET_SOURCES:
            return replace(column, names=(form.off_budget_sources[column.key],))
        return column

    def _takes(self, row: int, column: int) -> bool:
        # an amount goes wherever the row takes others: all stand in the same sheet
        return super()._takes(row, column if column < len(self.columns) else self.column_of("units"))

    # --- what is shown ----------------------------------------------------------------------------------------------

    def choices(self, column: str) -> Sequence[Choice]:
        """Return the spending units, or the sub-programmes."""
        if column == _LINK.key:
            return choices(entry_names(self.session.municipality.programme_list))
        if column != "units":
            return ()
        return [Choice(*pair) for pair in unit_choices(self.session.municipality.units)]

    def reader(self, column: str, beside: str = "") -> Reader:
        """Return how a typed text of a column is read."""
        return self._read_link if column == _LINK.key else super().reader(column, beside)

    def _read_link(self, text: str) -> str:
        listed = self.session.municipality.programme_list
        meant = read_entry(listed, text)
        return next((name for name, sub in entry_names(listed).items() if sub is meant), "")

    def new_cells(self, content: Content) -> tuple[GridCell, ...]:
        """Return blank cells; the total is computed."""
        return (*super().new_cells(content)[:-1], GridCell(computed=True))

    def _amount_keys(self, ctx: Context | None) -> tuple[str, ...]:
        if ctx is None:
            return _USUAL_CODES
        ledger = ctx.ledger
        used = {code or UNCLASSIFIED for code, amount in ledger.activities.items() if amount}
        used |= {source for source, amount in ledger.off_budget.items() if amount}
        everything = self._all_keys(ctx)
        shown = self._shown.setdefault(self.session.year, set())
        # a municipality that divides nothing by economic code does not want the columns either
        shown |= used if used == {UNCLASSIFIED} else used | {*_USUAL_CODES}
        return everything if self.show_all else tuple(key for key in everything if key in shown)

    def _all_keys(self, ctx: Context) -> tuple[str, ...]:
        return (*ctx.layout.form.economic_codes, UNCLASSIFIED, *OFF_BUDGET_SOURCES)


def _stored(column: str) -> str:
    """Return what an amount's column is called in the file."""
    return "" if column == UNCLASSIFIED else column


def _plain(typed: Entries) -> Entries:
    return {column: text for column, text in typed.items() if column == "name"}


def _singly(entries: Mapping[int, Entries]) -> dict[int, Entries]:
    own = {row: {column: text for column, text in typed.items() if column in _SINGLY} for row, typed in entries.items()}
    return {row: typed for row, typed in own.items() if typed}


class _Rows:
    """A target's activities as rows of the grid."""

    def __init__(self, ctx: Context, target: Target | SubProgramme, keys: Sequence[str], texts: Sequence[str]) -> None:
        self._ctx = ctx
        self._target = target
        self._keys = keys
        self._texts = texts
        shows_links = _LINK.key in texts
        entries = entry_names(ctx.municipality.programme_list) if shows_links else {}
        self._links = {sub.id: name for name, sub in entries.items()}
        self._sums = ctx.ledger.of_holder(target)
        self._needs = {
            sheet.activities[0]: need for sheet, need in zip(target.cost_sheets, self._sums.sheets, strict=True)
        }
        # one amount in kuruş makes no other column wider
        self._places = {key: 2 if self._has_kurus(key) else 0 for key in (*keys, _TOTAL_COLUMN.key)}
        self._order = {activity.id: at for at, activity in enumerate(target.activities)}
        # the sheet of an activity, and whether the activity is the one whose row shows it
        self._sheets = {
            id_: (sheet, n == 0) for sheet in target.cost_sheets for n, id_ in enumerate(self._in_order(sheet))
        }

    def content(self, columns: tuple[Column, ...], heads: tuple[Heading, ...]) -> Content:
        rows = [self._row(activity) for activity in self._target.activities]
        rows.append(self._total())
        return Content(columns, heads, tuple(rows), tuple(self._spans(columns)))

    def _in_order(self, sheet: CostSheet) -> list[str]:
        return sorted(sheet.activities, key=lambda id_: self._order[id_])

    def _row(self, activity: Activity) -> GridRow:
        printed = self._ctx.codes.activities[activity.id]
        link = self._links.get(activity.sub_programme, "")
        known = {
            "code": code_cell(self._ctx, "activity", activity.code, printed),
            "name": GridCell(activity.name, activity.name, editable=True),
            _LINK.key: GridCell(link, link, editable=True),
        }
        own = (known[key] for key in self._texts if key in known)
        sheet, shows = self._sheets.get(activity.id, (None, True))
        return GridRow(activity.row, (*own, *(self._costs(sheet) if sheet is None or shows else self._covered(sheet))))

    def _costs(self, sheet: CostSheet | None) -> list[GridCell]:
        ctx = self._ctx
        together = len(sheet.activities) if sheet else 0
        tip = ""
        if together > 1:
            tip = _("This is the common cost of {count} activities.").format(count=together)
        names = ctx.unit_names(sheet.units) if sheet else []
        separator = f"{SEPARATOR} "
        units = GridCell(", ".join(names), separator.join(names), editable=True)
        if sheet is None:
            return [units, *(GridCell(editable=True) for _key in self._keys), GridCell(computed=True)]
        sums = self._needs[sheet.activities[0]]
        by_key = _by_key(sums)
        amounts = [self._amount(key, by_key.get(key, ZERO), tip=tip, editable=True) for key in self._keys]
        if sums.transfers:
            apart = _("Apart from it {amount} TL are transferred to other administrations.")
            tip = f"{tip} {apart.format(amount=format_number(sums.transfers, 2))}".strip()
        return [units, *amounts, self._amount(_TOTAL_COLUMN.key, sums.need.total, tip=tip)]

    def _covered(self, sheet: CostSheet) -> list[GridCell]:
        """Return the cells of an activity whose cost stands in another one's row."""
        code = self._ctx.codes.activities[self._in_order(sheet)[0]]
        tip = _("The cost is entered together with activity {code}.").format(code=code)
        blank = GridCell(computed=True, tip=tip)
        said = GridCell(_("with {code}").format(code=code), computed=True, tip=tip)
        return [said, *[blank] * (len(self._keys) + 1)]

    def _total(self) -> GridRow:
        by_key = _by_key(self._sums)
        cells = [GridCell(_("Grand total") if key == "name" else "", computed=True) for key in self._texts]
        cells += [self._amount(key, by_key.get(key, ZERO)) for key in self._keys]
        cells.append(self._amount(_TOTAL_COLUMN.key, self._sums.need.total))
        return GridRow(TOTAL_ROW, tuple(cells), Role.TOTAL)

    def _has_kurus(self, key: str) -> bool:
        """Whether an amount of a column is not in whole lira."""
        if key == _TOTAL_COLUMN.key:
            # never with fewer decimals than what it is the sum of
            return any(_by_key(need).get(at, ZERO) % 1 for need in self._needs.values() for at in self._keys)
        return any(_by_key(need).get(key, ZERO) % 1 for need in self._needs.values())

    def _amount(self, key: str, amount: Decimal, *, editable: bool = False, tip: str = "") -> GridCell:
        if not amount:
            return GridCell(editable=editable, computed=not editable, tip=tip)
        text = format_number(amount, self._places[key])
        return GridCell(text, format_number(amount), amount, editable, computed=not editable, tip=tip)

    def _spans(self, columns: Sequence[Column]) -> list[Span]:
        """Return the merged cells: a sheet's amounts stand beside all its activities that follow one another."""
        spans = []
        for sheet in self._target.cost_sheets:
            places = [self._order[id_] for id_ in self._in_order(sheet)]
            run = 1
            while run < len(places) and places[run] == places[0] + run:
                run += 1
            if run > 1:
                spans += [Span(places[0], column, run, 1) for column in range(len(self._texts) - 1, len(columns))]
        return spans


def _by_key(sums: SheetNeed | HolderSums) -> dict[str, Decimal]:
    """Return the amounts of a sheet, or of all sheets, by the columns they stand in."""
    return {code or UNCLASSIFIED: amount for code, amount in sums.by_code.items()} | dict(sums.by_source)


def _heading(ctx: Context | None, key: str) -> Heading:
    form = ctx.layout.form if ctx else None
    if key.isdigit():
        return Heading(key, f"{key} {form.economic_codes[key]}" if form else "")
    if key in OFF_BUDGET_SOURCES:
        return Heading(_(_SOURCE_HEADS[key]), form.off_budget_sources[key] if form else "")
    if key == UNCLASSIFIED:
        return Heading(_("Not\nclassified"), _("Amounts that are not divided by economic code"))
    return Heading(_(_TEXT_HEADS[key]) if key in _TEXT_HEADS else _("Total"))
