"""Keys that Qt takes over from Emacs on X11, and that nobody expects in a form.

Ctrl+K erases to the end of the line, Ctrl+U the whole line, Ctrl+D a letter, Ctrl+E goes to the line's end. In the word
processors and spreadsheets that hands know, Ctrl+K is bold in Turkish, and Ctrl+U and Ctrl+D mean something else again.
"""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

_KEYS: Final = (Qt.Key.Key_K, Qt.Key.Key_U, Qt.Key.Key_D, Qt.Key.Key_E)
_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def left_out(event: QEvent) -> bool:
    """Whether an event is such a key, which is dealt with then: the window may have a use for it, the field has none.

    Call it first of all in a field's ``event``: an event filter does not see what a list of completions passes on.
    """
    kind = event.type()
    if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
        return False
    if event.key() not in _KEYS or event.modifiers() & _MODIFIERS != Qt.KeyboardModifier.ControlModifier:
        return False
    event.setAccepted(kind == QEvent.Type.KeyPress)
    return True
