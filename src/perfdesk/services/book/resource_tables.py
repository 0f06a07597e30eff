"""Editing resource tables: cells, columns, header lines, and whole tables; one function an action, one step each.

A row's cells are a list of texts, as long as what was typed: rows shorter than the header stay so until something is
typed beyond their end. A column is its place, from 0, in the header's lines and in all rows alike.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from perfdesk.domain import texts, turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.i18n import N_
from perfdesk.services.editing.order import after_last, whole
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.services.editing.resource_fields import parts_of
from perfdesk.storage.rows import Stored, texts_of
from perfdesk.storage.store import Store
from perfdesk.tables.catalogue import part_of
from perfdesk.tables.form import Form, load_form

TABLE: Final = "resource_table"
ROW: Final = "resource_row"
# a free-form table begins with so many columns
_FREE_COLUMNS: Final = 3
# the head of a column that names personnel statuses, folded
_STATUS: Final = "statu"
_COPIED: Final = ("programme", "of_results", "section", "kind", "total_row", "total_column", "side_by_side", "note")


# --- cells ----------------------------------------------------------------------------------------------------------


def set_cell(store: Store, row: int, column: int, text: str) -> None:
    """Change one cell of a row; the text is kept as typed.

    Raises:
        UserError: it holds a character that cannot be stored or printed.
    """
    new = texts.typed(text)
    with store.step(N_("cell of a resource table")):
        cells = cells_of(store, row)
        if new or column < len(cells):
            store.update(ROW, row, cells=_with(cells, column, new))


def set_cells(
    store: Store, table: int, cells: Mapping[int, Sequence[str]], new: Iterable[Sequence[str]] = ()
) -> list[int]:
    """Change whole rows of a table in one go, and add new ones behind the last; return the rows added.

    Raises:
        UserError: a text holds a character that cannot be stored or printed; nothing is changed then.
    """
    changed = {row: [texts.typed(text) for text in line] for row, line in cells.items()}
    added = [[texts.typed(text) for text in line] for line in new]
    with store.step(N_("cells of a resource table")):
        for row, line in changed.items():
            store.update(ROW, row, cells=line)
        position = after_last(store, ROW, resource_table=table)
        return store.insert_many(
            ROW, ({"resource_table": table, "position": position + n, "cells": line} for n, line in enumerate(added))
        )


def add_row(store: Store, table: int, cells: Sequence[str] = ()) -> int:
    """Add a row behind the last one and return it."""
    with store.step(RECORD_TYPES[ROW].added):
        position = after_last(store, ROW, resource_table=table)
        return store.insert(ROW, resource_table=table, position=position, cells=list(map(texts.typed, cells)))


def delete_rows(store: Store, rows: Iterable[int]) -> None:
    """Delete rows, however many, in one step."""
    wanted = list(rows)
    with store.step(RECORD_TYPES[ROW].deleted if len(wanted) == 1 else N_("deleting rows")):
        for row in wanted:
            store.delete(ROW, row)


def cells_of(store: Store, row: int) -> list[str]:
    """Return a row's texts."""
    return list(texts_of(str(store.field(ROW, row, "cells"))))


# --- columns and header lines ---------------------------------------------------------------------------------------


def insert_column(store: Store, table: int, at: int) -> None:
    """Insert a blank column before the one at this place, or behind the last one.

    Where the head stands over both neighbours it stands over the new column too.
    """
    width = width_of(store, table)
    at = min(max(at, 0), width)

    def in_row(cells: list[str]) -> list[str]:
        return [*cells[:at], "", *cells[at:]] if len(cells) >= at and (len(cells) > at or at == width) else cells

    with store.step(N_("new column of a resource table")):
        header = [_padded(line, width) for line in header_of(store, table)]
        if not header and not width:
            header = [[]]
        for line in header[:-1]:
            joins = 0 < at < width and line[at - 1] == line[at]
            line.insert(at, line[at] if joins else "")
        for line in header[-1:]:
            line.insert(at, "")
        store.update(TABLE, table, header=header)
        _change_rows(store, table, in_row)


def delete_column(store: Store, table: int, at: int) -> None:
    """Delete a column with its head and its cells.

    Raises:
        UserError: it is the only one.
    """
    if width_of(store, table) <= 1:
        raise UserError(N_("A table has at least one column. Delete the whole table instead, if you do not need it."))

    def without(cells: list[str]) -> list[str]:
        return cells[:at] + cells[at + 1 :]

    with store.step(N_("deleting a column of a resource table")):
        store.update(TABLE, table, header=[without(line) for line in header_of(store, table)])
        _change_rows(store, table, without)


def move_column(store: Store, table: int, at: int, by: int) -> int:
    """Move a column to the left (negative) or right, and return its new place."""
    to = min(max(at + by, 0), width_of(store, table) - 1)
    if to == at:
        return at

    def moved(cells: list[str]) -> list[str]:
        if len(cells) <= min(at, to):
            return cells
        line = _padded(cells, max(at, to) + 1)
        line.insert(to, line.pop(at))
        return line

    with store.step(N_("moving a column of a resource table")):
        store.update(TABLE, table, header=[moved(line) for line in header_of(store, table)])
        _change_rows(store, table, moved)
    return to


def set_header_cell(store: Store, table: int, line: int, column: int, text: str) -> None:
    """Change one text of the header.

    Raises:
        UserError: it holds a character that cannot be stored or printed.
    """
    new = texts.typed(text)
    with store.step(N_("header of a resource table")):
        header = header_of(store, table)
        header[line] = _with(header[line], column, new)
        store.update(TABLE, table, header=header)


def set_header_lines(store: Store, table: int, count: int) -> None:
    """Give the header so many lines: new ones are blank, the last ones go."""
    width = width_of(store, table)
    with store.step(N_("header lines of a resource table")):
        header = header_of(store, table)[: max(count, 0)]
        header += [[""] * width for _n in range(count - len(header))]
        _keep_width(store, table, header, width)


def delete_header_line(store: Store, table: int, line: int) -> None:
    """Delete one line of the header."""
    width = width_of(store, table)
    with store.step(N_("header lines of a resource table")):
        header = header_of(store, table)
        del header[line]
        _keep_width(store, table, header, width)


def header_of(store: Store, table: int) -> list[list[str]]:
    """Return the lines of a table's header."""
    return [list(line) for line in json.loads(str(store.field(TABLE, table, "header")))]


def width_of(store: Store, table: int) -> int:
    """Return the number of a table's columns, computed ones not counted."""
    lines = [*header_of(store, table), *(cells_of(store, row) for row in store.rows(ROW, resource_table=table))]
    return max(map(len, lines), default=0)


# --- whole tables ---------------------------------------------------------------------------------------------------


def beginning(form: Form, kind: str, statuses: Iterable[str] = ()) -> ResourceTable:
    """Return a table as it begins: by the key of a kind of the form, or free-form ("").

    One by personnel status begins with a row, or a column, for each of the administration's statuses.
    """
    if not kind:
        return ResourceTable(header=(("",) * _FREE_COLUMNS,))
    chosen = next(one for one in form.resource_kinds if one.key == kind)
    own = tuple(statuses)
    rows = tuple(ResourceRow((status,)) for status in own) if is_by_status(chosen.header) else ()
    ((first, *_), *_) = chosen.header
    return ResourceTable(
        caption=chosen.caption,
        header=((first, *own),) if own and chosen.statuses_across else chosen.header,
        rows=rows,
        kind=kind,
        total_row=chosen.total_row,
        total_column=chosen.total_column,
    )


def add_table(store: Store, programme: int, section: str, kind: str = "") -> int:
    """Add a table to a part of a programme's book and return it.

    Args:
        store: the open file.
        programme: the programme's row.
        section: the part's key in the form's outline.
        kind: the key of a kind of the form; "" is a free-form table.
    """
    form = _form(store, programme)
    part = next(part for part in parts_of(form) if part.key == section)
    statuses = [str(store.field("personnel_status", row, "name")) for row in store.rows("personnel_status")]
    table = beginning(form, kind, statuses)
    with store.step(RECORD_TYPES[TABLE].added):
        row = store.insert(
            TABLE,
            programme=programme,
            position=after_last(store, TABLE, programme=programme, of_results=0),
            section=part.title,
            kind=table.kind,
            caption=table.caption,
            header=table.header,
            total_row=table.total_row,
            total_column=table.total_column,
        )
        for n, line in enumerate(table.rows):
            store.insert(ROW, resource_table=row, position=n, cells=line.cells)
    return row


def is_by_status(header: Sequence[Sequence[str]]) -> bool:
    """Whether a table's first column names personnel statuses."""
    return any(turkish.fold(line[0]).strip() == _STATUS for line in header if line)


def duplicate_table(store: Store, table: int) -> int:
    """Put a copy of a table right behind it and return the copy."""
    fields = {column: store.field(TABLE, table, column) for column in _COPIED}
    with store.step(N_("copy of a resource table")):
        order = _siblings(store, table)
        copy = store.insert(
            TABLE,
            **fields,
            position=len(order),
            caption=store.field(TABLE, table, "caption"),
            header=header_of(store, table),
        )
        for n, row in enumerate(store.rows(ROW, resource_table=table)):
            store.insert(ROW, resource_table=copy, position=n, cells=cells_of(store, row))
        order.insert(order.index(table) + 1, copy)
        store.reorder(TABLE, order)
    return copy


def move_table(store: Store, table: int, by: int) -> None:
    """Move a table up (negative) or down among those of its part."""
    order = _siblings(store, table)
    peers = neighbours(store, table)
    at = peers.index(table)
    to = min(max(at + by, 0), len(peers) - 1)
    if to == at:
        return
    places = [order.index(peer) for peer in peers]
    peers.insert(to, peers.pop(at))
    for place, peer in zip(places, peers, strict=True):
        order[place] = peer
    with store.step(RECORD_TYPES[TABLE].moved):
        store.reorder(TABLE, order)


def neighbours(store: Store, table: int) -> list[int]:
    """Return the tables that stand in the same part of the book, in their order, this one among them."""
    form = _form(store, whole(store.field(TABLE, table, "programme")))

    def place(row: int) -> str:
        kind, section = (str(store.field(TABLE, row, column)) for column in ("kind", "section"))
        return part_of(form, ResourceTable(section=section, kind=kind)).key

    here = place(table)
    return [row for row in _siblings(store, table) if place(row) == here]


# --- helpers --------------------------------------------------------------------------------------------------------


def _siblings(store: Store, table: int) -> list[int]:
    above: dict[str, Stored] = {column: store.field(TABLE, table, column) for column in RECORD_TYPES[TABLE].above}
    return store.rows(TABLE, **above)


def _form(store: Store, programme: int) -> Form:
    return load_form(str(store.field("programme", programme, "form")))


def _change_rows(store: Store, table: int, change: Callable[[list[str]], list[str]]) -> None:
    for row in store.rows(ROW, resource_table=table):
        store.update(ROW, row, cells=change(cells_of(store, row)))


def _keep_width(store: Store, table: int, header: list[list[str]], width: int) -> None:
    """Write a header of other lines; a table that has no rows either would be left without its columns."""
    if not header and not store.rows(ROW, resource_table=table):
        header = [[]]
    if header:
        header[0] = _padded(header[0], width)
    store.update(TABLE, table, header=header)


def _with(cells: Sequence[str], column: int, text: str) -> list[str]:
    line = _padded(cells, column + 1)
    line[column] = text
    return line


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]
