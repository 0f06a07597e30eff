"""Chooses words in a text, so that they are seen and can be typed over."""

import re

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget


def choose_words(field: QWidget | None, words: str) -> None:
    """Choose the words where the cursor's paragraph has them, or else where the text first does; of no text nothing."""
    if not isinstance(field, QTextEdit | QPlainTextEdit):
        return
    # not within another number or word
    named = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    block = field.textCursor().block()
    if not named.search(block.text()):
        block = field.document().begin()
        while block.isValid() and not named.search(block.text()):
            block = block.next()
    found = named.search(block.text()) if block.isValid() else None
    if found is not None:
        cursor = QTextCursor(block)
        # positions are counted in UTF-16, in which rare signs are two
        start = block.position() + _length(block.text()[: found.start()])
        cursor.setPosition(start)
        cursor.setPosition(start + _length(words), QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
