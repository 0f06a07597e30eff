"""The official form of a cost sheet in place of the grid of activities, and the way between the two."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QToolButton

from perfdesk.gui.headings import make_quiet
from perfdesk.gui.models.cost_form_model import CostFormModel
from perfdesk.i18n import _

if TYPE_CHECKING:
    from perfdesk.gui.pages.target_page import TargetPage


class OfficialForm(QObject):
    """Shows the cost sheet of the activity in hand as table 2 prints it; the same data as the grid's."""

    def __init__(self, page: "TargetPage") -> None:
        super().__init__(page)
        self._page = page
        self._grid, self._section = page.ui.costs, page.ui.cost_form
        self.model = CostFormModel(page.session, page.activity_in_hand, self)
        page.set_grid(self._section, self.model)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        make_quiet(self.facts)
        layout = self._section.layout()
        layout.insertWidget(1, self.facts)  # type: ignore[union-attr] # a section has a column of widgets
        for text, name, by in (("‹", _("Previous cost sheet"), -1), ("›", _("Next cost sheet"), 1)):
            self._button(text, name).clicked.connect(lambda _checked=False, by=by: self.go_on(by))
        # the command of the grid's head is hidden with the grid
        self._back = self._button(_("Back to the grid (F4)"), _("Back to the grid (F4)"))
        self._back.clicked.connect(lambda: page.show_cost_form.setChecked(False))
        self._section.hide()
        # an open editor and a refused entry take Escape for themselves
        self._section.grid.escaped.connect(lambda: page.show_cost_form.setChecked(False))

    def show(self, shown: bool) -> None:
        """Turn to the form, or back to the grid, to the same amount of the same activity."""
        self._page.commit()
        if shown:
            self._turn_to_form()
        else:
            self._turn_back()
        # what is found of activities is marked in their grid, or before the heading while that is not in sight
        self._page.follow_findings()

    def refresh(self) -> None:
        """Show the snapshot of now."""
        if self._section.isHidden():
            return
        page = self._page
        ctx, activity, holder = page.session.context, page.activity_in_hand(), page.holder
        self.model.refresh()
        # without an activity there is nothing to type
        self._section.grid.setVisible(activity is not None)
        if ctx is None or activity is None or holder is None:
            self.facts.setText(_("Begin the activity in the grid first: type its name."))
            return
        sheet = self.model.sheet()
        ids = sheet.activities if sheet else (activity.id,)
        lines = [ctx.activity_name(one) for one in holder.activities if one.id in ids]
        units = ", ".join(ctx.unit_names(sheet.units)) if sheet else ""
        self.facts.setText("\n".join([*lines, _("Responsible unit: {units}").format(units=units)]))

    def go_on(self, by: int) -> None:
        """Turn to the next activity that stands in another cost sheet."""
        self._page.commit()
        costs, sheet = self._page.costs, self.model.sheet()
        at = costs.row_of(self._page.row_in_hand("activity")) + by
        while costs.is_row(at) and not costs.is_new(at):
            self._grid.grid.put(costs.index(at, costs.column_of("name")))
            now = self.model.sheet()
            if sheet is None or now is None or now.row != sheet.row:
                break
            at += by

    def _turn_to_form(self) -> None:
        index, costs, form = self._grid.grid.currentIndex(), self._page.costs, self._section.grid
        if self._page.activity_in_hand() is None and index.isValid():
            # from the blank row, of which there is no form yet, to that of the activity above it
            last = max((at for at in range(index.row()) if costs.is_row(at) and not costs.is_new(at)), default=-1)
            if last >= 0:
                self._grid.grid.put(costs.index(last, index.column()))
        column = costs.columns[index.column()].key if index.isValid() else ""
        self._grid.hide()
        self._section.show()
        self.refresh()
        first = next((at for at in range(self.model.rowCount()) if self.model.is_row(at)), 0)
        at = self.model.row_of(self.model.key_of(column)) if column else -1
        form.put(self.model.index(at if at >= 0 else first, self.model.column_of("amount")))
        (self._back if form.isHidden() else form).setFocus()

    def _turn_back(self) -> None:
        at = self._section.grid.currentIndex().row()
        key = self.model.rows[at].key if at >= 0 else None
        column = self.model.column_shown(key) if isinstance(key, int) else "name"
        self._section.hide()
        self._grid.show()
        grid = self._grid.grid
        grid.setFocus()
        grid.show_cell(self._page.row_in_hand("activity"), column if grid.grid().column_of(column) >= 0 else "name")

    def _button(self, text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setAutoRaise(True)
        self._section.head.addWidget(button)
        return button
