"""What is done with the window and whole files: going about, undo, years, export, search, help, closing, copies."""

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QPushButton
from tests.soak import dialogs, oracles, typing_actions, words
from tests.soak.hands import SHIFT
from tests.soak.world import top_widget

from perfdesk.gui.grid.entry_model import NEW
from perfdesk.gui.help.help_window import HelpWindow
from perfdesk.gui.pages.section_page import SectionPage
from perfdesk.storage import files

if TYPE_CHECKING:
    from tests.soak.monkey import Monkey

Key = Qt.Key
# files beside the first one
_MOST_FILES: Final = 3
# what one command can ask, one after the other
_MOST_DIALOGS: Final = 12


def shortcut(monkey: "Monkey", action: QAction) -> None:
    """Press a command's keys, or choose it from its menu where it has none."""
    keys = action.shortcut()
    if keys.isEmpty():
        monkey.hands.choose(action)
    else:
        monkey.hands.key(keys[0].key(), keys[0].keyboardModifiers())


def leave_fields(monkey: "Monkey") -> None:
    """Give up what is being typed, and put the keyboard where Ctrl+Z is the window's."""
    monkey.hands.key(Key.Key_Escape)
    monkey.world.window.commit()
    monkey.settle()
    monkey.world.window.ui.outline.setFocus()
    monkey.settle()


# --- going about ------------------------------------------------------------------------------------------------------


def go(monkey: "Monkey") -> str:
    """Click an entry of the outline, or walk to it with the arrows."""
    tree = monkey.world.window.ui.outline
    if not tree.isVisible():
        return ""
    if monkey.rng.random() < 0.25:
        tree.setFocus()
        keys = (Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Right, Key.Key_Left, Key.Key_End, Key.Key_Home)
        for _ in range(monkey.rng.randint(1, 6)):
            monkey.hands.key(monkey.rng.choice(keys))
        return "keys"
    entries = monkey.world.window.navigation.model.all_keys()
    key = monkey.rng.choice(entries)
    above, index = [], monkey.world.window.navigation.model.find(key).parent()
    while index.isValid():
        above.append(index)
        index = index.parent()
    for parent in reversed(above):
        if not tree.isExpanded(parent):
            tree.scrollTo(parent)
            monkey.hands.click(tree.viewport(), tree.visualRect(parent).center())
            monkey.hands.key(Key.Key_Right)
            monkey.settle()
    index = monkey.world.window.navigation.model.find(key)
    tree.scrollTo(index)
    monkey.hands.click(tree.viewport(), tree.visualRect(index).center())
    return f"{key}"


def undo(monkey: "Monkey") -> str:
    window = monkey.world.window
    times = monkey.rng.choice((1, 1, 1, 2, 5, 15))
    name = monkey.rng.choice(("undo", "undo", "redo"))
    for _ in range(times):
        shortcut(monkey, getattr(window.ui, name))
        if monkey.rng.random() < 0.7:
            monkey.settle()
    monkey.counts[f"{name} keys"] += times
    return f"{name} × {times}"


def turn_year(monkey: "Monkey") -> str:
    years = monkey.world.window.toolbar.years
    if not years.isVisible() or years.count() < 2:
        return ""
    monkey.hands.click(years)
    monkey.world.settle()
    monkey.hands.key(monkey.rng.choice((Key.Key_Down, Key.Key_Up)))
    monkey.hands.key(Key.Key_Return)
    # another language may have made another window meanwhile
    return monkey.world.window.toolbar.years.currentText()


def search(monkey: "Monkey") -> str:
    window = monkey.world.window
    if not window.toolbar.search.isEnabled():
        return ""
    shortcut(monkey, window.ui.find)
    what = monkey.rng.choice((words.phrase(monkey.rng, 1), "hedef", "müdürlüğü", "1", "a", ""))
    monkey.hands.letters(what)
    if monkey.rng.random() < 0.7:
        monkey.world.settle()
    monkey.hands.key(Key.Key_Down, times=monkey.rng.randint(0, 4))
    end = monkey.rng.choice((Key.Key_Return, Key.Key_Return, Key.Key_Escape, Key.Key_Tab))
    monkey.hands.key(end)
    return f"{what!r} {end.name}"


def change_view(monkey: "Monkey") -> str:
    ui = monkey.world.window.ui
    panes = (ui.show_preview, ui.show_findings, ui.show_outline, ui.all_codes)
    ways = (ui.previous_target, ui.next_target, ui.next_finding, ui.next_finding, ui.previous_finding)
    action = monkey.rng.choice((*panes, *ways))
    if not action.isEnabled():
        return ""
    shortcut(monkey, action)
    if not ui.show_outline.isChecked():
        # without it the monkey would not get far
        shortcut(monkey, ui.show_outline)
    return action.text()


def add_row(monkey: "Monkey") -> str:
    ui = monkey.world.window.ui
    action = monkey.rng.choice((ui.add_indicator, ui.add_activity))
    if not action.isEnabled():
        return ""
    shortcut(monkey, action)
    monkey.hands.letters(words.phrase(monkey.rng))
    monkey.hands.key(monkey.rng.choice((Key.Key_Return, Key.Key_Tab, Key.Key_Escape)))
    return action.text()


def new_row(monkey: "Monkey") -> str:
    """Go from a cell of some grid to its blank row by the command of the menu, and type in it."""
    ui = monkey.world.window.ui
    found = typing_actions.take_cell(monkey)
    monkey.settle()
    if found is None or not ui.new_row.isEnabled():
        return ""
    view, model = found
    shortcut(monkey, ui.new_row)
    if model.rows[view.currentIndex().row()].key != NEW:
        monkey.expect.append(lambda _disk: [f"the new row of {type(model).__name__} was not taken in hand"])
    monkey.hands.letters(words.phrase(monkey.rng))
    monkey.hands.key(monkey.rng.choice((Key.Key_Return, Key.Key_Tab, Key.Key_Escape)))
    return ui.new_row.text()


def speak(monkey: "Monkey") -> str:
    ui = monkey.world.window.ui
    action = monkey.rng.choice((ui.turkish, ui.english))
    name = action.text()
    monkey.hands.choose(action)
    monkey.settle()
    # another window by now
    monkey.world.window.activateWindow()
    return name


def resize(monkey: "Monkey") -> str:
    width, height = monkey.rng.choice(((1366, 740), (1366, 740), (1024, 700), (1920, 1040)))
    monkey.world.window.resize(width, height)
    return f"{width} × {height}"


def read_help(monkey: "Monkey") -> str:
    window = monkey.world.window
    action = monkey.rng.choice((window.ui.help, window.ui.help, window.ui.first_steps, window.ui.shortcuts))
    shortcut(monkey, action)
    monkey.settle()
    shown = window.findChild(HelpWindow)
    if shown is not None and shown.isVisible():
        monkey.hands.click(shown.ui.query)
        monkey.hands.letters(monkey.rng.choice(("yedek", "undo", "ı", "")))
        monkey.hands.key(Key.Key_Return)
        monkey.settle()
        monkey.hands.key(Key.Key_Escape)
        monkey.settle()
    window.activateWindow()
    return action.text()


def answer_dialog(monkey: "Monkey") -> None:
    """Answer what has been asked, where something has."""
    monkey.world.settle()
    top = top_widget()
    if top is not None:
        dialogs.answer(monkey, top)
        monkey.world.settle()


def quit_program(monkey: "Monkey") -> None:
    """Close the window, also where it asks about entries that are lost with it."""
    window = monkey.world.window
    if monkey.rng.random() < 0.5:
        window.close()
    else:
        shortcut(monkey, window.ui.quit)
    answer_dialog(monkey)
    monkey.world.end()


# --- files ------------------------------------------------------------------------------------------------------------


def export(monkey: "Monkey") -> str:
    ui = monkey.world.window.ui
    documents = ((ui.export_pdf, ".pdf"), (ui.export_xlsx, ".xlsx"), (ui.export_docx, ".docx"))
    action, suffix = monkey.rng.choice(documents)
    if not action.isEnabled():
        return ""
    path = monkey.world.folder / f"çıktı{suffix}"
    path.unlink(missing_ok=True)
    monkey.next_path = monkey.rng.choice((path, path, None))
    wanted, is_cancelled = monkey.next_path, monkey.rng.random() < 0.3
    shortcut(monkey, action)
    taken = _answer_all(monkey, monkey.world.window.exporter.cancel if is_cancelled else None)
    # nobody may have asked for a place: what is typed could not be written
    monkey.next_path = None
    if taken and wanted is not None and not is_cancelled and not path.exists():
        monkey.expect.append(lambda _disk: [f"{path.name} was not written"])
    return f"{action.text()} {wanted}{' cancelled' if is_cancelled else ''}"


def _answer_all(monkey: "Monkey", then: Callable[[], object] | None = None) -> bool:
    """Answer one dialog after the other, with ``then`` at once after each; return whether a file's place was given."""
    taken: list[bool] = []
    quiet = 0
    for _ in range(_MOST_DIALOGS):
        # also until nothing is being written any more
        monkey.world.settle()
        top = top_widget()
        # what follows a question comes when that has gone
        quiet = quiet + 1 if top is None else 0
        if quiet > 1:
            break
        if top is None:
            continue
        if isinstance(top, QFileDialog):
            top.accepted.connect(lambda: taken.append(True))
        dialogs.answer(monkey, top)
        if then is not None:
            then()
    return bool(taken)


def short_papers(monkey: "Monkey") -> str:
    """Ask for the short papers: what is done in the dialog comes next, and some of it is written."""
    ui = monkey.world.window.ui
    action = monkey.rng.choice((ui.papers, ui.unit_file))
    if not action.isEnabled():
        return ""
    shortcut(monkey, action)
    return action.text()


def print_book(monkey: "Monkey") -> str:
    ui = monkey.world.window.ui
    if not ui.print.isEnabled():
        return ""
    shortcut(monkey, monkey.rng.choice((ui.print, ui.print_part)))
    return "asked"


def save_copy(monkey: "Monkey") -> str:
    window, session = monkey.world.window, monkey.world.session
    if session is None:
        return ""
    path = monkey.world.folder / "kopya.perfdesk"
    path.unlink(missing_ok=True)
    monkey.next_path = path
    shortcut(monkey, window.ui.save_copy)
    answer_dialog(monkey)
    if not path.exists():
        monkey.expect.append(lambda _disk: ["the copy was not written"])
    else:
        copy = oracles.on_disk(path)
        monkey.expect.append(lambda disk: filter(None, [oracles.difference(disk, copy)]))
    return path.name


def back_up(monkey: "Monkey") -> str:
    ui = monkey.world.window.ui
    action = monkey.rng.choice((ui.back_up, ui.back_up, ui.restore, ui.backup_settings))
    return action.text() if monkey.hands.choose(action) else ""


def council(monkey: "Monkey") -> str:
    """Look at the versions for the council; what is done there comes next."""
    action = monkey.world.window.ui.versions
    return action.text() if action.isEnabled() and monkey.hands.choose(action) else ""


def begin(monkey: "Monkey") -> str:
    """Begin a new year, a new file, the sample, or look who made the program; the dialogs come next."""
    ui = monkey.world.window.ui
    action = monkey.rng.choice((ui.new_year, ui.new_year, ui.new_file, ui.open_sample, ui.about))
    if action is ui.open_sample and len(list((monkey.world.folder / "home").rglob("*.perfdesk"))) >= _MOST_FILES:
        return ""
    return action.text() if monkey.hands.choose(action) else ""


def open_file(monkey: "Monkey") -> str:
    """Open another file of those there are, or the first one again."""
    there = [monkey.file, monkey.file, *sorted((monkey.world.folder / "home").rglob("*.perfdesk"))]
    path = monkey.rng.choice(there)
    monkey.next_path = path
    shortcut(monkey, monkey.world.window.ui.open)
    return path.name


def close_and_open(monkey: "Monkey") -> str:
    """Quit the program and start it again; nothing is lost."""
    session = monkey.world.session
    path = session.store.path if session else monkey.file
    monkey.hands.close_popups()
    monkey.world.window.commit()
    before = session.municipality if session else None
    quit_program(monkey)
    monkey.world.start(path)
    after = monkey.world.session
    if before is not None and after is not None:
        found = oracles.difference(before, after.municipality)
        monkey.expect.append(lambda _disk: [found] if found else [])
    return path.name


def read_only(monkey: "Monkey") -> str:
    """Open the file while somebody else has it, type without effect, and try again when it is free."""
    session = monkey.world.session
    if session is None:
        return ""
    path = session.store.path
    quit_program(monkey)
    with closing(files.open_store(path, writable=True)):
        before = oracles.on_disk(path)
        monkey.world.start(path)
        for _ in range(4):
            go(monkey)
            monkey.settle()
            monkey.hands.letters("1x")
            monkey.hands.key(Key.Key_Return)
            monkey.hands.key(Key.Key_Delete)
            shortcut(monkey, monkey.world.window.ui.undo)
            monkey.hands.key(Key.Key_Down, SHIFT)
            monkey.settle()
        found = oracles.difference(before, oracles.on_disk(path))
        said = monkey.world.session is not None and monkey.world.session.read_only
    button = next(iter(monkey.world.window.ui.banner.findChildren(QPushButton)), None)
    if button is not None:
        monkey.hands.click(button)
    monkey.settle()
    again = monkey.world.session
    if not said or again is None or again.read_only:
        found = f"held elsewhere it was {'read-only' if said else 'not read-only'}; free again it is {again}"
    monkey.expect.append(lambda _disk: [found] if found else [])
    return path.name


def type_unwritten(monkey: "Monkey") -> str:
    """Type a text while nothing can be written: it stays in sight, and nothing is undone, left or printed past it."""
    window, session = monkey.world.window, monkey.world.session
    parts = [key for key in window.navigation.model.all_keys() if key[0] == "part"]
    if session is None or session.read_only or not parts:
        return ""
    here = monkey.rng.choice(parts)
    window.go_to(here)
    monkey.settle()
    page = window.pages.page
    if window.here != here or not isinstance(page, SectionPage):
        return ""
    area = page.section_ui.text.ui.area
    area.setFocus()
    # what was being typed elsewhere is written by that
    monkey.settle()
    before = session.municipality
    session.store._db.execute("PRAGMA query_only=ON")
    try:
        monkey.hands.letters(words.phrase(monkey.rng))
        typed = area.toPlainText()
        window.ui.outline.setFocus()
        monkey.settle()
        if not page.section_ui.text.is_typed():
            return ""
        for command in ("undo", "redo", "print", "print_part"):
            if getattr(window.ui, command).isEnabled():
                shortcut(monkey, getattr(window.ui, command))
                monkey.settle()
        window.navigation.go_to(monkey.rng.choice(window.navigation.model.all_keys()))
        monkey.settle()
        stays = window.here == here and area.toPlainText() == typed and session.municipality is before
    finally:
        session.store._db.execute("PRAGMA query_only=OFF")
    if top_widget() is None:
        window.commit()
    monkey.settle()
    is_written = top_widget() is not None or not page.section_ui.text.is_typed()
    if not stays or not is_written:
        said = "is not written later" if stays else "was left, or undone past"
        monkey.expect.append(lambda _disk: [f"a text that could not be written {said}: {typed!r}"])
    return f"{here} {typed[-20:]!r}"


ACTIONS: Final = (
    (24, go),
    (12, undo),
    (4, turn_year),
    (4, search),
    (4, change_view),
    (4, add_row),
    (3, new_row),
    (1, type_unwritten),
    (1, speak),
    (1, resize),
    (1, read_help),
    (1, export),
    (1, print_book),
    (1, short_papers),
    (1, save_copy),
    (2, back_up),
    (2, council),
    (1, begin),
    (1, open_file),
    (1, close_and_open),
    (1, read_only),
)
