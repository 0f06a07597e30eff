"""The commands that belong to the form shown, and the way of the keyboard between it and the outline."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.pages.page import Page
from perfdesk.gui.pages.stack import PageStack
from perfdesk.gui.window.findings_pane import FindingsPane


class FormCommands(QObject):
    """Lets the window's menus work on the form shown, and offer what it has to offer."""

    def __init__(self, ui: Ui_MainWindow, pages: PageStack, findings: FindingsPane, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self._pages = pages
        self._findings = findings
        ui.programme_menu.aboutToShow.connect(self._fill_form_menu)
        ui.outline.menu_wanted.connect(self._fill_entry_menu)
        ui.outline.form_wanted.connect(self.begin)
        ui.all_codes.toggled.connect(self._on_all_codes)
        pages.page_made.connect(self._on_page_made)
        for action, slot in (
            (ui.add_indicator, lambda: self._add_row("indicator")),
            (ui.add_activity, lambda: self._add_row("activity")),
            (ui.other_side, self._go_to_other_side),
        ):
            action.triggered.connect(lambda _checked=False, slot=slot: slot())

    def begin(self) -> None:
        """Put the keyboard into the first field of the form."""
        if self._pages.page is not None:
            self._pages.page.begin(first=True)

    def _go_to_other_side(self) -> None:
        """Put the keyboard into the form, from there into the findings where they are shown, and back."""
        outline, focus = self._ui.outline, QApplication.focusWidget()
        in_form = focus is not None and self._pages.isAncestorOf(focus)
        if outline.hasFocus() and self._pages.page is not None:
            self._pages.page.begin()
        elif in_form and self._findings.isVisible():
            self._findings.begin()
        elif outline.isHidden() and self._pages.page is not None and not in_form:
            self._pages.page.begin()
        else:
            outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self, table: str) -> None:
        if self._pages.page is not None:
            self._pages.page.begin_row(table)

    def _fill_form_menu(self) -> None:
        menu, page = self._ui.form_menu, self._pages.page
        # clear() would take the form's own commands for the menu's, and let go of them
        for action in menu.actions():
            menu.removeAction(action)
        menu.addActions(page.actions_for_menu() if page is not None else [])
        menu.menuAction().setEnabled(bool(menu.actions()))

    def _fill_entry_menu(self, menu: QMenu) -> None:
        if self._pages.page is not None:
            menu.addActions(self._pages.page.actions_for_menu())

    def _on_page_made(self, page: Page) -> None:
        if page.all_codes is not None:
            page.all_codes.setChecked(self._ui.all_codes.isChecked())
            page.all_codes.toggled.connect(self._ui.all_codes.setChecked)

    def _on_all_codes(self, shown: bool) -> None:
        page = self._pages.page
        if page is not None and page.all_codes is not None:
            page.all_codes.setChecked(shown)
