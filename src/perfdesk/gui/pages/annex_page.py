"""The form of the part with the responsible units: table 5, which is computed, and the part's text."""

from perfdesk.gui.pages.computed_table import ComputedTable
from perfdesk.gui.pages.section_page import SectionPage
from perfdesk.i18n import _
from perfdesk.services.places import Key, entry_of
from perfdesk.tables import responsible_units


class AnnexPage(SectionPage):
    """Faaliyetlerden sorumlu harcama birimleri."""

    def add_own_content(self) -> None:
        """Put table 5 above the text."""
        self.table = ComputedTable()
        self.table.cell_wanted.connect(self._go)
        self.body.addWidget(self.table)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        ctx = self.session.context
        if ctx is not None:
            caption = ctx.layout.form.captions[responsible_units.KIND]
            self.table.show_table(responsible_units.build(ctx, caption))

    def note(self) -> str:
        """Say where units are entered."""
        return _("Computed from the costs of the activities. Enter on a row goes to the form in which it is entered.")

    def _go(self, row: str, _column: str) -> None:
        entry = self._entry_of(row)
        if entry is not None:
            self.entry_wanted.emit(entry)

    def _entry_of(self, row: str) -> Key | None:
        kind, _colon, id_ = row.partition(":")
        ctx = self.session.context
        if kind != "activity":
            return (kind, id_)
        for holder in ctx.programme.holders() if ctx else ():
            if any(activity.id == id_ for activity in holder.activities):
                return entry_of(holder)
        return None
