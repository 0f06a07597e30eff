"""The menus of the window: which of their commands can be given now, and what they are called."""

from typing import Final

from PySide6.QtGui import QAction, QKeySequence

from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.pages.page import Page
from perfdesk.gui.session import Session
from perfdesk.i18n import _, language
from perfdesk.services import deleting_year
from perfdesk.services.places import Key

# the entries whose forms have grids of indicators and activities
_HOLDERS: Final = ("target", "sub_programme")


class Menus:
    """Enables, names and checks the actions of the window; those of grids are ``GridCommands``'."""

    def __init__(self, ui: Ui_MainWindow) -> None:
        self._ui = ui
        ui.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])

    def show_language(self) -> None:
        """Check the language in use."""
        self._ui.turkish.setChecked(language() == "tr")
        self._ui.english.setChecked(language() == "en")

    def show_session(self, session: Session | None, *, is_writing: bool) -> None:
        """Enable what can be done with the open file; nothing is written while ``is_writing``."""
        ui = self._ui
        is_open = session is not None
        ctx = session.context if session else None
        for action in (ui.find, ui.save, ui.save_copy, ui.close_file, ui.restore, ui.show_preview, ui.show_findings):
            action.setEnabled(is_open)
        for action in (ui.new_year, ui.back_up, ui.add_part):
            action.setEnabled(session is not None and not session.read_only)
        for action in (ui.next_finding, ui.previous_finding):
            action.setEnabled(ctx is not None)
        ui.delete_year.setEnabled(
            session is not None and not session.read_only and deleting_year.can_delete(session.municipality)
        )
        printed = (ui.print, ui.print_part, ui.unit_file)
        for action in (ui.export_pdf, ui.export_xlsx, ui.export_docx, ui.papers, *printed, ui.versions):
            action.setEnabled(ctx is not None and not is_writing)
        self.show_undo(session)

    def show_undo(self, session: Session | None) -> None:
        """Name what is taken back and done again next."""
        _show_undo(self._ui.undo, _("&Undo"), _("Undo"), session.undo_label if session else "")
        _show_undo(self._ui.redo, _("&Redo"), _("Redo"), session.redo_label if session else "")

    def show_page(self, page: Page | None, neighbours: tuple[Key | None, Key | None], *, writable: bool) -> None:
        """Enable what can be done with the form shown; ``neighbours`` are the targets before and after it."""
        ui = self._ui
        on_holder = page is not None and page.entry.kind in _HOLDERS
        for action in (ui.add_indicator, ui.add_activity):
            action.setEnabled(on_holder and writable)
        before, after = neighbours
        ui.previous_target.setEnabled(before is not None)
        ui.next_target.setEnabled(after is not None)


def _show_undo(action: QAction, menu_text: str, name: str, label: str) -> None:
    action.setEnabled(bool(label))
    action.setText(f"{menu_text}: {_(label)}" if label else menu_text)
    action.setIconText(name)
    keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()[:1])
    action.setToolTip(f"{name}: {_(label)} ({keys})" if label else f"{name} ({keys})")
