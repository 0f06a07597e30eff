"""What is measured of the window: what a clerk does all day, by real key and wheel events, until it is painted."""

import dataclasses
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.benchmarks.cases import YEAR, sample
from tests.benchmarks.window.desk import Desk, Reaction, desk, figures, press, type_letter

from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, Target
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.gui.grid.grid_view import GridView
from perfdesk.gui.grid.paste_dialog import PasteDialog
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.pages.page import Page
from perfdesk.gui.pages.resource_table_page import ResourceTablePage
from perfdesk.services.outline import Entry
from perfdesk.tables.table import Role

# by what was done: median, 95 %, most, and processor time, all in milliseconds
Figures = dict[str, dict[str, float]]

EDITS = 50
# between two keys of a quick typist
_RHYTHM = 0.06
PASTED = 5000
LONG = 1000
_SEARCHED = ("park", "müdürlük", "ağaç", "2027", "yol")


def keys(scale: int) -> Figures:
    """Type amounts into the grid of costs: letter by letter, then Enter, which refreshes every total in sight."""
    with desk(scale) as at:
        return _typed(at)


def keys_with_preview(scale: int) -> Figures:
    """The same while the preview beside it sets and draws its page after every entry."""
    with desk(scale, preview=True) as at:
        at.wait(2)
        return _typed(at)


def _typed(at: Desk) -> Figures:
    grid, model, window = at.page.ui.costs.grid, at.page.costs, at.window
    column = model.column_of("03")
    rows = [n for n in range(model.rowCount()) if model.is_row(n) and not model.is_new(n)]
    rows = [n for n in rows if model.rows[n].cells[column].editable]
    grid.setFocus()
    moves, first, letters, enters = [], [], [], []
    for n in range(EDITS):
        index = model.index(rows[n % len(rows)], column)
        if grid.currentIndex() == index:
            grid.put(index.siblingAtColumn(column - 1))
        grid.put(index.siblingAtColumn(column - 1))
        at.wait(_RHYTHM)
        moves.append(at.react(lambda: press(grid, Qt.Key.Key_Right), grid.viewport()))
        for place, letter in enumerate(f"{n % 9 + 1}{n:03}5"):
            at.wait(_RHYTHM)
            (letters if place else first).append(at.react(lambda x=letter: type_letter(grid, x), grid.viewport()))
        at.wait(_RHYTHM)
        before = _totals(at, index.row())
        editor = grid.cells.editor
        assert editor is not None
        enters.append(
            at.react(lambda x=editor: press(x, Qt.Key.Key_Return, "\r"), grid.viewport(), window.foot.programme_sum)
        )
        after = _totals(at, index.row())
        assert all(old != new for old, new in zip(before, after, strict=True)), "a total is not refreshed"
    return {
        "arrow": figures(moves),
        "first letter": figures(first),
        "letter": figures(letters),
        "Enter": figures(enters),
    }


def _totals(at: Desk, row: int) -> tuple[str, ...]:
    """Return what depends on an amount: its row's total, the column's and the grand total, the programme's below."""
    rows = at.page.costs.rows
    column = at.page.costs.column_of("03")
    return (
        rows[row].cells[-1].text,
        rows[-1].cells[column].text,
        rows[-1].cells[-1].text,
        at.window.foot.programme_sum.text(),
    )


def paste(scale: int) -> Figures:
    """Paste 5.000 rows of five columns into a target's indicators, through the dialog, and take it back."""
    block = "\n".join(f"Gösterge {n}\tadet\t{n}\t{n},5\t{n * 3}" for n in range(PASTED))
    with desk(scale) as at:
        return _pasted(at, at.page.ui.indicators.grid, "name", block)


def paste_rows(scale: int) -> Figures:
    """The same into a resource table."""
    block = "\n".join(f"{n}. Sokak Parkı\tÇamlık\t{n}\t{n},5\t{n * 3}" for n in range(PASTED))
    with desk(scale, _with_table(0)) as at:
        return _pasted(at, _table_grid(at), "c0", block)


def _pasted(at: Desk, grid: GridView, column: str, block: str) -> Figures:
    shown, pasted, undone, redone = [], [], [], []
    model = grid.grid()
    for _ in range(3):
        rows = _rows(grid)
        grid.go_to_new()
        grid.put(model.index(grid.currentIndex().row(), model.column_of(column)))
        at.settle()
        QGuiApplication.clipboard().setText(block)
        shown.append(at.react(grid.paste, until=lambda: _dialog() is not None))
        dialog = _dialog()
        assert dialog is not None
        assert not dialog.plan.unfit
        pasted.append(at.react(dialog.all.click, grid.viewport()))
        assert _rows(grid) == rows + PASTED
        undone.append(at.react(at.window.undo))
        assert _rows(grid) == rows
        redone.append(at.react(at.window.redo))
        assert _rows(grid) == rows + PASTED
        at.window.undo()
        at.settle()
    return {
        "until the dialog": figures(shown),
        "pasting": figures(pasted),
        "undo": figures(undone),
        "redo": figures(redone),
        # a person reads the dialog in between
        "both together": figures(
            [Reaction(a.wall + b.wall, a.processor + b.processor) for a, b in zip(shown, pasted, strict=True)]
        ),
    }


def _rows(grid: GridView) -> int:
    return sum(row.role is Role.DETAIL for row in grid.grid().rows)


def _dialog() -> PasteDialog | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, PasteDialog) and w.isVisible()), None)


def scroll(_scale: int) -> Figures:
    """Scroll grids of a thousand rows by wheel and page."""
    with desk(1, _with_table(LONG)) as at:
        table = _scrolled(at, "table", _table_grid(at))
    with desk(1, _with_indicators(LONG)) as at:
        return table | _scrolled(at, "indicators", at.page.ui.indicators.grid)


def _scrolled(at: Desk, name: str, grid: GridView) -> Figures:
    page = at.window.pages.page
    assert isinstance(page, Page)
    column = next(n for n, cell in enumerate(grid.grid().rows[0].cells) if cell.editable and not cell.computed)
    grid.setFocus()
    grid.put(grid.grid().index(0, column))
    at.settle()
    wheel = [at.react(lambda: _turn_wheel(at.window, grid, -120), grid.viewport()) for _ in range(120)]
    grid.put(grid.grid().index(0, column))
    page.frame.scroll.verticalScrollBar().setValue(0)
    at.settle()
    downs = [at.react(lambda: press(grid, Qt.Key.Key_PageDown), grid.viewport()) for _ in range(30)]
    rows = [at.react(lambda: press(grid, Qt.Key.Key_Up), grid.viewport()) for _ in range(60)]
    return {
        f"{name}: wheel": figures(wheel),
        f"{name}: Page Down": figures(downs),
        f"{name}: arrow": figures(rows),
    }


def _turn_wheel(window: MainWindow, grid: GridView, by: int) -> None:
    view = grid.viewport()
    # where the mouse stands: in the middle of what is in sight
    at = view.mapTo(window, view.visibleRegion().boundingRect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(at), QPoint(0, by))


def turn(scale: int) -> Figures:
    """Turn from target to target, and to one entry of the outline after the other."""
    with desk(scale) as at:
        window = at.window
        keys_ = window.navigation.model.all_keys()
        targets = window.navigation.model.keys("target")
        # a form is made when it is first shown
        made = [at.react(lambda key=key: window.go_to(key)) for key in _of_each_kind(keys_)]
        # no more entries than at the sample's own size: the others are the same forms again
        some = targets[:: len(targets) // 32 or 1]
        others = [key for key in keys_ if key[0] != "target"][:60]
        return {
            "first of its kind": figures(made),
            "target": figures([at.react(lambda key=key: window.go_to(key)) for key in some]),
            "other entry": figures([at.react(lambda key=key: window.go_to(key)) for key in others]),
        }


def _of_each_kind(keys_: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    kinds = dict.fromkeys(key if key[0] == "part" else (key[0], "") for key in keys_)
    return [next(key for key in keys_ if kind in (key, (key[0], ""))) for kind in kinds]


def search(scale: int) -> Figures:
    """Search while typing; the results come a tenth of a second after the last key, which is counted in."""
    with desk(scale) as at:
        box = at.window.toolbar.search
        box.begin()
        at.settle()
        first, later = [], []
        for word in _SEARCHED:
            box.clear()
            at.settle()
            for n, letter in enumerate(word):
                into = later if first or n else first
                into.append(
                    at.react(
                        lambda x=letter: press(box, Qt.Key.Key_unknown, x),
                        until=lambda: not box._pause.isActive() and _has_results(at),
                    )
                )
        return {"first letter, with the index": figures(first), "letter, with the pause": figures(later)}


def _has_results(at: Desk) -> bool:
    box = at.window.toolbar.search
    index_is_current = at.window.session is not None and box._indexer._done is at.window.session.municipality
    return index_is_current and box._popup is not None and box._popup.isVisible()


# --- what is shown ----------------------------------------------------------------------------------------------------


def _with_table(rows: int) -> Municipality:
    """Return the sample with a resource table of so many rows in front of the others."""
    texts = tuple(
        ResourceRow((f"{n}. Sokak Parkı", "Çamlık", str(n), f"{n},5", str(n * 3)), row=0) for n in range(rows)
    )
    header = (("Park", "Mahalle", "Alan", "Ağaç", "Bank"),)
    return _changed(
        lambda programme: dataclasses.replace(
            programme,
            resource_tables=(
                ResourceTable("Fiziksel Kaynaklar", "Parklar", header, texts, total_row=True),
                *programme.resource_tables,
            ),
        )
    )


def _with_indicators(count: int) -> Municipality:
    """Return the sample with so many indicators and activities in each target that is shown first."""

    def long(target: Target) -> Target:
        indicators = tuple(Indicator(f"long{n}", name=f"Gösterge {n}", unit="adet") for n in range(count))
        activities = (*target.activities, *(Activity(f"long{n}", name=f"Faaliyet {n}") for n in range(count)))
        return dataclasses.replace(target, indicators=indicators, activities=activities)

    def with_long(programme: Programme) -> Programme:
        targets = list(programme.targets)
        middle = len(targets) // 2
        targets[middle] = long(targets[middle])
        return dataclasses.replace(programme, targets=tuple(targets))

    return _changed(with_long)


def _changed(change: Callable[[Programme], Programme]) -> Municipality:
    municipality = sample(1)
    programmes = tuple(change(p) if p.year == YEAR else p for p in municipality.programmes)
    return dataclasses.replace(municipality, programmes=programmes)


def _table_grid(at: Desk) -> GridView:
    entries: list[Entry] = [entry for entry, _parent, _row in at.window.navigation.model._flat]
    at.window.go_to(next(entry.key for entry in entries if entry.kind == "resource_table" and entry.text == "Parklar"))
    at.settle()
    page = at.window.pages.page
    assert isinstance(page, ResourceTablePage)
    grid: GridView = page.ui.rows.grid
    return grid


CASES: dict[str, Callable[[int], Figures]] = {
    case.__name__: case for case in (keys, keys_with_preview, paste, paste_rows, scroll, turn, search)
}
