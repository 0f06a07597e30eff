"""Where undo goes, for every kind of edit."""

import pytest

from perfdesk.services import editing


def rows(session):
    target = session.target("t1")
    return target, [i.row for i in target.indicators], [a.row for a in target.activities]


EDITS = {
    "title": (lambda s, t, i, a: editing.set_text(s, "target", t.row, "title", "x"), ("title", None, "")),
    "name": (lambda s, t, i, a: editing.set_text(s, "indicator", i[1], "name", "x"), ("indicator", "i1", "name")),
    "value": (
        lambda s, t, i, a: editing.set_value(s, i[2], 2026, editing.ValueKind.ESTIMATE, editing.read_value("5")),
        ("indicator", "i2", "current"),
    ),
    "cost": (lambda s, t, i, a: editing.set_cost(s, a[1], "06", editing.read_amount("1")), ("activity", "a1", "06")),
    "unit": (lambda s, t, i, a: editing.set_units(s, a[0], []), ("activity", "a0", "units")),
    "deleted": (lambda s, t, i, a: editing.delete(s, "indicator", i[0]), ("indicator", "i0", "name")),
    "moved": (lambda s, t, i, a: editing.move(s, "activity", a[0], 1), ("activity", "a0", "name")),
}


@pytest.mark.parametrize("name", EDITS)
def test_undo_says_where_it_was(session, name):
    edit, (part, row, column) = EDITS[name]
    target, indicators, activities = rows(session)
    edit(session.store, target, indicators, activities)
    place = session.undo("t2")
    expected = 0 if row is None else {"i": indicators, "a": activities}[row[0]][int(row[1])]
    assert (place.year, place.target, place.part, place.row, place.column) == (2027, "t1", part, expected, column)


def test_nothing_to_undo_is_nowhere(session):
    assert session.undo() is None
