"""The keys of the program, as the keyboard page of the help lists them: those of grids, and those of the menus."""

from collections.abc import Iterator, Mapping
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from perfdesk.i18n import N_, _

_GRID: Final = (
    (N_("Enter, Shift+Enter"), N_("save the entry, go down or up; below the last row a new one begins")),
    (N_("Tab, Shift+Tab"), N_("next or previous cell that can be typed in")),
    (N_("F2"), N_("change the entry without replacing it")),
    (N_("Esc"), N_("take back what is being typed; give up a wrong entry")),
    (N_("Del"), N_("empty the selected cells")),
    (N_("Home, End"), N_("first or last cell of the row")),
    (N_("Shift+arrow"), N_("select a block; the cell it begins in stays in hand")),
    (N_("Alt+Enter"), N_("new line within a cell; where a number was refused, enter the suggestion")),
    (N_("Ctrl+D"), N_("fill down from the top cell of the selection")),
    (N_("Ctrl+Shift+Up/Down"), N_("move the row")),
    (N_("Ctrl++"), N_("go to the blank row, in which a new one is typed")),
    (N_("Ctrl+-"), N_("delete the row")),
    (N_("Ctrl+Shift+D"), N_("duplicate the indicator or activity")),
    (N_("Ctrl+Shift+M"), N_("move the indicator or activity to another target")),
    (N_("Ctrl+Enter"), N_("open the row’s card or form; close the card")),
    (N_("F4"), N_("turn to the official cost form, or back to the activities")),
    (N_("Ctrl+C"), N_("copy the selected block")),
    (N_("Ctrl+Z, Ctrl+Y"), N_("undo, redo")),
    (N_("Alt+PgUp, Alt+PgDown"), N_("previous or next target")),
)


def grid_keys() -> list[tuple[str, str]]:
    """Return the keys of the grids and what they do."""
    return [(_(keys), _(meaning)) for keys, meaning in _GRID]


def menu_keys(window: QMainWindow) -> list[tuple[str, str]]:
    """Return the shortcuts of a window's menus and where each stands: "Ctrl+O", "Dosya › Aç"."""
    found = []
    for action in window.menuBar().actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            found += [
                (_shown(entry), f"{_words(menu.title())} › {_words(entry.text())}")
                for entry in _entries(menu)
                if entry.shortcuts()
            ]
    return found


def tables(window: QMainWindow | None) -> Mapping[str, str]:
    """Return the keys as the tables that the keyboard page has places for."""
    made = {"grid_keys": _table(grid_keys())}
    if window is not None:
        made["menu_keys"] = _table(menu_keys(window))
    return made


def _entries(menu: QMenu) -> Iterator[QAction]:
    """Yield the commands of a menu and of those below it."""
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _entries(below)
        elif not action.isSeparator():
            yield action


def _shown(action: QAction) -> str:
    return ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())


def _words(text: str) -> str:
    """Return a menu's text without the sign of its mnemonic and the dots that promise a dialog."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


def _table(rows: list[tuple[str, str]]) -> str:
    key, meaning = _("Key"), _("What it does")
    head = f"| {key} | {meaning} |\n|---|---|\n"
    # a stroke would end the cell
    return head + "\n".join(f"| `{keys}` | {does.replace('|', '/')} |" for keys, does in rows)
