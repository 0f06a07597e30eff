"""The window: menus and toolbar, the outline at the left, the chosen entry's page, what is saved and the sums below."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QIcon, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QMainWindow,
    QProgressBar,
    QSizePolicy,
    QWidget,
)

from perfdesk import paths
from perfdesk.domain.errors import UserError
from perfdesk.domain.numbers import format_number
from perfdesk.gui import colours, export, outline
from perfdesk.gui.dialogs import about, errors, written
from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.grid_view import GridView
from perfdesk.gui.locate import Place
from perfdesk.gui.pages.headings import colour_ground
from perfdesk.gui.pages.overview_page import OverviewPage
from perfdesk.gui.pages.start_page import StartPage
from perfdesk.gui.pages.target_page import TargetPage
from perfdesk.gui.session import Session, open_session
from perfdesk.gui.table_view import TableView
from perfdesk.i18n import N_, _
from perfdesk.services import copying
from perfdesk.storage.undo import Change

_FILES: Final = N_("perfdesk files (*.perfdesk)")
_ALL_FILES: Final = N_("All files (*)")
_OUTLINE_WIDTH: Final = 260
# how long the bar at the foot says what was refused, in milliseconds
_PROBLEM_SHOWN: Final = 10_000
_ICONS: Final = {
    "open": "open",
    "undo": "undo",
    "redo": "redo",
    "export_pdf": "book",
    "export_xlsx": "workbook",
}


class MainWindow(QMainWindow):
    """The one window; without a session it shows the start page."""

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None
        self._target_page: TargetPage | None = None
        self._overview_page: OverviewPage | None = None
        self._job: export.ExportJob | None = None
        self._grid: TableView | None = None
        self.ui = Ui_MainWindow()
        self.ui.setupUi(self)
        self._outline = outline.OutlineModel(self)
        self._start_page = StartPage()
        self._start_page.open_wanted.connect(self.choose_file)
        self.ui.pages.addWidget(self._start_page)
        self._prepare_outline()
        self._prepare_toolbar()
        self._prepare_status()
        self._connect_actions()
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr] # there is one
        QApplication.styleHints().colorSchemeChanged.connect(self._on_colours, Qt.ConnectionType.QueuedConnection)
        self._show_session()

    # --- making -----------------------------------------------------------------------------------------------------

    def _prepare_outline(self) -> None:
        ui = self.ui
        tree = ui.outline
        tree.setModel(self._outline)
        tree.setItemDelegate(outline.OutlineDelegate(tree))
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        tree.selectionModel().currentChanged.connect(self._on_entry)
        ui.splitter.setStretchFactor(0, 0)
        ui.splitter.setStretchFactor(1, 1)
        ui.splitter.setSizes([_OUTLINE_WIDTH, 1000])
        colour_ground(ui.banner, colours.tint(self.palette(), 0.2))
        ui.banner.hide()

    def _prepare_toolbar(self) -> None:
        ui = self.ui
        for name, icon in _ICONS.items():
            getattr(ui, name).setIcon(QIcon(str(paths.resource("icons", f"{icon}.svg"))))
        tools = ui.tools
        tools.setIconSize(QSize(16, 16))
        self.years = QComboBox()
        self.years.setAccessibleName(_("Year"))
        self.years.setToolTip(_("Year of the programme"))
        self.years.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.years.activated.connect(self._on_year)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._years_action = tools.addWidget(self.years)
        tools.addAction(ui.undo)
        tools.addAction(ui.redo)
        tools.addWidget(space)
        tools.addAction(ui.export_xlsx)
        tools.addAction(ui.export_pdf)
        ui.export_pdf.setIconText(_("PDF book"))
        ui.export_xlsx.setIconText("Excel")

    def _prepare_status(self) -> None:
        status = self.ui.status
        self.saved = QLabel()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setMaximumWidth(120)
        self.progress.setTextVisible(False)
        self.progress_text = QLabel()
        self.selection_sum = QLabel()
        self.programme_sum = QLabel()
        for widget in (self.saved, self.progress_text, self.progress):
            status.addWidget(widget)
        for widget in (self.selection_sum, self.programme_sum):
            widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            status.addPermanentWidget(widget)
        status.setContentsMargins(8, 0, 8, 0)
        self.progress.hide()
        self.progress_text.hide()

    def _connect_actions(self) -> None:
        ui = self.ui
        ui.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        for action, slot in (
            (ui.open, self.choose_file),
            (ui.save_copy, self.choose_copy),
            (ui.export_pdf, lambda: self.choose_export(export.BOOK)),
            (ui.export_xlsx, lambda: self.choose_export(export.WORKBOOK)),
            (ui.quit, self.close),
            (ui.undo, self.undo),
            (ui.redo, self.redo),
            (ui.copy, self._copy),
            (ui.clear, lambda: self._on_grid(GridView.clear)),
            (ui.fill_down, lambda: self._on_grid(GridView.fill_down)),
            (ui.row_up, lambda: self._on_grid(lambda grid: grid.move_row(-1))),
            (ui.row_down, lambda: self._on_grid(lambda grid: grid.move_row(1))),
            (ui.delete_row, lambda: self._on_grid(GridView.delete_rows)),
            (ui.previous_target, lambda: self._go_by(-1)),
            (ui.next_target, lambda: self._go_by(1)),
            (ui.add_indicator, lambda: self._add_row(0)),
            (ui.add_activity, lambda: self._add_row(1)),
            (ui.shortcuts, lambda: about.show_keys(self)),
            (ui.about, lambda: about.show_about(self)),
        ):
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        ui.show_outline.toggled.connect(ui.outline.setVisible)
        ui.all_codes.toggled.connect(self._on_all_codes)

    # --- files ------------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a file and open it."""
        folder = str(self.session.store.path.parent) if self.session else str(Path.home())
        name, _filter = QFileDialog.getOpenFileName(self, _("Open a file"), folder, f"{_(_FILES)};;{_(_ALL_FILES)}")
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a file; one that is held elsewhere or read-only for reading. What cannot be opened is told."""
        self.commit()
        if self.session and path.exists() and path.samefile(self.session.store.path):
            return
        try:
            session, reason = open_session(path, self)
        except UserError as error:
            errors.say(self, error.sentence())
            return
        self._close_session()
        self.session = session
        session.changed.connect(self._on_change)
        self.ui.banner.setText(reason)
        self.ui.banner.setVisible(bool(reason))
        self._show_session()

    def choose_copy(self) -> None:
        """Ask where to and write a copy."""
        if self.session is None:
            return
        self.commit()
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save a copy"), str(self.session.store.path.parent), _(_FILES)
        )
        if name:
            copying.save_copy(self.session.store, copying.named(Path(name)))

    def _close_session(self) -> None:
        self._wait_for_job()
        self._drop_pages()
        if self.session is not None:
            self.session.close()
            self.session.deleteLater()
            self.session = None

    def _drop_pages(self) -> None:
        for page in (self._target_page, self._overview_page):
            if page is not None:
                self.ui.pages.removeWidget(page)
                page.deleteLater()
        self._target_page = self._overview_page = None
        self._grid = None

    def closeEvent(self, event: QCloseEvent) -> None:
        self.commit()
        self._close_session()
        super().closeEvent(event)

    def commit(self) -> None:
        """Write whatever is being typed."""
        if self._target_page is not None:
            self._target_page.commit()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show_session(self) -> None:
        """Show a session that has just been opened, or the start page."""
        session = self.session
        self.years.clear()
        if session is None:
            self._outline.show([])
            self.ui.outline.hide()
            self.ui.pages.setCurrentWidget(self._start_page)
        else:
            for programme in sorted(session.municipality.programmes, key=lambda programme: -programme.year):
                self.years.addItem(_("{year} performance programme").format(year=programme.year), programme.year)
            self._make_pages(session)
            self.ui.outline.setVisible(self.ui.show_outline.isChecked())
            self._show_outline()
            targets = self._outline.targets()
            self.go_to("target", targets[0]) if targets else self.go_to("cover", "")
            if session.problem is not None:
                errors.say(self, session.problem.sentence())
        self.saved.setText("")
        self._show_state()

    def _make_pages(self, session: Session) -> None:
        self._target_page = page = TargetPage(session)
        page.target_wanted.connect(lambda id_: self.go_to("target", id_))
        page.numbers_selected.connect(self._show_selection)
        page.problem_said.connect(lambda text: self.ui.status.showMessage(text, _PROBLEM_SHOWN))
        page.ui.all_codes.toggled.connect(self.ui.all_codes.setChecked)
        page.ui.all_codes.setChecked(self.ui.all_codes.isChecked())
        ui = self.ui
        for grid in page.grids:
            grid.addActions([ui.copy, ui.clear, ui.fill_down, ui.row_up, ui.row_down, ui.delete_row])
        self._overview_page = OverviewPage(session)
        self._overview_page.target_wanted.connect(lambda id_: self.go_to("target", id_))
        self._overview_page.numbers_selected.connect(self._show_selection)
        ui.pages.addWidget(page)
        ui.pages.addWidget(self._overview_page)

    def _on_colours(self) -> None:
        """Make the pages anew when the system turns light or dark: what they mix themselves does not follow."""
        self.commit()
        colour_ground(self.ui.banner, colours.tint(self.palette(), 0.2))
        if self.session is not None:
            self._drop_pages()
            self._make_pages(self.session)
            self._show_entry(self.ui.outline.currentIndex())

    def _show_outline(self) -> None:
        ctx = self.session.context if self.session else None
        if not self._outline.show(outline.entries(ctx)):
            return
        tree = self.ui.outline
        tree.expandToDepth(0)
        tree.expand(self._outline.find("part", "targets"))

    def _show_state(self) -> None:
        """Show what belongs to the window as a whole: title, commands, sums."""
        session, ui = self.session, self.ui
        is_open = session is not None
        ctx = session.context if session else None
        if session is None:
            self.setWindowTitle("perfdesk")
        else:
            name = session.municipality.administration.name
            year = _("{year} performance programme").format(year=session.year) if ctx else ""
            self.setWindowTitle(" · ".join(filter(None, (name, year))) + " – perfdesk")
            self.years.setCurrentIndex(self.years.findData(session.year))
        self._years_action.setVisible(is_open)
        ui.save_copy.setEnabled(is_open)
        for action in (ui.export_pdf, ui.export_xlsx):
            action.setEnabled(ctx is not None and self._job is None)
        self._show_undo(ui.undo, _("&Undo"), _("Undo"), session.store.undo_label if session else "")
        self._show_undo(ui.redo, _("&Redo"), _("Redo"), session.store.redo_label if session else "")
        amount = format_number(ctx.ledger.grand_total.total, 2) if ctx else ""
        self.programme_sum.setText(_("Programme total {amount} TL").format(amount=amount) if ctx else "")
        self._enable_commands()

    def _show_undo(self, action: QAction, menu_text: str, name: str, label: str) -> None:
        action.setEnabled(bool(label))
        action.setText(f"{menu_text}: {_(label)}" if label else menu_text)
        action.setIconText(name)
        keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()[:1])
        action.setToolTip(f"{name}: {_(label)} ({keys})" if label else f"{name} ({keys})")

    def _enable_commands(self) -> None:
        """Enable what can be done where the keyboard is."""
        ui, grid = self.ui, self._grid
        can_edit = isinstance(grid, GridView) and self.session is not None and not self.session.read_only
        for action in (ui.clear, ui.fill_down, ui.row_up, ui.row_down, ui.delete_row):
            action.setEnabled(can_edit)
        on_target = self._target_page is not None and ui.pages.currentWidget() is self._target_page
        writable = self.session is not None and not self.session.read_only
        for action in (ui.add_indicator, ui.add_activity):
            action.setEnabled(on_target and writable)
        before, after = self._neighbours()
        ui.previous_target.setEnabled(bool(before))
        ui.next_target.setEnabled(bool(after))

    def _show_selection(self, numbers: list[Decimal]) -> None:
        text = ""
        if len(numbers) > 1:
            amount = format_number(sum(numbers, Decimal(0)))
            text = _("Selection {amount}").format(amount=amount)
        self.selection_sum.setText(text)

    # --- the outline ------------------------------------------------------------------------------------------------

    def go_to(self, kind: str, id_: str) -> None:
        """Turn to an entry of the outline."""
        index = self._outline.find(kind, id_)
        if index.isValid():
            self.ui.outline.setCurrentIndex(index)
            self.ui.outline.scrollTo(index)

    def _on_entry(self, index: QModelIndex) -> None:
        self.commit()
        self._show_entry(index)

    def _show_entry(self, index: QModelIndex) -> None:
        entry = self._outline.entry(index)
        if entry is None or self._target_page is None or self._overview_page is None:
            return
        if entry.kind == "target":
            self._target_page.show_target(entry.id, self._neighbours())
            self.ui.pages.setCurrentWidget(self._target_page)
        else:
            above = self._outline.entry(index.parent())
            self._overview_page.show_entry(entry, above.text if above else "")
            self.ui.pages.setCurrentWidget(self._overview_page)
        self._show_selection([])
        if self._grid is not None and not self._grid.isVisibleTo(self):
            # hidden with its page it no longer shows the snapshot of now
            self._grid = None
        self._enable_commands()

    def _neighbours(self) -> tuple[str, str]:
        """Return the ids of the targets before and after the one shown, or ""."""
        entry = self._outline.entry(self.ui.outline.currentIndex())
        targets = self._outline.targets()
        if entry is None or entry.kind != "target" or entry.id not in targets:
            return "", ""
        at = targets.index(entry.id)
        return (targets[at - 1] if at else ""), (targets[at + 1] if at + 1 < len(targets) else "")

    def _go_by(self, by: int) -> None:
        id_ = self._neighbours()[by > 0]
        if id_:
            self.go_to("target", id_)

    def _on_year(self, at: int) -> None:
        self.commit()
        if self.session is not None:
            self.session.set_year(int(self.years.itemData(at)))

    def _on_all_codes(self, shown: bool) -> None:
        if self._target_page is not None:
            self._target_page.ui.all_codes.setChecked(shown)

    # --- changes ----------------------------------------------------------------------------------------------------

    def _on_change(self, change: Change | None) -> None:
        """Show the snapshot of now. Without a change it is another year."""
        entry = self._outline.entry(self.ui.outline.currentIndex())
        self._show_outline()
        if change is None:
            targets = self._outline.targets()
            here = entry.key if entry and self._outline.find(*entry.key).isValid() else ("cover", "")
            if entry and entry.kind == "target" and here != entry.key and targets:
                here = ("target", targets[0])
            self.go_to(*here)
        else:
            now = datetime.now().astimezone()
            self.saved.setText(_("Saved {time}").format(time=f"{now:%H:%M}"))
        page = self._target_page
        if page is not None:
            # also while another page is shown: its grids never hold rows that are gone
            page.refresh()
        if change is None or self.ui.pages.currentWidget() is not page:
            self._show_entry(self.ui.outline.currentIndex())
        self._show_state()

    def undo(self) -> None:
        """Take the last step back and go to what it changed."""
        if self.session is not None:
            self.commit()
            self._go_to_place(self.session.undo(self._shown_target()))

    def redo(self) -> None:
        """Do again what was undone and go to what it changed."""
        if self.session is not None:
            self.commit()
            self._go_to_place(self.session.redo(self._shown_target()))

    def _shown_target(self) -> str:
        return self._target_page.target_id if self._target_page else ""

    def _go_to_place(self, place: Place | None) -> None:
        if place is None or self.session is None or self._target_page is None:
            return
        self.session.set_year(place.year)
        self.go_to("target", place.target)
        self._target_page.show_place(place)

    # --- commands on the grid in hand -------------------------------------------------------------------------------

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        widget = now
        while widget is not None and not isinstance(widget, TableView):
            widget = widget.parentWidget()
        # a menu takes the keyboard only for a moment; its commands are for the grid it was called from
        if now is not None and not now.inherits("QMenuBar"):
            self._grid = widget if isinstance(widget, TableView) else None
            self._enable_commands()

    def _on_grid(self, command: Callable[[GridView], object]) -> None:
        if isinstance(self._grid, GridView) and self._grid.isVisible():
            command(self._grid)

    def _copy(self) -> None:
        widget = self._grid or QApplication.focusWidget()
        copy = getattr(widget, "copy", None)
        if callable(copy):
            copy()

    def _add_row(self, grid: int) -> None:
        if self._target_page is not None:
            self._target_page.grids[grid].add_row()

    # --- writing documents ------------------------------------------------------------------------------------------

    def choose_export(self, what: export.Format) -> None:
        """Ask where to and write a document."""
        if self.session is None or self.session.context is None:
            return
        self.commit()
        path = self.session.store.path
        proposed = path.with_name(f"{path.stem} {self.session.year}{what.suffix}")
        name, _filter = QFileDialog.getSaveFileName(self, _(what.name), str(proposed), _(what.filter))
        if name:
            chosen = Path(name)
            self.export_to(what, chosen if chosen.suffix else chosen.with_suffix(what.suffix))

    def export_to(self, what: export.Format, path: Path) -> None:
        """Write a document beside the window."""
        if self.session is None or self.session.context is None or self._job is not None:
            return
        self._job = job = export.ExportJob(what, self.session.context, path, self.session.store.path, self)
        job.done.connect(lambda made: written.show(self, made))
        job.failed.connect(self._on_export_failed)
        job.finished.connect(self._on_export_finished)
        self.progress_text.setText(_("Writing “{file}”…").format(file=path.name))
        self.progress.show()
        self.progress_text.show()
        self._show_state()
        job.start()

    def _on_export_failed(self, error: Exception) -> None:
        # raised here it goes where all errors go
        raise error

    def _on_export_finished(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
        self._job = None
        self.progress.hide()
        self.progress_text.hide()
        self._show_state()

    def _wait_for_job(self) -> None:
        if self._job is not None:
            self._job.wait()
