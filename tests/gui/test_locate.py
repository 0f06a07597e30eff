"""Where undo goes, for every kind of edit."""

import pytest
from tests.example import KNOWN

from perfdesk.services import costing, fields, records, values
from perfdesk.services.places import UNITS, Place

TARGET = ("target", "t1")


def rows(session):
    target = session.target("t1")
    return target, [i.row for i in target.indicators], [a.row for a in target.activities]


EDITS = {
    "title": (lambda s, t, i, a: records.write(s, KNOWN, "target", t.row, "title", "x"), ("target", "t", "title")),
    "name": (lambda s, t, i, a: records.write(s, KNOWN, "indicator", i[1], "name", "x"), ("indicator", "i1", "name")),
    "value": (
        lambda s, t, i, a: values.set_value(s, i[2], 2026, values.ValueKind.ESTIMATE, values.read_value("5")),
        ("indicator", "i2", "current"),
    ),
    "cost": (lambda s, t, i, a: costing.set_cost(s, a[1], "06", fields.read_amount("1")), ("activity", "a1", "06")),
    "unit": (lambda s, t, i, a: costing.set_units(s, a[0], []), ("activity", "a0", "units")),
    "deleted": (lambda s, t, i, a: records.delete(s, "indicator", i[0]), ("indicator", "i0", "name")),
    "moved": (lambda s, t, i, a: records.move(s, "activity", a[0], 1), ("activity", "a0", "name")),
}


@pytest.mark.parametrize("name", EDITS)
def test_undo_says_where_it_was(session, name):
    edit, (table, row, column) = EDITS[name]
    target, indicators, activities = rows(session)
    edit(session.store, target, indicators, activities)
    place = session.undo(("target", "t2"))
    expected = target.row if row == "t" else {"i": indicators, "a": activities}[row[0]][int(row[1])]
    assert place == Place(2027, TARGET, table, expected, column)


def test_what_belongs_to_no_target_is_found_by_its_row(session):
    units = session.municipality.units
    records.write(session.store, session.known, "unit", units[1].row, "abbreviation", "PB")
    assert session.undo() == Place(2027, UNITS, "unit", units[1].row, "abbreviation")
    assert session.redo() == Place(2027, UNITS, "unit", units[1].row, "abbreviation")


def test_a_row_that_is_gone_is_met_by_its_form(session):
    new = records.add(session.store, "unit")
    assert session.undo() == Place(2027, UNITS)
    assert session.redo() == Place(2027, UNITS, "unit", new)


def test_nothing_to_undo_is_nowhere(session):
    assert session.undo() is None
