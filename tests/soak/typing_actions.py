"""What a clerk does in a form: typing in cells, fields and texts, moving rows, blocks to and from a spreadsheet."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from tests.soak import oracles, words
from tests.soak.hands import ALT, CTRL, SHIFT

from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme
from perfdesk.domain.value import Value, implied_kind
from perfdesk.gui.fields.text_field import TextField
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.grid_view import GridView
from perfdesk.gui.models.cost_model import CostModel
from perfdesk.gui.models.indicator_model import IndicatorModel
from perfdesk.gui.text.writing_area import WritingArea
from perfdesk.services.editing.fields import Field
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.tables.table import ColumnKind

if TYPE_CHECKING:
    from tests.soak.monkey import Monkey

Key = Qt.Key
_ARROWS: Final = (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right)
_ENDS: Final = (Key.Key_Return, Key.Key_Return, Key.Key_Return, Key.Key_Tab, Key.Key_Enter, Key.Key_Escape, Key.Key_Up)
_YEARS: Final = {"previous": -2, "current": -1, "target": 0}


# --- what there is ----------------------------------------------------------------------------------------------------


def _seen(monkey: "Monkey", kind: Any) -> list[Any]:
    """Return the widgets of a kind on the form shown."""
    page = monkey.world.window.pages.currentWidget()
    if page is None or not page.isVisible():
        return []
    return [widget for widget in page.findChildren(kind) if widget.isVisible() and widget.isEnabled()]


def bring(widget: QWidget, at: QPoint | None = None) -> None:
    """Scroll the page so that a widget, or a place in it, is in sight."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea) and above.widget() is not None:
        there = widget.mapTo(above.widget(), at or widget.rect().center())
        above.ensureVisible(there.x(), there.y(), 60, 60)


def take_cell(monkey: "Monkey", *, row: int | None = None) -> tuple[GridView, EditModel] | None:
    """Click a cell of a grid; return the grid where there is one and the cell is in hand."""
    grids = [view for view in _seen(monkey, GridView) if view.grid().rowCount() and view.grid().columnCount()]
    if not grids:
        return None
    view = monkey.rng.choice(grids)
    model = view.grid()
    at = monkey.rng.randrange(model.rowCount()) if row is None else range(model.rowCount())[row]
    index = model.index(at, monkey.rng.randrange(model.columnCount()))
    view.scrollTo(index)
    place = view.visualRect(index).center()
    if not monkey.hands.click(view.viewport(), place) or not view.currentIndex().isValid():
        return None
    return view, model


def _named(view: GridView) -> str:
    index, model = view.currentIndex(), view.grid()
    if not index.isValid():
        return f"{type(model).__name__} without a cell"
    return f"{type(model).__name__} {model.rows[index.row()].key}/{model.columns[index.column()].key}"


# --- grids ------------------------------------------------------------------------------------------------------------


def type_in_cell(monkey: "Monkey") -> str:
    found = take_cell(monkey)
    return _type(monkey, *found) if found else ""


def type_in_new_row(monkey: "Monkey") -> str:
    found = take_cell(monkey, row=-1)
    if found is None:
        return ""
    view, model = found
    new = model.row_of(0)
    if new < 0:
        return ""
    view.put(model.index(new, view.currentIndex().column()))
    return _type(monkey, view, model)


def _type(monkey: "Monkey", view: GridView, model: EditModel) -> str:
    index = view.currentIndex()
    column = model.columns[index.column()]
    kinds = {ColumnKind.AMOUNT: words.amount, ColumnKind.VALUE: words.value, ColumnKind.TEXT: words.text}
    entry = kinds.get(column.kind, words.anything)(monkey.rng)
    before = _named(view)
    # into an editor left open it would be added
    editable = bool(model.flags(index) & Qt.ItemFlag.ItemIsEditable) and view.cells.editor is None
    if entry.text:
        monkey.hands.letters(entry.text)
    else:
        monkey.hands.key(Key.Key_Delete)
    end = monkey.rng.choice(_ENDS)
    if end in (Key.Key_Return, Key.Key_Enter, Key.Key_Tab) and editable and entry.text:
        row, key = model.rows[index.row()].key, column.key
        before_it = {one.key for one in model.rows}
        monkey.hands.key(end)
        # a row begun in the blank one has its number only now, and stands where its parent's rows are
        number = row or next((one.key for one in model.rows if one.key not in before_it), 0)
        if isinstance(number, int) and number and not _refused(model, number, key):
            expected = _expected(monkey, model, number, key, entry)
            if expected:
                monkey.expect.append(expected)
    else:
        monkey.hands.key(end)
    return f"{before} ← {entry.text[:60]!r} {end.name}"


def _refused(model: EditModel, row: int, column: str) -> bool:
    return (row, column) in model._wrong


def _expected(
    monkey: "Monkey", model: EditModel, row: int, column: str, entry: words.Entry
) -> Callable[[Municipality], Iterable[str]] | None:
    """Return what the file must hold once an entry has been taken; None where no simple rule says."""
    session = monkey.world.session
    year = session.year if session else 0
    if isinstance(model, IndicatorModel) and column in _YEARS and entry.meaning is not None:
        return lambda disk: _value_is(disk, row, (year, year + _YEARS[column]), entry)
    if isinstance(model, CostModel) and column.isdigit() and isinstance(entry.meaning, Decimal):
        return lambda disk: _cost_is(disk, row, column, entry.meaning)
    field = RECORD_TYPES[model.kind].fields.get(column) if model.kind in RECORD_TYPES else None
    if type(field) is Field and column != "code" and entry.meaning is not None and isinstance(entry.meaning, str):
        return lambda disk: _text_is(disk, model.kind, row, column, entry.meaning)
    return None


def _value_is(disk: Municipality, row: int, years: tuple[int, int], entry: words.Entry) -> Iterable[str]:
    year, of = years
    for record in oracles.records(disk):
        if isinstance(record, Indicator) and record.row == row:
            stored = record.values.get((of, implied_kind(year, of)), Value())
            held: object = stored.number
            if isinstance(entry.meaning, tuple):
                held = ("mark", stored.mark) if entry.meaning[0] == "mark" else ("text", stored.text)
            if held != entry.meaning:
                yield f"{entry.text!r} was typed as the value of {of} of indicator {row}; the file has {stored}"
            return
    yield f"{entry.text!r} was typed into indicator {row}, which is not in the file"


def _cost_is(disk: Municipality, row: int, code: str, amount: object) -> Iterable[str]:
    for programme in disk.programmes:
        for holder in (*programme.targets, *programme.sub_programmes):
            for activity in holder.activities:
                if activity.row == row:
                    lines = [
                        line.amount
                        for sheet in holder.cost_sheets
                        if activity.id in sheet.activities
                        for line in sheet.lines
                        if line.code == code
                    ]
                    if sum(lines, Decimal(0)) != amount:
                        yield f"{amount} was typed as cost {code} of activity {row}; the file has {lines}"
                    return
    yield f"{amount} was typed into activity {row}, which is not in the file"


def _text_is(disk: Municipality, table: str, row: int, column: str, text: object) -> Iterable[str]:
    kinds = {"indicator": Indicator, "activity": Activity, "programme": Programme}
    name = table.replace("_", "")
    for record in oracles.records(disk):
        same = isinstance(record, kinds[table]) if table in kinds else type(record).__name__.lower() == name
        if same and record.row == row:
            if getattr(record, column) != text:
                yield f"{text!r} was typed into {table} {row} {column}; the file has {getattr(record, column)!r}"
            return


def edit_cell(monkey: "Monkey") -> str:
    """F2 or a double click, some keys in the text, and an end."""
    found = take_cell(monkey)
    if found is None:
        return ""
    view, _model = found
    before = _named(view)
    if monkey.rng.random() < 0.5:
        monkey.hands.key(Key.Key_F2)
    else:
        monkey.hands.click(view.viewport(), view.visualRect(view.currentIndex()).center(), twice=True)
    for _ in range(monkey.rng.randint(0, 6)):
        monkey.hands.key(
            monkey.rng.choice((Key.Key_Home, Key.Key_End, Key.Key_Backspace, Key.Key_Left, Key.Key_Delete))
        )
    monkey.hands.letters(monkey.rng.choice(("1", "ş", " ", "", words.phrase(monkey.rng))))
    end = monkey.rng.choice((*_ENDS, Key.Key_Down, Key.Key_Backtab))
    if monkey.rng.random() < 0.15:
        monkey.hands.key(Key.Key_Z, CTRL)
    if monkey.rng.random() < 0.85:
        monkey.hands.key(end)
    return f"{before} {end.name}"


def walk(monkey: "Monkey") -> str:
    """Arrows, Tab, Home, End, selecting with Shift."""
    found = take_cell(monkey)
    if found is None:
        return ""
    keys = (*_ARROWS, Key.Key_Tab, Key.Key_Home, Key.Key_End, Key.Key_PageDown, Key.Key_Return)
    for _ in range(monkey.rng.randint(1, 8)):
        key = monkey.rng.choice(keys)
        modifiers = SHIFT if key in _ARROWS and monkey.rng.random() < 0.4 else Qt.KeyboardModifier.NoModifier
        monkey.hands.key(key, modifiers)
    return _named(found[0])


def _select(monkey: "Monkey") -> tuple[GridView, EditModel] | None:
    found = take_cell(monkey)
    if found is not None:
        for _ in range(monkey.rng.choice((0, 0, 1, 2, 4))):
            monkey.hands.key(monkey.rng.choice((Key.Key_Down, Key.Key_Right)), SHIFT)
    return found


def change_block(monkey: "Monkey") -> str:
    """Clear, fill down, cut, copy or paste a block; move or delete rows."""
    found = _select(monkey)
    if found is None:
        return ""
    before = _named(found[0])
    commands = (
        (Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Key.Key_D, CTRL),
        (Key.Key_X, CTRL),
        (Key.Key_C, CTRL),
        (Key.Key_V, CTRL),
        (Key.Key_Up, CTRL | SHIFT),
        (Key.Key_Down, CTRL | SHIFT),
        (Key.Key_Minus, CTRL),
        (Key.Key_A, CTRL),
    )
    key, modifiers = monkey.rng.choice(commands)
    monkey.hands.key(key, modifiers)
    return f"{before} {key.name}"


def paste_block(monkey: "Monkey") -> str:
    """Paste what a spreadsheet has copied."""
    block = words.block(monkey.rng)
    found = _select(monkey)
    if found is None:
        return ""
    if monkey.rng.random() < 0.2:
        # into the editor of the cell
        monkey.hands.key(Key.Key_F2)
    QGuiApplication.clipboard().setText(block)
    monkey.hands.key(Key.Key_V, CTRL)
    return f"{_named(found[0])} ← {block[:80]!r}"


def call_menu(monkey: "Monkey") -> str:
    """Open the menu of a cell and choose from it, or not."""
    found = take_cell(monkey)
    if found is None:
        return ""
    view = found[0]
    at = view.visualRect(view.currentIndex()).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    return _named(view)


# --- fields -----------------------------------------------------------------------------------------------------------


def type_in_field(monkey: "Monkey") -> str:
    """Type into a field and leave it in some way."""
    fields = [
        widget
        for kind in (TextField, QComboBox, QLineEdit, QPlainTextEdit)
        for widget in _seen(monkey, kind)
        if not isinstance(widget.parentWidget(), QComboBox) and not _within(widget, (GridView, WritingArea))
    ]
    if not fields:
        return ""
    field = monkey.rng.choice(fields)
    bring(field)
    name = f"{type(field).__name__} {field.objectName()}"
    if not monkey.hands.click(field):
        return ""
    entry = words.anything(monkey.rng)
    if isinstance(field, QComboBox) and monkey.rng.random() < 0.5:
        monkey.world.settle()
        monkey.hands.key(Key.Key_Down, ALT if monkey.rng.random() < 0.3 else Qt.KeyboardModifier.NoModifier)
        monkey.hands.key(Key.Key_Down, times=monkey.rng.randint(0, 3))
    else:
        monkey.hands.key(Key.Key_A, CTRL)
        if monkey.rng.random() < 0.1:
            QGuiApplication.clipboard().setText(f"{entry.text}{monkey.rng.choice(words.CONTROLS)}")
            monkey.hands.key(Key.Key_V, CTRL)
        else:
            monkey.hands.letters(entry.text.replace("\n", " "))
    end = monkey.rng.choice((Key.Key_Return, Key.Key_Tab, Key.Key_Tab, Key.Key_Escape, Key.Key_Backtab))
    if monkey.rng.random() < 0.9:
        monkey.hands.key(end)
    return f"{name} ← {entry.text[:60]!r} {end.name}"


def _within(widget: QWidget, kinds: tuple[type, ...]) -> bool:
    above: QWidget | None = widget
    while above is not None and not isinstance(above, kinds):
        above = above.parentWidget()
    return above is not None


def press_button(monkey: "Monkey") -> str:
    """Press a button of the form."""
    buttons = _seen(monkey, QAbstractButton)
    if not buttons:
        return ""
    button = monkey.rng.choice(buttons)
    bring(button)
    monkey.next_path = monkey.rng.choice((None, monkey.world.folder / "picture.png"))
    name = button.text() or button.toolTip() or button.objectName()
    return f"“{name}”" if monkey.hands.click(button) else ""


# --- texts ------------------------------------------------------------------------------------------------------------


def write_text(monkey: "Monkey") -> str:
    """Write in a text of the book: words, headings, bullets, bold, pictures, undo while writing."""
    areas = _seen(monkey, WritingArea)
    if not areas:
        return ""
    area, rng, hands = monkey.rng.choice(areas), monkey.rng, monkey.hands
    at = QPoint(rng.randrange(max(area.width(), 1)), rng.randrange(max(area.height(), 1)))
    bring(area, at)
    if not hands.click(area.viewport(), at):
        return ""
    done = []
    for _ in range(rng.randint(1, 8)):
        name, do = rng.choice(_WRITING)
        do(monkey)
        done.append(name)
    return ", ".join(done)


def _paste_picture(monkey: "Monkey") -> None:
    image = QImage(monkey.rng.randint(1, 40), monkey.rng.randint(1, 40), QImage.Format.Format_RGB32)
    image.fill(QColor(monkey.rng.randrange(1 << 24)))
    QGuiApplication.clipboard().setImage(image)
    monkey.hands.key(Key.Key_V, CTRL)


def _paste_words(monkey: "Monkey") -> None:
    QGuiApplication.clipboard().setText(monkey.rng.choice((words.block(monkey.rng), words.phrase(monkey.rng, 80))))
    monkey.hands.key(Key.Key_V, CTRL | monkey.rng.choice((SHIFT, Qt.KeyboardModifier.NoModifier)))


def _keyed(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Any:
    return (key.name, lambda monkey: monkey.hands.key(key, modifiers, monkey.rng.choice((1, 1, 3))))


_WRITING: Final[tuple[tuple[str, Callable[["Monkey"], object]], ...]] = (
    *[("words", lambda monkey: monkey.hands.letters(words.text(monkey.rng).text))] * 8,
    ("bullet", lambda monkey: monkey.hands.letters("\n- " + words.phrase(monkey.rng))),
    ("picture", _paste_picture),
    ("paste", _paste_words),
    *[_keyed(key) for key in (Key.Key_Return, Key.Key_Return, Key.Key_Backspace, Key.Key_Delete, *_ARROWS)],
    *[_keyed(key, SHIFT) for key in (*_ARROWS, Key.Key_End, Key.Key_Return)],
    *[_keyed(key, CTRL) for key in (Key.Key_B, Key.Key_1, Key.Key_2, Key.Key_0, Key.Key_L, Key.Key_A, Key.Key_Z)],
    *[_keyed(key, CTRL) for key in (Key.Key_X, Key.Key_C, Key.Key_V, Key.Key_Y, Key.Key_Home, Key.Key_End)],
    *[_keyed(key, CTRL | SHIFT) for key in (Key.Key_Up, Key.Key_Down)],
)

ACTIONS: Final = (
    (30, type_in_cell),
    (8, type_in_new_row),
    (10, edit_cell),
    (4, walk),
    (10, change_block),
    (6, paste_block),
    (2, call_menu),
    (20, type_in_field),
    (6, press_button),
    (14, write_text),
)
