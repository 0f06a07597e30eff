"""A long table cut to the rows that changed, with the groups they stand under.

One amount changes a total, and this the share of every other row: a row of which only shares differ has not changed.
"""

import dataclasses
from collections.abc import Collection, Sequence
from typing import Final

from perfdesk.tables.table import COVERED, HEADS, Cell, ColumnKind, Part, Role, Row, Table

# a table of no more rows is told as a whole
LONG: Final = 24


def only_changed(table: Table, before: Table, caption: str) -> Table:
    """Return a table under another caption with the rows that an earlier state of it had not; a short one as it is."""
    if sum(len(part.rows) for part in table.parts) <= LONG:
        return table
    known = {texts for part in before.parts for texts in _told(part)}
    parts = tuple(_part(part, known) for part in table.parts)
    same = all(len(new.rows) == len(old.rows) for new, old in zip(parts, table.parts, strict=True))
    # what is left out, or only its heads or groups have changed: then it is told as a whole
    if same or not any(part.rows for part in parts):
        return table
    return dataclasses.replace(table, parts=tuple(part for part in parts if part.rows), caption=caption)


def only_shares_changed(table: Table, before: Table) -> int:
    """Return how many rows of a table differ from an earlier state of it by their shares alone."""
    printed = {texts for part in before.parts for texts in texts_of(part)}
    told = {texts for part in before.parts for texts in _told(part)}
    return sum(
        texts not in printed and row in told
        for part in table.parts
        for texts, row in zip(texts_of(part), _told(part), strict=True)
    )


def shares_of(part: Part) -> Collection[int]:
    """Return the places of the columns that hold shares."""
    return {at for at, column in enumerate(part.columns) if column.kind is ColumnKind.SHARE}


def _told(part: Part) -> list[tuple[str, ...]]:
    """Return the texts of each row but for its shares."""
    shares = shares_of(part)
    return [tuple("" if at in shares else text for at, text in enumerate(texts)) for texts in texts_of(part)]


def _part(part: Part, known: set[tuple[str, ...]]) -> Part:
    kept: list[int] = []
    # the heads above a row that are not kept yet, and whether those that are have changed, and all below them with it
    heads: list[int] = []
    whole = False
    for at, (row, texts) in enumerate(zip(part.rows, _told(part), strict=True)):
        changed = texts not in known
        if row.role is Role.TOTAL:
            # it is of the table, not of what stands above it
            heads, whole = [], False
        if row.role is Role.GROUP:
            follows = bool(at) and part.rows[at - 1].role is Role.GROUP
            heads = [*heads, at] if follows else [at]
            whole = changed or (follows and whole)
        elif row.role in HEADS:
            # its own figures change with those below it, so that not all of these have changed with it
            heads = [*(head for head in heads if HEADS[part.rows[head].role] < HEADS[row.role]), at]
            whole = False
            if changed:
                kept += heads
                heads = []
        elif changed or whole:
            kept += [*heads, at]
            heads = []
    return dataclasses.replace(part, rows=_cut(part.rows, kept))


def texts_of(part: Part) -> list[tuple[str, ...]]:
    """Return the texts of each row, those of cells over several rows in each of them."""
    return [tuple(part.rows[over[at]].cells[at].text for at in range(len(over))) for over in owners(part.rows)]


def owners(rows: Sequence[Row]) -> list[list[int]]:
    """Return for each row and column the row whose cell stands there."""
    found: list[list[int]] = []
    until = [0] * max((len(row.cells) for row in rows), default=0)
    for n, row in enumerate(rows):
        over = []
        for at, cell in enumerate(row.cells):
            if n >= until[at]:
                until[at] = n + max(cell.down, 1)
                over.append(n)
            else:
                over.append(found[-1][at])
        found.append(over)
    return found


def _cut(rows: Sequence[Row], kept: Sequence[int]) -> tuple[Row, ...]:
    """Return the rows that are kept; a cell over several rows stands over those of them that are."""
    standing = owners(rows)
    cut: list[Row] = []
    for n, at in enumerate(kept):
        cells: list[Cell] = []
        for column, cell in enumerate(rows[at].cells):
            owner = standing[at][column]
            over = rows[owner].cells[column]
            if over.down <= 1:
                cells.append(cell)
            elif n and standing[kept[n - 1]][column] == owner:
                cells.append(COVERED)
            else:
                run = sum(standing[other][column] == owner for other in kept)
                cells.append(over._replace(down=run))
        cut.append(rows[at]._replace(cells=tuple(cells)))
    return tuple(cut)
