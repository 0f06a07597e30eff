"""A command of a form whose button stands in the head of a grid."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from perfdesk.gui.grid.grid_section import GridSection
from perfdesk.gui.pages.page import Page


def head_command(page: Page, section: GridSection, text: str, name: str, slot: Callable[[], object]) -> QAction:
    """Return a command of a form, called ``name`` in the menu and ``text`` on its button in the head of a grid."""
    action = QAction(name, page)
    action.setIconText(text)
    action.setEnabled(not page.session.read_only)
    action.triggered.connect(lambda _checked=False: slot())
    button = QToolButton()
    button.setDefaultAction(action)
    button.setText(text)
    button.setAccessibleName(name.rstrip("…"))
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    section.head.insertWidget(2, button)
    return action
