"""Where undo goes, for every kind of edit."""

from dataclasses import replace

import pytest
from tests.example import KNOWN, YEAR, example, lira

from perfdesk.domain.value import ValueKind
from perfdesk.services import rolling
from perfdesk.services.editing import costing, records, values
from perfdesk.services.locating import changed_place
from perfdesk.services.places import UNITS, Place
from perfdesk.services.rolling import Options
from perfdesk.storage import files

TARGET = ("target", "t1")

EDITS = {
    "title": (lambda s, t, i, a: records.write(s, KNOWN, "target", t, "title", "x"), ("target", "t", "title")),
    "name": (lambda s, t, i, a: records.write(s, KNOWN, "indicator", i[1], "name", "x"), ("indicator", "i1", "name")),
    "value": (
        lambda s, t, i, a: values.set_value(s, i[2], YEAR - 1, ValueKind.ESTIMATE, values.read_value("5")),
        ("indicator", "i2", "current"),
    ),
    "cost": (lambda s, t, i, a: costing.set_cost(s, a[1], "06", lira("1")), ("activity", "a1", "06")),
    "unit": (lambda s, t, i, a: costing.set_units(s, a[0], []), ("activity", "a0", "units")),
    "deleted": (lambda s, t, i, a: records.delete(s, "indicator", i[0]), ("indicator", "i0", "name")),
    "moved": (lambda s, t, i, a: records.move(s, "activity", a[0], 1), ("activity", "a0", "name")),
    "moved past one with the same sheet": (
        lambda s, t, i, a: records.move(s, "activity", a[0], 2),
        ("activity", "a0", "name"),
    ),
}


def played(store, play, near=None):
    """Undo or redo; return where the view goes."""
    before = store.load()
    change = play()
    return changed_place(before, store.load(), change, YEAR, near)


def rows(store):
    target = store.load().programme(YEAR).targets[0]
    return target.row, [one.row for one in target.indicators], [one.row for one in target.activities]


@pytest.mark.parametrize("name", EDITS)
def test_undo_says_where_it_was(store, name):
    edit, (table, row, column) = EDITS[name]
    target, indicators, activities = rows(store)
    edit(store, target, indicators, activities)
    expected = target if row == "t" else {"i": indicators, "a": activities}[row[0]][int(row[1])]
    assert played(store, store.undo, ("target", "t2")) == Place(YEAR, TARGET, table, expected, column)


def test_the_cost_of_a_sheet_from_elsewhere_is_found_in_its_first_row(tmp_path):
    municipality = example()
    newest, *others = municipality.programmes
    roads, *targets = newest.targets
    sheet, *sheets = roads.cost_sheets
    roads = replace(roads, cost_sheets=(replace(sheet, activities=("a3", "a1")), *sheets))
    newest = replace(newest, targets=(roads, *targets))
    path = tmp_path / "a.perfdesk"
    files.create(path, replace(municipality, programmes=(newest, *others)))
    with files.open_store(path, writable=True) as store:
        _target, _indicators, activities = rows(store)
        costing.set_cost(store, activities[0], "07", lira("1"))
        assert played(store, store.undo) == Place(YEAR, TARGET, "activity", activities[0], "07")


def test_what_belongs_to_no_target_is_found_by_its_row(store):
    unit = store.load().units[1].row
    records.write(store, KNOWN, "unit", unit, "abbreviation", "PB")
    place = Place(YEAR, UNITS, "unit", unit, "abbreviation")
    assert played(store, store.undo) == place
    assert played(store, store.redo) == place


def test_a_row_that_is_gone_is_met_by_its_form(store):
    new = records.add(store, "unit")
    assert played(store, store.undo) == Place(YEAR, UNITS)
    assert played(store, store.redo) == Place(YEAR, UNITS, "unit", new)


def test_a_row_that_is_gone_with_its_year_is_nowhere(store):
    year = YEAR + 1
    rolling.roll_over(store, year, Options())
    before = store.load()
    change = store.undo()
    assert changed_place(before, store.load(), change, year) is None
