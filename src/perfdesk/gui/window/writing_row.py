"""What is being written, shown in a dialog that stays open meanwhile: the bar at the window's foot is out of reach."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from perfdesk.gui.jobs import PER_CENT
from perfdesk.gui.window.exporter import Exporter
from perfdesk.i18n import _


class WritingRow(QWidget):
    """Follows an exporter: what it writes, how far it is, and the way to give it up; nothing in between."""

    def __init__(self, exporter: Exporter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exporter = exporter
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        # a long name of a file makes no dialog wider
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar()
        self.bar.setRange(0, PER_CENT)
        self.bar.setTextVisible(False)
        self.cancel = QPushButton(_("Ca&ncel"))
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(exporter.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 2)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        exporter.progressed.connect(self.bar.setValue)
        exporter.busy_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show what is being written, where something is."""
        if self._exporter.is_busy:
            self.text.setText(self._exporter.said)
            self.text.setToolTip(self._exporter.name)
            self.bar.setAccessibleName(self._exporter.said)
        self.setVisible(self._exporter.is_busy)
