"""Geri yükle: the backups of a file, what differs in the chosen one, and taking it over or opening it beside."""

import html
from decimal import Decimal
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QPushButton, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Municipality
from perfdesk.gui import colours, file_kinds, moments, sizes
from perfdesk.gui.dialogs import save_place
from perfdesk.gui.forms.ui_restore import Ui_Restore
from perfdesk.gui.headings import colour_text, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.gui.refused import refusal
from perfdesk.gui.session import Session
from perfdesk.gui.settings import Settings
from perfdesk.i18n import N_, _
from perfdesk.services.files import backing_up
from perfdesk.services.files.comparing import Difference
from perfdesk.services.output import naming
from perfdesk.storage.backups import Backup

_BACKUP: Final = Qt.ItemDataRole.UserRole
# while the arrows run through the list nothing is compared, in milliseconds
_PAUSE: Final = 150
_HEADS: Final = (N_("Date and time"), N_("Why"), N_("Size"))


class RestoreDialog(QDialog):
    """Shows the backups of a file; without a session of one that cannot be opened.

    ``restored`` carries the backup that was taken over (the session has told its change by then; without one the file
    can be opened now), ``copied`` the path of a copy to open.
    """

    restored = Signal(object)
    copied = Signal(object)

    def __init__(self, file: Path, session: Session | None, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._file = file
        self._session = session
        self._folder = settings.backup_folder
        self._compared: dict[Path, list[Difference] | UserError] = {}
        # where what a closed file held before is kept, once a backup is in its place
        self.kept: Path | None = None
        self.ui = ui = Ui_Restore()
        ui.setupUi(self)
        offer_help(self, "backups")
        make_quiet(ui.explanation)
        colour_text(ui.problem, colours.wrong(self.palette()))
        ui.problem.hide()
        ui.explanation.setText(self._explained())
        self.restore = QPushButton(_("&Restore"))
        self.copy = QPushButton(_("&Open as a copy…"))
        ui.buttons.addButton(self.restore, QDialogButtonBox.ButtonRole.AcceptRole)
        ui.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.restore.clicked.connect(self.restore_chosen)
        self.copy.clicked.connect(self.choose_copy)
        self._compare = QTimer(self)
        self._compare.setSingleShot(True)
        self._compare.setInterval(_PAUSE)
        self._compare.timeout.connect(self._show_differences)
        self._list()
        sizes.fit(self)

    def _explained(self) -> str:
        if self._session is None:
            return _(
                "“{file}” cannot be opened as it is. Restoring puts the backup in its place; what is there now is kept "
                "beside it."
            ).format(file=self._file.name)
        if self._session.read_only:
            return _(
                "“{file}” is open for reading only: nothing can be restored into it, but a backup can be opened as a "
                "copy."
            ).format(file=self._file.name)
        return _(
            "Restoring brings “{file}” back to what it was. The present state is backed up first, and the restoring "
            "can be undone like any other change."
        ).format(file=self._file.name)

    # --- the list ---------------------------------------------------------------------------------------------------

    def _list(self) -> None:
        ui = self.ui
        model = QStandardItemModel(0, len(_HEADS), self)
        model.setHorizontalHeaderLabels([_(head) for head in _HEADS])
        try:
            found = backing_up.backups(self._file, self._folder)
        except UserError as error:
            found = []
            ui.empty.setText(error.sentence())
        else:
            ui.empty.setText(
                _("There are no backups of this file yet. They are made by themselves in “{folder}”.").format(
                    folder=self._folder
                )
            )
        for backup in found:
            model.appendRow(_row(backup))
        ui.empty.setVisible(not found)
        ui.backups.setModel(model)
        head = ui.backups.header()
        head.setStretchLastSection(False)
        for column in range(len(_HEADS)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        ui.backups.selectionModel().currentRowChanged.connect(self._on_current)
        for widget in (ui.explanation, ui.backups, ui.backups_label, ui.differences, ui.differences_label):
            widget.setVisible(bool(found))
        if found:
            ui.backups.setCurrentIndex(model.index(0, 0))
            ui.backups.setFocus()
        else:
            ui.column.insertStretch(ui.column.indexOf(ui.buttons))
            self.resize(self.width(), 0)
        self._enable()

    def chosen(self) -> Backup | None:
        """Return the backup chosen in the list."""
        found: Backup | None = self.ui.backups.currentIndex().siblingAtColumn(0).data(_BACKUP)
        return found

    def _on_current(self, _index: QModelIndex) -> None:
        self.ui.problem.hide()
        self.ui.differences.setPlainText(_("Comparing…"))
        self._enable()
        self._compare.start()

    def _enable(self) -> None:
        backup = self.chosen()
        # what is damaged has said so by now, or says so when it is taken
        known = self._compared.get(backup.path) if backup else None
        usable = backup is not None and backup.whole and not isinstance(known, UserError)
        self.copy.setEnabled(usable)
        self.restore.setEnabled(usable and known != [] and not (self._session is not None and self._session.read_only))

    # --- what differs -----------------------------------------------------------------------------------------------

    def _show_differences(self) -> None:
        backup = self.chosen()
        if backup is None:
            return
        if backup.path not in self._compared:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                self._compared[backup.path] = backing_up.difference(self._now(), backup)
            except UserError as error:
                self._compared[backup.path] = error
            finally:
                QGuiApplication.restoreOverrideCursor()
        found = self._compared[backup.path]
        if isinstance(found, UserError):
            self.ui.differences.setPlainText(found.sentence())
        elif found:
            self.ui.differences.setHtml(_written(found))
        else:
            self.ui.differences.setPlainText(_("Nothing differs: the file holds just what this backup holds."))
        self._enable()

    def _now(self) -> Municipality | None:
        return self._session.municipality if self._session is not None else None

    # --- taking it --------------------------------------------------------------------------------------------------

    def restore_chosen(self) -> None:
        """Take the chosen backup over; what goes wrong is told here, and the file is as it was."""
        backup = self.chosen()
        if backup is None:
            return
        try:
            if self._session is None:
                self.kept = backing_up.restore_closed(self._file, backup)
            else:
                backing_up.restore(self._session.store, backup, self._folder)
        except UserError as error:
            self._tell(error)
            return
        self.restored.emit(backup)
        self.accept()

    def choose_copy(self) -> None:
        """Ask where to, save the chosen backup there, and have it opened."""
        backup = self.chosen()
        if backup is None:
            return
        proposed = self._file.with_name(f"{self._file.stem} {backup.when:%Y-%m-%d %H%M}{self._file.suffix}")
        save_place.ask(
            self, _("Open a backup as a copy"), proposed, _(file_kinds.PROGRAMMES), naming.SUFFIX, self.save_copy
        )

    def save_copy(self, path: Path) -> None:
        """Save the chosen backup as a file of its own and have it opened."""
        backup = self.chosen()
        if backup is None:
            return
        try:
            backing_up.save_as(backup, path)
        except UserError as error:
            self._tell(error)
            return
        self.copied.emit(path)
        self.accept()

    def _tell(self, error: UserError) -> None:
        self.ui.problem.setText(refusal(error.sentence()))
        self.ui.problem.show()


def _row(backup: Backup) -> list[QStandardItem]:
    why = _(backing_up.REASONS[backup.reason])
    texts = (
        moments.said(backup.when),
        why if backup.whole else _("{why}; ! damaged").format(why=why),
        _size(backup.size),
    )
    items = [QStandardItem(text) for text in texts]
    items[0].setData(backup, _BACKUP)
    items[2].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return items


def _size(size: int) -> str:
    return f"{format_number(Decimal(size) / 1_000_000, 1)} MB"


def _written(differences: list[Difference]) -> str:
    """Return the sentences under the years they are about."""
    parts: list[str] = []
    year: int | None = None
    for difference in differences:
        if difference.year != year:
            year = difference.year
            head = _("{year} programme").format(year=year) if year else _("Common to all years")
            parts.append(f"<p style='margin-bottom: 2px'><b>{html.escape(head)}</b></p>")
        parts.append(f"<p style='margin: 0 0 2px 12px'>{html.escape(difference.sentence)}</p>")
    return "".join(parts)
