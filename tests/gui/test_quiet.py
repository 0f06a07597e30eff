"""What is said in passing: grey that can be read, and stays so."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from perfdesk.gui import colours
from perfdesk.gui.headings import make_quiet

# what a text of ordinary size needs to be read by weak eyes
LEAST = 4.5


def luminance(colour):
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def shown(label):
    return label.palette().color(QPalette.ColorRole.WindowText)


def test_said_again_it_is_as_grey_as_before(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    make_quiet(label)
    first = shown(label)
    for _turn in range(20):
        make_quiet(label)
    assert shown(label) == first
    assert first == colours.muted(QApplication.palette())


def test_turning_the_targets_keeps_the_colour_of_what_is_said_beside_headings(window):
    page = window.pages.page
    before = shown(page.ui.costs.note)
    for _turn in range(5):
        window.ui.next_target.trigger()
        window.ui.previous_target.trigger()
    assert window.pages.page is page
    assert shown(page.ui.costs.note) == before
    assert contrast(before, page.palette().color(QPalette.ColorRole.Base)) >= LEAST


@pytest.mark.parametrize(
    ("text", "base"), [("#000000", "#ffffff"), ("#ffffff", "#2d2d2d"), ("#ffffff", "#000000"), ("#fcfcfc", "#1b1e20")]
)
def test_grey_can_be_read_on_light_and_dark(text, base):
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    assert contrast(colours.muted(palette), QColor(base)) >= LEAST
