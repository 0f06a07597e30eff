"""The year's page Kontrol: what would make the book ready; it opens with a new year, and its lines lead on."""

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMessageBox
from tests.gui.hands import press

from perfdesk.checks.finding import Severity
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.gui.dialogs import written
from perfdesk.gui.dialogs.new_year import NewYear
from perfdesk.gui.dialogs.papers import Papers
from perfdesk.gui.findings.accept_finding import AcceptFinding
from perfdesk.gui.pages.control_page import ControlPage
from perfdesk.gui.window.exporter import BOOK
from perfdesk.services.control.audit import Audited
from perfdesk.services.output.exporting import CONTROL_REPORT
from perfdesk.services.places import CONTROL, COVER
from perfdesk.storage.filling import ProgrammeFiller


@pytest.fixture
def page(window):
    """The page of the year in hand."""
    window.go_to(CONTROL)
    return window.pages.page


def table(page):
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in page.criteria.rows}


def rules(page):
    return [line.item.rule.id for line in page.list.view.findings.all_lines()]


def test_a_new_year_opens_the_page_with_the_keyboard_in_its_list(window):
    window.ui.new_year.trigger()
    dialog = window.findChild(NewYear)
    dialog.ui.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    page = window.pages.page
    assert isinstance(page, ControlPage)
    assert window.here == CONTROL
    assert window.session.year == 2028
    assert window.focusWidget() is page.list.view
    assert page.list.item is not None
    assert "2028" in page.state.text()


def test_the_page_says_what_is_lacking_and_counts_by_criterion(window, page):
    counts = window.session.audited().counts()
    assert page.state.text() == (
        f"2027 programı Meclise sunulmaya hazır değil: {counts[Severity.ERROR]} hata giderilmeli, "
        f"{counts[Severity.WARNING]} uyarı gözden geçirilmeli."
    )
    shown = table(page)
    assert next(iter(shown)) == "Mevcudiyet"
    assert shown["Mevcudiyet"] == ["6", "–", "–", "–"]
    assert shown["Toplam"] == [str(counts[Severity.ERROR]), str(counts[Severity.WARNING]), "–", "–"]
    assert len(rules(page)) == sum(counts.values())


def test_what_the_report_lacks_has_a_total_of_its_own(window, page):
    """Also what is of a criterion that the programme has."""
    before, session = table(page), window.session
    wrong = ResourceTable(
        "III", "Ruhsatlar", (("Tür", "Adet"),), (ResourceRow(("A", "3")), ResourceRow(("Toplam", "4")))
    )
    with session.store.step("test"):
        filler = ProgrammeFiller(session.store, {}, {}, {}, {})
        filler.resource_table(wrong, session.context.programme.row, 0, of_results=True)
    shown = table(page)
    assert shown["Kaynak tabloları (rapor)"] == ["1", "–", "–", "–"]
    assert list(shown)[-1] == "Kaynak tabloları (rapor)"
    assert {name: shown[name] for name in before} == before
    page.table.setFocus()
    page.table.setCurrentIndex(page.criteria.index(len(shown) - 1, 0))
    press(page.table, Qt.Key.Key_Return, "\r")
    assert page.list.item.rule.id == "KYN-03"
    # where the programme's stand before it in the list the key leads past them
    with session.store.step("test"):
        filler.resource_table(wrong, session.context.programme.row, len(session.context.programme.resource_tables))
    shown = table(page)
    assert shown["Kaynak tabloları"] == shown["Kaynak tabloları (rapor)"] == ["1", "–", "–", "–"]
    for name, rule in (("Kaynak tabloları (rapor)", "KYN-03"), ("Kaynak tabloları", "KYN-01")):
        page.table.setFocus()
        page.table.setCurrentIndex(page.criteria.index(list(shown).index(name), 0))
        press(page.table, Qt.Key.Key_Return, "\r")
        assert page.list.item.rule.id == rule


def test_a_criterion_leads_to_its_findings_in_the_list(window, page):
    page.table.setFocus()
    at = list(table(page)).index("Mali tutarlılık")
    page.table.setCurrentIndex(page.criteria.index(at, 0))
    press(page.table, Qt.Key.Key_Return, "\r")
    assert page.list.view.hasFocus()
    assert page.list.item.rule.id == "MAL-06"
    press(page.list.view, Qt.Key.Key_Return, "\r")
    assert window.here == ("target", "t2")
    # F8 goes on from there, and says so above the form
    lines = window.findings.list.walked()
    at = [line.item.rule.id for line in lines].index("MAL-06")
    assert window.ui.finding_bar.said.text().startswith(f"{at + 1} / {len(lines)} · ")
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.ui.finding_bar.said.text().startswith(f"{at + 2} / {len(lines)} · ")


def test_what_is_accepted_counts_in_its_own_column(window, page):
    view = page.list.view
    page.list.view.choose_group("kind MAL")
    page.list.ui.accept.click()
    dialog = window.findChild(AcceptFinding)
    for letter in "Maliyeti yok":
        press(dialog.ui.reason, Qt.Key.Key_unknown, letter)
    press(dialog.ui.reason, Qt.Key.Key_Return, "\r")
    assert table(page)["Mali tutarlılık"] == ["–", "2", "–", "1"]
    assert view.findings.groups()[-1].is_accepted


def test_what_is_mended_leaves_the_page_and_the_table(window, page):
    before = table(page)["Ölçülebilirlik"]
    with window.session.store.step("test"):
        for indicator in window.session.target("t1").indicators:
            window.session.store.update("indicator", indicator.row, deferred=True)
    assert before != ["–"] * 4
    assert "Ölçülebilirlik" not in table(page) or table(page)["Ölçülebilirlik"][:2] == ["–", "–"]
    assert "OLC-03" not in rules(page)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ((Severity.ERROR,), "hazır değil: 10 hata giderilmeli."),
        ((Severity.WARNING,), "hata yok; Meclise sunulmadan önce"),
        ((), "Bulgu yok: 2027 programı"),
    ],
)
def test_the_sentence_says_how_far_the_programme_is(window, page, monkeypatch, kept, said):
    items = tuple(item for item in window.session.audited().items if item.finding.severity in kept)
    for name in ("audited", "audited_lately"):
        monkeypatch.setattr(type(window.session), name, lambda _session: Audited(items))
    page.refresh()
    assert said in page.state.text()
    assert page.table.isHidden() == page.list.isHidden() == (not kept)


def test_findings_that_a_pause_brings_are_shown(window, page, qtbot):
    session = window.session
    qtbot.waitUntil(lambda: not session._auditing._pause.isActive())
    with session.store.step("test"):
        for number, name in enumerate(("Yıkılan metruk bina sayısı", "Yıkılan metruk yapı sayısı")):
            session.store.update("indicator", session.target("t1").indicators[number].row, name=name)
    assert "TNM-06" not in rules(page)
    qtbot.waitUntil(lambda: "TNM-06" in rules(page))


def in_sight(page, widget):
    """Whether all of a widget is in sight."""
    area = page.frame.scroll.viewport()
    return widget.isVisible() and area.rect().contains(QRect(widget.mapTo(area, QPoint()), widget.size()))


@pytest.mark.parametrize("size", [(1366, 740), (911, 484)])
def test_what_can_be_done_with_a_finding_stays_in_sight(window, size):
    window.resize(*size)
    window.go_to(CONTROL)
    page = window.pages.page
    page.list.view.begin()
    QApplication.processEvents()
    assert page.frame.scroll.verticalScrollBar().maximum() == 0
    seen = []
    for _step in range(len(rules(page)) + len(page.list.view.findings.groups())):
        if page.list.item is not None:
            # of a heading nothing is said
            seen.append(page.list.item.rule.id)
            for widget in (page.list.ui.go, page.list.ui.accept, page.list.ui.reason, page.list.ui.basis):
                assert in_sight(page, widget)
        QTest.keyClick(page.list.view, Qt.Key.Key_Down)
        QApplication.processEvents()
    assert set(seen) == set(rules(page))
    assert page.frame.scroll.verticalScrollBar().maximum() == 0
    # a low window has no room for the table; the headings of the list have the numbers
    assert page.table.isVisible() == (size[0] > 1000)


def test_the_list_does_not_stand_beside_itself(window, qtbot):
    action, pane = window.ui.show_findings, window.findings
    action.trigger()
    assert pane.isVisible()
    window.go_to(CONTROL)
    page = window.pages.page
    assert not pane.isVisible()
    # the key leads into the list that is there
    window.ui.outline.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert page.list.view.hasFocus()
    assert page.list.item is not None
    assert not pane.isVisible()
    # and the pane comes back with the place the finding leads to
    press(page.list.view, Qt.Key.Key_Return, "\r")
    assert window.here != CONTROL
    assert pane.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert not pane.isVisible()
    # who has closed it does not find it open after the page
    window.go_to(CONTROL)
    QTest.keyClick(window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert page.list.view.hasFocus()
    window.go_to(COVER)
    assert not pane.isVisible()


def test_the_preview_takes_the_place_of_the_pane_that_waits(window):
    window.ui.show_findings.trigger()
    window.go_to(CONTROL)
    window.ui.show_preview.trigger()
    assert window.preview.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert window.pages.page.list.view.hasFocus()
    assert window.preview.isVisible()
    window.go_to(COVER)
    assert window.preview.isVisible()
    assert not window.findings.isVisible()


def test_a_button_leads_to_the_control_report(window, page):
    QTest.mouseClick(page.report_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(Papers)
    assert dialog.paper == CONTROL_REPORT
    dialog.reject()
    # as all that writes, not while something is being written
    window.pages.enable_output(False)
    assert not page.report_button.isEnabled()


def test_a_finished_book_tells_what_the_checks_find(window, page, tmp_path, qtbot, monkeypatch):
    counts = window.session.audited().counts_of_programme()
    # what the report on the year lacks is not counted, were it as much as this
    monkeypatch.setattr(Audited, "counts", lambda _audited: Counter({Severity.ERROR: 999}))
    window.go_to(COVER)
    window.exporter.write(BOOK, tmp_path / "kitap.pdf")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=60_000)
    box = window.findChild(QMessageBox)
    assert f"{counts[Severity.ERROR]} hata, {counts[Severity.WARNING]} uyarı" in box.informativeText()
    button = next(button for button in box.buttons() if button.text().replace("&", "") == "Kontrol")
    button.click()
    qtbot.waitUntil(lambda: window.here == CONTROL)


def test_a_document_of_which_nothing_is_found_says_nothing_of_it(window, tmp_path):
    box = written.show(window, tmp_path / "kitap.pdf")
    assert box.informativeText() == str(tmp_path)
    assert len(box.buttons()) == 3
    box.close()
