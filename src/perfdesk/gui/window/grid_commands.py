"""The commands of the menus that belong to the grid in hand."""

from collections.abc import Callable, Iterable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.grid.entry_model import NEW
from perfdesk.gui.grid.grid_view import GridView
from perfdesk.gui.grid.table_view import TableView


class GridCommands(QObject):
    """Knows which grid has the keyboard, and lets the window's actions work on it."""

    def __init__(self, ui: Ui_MainWindow, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self._grid: TableView | None = None
        self._is_writable = False
        for action, command in (
            (ui.new_row, GridView.go_to_new),
            (ui.clear, GridView.clear),
            (ui.fill_down, GridView.fill_down),
            (ui.row_up, lambda grid: grid.move_row(-1)),
            (ui.row_down, lambda grid: grid.move_row(1)),
            (ui.delete_row, GridView.delete_rows),
            # the grids and forms have its keys themselves; as a shortcut of the window's they would be given twice
            (ui.details, GridView.ask_details),
        ):
            action.triggered.connect(lambda _checked=False, command=command: self._run(command))
        for action, name in ((ui.cut, "cut"), (ui.copy, "copy"), (ui.paste, "paste")):
            action.triggered.connect(lambda _checked=False, name=name: self._exchange(name))
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr] # there is one

    def watch(self, grids: Iterable[TableView]) -> None:
        """Offer the commands in the menus of these tables."""
        ui = self._ui
        for grid in grids:
            if isinstance(grid, GridView):
                exchanging, changing = [ui.cut, ui.copy, ui.paste], [ui.clear, ui.fill_down]
                grid.addActions([ui.new_row, _separator(grid), *exchanging, *changing])
                grid.addActions([_separator(grid), ui.row_up, ui.row_down, ui.delete_row])
            else:
                grid.addAction(ui.copy)

    def forget(self) -> None:
        """Let go of the grid in hand: it is about to be deleted."""
        self._grid = None

    def set_writable(self, writable: bool) -> None:
        """Say whether anything can be changed."""
        self._is_writable = writable
        grid = self._grid
        if grid is not None and not (shiboken6.isValid(grid) and grid.isVisibleTo(grid.window())):
            # hidden with its page it no longer shows the snapshot of now; some pages make their tables anew
            self._grid = None
        self._enable()

    def _enable(self) -> None:
        ui = self._ui
        for action in (ui.clear, ui.fill_down, ui.row_up, ui.row_down, ui.delete_row):
            action.setEnabled(self._is_writable and isinstance(self._grid, GridView))
        ui.details.setEnabled(isinstance(self._grid, GridView) and self._grid.has_details())
        # some grids have as many rows as the form gives them
        has_blank = isinstance(self._grid, GridView) and self._grid.grid().row_of(NEW) >= 0
        ui.new_row.setEnabled(self._is_writable and has_blank)
        for action in (ui.cut, ui.paste):
            # fields take them, too
            action.setEnabled(self._is_writable and (self._grid is None or isinstance(self._grid, GridView)))

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        widget = now
        while widget is not None and not isinstance(widget, TableView):
            widget = widget.parentWidget()
        # A menu takes the keyboard only for a moment; its commands are for the grid it was called from. A table in a
        # dialog is none of the window's.
        if now is not None and not now.inherits("QMenuBar") and now.window() is self.parent():
            self._grid = widget if isinstance(widget, TableView) else None
            self._enable()

    def _run(self, command: Callable[[GridView], object]) -> None:
        grid = self._grid
        if isinstance(grid, GridView) and shiboken6.isValid(grid) and grid.isVisible():
            command(grid)

    def _exchange(self, name: str) -> None:
        """Cut, copy or paste in the grid in hand, or in the field that has the keyboard."""
        grid = self._grid if self._grid is not None and shiboken6.isValid(self._grid) else None
        command = getattr(grid or QApplication.focusWidget(), name, None)
        if callable(command):
            command()


def _separator(parent: QWidget) -> QAction:
    line = QAction(parent)
    line.setSeparator(True)
    return line
