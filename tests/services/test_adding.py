import pytest

from perfdesk.services.editing import records


@pytest.mark.parametrize("table", ["signatory", "personnel_status", "unit"])
def test_a_row_that_belongs_to_nothing_can_be_added_twice(store, table):
    before = store.load()
    rows = {records.add(store, table), records.add(store, table)}
    assert len(rows) == 2
    assert store.load() != before
    store.undo()
    store.undo()
    assert store.load() == before
