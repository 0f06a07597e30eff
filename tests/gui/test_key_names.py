"""What keys are called: as it is printed on them in Turkey, and as the help calls them."""

import pytest
from PySide6.QtGui import QKeySequence


@pytest.mark.parametrize(
    ("keys", "called"),
    [
        ("Ctrl+Return", "Ctrl+Enter"),
        ("Ctrl+Enter", "Ctrl+Enter"),
        ("Alt+PgDown", "Alt+PgDn"),
        ("Shift+Del", "Shift+Del"),
    ],
)
def test_keys_are_called_what_is_printed_on_them(qapp, keys, called):
    sequence = QKeySequence.fromString(keys)
    assert sequence.toString(QKeySequence.SequenceFormat.NativeText) == called


def test_the_menus_call_it_enter(window):
    assert window.ui.details.shortcut().toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Enter"
