"""Nothing is cut off: on an office screen, at 150 and 200 %, with longer texts, in larger fonts, in either language."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QTableWidget, QVBoxLayout, QWidget
from tests.gui import clipping
from tests.gui.walking import Stop

ROOT = Path(__file__).resolve().parents[2]
SITUATIONS = {
    "office screen": (),
    "nothing entered": ("--kind", "empty"),
    "English": ("--language", "en"),
    "150 %": ("--scale", "1.5"),
    "200 %": ("--scale", "2", "--screen", "1920", "1080"),
    "texts 30 % longer": ("--long",),
    "font 1.5 times": ("--font", "1.5"),
}


@pytest.mark.slow
@pytest.mark.parametrize("arguments", SITUATIONS.values(), ids=SITUATIONS)
def test_nothing_is_cut_off(arguments):
    """Walks in a process of its own: the scale and the screen are set once for each."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.clipping", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    # what the platform without a screen does not support is said at every turn
    said = "\n".join(line for line in done.stderr.splitlines() if "This plugin does not support" not in line)
    assert done.returncode == 0, said
    assert "Traceback" not in said, said
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found.pop() == {"walked": True}, done.stdout
    assert not found, "\n".join("{stop}: {widget} “{text}” {why}".format(**one) for one in found)


# --- that it would be found -------------------------------------------------------------------------------------------


@pytest.fixture
def room(qtbot):
    """A widget with a row of room in which something can be cut off."""
    room = QWidget()
    qtbot.addWidget(room)
    room.setLayout(QHBoxLayout())
    return room


def whys(room):
    room.show()
    return [found.why for found in clipping.lasting(Stop("room", room))]


def test_label_that_is_too_narrow_is_found(room):
    label = QLabel("Performans hedefi")
    room.layout().addWidget(label)
    assert whys(room) == []
    label.setFixedWidth(40)
    assert any("needs a width" in why for why in whys(room))


def test_wrapped_label_that_is_too_low_is_found(room):
    label = QLabel("Bir cümle, üç satıra sığar")
    label.setWordWrap(True)
    label.setFixedSize(80, 16)
    room.layout().addWidget(label)
    assert any("needs a height" in why for why in whys(room))


def test_wrapped_label_with_too_long_a_word_is_found(room):
    label = QLabel("Yeniden\ndeğerlendirilmeyenlerden")
    label.setWordWrap(True)
    label.setFixedSize(60, 200)
    room.layout().addWidget(label)
    assert any("a word of" in why for why in whys(room))


def test_button_that_is_too_narrow_is_found(room):
    button = QPushButton("Kopya olarak aç…")
    button.setFixedWidth(30)
    room.layout().addWidget(button)
    assert any("needs a width" in why for why in whys(room))


def test_head_that_is_too_narrow_is_found_unless_its_tooltip_has_it_all(room):
    table = QTableWidget(1, 1)
    table.setHorizontalHeaderLabels(["Gerçekleşmeyen"])
    table.setColumnWidth(0, 30)
    room.layout().addWidget(table)
    assert any("Gerçekleşmeyen" in why for why in whys(room))
    table.horizontalHeaderItem(0).setToolTip("Gerçekleşmeyen")
    assert whys(room) == []


def test_content_that_is_wider_than_its_page_is_found(room):
    page, content = QScrollArea(), QWidget()
    QVBoxLayout(content).addWidget(QLabel("Performans hedefinin açıklaması"))
    page.setWidget(content)
    page.setWidgetResizable(True)
    page.setFixedWidth(60)
    room.layout().addWidget(page)
    assert any("too narrow for its content" in why for why in whys(room))


def test_neighbours_over_each_other_are_found(room):
    one, other = QLabel("Bir"), QLabel("İki")
    room.layout().addWidget(one)
    room.layout().addWidget(other)
    room.show()
    other.move(one.pos())
    assert any("lies over" in found.why for found in clipping.clipped(Stop("room", room)))


def test_window_larger_than_its_screen_is_found(room):
    room.setMinimumWidth(room.screen().availableSize().width())
    assert any("the screen has" in why for why in whys(room))


def test_longer_texts_keep_what_is_filled_in():
    assert clipping.longer("&Open “{file}” now") == "&Openpe “{file}” nowo"
    assert clipping.longer("<b>Aç</b> (*.perfdesk) Ctrl+O") == "<b>Açç</b> (*.perfdesk) Ctrl+O"
