"""Where errors go: the user's are a sentence, ours a report that can be copied. The program goes on in both cases."""

import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QPushButton, QWidget

from perfdesk import __version__
from perfdesk.domain.errors import UserError
from perfdesk.gui.forms.ui_error_report import Ui_ErrorReport
from perfdesk.gui.help.offer import offer_help
from perfdesk.i18n import _


def say(parent: QWidget, sentence: str) -> QMessageBox:
    """Show a sentence; the program does not wait for the answer."""
    box = QMessageBox(QMessageBox.Icon.Warning, "perfdesk", sentence, QMessageBox.StandardButton.Ok, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


class ErrorReport(QDialog):
    """Tells of a fault of ours, with everything needed to mend it."""

    def __init__(self, parent: QWidget | None, report: str) -> None:
        super().__init__(parent)
        self.ui = Ui_ErrorReport()
        self.ui.setupUi(self)  # type: ignore[no-untyped-call] # generated
        offer_help(self, "file_safety")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui.report.setPlainText(report)
        copy = QPushButton(_("&Copy report"))
        self.ui.buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))


def install(window: QWidget) -> None:
    """Show what nobody caught. One report at a time: a fault in painting would open hundreds."""
    open_reports: list[ErrorReport] = []

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, UserError):
            say(window, error.sentence())
            return
        sys.__excepthook__(kind, error, trace)
        if open_reports:
            return
        dialog = ErrorReport(window, report(kind, error, trace))
        open_reports.append(dialog)
        dialog.finished.connect(open_reports.clear)
        dialog.open()

    sys.excepthook = show


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return what happened, and on what."""
    lines = traceback.format_exception(kind, error, trace)
    return (
        f"perfdesk {__version__} · Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}\n\n"
        + "".join(lines)
    )
