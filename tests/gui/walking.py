"""Walks all that the window can show: every entry with its cards open, every dialog, menu, popup and page of help."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QMenu,
    QMessageBox,
    QToolButton,
    QWidget,
)

from perfdesk import i18n, paths
from perfdesk.checks.finding import Finding, Severity, Where
from perfdesk.domain.errors import UserError
from perfdesk.gui import translator
from perfdesk.gui.dialogs import errors, still_writing, unsaved, written
from perfdesk.gui.dialogs.choose_table import ChooseTable
from perfdesk.gui.dialogs.import_appropriations import ImportAppropriations
from perfdesk.gui.dialogs.import_list import ImportList
from perfdesk.gui.dialogs.new_file import NewFile
from perfdesk.gui.dialogs.new_year import NewYear
from perfdesk.gui.dialogs.restore import RestoreDialog
from perfdesk.gui.dialogs.version_changes import VersionChanges
from perfdesk.gui.dialogs.version_entry import VersionEntry
from perfdesk.gui.dialogs.versions import VersionsDialog
from perfdesk.gui.findings.accept_finding import AcceptFinding
from perfdesk.gui.help.help_window import show_help
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.pages.layout_page import LayoutPage
from perfdesk.gui.pages.need_page import NeedPage
from perfdesk.gui.pages.target_page import TargetPage
from perfdesk.gui.settings import Settings
from perfdesk.gui.window.exporter import BOOK, WORD
from perfdesk.services import helping, planning, versions
from perfdesk.services.control import accepting
from perfdesk.services.editing import records
from perfdesk.services.files import importing
from perfdesk.services.output import exporting
from perfdesk.services.places import CONTROL, COVER, Key
from perfdesk.storage.backups import Reason
from perfdesk.tables import total_resource_need

# a sentence of the catalogue
READING = "“{file}” is open for reading only; nothing can be changed."
SAMPLE = "sample"
EMPTY = "empty"
# below this width outline, form and preview do not stand side by side
NARROW = 1000
# a sentence of the checks
_EMPTY_SECTION = "The section “{section}” is empty. Write its text."
# of entries of one kind only so many are walked where the text does not matter
FEW = 2


class Stop(NamedTuple):
    """Something to look at: what it is called, and the widget that shows it. It is gone when the walk goes on."""

    name: str
    shown: QWidget


def settle(turns: int = 4) -> None:
    """Let all that is due happen: layouts, timers of no length, deletions."""
    for _turn in range(turns):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_until(done: Callable[[], bool], longest: float = 30) -> None:
    """Let events happen until something is so."""
    late: list[bool] = []
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(lambda: late.append(True))
    timer.start(int(longest * 1000))
    while not done():
        # asleep until something happens, as programs are: who asks without end keeps Python from other threads
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        assert not late, "it did not come about"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let the window speak a language."""
    before = i18n.language()
    i18n.set_language(language)
    translator.install(QApplication.instance())
    try:
        yield
    finally:
        i18n.set_language(before)
        translator.install(QApplication.instance())


def make_file(folder: Path, kind: str) -> Path:
    """Make the file to walk through: the sample, or one in which nothing has been entered."""
    file = folder / f"{kind}.perfdesk"
    if kind == SAMPLE:
        importing.import_file(paths.resource("sample", "guneycam.json"), file)
    else:
        planning.new_file(file, name="Güneyçam Belediyesi", kind="town", year=2027)
    return file


class Walk:
    """A window on a file, and the ways through it.

    Args:
        file: the file to open.
        size: the window's size.
        few: of entries of one kind only the first ones are visited.
    """

    def __init__(self, file: Path, size: tuple[int, int] = (1366, 740), *, few: bool = False) -> None:
        self.file = file
        self.few = few
        # the forms whose menus have been seen
        self._known_forms: set[type[QWidget]] = set()
        settings = Settings(file.with_suffix(".ini"))
        settings.backup_folder = file.parent / "backups"
        self.window = MainWindow(settings)
        self.window.resize(*size)
        self.window.show()
        settle()

    def close(self) -> None:
        """Close the window and all that is still open."""
        self.window.close()
        self.window.deleteLater()
        settle()

    def everything(self) -> Iterator[Stop]:
        """Yield all there is."""
        yield from self.start()
        self.open()
        yield from self.entries()
        yield from self.menus()
        yield from self.popups()
        yield from self.dialogs()
        yield from self.help()

    # --- the window ---------------------------------------------------------------------------------------------------

    def start(self) -> Iterator[Stop]:
        """Yield the start page, without recent files and with some, one of them gone."""
        yield Stop("start page", self.window)
        self.window.files._recent.opened(self.file, "Güneyçam Belediyesi")
        self.window.files._recent.opened(self.file.with_name("yok.perfdesk"), "")
        self.window.files.show_recent()
        settle()
        yield Stop("start page with recent files", self.window)

    def open(self) -> None:
        """Open the file."""
        self.window.open_path(self.file)
        settle()

    def keys(self) -> list[Key]:
        """Return the entries to visit."""
        keys = self.window.navigation.model.all_keys()
        if not self.few:
            return keys
        kinds = [kind if kind != "part" else id_ for kind, id_ in keys]
        return [key for n, key in enumerate(keys) if kinds[:n].count(kinds[n]) < FEW]

    def entries(self) -> Iterator[Stop]:
        """Yield every entry of the outline with all there is of its form."""
        for key in self.keys():
            self.window.go_to(key)
            settle()
            yield from self._views(key)
            yield from self._page_menus()

    def _views(self, key: Key) -> Iterator[Stop]:
        page, name = self.window.pages.page, ":".join(key)
        match page:
            case TargetPage():
                for action in (page.show_indicator_card, page.show_activity_card, page.all_codes, page.weights):
                    action.setChecked(True)
                # of these the menu offers only what the year has to do with
                for action in (page.sub_programmes, page.sub_objectives):
                    action.setChecked(action.isVisible())
                settle()
                yield Stop(f"{name} with cards", self.window)
                page.show_cost_form.setChecked(True)
                settle()
                yield Stop(f"{name} with the official form", self.window)
                for action in (page.show_cost_form, page.all_codes, page.weights):
                    action.setChecked(False)
            case NeedPage():
                page.ui.show_others.setChecked(True)
                settle()
                yield Stop(name, self.window)
            case LayoutPage():
                yield from self._settings(page)
            case _:
                yield Stop(name, self.window)

    def _settings(self, page: LayoutPage) -> Iterator[Stop]:
        kinds = set()
        for key, described in page._settings.items():
            kind = described.setting.kind
            if not self.few or kind not in kinds:
                kinds.add(kind)
                page.ui.settings.put(key)
                settle()
                yield Stop(f"layout, setting {key}", self.window)

    def menus(self) -> Iterator[Stop]:
        """Yield the menus of the menu bar."""
        for action in self.window.ui.menu_bar.actions():
            yield from self._menu(action.menu(), action.text())

    def _page_menus(self) -> Iterator[Stop]:
        """Yield the menus of the buttons of the form shown, the first time it is."""
        page = self.window.pages.page
        if type(page) not in self._known_forms:
            self._known_forms.add(type(page))
            for button in page.findChildren(QToolButton):
                if button.menu() is not None and button.isVisible():
                    yield from self._menu(button.menu(), f"{type(page).__name__} {button.text()}")

    def _menu(self, menu: QMenu, name: str) -> Iterator[Stop]:
        menu.popup(self.window.pos())
        settle()
        yield Stop(f"menu {name}", menu)
        menu.hide()
        for action in menu.actions():
            if action.menu() is not None:
                yield from self._menu(action.menu(), f"{name} > {action.text()}")

    def popups(self) -> Iterator[Stop]:
        """Yield what comes and goes in the window: search results, preview, banner, progress, a refused entry."""
        window = self.window
        window.activateWindow()
        wait_until(window.isActiveWindow)
        for wanted in ("ağaç", "xyzxyz"):
            window.toolbar.search.begin()
            window.toolbar.search.setText(wanted)
            window.toolbar.search._indexer.finish(window.session)
            window.toolbar.search._search()
            settle()
            yield Stop(f"search for {wanted}", window)
        window.toolbar.search.clear()
        window.ui.show_preview.setChecked(True)
        # in a narrow window somebody who wants to see the page puts the outline away
        window.ui.show_outline.setChecked(window.width() > NARROW)
        for key in (("cover", ""), *window.navigation.model.keys("target")[:1]):
            window.go_to(key)
            ui = window.preview.ui
            wait_until(lambda ui=ui: ui.page.sheet.image is not None or ui.pages.currentWidget() is ui.message_page)
            settle()
            yield Stop(f"preview of {key[0]}", window)
        yield from self._findings()
        window.ui.show_findings.setChecked(False)
        window.ui.show_outline.setChecked(True)
        sentence = UserError(READING, file=self.file.name).sentence()
        window.ui.banner.add(sentence, i18n._("Try again"), lambda: None)
        window.exporter._text.setText(i18n._("Writing “{file}”…").format(file="Güneyçam 2027.pdf"))
        for widget in window.exporter.widgets:
            widget.show()
        settle()
        yield Stop("banner and progress", window)
        window.exporter.hide()
        window.ui.banner.clear()

    # --- dialogs ------------------------------------------------------------------------------------------------------

    def dialogs(self) -> Iterator[Stop]:
        """Yield every dialog."""
        assert self.window.safety.before(Reason.BEFORE_NEW_YEAR)
        settle()
        for name, show in self._dialogs().items():
            yield from self._dialog(name, show)

    def _dialogs(self) -> dict[str, Callable[[], object]]:
        window = self.window
        session = window.session
        assert session is not None
        section = next(part.key for part in session.context.layout.form.outline if part.holds == "resource_tables")
        shown: dict[str, Callable[[], object]] = {
            "new file": lambda: NewFile(window, self.file.parent, date(2026, 11, 20)).open(),
            "new file, all wrong": self._wrong_new_file,
            "new year": lambda: NewYear(session, window).open(),
            "backups": lambda: RestoreDialog(self.file, session, window.settings, window).open(),
            "backups of a file that cannot be opened": lambda: RestoreDialog(
                self.file, None, window.settings, window
            ).open(),
            "backup settings": window.files.change_backup_settings,
            "new resource table": lambda: ChooseTable(session, section, window).open(),
            "programme list from a file": lambda: self._import_list("71;Kent;71.1;İmar;Evet\n;;71.2;Yapı Denetimi;\n"),
            "programme list from a wrong file": lambda: self._import_list("71;Kent;71.1;İmar;belki\n"),
            "appropriations from a file": lambda: self._import_appropriations(
                "Ekonomik kod;Ödenek\n01 - Personel Giderleri;1.500,50\n13;5\nToplam;1.505,50\n"
            ),
            "appropriations from a wrong file": lambda: self._import_appropriations("Ad;Soyad\na;b\n"),
            "error report": lambda: errors.ErrorReport(window, "Traceback …").open(),
            "sentence": lambda: errors.say(window, UserError(READING, file=self.file.name).sentence()),
            "entries that could not be saved": lambda: unsaved.ask(
                window,
                i18n._("{count} entries were not saved.").format(count=5),
                [UserError(READING, file="1").sentence()] * 5,
                go_on=lambda: None,
                go_on_text=i18n._("&Close all the same"),
                show_first=lambda: None,
            ),
            "deletion of a year": window.ui.delete_year.trigger,
            "no backup before the new year": window.files._go_on_without_backup,
            "about": window.ui.about.trigger,
            "written": lambda: written.show(window, self.file.with_suffix(".pdf")),
            "open": window.ui.open.trigger,
            "save a copy": window.ui.save_copy.trigger,
            "write the book": lambda: window.exporter.choose(BOOK),
            "short papers": window.ui.papers.trigger,
            "file of a unit": window.ui.unit_file.trigger,
            "folder of the unit files": lambda: window.exporter.choose_units((), "", exporting.PDF),
            "still being written": lambda: still_writing.ask(
                window, "Güneyçam 2027.pdf", give_up=lambda: None, stay=lambda: None
            ),
            "still being printed": lambda: still_writing.ask_about_printing(
                window, give_up=lambda: None, stay=lambda: None
            ),
            "Word copy written": lambda: written.show(window, self.file.with_suffix(".docx"), said=i18n._(WORD.said)),
            "unit files written": lambda: written.show_folder(window, self.file.parent, 25),
            "council versions, none yet": window.ui.versions.trigger,
            "submission, all wrong": self._wrong_submission,
            "submission, refused": self._refused_submission,
            "council versions": self._versions,
            "council decision": self._decision,
            "change booklet": self._changes,
            "deletion of a version": self._version_deletion,
            "print": self._print,
            "acceptance of a finding": self._accept_finding,
        }
        targets = window.navigation.model.keys("target")
        if targets:
            shown["move an indicator"] = lambda: self._move(targets[0])
            shown["explanation"] = self._explain
            shown["paste"] = lambda: self._paste(targets[0])
        return shown

    def _dialog(self, name: str, show: Callable[[], object]) -> Iterator[Stop]:
        before = set(_windows())
        with _not_waiting():
            show()
        settle()
        for dialog in [shown for shown in _windows() if shown not in before]:
            if isinstance(dialog, RestoreDialog):
                wait_until(lambda dialog=dialog: not dialog._compare.isActive())
                settle()
            yield Stop(f"dialog {name}", dialog)
            if not shiboken6.isValid(dialog):
                # it was closed at the stop
                continue
            if isinstance(dialog, QDialog):
                dialog.reject()
            else:
                dialog.close()
        settle()

    def _findings(self) -> Iterator[Stop]:
        """Yield the findings, in place of the preview: one in hand, one accepted, none of a form."""
        window = self.window
        session = window.session
        store = session.store
        with store.step("x"):
            # the sample has none
            store.update("unit", records.add(store, "unit"), name="Yeni Kent Birimi")
        finding = session.audited().items[0].finding
        # the outline gives way to them as it does to the preview
        window.ui.show_outline.setChecked(False)
        window.ui.show_findings.setChecked(True)
        for reason in ("", "Kadrosu yeni kurulacak."):
            if reason:
                accepting.accept(store, session.context.programme, finding, reason, date(2026, 11, 20))
            line = next(line for line in window.findings.list.view.findings.all_lines() if line.item.finding == finding)
            window.findings.list.choose(line.key)
            settle()
            yield Stop(f"findings, {reason or 'open'}", window)
        window.go_to(CONTROL)
        window.pages.page.list.choose(line.key)
        settle()
        yield Stop("control with findings", window)
        for _step in range(2):
            session.undo()
        window.go_to(COVER)
        window.findings.list.ui.shown.setCurrentIndex(2)
        window.findings.list.refresh()
        settle()
        yield Stop("no findings", window)

    def _accept_finding(self) -> None:
        finding = Finding("MVC-01", Severity.ERROR, _EMPTY_SECTION, {"section": "Kent"}, Where("section"))

        def refuse(_reason: str) -> None:
            raise UserError(READING, file=self.file.name)

        dialog = AcceptFinding(finding, "", ["Böyle kalacak"], refuse, self.window)
        dialog.open()
        dialog.accept()

    def _wrong_new_file(self) -> None:
        dialog = NewFile(self.window, self.file.parent, date(2026, 11, 20))
        dialog.open()
        for field in (dialog.ui.name, dialog.ui.year, dialog.ui.first_year, dialog.ui.last_year, dialog.ui.place):
            field.setText("?")
        dialog.ui.buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    def _wrong_submission(self) -> None:
        entry = VersionEntry(lambda *_said: None, self.window)
        entry.ask_submission(2027, 1, "2026-11-20")
        entry.open()
        entry.ui.date.setText("?")
        entry.ui.note.setText("\x1b")
        entry.ui.buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    def _refused_submission(self) -> None:
        def refuse(*_said: str) -> None:
            raise UserError(READING, file=self.file.name)

        entry = VersionEntry(refuse, self.window)
        entry.ask_submission(2027, 1, "2026-11-20")
        entry.open()
        entry.accept()

    def _versions(self) -> None:
        """Show two versions, since the last of which the programme has been changed, and what cannot be done."""
        session = self.window.session
        row = session.context.programme.row
        for number, layout in ((1, "metropolitan"), (2, session.context.programme.layout)):
            versions.freeze(session.store, session.year, f"2026-11-0{number}", decision=f"2026/{number}")
            with session.store.step("x"):
                session.store.update("programme", row, layout=layout)
        self.window.ui.versions.trigger()
        shown = self._shown_versions()
        shown.tell(UserError(READING, file=self.file.name))

    def _shown_versions(self) -> VersionsDialog:
        return next(shown for shown in _windows() if isinstance(shown, VersionsDialog))

    def _decision(self) -> None:
        session = self.window.session
        entry = VersionEntry(lambda *_said: None, self.window)
        entry.ask_decision(versions.latest(session.municipality, session.year))
        entry.open()

    def _changes(self) -> None:
        session = self.window.session
        VersionChanges(
            versions.versions(session.municipality, session.year), 1, with_now=True, parent=self.window
        ).open()

    def _version_deletion(self) -> None:
        dialog = VersionsDialog(self.window.session, lambda then: then(), self.window)
        dialog.ask_to_delete()

    def _print(self) -> None:
        self.window.ui.print.trigger()
        wait_until(lambda: any(isinstance(shown, QPrintDialog) for shown in _windows()))

    def _move(self, key: Key) -> None:
        self.window.go_to(key)
        settle()
        page = self.window.pages.page
        assert isinstance(page, TargetPage)
        page.commands.choose_holder("indicator")

    def _import_list(self, rows: str) -> None:
        sheet = self.file.with_name("liste.csv")
        sheet.write_text(f"Program Kodu;Program Adı;Alt Program Kodu;Alt Program Adı;Ortak\n{rows}", encoding="utf-8")
        assert self.window.session is not None
        ImportList(self.window.session, sheet, self.window).open()

    def _import_appropriations(self, text: str) -> None:
        sheet = self.file.with_name("odenek.csv")
        sheet.write_text(text, encoding="utf-8")
        assert self.window.session is not None
        ImportAppropriations(self.window.session, sheet, self.window).open()

    def _paste(self, key: Key) -> None:
        self.window.go_to(key)
        settle()
        page = self.window.pages.page
        assert isinstance(page, TargetPage)
        QApplication.clipboard().setText("Fidan\tadet\tbir\t12,5\nPark\t%\t1.234,50\t-\tonlarca\tfazla\tbilgi")
        grid = page.ui.indicators.grid
        grid.go_to_new()
        grid.paste()

    def _explain(self) -> None:
        session = self.window.session
        part = next(part.key for part in session.context.layout.form.outline if part.holds == "resource_need")
        self.window.go_to(("part", part))
        settle()
        page = self.window.pages.page
        assert isinstance(page, NeedPage)
        table = page.tables[total_resource_need.KIND].view.table()
        for row in table.rows:
            for column in table.columns:
                if page.explain(total_resource_need.KIND, str(row.key), column.key) is not None:
                    return

    # --- help ---------------------------------------------------------------------------------------------------------

    def help(self) -> Iterator[Stop]:
        """Yield every page of the help, and its search."""
        topics = [topic.key for topic in helping.topics(i18n.language())]
        for topic in topics[: FEW if self.few else None]:
            shown = show_help(self.window, topic)
            settle()
            yield Stop(f"help, {topic}", shown)
        shown.ui.query.setText("a")
        settle()
        yield Stop("help, searching", shown)
        shown.close()
        settle()


def _windows() -> list[QWidget]:
    return [shown for shown in QApplication.topLevelWidgets() if shown.isVisible()]


@contextmanager
def _not_waiting() -> Iterator[None]:
    """Show the boxes that are waited for without waiting: the answer is as if they had been closed."""

    def asking(
        icon: QMessageBox.Icon, buttons: QMessageBox.StandardButton
    ) -> Callable[..., QMessageBox.StandardButton]:
        def ask(parent: QWidget, title: str, text: str, *given: QMessageBox.StandardButton) -> object:
            box = QMessageBox(icon, title, text, given[0] if given else buttons, parent)
            if len(given) > 1:
                box.setDefaultButton(given[1])
            box.open()
            return QMessageBox.StandardButton.Cancel

        return ask

    def choosing(save: bool) -> Callable[..., tuple[str, str]]:
        def choose(
            parent: QWidget, caption: str, folder: str, filter_: str = "", **_options: object
        ) -> tuple[str, str]:
            dialog = QFileDialog(parent, caption, folder, filter_)
            # where the system has none of its own
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
            if save:
                dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.open()
            return "", ""

        return choose

    buttons = QMessageBox.StandardButton
    with (
        patch.object(QMessageBox, "exec", lambda box: box.open()),
        patch.object(QMessageBox, "question", asking(QMessageBox.Icon.Question, buttons.Yes | buttons.No)),
        patch.object(QFileDialog, "getOpenFileName", choosing(save=False)),
        patch.object(QFileDialog, "getSaveFileName", choosing(save=True)),
    ):
        yield
