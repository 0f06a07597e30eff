"""Targets among their objectives: new ones, and moving them within an objective or to another one; one step each."""

from typing import Final

from perfdesk.domain.programme import Programme
from perfdesk.services.editing import records
from perfdesk.services.editing.numbering import release_codes
from perfdesk.services.editing.order import whole
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.storage.store import Store

_TABLE: Final = "target"


def add_target(store: Store, programme: int, objective: int) -> int:
    """Add a target behind the last one of an objective and return its row."""
    with store.step(RECORD_TYPES[_TABLE].added):
        row = records.add(store, _TABLE, programme=programme, objective=objective)
        _place(store, row, None)
        return row


def move_target(store: Store, target: int, objective: int, position: int | None = None) -> None:
    """Move a target to an objective, there before the target at a position or behind the last one."""
    with store.step(RECORD_TYPES[_TABLE].moved):
        release_codes(store, _TABLE, _rows(store, target))
        store.update(_TABLE, target, objective=objective)
        _place(store, target, position)


def shift_target(store: Store, target: int, by: int) -> None:
    """Move a target up (negative) or down among those of its objective."""
    own = _of_objective(store, target)
    at = own.index(target)
    to = min(max(at + by, 0), len(own) - 1)
    if to != at:
        with store.step(RECORD_TYPES[_TABLE].moved):
            release_codes(store, _TABLE, _rows(store, target))
            _place(store, target, to)


def _place(store: Store, target: int, position: int | None) -> None:
    """Put a target among those of its objective; codes have been released."""
    rows = [row for row in _rows(store, target) if row != target]
    siblings = [row for row in _of_objective(store, target) if row != target]
    if position is not None and position < len(siblings):
        at = rows.index(siblings[max(position, 0)])
    elif siblings:
        at = rows.index(siblings[-1]) + 1
    else:
        at = _first_beyond(store, target, rows)
    rows.insert(at, target)
    store.reorder(_TABLE, rows)


def _first_beyond(store: Store, target: int, rows: list[int]) -> int:
    """Return the place of the first target whose objective stands behind the target's own in the plan."""
    municipality = store.load()
    programme = next(p for p in municipality.programmes if any(one.row == target for one in p.targets))
    order = {id_: n for n, id_ in enumerate(municipality.objectives_of(programme.year))}
    places = _places(programme, order)
    own = places[target]
    return next((at for at, row in enumerate(rows) if places[row] > own), len(rows))


def _places(programme: Programme, order: dict[str, int]) -> dict[int, int]:
    return {target.row: order.get(target.objective, len(order)) for target in programme.targets}


def _rows(store: Store, target: int) -> list[int]:
    return store.rows(_TABLE, programme=whole(store.field(_TABLE, target, "programme")))


def _of_objective(store: Store, target: int) -> list[int]:
    objective = store.field(_TABLE, target, "objective")
    return [row for row in _rows(store, target) if store.field(_TABLE, row, "objective") == objective]
