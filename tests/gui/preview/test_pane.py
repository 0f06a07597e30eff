"""The preview pane: what it shows after which change, where clicks lead, and that the latest request wins."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid
from tests.documents.writers.pdf_reading import pages
from tests.gui.hands import press

from perfdesk.gui.preview.pane import PreviewPane
from perfdesk.gui.preview.sheet import ZOOMS
from perfdesk.gui.preview.worker import PagesWanted, Worker
from perfdesk.gui.session import Session
from perfdesk.services.editing import records
from perfdesk.services.output import previewing
from perfdesk.services.places import COVER
from perfdesk.storage import files

T1, T2 = ("target", "t1"), ("target", "t2")


@pytest.fixture
def pane(qtbot):
    pane = PreviewPane()
    qtbot.addWidget(pane, before_close_func=PreviewPane.shut)
    pane.resize(300, 620)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def text(pane):
    return " ".join(pages(pane._shown.pdf)) if pane._shown else ""


def settled(qtbot, pane, said=""):
    """Wait until the pane shows pages that say this."""
    qtbot.waitUntil(lambda: said in text(pane) and pane.ui.page.sheet.image is not None, timeout=10_000)


def test_shows_the_part_and_refreshes_after_a_change(qtbot, pane, session):
    pane.show_entry(session, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    image = pane.ui.page.sheet.image
    assert image.width() == round(pane.ui.page.sheet.width() * pane.devicePixelRatioF())
    records.set_field(session.store, "target", session.target("t1").row, "title", "Çeşmeleri onarmak")
    settled(qtbot, pane, "Çeşmeleri onarmak")
    qtbot.waitUntil(lambda: pane.ui.page.sheet.image != image)
    assert "İkinci hedef" not in text(pane)
    session.undo()
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")


def test_the_last_of_many_requests_wins(qtbot, pane, session):
    for entry in [T1, COVER, T2] * 20:
        pane.show_entry(session, entry)
    settled(qtbot, pane, "İkinci hedef")
    assert {spot.entry for spot in pane._shown.spots} == {T2}
    with qtbot.assertNotEmitted(pane._worker.failed, wait=100):
        pass
    assert {spot.entry for spot in pane._shown.spots} == {T2}


def test_pages_get_their_numbers_once_nobody_types(qtbot, pane, session):
    pane._count.setInterval(0)
    pane.show_entry(session, T2)
    book = previewing.whole(session.context)
    first = book.page_ranges[T2][0] + 1
    qtbot.waitUntil(lambda: pane.ui.number.text() == f"Sayfa {first} / {len(book.pages)}", timeout=10_000)
    assert f"Sayfa {first} / {len(book.pages)}" in text(pane)
    assert pane.book.pdf == book.pdf
    # what is typed may move every page: till they are counted again there is no number
    pane._count.setInterval(60_000)
    records.set_field(session.store, "target", session.target("t1").row, "title", "Çeşmeleri onarmak")
    qtbot.waitUntil(lambda: pane.ui.number.text() == "bölümde 1 / 1", timeout=10_000)
    assert "Sayfa" not in text(pane)


def test_what_begins_within_a_page_says_where_it_stands_and_prints_no_number(qtbot, pane, session, monkeypatch):
    pane._count.setInterval(0)
    monkeypatch.setattr(previewing, "_lies_alike", lambda *_args: False)
    pane.show_entry(session, T2)
    page = previewing.whole(session.context).page_ranges[T2][0] + 1
    qtbot.waitUntil(lambda: pane.ui.number.text() == f"bölümde 1 / 1 · kitapta {page}", timeout=10_000)
    assert "Sayfa" not in text(pane)


def test_the_whole_book_opens_on_the_page_of_the_part(qtbot, pane, session):
    pane.show_entry(session, T2)
    settled(qtbot, pane, "İkinci hedef")
    pane.ui.book.click()
    book = previewing.whole(session.context)
    page = book.page_ranges[T2][0]
    qtbot.waitUntil(lambda: pane.ui.number.text() == f"Sayfa {page + 1} / {len(book.pages)}", timeout=10_000)
    strip = pane.ui.thumbnails
    assert strip.isVisible()
    assert strip.currentIndex().row() == page
    qtbot.waitUntil(lambda: bool(strip.pages._fresh))
    seen = strip.viewport().rect()
    beyond = [n for n in strip.pages._fresh if not strip.visualRect(strip.pages.index(n)).intersects(seen)]
    assert beyond == []
    strip.setCurrentIndex(strip.pages.index(0))
    assert pane.ui.number.text().startswith("Sayfa 1 / ")
    assert not pane.ui.previous.isEnabled()
    pane.ui.next.click()
    assert strip.currentIndex().row() == 1
    pane.show_entry(session, T1)
    assert pane._page == book.page_ranges[T1][0]


def click(pane, spot, page_size):
    sheet = pane.ui.page.sheet
    at = QPointF(
        (spot.left + spot.right) / 2 / page_size[0] * sheet.width(),
        (spot.top + spot.bottom) / 2 / page_size[1] * sheet.height(),
    )
    for kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, at, sheet.mapToGlobal(at), button, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(sheet, event)


def test_a_click_asks_for_the_entry_and_a_hand_says_so(qtbot, pane, session):
    pane.show_entry(session, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    spot = next(spot for spot in pane._shown.spots if spot.page == 0)
    size = pane._shown.pages[0]
    with qtbot.waitSignal(pane.entry_wanted) as wanted:
        click(pane, spot, size)
    assert wanted.args == [T1]
    assert pane.ui.page.sheet.cursor().shape() == Qt.CursorShape.PointingHandCursor
    margin = previewing.Spot(0, 0, 0, 20, 20, T1)
    with qtbot.assertNotEmitted(pane.entry_wanted):
        click(pane, margin, size)
    assert pane.ui.page.sheet.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_zoom_by_buttons_and_wheel_and_back_to_the_width(qtbot, pane, session):
    pane.show_entry(session, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    pane.resize(900, 620)
    sheet = pane.ui.page.sheet
    fitting = sheet.width()
    assert fitting <= pane.ui.page.viewport().width()
    assert pane.ui.fit.isChecked()
    pane.ui.larger.click()
    assert pane.ui.page.zoom in ZOOMS
    assert sheet.width() > fitting
    assert not pane.ui.fit.isChecked()
    qtbot.waitUntil(lambda: sheet.image.width() == round(sheet.width() * pane.devicePixelRatioF()))
    wider = sheet.width()
    middle = QPointF(pane.ui.page.viewport().rect().center())
    QApplication.sendEvent(
        pane.ui.page.viewport(),
        QWheelEvent(
            middle, pane.ui.page.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip
    assert sheet.width() > wider
    pane.ui.fit.click()
    assert sheet.width() == fitting
    assert pane.ui.fit.isChecked()
    pane.resize(1000, 620)
    assert fitting < sheet.width() <= pane.ui.page.viewport().width()


def test_in_a_narrow_pane_the_print_is_in_sight_and_never_too_small_to_read(qtbot, pane, session):
    pane.resize(616, 620)
    pane.show_entry(session, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    view = pane.ui.page
    left, right = (x * view.logicalDpiX() / 72 * view.zoom for x in pane._shown.printed(0))
    qtbot.waitUntil(lambda: view.horizontalScrollBar().value() > 0)
    seen = view.sheet.visibleRegion().boundingRect()
    assert view.zoom > 0.85
    assert seen.left() <= left < right <= seen.right() + 1
    # so narrow that the letters would be too small, it is scrolled to the left of what is printed
    pane.resize(380, 620)
    assert view.zoom == 0.8
    left = pane._shown.printed(0)[0] * view.logicalDpiX() / 72 * view.zoom
    # laid out
    qtbot.waitUntil(lambda: 0 <= view.widget().width() - view.sheet.width() < 20)
    qtbot.waitUntil(lambda: 0 < left - view.sheet.visibleRegion().boundingRect().left() < 20)
    # somebody who scrolls stays there while the page is set anew
    view.horizontalScrollBar().setValue(0)
    records.set_field(session.store, "target", session.target("t1").row, "title", "Çeşmeleri onarmak")
    settled(qtbot, pane, "Çeşmeleri onarmak")
    assert view.horizontalScrollBar().value() == 0


def test_what_prints_nothing_is_said_in_a_sentence(qtbot, pane, session):
    pane.show_entry(session, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    pane.show_entry(session, ("sub_programme", "none"))
    qtbot.waitUntil(lambda: pane.ui.pages.currentWidget() is pane.ui.message_page)
    assert "henüz" in pane.ui.message.text()
    assert not any(button.isEnabled() for button in (pane.ui.previous, pane.ui.next, pane.ui.larger))
    assert pane.ui.number.text() == ""


def test_a_layout_that_is_not_known_is_said_in_its_sentence(qtbot, pane, session):
    pane.show_entry(session, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    programme = session.context.programme
    with session.store.step("layout"):
        session.store.update("programme", programme.row, layout="unknown")
    qtbot.waitUntil(lambda: pane.ui.pages.currentWidget() is pane.ui.message_page)
    assert pane.ui.message.text() == session.problem.sentence()
    session.undo()
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    assert pane.ui.pages.currentWidget() is pane.ui.page


def test_an_error_of_ours_is_reported_once(qtbot, pane, session, monkeypatch):
    def fail(*_args, **_named):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(previewing, "preview", fail)
    with qtbot.captureExceptions() as errors:
        pane.show_entry(session, T1)
        qtbot.waitUntil(lambda: bool(errors))
        with qtbot.waitSignal(pane._worker.failed):
            pane.refresh()
    assert [kind for kind, *_rest in errors] == [ZeroDivisionError]
    assert pane.ui.pages.currentWidget() is pane.ui.message_page


def test_hidden_it_does_nothing_until_it_is_shown(qtbot, pane, session):
    pane.hide()
    pane.show_entry(session, T1)
    records.set_field(session.store, "target", session.target("t1").row, "title", "Görülmeyen")
    qtbot.waitUntil(lambda: not pane._pause.isActive())
    assert pane._worker is None
    pane.show()
    settled(qtbot, pane, "Görülmeyen")


def test_keys_and_clicks_anywhere_stop_the_setting_for_a_moment(qtbot, pane, session, monkeypatch):
    asides = []
    monkeypatch.setattr(Worker, "stand_aside", lambda _worker: asides.append(1))
    field = QLineEdit()
    qtbot.addWidget(field)
    pane.show_entry(session, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    press(field, Qt.Key.Key_A, "a")
    assert field.text() == "a"
    assert len(asides) == 1
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert len(asides) == 2
    # nobody looks at it
    pane.hide()
    press(field, Qt.Key.Key_B, "b")
    assert len(asides) == 2
    pane.show()
    press(field, Qt.Key.Key_C, "c")
    assert len(asides) == 3
    # without a file there is nothing to set
    pane.show_entry(None, COVER)
    press(field, Qt.Key.Key_D, "d")
    assert len(asides) == 3
    pane.show_entry(session, T1)
    press(field, Qt.Key.Key_E, "e")
    assert len(asides) == 4


def test_pages_are_not_counted_while_somebody_types(qtbot, pane, session):
    pane.show_entry(session, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    qtbot.waitUntil(pane._count.isActive)
    pane._count.setTimerType(Qt.TimerType.PreciseTimer)
    pane._count.start(60_000)
    QTest.qWait(20)
    left = pane._count.remainingTime()
    press(pane.ui.page, Qt.Key.Key_Shift)
    assert pane._count.remainingTime() > left


def test_another_year_is_shown_without_the_numbers_of_the_last(qtbot, pane, session):
    pane.show_entry(session, T1)
    pane.ui.book.click()
    qtbot.waitUntil(lambda: pane.book is not None, timeout=10_000)
    pane.ui.part.click()
    session.set_year(2026)
    assert pane.book is None
    settled(qtbot, pane, "Geçen yılın hedefi")


def test_closed_files_and_panes_leave_nothing_running(qtbot, session, reading):
    pane = PreviewPane()
    pane.show()
    pane.show_entry(session, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    pane.show_entry(reading, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    pane.show_entry(None, COVER)
    assert pane.ui.message.text() == ""
    worker = pane._worker
    pane.deleteLater()
    qtbot.waitUntil(lambda: not isValid(pane))
    assert not isValid(worker)


def test_a_book_of_the_former_file_that_comes_late_is_not_taken_for_this_one_s(qtbot, pane, session, tmp_path):
    pane.show_entry(session, T1)
    settled(qtbot, pane, "Ağaçlandırmayı artırmak")
    late = PagesWanted(pane._asked, session.context, None, None, None)
    book = previewing.whole(session.context)
    path = tmp_path / "b.perfdesk"
    files.create(path, session.municipality)
    other = Session(files.open_store(path, writable=True))
    try:
        pane.show_entry(other, T1)
        pane._on_set(late, book, 0)
        assert pane.book is None
        # one of this file is taken, though it is late
        pane._on_set(PagesWanted(pane._asked, other.context, None, None, None), previewing.whole(other.context), 0)
        assert pane.book is not None
    finally:
        pane.show_entry(None, COVER)
        other.close()
