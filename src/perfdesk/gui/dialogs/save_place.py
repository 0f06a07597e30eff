"""Asks where a file is to be written; what stands there already is never replaced without a question."""

from collections.abc import Callable, Iterable
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
    dialog.fileSelected.connect(lambda name: _take(parent, Path(name), suffix, then))
    _open(dialog)
    return dialog


def ask_folder(
    parent: QWidget,
    title: str,
    proposed: Path,
    places: Callable[[Path], Iterable[Path]],
    then: Callable[[Path], object],
) -> QFileDialog:
    """Ask for a folder that several files are to be written into; the program does not wait for the answer.

    Args:
        parent: the window.
        title: what the dialog is called.
        proposed: the folder it begins with.
        places: gives the files that are going to be in a folder.
        then: gets the folder.
    """
    dialog = QFileDialog(parent, title, str(proposed))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: _take_folder(parent, Path(name), places, then))
    _open(dialog)
    return dialog


def _open(dialog: QFileDialog) -> None:
    table = dialog.findChild(QTreeView)
    if table is not None:
        # where the system has no dialog of its own, Qt's cuts off dates and sizes
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    dialog.open()


def _take_folder(
    parent: QWidget, folder: Path, places: Callable[[Path], Iterable[Path]], then: Callable[[Path], object]
) -> None:
    existing = [place for place in places(folder) if place.exists()]
    if not existing:
        then(folder)
        return
    question = _("“{file}” exists already. Replace it?").format(file=existing[0].name)
    if len(existing) > 1:
        question = _("{count} of these files exist already. Replace them?").format(count=len(existing))
    _ask_to_replace(parent, question, folder, lambda: then(folder))


def _take(parent: QWidget, chosen: Path, suffix: str, then: Callable[[Path], object]) -> None:
    path = naming.file_name(chosen, suffix)
    if path == chosen or not path.exists():
        then(path)
        return
    # a name with a point in it, as "T.C. Ilgın", counts as one with a suffix for the dialog, which asked about another
    question = _("“{file}” exists already. Replace it?").format(file=path.name)
    _ask_to_replace(parent, question, path.parent, lambda: then(path))


def _ask_to_replace(parent: QWidget, question: str, folder: Path, then: Callable[[], object]) -> None:
    box = QMessageBox(QMessageBox.Icon.Warning, "perfdesk", question)
    box.setParent(parent, box.windowFlags())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(str(folder))
    replace = box.addButton(_("&Replace"), QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    replace.clicked.connect(then)
    box.open()
