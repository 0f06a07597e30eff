"""What the monkey does in dialogs and menus: fills in, ticks, chooses, presses buttons, gives up with Esc."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QColorDialog,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from tests.soak import words
from tests.soak.hands import CTRL
from tests.soak.typing_actions import bring
from tests.soak.world import is_there

from perfdesk.gui.dialogs.backup_settings import BackupSettings
from perfdesk.gui.dialogs.papers import Papers
from perfdesk.gui.dialogs.restore import RestoreDialog
from perfdesk.gui.dialogs.version_entry import VersionEntry
from perfdesk.storage.backups import Backup, Reason

if TYPE_CHECKING:
    from tests.soak.monkey import Monkey

Key = Qt.Key
# these depend on nothing but what the monkey did; others are made by the clock
_REPEATABLE: Final = (Reason.ASKED, Reason.BEFORE_NEW_YEAR)


def act(monkey: "Monkey", top: QWidget, *, patient: bool) -> str:
    """Do one thing in what stands above the window."""
    name = f"{type(top).__name__} “{top.windowTitle()}”"
    if isinstance(top, QMessageBox) and _leaving(top):
        answer(monkey, top)
        return f"{name}: left"
    if not patient or isinstance(top, QPrintDialog | BackupSettings) or monkey.rng.random() < 0.12:
        # what is printed leaves the program; another backup folder would be another test
        escape(monkey, top)
        return f"{name}: Esc"
    if isinstance(top, QFileDialog | QMessageBox | QMenu):
        answer(monkey, top)
        return f"{name}: answered"
    if isinstance(top, QColorDialog):
        # its other buttons are Qt's own, and one of them takes the mouse away
        monkey.hands.key(monkey.rng.choice((Key.Key_Return, Key.Key_Escape)))
        return f"{name}: a colour or none"
    if isinstance(top, VersionEntry) and monkey.rng.random() < 0.5:
        # what is proposed is taken often: without versions little can be done with them
        monkey.hands.key(Key.Key_Return)
        return f"{name}: taken"
    if isinstance(top, RestoreDialog):
        if _choose_backup(monkey, top):
            return f"{name}: restored or copied"
        escape(monkey, top)
        return f"{name}: nothing to restore"
    said = _anything(monkey, top)
    if isinstance(top, Papers):
        # in case that was the button that saves
        monkey.next_path = monkey.rng.choice((None, monkey.world.folder / "kısa belge"))
    return f"{name}: {said}"


def escape(monkey: "Monkey", top: QWidget) -> None:
    """Press Esc; whoever does not take that is closed by its frame."""
    monkey.next_path = None
    monkey.hands.key(Key.Key_Escape)
    monkey.world.settle()
    if is_there(top) and isinstance(top, QDialog):
        top.close()


def answer(monkey: "Monkey", top: QWidget) -> None:
    """Answer a menu or dialog that waits, so that it is closed."""
    if isinstance(top, QFileDialog):
        _answer_file_dialog(monkey, top)
    elif isinstance(top, QMessageBox):
        buttons = [button for button in top.buttons() if button.isEnabled()]
        button = monkey.rng.choice(_leaving(top) or buttons)
        monkey.note(f"“{top.text()[:200]}” → {button.text()}…")
        monkey.hands.click(button)
        if is_there(top):
            # Open and the like leave it there
            monkey.hands.key(Key.Key_Escape)
    elif isinstance(top, QMenu):
        monkey.hands.key(Key.Key_Down, times=monkey.rng.randint(0, 6))
        monkey.hands.key(monkey.rng.choice((Key.Key_Return, Key.Key_Escape)))
    else:
        monkey.hands.key(Key.Key_Escape)
    if is_there(top):
        monkey.hands.key(Key.Key_Escape)


def _leaving(box: QMessageBox) -> list[QAbstractButton]:
    """Return what closes a file all the same: an action waits for it to be closed."""
    return [b for b in box.buttons() if box.buttonRole(b) == QMessageBox.ButtonRole.DestructiveRole]


def _answer_file_dialog(monkey: "Monkey", top: QFileDialog) -> None:
    path, monkey.next_path = monkey.next_path, None
    if path is None:
        monkey.hands.key(Key.Key_Escape)
        return
    if top.fileMode() is QFileDialog.FileMode.Directory:
        path = path.parent
    name = top.findChild(QLineEdit, "fileNameEdit")
    monkey.hands.click(name)
    monkey.hands.key(Key.Key_A, CTRL)
    monkey.hands.letters(str(path))
    # the list of files below the field would take the key
    monkey.hands.close_popups()
    monkey.hands.click(name)
    monkey.hands.key(Key.Key_Return)


def _choose_backup(monkey: "Monkey", top: RestoreDialog) -> bool:
    model = top.ui.backups.model()
    found: list[int] = []
    for row in range(model.rowCount() if model else 0):
        backup: Backup | None = model.index(row, 0).data(Qt.ItemDataRole.UserRole)
        if backup is not None and backup.reason in _REPEATABLE:
            found.append(row)
    if not found:
        return False
    index = model.index(monkey.rng.choice(found), 0)
    top.ui.backups.scrollTo(index)
    monkey.hands.click(top.ui.backups.viewport(), top.ui.backups.visualRect(index).center())
    monkey.settle()
    monkey.next_path = monkey.world.folder / f"backup {monkey.rng.randrange(3)}.perfdesk"
    button = top.restore if monkey.rng.random() < 0.8 else top.copy
    if not button.isEnabled():
        return False
    monkey.hands.click(button)
    return True


def _anything(monkey: "Monkey", top: QWidget) -> str:
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractButton, QAbstractItemView, QTabBar)
    found = [
        widget
        for kind in kinds
        for widget in top.findChildren(kind)
        if widget.isVisible()
        and widget.isEnabled()
        and not isinstance(widget.parentWidget(), QComboBox)
        and not isinstance(widget, QHeaderView)
    ]
    if not found:
        monkey.hands.key(Key.Key_Escape)
        return "Esc"
    widget = monkey.rng.choice(found)
    bring(widget)
    if isinstance(widget, QAbstractItemView):
        return _row(monkey, widget)
    if isinstance(widget, QTabBar):
        at = monkey.rng.randrange(max(widget.count(), 1))
        monkey.hands.click(widget, widget.tabRect(at).center())
        return f"tab {at}"
    if isinstance(widget, QAbstractButton):
        monkey.next_path, name = None, widget.text()
        monkey.hands.click(widget)
        return f"“{name}”"
    return _entry(monkey, widget)


def _row(monkey: "Monkey", view: QAbstractItemView) -> str:
    model = view.model()
    if model is None or not model.rowCount():
        return "empty list"
    columns = max(model.columnCount(QModelIndex()), 1) if not isinstance(model, QAbstractListModel) else 1
    index = model.index(monkey.rng.randrange(model.rowCount()), monkey.rng.randrange(columns))
    view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
    monkey.hands.click(view.viewport(), view.visualRect(index).center())
    key = monkey.rng.choice((Key.Key_Space, Key.Key_Down, Key.Key_Right, Key.Key_Left, Key.Key_Return))
    monkey.hands.key(key)
    return f"row {index.row()} {key.name}"


def _entry(monkey: "Monkey", widget: Any) -> str:
    name = f"{type(widget).__name__} {widget.objectName()}"
    monkey.hands.click(widget)
    entry = words.anything(monkey.rng)
    if isinstance(widget, QComboBox):
        monkey.settle()
        monkey.hands.key(Key.Key_Down, times=monkey.rng.randint(1, 3))
    else:
        monkey.hands.key(Key.Key_A, CTRL)
        monkey.hands.letters(monkey.rng.choice((entry.text.replace("\n", " "), str(monkey.rng.randint(2020, 2032)))))
    monkey.hands.key(monkey.rng.choice((Key.Key_Tab, Key.Key_Tab, Key.Key_Return)))
    return f"{name} ← {entry.text[:60]!r}"
