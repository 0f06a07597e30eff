from collections.abc import Callable

from tests.dump import dump
from tests.example import YEAR

from perfdesk.domain.programme import SubProgramme
from perfdesk.services.editing import sub_programmes
from perfdesk.storage.store import Store


def sub(store: Store) -> SubProgramme:
    programme = store.load().programme(YEAR)
    assert programme is not None
    return programme.sub_programmes[0]


def undone(store: Store, change: Callable[[], object]) -> None:
    before = dump(store)
    change()
    after = dump(store)
    assert after != before
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after


def test_units(store: Store) -> None:
    u1, u2, _ = (unit.row for unit in store.load().units)
    undone(store, lambda: sub_programmes.set_units(store, sub(store).row, [u2, u1, u2]))
    assert sub(store).units == ("u2", "u1")
    label = store.undo_label
    sub_programmes.set_units(store, sub(store).row, [u2, u1])
    store.undo()
    assert (store.redo_label, sub(store).units) == (label, ("u1",))
    sub_programmes.set_units(store, sub(store).row, [])
    assert sub(store).units == ()


def test_objectives_of_the_plan_that_it_serves(store: Store) -> None:
    (plan, _former) = store.load().plans
    park = plan.goals[1].objectives[0].row
    undone(store, lambda: sub_programmes.link_objectives(store, sub(store).objectives[0].row, [park]))
    assert sub(store).objectives[0].objectives == ("o3",)


def test_the_sub_programme_an_activity_belongs_to_as_well(store: Store) -> None:
    (_, support) = store.load().programme_list
    programme = store.load().programme(YEAR)
    assert programme is not None
    (roads, _parks) = programme.targets
    entry = support.sub_programmes[0]
    undone(store, lambda: sub_programmes.set_activity_entry(store, roads.activities[1].row, entry.row))
    again = store.load().programme(YEAR)
    assert again is not None
    assert again.targets[0].activities[1].sub_programme == "sp2"


def test_the_objective_an_indicator_measures(store: Store) -> None:
    here = sub(store)
    (indicator,) = here.indicators
    undone(store, lambda: sub_programmes.set_indicator_objective(store, indicator.row, here.objectives[0].row))
    assert sub(store).indicators[0].sub_programme_objective == "so1"
    sub_programmes.set_indicator_objective(store, indicator.row, None)
    assert sub(store).indicators[0].sub_programme_objective == ""
