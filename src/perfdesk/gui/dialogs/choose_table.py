"""The question before a new resource table: of which kind, with each kind's head shown as it begins."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidgetItem, QWidget

from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.gui.forms.ui_choose_table import Ui_ChooseTable
from perfdesk.gui.grid.table_model import TableModel, content_of
from perfdesk.gui.headings import make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.gui.models.resource_model import columns_of
from perfdesk.gui.session import Session
from perfdesk.gui.sizes import fit
from perfdesk.i18n import _
from perfdesk.services.book import resource_tables
from perfdesk.services.editing.resource_fields import FREE_TABLE, kinds_of
from perfdesk.services.places import Key
from perfdesk.tables import resource_table

# a kind that brings no rows along is shown with so many blank ones
_BLANK_ROWS = 2


def add_table(session: Session, section: str, kind: str = "") -> Key:
    """Add a table to a part of the book, a free-form one if no kind is named, and return its entry of the outline."""
    ctx = session.context
    assert ctx is not None
    return ("resource_table", str(resource_tables.add_table(session.store, ctx.programme.row, section, kind)))


def has_kinds(session: Session, section: str) -> bool:
    """Whether there is anything to choose from: a kind of table besides the free-form one."""
    return bool(kinds_of(session.known.form, section))


class ChooseTable(QDialog):
    """Asks and adds the table to a part of the book; ``made`` carries the entry of the outline."""

    made = Signal(object)

    def __init__(self, session: Session, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = ui = Ui_ChooseTable()
        ui.setupUi(self)
        offer_help(self, "resource_tables")
        self._session = session
        self._section = section
        self._preview = TableModel(self)
        ui.preview.setModel(self._preview)
        make_quiet(ui.preview_label)
        ui.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("&Add the table"))
        # the kinds by key; "" is the free-form table
        self._tables = {kind.key: self._begun(kind.key) for kind in kinds_of(session.known.form, section)}
        self._tables[""] = self._begun("")
        for key, table in self._tables.items():
            item = QListWidgetItem(table.caption if key else _(FREE_TABLE))
            item.setData(Qt.ItemDataRole.UserRole, key)
            ui.kinds.addItem(item)
        ui.kinds.currentItemChanged.connect(lambda _now, _before: self._show())
        self._take_width()
        ui.kinds.setCurrentRow(0)

    @property
    def kind(self) -> str:
        """The key of the kind chosen; "" for a free-form table."""
        return str(self.ui.kinds.currentItem().data(Qt.ItemDataRole.UserRole))

    def accept(self) -> None:
        key = add_table(self._session, self._section, self.kind)
        super().accept()
        self.made.emit(key)

    def _begun(self, key: str) -> ResourceTable:
        """Return a table of a kind as it begins."""
        known = self._session.known
        statuses = [status.name for status in known.municipality.administration.personnel_statuses]
        begun = resource_tables.beginning(known.form, key, statuses)
        if begun.rows:
            return begun
        return replace(begun, rows=(ResourceRow(("",) * begun.width),) * _BLANK_ROWS)

    def _take_width(self) -> None:
        """Be as wide as the widest kind needs, so that no preview has to be scrolled for a few pixels."""
        preview = self.ui.preview
        needed = 0
        for row in range(self.ui.kinds.count()):
            self.ui.kinds.setCurrentRow(row)
            # before it has its place in the dialog the view has no room to give away
            needed = max(needed, preview.horizontalHeader().length())
        margins = self.ui.column.contentsMargins()
        around = margins.left() + margins.right() + 2 * preview.frameWidth()
        self.resize(max(self.width(), needed + around), self.height())
        fit(self)

    def _show(self) -> None:
        ctx = self._session.context
        assert ctx is not None
        table = self._tables[self.kind]
        built = resource_table.build(ctx, table, 1, "")
        shown = content_of(built, computed=False)
        self._preview.show(replace(shown, columns=columns_of(table, built.parts[0].columns)))
