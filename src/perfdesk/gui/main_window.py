"""The window: menus and toolbar, the outline at the left, the chosen entry's form, what is saved and the sums below."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QIcon, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMainWindow, QMenu, QSizePolicy, QWidget

from perfdesk import paths
from perfdesk.domain.numbers import format_number
from perfdesk.gui.dialogs import about, errors, unsaved
from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.pages.page import Page, Refused
from perfdesk.gui.pages.stack import PageStack
from perfdesk.gui.pages.start_page import StartPage
from perfdesk.gui.preview.pane import PreviewPane
from perfdesk.gui.search.box import SearchBox
from perfdesk.gui.session import Session
from perfdesk.gui.settings import Settings
from perfdesk.gui.window import outline
from perfdesk.gui.window.exporter import BOOK, WORKBOOK, Exporter, unit_tables
from perfdesk.gui.window.file_commands import FileCommands
from perfdesk.gui.window.grid_commands import GridCommands
from perfdesk.gui.window.safety import Safety
from perfdesk.i18n import _, language
from perfdesk.services import helping
from perfdesk.services.book import sections
from perfdesk.services.places import COVER, TARGETS, Key, Place
from perfdesk.storage.undo import Change

if TYPE_CHECKING:
    from perfdesk.gui.help.help_window import HelpWindow
    from perfdesk.gui.window.printing import Printing

_OUTLINE_WIDTH: Final = 260
_PREVIEW_WIDTH: Final = 300
# how long the bar at the foot says what was refused, in milliseconds
_PROBLEM_SHOWN: Final = 10_000
_ICONS: Final = {
    "open": "open",
    "undo": "undo",
    "redo": "redo",
    "show_preview": "preview",
    "print": "print",
    "export_pdf": "book",
    "export_xlsx": "workbook",
}


class MainWindow(QMainWindow):
    """The one window; without a session it shows the start page. ``language_wanted`` carries "tr" or "en"."""

    language_wanted = Signal(str)

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.session: Session | None = None
        self.safety: Safety | None = None
        self._saved_at: datetime | None = None
        # of the outline while it is built anew: what was unfolded (None: nothing was there), and what was chosen
        self._unfolded: set[Key] | None = None
        self._former: Key | None = None
        # whether the forms still have the colours from before the system turned light or dark
        self._has_former_colours = False
        self.settings = settings or Settings()
        self.ui = Ui_MainWindow()
        self.ui.setupUi(self)
        self._outline = outline.OutlineModel(self)
        self.start_page = StartPage()
        self.pages = PageStack()
        self.ui.pages.addWidget(self.start_page)
        self.ui.pages.addWidget(self.pages)
        self.files = FileCommands(self, self.settings)
        self.exporter = Exporter(self)
        self._printing: Printing | None = None
        self._help: HelpWindow | None = None
        self.preview = PreviewPane()
        self.grids = GridCommands(self.ui, self)
        self._prepare_outline()
        self._prepare_toolbar()
        self._prepare_status()
        self._connect()
        QApplication.styleHints().colorSchemeChanged.connect(self._on_colours, Qt.ConnectionType.QueuedConnection)
        self._show_session()

    # --- making -----------------------------------------------------------------------------------------------------

    def _prepare_outline(self) -> None:
        ui = self.ui
        tree = ui.outline
        tree.setModel(self._outline)
        self._outline.modelAboutToBeReset.connect(self._before_outline)
        self._outline.modelReset.connect(self._after_outline)
        tree.selectionModel().currentChanged.connect(self._on_entry)
        ui.splitter.setStretchFactor(0, 0)
        ui.splitter.setStretchFactor(1, 1)
        ui.splitter.addWidget(self.preview)
        ui.splitter.setStretchFactor(2, 0)
        ui.show_preview.setChecked(self.settings.flag("preview", default=False))
        self.preview.hide()
        if not ui.splitter.restoreState(self.settings.state("splitter")):
            ui.splitter.setSizes([_OUTLINE_WIDTH, 800, _PREVIEW_WIDTH])

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
        self.search = SearchBox()
        self._search_action = tools.addWidget(self.search)
        tools.addWidget(space)
        tools.addAction(ui.show_preview)
        tools.addAction(ui.print)
        tools.addAction(ui.export_xlsx)
        tools.addAction(ui.export_pdf)
        # the toolbar comes before the outline, as it stands
        QWidget.setTabOrder(self.years, self.search)
        QWidget.setTabOrder(self.search, ui.outline)
        ui.export_pdf.setIconText(_("PDF book"))
        ui.export_xlsx.setIconText("Excel")
        ui.print.setIconText(_("Print"))
        ui.show_preview.setIconText(_("Preview"))

    def _prepare_status(self) -> None:
        status = self.ui.status
        self.saved = QLabel()
        self.selection_sum = QLabel()
        self.programme_sum = QLabel()
        for widget in (self.saved, *self.exporter.widgets):
            status.addWidget(widget)
        for widget in (self.selection_sum, self.programme_sum):
            widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            status.addPermanentWidget(widget)
        status.setContentsMargins(8, 0, 8, 0)
        self.exporter.hide()

    def _connect(self) -> None:
        ui, pages = self.ui, self.pages
        ui.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        for action, slot in (
            (ui.new_file, self.files.new_file),
            (ui.open, self.files.choose_file),
            (ui.open_sample, self.files.open_sample),
            (ui.save_copy, self.files.choose_copy),
            (ui.save, self.files.say_saved),
            (ui.close_file, self.files.close),
            (ui.back_up, lambda: self.safety and self.safety.ask_for_backup()),
            (ui.restore, self.files.restore),
            (ui.backup_settings, self.files.change_backup_settings),
            (ui.turkish, lambda: self.language_wanted.emit("tr")),
            (ui.english, lambda: self.language_wanted.emit("en")),
            (ui.new_year, self.files.new_year),
            (ui.add_part, self._add_part),
            (ui.export_pdf, lambda: self.exporter.choose(BOOK)),
            (ui.export_xlsx, lambda: self.exporter.choose(WORKBOOK)),
            (ui.print, lambda: self._print(part=False)),
            (ui.print_part, lambda: self._print(part=True)),
            (ui.quit, self.close),
            (ui.undo, self.undo),
            (ui.redo, self.redo),
            (ui.previous_target, lambda: self._go_by(-1)),
            (ui.next_target, lambda: self._go_by(1)),
            (ui.add_indicator, lambda: self._add_row("indicator")),
            (ui.add_activity, lambda: self._add_row("activity")),
            (ui.find, self.search.begin),
            (ui.other_side, self._go_to_other_side),
            (ui.help, self.show_help),
            (ui.first_steps, lambda: self.show_help(helping.FIRST)),
            (ui.shortcuts, lambda: self.show_help(helping.KEYBOARD)),
            (ui.about, lambda: about.show_about(self)),
        ):
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        ui.programme_menu.aboutToShow.connect(self._show_form_commands)
        ui.show_outline.toggled.connect(ui.outline.setVisible)
        ui.show_preview.toggled.connect(self._on_show_preview)
        ui.all_codes.toggled.connect(self._on_all_codes)
        ui.outline.form_wanted.connect(self._go_into_form)
        ui.outline.menu_wanted.connect(self._fill_entry_menu)
        pages.entry_wanted.connect(self._go_on_to)
        self.preview.entry_wanted.connect(self.go_to)
        pages.numbers_selected.connect(self._show_selection)
        pages.unit_tables_wanted.connect(self._print_unit)
        pages.problem_said.connect(lambda text: ui.status.showMessage(text, _PROBLEM_SHOWN))
        pages.page_made.connect(self._on_page_made)
        self.search.place_wanted.connect(self.go_to_place)
        self.exporter.busy_changed.connect(self._show_state)

    def _on_page_made(self, page: Page) -> None:
        if page.all_codes is not None:
            page.all_codes.setChecked(self.ui.all_codes.isChecked())
            page.all_codes.toggled.connect(self.ui.all_codes.setChecked)
        self.grids.watch(page.grids)

    # --- files ------------------------------------------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Open a file."""
        self.files.open_path(path)

    def take_session(self, session: Session) -> None:
        """Show a file that has just been opened in place of the former."""
        self.drop_session()
        session.setParent(self)
        self.session = session
        # where dialogs of forms begin to look for files
        self.setProperty("folder", str(session.store.path.parent))
        session.changed.connect(self._on_change)
        self.safety = safety = Safety(session, self.settings, self)
        safety.backed_up.connect(self._show_saved)
        safety.failed.connect(lambda text: self.ui.status.showMessage(text, _PROBLEM_SHOWN))
        self._show_session()

    def release_session(self) -> Session | None:
        """Let go of the open file without closing it; undo and what is undone stay with it."""
        self.files.remember()
        self.exporter.wait()
        if self._printing is not None:
            self._printing.stop()
        self.preview.show_entry(None, COVER)
        self.pages.set_session(None)
        self.search.set_session(None)
        self.grids.forget()
        self.ui.banner.clear()
        if self.safety is not None:
            self.safety.close()
            self.safety.deleteLater()
            self.safety = None
        session, self.session = self.session, None
        if session is not None:
            session.changed.disconnect(self._on_change)
            session.setParent(None)
        return session

    def drop_session(self) -> None:
        """Close the open file, if there is one."""
        session = self.release_session()
        if session is not None:
            session.close()
            session.deleteLater()

    def show_start(self) -> None:
        """Show the start page."""
        self._show_session()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_leave():
            event.ignore()
            return
        self.drop_session()
        self.preview.shut()
        self.settings.geometry = self.saveGeometry()
        self.settings.keep_state("splitter", self.ui.splitter.saveState())
        super().closeEvent(event)

    def may_leave(self) -> bool:
        """Write what is being typed; ask where entries would be lost with the file, and go to one if so wished."""
        unwritten = [] if self.commit() else [_("The text being typed cannot be written just now.")]
        refused = self.pages.refused()
        lost = unwritten + [entry.error.sentence() for entry in refused]
        if not lost or unsaved.close_all_the_same(self, lost):
            return True
        if refused and not unwritten:
            self._go_to_refused(refused[0])
        return False

    def _go_to_refused(self, refused: Refused) -> None:
        if self.session is not None:
            self.session.set_year(refused.year)
            self.go_to(refused.key)
        if self.pages.page is not None and self.here == refused.key:
            self.pages.page.show_refused(refused)

    def commit(self) -> bool:
        """Write whatever is being typed; return False where some of it could not be written and would be lost."""
        return self.pages.commit()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show_session(self) -> None:
        """Show a session that has just been opened, or the start page."""
        session = self.session
        self.years.clear()
        self._has_former_colours = False
        self.pages.set_session(session)
        self.search.set_session(session)
        if session is None:
            self._outline.show([])
            self.ui.outline.hide()
            self.preview.hide()
            self.files.show_recent()
            self.ui.pages.setCurrentWidget(self.start_page)
        else:
            self._show_years(session)
            self.ui.pages.setCurrentWidget(self.pages)
            self.ui.outline.setVisible(self.ui.show_outline.isChecked())
            self.preview.setVisible(self.ui.show_preview.isChecked())
            self._show_outline()
            targets = self._outline.keys("target")
            self.go_to(targets[0] if targets else COVER)
            self.ui.outline.setFocus()
            if session.problem is not None:
                errors.say(self, session.problem.sentence())
        self._saved_at = None
        self._show_saved()
        self._show_state()

    def _show_years(self, session: Session) -> None:
        wanted = sorted((programme.year for programme in session.municipality.programmes), reverse=True)
        if wanted != [self.years.itemData(at) for at in range(self.years.count())]:
            self.years.clear()
            for year in wanted:
                self.years.addItem(_("{year} performance programme").format(year=year), year)
        self.years.setCurrentIndex(self.years.findData(session.year))

    def _on_colours(self) -> None:
        """Make the forms anew when the system turns light or dark: what they mix themselves does not follow."""
        self._has_former_colours = self.session is not None
        if self._make_forms_anew():
            self._show_entry(self.ui.outline.currentIndex())

    def _make_forms_anew(self) -> bool:
        """Drop the forms that have former colours; where an entry would be lost with them, later."""
        if not self._has_former_colours or not self.commit() or self.pages.refused():
            return False
        self._has_former_colours = False
        self.pages.set_session(self.session)
        return True

    def _show_outline(self) -> None:
        session = self.session
        self._outline.show(outline.entries(session.municipality, session.context) if session else [])

    def _before_outline(self) -> None:
        """Note which entries are unfolded: the tree is about to be built anew."""
        tree, keys = self.ui.outline, self._outline.all_keys()
        self._unfolded = {key for key in keys if tree.isExpanded(self._outline.find(key))} if keys else None
        self._former = self.here

    def _after_outline(self) -> None:
        """Unfold what was, and find the entry that was chosen by what it is about."""
        tree = self.ui.outline
        if self._unfolded is None:
            tree.expandToDepth(0)
            self._unfolded = {TARGETS}
        for key in (*self._unfolded, *([self._former] if self._former else [])):
            # also what was chosen and has got its first entry below it
            tree.expand(self._outline.find(key))
        if self._former is not None:
            self.go_to(self._former)

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
            self._show_years(session)
        for action in (self._years_action, self._search_action):
            action.setVisible(is_open)
        ui.find.setEnabled(is_open)
        for action in (ui.save, ui.save_copy, ui.close_file):
            action.setEnabled(is_open)
        ui.restore.setEnabled(is_open)
        for action in (ui.new_year, ui.back_up, ui.add_part):
            action.setEnabled(session is not None and not session.read_only)
        self.show_language()
        ui.show_preview.setEnabled(is_open)
        for action in (ui.export_pdf, ui.export_xlsx, ui.print, ui.print_part):
            action.setEnabled(ctx is not None and not self.exporter.is_busy)
        self._show_undo(ui.undo, _("&Undo"), _("Undo"), session.store.undo_label if session else "")
        self._show_undo(ui.redo, _("&Redo"), _("Redo"), session.store.redo_label if session else "")
        amount = format_number(ctx.ledger.grand_total.total, 2) if ctx else ""
        self.programme_sum.setText(_("Programme total {amount} TL").format(amount=amount) if ctx else "")
        self._enable_commands()

    def show_language(self) -> None:
        """Check the language in use in the menu."""
        self.ui.turkish.setChecked(language() == "tr")
        self.ui.english.setChecked(language() == "en")

    def _show_saved(self) -> None:
        """Say when the last edit was written, and when the last backup was made."""
        parts = []
        if self._saved_at is not None:
            parts.append(_("Saved {time}").format(time=f"{self._saved_at:%H:%M}"))
        last = self.safety.last if self.safety else None
        if last is not None:
            today = last.date() == datetime.now().astimezone().date()
            when = f"{last:%H:%M}" if today else f"{last:%d.%m.%Y %H:%M}"
            parts.append(_("last sound backup {time}").format(time=when))
        self.saved.setText(" · ".join(parts))

    def _show_undo(self, action: QAction, menu_text: str, name: str, label: str) -> None:
        action.setEnabled(bool(label))
        action.setText(f"{menu_text}: {_(label)}" if label else menu_text)
        action.setIconText(name)
        keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()[:1])
        action.setToolTip(f"{name}: {_(label)} ({keys})" if label else f"{name} ({keys})")

    def _enable_commands(self) -> None:
        """Enable what can be done with the form shown."""
        ui = self.ui
        writable = self.session is not None and not self.session.read_only
        self.grids.set_writable(writable)
        shown = self.pages.page if self.ui.pages.currentWidget() is self.pages else None
        on_target = shown is not None and shown.entry.kind in ("target", "sub_programme")
        for action in (ui.add_indicator, ui.add_activity):
            action.setEnabled(on_target and writable)
        before, after = self._neighbours()
        ui.previous_target.setEnabled(before is not None)
        ui.next_target.setEnabled(after is not None)

    def _show_selection(self, numbers: list[Decimal]) -> None:
        text = ""
        if len(numbers) > 1:
            amount = format_number(sum(numbers, Decimal(0)))
            text = _("Selection {amount}").format(amount=amount)
        self.selection_sum.setText(text)

    # --- the outline ------------------------------------------------------------------------------------------------

    def go_to(self, key: Key) -> None:
        """Turn to an entry of the outline."""
        index = self._outline.find(key)
        if index.isValid():
            self.ui.outline.setCurrentIndex(index)
            self.ui.outline.scrollTo(index)

    def _go_on_to(self, key: Key) -> None:
        """Turn to an entry that a form leads to, and put the keyboard there: what is typed next is meant for it."""
        self.go_to(key)
        if self.here == key:
            self._go_into_form()

    def go_to_place(self, place: Place) -> None:
        """Turn to a field or cell, in whatever year."""
        if self.session is not None and self.commit():
            self.session.set_year(place.year)
            self.go_to(place.entry)
            self.pages.show_place(place)

    @property
    def here(self) -> Key | None:
        """The entry of the outline that is shown."""
        entry = self._outline.entry(self.ui.outline.currentIndex())
        return entry.key if entry else None

    def _on_entry(self, index: QModelIndex, before: QModelIndex) -> None:
        if self.commit():
            self._make_forms_anew()
            self._show_entry(index)
        else:
            # the form stays until what is typed in it can be written
            with QSignalBlocker(self.ui.outline.selectionModel()):
                self.ui.outline.setCurrentIndex(before)
            self.ui.outline.viewport().update()

    def _show_entry(self, index: QModelIndex) -> None:
        entry = self._outline.entry(index)
        if entry is None or self.session is None:
            return
        above = self._outline.entry(index.parent())
        self.pages.show_entry(entry, above.text if above else "", self._neighbours())
        self.preview.show_entry(self.session, entry.key)
        self._show_selection([])
        self._enable_commands()

    def _neighbours(self) -> tuple[Key | None, Key | None]:
        """Return the targets before and after the one shown."""
        here, targets = self.here, self._outline.keys("target")
        if here not in targets:
            return None, None
        at = targets.index(here)
        return (targets[at - 1] if at else None), (targets[at + 1] if at + 1 < len(targets) else None)

    def _go_by(self, by: int) -> None:
        key = self._neighbours()[by > 0]
        if key:
            self.go_to(key)

    def _go_into_form(self) -> None:
        if self.pages.page is not None:
            self.pages.page.begin(first=True)

    def _go_to_other_side(self) -> None:
        """Put the keyboard into the form, or from there back into the outline."""
        if self.ui.outline.hasFocus() and self.pages.page is not None:
            self.pages.page.begin()
        else:
            self.ui.outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_year(self, at: int) -> None:
        if self.session is None:
            return
        if self.commit():
            self.session.set_year(int(self.years.itemData(at)))
        else:
            # the form stays until what is typed in it can be written
            self.years.setCurrentIndex(self.years.findData(self.session.year))

    def _on_all_codes(self, shown: bool) -> None:
        page = self.pages.page
        if page is not None and page.all_codes is not None:
            page.all_codes.setChecked(shown)

    # --- changes ----------------------------------------------------------------------------------------------------

    def _on_change(self, change: Change | None) -> None:
        """Show the snapshot of now. Without a change it is another year."""
        here = self.here
        self._show_outline()
        if here is None or not self._outline.find(here).isValid():
            # what was shown is gone, or is not in this year
            targets = self._outline.keys("target")
            self.go_to(targets[0] if here and here[0] == "target" and targets else COVER)
        if change is not None:
            self._saved_at = datetime.now().astimezone()
            self._show_saved()
        self._show_entry(self.ui.outline.currentIndex())
        self._show_state()

    def undo(self) -> None:
        """Take the last step back and go to what it changed."""
        if self.session is not None:
            self.commit()
            self._go_to_change(self.session.undo(self.here))

    def redo(self) -> None:
        """Do again what was undone and go to what it changed."""
        if self.session is not None:
            self.commit()
            self._go_to_change(self.session.redo(self.here))

    def _go_to_change(self, place: Place | None) -> None:
        if place is not None:
            self.go_to_place(place)

    def _show_form_commands(self) -> None:
        """Let the menu offer what can be done in the form shown."""
        menu = self.ui.form_menu
        # clear() would take the form's own commands for the menu's, and let go of them
        for action in menu.actions():
            menu.removeAction(action)
        page = self.pages.page if self.session is not None else None
        menu.addActions(page.actions_for_menu() if page is not None else [])
        menu.menuAction().setEnabled(bool(menu.actions()))

    def _fill_entry_menu(self, menu: QMenu) -> None:
        if self.pages.page is not None:
            menu.addActions(self.pages.page.actions_for_menu())

    def _add_part(self) -> None:
        """Add a part of the municipality's own at the end of the book, and go there to name it."""
        session = self.session
        if session is not None and session.context is not None and self.commit():
            self.go_to(("part", sections.add_part(session.store, session.context.programme.row)))

    def _on_show_preview(self, shown: bool) -> None:
        self.settings.keep_flag("preview", on=shown)
        self.preview.setVisible(shown and self.session is not None)

    def _print(self, *, part: bool) -> None:
        if self.session is not None:
            self.commit()
            self._printer().choose(self.session, self.here if part else None, self.preview.book)

    def _print_unit(self, unit: str, on_paper: bool) -> None:
        """Print the cost tables of a spending unit, or write them as PDF."""
        if self.session is None:
            return
        self.commit()
        if on_paper:
            self._printer().choose_unit(self.session, unit)
        else:
            name = next(one.name for one in self.session.municipality.units if one.id == unit)
            self.exporter.choose(unit_tables(name, unit))

    def _printer(self) -> "Printing":
        # imported when it is wanted: the window opens faster without
        from perfdesk.gui.window.printing import Printing

        self._printing = self._printing or Printing(self)
        return self._printing

    def show_help(self, topic: str = "") -> None:
        """Open the help on a page, or on what has the keyboard: the form shown or a part of it, search, preview."""
        # read only when it is asked for: the window is sooner there
        from perfdesk.gui.help.help_window import show_help

        show_help(self, topic or self._topic_here())

    def _topic_here(self) -> str:
        focus = QApplication.focusWidget()
        for widget, topic in ((self.search, "search"), (self.preview, "preview")):
            if focus is not None and (widget is focus or widget.isAncestorOf(focus)):
                return topic
        page = self.pages.page if self.session is not None else None
        return page.topic() if page is not None else helping.FIRST

    def _add_row(self, table: str) -> None:
        if self.pages.page is not None:
            self.pages.page.begin_row(table)
