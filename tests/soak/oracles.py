"""What must hold after every step, found out without the code that is being tested wherever that can be."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit

from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.exchange.reading import read
from perfdesk.exchange.writing import write
from perfdesk.gui.fields.check_field import CheckField
from perfdesk.gui.fields.text_field import TextField
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.entry_model import NEW
from perfdesk.gui.grid.grid_view import GridView
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.refused import REFUSED_SIGN
from perfdesk.gui.session import Session
from perfdesk.services import versions
from perfdesk.services.output import exporting
from perfdesk.storage import files


def on_disk(path: Path) -> Municipality:
    """Return what another reader of the file sees."""
    with files.open_store(path, writable=False) as store:
        return store.load()


# --- equality ---------------------------------------------------------------------------------------------------------


def difference(one: Any, other: Any) -> str:
    """Return the first place in which two snapshots differ, row numbers counted, or ""."""
    # what is equal has no row numbers in it; what is written out has
    return "" if repr(one) == repr(other) else _different(one, other)


def _different(one: Any, other: Any, place: str = "") -> str:
    if type(one) is not type(other):
        return f"{place}: {one!r} ≠ {other!r}"
    for name, left, right in _parts(one, other):
        found = _different(left, right, f"{place}{name}")
        if found:
            return found
    if not _parts(one, other) and one != other:
        return f"{place}: {one!r} ≠ {other!r}"
    return ""


def _parts(one: Any, other: Any) -> list[tuple[str, Any, Any]]:
    if is_dataclass(one):
        return [(f".{part.name}", getattr(one, part.name), getattr(other, part.name)) for part in fields(one)]
    if isinstance(one, tuple | list):
        size = [(".length", len(one), len(other))]
        return size + [(f"[{n}]", *pair) for n, pair in enumerate(zip(one, other, strict=False))]
    if isinstance(one, Mapping):
        keys = [(".keys", sorted(map(repr, one)), sorted(map(repr, other)))] if set(one) != set(other) else []
        return keys + [(f"[{key!r}]", one[key], other[key]) for key in one if key in other]
    return []


# --- sums -------------------------------------------------------------------------------------------------------------


def programme_total(programme: Programme) -> Decimal:
    """Add up every amount of a programme's own year, leaf by leaf."""
    leaves: list[Decimal] = []
    for holder in (*programme.targets, *programme.sub_programmes):
        for sheet in holder.cost_sheets:
            leaves += [line.amount for line in sheet.lines]
            leaves += [transfer.amount for transfer in sheet.transfers]
            leaves += list(sheet.off_budget.values())
    leaves += [line.amount for line in programme.general_administration]
    leaves += [transfer.amount for transfer in programme.transfers]
    return sum(leaves, Decimal(0))


def sums(window: MainWindow, session: Session) -> Iterator[str]:
    """Compare the ledger and the bar at the foot with sums of our own."""
    ctx = session.context
    if ctx is None:
        return
    total = programme_total(ctx.programme)
    if ctx.ledger.grand_total.total != total:
        yield f"the ledger's total is {ctx.ledger.grand_total.total}, its leaves add up to {total}"
    if format_number(total, 2) not in window.foot.programme_sum.text():
        yield f"the foot says {window.foot.programme_sum.text()!r}, the leaves add up to {format_number(total, 2)}"
    for sheet, need in zip(
        (sheet for holder in ctx.programme.holders() for sheet in holder.cost_sheets), ctx.ledger.sheets, strict=True
    ):
        lines = sum((line.amount for line in sheet.lines), Decimal(0))
        own = lines + sum(sheet.off_budget.values(), Decimal(0))
        if need.need.total != own:
            yield f"a cost sheet's need is {need.need.total}, its lines add up to {own}"
        # only what is within the budget is divided
        if sheet.split and sum(sheet.split.values(), Decimal(0)) != lines:
            yield f"a divided cost of {lines} has parts that add up to {sum(sheet.split.values(), Decimal(0))}"


# --- what is shown ----------------------------------------------------------------------------------------------------


def shown(window: MainWindow) -> Iterator[str]:
    """Compare the form in sight with the snapshot: nothing stale, nothing lost."""
    page = window.pages.page
    if page is None or window.ui.pages.currentWidget() is not window.pages:
        return
    for view in page.findChildren(GridView):
        model = view.model()
        if isinstance(model, EditModel) and view.isVisible():
            yield from _grid(model)
    for binding in page._bindings:
        yield from _fields(binding)


def _grid(model: EditModel) -> Iterator[str]:
    now = [(row.key, tuple(cell.text for cell in row.cells)) for row in model.content().rows]
    seen = [(row.key, tuple(cell.text for cell in row.cells)) for row in model.rows if row.key != NEW]
    if now != seen:
        different = [pair for pair in zip(now, seen, strict=False) if pair[0] != pair[1]][:1]
        yield f"{type(model).__name__} shows {len(seen)} of {len(now)} rows; the first that differs: {different}"


def _fields(binding: Any) -> Iterator[str]:
    record = binding._record()
    for column, widget in binding.widgets.items():
        if record is None or widget.hasFocus() or not widget.isVisible():
            continue
        refused = binding._found(column)
        # what the checks found there is read out, too, but has no such sign
        if bool(refused) != widget.accessibleDescription().startswith(REFUSED_SIGN):
            yield f"the field {binding.table}.{column} is {'not marked' if refused else 'marked'}"
        stored = refused.text if refused else binding._fields[column].show(record)
        seen = _seen(widget)
        if seen.split() != stored.split():
            yield f"the field {binding.table}.{column} shows {seen!r}, stored is {stored!r}"


def refused(window: MainWindow, session: Session) -> Iterator[str]:
    """Check that what waits to be mended belongs to something that is there."""
    for one in window.refusals.found():
        if session.municipality.programme(one.year) is None:
            yield f"{one.wrong.text!r} was refused in {one.year}, which is not there"
        for row in one.spot.anchor.rows:
            if session.store.find(row.table, **dict(row.where)) is None:
                yield f"{one.wrong.text!r} was refused for {row}, which is gone"


def _seen(widget: Any) -> str:
    if isinstance(widget, CheckField):
        return str(widget.entry())
    return str(widget.toPlainText() if isinstance(widget, TextField) else widget.text())


def labels(window: MainWindow, session: Session) -> Iterator[str]:
    """Compare the undo commands with what the store would undo."""
    for action, label in ((window.ui.undo, session.undo_label), (window.ui.redo, session.redo_label)):
        if action.isEnabled() != bool(label):
            yield f"“{action.text()}” is {'on' if action.isEnabled() else 'off'}, the store's step is {label!r}"


def search_is_for(session: Session, box: QLineEdit) -> Iterator[str]:
    """Check that a search can be made just when a file is open."""
    if not box.isEnabled():
        yield f"a file of {session.year} is open and cannot be searched"


# --- the file ---------------------------------------------------------------------------------------------------------


def file_is_whole(path: Path) -> Iterator[str]:
    """Let SQLite itself check the file, by a connection of its own."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            yield f"integrity_check: {verdict}"
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            yield f"foreign_key_check: {broken[:5]}"
    finally:
        connection.close()


def undo_log_is_whole(session: Session) -> Iterator[str]:
    """Check that every entry of the undo log belongs to one step, and every step has entries."""
    log = session.store._log
    if log is None:
        return
    steps = [*log._undo, *log._redo]
    count = session.store._db.execute("SELECT count(*) FROM undo_log").fetchone()[0]
    within = 0
    for step in steps:
        query = "SELECT count(*) FROM undo_log WHERE seq BETWEEN ? AND ?"
        entries = session.store._db.execute(query, [step.first, step.last]).fetchone()[0]
        within += entries
        if not entries:
            yield f"the step {step} has no entries in the undo log"
    if within != count:
        yield f"the undo log has {count} entries, its {len(steps)} steps {within}"


def exchanged(path: Path, municipality: Municipality) -> Iterator[str]:
    """Write the exchange format of a file, with its frozen versions whole; read it back and compare."""
    with files.open_store(path, writable=False) as store:
        back = read(write(versions.whole(store)))
    if back != municipality:
        yield f"not the same after export and import: {_first_unequal(municipality, back)}"


def _first_unequal(one: Any, other: Any, place: str = "") -> str:
    for name, left, right in _parts(one, other):
        if name != ".row" and left != right:
            return _first_unequal(left, right, f"{place}{name}")
    return f"{place}: {one!r} ≠ {other!r}"


def book(session: Session) -> Iterator[str]:
    """Set the whole book of the year in hand."""
    if session.context is not None and not exporting.book(session.context).startswith(b"%PDF"):
        yield "the book is no PDF"


def records(municipality: Municipality) -> Iterable[Any]:
    """Yield every object of a snapshot that is a row of the file."""
    todo: list[Any] = [municipality]
    while todo:
        one = todo.pop()
        if is_dataclass(one):
            if getattr(one, "row", 0):
                yield one
            todo += [getattr(one, part.name) for part in fields(one)]
        elif isinstance(one, tuple | list):
            todo += one
