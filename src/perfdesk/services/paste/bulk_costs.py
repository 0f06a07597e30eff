"""The cost of many activities at once, as a paste gives it: the programme's total is added up only once.

Parts of the current step. New rows of one table are written one after another: undo can take them back together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from perfdesk.domain.costs import OFF_BUDGET_SOURCES
from perfdesk.domain.errors import UserError
from perfdesk.services.editing import costing
from perfdesk.services.editing.order import after_last, whole
from perfdesk.services.paste.bulk import Refused
from perfdesk.storage.store import Store


@dataclass(frozen=True, slots=True)
class Costs:
    """What is entered for an activity: amounts by economic code, "" or source, and the units responsible if any are."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    units: Sequence[int] | None = None


def set_costs(store: Store, entries: Mapping[int, Costs], *, new: bool = False) -> Refused:
    """Change the cost of activities of one target or sub-programme; ``new`` ones have none yet.

    Each amount is looked at in its turn, as if it were entered by itself; return what was refused, by activity and key.
    """
    if not entries:
        return {}
    programme = whole(store.field("activity", next(iter(entries)), "programme"))
    costing.check_keys(store, programme, {key for costs in entries.values() for key in costs.amounts})
    changes = _Changes(store, costing.room_left(store, programme))
    without: dict[int, Costs] = {}
    for activity, costs in entries.items():
        sheet = None if new else costing.sheet_of(store, activity)
        if sheet is None:
            without[activity] = changes.accepted(activity, costs)
        else:
            changes.make(activity, sheet, costs)
    _add_sheets(store, {activity: costs for activity, costs in without.items() if costs.amounts or costs.units})
    return changes.refused


class _Changes:
    """Changes of amounts one after another, with the room that each leaves to the next."""

    def __init__(self, store: Store, room: Decimal) -> None:
        self._store = store
        self._room = room
        self.refused: Refused = {}

    def make(self, activity: int, sheet: int, costs: Costs) -> None:
        """Change the cost of an activity that has a sheet."""
        if costs.units is not None:
            costing.set_units(self._store, activity, costs.units)
        for key, amount in costs.amounts.items():
            try:
                self._room -= costing.change_amount(self._store, sheet, key, amount, self._room)
            except UserError as error:
                self.refused[activity, key] = error

    def accepted(self, activity: int, costs: Costs) -> Costs:
        """Return what there is room for of the cost of an activity that has no sheet yet."""
        amounts = {}
        for key, amount in costs.amounts.items():
            if not amount:
                continue
            try:
                costing.check_room(amount, self._room)
            except UserError as error:
                self.refused[activity, key] = error
            else:
                amounts[key] = amount
                self._room -= amount
        return replace(costs, amounts=amounts)


def _add_sheets(store: Store, entries: Mapping[int, Costs]) -> None:
    """Give each of these activities, which stand under the same target or sub-programme, a sheet of its own."""
    if not entries:
        return
    above = costing.above_of(store, "activity", next(iter(entries)))
    position = after_last(store, "cost_sheet", **above)
    sheets = {
        activity: store.insert("cost_sheet", position=position + n, **above) for n, activity in enumerate(entries)
    }
    for activity, sheet in sheets.items():
        store.insert("cost_sheet_activity", cost_sheet=sheet, activity=activity, position=0)
    for activity, sheet in sheets.items():
        for n, unit in enumerate(dict.fromkeys(entries[activity].units or ())):
            store.insert("cost_sheet_unit", cost_sheet=sheet, unit=unit, cooperating=False, position=n)
    for activity, sheet in sheets.items():
        lines = [(key, amount) for key, amount in entries[activity].amounts.items() if key not in OFF_BUDGET_SOURCES]
        for n, (code, amount) in enumerate(lines):
            store.insert("cost_line", cost_sheet=sheet, position=n, code=code or None, amount=amount)
    for activity, sheet in sheets.items():
        for source, amount in entries[activity].amounts.items():
            if source in OFF_BUDGET_SOURCES:
                store.insert("cost_off_budget", cost_sheet=sheet, source=source, amount=amount)
