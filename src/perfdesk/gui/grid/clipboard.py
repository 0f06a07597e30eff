"""Blocks of cells on the clipboard: as perfdesk, spreadsheets and texts write them, and as all of them read them."""

import atexit
import json
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from perfdesk.services.paste import pasted_block
from perfdesk.services.paste.pasted_block import Block

# what would be typed for each cell: pasting it in again changes nothing
CELLS: Final = "application/x-perfdesk-cells"
# Excel would make a number of a code such as 01 or 1.2
_TEXT: Final = " style=\"mso-number-format:'\\@'\""
_LINE_END: Final = '<br style="mso-data-placement:same-cell">'


class Copied(NamedTuple):
    """A cell to be copied: what it shows, what would be typed for it, whether it is a number."""

    shown: str = ""
    typed: str = ""
    is_number: bool = False


def put(rows: Sequence[Sequence[Copied]]) -> None:
    """Put cells on the clipboard."""
    QGuiApplication.clipboard().setMimeData(mime_of(rows))


@atexit.register
def _leave_text() -> None:
    """Leave only an object of Qt's own on the clipboard; one of Python's would outlive Python, and crash."""
    if QGuiApplication.instance() is not None:
        board = QGuiApplication.clipboard()
        # none where the platform has gone already, which Qt's stubs do not know
        held: QMimeData | None = board.mimeData()
        if held is not None and held.hasFormat(CELLS):
            board.setText(board.text())


def mime_of(rows: Sequence[Sequence[Copied]]) -> QMimeData:
    """Return cells as a spreadsheet takes them, with tabs as a text does, and as they would be typed."""
    mime = QMimeData()
    mime.setText("\n".join("\t".join(_quoted(cell.shown) for cell in row) for row in rows))
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in rows)
    mime.setHtml(f'<html><head><meta charset="utf-8"></head><body><table>\n{lines}</table></body></html>')
    typed = json.dumps([[cell.typed for cell in row] for row in rows], ensure_ascii=False)
    mime.setData(CELLS, typed.encode())
    return mime


def held() -> QMimeData:
    """Return what is on the clipboard; where there is nothing at all some platforms give no object either."""
    found: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if found is None else found


def block_of(mime: QMimeData) -> Block:
    """Return the cells on the clipboard; none where it holds no text.

    Raises:
        UserError: it is too large.
    """
    block = _own(mime)
    if block is None and mime.hasHtml():
        block = pasted_block.read_html(mime.html())
    if block is None:
        block = pasted_block.read_text(mime.text()) if mime.hasText() else Block()
    return block


def _own(mime: QMimeData) -> Block | None:
    if not mime.hasFormat(CELLS):
        return None
    try:
        rows: Any = json.loads(bytes(mime.data(CELLS).data()))
    except ValueError:
        # another program may say what it likes on the clipboard
        return None
    is_block = isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows)
    if not is_block or not all(isinstance(text, str) for row in rows for text in row):
        return None
    return replace(pasted_block.even(rows), own=True)


def _quoted(text: str) -> str:
    if any(sign in text for sign in '\t\n"'):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text


def _cell(cell: Copied) -> str:
    kind = "" if cell.is_number else _TEXT
    return f"<td{kind}>{escape(cell.shown).replace(chr(10), _LINE_END)}</td>"
