"""The form of the part with the performance targets: all of them with their need, and the part's text."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QModelIndex

from perfdesk.domain.money import total
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Target
from perfdesk.gui.grid.table_model import TableModel, content_of
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.pages.section_page import SectionPage
from perfdesk.gui.pages.year_sub_programmes import YearSubProgrammes
from perfdesk.i18n import N_, _
from perfdesk.services.places import Place
from perfdesk.services.programme_budgeting import is_used
from perfdesk.tables.context import Context
from perfdesk.tables.table import Cell, Column, ColumnKind, Head, Part, Role, Row, Table

_KIND: Final = "targets"
_TARGET_COLUMNS: Final = (
    Column("code", N_("Code"), ColumnKind.CODE, 1),
    Column("title", N_("Performance target"), ColumnKind.TEXT, 8),
    Column("indicators", N_("Indicators"), ColumnKind.VALUE, 1),
    Column("activities", N_("Activities"), ColumnKind.VALUE, 1),
    Column("total", N_("Total (TL)"), ColumnKind.AMOUNT, 2),
)


class TargetsPage(SectionPage):
    """Performans hedefleri."""

    shows_findings_of = ("sub_programme",)

    def add_own_content(self) -> None:
        """Put the year's sub-programmes, where it has any to do with them, and the list of targets above the text."""
        self.used = YearSubProgrammes(self.session, self)
        self.set_grid(self.used.section, self.used.model)
        self.used.said.connect(self.problem_said)
        self.used.entry_wanted.connect(self.entry_wanted)
        self.used.section.grid.numbers_selected.connect(self.numbers_selected)
        self.body.addWidget(self.used)
        self.targets = TableModel(self)
        self.list = TableView()
        self.list.setAccessibleName(_("Performance targets"))
        self.list.setModel(self.targets)
        self.list.numbers_selected.connect(self.numbers_selected)
        self.list.activated.connect(self._go)
        self.body.addWidget(self.list)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        ctx = self.session.context
        if ctx is not None:
            self.used.arrange(ctx)
            self.targets.show(content_of(_table(ctx, ctx.programme.targets), computed=True))

    def note(self) -> str:
        """Say where targets are added, and sub-programmes."""
        ctx = self.session.context
        if ctx is not None and is_used(ctx) and not ctx.municipality.programme_list:
            return _(
                "The year is planned by sub-programmes, which are chosen from the programme list; that is still empty."
            )
        if ctx is not None and is_used(ctx):
            return _(
                "What the year uses of the programme list is said in the first table: “Yes” takes a sub-programme in. "
                "Targets are filled in by choosing them below; new ones are added in the form of their goal."
            )
        return _("Choose a target to fill it in. New targets are added in the form of their goal.")

    def cell_of(self, place: Place) -> Place:
        """Return the cell of a sub-programme by its row of the year or of the list, as the grid calls it."""
        ctx = self.session.context
        if place.table == "sub_programme_entry":
            return replace(place, table="sub_programme")
        if ctx is None or place.table != "sub_programme":
            return super().cell_of(place)
        use = next((use for use in ctx.programme.sub_programmes if use.row == place.row), None)
        return replace(place, row=self.used.entry_of(use.sub_programme) if use else 0)

    def _go(self, index: QModelIndex) -> None:
        kind, _colon, id_ = str(self.targets.rows[index.row()].key).partition(":")
        if kind == "target":
            self.entry_wanted.emit(("target", id_))


def _table(ctx: Context, targets: Iterable[Target]) -> Table:
    """Return the list of targets with what belongs to them, and their sum."""
    places = ctx.needed_places
    listed = list(targets)
    rows = []
    for target in listed:
        counts = (len(target.indicators), len(target.activities))
        need = ctx.ledger.targets[target.id].total
        cells = (
            Cell(ctx.codes.targets[target.id]),
            Cell(target.title),
            *(Cell(str(count), Decimal(count)) for count in counts),
            Cell(format_number(need, places), need),
        )
        rows.append(Row(Role.DETAIL, f"target:{target.id}", cells))
    whole = total(ctx.ledger.targets[target.id].total for target in listed)
    sums = (sum(len(target.indicators) for target in listed), sum(len(target.activities) for target in listed))
    closing = (
        Cell(),
        Cell(_("Total")),
        *(Cell(str(n), Decimal(n)) for n in sums),
        Cell(format_number(whole, places), whole),
    )
    rows.append(Row(Role.TOTAL, "total", closing))
    head = (tuple(Head(_(column.label)) for column in _TARGET_COLUMNS),)
    return Table(_KIND, "", "", (Part(_KIND, _TARGET_COLUMNS, head, tuple(rows)),))
