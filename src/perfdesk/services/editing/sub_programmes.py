"""Sub-programmes of a year: their units, and what their objectives are linked with; one step each."""

from collections.abc import Sequence

from perfdesk.i18n import N_
from perfdesk.storage.store import Store


def set_units(store: Store, sub_programme: int, units: Sequence[int]) -> None:
    """Change the spending units of a sub-programme, by row and in their order."""
    with store.step(N_("units of a sub-programme")):
        _replace(store, "sub_programme_unit", "sub_programme", sub_programme, "unit", units)


def link_objectives(store: Store, objective: int, plan_objectives: Sequence[int]) -> None:
    """Say which objectives of the plan an objective of a sub-programme serves, by row and in their order."""
    with store.step(N_("objectives served by a sub-programme")):
        _replace(store, "objective_link", "sub_programme_objective", objective, "objective", plan_objectives)


def set_indicator_objective(store: Store, indicator: int, objective: int | None) -> None:
    """Say which objective of a sub-programme an indicator measures, if any."""
    with store.step(N_("sub-programme objective of an indicator")):
        store.update("indicator", indicator, sub_programme_objective=objective)


def set_activity_entry(store: Store, activity: int, entry: int | None) -> None:
    """Say which sub-programme of the list a target's activity belongs to, too."""
    with store.step(N_("sub-programme of an activity")):
        store.update("activity", activity, sub_programme_entry=entry)


def _replace(store: Store, table: str, above: str, row: int, column: str, wanted: Sequence[int]) -> None:
    """Let exactly these rows be linked; those that are so already stay."""
    wanted = list(dict.fromkeys(wanted))
    before = store.rows(table, **{above: row})
    if [store.field(table, link, column) for link in before] == wanted:
        return
    for link in before:
        store.delete(table, link)
    for n, one in enumerate(wanted):
        store.insert(table, position=n, **{above: row, column: one})
