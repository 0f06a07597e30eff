"""What must hold between rows."""

from itertools import pairwise

import pytest

from perfdesk.domain.errors import UserError
from perfdesk.services import records


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
