"""What can be done with a target and with the rows of its grids, as menus of its form."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Target
from perfdesk.gui.dialogs.choose_holder import ChooseHolder
from perfdesk.gui.fields.menu_button import menu_button
from perfdesk.gui.grid.grid_section import GridSection
from perfdesk.gui.refused import refusal
from perfdesk.i18n import _
from perfdesk.services.editing import cost_sheets, duplicating, moving, records, targets

if TYPE_CHECKING:
    from perfdesk.gui.pages.target_page import TargetPage


class TargetCommands(QObject):
    """Makes the menus and does what they say."""

    def __init__(self, page: "TargetPage") -> None:
        super().__init__(page)
        self._page = page
        self._changing: list[QAction] = []
        self.of_target = self._target_menu()
        self.of_indicators = self._rows_menu(page.ui.indicators, "indicator")
        self.of_activities = self._rows_menu(page.ui.costs, "activity")
        self._add_cost_commands()

    def enable(self) -> None:
        """Offer what can be done with the form as it is."""
        page, session = self._page, self._page.session
        for action in self._changing:
            action.setEnabled(not session.read_only)
        is_target = isinstance(page.holder, Target)
        self.of_target.setVisible(is_target)
        if page.holder is not None and not session.read_only:
            self.join_all.setEnabled(len(page.holder.activities) > 1)
            sheet = page.activity_sheet()
            self.divide.setEnabled(sheet is not None and len(sheet.activities) > 1)

    # --- making -------------------------------------------------------------------------------------------------------

    def _target_menu(self) -> QToolButton:
        button = menu_button(_("Tar&get"), _("Commands for this target"))
        menu = button.menu()
        self.new_target = self._action(menu, _("&New target under this objective"), self._new_target)
        self.duplicate_target = self._action(menu, _("Dupl&icate the target"), self._duplicate_target)
        menu.addSeparator()
        self.target_up = self._action(menu, _("Move the target &up"), lambda: self._shift_target(-1))
        self.target_down = self._action(menu, _("Move the target &down"), lambda: self._shift_target(1))
        menu.addSeparator()
        self.delete_target = self._action(menu, _("De&lete the target"), self._delete_target)
        self._page.frame.top.addWidget(button)
        QWidget.setTabOrder(self._page.frame.next, button)
        return button

    def _rows_menu(self, section: GridSection, table: str) -> QToolButton:
        name = _("Commands for indicators") if table == "indicator" else _("Commands for activities and their cost")
        button = menu_button(_("Commands"), name)
        menu = button.menu()
        duplicate = self._action(menu, _("Duplicate the row"), lambda: self._duplicate_row(table), "Ctrl+Shift+D")
        move = self._action(menu, _("Move to another target…"), lambda: self.choose_holder(table), "Ctrl+Shift+M")
        for action in (duplicate, move):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            section.addAction(action)
        section.head.insertWidget(2, button)
        return button

    def _add_cost_commands(self) -> None:
        menu = self.of_activities.menu()
        menu.addSeparator()
        self.join = self._action(menu, _("Common cost sheet for the selected activities"), self._join)
        self.join.setToolTip(
            _("Amounts are added up by economic code; units and transfers are united. No amount is lost.")
        )
        self.divide = self._action(menu, _("Take the common cost sheet apart"), self._divide)
        self.divide.setToolTip(
            _(
                "Each activity gets a sheet of its own: a divided amount goes by the parts, each code in proportion; "
                "otherwise all of it stays with the first activity. Transfers, off-budget sources and the note stay "
                "with the first one."
            )
        )
        self.join_all = self._action(menu, _("One cost sheet for the whole target"), self._join_all)
        menu.addSeparator()

    def _action(self, menu: QMenu, text: str, slot: Callable[[], object], keys: str = "") -> QAction:
        action = menu.addAction(text)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: self._run(slot))
        self._changing.append(action)
        return action

    def _run(self, slot: Callable[[], object]) -> None:
        """Do a command; what it refuses is said at the foot of the window."""
        self._page.commit()
        try:
            slot()
        except UserError as error:
            self._page.problem_said.emit(refusal(error.sentence()))

    # --- the target ---------------------------------------------------------------------------------------------------

    def _new_target(self) -> None:
        store, target = self._page.session.store, self._target()
        programme, objective = (store.field("target", target.row, column) for column in ("programme", "objective"))
        self._go_to(targets.add_target(store, _whole(programme), _whole(objective)))

    def _duplicate_target(self) -> None:
        self._go_to(duplicating.duplicate_target(self._page.session.store, self._target().row))

    def _shift_target(self, by: int) -> None:
        targets.shift_target(self._page.session.store, self._target().row, by)

    def _delete_target(self) -> None:
        page, target = self._page, self._target()
        ctx = page.session.context
        name = " · ".join(filter(None, ctx.holder_name(target))) if ctx else target.title
        near = page.neighbours[1] or page.neighbours[0]
        if near is not None:
            page.entry_wanted.emit(near)
        records.delete(page.session.store, "target", target.row)
        page.problem_said.emit(_("“{name}” was deleted with all it held; undo brings it back.").format(name=name))

    def _go_to(self, target: int) -> None:
        identity = self._page.session.store.field("target", target, "identity")
        self._page.entry_wanted.emit(("target", str(identity)))

    def _target(self) -> Target:
        target = self._page.holder
        assert isinstance(target, Target)
        return target

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _duplicate_row(self, table: str) -> None:
        page = self._page
        row = page.row_in_hand(table)
        if row:
            new = duplicating.duplicate_row(page.session.store, table, row)
            page.section_of(table).grid.show_cell(new, "name")

    def choose_holder(self, table: str) -> ChooseHolder | None:
        """Ask where the row in hand is to be moved."""
        page = self._page
        ctx, holder, row = page.session.context, page.holder, page.row_in_hand(table)
        if ctx is None or holder is None or not row or page.session.read_only:
            return None
        title = _("Move the indicator") if table == "indicator" else _("Move the activity")
        dialog = ChooseHolder(ctx, holder, title, page)
        dialog.chosen.connect(lambda to, at, name: self._run(lambda: self._move(table, row, (to, at), name)))
        dialog.open()
        return dialog

    def _move(self, table: str, row: int, to: tuple[str, int], name: str) -> None:
        sheet = self._page.activity_sheet() if table == "activity" else None
        stays = sheet is not None and len(sheet.activities) > 1 and not sheet.split
        moving.move_to(self._page.session.store, table, row, *to)
        said = _("Moved to “{name}”.").format(name=name)
        if stays:
            said += " " + _("The common cost, which is not divided, stays with the other activities.")
        self._page.problem_said.emit(said)

    # --- cost sheets --------------------------------------------------------------------------------------------------

    def _join(self) -> None:
        page = self._page
        cost_sheets.join(page.session.store, page.selected_rows("activity"))

    def _divide(self) -> None:
        row = self._page.row_in_hand("activity")
        if row:
            cost_sheets.divide(self._page.session.store, row)

    def _join_all(self) -> None:
        holder = self._page.holder
        if holder is not None:
            table = "target" if isinstance(holder, Target) else "sub_programme"
            cost_sheets.join_all(self._page.session.store, table, holder.row)


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def toggle(text: str, name: str, tip: str, *keys: str) -> tuple[QToolButton, QAction]:
    """Return a button that opens and folds a part of the form, and its command."""
    # in a menu it is called by its whole name
    action = QAction(name)
    action.setIconText(text)
    action.setCheckable(True)
    action.setToolTip(tip)
    # not by what is printed on them: there are two keys called Enter
    action.setShortcuts([QKeySequence.fromString(key) for key in keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAccessibleName(name)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    action.setParent(button)
    return button, action


def offer(action: QAction, *widgets: QWidget) -> None:
    """Let a command's keys work in these parts of the form."""
    for widget in widgets:
        widget.addAction(action)
