"""The form of the part with the performance targets: all of them with their need, and the part's text."""

from PySide6.QtCore import QModelIndex

from perfdesk.gui.pages import overview
from perfdesk.gui.pages.section_page import SectionPage
from perfdesk.gui.table_model import TableModel, content_of
from perfdesk.gui.table_view import TableView
from perfdesk.i18n import _


class TargetsPage(SectionPage):
    """Performans hedefleri."""

    def add_own_content(self) -> None:
        """Put the list of targets above the text."""
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
            self.targets.show(content_of(overview.targets_table(ctx, ctx.programme.targets), computed=True))

    def note(self) -> str:
        """Say where targets are added."""
        return _("Choose a target to fill it in. New targets are added in the form of their goal.")

    def _go(self, index: QModelIndex) -> None:
        kind, _colon, id_ = str(self.targets.rows[index.row()].key).partition(":")
        if kind == "target":
            self.entry_wanted.emit(("target", id_))
