"""Codes that say no more than their position follow it when rows come, go or move."""

from perfdesk.domain.numbering import codes
from perfdesk.storage.store import Store
from perfdesk.tables.layout import layout_of


def release_codes(store: Store, table: str, rows: list[int]) -> None:
    """Drop the stored codes of indicators or activities that are what the pattern gives; part of the current step.

    An imported document stores every code as printed. Left there, a new or moved row would get by position a code that
    another one keeps. A code that deviates from the pattern was given on purpose and stays.
    """
    coded = {row for row in rows if store.field(table, row, "code")}
    if not coded:
        return
    municipality = store.load()
    for programme in municipality.programmes:
        held = [
            item
            for holder in programme.holders()
            for item in (holder.indicators if table == "indicator" else holder.activities)
            if item.row in coded
        ]
        if not held:
            continue
        patterns = layout_of(programme).codes
        derived = codes(programme, municipality.plan_of(programme.year), patterns, (table,))
        by_id = derived.indicators if table == "indicator" else derived.activities
        for item in held:
            if by_id[item.id] == item.code:
                store.update(table, item.row, code="")
