"""The findings beside the form: what the list shows and follows, accepting, and the way through them with F8."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from tests.gui.conftest import MUNICIPALITY
from tests.gui.hands import press, put, type_in

from perfdesk.checks.finding import Severity
from perfdesk.domain.results import IndicatorResult, Results
from perfdesk.domain.value import Value
from perfdesk.gui.auditing import Auditing
from perfdesk.gui.dialogs.new_year import NewYear
from perfdesk.gui.findings.accept_finding import AcceptFinding
from perfdesk.gui.findings.grouping import ACCEPTED, By, Show, grouped
from perfdesk.gui.findings.model import FindingsModel
from perfdesk.gui.grid.entry_model import NEW
from perfdesk.gui.main_window import MainWindow
from perfdesk.services.completeness import PARTLY
from perfdesk.services.control import accepting
from perfdesk.services.control.finding_places import FindingPlaces
from perfdesk.services.places import CONTROL, COVER, Place
from perfdesk.storage import files

T1, T2 = ("target", "t1"), ("target", "t2")


@pytest.fixture
def pane(window):
    """The pane, shown."""
    window.ui.show_findings.trigger()
    return window.findings


@pytest.fixture
def findings(pane):
    """The list in the pane."""
    return pane.list


def titles(findings):
    return [group.title for group in findings.view.findings.groups()]


def rules(findings):
    return [line.item.rule.id for line in findings.view.findings.all_lines()]


def choose(findings, rule, nth=0):
    """Take the finding of a rule in hand, as an arrow key would; return it."""
    line = [line for line in findings.view.findings.all_lines() if line.item.rule.id == rule][nth]
    findings.view.setFocus()
    findings.view.setCurrentIndex(findings.view.findings.find(line.key))
    return line


def defer(session, *numbers):
    """Defer indicators of the first target, which the rules on values ask nothing of then."""
    with session.store.step("test"):
        for number in numbers:
            session.store.update("indicator", session.target("t1").indicators[number - 1].row, deferred=True)


def accept(session, rule, reason="Böyle kalacak."):
    item = next(item for item in session.audited().open if item.rule.id == rule)
    accepting.accept(session.store, session.context.programme, item.finding, reason, date(2026, 11, 20))
    return item


# --- what is asked, and when ------------------------------------------------------------------------------------------


def test_a_file_opens_without_the_checks_which_are_asked_in_the_first_pause(session, qtbot):
    assert not session.is_audited
    with qtbot.waitSignal(session.findings_changed):
        pass
    assert session.is_audited


def test_the_signs_come_with_the_findings(window, qtbot):
    qtbot.waitUntil(lambda: window.ui.show_findings.iconText() != "Kontrol")
    counts = window.session.audited().counts()
    expected = f"Kontrol {counts[Severity.ERROR]} hata {counts[Severity.WARNING]} uyarı"
    assert window.ui.show_findings.iconText() == expected
    model = window.navigation.model
    entry = model.entry(model.find(T1))
    assert (entry.mark, "kontrol: 3 hata" in entry.why) == (PARTLY, True)
    # what is empty stays so
    assert model.entry(model.find(("part", "foreword"))).mark == "boş"
    assert model.entry(model.find(CONTROL)).mark == str(sum(counts.values()))
    # and they follow what is mended, and what is taken back
    defer(window.session, 1, 2, 3)
    assert "hata" not in model.entry(model.find(T1)).why
    assert window.ui.show_findings.iconText() != expected
    window.undo()
    assert window.ui.show_findings.iconText() == expected


def test_no_name_is_compared_while_somebody_types(window, qtbot, monkeypatch):
    compared = []
    go_on = Auditing._go_on
    monkeypatch.setattr(Auditing, "_go_on", lambda self: (compared.append(1), go_on(self)))
    auditing = window.session._auditing
    grid = window.pages.page.ui.indicators.grid
    put(grid, 0, "name")
    qtbot.waitUntil(lambda: not auditing._pause.isActive())
    compared.clear()
    type_in(grid, "Dikilen ağaç sayısı\n")
    assert auditing._pause.isActive()
    before = auditing._pause.remainingTime()
    for letter in "xyz":
        QTest.qWait(30)
        press(grid, Qt.Key.Key_Shift)
        assert auditing._pause.remainingTime() > before - 90, letter
    assert not compared
    qtbot.waitUntil(lambda: bool(compared))
    qtbot.waitUntil(lambda: not auditing._pause.isActive())
    assert not auditing._typing._watches


def test_names_that_are_nearly_the_same_come_in_a_pause(window, qtbot):
    session = window.session
    qtbot.waitUntil(lambda: not session._auditing._pause.isActive())
    with session.store.step("test"):
        for number, name in enumerate(("Yıkılan metruk bina sayısı", "Yıkılan metruk yapı sayısı")):
            session.store.update("indicator", session.target("t1").indicators[number].row, name=name)
    assert "TNM-06" not in [item.rule.id for item in session.audited().items]
    with qtbot.waitSignal(session.findings_changed):
        pass
    assert "TNM-06" in [item.rule.id for item in session.audited().items]


def test_what_is_shown_of_a_large_programme_follows_an_edit_in_a_pause(window, findings, qtbot, monkeypatch):
    session = window.session
    qtbot.waitUntil(lambda: not session._auditing._pause.isActive())
    monkeypatch.setattr("perfdesk.gui.auditing._LARGE", 0)
    before = rules(findings)
    with qtbot.waitSignal(session.findings_changed):
        defer(session, 1, 2)
        # the totals come first
        assert rules(findings) == before
    assert rules(findings) == [line.item.rule.id for line in findings.view.findings.all_lines()] != before
    assert [item.finding for item in session.audited_lately().items] == [i.finding for i in session.audited().items]


def test_another_year_has_its_own_findings(window, findings):
    before = rules(findings)
    window.session.set_year(2026)
    assert rules(findings) != before
    assert {line.item.place.year for line in findings.view.findings.all_lines() if line.item.place} == {2026}


# --- the list ---------------------------------------------------------------------------------------------------------


def test_findings_stand_beside_the_form_in_place_of_the_preview(window, pane):
    assert pane.isVisible()
    window.ui.show_preview.trigger()
    assert (pane.isVisible(), window.preview.isVisible()) == (False, True)
    assert not window.ui.show_findings.isChecked()
    window.ui.show_findings.trigger()
    assert (pane.isVisible(), window.preview.isVisible()) == (True, False)
    window.ui.show_findings.trigger()
    assert (pane.isVisible(), window.preview.isVisible()) == (False, False)
    assert window.ui.outline.isVisible()


def test_what_stood_at_the_right_stands_there_again(window, pane, qtbot, file):
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    again.resize(1366, 740)
    again.show()
    again.open_path(file)
    assert again.findings.isVisible()
    assert rules(again.findings.list)
    again.close()


def test_findings_are_grouped_by_criterion_or_by_place_and_the_choice_is_kept(window, findings, qtbot, file):
    assert titles(findings)[:2] == ["Mevcudiyet", "İlgililik"]
    findings.ui.by.setFocus()
    press(findings.ui.by, Qt.Key.Key_Down)
    assert titles(findings)[-2:] == ["1.1.1 Ağaçlandırmayı artırmak", "1.1.2 İkinci hedef"]
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    again.show()
    again.open_path(file)
    again.ui.show_findings.setChecked(True)
    assert again.findings.list.by is By.PLACE
    again.close()


def test_only_errors_or_only_this_form(window, findings):
    everything = rules(findings)
    window.go_to(T2)
    findings.ui.shown.setFocus()
    press(findings.ui.shown, Qt.Key.Key_Down)
    assert findings.shown is Show.ERRORS
    assert {line.item.finding.severity for line in findings.view.findings.all_lines()} == {Severity.ERROR}
    press(findings.ui.shown, Qt.Key.Key_Down)
    assert sorted(rules(findings)) == ["ILG-02", "MAL-06"]
    window.go_to(T1)
    assert len(rules(findings)) == len([rule for rule in everything if rule[:3] in ("OLC", "TNM")])
    window.go_to(COVER)
    assert rules(findings) == []
    assert findings.ui.message.isVisible()
    # shown again it leaves out the same
    findings.ui.shown.setCurrentIndex(1)
    findings.ui.shown.activated.emit(1)
    errors = rules(findings)
    window.ui.show_findings.trigger()
    window.ui.show_findings.trigger()
    assert findings.shown is Show.ERRORS
    assert rules(findings) == errors
    # but where it cannot be seen F8 leaves out nothing
    window.ui.show_findings.trigger()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert f" / {len(findings.walked())} · " in said(window)
    assert len(findings.walked()) == len(everything) > len(errors)
    window.ui.show_findings.trigger()
    assert findings.shown is Show.ALL
    assert rules(findings) == everything


def test_another_file_is_shown_with_all_its_findings(window, findings, file):
    everything = rules(findings)
    findings.ui.shown.setFocus()
    press(findings.ui.shown, Qt.Key.Key_Down)
    assert rules(findings) != everything
    window.files.close()
    window.open_path(file)
    assert (findings.shown, rules(findings)) == (Show.ALL, everything)


def test_the_finding_in_hand_says_why_it_matters(findings):
    assert findings.ui.details.isHidden()
    line = choose(findings, "OLC-01")
    assert findings.ui.details.isVisible()
    assert findings.ui.rule.text().startswith("Hata · OLC-01 · ")
    assert findings.ui.reason.text()
    assert findings.ui.basis.text().startswith("Dayanak: ")
    index = findings.view.currentIndex()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"hata: {line.item.finding.sentence()}"


def test_enter_goes_to_the_cell_and_the_list_stays(window, findings):
    choose(findings, "OLC-03", 1)
    press(findings.view, Qt.Key.Key_Return, "\r")
    assert window.here == T1
    grid = window.pages.page.ui.indicators.grid
    assert window.focusWidget() is grid
    assert grid.currentIndex().row() == 1
    assert grid.grid().columns[grid.currentIndex().column()].key == "current"
    assert window.findings.isVisible()
    assert findings.item.rule.id == "OLC-03"


def test_double_click_goes_there_too_and_folds_a_group(window, findings):
    view = findings.view
    line = choose(findings, "MAL-06")
    where = view.visualRect(view.findings.find(line.key)).center()
    for gesture in (QTest.mouseClick, QTest.mouseDClick):
        gesture(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert window.here == T2
    group = view.findings.find(line.key).parent()
    view.setCurrentIndex(group)
    press(view, Qt.Key.Key_Return, "\r")
    assert not view.isExpanded(group)


def test_what_is_mended_vanishes_at_once_and_what_follows_is_in_hand(window, findings):
    line = choose(findings, "OLC-03")
    group = findings.view.findings.find(line.key).parent().row()
    press(findings.view, Qt.Key.Key_Return, "\r")
    before = rules(findings).count("OLC-03")
    type_in(window.focusWidget(), "12\n")
    assert window.session.target("t1").indicators[0].value(2027, 2026).number == 12
    assert rules(findings).count("OLC-03") == before - 1
    assert findings.item.rule.id == "OLC-03"
    assert findings.view.currentIndex().parent().row() == group
    # the last of all is gone with its group, and something else is in hand
    choose(findings, "MAL-06")
    sheet = window.session.target("t2")
    with window.session.store.step("test"):
        window.session.store.delete("activity", sheet.activities[0].row)
    assert "MAL-06" not in rules(findings)
    assert findings.item is not None
    window.undo()
    assert "MAL-06" in rules(findings)


def mend_of(session, monkeypatch, *families):
    """Have the findings of some criteria gone, as one edit may mend them."""
    audited = session.audited()
    items = tuple(item for item in audited.items if item.rule.family not in families)
    for name in ("audited", "audited_lately"):
        monkeypatch.setattr(type(session), name, lambda _session: replace(audited, items=items))


def test_when_a_group_is_done_the_next_finding_in_sight_is_in_hand(window, findings, monkeypatch):
    lines = list(findings.view.findings.all_lines())
    families = list(dict.fromkeys(line.item.rule.family for line in lines))
    assert len(families) > 3
    findings.view.setFocus()
    last = [line for line in lines if line.item.rule.family == families[0]][-1]
    findings.view.setCurrentIndex(findings.view.findings.find(last.key))
    # what is folded is not in sight, and is left out
    findings.view.setExpanded(findings.view.findings.find_group(f"kind {families[1]}"), False)
    mend_of(window.session, monkeypatch, families[0])
    findings.refresh()
    assert findings.item == next(line.item for line in lines if line.item.rule.family == families[2])
    assert findings.ui.go.isVisible()
    assert findings.ui.details.isVisible()


def test_when_the_last_group_is_done_the_finding_before_it_is_in_hand(window, findings, monkeypatch):
    lines = list(findings.view.findings.all_lines())
    family = lines[-1].item.rule.family
    findings.view.setFocus()
    findings.view.setCurrentIndex(findings.view.findings.find(lines[-1].key))
    mend_of(window.session, monkeypatch, family)
    findings.refresh()
    assert findings.item == [line.item for line in lines if line.item.rule.family != family][-1]
    mend_of(window.session, monkeypatch, *{line.item.rule.family for line in lines})
    findings.refresh()
    assert findings.item is None
    assert not findings.ui.go.isVisible()


def test_when_the_only_one_of_a_group_is_accepted_the_next_group_has_its_first_in_hand(window, findings):
    view = findings.view
    groups = view.findings.groups()
    at = next(at for at, group in enumerate(groups[:-1]) if len(group.lines) == 1)
    line = groups[at].lines[0]
    view.setFocus()
    view.setCurrentIndex(view.findings.find(line.key))
    accept_in_hand = window.session.context.programme
    accepting.accept(window.session.store, accept_in_hand, line.item.finding, "Kalacak.", date(2026, 11, 20))
    assert view.findings.groups()[-1].is_accepted
    assert view.line.key == groups[at + 1].lines[0].key


def test_a_click_takes_the_row_that_was_clicked_though_nothing_was_in_hand(window, findings, qtbot):
    view = findings.view
    window.resize(1366, 420)
    line = choose(findings, "OLC-03")
    press(view, Qt.Key.Key_Return, "\r")
    type_in(window.focusWidget(), "12\n")
    assert line.key not in [one.key for one in view.findings.all_lines()]
    # what a group leaves behind that is gone with its only finding
    view.selectionModel().clear()
    view.scrollToBottom()
    wanted = list(view.findings.all_lines())[-1]
    where = view.visualRect(view.findings.find(wanted.key)).center()
    assert view.verticalScrollBar().value() > 0
    assert not view.hasFocus()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert view.hasFocus()
    assert view.line.key == wanted.key
    # the keyboard alone takes the first one
    window.pages.page.begin()
    view.selectionModel().clear()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.line.key == next(view.findings.all_lines()).key


def test_a_finding_with_other_figures_is_the_same_one(window, findings):
    line = choose(findings, "OLC-01")
    row = window.session.target("t1").indicators[0].row
    told = []
    findings.view.findings.rowsRemoved.connect(lambda *_rows: told.append("gone"))
    with window.session.store.step("test"):
        window.session.store.update("indicator", row, name="Dikilen ağaç sayısı")
    assert findings.view.line.key == line.key
    assert "Dikilen ağaç sayısı" in findings.view.currentIndex().data()
    # only what the name was the matter of
    assert told == ["gone"]


def test_a_list_that_is_not_in_sight_is_not_built(window, findings, monkeypatch):
    window.ui.show_findings.trigger()
    monkeypatch.setattr(FindingsModel, "show", lambda *_: pytest.fail("built"))
    defer(window.session, 1)


def test_lines_keep_their_places_in_the_tree(qapp, session):
    def show(items, by=By.KIND):
        audited = replace(session.audited(), items=tuple(items))
        model.show(grouped(session.context, audited, by))
        return [line.key for line in model.all_lines()]

    model = FindingsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    items = session.audited().items
    keys = show(items)
    held = {key: QPersistentModelIndex(model.find(key)) for key in keys}
    # every other one goes and comes again
    some = show(items[::2])
    assert [key for key in keys if held[key].isValid()] == some
    assert all(model.line(held[key]).key == key for key in some)
    assert show(items) == keys
    # a group goes with all its lines, one comes before others
    show([item for item in items if item.rule.family != "OLC"])
    assert not model.find_group("kind OLC").isValid()
    assert show(items) == keys
    at = model.find(keys[8])
    assert model.line(at).key == keys[8]
    assert model.index(at.row(), 0, at.parent()) == at
    # in another order
    assert sorted(show(items, By.PLACE)) == sorted(keys)
    assert show([]) == []
    assert model.rowCount(QModelIndex()) == 0


# --- accepting --------------------------------------------------------------------------------------------------------


def open_dialog(window, findings):
    findings.ui.accept.click()
    return window.findChild(AcceptFinding)


def test_a_finding_is_accepted_with_a_reason_and_taken_back(window, findings, qtbot):
    line = choose(findings, "MAL-06")
    dialog = open_dialog(window, findings)
    assert line.item.finding.sentence() in dialog.ui.sentence.text()
    for letter in "Gönüllüler ölçüyor":
        press(dialog.ui.reason, Qt.Key.Key_unknown, letter)
    press(dialog.ui.reason, Qt.Key.Key_Return, "\r")
    qtbot.waitUntil(lambda: window.findChild(AcceptFinding) is None)
    group = findings.view.findings.groups()[-1]
    assert (group.key, len(group.lines)) == (ACCEPTED, 1)
    assert group.lines[0].item.acceptance.reason == "Gönüllüler ölçüyor"
    assert "MAL-06" not in [item.rule.id for item in window.session.audited().open]
    # the menu names the step, and undo takes it back
    assert "kabul" in window.ui.undo.text().lower()
    window.undo()
    assert findings.view.findings.groups()[-1].key != ACCEPTED
    window.redo()
    findings.choose(line.key)
    assert findings.ui.withdraw.isVisible()
    QTest.mouseClick(findings.ui.withdraw, Qt.MouseButton.LeftButton)
    assert "MAL-06" in [item.rule.id for item in window.session.audited().open]
    # it is in hand still, among those that count
    assert findings.view.line.key == line.key
    assert findings.item.acceptance is None
    assert findings.ui.withdraw.isHidden()
    assert findings.ui.rule.text().startswith("Uyarı · MAL-06")


def test_the_command_that_accepts_no_more_is_not_called_as_undo_is(window, findings):
    accept(window.session, "MAL-06")
    choose(findings, "MAL-06")
    names = {text.replace("&", "") for text in (findings.ui.withdraw.text(), findings.withdraw.text())}
    assert names == {"Kabulü kaldır"}


def test_a_finding_of_a_large_programme_that_counts_again_is_in_hand_once_it_is_shown(
    window, findings, qtbot, monkeypatch
):
    qtbot.waitUntil(lambda: not window.session._auditing._pause.isActive())
    accept(window.session, "MAL-06")
    line = choose(findings, "MAL-06")
    qtbot.waitUntil(lambda: not window.session._auditing._pause.isActive())
    monkeypatch.setattr("perfdesk.gui.auditing._LARGE", 0)
    with qtbot.waitSignal(window.session.findings_changed):
        findings.withdraw.trigger()
    assert findings.view.line.key == line.key
    assert findings.item.acceptance is None


def test_without_a_reason_nothing_is_accepted_and_what_was_typed_stays(window, findings):
    choose(findings, "OLC-03")
    dialog = open_dialog(window, findings)
    dialog.ui.reason.setText("   ")
    press(dialog.ui.reason, Qt.Key.Key_Return, "\r")
    assert dialog.isVisible()
    assert dialog.ui.problem.isVisible()
    assert dialog.ui.reason.text() == "   "
    assert not window.session.audited().accepted
    press(dialog.ui.reason, Qt.Key.Key_unknown, "a")
    assert dialog.ui.problem.isHidden()
    dialog.ui.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert not window.session.audited().accepted


def test_the_reason_completes_from_those_of_the_rule(window, findings, qtbot):
    accept(window.session, "OLC-03", "İlk kez ölçülecek; önceki yılın değeri yok")
    accept(window.session, "TNM-01", "Ölçüm yönergesi değişti")
    choose(findings, "OLC-03")
    dialog = open_dialog(window, findings)
    line = dialog.ui.reason
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    for letter in "ölç":
        press(line, Qt.Key.Key_unknown, letter)
    popup = line.completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() == 1
    press(line, Qt.Key.Key_Down)
    press(line, Qt.Key.Key_Return, "\r")
    # taken, to be read before it is kept
    assert dialog.isVisible()
    assert line.text() == "İlk kez ölçülecek; önceki yılın değeri yok"
    press(line, Qt.Key.Key_Return, "\r")
    assert len(window.session.audited().accepted) == 3


def test_the_reason_of_an_accepted_one_can_be_changed(window, findings):
    accept(window.session, "MAL-06", "Eski gerekçe")
    choose(findings, "MAL-06")
    assert findings.ui.accept.text().replace("&", "") == "Gerekçeyi değiştir…"
    dialog = open_dialog(window, findings)
    assert dialog.ui.reason.selectedText() == "Eski gerekçe"
    for letter in "Yeni":
        press(dialog.ui.reason, Qt.Key.Key_unknown, letter)
    press(dialog.ui.reason, Qt.Key.Key_Return, "\r")
    (item,) = window.session.audited().accepted
    assert item.acceptance.reason == "Yeni"


def test_in_a_file_that_is_only_read_nothing_is_accepted(window, file, qtbot):
    accept(window.session, "MAL-06")
    window.files.close()
    with files.open_store(file, writable=True):
        window.open_path(file)
        assert window.session.read_only
        window.ui.show_findings.trigger()
        for rule in ("MAL-06", "OLC-03"):
            choose(window.findings.list, rule)
            assert not window.findings.list.ui.accept.isEnabled()
            assert not window.findings.list.ui.withdraw.isEnabled()
        window.files.close()


# --- where they lead --------------------------------------------------------------------------------------------------


@pytest.fixture
def report(qtbot, tmp_path):
    """A window with a programme whose report is written; nobody signs it."""
    *others, of_year = MUNICIPALITY.programmes
    results = Results((IndicatorResult("i1", "year", Value(Decimal(12))),))
    path = tmp_path / "Rapor.perfdesk"
    files.create(path, replace(MUNICIPALITY, programmes=(*others, replace(of_year, results=results))))
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 740)
    window.show()
    window.open_path(path)
    window.ui.show_findings.trigger()
    yield window
    window.close()


def go_to_signer(window):
    """Go where it is said who signs; return the cell there."""
    findings = window.findings.list
    choose(findings, "SNM-01")
    findings.ui.go.click()
    grid = window.pages.page.ui.signatories.grid
    assert QApplication.focusWidget() is grid
    at = grid.currentIndex()
    return grid.grid(), at, grid.grid().columns[at.column()].key


def test_who_is_to_sign_is_entered_in_the_blank_row_which_is_marked(report):
    model, at, column = go_to_signer(report)
    assert (model.rows[at.row()].key, column) == (NEW, "role")
    assert model.headerData(at.row(), Qt.Orientation.Vertical) == "H"
    assert "belediye başkanı" in model.headerData(at.row(), Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert not report.pages.page.sign.isVisible()
    with report.session.store.step("test"):
        row = report.session.store.insert("signatory", role="mayor", position=1)
    model, at, column = go_to_signer(report)
    assert (model.rows[at.row()].key, column) == (row, "name")
    assert model.headerData(at.row(), Qt.Orientation.Vertical) == "H"
    type_in(report.pages.page.ui.signatories.grid, "Ayten Demir\n")
    assert "belediye başkanı" not in "".join(
        line.item.finding.sentence()
        for line in report.findings.list.view.findings.all_lines()
        if line.item.rule.id == "SNM-01"
    )


def test_a_place_that_the_form_does_not_show_leaves_the_keyboard_in_no_field(window):
    window.go_to(T1)
    window.pages.page.ui.indicators.grid.setFocus()
    window.go_to_place(Place(2027, COVER, "administration", 1, "nowhere"))
    focus, page = QApplication.focusWidget(), window.pages.page
    assert window.here == COVER
    assert page.isAncestorOf(focus)
    for letter in "Ayten":
        press(focus, Qt.Key.Key_unknown, letter)
    assert page.commit()
    assert window.session.municipality.administration == MUNICIPALITY.administration


def search(window, text):
    """Go to the first finding that is found."""
    box = window.toolbar.search
    box.begin()
    for letter in text:
        press(box, Qt.Key.Key_unknown, letter)
    press(box, Qt.Key.Key_Return, "\r")


def test_a_finding_that_was_searched_for_is_in_hand(window, findings):
    choose(findings, "OLC-03")
    lines = findings.walked()
    at = [line.item.rule.id for line in lines].index("MAL-06")
    search(window, "mal-06")
    assert window.here == T2
    assert findings.view.line.key == lines[at].key
    assert said(window).startswith(f"{at + 1} / {len(lines)} · ")
    assert window.pages.isAncestorOf(QApplication.focusWidget())
    # from elsewhere, with the list out of sight or showing errors alone
    window.go_to(COVER)
    findings.ui.shown.setFocus()
    press(findings.ui.shown, Qt.Key.Key_Down)
    assert findings.shown is Show.ERRORS
    search(window, "mal-06")
    assert (window.here, findings.view.line.key) == (T2, lines[at].key)
    assert findings.shown is Show.ALL
    window.ui.show_findings.trigger()
    window.go_to(COVER)
    search(window, "mal-06")
    assert window.here == T2
    assert said(window).startswith(f"{at + 1} / {len(lines)} · ")
    assert not findings.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert f"{(at + 1) % len(lines) + 1} / {len(lines)} · " in said(window)


def test_a_finding_without_a_form_that_was_searched_for_is_shown_in_the_list(window, monkeypatch):
    of = FindingPlaces.of
    monkeypatch.setattr(
        FindingPlaces, "of", lambda self, finding: None if finding.rule == "MAL-06" else of(self, finding)
    )
    window.session.audited()
    assert window.findings.isHidden()
    search(window, "mal-06")
    findings = window.findings.list
    assert findings.isVisible()
    assert findings.view.hasFocus()
    assert findings.item.rule.id == "MAL-06"
    assert findings.ui.details.isVisible()


def test_what_the_report_lacks_is_counted_apart_everywhere(report, qtbot):
    audited = report.session.audited()
    programme, of_report = audited.counts_of_programme(), audited.counts_of_report()
    assert of_report[Severity.ERROR]
    told = f"{programme[Severity.ERROR]} hata {programme[Severity.WARNING]} uyarı"
    qtbot.waitUntil(lambda: report.ui.show_findings.iconText() == f"Kontrol {told}")
    entry = report.navigation.model.entry(report.navigation.model.find(CONTROL))
    assert entry.mark == str(len(audited.open))
    apart = f"; faaliyet raporuna ilişkin: {of_report[Severity.ERROR]} hata"
    assert apart in entry.why
    assert apart in report.ui.show_findings.toolTip()
    report.go_to(CONTROL)
    page = report.pages.page
    assert f"{programme[Severity.ERROR]} hata giderilmeli" in page.state.text()
    totals = {row.cells[0].text: row.cells[1].text for row in page.criteria.rows if "oplam" in row.cells[0].text}
    assert totals["Toplam"] == str(programme[Severity.ERROR])
    assert totals["Faaliyet raporuna ilişkin toplam"] == str(of_report[Severity.ERROR])


# --- the way through them ---------------------------------------------------------------------------------------------


def said(window):
    return window.ui.finding_bar.said.text()


def test_f8_goes_on_from_where_one_stands_and_shift_f8_back(window, findings):
    lines = findings.walked()
    window.go_to(T2)
    at = next(at for at, line in enumerate(lines) if line.item.place.entry == T2)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert said(window) == f"{at + 1} / {len(lines)} · {lines[at].item.finding.sentence()}"
    assert findings.view.line.key == lines[at].key
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.here == lines[at + 1].item.place.entry
    assert said(window).startswith(f"{at + 2} / ")
    QTest.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert findings.view.line.key == lines[at - 1].key
    # the line above the form gives the same commands
    QTest.mouseClick(window.ui.finding_bar.next, Qt.MouseButton.LeftButton)
    assert said(window).startswith(f"{at + 1} / ")
    QTest.mouseClick(window.ui.finding_bar.previous, Qt.MouseButton.LeftButton)
    assert said(window).startswith(f"{at} / ")


def test_f8_needs_no_list_in_sight_and_begins_anew_at_the_end(window):
    window.go_to(COVER)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert said(window).startswith("1 / ")
    assert window.findings.isHidden()
    count = len(window.findings.list.walked())
    QTest.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert said(window).startswith(f"Listenin başına gelindi, sondan · {count} / {count} · ")
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert said(window).startswith(f"Listenin sonuna gelindi, baştan · 1 / {count} · ")
    QTest.mouseClick(window.ui.finding_bar.list, Qt.MouseButton.LeftButton)
    assert window.findings.isVisible()
    assert window.findings.list.view.hasFocus()


def test_the_line_says_how_many_have_no_form(window, findings, monkeypatch):
    of = FindingPlaces.of
    monkeypatch.setattr(
        FindingPlaces, "of", lambda self, finding: None if finding.rule == "MAL-06" else of(self, finding)
    )
    defer(window.session, 1)
    window.go_to(COVER)
    QTest.keyClick(window, Qt.Key.Key_F8)
    lines, counted = findings.walked(), window.session.audited().open
    assert len(lines) == len(counted) - 1
    assert said(window).startswith(f"1 / {len(lines)} (formu olmayan: 1) · ")
    # together as many as stand at the entry of the outline
    assert window.navigation.model.entry(window.navigation.model.find(CONTROL)).mark == str(len(lines) + 1)


def test_f8_follows_the_finding_chosen_in_the_list(window, findings):
    lines = findings.walked()
    line = choose(findings, "TNM-01", 1)
    at = [one.key for one in lines].index(line.key)
    press(findings.view, Qt.Key.Key_Return, "\r")
    assert said(window).startswith(f"{at + 1} / {len(lines)} · ")
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert findings.view.line.key == lines[at + 1].key


def test_f8_goes_on_after_what_is_chosen_in_the_list_whatever_form_is_in_sight(window, findings):
    window.go_to(T2)
    lines = findings.walked()
    line = choose(findings, "TNM-03")
    at = [one.key for one in lines].index(line.key)
    assert window.here == T2
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert findings.view.line.key == lines[at + 1].key
    assert window.here == T1


def test_the_year_that_a_taken_over_text_names_is_chosen_in_it(window):
    session = window.session
    with session.store.step("test"):
        session.store.update("target", session.target("t1").row, description="12027 değil, 2027 yılı")
    window.ui.new_year.trigger()
    window.findChild(NewYear).ui.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    findings = window.pages.page.list
    choose(findings, "YAZ-03")
    press(findings.view, Qt.Key.Key_Return, "\r")
    assert window.here == T1
    cursor = window.focusWidget().textCursor()
    assert (cursor.selectedText(), cursor.selectionStart()) == ("2027", len("12027 değil, "))


def test_a_mended_finding_says_so_and_what_followed_it_comes_next(window, findings):
    choose(findings, "OLC-03")
    press(findings.view, Qt.Key.Key_Return, "\r")
    lines = findings.walked()
    at = [line.item.rule.id for line in lines].index("OLC-03")
    type_in(window.focusWidget(), "12\n")
    assert said(window) == f"Giderildi. Kalan bulgu: {len(lines) - 1}"
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert findings.view.line.key == lines[at + 1].key
    assert said(window).startswith(f"{at + 1} / {len(lines) - 1} · ")


def test_after_an_edit_that_mends_several_what_followed_the_one_in_hand_comes_next(window, findings):
    choose(findings, "OLC-03", 1)
    press(findings.view, Qt.Key.Key_Return, "\r")
    (_first, _second, third) = [line for line in findings.walked() if line.item.rule.id == "OLC-03"]
    # also those that stood before it
    defer(window.session, 1, 2)
    assert said(window).startswith("Giderildi. ")
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert findings.view.line.key == third.key


def test_an_accepted_finding_is_not_called_mended(window, findings):
    choose(findings, "OLC-03")
    press(findings.view, Qt.Key.Key_Return, "\r")
    before = len(findings.walked())
    accept(window.session, "OLC-03")
    assert said(window) == f"Kabul edildi. Kalan bulgu: {before - 1}"


def test_accepted_ones_are_passed_over(window, findings):
    accept(window.session, "MVC-01")
    lines = findings.walked()
    assert "MVC-01" in [line.item.rule.id for line in findings.view.findings.all_lines()][-1:]
    assert len(lines) == len(window.session.audited().open)


def test_the_line_is_gone_with_the_form_and_with_the_file(window, findings):
    choose(findings, "MAL-06")
    press(findings.view, Qt.Key.Key_Return, "\r")
    assert window.ui.finding_bar.isVisible()
    window.go_to(COVER)
    assert window.ui.finding_bar.isHidden()
    window.go_to(T2)
    assert window.ui.finding_bar.isVisible()
    window.files.close()
    assert window.ui.finding_bar.isHidden()
    assert not window.ui.next_finding.isEnabled()


def test_f8_says_that_there_is_nothing(window, monkeypatch):
    session = window.session
    nothing = replace(session.audited(), items=())
    monkeypatch.setattr(type(session), "audited", lambda _session: nothing)
    window.go_to(COVER)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.ui.status.currentMessage() == "Bu programda bulgu yok."
    assert window.here == COVER


def test_f6_leads_from_the_form_into_the_findings(window, findings):
    window.ui.show_outline.setChecked(True)
    window.ui.outline.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.pages.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert findings.view.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.ui.outline.hasFocus()
    window.ui.show_outline.setChecked(False)
    findings.view.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.pages.isAncestorOf(QApplication.focusWidget())
