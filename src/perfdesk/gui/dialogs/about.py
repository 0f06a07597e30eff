"""What the program is."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from perfdesk import __version__
from perfdesk.i18n import _


def show_about(parent: QWidget) -> QMessageBox:
    """Say what the program is."""
    text = _("perfdesk {version}\nPerformance programmes of municipalities").format(version=__version__)
    box = QMessageBox(QMessageBox.Icon.NoIcon, _("About perfdesk"), text, QMessageBox.StandardButton.Close, parent)
    box.setInformativeText(_("Licence: Apache-2.0. Uses Qt {qt} under the LGPL.").format(qt=qVersion()))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
