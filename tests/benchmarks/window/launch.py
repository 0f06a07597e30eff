"""One start, in a process of its own: until the window is painted and its event loop has nothing left to do.

Started as ``launch.py perfdesk [FILE]`` or ``launch.py bare``; prints seconds since BEGAN, and of processor time.
"""

import json
import os
import sys
import time
from typing import Any

SIZE = (1366, 740)
# what a form shows at once
ROWS, COLUMNS = 40, 10
# passes of the event loop without a paint, after which nothing more comes
_QUIET = 5


def bare() -> None:
    """Show a window with one table, by PySide6 and nothing else."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    application = QApplication([])
    window, table = QMainWindow(), QTableView()
    model = QStandardItemModel(ROWS, COLUMNS)
    for row in range(ROWS):
        for column in range(COLUMNS):
            model.setItem(row, column, QStandardItem(f"{row} {column}"))
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(*SIZE)
    window.show()
    _tell_when_idle()
    application.exec()


def perfdesk(arguments: list[str]) -> None:
    """Start the program as its command does."""
    # imported by the program in any case
    from PySide6.QtWidgets import QApplication

    from perfdesk.__main__ import main

    run = QApplication.exec

    def run_and_tell() -> int:
        _tell_when_idle()
        return run()

    QApplication.exec = staticmethod(run_and_tell)  # type: ignore[method-assign, assignment] # the only place to look in
    main(arguments)


def _tell_when_idle() -> None:
    """Print how long it took as soon as nothing is left to do, and end."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class Idle(QObject):
        """Sees the window painted, and then a quiet event loop."""

        def __init__(self) -> None:
            super().__init__()
            self._painted = False
            self._quiet = 0
            self._last = (0, 0.0)
            self._timer = QTimer(self)
            self._timer.timeout.connect(self._on_pass)
            self._timer.start(0)
            for window in QApplication.topLevelWidgets():
                window.installEventFilter(self)

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() in (QEvent.Type.Paint, QEvent.Type.UpdateRequest):
                self._painted, self._quiet = True, 0
            return False

        def _on_pass(self) -> None:
            if not self._quiet:
                self._last = (time.monotonic_ns(), time.process_time())
            self._quiet += self._painted
            if self._quiet > _QUIET:
                began = int(os.environ["BEGAN"])
                result: dict[str, Any] = {"wall": (self._last[0] - began) / 1e9, "processor": self._last[1]}
                sys.stdout.write(json.dumps(result) + "\n")
                sys.stdout.flush()
                # what closing costs is not asked
                os._exit(0)

    QApplication.instance().idle = Idle()  # type: ignore[union-attr] # kept as long as the application


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        perfdesk(sys.argv[2:])
