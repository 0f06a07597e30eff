from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit
from tests.gui.hands import press

from perfdesk.gui.search import sliced
from perfdesk.gui.search.box import SearchBox
from perfdesk.gui.search.results import excerpt, spoken
from perfdesk.services.control import accepting
from perfdesk.services.places import CONTROL, Place
from perfdesk.services.search import finding_records, record


@pytest.fixture
def host(qtbot):
    """A window with a search field in its toolbar and a text to work on."""
    host = QMainWindow()
    qtbot.addWidget(host)
    host.text = QPlainTextEdit()
    host.setCentralWidget(host.text)
    host.resize(900, 500)
    return host


@pytest.fixture
def box(qtbot, host, session, monkeypatch):
    """The search field over the open file, the keyboard in the window's text; the checks are asked by tests alone."""
    monkeypatch.setattr(session._auditing, "_wait", lambda: None)
    session._auditing.stop()
    box = SearchBox()
    host.addToolBar("").addWidget(box)
    box.set_session(session)
    box.places = []
    box.place_wanted.connect(box.places.append)
    box.found = []
    box.finding_wanted.connect(lambda *found: box.found.append(found))
    host.show()
    qtbot.waitExposed(host)
    host.text.setFocus()
    return box


def type_in(box, text):
    box.begin()
    for letter in text:
        press(box, Qt.Key.Key_unknown, letter)


def search(qtbot, box, text):
    type_in(box, text)
    qtbot.waitUntil(lambda: box._is_open() and not box._pause.isActive())
    return box._popup


def lines(popup):
    return [line if isinstance(line, str) else line.title.text for line in popup.model.lines]


def test_results_come_while_one_types_grouped_by_kind(qtbot, box):
    popup = search(qtbot, box, "fidan")
    assert lines(popup) == ["Faaliyet", "F.1.1.1.1 Fidan dikimi"]
    assert box.hasFocus()
    popup = search(qtbot, box, "hedef")
    assert "İkinci hedef" in " ".join(lines(popup))
    # of the other year, with the year
    assert "2026 · Performans hedefi" in lines(popup)


def test_enter_goes_to_the_hit_in_hand(qtbot, box, session):
    search(qtbot, box, "SULAMA")
    press(box, Qt.Key.Key_Return)
    row = session.target("t1").activities[1].row
    assert box.places == [Place(2027, ("target", "t1"), "activity", row, "name")]
    assert not box._is_open()
    # the next search begins with an empty field
    assert box.text() == ""


def test_enter_does_not_wait_for_the_pause(box):
    type_in(box, "fen işleri")
    press(box, Qt.Key.Key_Return)
    assert [place.table for place in box.places] == ["unit"]


def test_enter_goes_nowhere_where_nothing_is_found(qtbot, box):
    popup = search(qtbot, box, "zzzz")
    assert popup.note.text() == "Sonuç yok"
    assert popup.list.isHidden()
    press(box, Qt.Key.Key_Return)
    assert box.places == []
    assert box.hasFocus()


def test_arrows_move_from_hit_to_hit_and_the_keyboard_stays(qtbot, box):
    popup = search(qtbot, box, "gösterge")
    hits = [line for line in popup.model.lines if not isinstance(line, str)]
    assert len(hits) == 4
    assert popup.hit() is hits[0]
    down, up = Qt.Key.Key_Down, Qt.Key.Key_Up
    for key, expected in ((down, 1), (down, 2), (down, 3), (down, 0), (up, 3), (up, 2), (Qt.Key.Key_PageUp, 0)):
        press(box, key)
        assert popup.hit() is hits[expected]
        assert box.hasFocus()


def test_a_click_goes_there(qtbot, box):
    popup = search(qtbot, box, "müdürlüğü")
    at = popup.list.visualRect(popup.model.index(popup.model.rows()[1])).center()
    hit = popup.model.lines[popup.model.rows()[1]]
    QTest.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert box.places == [hit.place]
    heading = popup.list.visualRect(popup.model.index(0)).center()
    search(qtbot, box, "müdürlüğü")
    QTest.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert len(box.places) == 1


def test_escape_gives_the_keyboard_back(qtbot, host, box):
    popup = search(qtbot, box, "fidan")
    press(box, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert QApplication.focusWidget() is host.text
    assert box.places == []
    # what was searched for is still there
    box.begin()
    assert popup.isVisible()
    assert box.selectedText() == "fidan"


def test_a_field_that_is_gone_gives_the_keyboard_to_what_it_stood_in(qtbot, host, box):
    editor = QLineEdit(host.text)
    editor.show()
    editor.setFocus()
    box.begin()
    editor.deleteLater()
    qtbot.waitUntil(lambda: not host.text.findChildren(QLineEdit))
    press(box, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is host.text


def test_results_follow_an_edit(qtbot, box, session):
    search(qtbot, box, "yepyeni")
    assert box._popup.hit() is None
    with session.store.step("x"):
        session.store.update("target", session.target("t2").row, title="Yepyeni hedef")
    qtbot.waitUntil(lambda: box._popup.hit() is not None)
    assert box._popup.hit().place.entry == ("target", "t2")


def test_leaving_the_field_closes_the_list(qtbot, host, box):
    popup = search(qtbot, box, "fidan")
    host.text.setFocus()
    assert not popup.isVisible()
    # what was still waited for does not open it again
    type_in(box, "x")
    host.text.setFocus()
    box._search()
    assert not popup.isVisible()


def test_an_empty_field_has_no_list(qtbot, box):
    popup = search(qtbot, box, "a")
    press(box, Qt.Key.Key_Backspace)
    assert not popup.isVisible()
    box.setText("fidan")
    box._search()
    assert popup.isVisible()
    box.clear()
    assert not popup.isVisible()


@pytest.mark.parametrize(("width", "height"), [(300, 200), (910, 500), (1366, 700)])
def test_the_list_stays_within_the_window(qtbot, host, box, width, height):
    popup = search(qtbot, box, "e")
    host.resize(width, height)
    qtbot.waitUntil(lambda: host.rect().contains(popup.geometry()))
    assert popup.geometry().top() >= box.mapTo(host, QPoint(0, box.height())).y()
    # the last hit is reached all the same
    press(box, Qt.Key.Key_Up)
    assert popup.list.viewport().rect().intersects(popup.list.visualRect(popup.list.currentIndex()))


def test_a_large_file_is_prepared_in_slices(qtbot, box, session, monkeypatch):
    class Impatient:
        def start(self):
            pass

        def hasExpired(self, _limit):  # noqa: N802 - Qt's name
            return True

    monkeypatch.setattr(sliced, "QElapsedTimer", Impatient)
    type_in(box, "fidan")
    box._search()
    assert box._popup.note.text() == "Arama hazırlanıyor…"
    assert box._popup.hit() is None
    qtbot.waitUntil(lambda: box._popup.hit() is not None)
    # Enter does not wait
    with session.store.step("x"):
        session.store.update("unit", session.municipality.units[0].row, name="Bilgi İşlem Müdürlüğü")
    type_in(box, "bilgi işlem")
    press(box, Qt.Key.Key_Return)
    assert [place.table for place in box.places] == ["unit"]


# --- what the checks found --------------------------------------------------------------------------------------------


def found_in(popup):
    return [hit for hit in popup.model.lines if not isinstance(hit, str) and hit.kind == record.FINDING]


def test_findings_have_a_group_of_their_own_behind_what_they_are_about(qtbot, box, session):
    session.audited()
    popup = search(qtbot, box, "OLCUM")
    headings = [line for line in popup.model.lines if isinstance(line, str)]
    assert headings == ["Faaliyet", "Bulgu"]
    (hit,) = found_in(popup)
    assert hit.title.text.startswith("MAL-06 ")
    assert "Ölçüm" in hit.excerpt.text
    assert [hit.excerpt.text[begin:end] for begin, end in hit.excerpt.spans] == ["Ölçüm"]


def test_a_finding_leads_to_the_place_where_it_is_mended(qtbot, box, session):
    item = next(item for item in session.audited().open if item.rule.id == "MAL-06")
    search(qtbot, box, "mal-06")
    press(box, Qt.Key.Key_Return)
    assert box.found == [(item.finding, item.place)]
    assert not box.places
    (activity,) = session.target("t2").activities
    assert (item.place.table, item.place.row) == ("activity", activity.row)


def test_a_finding_that_no_form_shows_is_found(qtbot, box, session, monkeypatch):
    audited = session.audited()
    items = tuple(replace(item, place=None) if item.rule.id == "MAL-06" else item for item in audited.items)
    monkeypatch.setattr(session, "audited_lately", lambda: replace(audited, items=items))
    (hit,) = found_in(search(qtbot, box, "mal-06"))
    press(box, Qt.Key.Key_Return)
    assert box.found == [(hit.finding, Place(2027, CONTROL))]


def test_a_finding_is_told_with_its_severity_and_what_it_is_about(qtbot, box, session):
    session.audited()
    hits = found_in(search(qtbot, box, "girin"))
    assert hits
    for hit in hits:
        assert hit.excerpt.text[:20] == hit.finding.sentence()[:20]
        assert hit.label == hit.finding.severity
        assert any(hit.excerpt.text[begin:end].lower() == "girin" for begin, end in hit.excerpt.spans)
        assert excerpt(hit).startswith(("hata: ", "uyarı: ", "bilgi: "))


def test_searching_asks_no_checks(qtbot, box, session, monkeypatch):
    monkeypatch.setattr(session._auditing, "now", lambda: pytest.fail("asked"))
    assert not found_in(search(qtbot, box, "ölçüm"))
    press(box, Qt.Key.Key_Return)
    assert len(box.places) == 1


def test_findings_that_come_are_shown_and_the_hit_in_hand_stays(qtbot, box, session):
    popup = search(qtbot, box, "gösterge")
    press(box, Qt.Key.Key_Down)
    press(box, Qt.Key.Key_Down)
    in_hand = popup.hit()
    session.audited()
    session.findings_changed.emit()
    qtbot.waitUntil(lambda: bool(found_in(popup)))
    assert popup.hit() == in_hand
    # other words begin with the best hit
    search(qtbot, box, "göster")
    assert popup.list.currentIndex().row() == popup.model.rows()[0]


def test_what_was_mended_or_accepted_is_found_no_more(qtbot, box, session):
    session.audited()
    popup = search(qtbot, box, "ölçüm")
    assert found_in(popup)
    item = next(item for item in session.audited().open if item.rule.id == "MAL-06")
    accepting.accept(session.store, session.context.programme, item.finding, "Maliyeti yok", date(2026, 11, 21))
    qtbot.waitUntil(lambda: not found_in(popup))
    session.store.undo()
    qtbot.waitUntil(lambda: bool(found_in(popup)))
    with session.store.step("test"):
        session.store.delete("activity", session.target("t2").activities[0].row)
    qtbot.waitUntil(lambda: not found_in(popup))


def test_findings_of_a_large_file_are_made_ready_in_slices(qtbot, box, session, monkeypatch):
    class Impatient:
        def start(self):
            pass

        def hasExpired(self, _limit):  # noqa: N802 - Qt's name
            return True

    session.audited()
    box._indexer.finish(session)
    monkeypatch.setattr(sliced, "QElapsedTimer", Impatient)
    monkeypatch.setattr(finding_records, "_PORTION", 1)
    type_in(box, "ölçüm")
    box._search()
    # what there is besides is shown meanwhile
    assert box._popup.hit() is not None
    assert not found_in(box._popup)
    qtbot.waitUntil(lambda: bool(found_in(box._popup)))
    assert len(box._findings.made) == len(session.audited().open)


def test_findings_of_another_file_are_let_go(qtbot, box, session):
    session.audited()
    search(qtbot, box, "ölçüm")
    assert box._findings.made
    box.set_session(None)
    assert not box._findings.made
    # what the former file still says is nobody's any more
    session.findings_changed.emit()
    assert not box._pause.isActive()


def test_without_a_file_nothing_is_searched(qtbot, box):
    popup = search(qtbot, box, "fidan")
    box.set_session(None)
    assert not box.isEnabled()
    assert not popup.isVisible()
    assert box.text() == ""


def test_what_cannot_see_the_list_is_told(qtbot, box):
    assert box.accessibleName()
    popup = search(qtbot, box, "sulama")
    assert popup.list.accessibleName()
    assert box.accessibleDescription() == spoken(popup.hit())
    assert "Ağaçlandırmayı artırmak" in box.accessibleDescription()
    index = popup.list.currentIndex()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == spoken(popup.hit())
    search(qtbot, box, "zzzz")
    assert box.accessibleDescription() == "Sonuç yok"


@pytest.mark.parametrize(("table", "column"), [("activity", "description"), ("indicator", "definition")])
def test_what_was_found_is_in_sight_in_a_form_that_opens_with_it(window, qtbot, table, column):
    window.resize(1000, 420)
    window.go_to(("units", ""))
    (target, *_others) = window.session.context.programme.targets
    row = {"activity": target.activities, "indicator": target.indicators}[table][-1].row
    window.go_to_place(Place(2027, ("target", target.id), table, row, column))
    page = window.pages.page
    field, sight = page.focusWidget(), page.frame.scroll.viewport()

    def is_in_sight():
        return sight.rect().contains(QRect(field.mapTo(sight, QPoint(0, 0)), field.size()))

    qtbot.waitUntil(is_in_sight)
