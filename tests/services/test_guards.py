"""What must hold between rows."""

from itertools import pairwise

import pytest
from tests.dump import dump

from perfdesk.domain.errors import UserError
from perfdesk.services.editing import records, sub_programmes


@pytest.fixture
def units(store):
    """Four units of which each stands below the one before."""
    rows = [records.add(store, "unit") for _n in range(4)]
    for above, row in pairwise(rows):
        records.set_field(store, "unit", row, "parent", above)
    return rows


def parent(store, row):
    return store.field("unit", row, "parent")


@pytest.mark.parametrize(("row", "above"), [(0, 0), (0, 1), (0, 3), (1, 2), (2, 3)])
def test_units_form_no_circle(store, units, row, above):
    before = parent(store, units[row]), store.undo_label
    with pytest.raises(UserError):
        records.set_field(store, "unit", units[row], "parent", units[above])
    assert (parent(store, units[row]), store.undo_label) == before


def test_what_makes_no_circle_is_taken(store, units):
    records.set_field(store, "unit", units[3], "parent", units[0])
    records.set_field(store, "unit", units[1], "parent", None)
    records.set_field(store, "unit", units[0], "parent", units[1])
    assert [parent(store, row) for row in units] == [units[1], None, units[1], units[0]]


def test_a_circle_from_elsewhere_is_left_again(store, units):
    with store.step("as another program may write it"):
        store.update("unit", units[0], parent=units[3])
    other = records.add(store, "unit")
    records.set_field(store, "unit", other, "parent", units[1])
    records.set_field(store, "unit", units[0], "parent", None)
    assert parent(store, units[0]) is None


def test_a_unit_in_use_is_not_deleted(store):
    used = next(
        unit
        for programme in store.load().programmes
        for holder in programme.holders()
        for sheet in holder.cost_sheets
        for unit in sheet.units
    )
    row = store.find("unit", identity=used)
    with pytest.raises(UserError) as refused:
        records.delete(store, "unit", row)
    assert refused.value.params["count"] > 0
    assert store.find("unit", identity=used) == row


def names_in_indicator(store, unit):
    with store.step("another owner"):
        store.update("indicator", store.rows("indicator")[0], owner=unit)


def names_as_higher_unit(store, unit):
    records.set_field(store, "unit", records.add(store, "unit"), "parent", unit)


def names_in_result(store, unit):
    with store.step("another unit"):
        store.update("indicator_result", store.rows("indicator_result")[0], measure_unit=unit)


@pytest.mark.parametrize("name_it", [names_in_indicator, names_as_higher_unit, names_in_result])
def test_a_unit_that_is_only_named_is_not_deleted_either(store, name_it):
    unit = records.add(store, "unit")
    name_it(store, unit)
    before = dump(store)
    with pytest.raises(UserError) as refused:
        records.delete(store, "unit", unit)
    assert refused.value.params["count"] == 1
    assert dump(store) == before


def test_a_unit_that_nothing_names_is_deleted(store):
    unit = records.add(store, "unit")
    records.delete(store, "unit", unit)
    assert unit not in store.rows("unit")


def test_a_sub_programme_that_an_activity_names_is_not_deleted(store):
    entry = records.add(store, "sub_programme_entry", programme_entry=store.rows("programme_entry")[0])
    activity = store.rows("activity")[0]
    sub_programmes.set_activity_entry(store, activity, entry)
    for table, row in (
        ("sub_programme_entry", entry),
        ("programme_entry", store.field("sub_programme_entry", entry, "programme_entry")),
    ):
        with pytest.raises(UserError):
            records.delete(store, table, row)
    assert store.field("activity", activity, "sub_programme_entry") == entry
    sub_programmes.set_activity_entry(store, activity, None)
    records.delete(store, "sub_programme_entry", entry)


@pytest.mark.parametrize(
    ("table", "last", "behind"),
    [
        ("plan", {"first_year": 2195, "last_year": 2199}, {"first_year": 2200, "last_year": 2204}),
        ("plan", {"first_year": 2195, "last_year": 2199}, {"first_year": 2196, "last_year": 2200}),
        ("population", {"year": 2199, "people": 1}, {"year": 2200, "people": 1}),
    ],
)
def test_no_row_begins_behind_the_last_year(store, table, last, behind):
    """The row that a new one follows may stand at the end of what a file holds."""
    records.add(store, table, **last)
    before = store.rows(table)
    with pytest.raises(UserError, match="2199"):
        records.add(store, table, **behind)
    assert store.rows(table) == before


def test_a_plan_period_that_a_programme_needs_stays(store):
    years = {programme.year for programme in store.load().programmes}
    for plan in store.load().plans:
        assert any(plan.covers(year) for year in years)
        with pytest.raises(UserError, match=f"{plan.first_year}-{plan.last_year}"):
            records.delete(store, "plan", plan.row)


@pytest.mark.parametrize(
    ("column", "value", "taken"),
    [("last_year", 2028, True), ("last_year", 2024, False), ("first_year", 2024, False), ("first_year", 2026, False)],
)
def test_a_plan_period_keeps_its_programmes_and_takes_none_from_another(store, column, value, taken):
    """From 2025 to 2029; begun in 2024, it would take the year 2024 from the period before."""
    plan = store.find("plan", first_year=2025)
    assert store.find("programme", year=2025)
    assert store.find("programme", year=2024)
    before = store.field("plan", plan, column)
    if taken:
        records.set_field(store, "plan", plan, column, value)
    else:
        with pytest.raises(UserError, match=r"202[45]"):
            records.set_field(store, "plan", plan, column, value)
    assert store.field("plan", plan, column) == (value if taken else before)


def test_a_new_plan_period_takes_no_programme_from_another(store):
    with pytest.raises(UserError, match="2022-2026"):
        records.add(store, "plan", first_year=2022, last_year=2026)
    new = records.add(store, "plan", first_year=2030, last_year=2034)
    records.delete(store, "plan", new)
    assert store.find("plan", first_year=2030) is None


def test_a_programme_without_targets_may_come_into_another_period(store):
    year = store.find("programme", year=2024)
    for target in store.rows("target", programme=year):
        with store.step("empty"):
            store.delete("target", target)
    assert not any(s.objectives for s in store.load().programme(2024).sub_programmes)
    new = records.add(store, "plan", first_year=2022, last_year=2024)
    assert store.load().plan_of(2024).row == new
