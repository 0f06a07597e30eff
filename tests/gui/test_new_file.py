"""The questions before a new file: what is proposed, what is refused, and the file that is made."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel
from tests.gui.hands import press

from perfdesk.gui.dialogs.new_file import NewFile
from perfdesk.storage import files
from perfdesk.tables.layout import LAYOUTS


@pytest.fixture
def dialog(qtbot, tmp_path):
    dialog = NewFile(folder=tmp_path, today=date(2026, 11, 20))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def write(field, text):
    field.setFocus()
    field.selectAll()
    for letter in text:
        press(field, Qt.Key.Key_unknown, letter)


def make(dialog):
    dialog.ui.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def test_file_is_made_from_the_answers(dialog, tmp_path, qtbot):
    write(dialog.ui.name, "Ilgın Belediyesi")
    dialog.ui.kind.setCurrentIndex(dialog.ui.kind.findData("town"))
    dialog.layouts.button(LAYOUTS.index("plain")).click()
    with qtbot.waitSignal(dialog.made) as made:
        make(dialog)
    assert made.args == [tmp_path / "Ilgın Belediyesi.perfdesk"]
    assert dialog.result() == dialog.DialogCode.Accepted
    with files.open_store(made.args[0], writable=False) as store:
        municipality = store.load()
    assert (municipality.administration.name, municipality.administration.kind) == ("Ilgın Belediyesi", "town")
    assert [(plan.first_year, plan.last_year) for plan in municipality.plans] == [(2025, 2029)]
    assert [(programme.year, programme.layout) for programme in municipality.programmes] == [(2027, "plain")]


def test_period_follows_the_year_until_it_is_typed(dialog):
    ui = dialog.ui
    assert (ui.year.text(), ui.first_year.text(), ui.last_year.text()) == ("2027", "2025", "2029")
    write(ui.year, "2031")
    assert (ui.first_year.text(), ui.last_year.text()) == ("2030", "2034")
    write(ui.last_year, "2033")
    write(ui.year, "2027")
    assert (ui.first_year.text(), ui.last_year.text()) == ("2030", "2033")


def test_place_follows_the_name_until_it_is_typed(dialog, tmp_path):
    ui = dialog.ui
    write(ui.name, "T.C. Ilgın: Belediyesi")
    assert ui.place.text() == str(tmp_path / "T.C. Ilgın Belediyesi.perfdesk")
    write(ui.place, str(tmp_path / "x"))
    write(ui.name, "Başka")
    assert ui.place.text() == str(tmp_path / "x")


@pytest.mark.parametrize(
    ("field", "typed", "label", "said"),
    [
        ("name", " ", "name_said", "ad"),
        ("year", "27", "year_said", "“27”"),
        ("year", "2027,5", "year_said", "“2027,5”"),
        ("last_year", "2024", "first_year_said", "ilk yıl"),
        ("first_year", "2028", "first_year_said", "2027"),
        ("place", "yalnız-ad", "place_said", "klasör"),
        ("place", "/yok/a.perfdesk", "place_said", "/yok"),
    ],
)
def test_wrong_answer_gets_a_sentence_and_stays(dialog, tmp_path, field, typed, label, said):
    write(dialog.ui.name, "Ilgın Belediyesi")
    asked = getattr(dialog.ui, field)
    write(asked, typed)
    make(dialog)
    shown = getattr(dialog.ui, label)
    assert shown.isVisible()
    assert said in shown.text()
    assert asked.text() == typed
    assert dialog.result() != dialog.DialogCode.Accepted
    assert list(tmp_path.iterdir()) == []


def test_taken_name_is_refused_and_the_file_stays(dialog, tmp_path):
    taken = tmp_path / "Ilgın.perfdesk"
    taken.write_text("benim")
    write(dialog.ui.name, "Ilgın")
    make(dialog)
    assert dialog.ui.place_said.isVisible()
    assert taken.read_text() == "benim"


def test_capitals_are_a_hint_and_no_obstacle(dialog, qtbot):
    write(dialog.ui.name, "ILGIN BELEDİYESİ")
    dialog.ui.year.setFocus()
    assert "Ilgın Belediyesi" in dialog.ui.name_said.text()
    dialog.ui.name_said.linkActivated.emit("#")
    assert dialog.ui.name.text() == "Ilgın Belediyesi"
    write(dialog.ui.name, "ILGIN BELEDİYESİ")
    with qtbot.waitSignal(dialog.made):
        make(dialog)


def test_sentence_goes_when_its_field_is_changed(dialog):
    make(dialog)
    assert dialog.ui.name_said.isVisible()
    write(dialog.ui.name, "I")
    assert not dialog.ui.name_said.isVisible()


def test_every_layout_says_how_it_differs(dialog):
    assert len(dialog.layouts.buttons()) == len(LAYOUTS)
    assert all(button.accessibleDescription() for button in dialog.layouts.buttons())


def test_every_field_has_a_name_and_a_label(dialog):
    buddies = {label.buddy() for label in dialog.findChildren(QLabel)}
    for field in (dialog.ui.name, dialog.ui.kind, dialog.ui.year, dialog.ui.first_year, dialog.ui.place):
        assert field.accessibleName()
        assert field in buddies
    assert dialog.ui.last_year.accessibleName()
