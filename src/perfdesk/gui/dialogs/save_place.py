"""Asks where a file is to be written; what stands there already is never replaced without a question."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHeaderView, QMessageBox, QTreeView, QWidget

from perfdesk.i18n import _
from perfdesk.services.output import naming


def ask(
    parent: QWidget, title: str, proposed: Path, filter_: str, suffix: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Ask where to, and do ``then`` with the place; the program does not wait for the answer.

    Args:
        parent: the window.
        title: what the dialog is called.
        proposed: the place it begins with.
        filter_: the kind of files, as dialogs name it.
        suffix: what the name is to end with, with its point; it is added where somebody left it out.
        then: gets the place.
    """
    dialog = QFileDialog(parent, title, str(proposed.parent), filter_)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    # so that the dialog itself asks about the file that will be written
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(proposed.name)
    table = dialog.findChild(QTreeView)
    if table is not None:
        # where the system has no dialog of its own, Qt's cuts off dates and sizes
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    dialog.fileSelected.connect(lambda name: _take(parent, Path(name), suffix, then))
    dialog.open()
    return dialog


def _take(parent: QWidget, chosen: Path, suffix: str, then: Callable[[Path], object]) -> None:
    path = naming.file_name(chosen, suffix)
    if path == chosen or not path.exists():
        then(path)
        return
    # a name with a point in it, as "T.C. Ilgın", counts as one with a suffix for the dialog, which asked about another
    box = QMessageBox(
        QMessageBox.Icon.Warning, "perfdesk", _("“{file}” exists already. Replace it?").format(file=path.name)
    )
    box.setParent(parent, box.windowFlags())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(str(path.parent))
    replace = box.addButton(_("&Replace"), QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    replace.clicked.connect(lambda: then(path))
    box.open()
