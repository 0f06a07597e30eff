"""The window: puts together the menus, the toolbar, the outline, the forms and the foot, and shows a file in them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from perfdesk.gui.dialogs import errors
from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.pages.page import Page
from perfdesk.gui.pages.stack import PageStack
from perfdesk.gui.pages.start_page import StartPage
from perfdesk.gui.preview.pane import PreviewPane
from perfdesk.gui.session import Session
from perfdesk.gui.settings import Settings
from perfdesk.gui.window.desk import Desk
from perfdesk.gui.window.exporter import BOOK, WORD, WORKBOOK, Exporter
from perfdesk.gui.window.file_commands import FileCommands
from perfdesk.gui.window.findings_pane import FindingsPane
from perfdesk.gui.window.findings_side import FindingsSide
from perfdesk.gui.window.foot import Foot
from perfdesk.gui.window.form_commands import FormCommands
from perfdesk.gui.window.grid_commands import GridCommands
from perfdesk.gui.window.help_commands import HelpCommands
from perfdesk.gui.window.leaving import Leaving
from perfdesk.gui.window.menus import Menus
from perfdesk.gui.window.navigation import Navigation
from perfdesk.gui.window.open_file import OpenFile
from perfdesk.gui.window.output_commands import OutputCommands
from perfdesk.gui.window.panes import Panes
from perfdesk.gui.window.refusals import Refusals
from perfdesk.gui.window.safety import Safety
from perfdesk.gui.window.toolbar import Toolbar
from perfdesk.gui.window.version_commands import VersionCommands
from perfdesk.i18n import _
from perfdesk.services.book import sections
from perfdesk.services.output import exporting
from perfdesk.services.places import COVER, Key, Place
from perfdesk.storage.undo import Change


class MainWindow(QMainWindow):
    """The one window; without a session it shows the start page. ``language_wanted`` carries "tr" or "en"."""

    language_wanted = Signal(str)

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self._saved_at: datetime | None = None
        # whether somebody closes the window although entries are lost with it
        self._is_leaving = False
        # whether the forms still have the colours from before the system turned light or dark
        self._has_former_colours = False
        self.settings = settings or Settings()
        self.ui = Ui_MainWindow()
        self.ui.setupUi(self)
        self.navigation = Navigation(self.ui.outline, self.commit, self)
        self.start_page = StartPage()
        self.pages = PageStack()
        self.ui.pages.addWidget(self.start_page)
        self.ui.pages.addWidget(self.pages)
        self.preview = PreviewPane()
        self.findings = FindingsPane(self.settings)
        self.file = OpenFile(self.settings, self)
        self.exporter = Exporter(self.file, self)
        self.foot = Foot(self.ui.status, self.exporter.widgets, self)
        self.exporter.hide()
        self._desk = Desk(self, self.file, self.pages, self.navigation, self.foot)
        self.refusals = Refusals(self._desk)
        self.leaving = Leaving(self._desk, self.refusals, self.exporter)
        self.files = FileCommands(self._desk, self.settings, self.leaving, self.ui.banner, self.start_page)
        self.output = OutputCommands(self._desk, self.exporter, self.refusals, self.preview, self.leaving)
        self.versions = VersionCommands(self._desk, self.exporter, self.refusals, self.output.is_busy)
        self._panes = Panes(self.ui, self.pages, self.preview, self.findings, self.settings, self)
        self.grids = GridCommands(self.ui, self)
        self._form = FormCommands(self.ui, self.pages, self.findings, self)
        self._menus = Menus(self.ui)
        self.toolbar = Toolbar(self.ui, self)
        # before the window goes there: what is gone to is a thing of the list only as long as the list is in sight
        self._findings = FindingsSide(self._desk, self.ui, self.findings, self.toolbar, self._go_on_to_place)
        regions = {self.toolbar.search: "search", self.preview: "preview", self.findings: "control"}
        self.help = HelpCommands(self.ui, self.pages, regions, self)
        self._connect_actions()
        self._connect()
        self._show_session()

    # --- making -----------------------------------------------------------------------------------------------------

    def _connect_actions(self) -> None:
        ui = self.ui
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
            (ui.delete_year, self.files.delete_year),
            (ui.add_part, self._add_part),
            (ui.export_pdf, lambda: self.output.export(BOOK)),
            (ui.export_xlsx, lambda: self.output.export(WORKBOOK)),
            (ui.export_docx, lambda: self.output.export(WORD)),
            (ui.papers, self.output.choose_paper),
            (ui.print, lambda: self.output.print(part=False)),
            (ui.print_part, lambda: self.output.print(part=True)),
            (ui.unit_file, lambda: self.output.choose_paper(exporting.UNIT_FILE)),
            (ui.versions, self.versions.show),
            (ui.quit, self.close),
            (ui.undo, self.undo),
            (ui.redo, self.redo),
            (ui.previous_target, lambda: self.navigation.go_by(-1)),
            (ui.next_target, lambda: self.navigation.go_by(1)),
            (ui.find, self.toolbar.search.begin),
        ):
            action.triggered.connect(lambda _checked=False, slot=slot: slot())

    def _connect(self) -> None:
        pages = self.pages
        self.navigation.turned.connect(self._on_turned)
        pages.entry_wanted.connect(self._go_on_to)
        pages.place_wanted.connect(self._go_on_to_place)
        self.preview.entry_wanted.connect(self.go_to)
        pages.numbers_selected.connect(self.foot.show_selection)
        pages.problem_said.connect(self.foot.say_problem)
        pages.page_made.connect(lambda page: self.grids.watch(page.grids))
        self.toolbar.year_wanted.connect(self._on_year)
        self.toolbar.search.place_wanted.connect(self.go_to_place)
        self.files.entry_wanted.connect(self._go_on_to)
        self.file.going.connect(self._let_go)
        self.file.turned.connect(self._on_file)
        self.exporter.busy_changed.connect(self._show_state)
        self.exporter.entry_wanted.connect(self._go_on_to)
        QApplication.styleHints().colorSchemeChanged.connect(self._on_colours, Qt.ConnectionType.QueuedConnection)

    @property
    def session(self) -> Session | None:
        """The open file."""
        return self.file.session

    @property
    def safety(self) -> Safety | None:
        """What keeps the open file backed up."""
        return self.file.safety

    @property
    def _page(self) -> Page | None:
        """The form in sight."""
        return self.pages.page if self.session is not None else None

    # --- files ------------------------------------------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Open a file."""
        self.files.open_path(path)

    def _on_file(self) -> None:
        """Show the file that has just been opened, or the start page."""
        session, safety = self.session, self.safety
        if session is not None and safety is not None:
            # where dialogs of forms begin to look for files
            self.setProperty("folder", str(session.store.path.parent))
            session.changed.connect(self._on_change)
            session.refused_changed.connect(self._show_undo)
            safety.backed_up.connect(self._show_saved)
            safety.failed.connect(self.foot.say_problem)
            safety.told.connect(self.foot.say)
        self._show_session()

    def _let_go(self) -> None:
        """Show nothing any more of the file that is about to go."""
        self.preview.show_entry(None, COVER)
        self.pages.set_session(None)
        self.toolbar.search.set_session(None)
        self.grids.forget()
        self.ui.banner.clear()
        self.ui.status.clearMessage()
        if self.session is not None:
            self.session.changed.disconnect(self._on_change)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_leaving and not self.may_leave(self._close_all_the_same):
            event.ignore()
            return
        self.file.drop()
        self.preview.shut()
        self.settings.geometry = self.saveGeometry()
        super().closeEvent(event)

    def _close_all_the_same(self) -> None:
        self._is_leaving = True
        self.close()

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Return whether nothing is lost with the file; else ask, and do ``then`` where somebody leaves all the same.

        What is being typed is written before.
        """
        return self.leaving.may_leave(then)

    def commit(self) -> bool:
        """Write whatever is being typed; return False where some of it could not be written and would be lost."""
        return self._desk.commit()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show_session(self) -> None:
        """Show a session that has just been opened, or the start page."""
        session, ui = self.session, self.ui
        self._has_former_colours = False
        self._saved_at = None
        self.pages.set_session(session)
        self.toolbar.search.set_session(session)
        if session is None:
            self.navigation.show(None)
            self._panes.show(is_open=False)
            self.files.show_recent()
            ui.pages.setCurrentWidget(self.start_page)
            self.start_page.begin()
        else:
            ui.pages.setCurrentWidget(self.pages)
            self._panes.show(is_open=True)
            self.navigation.show(session)
            self.navigation.begin()
            ui.outline.setFocus()
            if session.problem is not None:
                errors.say(self, session.problem.sentence())
        self._show_saved()
        self._show_state()

    def _show_undo(self) -> None:
        self._menus.show_undo(self.session)

    def _show_state(self) -> None:
        """Show what belongs to the window as a whole: title, commands, sums."""
        session = self.session
        ctx = session.context if session else None
        if session is None:
            self.setWindowTitle("perfdesk")
        else:
            name = session.municipality.administration.name
            year = str(session.year) if ctx else ""
            self.setWindowTitle(" – ".join(filter(None, (name, year, session.store.path.name))))
        self.foot.show_file(session.store.path if session else None)
        self.toolbar.show_session(session)
        self._menus.show_session(session, is_writing=self.exporter.is_busy)
        self.show_language()
        self.foot.show_programme(ctx)
        self._findings.show()
        self._enable_commands()

    def show_language(self) -> None:
        """Check the language in use in the menu."""
        self._menus.show_language()

    def _show_saved(self) -> None:
        self.foot.show_saved(self._saved_at, self.safety.last if self.safety else None)

    def _enable_commands(self) -> None:
        """Enable what can be done with the form shown."""
        writable = self.session is not None and not self.session.read_only
        self.grids.set_writable(writable)
        self._menus.show_page(self._page, self.navigation.neighbours, writable=writable)

    def _show_entry(self) -> None:
        """Show the form of the entry chosen in the outline."""
        entry = self.navigation.entry
        if entry is None or self.session is None:
            return
        self.pages.show_entry(entry, self.navigation.above, self.navigation.neighbours)
        self.preview.show_entry(self.session, entry.key)
        self.foot.show_selection([])
        self._enable_commands()

    def _on_colours(self) -> None:
        """Make the forms anew when the system turns light or dark: what they mix themselves does not follow."""
        self._has_former_colours = self.session is not None
        if self._make_forms_anew():
            self._show_entry()

    def _make_forms_anew(self) -> bool:
        """Drop the forms that have former colours; where what is being typed would be lost with them, later."""
        if not self._has_former_colours or not self.commit():
            return False
        self._has_former_colours = False
        self.pages.set_session(self.session)
        return True

    # --- going ------------------------------------------------------------------------------------------------------

    @property
    def here(self) -> Key | None:
        """The entry of the outline that is shown."""
        return self.navigation.here

    def go_to(self, key: Key) -> None:
        """Turn to an entry of the outline."""
        self.navigation.go_to(key)

    def go_to_place(self, place: Place) -> None:
        """Turn to a field or cell, in whatever year."""
        if self.session is not None and self._desk.commit_or_say():
            self.session.set_year(place.year)
            self.go_to(place.entry)
            self.pages.show_place(place)

    def _go_on_to(self, key: Key) -> None:
        """Turn to an entry that a form leads to, and put the keyboard there: what is typed next is meant for it."""
        self.go_to(key)
        if self.here == key:
            self._form.begin()

    def _go_on_to_place(self, place: Place) -> None:
        """Turn to a place that a form leads to; where its form knows none so exact, into the form."""
        self.go_to_place(place)
        # none at all where a dialog is about to close, which Qt's stubs do not know
        focus: QWidget | None = self.focusWidget()
        page = self._page
        if self.here == place.entry and page is not None and (focus is None or not page.isAncestorOf(focus)):
            self._form.begin()

    def _on_turned(self) -> None:
        self._make_forms_anew()
        self._show_entry()

    def _on_year(self, year: int) -> None:
        if self.session is None:
            return
        if self._desk.commit_or_say():
            self.session.set_year(year)
        else:
            # the form stays until what is typed in it can be written
            self.toolbar.show_year(self.session.year)

    # --- changes ----------------------------------------------------------------------------------------------------

    def _on_change(self, change: Change | None) -> None:
        """Show the snapshot of now. Without a change it is another year."""
        here = self.here
        self.navigation.show(self.session)
        self.navigation.stay_near(here)
        if change is not None:
            self._saved_at = datetime.now().astimezone()
            self._show_saved()
        self._show_entry()
        self._show_state()

    def undo(self) -> None:
        """Take back what was done last and go there: a step, or an entry that was refused since."""
        session = self.session
        if session is not None and self._desk.commit_or_say():
            step = session.undo_label
            said = _("Undone: {step}").format(step=_(step)) if step else ""
            # what was said of it is no longer true; forms may have something to say of what comes back
            self.ui.status.clearMessage()
            spot = session.refused.newest
            if spot is None:
                self._go_to_change(session.undo(self.here), said)
                return
            self.refusals.show(spot)
            session.refused.drop()
            self._show_entry()
            self.foot.say(said)

    def redo(self) -> None:
        """Do again what was undone and go to what it changed."""
        session = self.session
        if session is not None and self._desk.commit_or_say():
            step = session.redo_label
            said = _("Done again: {step}").format(step=_(step)) if step else ""
            self.ui.status.clearMessage()
            spot = session.refused.dropped
            if spot is None:
                self._go_to_change(session.redo(self.here), said)
                return
            session.refused.take_up()
            self._show_entry()
            self.refusals.show(spot)
            self.foot.say(said)

    def _go_to_change(self, place: Place | None, said: str) -> None:
        if place is not None:
            self.go_to_place(place)
        if said and not self.ui.status.currentMessage():
            self.foot.say(said)

    def _add_part(self) -> None:
        """Add a part of the municipality's own at the end of the book, and go there to name it."""
        session = self.session
        if session is not None and session.context is not None and self._desk.commit_or_say():
            self._go_on_to(("part", sections.add_part(session.store, session.context.programme.row)))
