"""Sub-programmes of a year: their units, and what their objectives are linked with; one step each."""

from collections.abc import Sequence
from typing import Final

from perfdesk.i18n import N_
from perfdesk.services.editing.links import relink
from perfdesk.services.editing.order import after_last
from perfdesk.storage.store import Store

ADDED: Final = N_("sub-programme of the year")
REMOVED: Final = N_("sub-programme taken out of the year")
_UNITS: Final = N_("units of a sub-programme")


def use(store: Store, programme: int, entry: int) -> int:
    """Let a year have a sub-programme of the list and return its row; where it has it, that is all."""
    row = store.find("sub_programme", programme=programme, sub_programme_entry=entry)
    if row is not None:
        return row
    with store.step(ADDED):
        place = after_last(store, "sub_programme", programme=programme)
        return store.insert("sub_programme", programme=programme, sub_programme_entry=entry, position=place)


def use_all(store: Store, programme: int, entries: Sequence[int]) -> None:
    """Let a year have all these sub-programmes of the list, as one step."""
    with store.step(N_("sub-programmes of the year")):
        for entry in entries:
            use(store, programme, entry)


def use_with_units(store: Store, programme: int, entry: int, units: Sequence[int]) -> None:
    """Give a sub-programme of the list its spending units in a year, which takes it into the year, as one step."""
    is_used = store.find("sub_programme", programme=programme, sub_programme_entry=entry) is not None
    with store.step(_UNITS if is_used else ADDED):
        set_units(store, use(store, programme, entry), units)


def leave(store: Store, programme: int, entry: int) -> None:
    """Take a sub-programme out of a year with all that is entered in its form; what targets have stays with them."""
    row = store.find("sub_programme", programme=programme, sub_programme_entry=entry)
    if row is not None:
        with store.step(REMOVED):
            store.delete("sub_programme", row)


def set_units(store: Store, sub_programme: int, units: Sequence[int]) -> None:
    """Change the spending units of a sub-programme, by row and in their order."""
    with store.step(_UNITS):
        relink(store, "sub_programme_unit", "unit", units, sub_programme=sub_programme)


def link_objectives(store: Store, objective: int, plan_objectives: Sequence[int]) -> None:
    """Say which objectives of the plan an objective of a sub-programme serves, by row and in their order."""
    with store.step(N_("objectives served by a sub-programme")):
        relink(store, "objective_link", "objective", plan_objectives, sub_programme_objective=objective)


def set_indicator_objective(store: Store, indicator: int, objective: int | None) -> None:
    """Say which objective of a sub-programme an indicator measures, if any."""
    with store.step(N_("sub-programme objective of an indicator")):
        store.update("indicator", indicator, sub_programme_objective=objective)


def set_activity_entry(store: Store, activity: int, entry: int | None) -> None:
    """Say which sub-programme of the list a target's activity belongs to, too."""
    with store.step(N_("sub-programme of an activity")):
        store.update("activity", activity, sub_programme_entry=entry)
