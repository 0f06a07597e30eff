"""All of the window can be used by the keyboard alone and read out; no letter of Alt stands for two things."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from tests.gui import access, walking
from tests.gui.hands import press
from tests.gui.walking import Stop

from perfdesk.i18n import LANGUAGES

# what is asked of every stop of the walk
QUESTIONS = (access.nameless, access.lost_labels, access.ambiguous, access.unreachable, access.disorderly)


@pytest.mark.parametrize("kind", [walking.SAMPLE, walking.EMPTY])
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_used_by_keyboard_and_read_out(qapp, tmp_path, language, kind):
    with walking.speaking(language):
        walk = walking.Walk(walking.make_file(tmp_path, kind), few=True)
        found = [problem for stop in walk.everything() for question in QUESTIONS for problem in question(stop)]
        walk.close()
    # what stands on every form is said once
    assert not found, "\n".join({problem.split(": ", 1)[1]: problem for problem in found}.values())


def test_escape_closes_every_dialog_and_one_answer_is_proposed(qapp, tmp_path):
    walk = walking.Walk(walking.make_file(tmp_path, walking.SAMPLE), few=True)
    walk.open()
    stay, unanswered = [], []
    for stop in walk.dialogs():
        dialog = stop.shown
        if not isinstance(dialog, QDialog):
            continue
        boxes = dialog.findChildren(QDialogButtonBox)
        buttons = [button for box in boxes for button in box.buttons() if isinstance(button, QPushButton)]
        # where nothing can be done yet, Enter does nothing
        if any(button.isEnabled() for button in buttons) and not any(b.isDefault() or b.autoDefault() for b in buttons):
            unanswered.append(stop.name)
        press(dialog, Qt.Key.Key_Escape)
        walking.settle()
        if shiboken6.isValid(dialog) and dialog.isVisible():
            stay.append(stop.name)
    walk.close()
    assert not stay
    assert not unanswered


def test_keyboard_is_seen_wherever_it_is(qapp, tmp_path):
    """What has the keyboard looks different from what has not."""
    walk = walking.Walk(walking.make_file(tmp_path, walking.SAMPLE), few=True)
    walk.open()
    unseen = set()
    for stop in walk.entries():
        if stop.shown is not walk.window:
            continue
        walk.window.activateWindow()
        walking.wait_until(walk.window.isActiveWindow)
        for widget in access.focusable(walk.window.pages.page):
            if not access.is_seen(widget):
                unseen.add(access.called(widget))
    walk.close()
    assert not unseen


# --- that it would be found -------------------------------------------------------------------------------------------


@pytest.fixture
def form(qtbot):
    form = QWidget()
    qtbot.addWidget(form)
    QVBoxLayout(form)
    form.show()
    return form


def put(form, *widgets):
    for widget in widgets:
        form.layout().addWidget(widget)
    walking.settle()


def test_field_without_a_name_is_found(form):
    field = QLineEdit()
    put(form, field)
    assert list(access.nameless(Stop("form", form))) != []
    field.setAccessibleName("Başlık")
    assert list(access.nameless(Stop("form", form))) == []


def test_label_gives_its_field_a_name_and_its_letter(form):
    fields, label, field = QFormLayout(), QLabel("&Başlık"), QLineEdit()
    label.setBuddy(field)
    fields.addRow(label, field)
    form.layout().addLayout(fields)
    walking.settle()
    assert list(access.nameless(Stop("form", form))) == []
    assert list(access.lost_labels(Stop("form", form))) == []
    label.setBuddy(None)
    assert list(access.lost_labels(Stop("form", form))) != []


def test_letter_for_two_things_is_found(form):
    put(form, QPushButton("&Aç"), QPushButton("K&apat"))
    assert "Alt+A" in next(access.ambiguous(Stop("form", form)))


def test_letter_for_two_commands_of_a_menu_is_found(form):
    menu = QMenu(form)
    menu.addActions([QAction("&Aç", menu), QAction("Kay&det", menu)])
    assert list(access.ambiguous(Stop("menu", menu))) == []
    menu.addAction("K&apat")
    assert "Alt+A" in next(access.ambiguous(Stop("menu", menu)))


def test_tab_that_goes_back_up_is_found(form):
    fields = [QLineEdit() for _n in range(3)]
    for field in fields:
        field.setFixedHeight(40)
    put(form, *fields)
    assert list(access.disorderly(Stop("form", form))) == []
    QWidget.setTabOrder(fields[2], fields[1])
    assert list(access.disorderly(Stop("form", form))) != []
