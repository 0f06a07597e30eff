"""Which sub-programmes of the list a year uses, as a part of the form of its targets."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from perfdesk.gui.grid.grid_section import GridSection
from perfdesk.gui.models.used_sub_programme_model import UsedSubProgrammeModel
from perfdesk.gui.session import Session
from perfdesk.i18n import _
from perfdesk.services.editing import sub_programmes
from perfdesk.services.places import PROGRAMME_LIST
from perfdesk.services.programme_budgeting import is_used
from perfdesk.tables.context import Context


class YearSubProgrammes(QWidget):
    """Shows the list as a grid, or the way to it where it is empty. ``said`` is for the bar at the foot."""

    said = Signal(str)
    entry_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = UsedSubProgrammeModel(session, self)
        self.model.said.connect(self.said)
        self.section = GridSection()
        self.section.setTitle(_("Su&b-programmes of the year"))
        self.section.grid.offer_details(_("&Open the sub-programme"))
        self.section.grid.details_wanted.connect(self._open)
        self.add_all = QToolButton()
        self.add_all.setText(_("Use &all"))
        self.add_all.setToolTip(_("Take all sub-programmes of the list into the year"))
        self.add_all.setAccessibleName(_("Use all sub-programmes of the list"))
        self.add_all.setAutoRaise(True)
        self.add_all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add_all.clicked.connect(self._use_all)
        self.section.head.insertWidget(2, self.add_all)
        self.to_list = QPushButton(_("&Fill the programme list…"))
        self.to_list.clicked.connect(lambda _checked=False: self.entry_wanted.emit(PROGRAMME_LIST))
        self._first_step = QWidget()
        row = QHBoxLayout(self._first_step)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.to_list)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)
        column.addWidget(self._first_step)

    def arrange(self, ctx: Context) -> None:
        """Show what there is to do in a year: nothing at all where it has nothing to do with sub-programmes."""
        listed = self.model.entries()
        self.setVisible(is_used(ctx))
        self.section.setVisible(bool(listed))
        self._first_step.setVisible(not listed)
        self.add_all.setEnabled(len(ctx.programme.sub_programmes) < len(listed) and not self._session.read_only)

    def entry_of(self, id_: str) -> int:
        """Return the row of a sub-programme in the list, or 0."""
        return next((sub.row for _programme, sub in self.model.entries() if sub.id == id_), 0)

    def _use_all(self) -> None:
        ctx = self._session.context
        if ctx is not None:
            rows = [sub.row for _programme, sub in self.model.entries()]
            sub_programmes.use_all(self._session.store, ctx.programme.row, rows)

    def _open(self, at: int) -> None:
        """Turn to the form of a sub-programme that the year uses."""
        ctx, sub = self._session.context, self.model.entries()[at][1]
        if ctx is not None and any(use.sub_programme == sub.id for use in ctx.programme.sub_programmes):
            self.entry_wanted.emit(("sub_programme", sub.id))
        else:
            self.said.emit(_("The year does not use this sub-programme yet: enter Yes beside it first."))
