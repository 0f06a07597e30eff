"""Marks on what differs between two states of a table: its cells, and the lines above its columns."""

import dataclasses
from collections.abc import Collection, Sequence

from perfdesk.tables.changes.rows import owners, shares_of, texts_of
from perfdesk.tables.table import Fact, Part, Row, Table

_Texts = tuple[str, ...]


def marked(table: Table, before: Table | None) -> Table:
    """Return a table whose cells and facts are marked where they differ from an earlier state; all where none is.

    A row of which only shares differ is not marked: they change with every total.
    """
    facts = {(fact.key, fact.label): fact.text for fact in before.facts} if before else {}
    parts = {part.key: part for part in before.parts} if before else {}
    return dataclasses.replace(
        table,
        facts=tuple(_fact(fact, facts) for fact in table.facts),
        parts=tuple(_part(part, parts.get(part.key)) for part in table.parts),
    )


def _fact(fact: Fact, before: dict[tuple[str, str], str]) -> Fact:
    return fact._replace(changed=bool(fact.text) and before.get((fact.key, fact.label)) != fact.text)


def _part(part: Part, before: Part | None) -> Part:
    texts = texts_of(part)
    old = texts_of(before) if before else []
    # columns may have come or gone: then nothing is where it was
    same = before is not None and [column.key for column in before.columns] == [column.key for column in part.columns]
    known = set(old) if same else set()
    gone = [
        (row.key, text)
        for row, text in zip(before.rows if before and same else (), old, strict=False)
        if text not in set(texts)
    ]
    own, shares = owners(part.rows), shares_of(part)
    rows = [
        row if text in known else _row(row, n, own[n], text, _earlier(row, text, gone), shares)
        for n, (row, text) in enumerate(zip(part.rows, texts, strict=True))
    ]
    return dataclasses.replace(part, rows=tuple(rows))


def _earlier(row: Row, texts: _Texts, gone: list[tuple[str, _Texts]]) -> _Texts | None:
    """Return what a row was, and take it from those that are there no longer: by its key, else by how it begins."""
    for fits in (lambda key, _: key == row.key, lambda _, text: text[0] == texts[0] != ""):
        for at, (key, text) in enumerate(gone):
            if fits(key, text):
                return gone.pop(at)[1]
    return None


def _row(row: Row, n: int, owner: Sequence[int], texts: _Texts, before: _Texts | None, shares: Collection[int]) -> Row:
    if before is not None and all(at in shares or before[at] == text for at, text in enumerate(texts)):
        return row
    cells = [
        # a cell over several rows is marked in the first of them
        cell._replace(changed=owner[at] == n and bool(cell.text or before) and (before is None or before[at] != text))
        for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True))
    ]
    return row._replace(cells=tuple(cells))
