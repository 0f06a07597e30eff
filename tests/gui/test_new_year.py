"""The dialog of the new year: what it shows is what happens."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox

from perfdesk.domain.new_year import rolled
from perfdesk.gui.dialogs.new_year import NewYear
from perfdesk.services.rolling import NextPlan, Options


@pytest.fixture
def dialog(qtbot, session):
    return _dialog(qtbot, session)


@pytest.fixture
def ending(qtbot, session):
    """The dialog of a file whose plan ends with the last programme."""
    with session.store.step("test"):
        session.store.update("plan", session.municipality.plans[0].row, last_year=2027)
    return _dialog(qtbot, session)


def _dialog(qtbot, session):
    dialog = NewYear(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def ok(dialog):
    return dialog.ui.buttons.button(QDialogButtonBox.StandardButton.Ok)


def type_into(field, text):
    field.setText(text)
    field.textEdited.emit(text)


def cells(table):
    return [[table.item(r, c).text() for c in range(table.columnCount())] for r in range(table.rowCount())]


def test_new_year_is_made_as_wished_in_one_step(dialog, session, qtbot):
    before = session.municipality
    type_into(dialog.ui.rate, "12,5")
    dialog.ui.whole_lira.click()
    dialog.ui.estimates_as_realised.click()
    dialog.ui.notes.click()
    expected = rolled(
        before,
        2028,
        Options(rate=Decimal("12.5"), whole_lira=False, estimates_as_realised=True, notes=False),
    )
    with qtbot.waitSignal(dialog.made) as made:
        ok(dialog).click()
    assert made.args == [2028]
    assert session.year == 2028
    assert session.municipality.programme(2028) == expected
    session.undo()
    assert session.municipality == before


def test_preview_shows_totals_and_moving_values(dialog):
    type_into(dialog.ui.rate, "10")
    sums = cells(dialog.ui.sums)
    assert sums[0][1:] == ["10.050.000", "11.055.000"]
    assert sums[-1][1:] == ["10.050.500", "11.055.550"]
    examples = dialog.ui.examples
    heads = [examples.horizontalHeaderItem(n).text().replace("\n", " ") for n in range(examples.columnCount())]
    assert heads[2] == "2027 programında 2027 hedef"
    assert heads[3].startswith("2028 programında 2026 ")
    assert cells(examples)[0] == ["Gösterge 1 (adet)", "-", "60 bin", "boş", "60 bin", "boş"]
    dialog.ui.targets_as_estimates.click()
    dialog.ui.estimates_as_realised.click()
    assert cells(dialog.ui.examples)[0][1:] == ["-", "60 bin", "-", "boş", "boş"]


def test_kurus_are_shown_where_there_are_some(dialog, session):
    type_into(dialog.ui.rate, "0,07")
    assert dialog.ui.whole_lira.isChecked()
    # 2.400.000 and 3.150.000 become 2.401.680 and 3.152.205
    assert cells(dialog.ui.sums)[-1][2] == "10.057.535"
    dialog.ui.whole_lira.click()
    assert cells(dialog.ui.sums)[-1][1:] == ["10.050.500", "10.057.535,35"]


@pytest.mark.parametrize("typed", ["10", "%10", "% 10", "10 %", " %10 "])
def test_rate_is_read_as_people_write_it(dialog, typed):
    type_into(dialog.ui.rate, typed)
    assert not dialog.ui.rate_said.isVisible()
    assert dialog._options().rate == 10


def test_preview_says_what_is_copied_moved_and_emptied(dialog):
    said = dialog.ui.happens.text()
    assert "2 performans hedefi, 3 gösterge, 4 faaliyet" in said
    assert "3 göstergede 2027 hedefi, 2027 tahmini olarak önerilir" in said
    assert "3 göstergenin 2028 hedefi boş kalır" in said
    dialog.ui.empty_amounts.click()
    assert cells(dialog.ui.sums)[-1][1:] == ["10.050.500", "0"]
    assert not dialog.ui.rate.isEnabled()


@pytest.mark.parametrize("typed", ["", "%", "%%10", "%10%", "yirmi", "1.23", "1e3", "-100,5", "1000,01"])
def test_wrong_rate_gets_a_sentence_stays_and_stops_nothing_else(dialog, session, typed):
    type_into(dialog.ui.rate, typed)
    assert dialog.ui.rate_said.isVisible()
    assert dialog.ui.rate.text() == typed
    assert not ok(dialog).isEnabled()
    assert not dialog.ui.preview.isEnabled()
    type_into(dialog.ui.rate, "-5,5")
    assert ok(dialog).isEnabled()
    assert not dialog.ui.rate_said.isVisible()
    assert not dialog.ui.problem.isVisible()


def test_wrong_rate_does_not_matter_where_amounts_are_left_empty(dialog):
    type_into(dialog.ui.rate, "yirmi")
    dialog.ui.empty_amounts.click()
    assert ok(dialog).isEnabled()


def test_unticked_goal_leaves_its_targets_behind(dialog, session, qtbot):
    goal = dialog.ui.targets.topLevelItem(0)
    second = goal.child(0).child(1)
    second.setCheckState(0, Qt.CheckState.Unchecked)
    assert goal.checkState(0) == Qt.CheckState.PartiallyChecked
    qtbot.waitUntil(lambda: "1 performans hedefi, 3 gösterge" in dialog.ui.happens.text())
    goal.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: "0 performans hedefi" in dialog.ui.happens.text())
    goal.setCheckState(0, Qt.CheckState.Checked)
    second.setCheckState(0, Qt.CheckState.Unchecked)
    ok(dialog).click()
    assert [target.id for target in session.municipality.programme(2028).targets] == ["t1"]


def test_plan_period_is_not_asked_while_one_covers_the_year(dialog):
    assert not dialog.ui.plan.isVisible()


def test_next_plan_period_is_proposed_and_made(ending, session):
    ui = ending.ui
    assert (ui.first_year.text(), ui.last_year.text()) == ("2028", "2030")
    assert "2028-2030" in ui.happens.text()
    type_into(ui.last_year, "2032")
    ok(ending).click()
    plan = session.municipality.plans[-1]
    assert (plan.first_year, plan.last_year) == (2028, 2032)
    assert plan.goals == session.municipality.plans[0].goals
    assert len(session.municipality.programme(2028).targets) == 2


def test_next_plan_without_goals_says_what_is_lost(ending):
    ending.ui.with_goals.click()
    assert "2 performans hedefi aktarılamaz" in ending.ui.happens.text()
    assert "Ağaçlandırmayı artırmak" in ending.ui.happens.text()
    assert ending._options().next_plan == NextPlan(2028, 2030, with_goals=False)


@pytest.mark.parametrize(
    ("field", "typed", "label", "words"),
    [
        ("first_year", "2027", "problem", "2025-2027 dönemiyle çakışamaz"),
        ("last_year", "2027", "period_said", "ilk yılından önce olamaz"),
        ("last_year", "30", "period_said", "“30” bir yıl değil"),
    ],
)
def test_wrong_plan_period_gets_a_sentence(ending, field, typed, label, words):
    type_into(getattr(ending.ui, field), typed)
    said = getattr(ending.ui, label)
    assert said.isVisible()
    assert words in said.text()
    assert not ok(ending).isEnabled()


def test_texts_with_the_old_year_are_listed(dialog, session, qtbot):
    with session.store.step("test"):
        session.store.update(
            "target", session.municipality.programmes[1].targets[0].row, description="2027 yılında dikilecek"
        )
    dialog = _dialog(qtbot, session)
    tree = dialog.ui.mentions
    assert [tree.topLevelItem(n).text(1) for n in range(tree.topLevelItemCount())] == ["2027 yılında dikilecek"]
    assert dialog.ui.tabs.tabText(2).endswith("(1)")


def test_new_year_needs_a_programme_and_a_file_that_can_be_written(session, reading):
    assert NewYear.possible(session)
    assert not NewYear.possible(reading)


def test_nothing_is_cut_on_a_small_screen(dialog):
    dialog.resize(895, 464)
    area = dialog.ui.scroll
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    for button in dialog.ui.choices.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width(), button.text()


def test_every_field_has_a_name(dialog):
    ui = dialog.ui
    for field in (ui.rate, ui.first_year, ui.last_year, ui.targets, ui.mentions, ui.sums, ui.examples):
        assert field.accessibleName()


def test_long_names_of_indicators_are_read_whole(session, qtbot):
    name = "Kırsal nitelikli mahallelerde ilk müdahalenin ortalama başlama süresinin kısaltılması"
    with session.store.step("test"):
        session.store.update("indicator", session.target("t1").indicators[0].row, name=name)
    table = _dialog(qtbot, session).ui.examples

    def fits():
        rows = range(table.rowCount())
        enough = all(table.rowHeight(r) >= table.sizeHintForRow(r) for r in rows)
        return enough and table.rowHeight(0) > table.rowHeight(1) and table.verticalScrollBar().maximum() == 0

    assert table.item(0, 0).text().startswith(name)
    qtbot.waitUntil(fits)
