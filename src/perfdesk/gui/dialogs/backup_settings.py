"""Where backups lie, how many are kept, and how often one is made."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui import colours, settings, sizes
from perfdesk.gui.forms.ui_backup_settings import Ui_BackupSettings
from perfdesk.gui.headings import colour_text, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.gui.refused import refusal
from perfdesk.gui.settings import Settings
from perfdesk.i18n import _
from perfdesk.services.files import backing_up


class BackupSettings(QDialog):
    """Asks; ``kept`` tells that the settings are others now."""

    kept = Signal()

    def __init__(self, own: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = own
        self.ui = ui = Ui_BackupSettings()
        ui.setupUi(self)
        offer_help(self, "backups")
        make_quiet(ui.explanation)
        make_quiet(ui.folder_note)
        colour_text(ui.problem, colours.wrong(self.palette()))
        ui.problem.hide()
        ui.number.setRange(settings.FEWEST_BACKUPS, settings.MOST_BACKUPS)
        ui.hours.setRange(1, settings.MOST_BACKUP_HOURS)
        ui.folder.setText(str(own.backup_folder))
        ui.number.setValue(own.backups_kept)
        ui.hours.setValue(own.backup_hours)
        ui.choose.clicked.connect(self.choose_folder)
        ui.usual.clicked.connect(lambda: ui.folder.setText(str(settings.default_backup_folder())))
        ui.folder.textChanged.connect(ui.problem.hide)
        ui.buttons.accepted.connect(self.accept)
        sizes.fit(self)

    def choose_folder(self) -> None:
        """Ask for another folder."""
        name = QFileDialog.getExistingDirectory(self, _("Folder of the backups"), self.ui.folder.text())
        if name:
            self.ui.folder.setText(str(Path(name)))

    def accept(self) -> None:
        """Keep the settings; a folder that cannot be used is told, and stays as typed."""
        ui = self.ui
        folder = Path(ui.folder.text().strip())
        try:
            backing_up.check_folder(folder)
        except UserError as error:
            ui.problem.setText(refusal(error.sentence()))
            ui.problem.show()
            ui.folder.setFocus()
            ui.folder.selectAll()
            return
        self._settings.backup_folder = folder
        self._settings.backups_kept = ui.number.value()
        self._settings.backup_hours = ui.hours.value()
        self.kept.emit()
        super().accept()
