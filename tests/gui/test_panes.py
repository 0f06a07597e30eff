"""The panes side by side: the outline gives way to the preview in a small window, and comes back."""

import pytest

from perfdesk.gui.main_window import MainWindow

SMALL, LARGE = 1366, 1920


@pytest.fixture
def small(window):
    window.resize(SMALL, 740)
    return window


def shown(window):
    return window.ui.outline.isVisible(), window.preview.isVisible()


def test_in_a_small_window_the_outline_gives_way_and_comes_back(qtbot, small):
    width = small.ui.outline.width()
    small.ui.show_preview.trigger()
    assert shown(small) == (False, True)
    assert not small.ui.show_outline.isChecked()
    assert 0.43 < small.preview.width() / SMALL < 0.47
    small.ui.show_preview.trigger()
    assert shown(small) == (True, False)
    assert small.ui.show_outline.isChecked()
    qtbot.waitUntil(lambda: small.ui.outline.width() == width)


def test_an_outline_that_was_hidden_by_hand_stays_hidden(small):
    small.ui.show_outline.trigger()
    small.ui.show_preview.trigger()
    small.ui.show_preview.trigger()
    assert shown(small) == (False, False)


def test_an_outline_called_back_stays_beside_the_preview_from_then_on(small):
    small.ui.show_preview.trigger()
    small.ui.show_outline.trigger()
    assert shown(small) == (True, True)
    small.ui.show_preview.trigger()
    assert shown(small) == (True, False)
    small.ui.show_preview.trigger()
    assert shown(small) == (True, True)
    small.ui.show_outline.trigger()
    small.ui.show_preview.trigger()
    assert shown(small) == (True, False)
    small.ui.show_preview.trigger()
    assert shown(small) == (False, True)


def test_a_large_window_has_room_for_all_and_leaves_most_to_the_form(window):
    window.resize(LARGE, 1000)
    window.ui.show_preview.trigger()
    assert shown(window) == (True, True)
    assert window.pages.width() > window.preview.width() > 600


def test_the_width_somebody_gives_the_preview_is_kept(qtbot, small, file):
    small.ui.show_preview.trigger()
    splitter = small.ui.splitter
    splitter.moveSplitter(SMALL - 500, 2)
    kept = small.preview.width()
    assert 490 < kept < 510
    small.ui.show_preview.trigger()
    small.ui.show_preview.trigger()
    assert abs(small.preview.width() - kept) < 15
    small.close()
    another = MainWindow()
    qtbot.addWidget(another)
    another.resize(SMALL, 740)
    another.show()
    another.open_path(file)
    assert shown(another) == (False, True)
    assert abs(another.preview.width() - kept) < 15
    another.close()


def test_the_outline_comes_back_with_the_next_start(qtbot, small, file):
    small.ui.splitter.moveSplitter(320, 1)
    width = small.ui.outline.width()
    assert width > 300
    small.ui.show_preview.trigger()
    small.close()
    another = MainWindow()
    qtbot.addWidget(another)
    another.resize(SMALL, 740)
    another.show()
    another.open_path(file)
    another.ui.show_preview.trigger()
    assert shown(another) == (True, False)
    qtbot.waitUntil(lambda: abs(another.ui.outline.width() - width) < 3)
    another.close()


def test_the_outline_is_wider_where_the_form_has_room_beside_it(qtbot, file):
    def outline_at(width):
        window = MainWindow()
        qtbot.addWidget(window)
        window.resize(width, 700)
        window.show()
        window.open_path(file)
        outline = window.ui.outline.width()
        window.close()
        return outline

    assert (outline_at(1280), outline_at(SMALL)) == (260, 300)
