"""The outline's context menu: the entry is chosen first, by mouse or by the menu key."""

import pytest
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QContextMenuEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication

from perfdesk.gui.window.outline_view import OutlineView


@pytest.fixture
def tree(qtbot):
    tree = OutlineView()
    qtbot.addWidget(tree)
    model = QStandardItemModel(tree)
    for text in ("Sunuş", "Amaç 1"):
        model.appendRow(QStandardItem(text))
    tree.setModel(model)
    tree.setCurrentIndex(model.index(0, 0))
    tree.resize(200, 200)
    tree.show()
    qtbot.waitExposed(tree)
    tree.wanted = []
    return tree


def ask(tree, row=None):
    """Ask for the menu as the mouse does over a row, or as the menu key does."""
    if row is None:
        reason, at = QContextMenuEvent.Reason.Keyboard, tree.rect().center()
    else:
        reason, at = QContextMenuEvent.Reason.Mouse, tree.visualRect(tree.model().index(row, 0)).center()
    event = QContextMenuEvent(reason, at, tree.viewport().mapToGlobal(at), Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(tree.viewport(), event)
    return QApplication.activePopupWidget()


def test_the_entry_under_the_mouse_is_chosen_and_its_commands_are_offered(tree):
    def fill(menu):
        tree.wanted.append(tree.currentIndex().data())
        menu.addAction("Hedefi sil", lambda: tree.wanted.append("silindi"))

    tree.menu_wanted.connect(fill)
    menu = ask(tree, 1)
    assert tree.wanted == ["Amaç 1"]
    assert [action.text() for action in menu.actions()] == ["Hedefi sil"]
    menu.actions()[0].trigger()
    menu.close()
    assert tree.wanted[-1] == "silindi"
    # the menu key is about the entry in hand
    ask(tree).close()
    assert tree.wanted[-1] == "Amaç 1"


def test_an_entry_without_commands_has_no_menu_and_an_entry_that_cannot_be_turned_to_none(tree):
    assert ask(tree, 1) is None
    assert tree.currentIndex().row() == 1
    tree.menu_wanted.connect(tree.wanted.append)
    first = tree.model().index(0, 0)

    def stay(_now, before):
        # as the window does while the form cannot be left
        with QSignalBlocker(tree.selectionModel()):
            tree.setCurrentIndex(before)

    tree.selectionModel().currentChanged.connect(stay)
    assert ask(tree, first.row()) is None
    assert tree.wanted == []


def test_beside_the_entries_there_is_no_menu(tree):
    tree.menu_wanted.connect(tree.wanted.append)
    at = tree.rect().bottomRight() * 0.9
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, tree.viewport().mapToGlobal(at))
    QApplication.sendEvent(tree.viewport(), event)
    assert tree.wanted == []
    assert tree.currentIndex().row() == 0
