from collections.abc import Callable

from tests.dump import dump
from tests.example import YEAR

from perfdesk.domain.programme import SubProgramme
from perfdesk.services import rolling
from perfdesk.services.editing import sub_programmes
from perfdesk.services.rolling import Options
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


def test_units_take_it_into_the_year_in_the_same_step(store: Store) -> None:
    made = store.load()
    programme = made.programme(YEAR)
    assert programme is not None
    in_use = {use.sub_programme for use in programme.sub_programmes}
    entry = next(one for listed in made.programme_list for one in listed.sub_programmes if one.id not in in_use)
    u1, u2, _ = (unit.row for unit in made.units)
    undone(store, lambda: sub_programmes.use_with_units(store, programme.row, entry.row, [u2]))
    assert store.undo_label == sub_programmes.ADDED
    undone(store, lambda: sub_programmes.use_with_units(store, programme.row, entry.row, [u1, u2]))
    assert store.undo_label != sub_programmes.ADDED
    again = store.load().programme(YEAR)
    assert again is not None
    assert [use.units for use in again.sub_programmes if use.sub_programme == entry.id] == [("u1", "u2")]


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


def test_a_year_takes_sub_programmes_of_the_list_and_leaves_them(store: Store) -> None:
    (_, support) = store.load().programme_list
    programme = store.load().programme(YEAR)
    assert programme is not None
    entry = support.sub_programmes[0]
    undone(store, lambda: sub_programmes.use(store, programme.row, entry.row))
    now = store.load().programme(YEAR)
    assert now is not None
    assert [use.sub_programme for use in now.sub_programmes][-1] == entry.id
    # once is enough
    label = store.undo_label
    sub_programmes.use_all(store, programme.row, [entry.row])
    assert store.undo_label == label
    undone(store, lambda: sub_programmes.leave(store, programme.row, entry.row))
    again = store.load().programme(YEAR)
    assert again is not None
    assert again.sub_programmes == programme.sub_programmes


def test_the_new_year_takes_over_sub_programmes_and_what_is_linked_with_them(store: Store) -> None:
    (_, support) = store.load().programme_list
    before = store.load().programme(YEAR)
    assert before is not None
    sub_programmes.set_activity_entry(store, before.targets[0].activities[0].row, support.sub_programmes[0].row)
    indicator = before.targets[0].indicators[0]
    sub_programmes.set_indicator_objective(store, indicator.row, before.sub_programmes[0].objectives[0].row)
    newest = max(programme.year for programme in store.load().programmes)
    assert newest == YEAR
    rolling.roll_over(store, YEAR + 1, Options(next_plan=rolling.next_plan_of(store.load(), YEAR + 1)))
    new = store.load().programme(YEAR + 1)
    assert new is not None
    assert [use.sub_programme for use in new.sub_programmes] == [use.sub_programme for use in before.sub_programmes]
    assert new.sub_programmes[0].units == before.sub_programmes[0].units
    assert new.sub_programmes[0].objectives[0].title == before.sub_programmes[0].objectives[0].title
    assert new.form == before.form
    target = next(target for target in new.targets if target.id == before.targets[0].id)
    assert target.activities[0].sub_programme == support.sub_programmes[0].id
    assert target.indicators[0].sub_programme_objective == before.sub_programmes[0].objectives[0].id
