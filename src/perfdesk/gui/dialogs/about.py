"""What the program is, and its keys."""

from typing import Final

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from perfdesk import __version__
from perfdesk.i18n import N_, _

_KEYS: Final = (
    (N_("Enter, Shift+Enter"), N_("save the entry, go down or up; below the last row a new one begins")),
    (N_("Tab, Shift+Tab"), N_("next or previous cell that can be typed in")),
    (N_("F2"), N_("change the entry without replacing it")),
    (N_("Esc"), N_("take back what is being typed; give up a wrong entry")),
    (N_("Del"), N_("empty the selected cells")),
    (N_("Home, End"), N_("first or last cell of the row")),
    (N_("Alt+Enter"), N_("new line within a cell")),
    (N_("Ctrl+D"), N_("fill down from the top cell of the selection")),
    (N_("Ctrl+Shift+Up/Down"), N_("move the row")),
    (N_("Ctrl+-"), N_("delete the row")),
    (N_("Ctrl+C"), N_("copy the selected block")),
    (N_("Ctrl+Z, Ctrl+Y"), N_("undo, redo")),
    (N_("Alt+PgUp, Alt+PgDown"), N_("previous or next target")),
)


def show_about(parent: QWidget) -> QMessageBox:
    """Say what the program is."""
    text = _("perfdesk {version}\nPerformance programmes of municipalities").format(version=__version__)
    box = QMessageBox(QMessageBox.Icon.NoIcon, _("About perfdesk"), text, QMessageBox.StandardButton.Close, parent)
    box.setInformativeText(_("Licence: Apache-2.0. Uses Qt {qt} under the LGPL.").format(qt=qVersion()))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def show_keys(parent: QWidget) -> QDialog:
    """List the keys of the grids."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Keyboard"))
    column = QVBoxLayout(dialog)
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    for row, (keys, meaning) in enumerate(_KEYS):
        name = QLabel(_(keys))
        font = name.font()
        font.setBold(True)
        name.setFont(font)
        grid.addWidget(name, row, 0)
        grid.addWidget(QLabel(_(meaning)), row, 1)
    column.addLayout(grid)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    dialog.open()
    return dialog
