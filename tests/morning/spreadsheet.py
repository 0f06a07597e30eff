"""A spreadsheet's part in copying: a process that owns the clipboard until it is ended.

spreadsheet.py HTML TEXT TOLD: offers the cells of the two files as LibreOffice does, and makes the file TOLD when the
clipboard is its own.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

html, text, told = map(Path, sys.argv[1:])
application = QGuiApplication(["spreadsheet"])
application.setQuitOnLastWindowClosed(False)
mime = QMimeData()
mime.setHtml(html.read_text("utf-8"))
mime.setText(text.read_text("utf-8"))
clipboard = application.clipboard()
clipboard.dataChanged.connect(told.touch)
clipboard.setMimeData(mime)
application.exec()
