"""Costs written together are as if each had been entered by itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dump import dump
from tests.example import YEAR, example
from tests.folders import quick_folder
from tests.strategies import ECONOMIC_CODES

from perfdesk.domain.costs import OFF_BUDGET_SOURCES
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import MAX_AMOUNT, ZERO
from perfdesk.services.editing import costing, records
from perfdesk.services.paste import bulk_costs
from perfdesk.services.paste.bulk_costs import Costs
from perfdesk.storage import files, limits

KEYS = ("", *ECONOMIC_CODES, *OFF_BUDGET_SOURCES)
# some so large that there is no room for several
AMOUNTS = st.sampled_from([ZERO, Decimal("1.50"), Decimal(700), Decimal("4999999999999.99"), MAX_AMOUNT])


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "a.perfdesk"
    files.create(path, example())
    with files.open_store(path, writable=True) as store:
        yield store


def target(store):
    return next(t for t in store.load().programme(YEAR).targets if t.activities)


def shown(store):
    """What the target's costs are, without the rows of the file, and what a blank line leaves behind."""
    return [
        (
            sheet.activities,
            sheet.units,
            sheet.split,
            {line.code: line.amount for line in sheet.lines if line.amount},
            {source: amount for source, amount in sheet.off_budget.items() if amount},
        )
        for sheet in target(store).cost_sheets
    ]


def singly(store, entries):
    refused = set()
    for activity, costs in entries.items():
        if costs.units is not None:
            costing.set_units(store, activity, costs.units)
        for key, amount in costs.amounts.items():
            try:
                costing.set_cost(store, activity, key, amount)
            except UserError:
                refused.add((activity, key))
    return refused


@given(
    st.lists(st.dictionaries(st.sampled_from(KEYS), AMOUNTS, max_size=4), min_size=1, max_size=5),
    st.lists(st.sampled_from([None, (), (0,), (1, 0, 1)]), min_size=5, max_size=5),
)
def test_costs_together_are_as_those_entered_singly(amounts, units):
    found = []
    for together in (False, True):
        with quick_folder() as folder:
            files.create(folder / "a.perfdesk", example())
            with files.open_store(folder / "a.perfdesk", writable=True) as store:
                known = store.rows("unit")
                activities = [activity.row for activity in target(store).activities]
                with store.step("x"):
                    activities += [records.add(store, "activity", target=target(store).row) for _ in range(2)]
                entries = {
                    activity: Costs(of, None if at is None else [known[n] for n in at])
                    for activity, of, at in zip(reversed(activities), amounts, units, strict=False)
                }
                before = dump(store)
                with store.step("costs"):
                    refused = set(bulk_costs.set_costs(store, entries)) if together else singly(store, entries)
                # the identities of new activities are drawn
                ids = {a.id: n for n, a in enumerate(target(store).activities)}
                found.append(([([ids[id_] for id_ in sheet[0]], *sheet[1:]) for sheet in shown(store)], refused))
                if dump(store) != before:
                    store.undo()
                assert dump(store) == before
    assert found[0] == found[1]


def test_the_total_is_added_up_once(store, monkeypatch):
    with store.step("x"):
        activities = [records.add(store, "activity", target=target(store).row) for _ in range(50)]
    counted = []
    own = limits.programme_total
    monkeypatch.setattr(costing, "programme_total", lambda *args: (counted.append(1), own(*args))[1])
    with store.step("costs"):
        refused = bulk_costs.set_costs(store, {a: Costs({"03": Decimal(5), "01": Decimal(7)}) for a in activities})
    assert not refused
    assert len(counted) == 1
    assert sum(line.amount for sheet in target(store).cost_sheets[-50:] for line in sheet.lines) == 600


def test_what_there_is_no_room_for_is_told_and_the_rest_written(store):
    with store.step("x"):
        one, other = (records.add(store, "activity", target=target(store).row) for _ in range(2))
    with store.step("costs"):
        refused = bulk_costs.set_costs(
            store, {one: Costs({"03": MAX_AMOUNT, "06": Decimal(2)}), other: Costs({"01": Decimal(3)})}, new=True
        )
    assert list(refused) == [(one, "03")]
    assert "9.999.999.999.999,99" in refused[one, "03"].sentence()
    assert [[line.amount for line in sheet.lines] for sheet in target(store).cost_sheets[-2:]] == [[2], [3]]


def test_a_key_that_no_form_has_is_a_mistake(store):
    with pytest.raises(KeyError), store.step("x"):
        bulk_costs.set_costs(store, {target(store).activities[0].row: Costs({"77": Decimal(1)})})
