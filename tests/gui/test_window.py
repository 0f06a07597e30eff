import ast
import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QMessageBox, QPlainTextEdit, QTableView, QTreeView, QWidget
from tests.gui.hands import press, put, texts

import perfdesk.gui
from perfdesk import i18n
from perfdesk.gui import application
from perfdesk.gui.dialogs import errors, unsaved
from perfdesk.gui.grid.grid_view import GridView
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.settings import Settings
from perfdesk.gui.window import exporter
from perfdesk.services.files import copying
from perfdesk.storage import files

GUI = Path(perfdesk.gui.__file__).parent


def boxes(window):
    return [box.text() for box in window.findChildren(QMessageBox) if box.isVisible()]


def page_of(window):
    """The form of the target shown."""
    return window.pages.page


def close_boxes(window):
    for box in window.findChildren(QMessageBox):
        box.close()


def entries(window):
    return [(entry.kind, entry.text) for entry, _parent, _row in window.navigation.model._flat]


def test_calls_that_return_nothing_leave_none_alone(qapp):
    before, thing = sys.getrefcount(None), QObject()
    for _ in range(10_000):
        thing.setObjectName("")
    assert abs(sys.getrefcount(None) - before) < 5_000


def test_no_widget_speaks_to_the_database():
    for path in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
                assert not any(name.split(".")[0] in ("sqlite3", "sqlite_utils") for name in names), path


def test_the_window_starts_without_the_heavy_libraries():
    program = (
        "import sys, perfdesk.gui.application;"
        "print([n for n in ('reportlab', 'openpyxl', 'xlsxwriter', 'jsonschema') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_a_screen_there_is_a_sentence():
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-m", "perfdesk"], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 1
    assert "perfdesk --help" in done.stderr
    assert "Traceback" not in done.stderr


def test_where_qt_cannot_start_there_is_a_sentence():
    done = subprocess.run(
        [sys.executable, "-m", "perfdesk"],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "no-such-platform"},
        check=False,
    )
    assert done.returncode == 1
    assert "no-such-platform" in done.stderr
    assert "Traceback" not in done.stderr


def test_qts_own_words_and_the_forms_are_turkish(window):
    assert QCoreApplication.translate("QPlatformTheme", "Retry") == "Yeniden Dene"
    assert window.ui.file_menu.title() == "&Dosya"
    assert QCoreApplication.translate("Anything", "A text nobody knows") == "A text nobody knows"


def test_the_outline_is_the_book(window):
    assert entries(window)[0][0] == "cover"
    # nothing stands in the first part yet but the chart of its units
    assert ("part", "I · Genel Bilgiler") in entries(window)
    assert ("part", "II · Performans Bilgileri") in entries(window)
    assert ("part", "B Performans Hedef ve Göstergeleri ile Faaliyetler") in entries(window)
    assert ("target", "1.1.1 Ağaçlandırmayı artırmak") in entries(window)
    assert [text for kind, text in entries(window) if kind == "goal"] == ["Amaç 1 · Yeşil kent"]


def test_every_entry_shows_something(window):
    for entry, _parent, _row in list(window.navigation.model._flat):
        window.go_to(entry.key)
        assert window.pages.page.frame.heading.text()


def test_computed_tables_are_read_only_pages(window):
    window.go_to(("part", "resource_need"))
    views = [view for view in window.pages.page.findChildren(QTableView) if not isinstance(view, GridView)]
    assert [view.model().rowCount() > 3 for view in views] == [True, True]
    assert not views[0].model().flags(views[0].model().index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_texts_are_saved_when_they_are_left(window):
    page = page_of(window)
    page.ui.title.setFocus()
    page.ui.title.setPlainText("Kent genelinde ağaçlandırma")
    press(page.ui.title, Qt.Key.Key_Return)
    assert window.session.target("t1").title == "Kent genelinde ağaçlandırma"
    assert page.ui.description.hasFocus()
    assert page.frame.heading.text().endswith("Kent genelinde ağaçlandırma")
    assert ("target", "1.1.1 Kent genelinde ağaçlandırma") in entries(window)
    assert window.foot.saved.text()
    page.ui.description.setPlainText("iki\nsatır")
    press(page.ui.description, Qt.Key.Key_Tab)
    assert window.session.target("t1").description == "iki\nsatır"
    window.undo()
    window.undo()
    assert page.ui.title.toPlainText() == "Ağaçlandırmayı artırmak"
    assert page.ui.title.hasFocus()


def test_undo_names_its_step(window):
    costs = page_of(window).costs
    costs.setData(costs.index(0, costs.column_of("01")), "1")
    assert window.ui.undo.text() == "&Geri al: maliyet değişikliği"
    assert window.ui.undo.iconText() == "Geri al"
    assert "maliyet değişikliği" in window.ui.undo.toolTip()
    window.ui.undo.trigger()
    assert not window.ui.undo.isEnabled()
    assert window.ui.redo.text() == "&Yinele: maliyet değişikliği"


def test_the_sums_below_follow(window):
    assert "10.050.500,00" in window.foot.programme_sum.text()
    costs = page_of(window).ui.costs.grid
    put(costs, 0, "01")
    model = costs.grid()
    costs.selectionModel().select(model.index(0, model.column_of("03")), costs.selectionModel().SelectionFlag.Select)
    assert "5.550.000" in window.foot.selection_sum.text()
    model.setData(model.index(0, model.column_of("01")), "2.400.001")
    assert "10.050.501,00" in window.foot.programme_sum.text()


def test_neighbours_are_reached(window):
    page = page_of(window)
    assert page.frame.previous.isHidden()
    page.frame.next.click()
    assert page.entry.id == "t2"
    assert page.frame.next.isHidden()
    window.ui.previous_target.trigger()
    assert page.entry.id == "t1"


def test_another_year_is_another_programme(window):
    assert window.toolbar.years.count() == 2
    window.toolbar.years.activated.emit(1)
    assert window.session.year == 2026
    assert page_of(window).ui.title.toPlainText() == "Geçen yılın hedefi"
    assert "2026" in window.windowTitle()


def test_a_file_held_elsewhere_is_shown_but_not_changed(qtbot, file):
    with files.open_store(file, writable=True):
        window = MainWindow()
        qtbot.addWidget(window)
        window.show()
        window.open_path(file)
        assert window.ui.banner.isVisible()
        assert file.name in window.ui.banner.texts()[0]
        page = page_of(window)
        assert page.ui.title.isReadOnly()
        assert not page.ui.indicators.add.isEnabled()
        assert not window.ui.add_activity.isEnabled()
        put(page.ui.indicators.grid, 0, "name")
        press(page.ui.indicators.grid, Qt.Key.Key_A, "a")
        assert page.ui.indicators.grid.cells.editor is None
        window.close()
    assert file.exists()


@pytest.mark.parametrize("content", [None, b"not a database at all", b"SQLite format 3\0"])
def test_what_cannot_be_opened_is_told_and_the_window_stays(window, tmp_path, content):
    other = tmp_path / "başka.perfdesk"
    if content is not None:
        other.write_bytes(content)
    window.open_path(other)
    assert any(other.name in text for text in boxes(window))
    close_boxes(window)
    assert window.session is not None
    assert page_of(window).ui.title.toPlainText() == "Ağaçlandırmayı artırmak"


def test_opening_the_same_file_again_changes_nothing(window, file):
    session = window.session
    window.open_path(file)
    assert window.session is session


def test_without_a_file_there_is_a_start_page(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    assert window.ui.pages.currentWidget() is window.start_page
    for action in (window.ui.undo, window.ui.export_pdf, window.ui.next_target, window.ui.fill_down):
        assert not action.isEnabled()


@pytest.mark.parametrize("name", ["workbook", "book"])
def test_documents_are_written_beside_the_window(qtbot, window, tmp_path, monkeypatch, name):
    what = {"workbook": exporter.WORKBOOK, "book": exporter.BOOK}[name]
    monkeypatch.setattr(what, "make", lambda ctx, _progress, **_control: f"{ctx.programme.year}".encode())
    path = tmp_path / f"çıktı{what.suffix}"
    window.exporter.write(what, path)
    assert window.exporter.widgets[1].isVisible()
    assert not window.ui.export_pdf.isEnabled()
    qtbot.waitUntil(lambda: not window.exporter.is_busy)
    assert path.read_bytes() == b"2027"
    assert any(path.name in text for text in boxes(window))
    close_boxes(window)
    assert window.ui.export_pdf.isEnabled()


def test_a_document_that_cannot_be_written_is_told(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr(exporter.BOOK, "make", lambda ctx, _progress: b"x")
    told = []
    monkeypatch.setattr(window.exporter, "_on_failed", told.append)
    window.exporter.write(exporter.BOOK, tmp_path / "nowhere" / "a.pdf")
    qtbot.waitUntil(lambda: not window.exporter.is_busy)
    assert "a.pdf" in told[0].sentence()


def test_a_document_given_up_leaves_what_was_there(qtbot, window, tmp_path, monkeypatch):
    path = tmp_path / "kitap.pdf"
    path.write_bytes(b"former")
    halfway, go_on = Event(), Event()

    def make(_ctx, progress):
        progress(1, 2)
        halfway.set()
        go_on.wait(10)
        progress(2, 2)
        return b"new"

    monkeypatch.setattr(exporter.BOOK, "make", make)
    window.exporter.write(exporter.BOOK, path)
    assert halfway.wait(10)
    qtbot.waitUntil(lambda: window.exporter._bar.value() == 50)
    window.exporter.widgets[2].click()
    go_on.set()
    qtbot.waitUntil(lambda: not window.exporter.is_busy)
    assert path.read_bytes() == b"former"
    assert boxes(window) == []


def test_another_language_asks_before_refused_entries_are_lost(qapp, file, tmp_path, monkeypatch):
    windows = application.Windows(qapp, Settings(tmp_path / "own.ini"))
    window, asked = windows.window, []
    try:
        window.open_path(file)
        page_of(window).ui.code.setPlainText("x\x1b")
        with monkeypatch.context() as patch:
            patch.setattr(unsaved, "ask", lambda _parent, _question, entries, **_others: asked.append(entries))
            window.ui.english.setChecked(True)
            windows.speak("en")
        assert len(asked) == 1
        assert windows.window is window
        assert i18n.language() == "tr"
        assert window.ui.turkish.isChecked()
        assert page_of(window).ui.code.toPlainText() == "x\x1b"
    finally:
        i18n.set_language("tr")
        windows.window.close()
        windows.deleteLater()


def test_another_language_keeps_the_file_and_its_undo(qtbot, qapp, file, tmp_path):
    windows = application.Windows(qapp, Settings(tmp_path / "own.ini"))
    try:
        windows.window.open_path(file)
        session = windows.window.session
        page_of(windows.window).ui.title.setPlainText("Yeni başlık")
        windows.window.go_to(("target", "t2"))
        windows.speak("en")
        window = windows.window
        assert window.session is session
        assert window.here == ("target", "t2")
        assert window.ui.file_menu.title() == "&File"
        assert window.ui.undo.text() == "&Undo: title of a target"
        assert QCoreApplication.translate("QPlatformTheme", "Retry") == "Retry"
        window.undo()
        assert session.target("t1").title == "Ağaçlandırmayı artırmak"
        windows.speak("tr")
        assert windows.window.ui.file_menu.title() == "&Dosya"
    finally:
        i18n.set_language("tr")
        windows.window.close()
        windows.deleteLater()


def test_a_copy_is_a_whole_file_and_never_the_file_itself(window, file, tmp_path):
    copying.save_copy(window.session.store, tmp_path / "kopya.perfdesk")
    with files.open_store(tmp_path / "kopya.perfdesk", writable=False) as store:
        assert store.load() == window.session.municipality
    with pytest.raises(Exception, match=file.name):
        copying.save_copy(window.session.store, file)


def test_the_users_errors_are_sentences_and_ours_are_reports(window, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    errors.install(window)
    from perfdesk.domain.errors import UserError

    sys.excepthook(UserError, UserError("Bir cümle."), None)
    assert boxes(window) == ["Bir cümle."]
    close_boxes(window)
    sys.excepthook(ValueError, ValueError("bozuk"), None)
    sys.excepthook(ValueError, ValueError("bir daha"), None)
    (report,) = window.findChildren(errors.ErrorReport)
    assert "bozuk" in report.ui.report.toPlainText()
    report.close()
    assert window.session.store.undo_label == ""


def test_every_field_has_a_name(window):
    kinds = QComboBox | QLineEdit | QPlainTextEdit | QTableView | QTreeView
    unnamed = [
        widget.objectName()
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds) and not widget.accessibleName()
    ]
    assert unnamed == []


def test_nothing_is_wider_than_a_small_screen(window):
    window.resize(1366, 700)
    for entry, _parent, _row in list(window.navigation.model._flat):
        window.go_to(entry.key)
        page = window.pages.page
        assert page.frame.content.minimumSizeHint().width() <= 1366 - 262 - 16, entry.text


def test_the_native_styles_are_kept(qapp):
    application.prepare(qapp)
    assert qapp.style().name().lower() in ("fusion", *application._NATIVE)


def test_closing_saves_and_lets_go(window, file):
    page = page_of(window)
    page.ui.title.setPlainText("Son söz")
    window.close()
    with files.open_store(file, writable=True) as store:
        assert store.load().programme(2027).targets[0].title == "Son söz"


def test_closing_with_refused_entries_asks_and_goes_to_them(window, monkeypatch, closing):
    costs = page_of(window).costs
    costs.setData(costs.index(0, costs.column_of("01")), "1,234.50")
    page_of(window).ui.code.setPlainText("x\x1b")
    page_of(window).ui.code.commit()
    window.go_to(("units", ""))

    def ask(_parent, _question, entries, *, show_first, **_others):
        closing.append(entries)
        show_first()

    monkeypatch.setattr(unsaved, "ask", ask)
    window.close()
    assert window.session is not None
    assert window.here == ("target", "t1")
    (sentences,) = closing
    assert len(sentences) == 2
    assert "1.234,50" in sentences[0]
    assert "1,234.50" in texts(page_of(window).costs, 0)["01"]


def test_a_closed_file_leaves_the_start_page(window, file):
    window.ui.close_file.trigger()
    assert window.session is None
    assert window.ui.pages.currentWidget() is window.start_page
    assert not window.ui.save.isEnabled()
    with files.open_store(file, writable=True):
        pass


def test_ctrl_s_says_that_all_is_saved(window):
    page_of(window).ui.title.setPlainText("Yeni")
    window.ui.save.trigger()
    assert window.session.target("t1").title == "Yeni"
    assert "kendiliğinden" in window.ui.status.currentMessage()


def test_the_grid_shows_what_the_page_computes(window):
    window.go_to(("target", "t1"))
    costs = page_of(window).costs
    assert texts(costs, costs.rowCount() - 1)["total"] == "10.050.000"


def test_light_and_dark_make_the_pages_anew(window):
    before = page_of(window)
    window._on_colours()
    assert page_of(window) is not before
    assert page_of(window).ui.title.toPlainText() == "Ağaçlandırmayı artırmak"
    assert window.ui.pages.currentWidget() is window.pages


def test_commands_leave_a_hidden_grid_alone(window):
    put(page_of(window).ui.indicators.grid, 0, "name")
    assert window.ui.delete_row.isEnabled()
    window.go_to(("part", "annexes"))
    assert not window.ui.delete_row.isEnabled()
    window.ui.delete_row.trigger()
    assert window.session.store.undo_label == ""
