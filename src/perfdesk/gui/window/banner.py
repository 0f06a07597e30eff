"""Lines above the forms that say what holds for the whole file: why it is only read, where it lies in danger."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from perfdesk.gui import colours
from perfdesk.gui.headings import colour_ground
from perfdesk.i18n import _


class Banner(QWidget):
    """Shows any number of lines, each with a command where one helps; a line can be put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        # the lines that are of no more use once somebody works in the file
        self._passing: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 4)
        self._column.setSpacing(4)
        self._colour()
        self.hide()

    def clear(self) -> None:
        """Say nothing any more."""
        for line in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._column.removeWidget(line)
            line.deleteLater()
        self._passing.clear()
        self.hide()

    def add(
        self,
        text: str,
        command: str = "",
        run: Callable[[], object] | None = None,
        *,
        until: SignalInstance | None = None,
    ) -> None:
        """Say a line, with the name of a command that helps; it goes with the first change that ``until`` carries."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(label, 1)
        if command and run is not None:
            button = QPushButton(command)
            button.clicked.connect(lambda _checked=False: run())
            row.addWidget(button)
        away = QToolButton()
        away.setText("×")
        away.setAutoRaise(True)
        away.setToolTip(_("Put this line away"))
        away.setAccessibleName(_("Put this line away"))
        away.clicked.connect(lambda _checked=False: self._remove(line))
        row.addWidget(away)
        self._column.addWidget(line)
        if until is not None:
            self._passing.append(line)
            until.connect(self._drop_passing)
        self.show()

    def texts(self) -> list[str]:
        """Return the lines that are shown."""
        return [label.text() for label in self.findChildren(QLabel) if label.isVisibleTo(self)]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def _colour(self) -> None:
        colour_ground(self, colours.tint(QApplication.palette(), 0.2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the line away that has the keyboard."""
        focus = QApplication.focusWidget()
        line = focus.parentWidget() if focus is not None and self.isAncestorOf(focus) else None
        if event.key() == Qt.Key.Key_Escape and line is not None:
            self._remove(line)
        else:
            super().keyPressEvent(event)

    def _drop_passing(self, change: object) -> None:
        # without a change it is only another year that is shown
        if change is not None:
            for line in list(self._passing):
                self._remove(line)

    def _remove(self, line: QWidget) -> None:
        if line in self._passing:
            self._passing.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.setVisible(self._column.count() > 0)
