import pytest
from tests.example import example

from perfdesk.domain.numbers import format_number
from perfdesk.domain.value import BLANK, Value, ValueKind
from perfdesk.services.editing import costing, records, values
from perfdesk.services.editing.fields import Known
from perfdesk.services.paste import bulk
from perfdesk.storage import files
from perfdesk.tables.form import load_form


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "a.perfdesk"
    files.create(path, example())
    with files.open_store(path, writable=True) as store:
        yield store


@pytest.fixture
def known(store):
    return Known(store.load(), load_form(""))


def target(store):
    return next(t for programme in store.load().programmes for t in programme.targets if t.indicators)


def test_rows_added_together_are_as_those_added_singly(store, known):
    above = {"target": target(store).row}
    with store.step("x"):
        one = records.add(store, "indicator", **above)
        records.write(store, known, "indicator", one, "name", "Bir")
        rows, refused = bulk.add_rows(
            store, known, "indicator", [{"name": "İki"}, {"name": "Üç", "weight": "5"}], above
        )
    assert not refused
    added = target(store).indicators[-3:]
    assert [indicator.name for indicator in added] == ["Bir", "İki", "Üç"]
    assert [indicator.row for indicator in added] == [one, *rows]
    assert len({indicator.id for indicator in added}) == 3
    for column in ("programme", "target", "sub_programme", "code", "unit", "cumulative"):
        assert {store.field("indicator", row, column) for row in rows} == {store.field("indicator", one, column)}
    before = target(store).indicators
    store.undo()
    assert len(target(store).indicators) == len(before) - 3


def test_tables_without_an_order_are_added_to_as_well(store, known):
    with store.step("x"):
        rows, _refused = bulk.add_rows(store, known, "signatory", [{"name": "A"}, {"name": "B"}], {})
    assert [store.field("signatory", row, "name") for row in rows] == ["A", "B"]


def test_what_is_refused_is_told_and_the_rest_written(store, known):
    row = target(store).indicators[0].row
    with store.step("x"):
        refused = bulk.write_rows(store, known, "indicator", {row: {"name": "Yeni", "weight": "1.5"}})
    assert list(refused) == [(row, "weight")]
    assert target(store).indicators[0].name == "Yeni"


@pytest.mark.parametrize(
    ("table", "column", "is_plain"),
    [
        ("indicator", "name", True),
        ("indicator", "code", False),
        ("indicator", "target", False),
        ("cost_transfer", "amount", False),
        ("population", "year", False),
        ("nothing", "name", False),
    ],
)
def test_what_must_agree_with_other_rows_is_not_plain(table, column, is_plain):
    assert bulk.is_plain(table, column) is is_plain


def test_values_are_set_changed_and_removed(store):
    row = target(store).indicators[0].row
    place = (2027, ValueKind.TARGET)

    def value():
        return target(store).indicators[0].values.get(place, BLANK)

    for new in (Value(mark="X"), Value(text="çok"), BLANK):
        with store.step("x"):
            values.set_values(store, {row: {place: new}})
        assert value() == new


def test_each_new_row_begins_with_years_of_its_own(store):
    years = [store.field("population", row, "year") for row in store.rows("population")]
    free = max(years, default=2020) + 1
    for n in range(3):
        with store.step("x"):
            above = bulk.above_next(store, "population", {"year": free, "people": 0})
            records.add(store, "population", **above)
        assert above == {"year": free + n, "people": 0}


def test_new_plans_follow_one_another(store):
    last = max(store.field("plan", row, "last_year") for row in store.rows("plan"))
    proposed = {"first_year": last + 1, "last_year": last + 5}
    with store.step("x"):
        records.add(store, "plan", **proposed)
        assert bulk.above_next(store, "plan", proposed) == {"first_year": last + 6, "last_year": last + 10}


def test_other_tables_begin_as_they_are_told(store):
    assert bulk.above_next(store, "indicator", {"target": 3}) == {"target": 3}


def test_amounts_written_together_share_the_room_that_is_left(store, known):
    programme = next(p for p in store.load().programmes if p.year == max(q.year for q in store.load().programmes))
    with store.step("x"):
        rows = [
            records.add(store, "general_administration", programme=programme.row, code=code) for code in ("01", "02")
        ]
    room = costing.room_left(store, programme.row)
    with store.step("x"):
        refused = bulk.write_amounts(store, "general_administration", {rows[0]: format_number(room - 1), rows[1]: "2"})
    assert set(refused) == {(rows[1], "amount")}
    assert costing.room_left(store, programme.row) == 1
    with store.step("x"):
        # what one gives up the next may take
        refused = bulk.write_amounts(store, "general_administration", {rows[0]: "5", rows[1]: "x"})
    assert set(refused) == {(rows[1], "amount")}
    assert store.amount("general_administration", rows[0], "amount") == 5
