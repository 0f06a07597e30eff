"""Marks on the cells and facts that another state of a table had not."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.tables.changes.marks import marked
from perfdesk.tables.changes.rows import only_shares_changed
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Fact, Part, Role, Row, Table

COLUMNS = (Column("name", "Name"), Column("number", "Number"))


def table(*rows: tuple[str, str, str], facts: tuple[Fact, ...] = ()) -> Table:
    """Return a table of rows: key, first and second cell."""
    made = tuple(Row(Role.DETAIL, key, (Cell(first), Cell(second))) for key, first, second in rows)
    return Table("kind", "", "Tablo", (Part("part", COLUMNS, ((None, None),), made),), facts)


def marks(of: Table) -> list[tuple[bool, ...]]:
    return [tuple(cell.changed for cell in row.cells) for row in of.parts[0].rows]


def test_the_cell_that_differs_is_marked_and_no_other() -> None:
    before = table(("a", "Asfalt", "10"), ("b", "Parke", "20"))
    now = table(("a", "Asfalt", "12"), ("b", "Parke", "20"))
    assert marks(marked(now, before)) == [(False, True), (False, False)]


def test_a_new_row_is_marked_and_those_it_moves_are_not() -> None:
    before = table(("1", "Asfalt", "10"), ("2", "Parke", "20"))
    now = table(("1", "Köprü", "5"), ("2", "Asfalt", "10"), ("3", "Parke", "20"))
    assert marks(marked(now, before)) == [(True, True), (False, False), (False, False)]


def test_a_row_that_has_moved_and_changed_is_known_by_how_it_begins() -> None:
    before = table(("1", "Asfalt", "10"), ("2", "Parke", "20"))
    now = table(("1", "Köprü", "5"), ("2", "Asfalt", "10"), ("3", "Parke", "21"))
    # the first takes the place of nothing that is gone: its key's former row is still there
    assert marks(marked(now, before)) == [(True, True), (False, False), (False, True)]


def test_a_row_whose_share_alone_has_changed_is_not_marked() -> None:
    """One amount changes the total and with it all shares: only where something else differs they have changed, too."""
    shares = (*COLUMNS, Column("share", "Share", ColumnKind.SHARE))

    def shared(*rows: tuple[str, str, str]) -> Table:
        made = tuple(Row(Role.DETAIL, str(n), tuple(map(Cell, row))) for n, row in enumerate(rows))
        return Table("kind", "", "Tablo", (Part("part", shares, ((None,) * 3,), made),))

    before = shared(("Asfalt", "10", "50,00"), ("Parke", "10", "50,00"))
    now = shared(("Asfalt", "30", "75,00"), ("Parke", "10", "25,00"))
    assert marks(marked(now, before)) == [(False, True, True), (False, False, False)]
    assert only_shares_changed(now, before) == 1
    assert only_shares_changed(now, now) == 0
    # a row that is new has more to tell than its share
    assert only_shares_changed(shared(("Asfalt", "10", "50,00"), ("Köprü", "10", "50,00")), before) == 0


def test_what_was_emptied_is_marked() -> None:
    assert marks(marked(table(("a", "Asfalt", "")), table(("a", "Asfalt", "10")))) == [(False, True)]


def test_a_cell_over_several_rows_is_marked_once() -> None:
    def grouped(group: str, second: str) -> Table:
        rows = (
            Row(Role.DETAIL, "1", (Cell(group, down=2), Cell("x"))),
            Row(Role.DETAIL, "2", (COVERED, Cell(second))),
        )
        return Table("kind", "", "Tablo", (Part("part", COLUMNS, ((None, None),), rows),))

    assert marks(marked(grouped("Yeni", "y"), grouped("Eski", "y"))) == [(True, False), (False, False)]
    assert marks(marked(grouped("Eski", "z"), grouped("Eski", "y"))) == [(False, False), (False, True)]


def test_facts_are_marked_like_cells() -> None:
    old = (Fact("target", "Hedef", "Yollar"), Fact("note", "Açıklama", ""))
    new = (Fact("target", "Hedef", "Köprüler"), Fact("note", "Açıklama", ""))
    found = marked(table(facts=new), table(facts=old))
    assert [fact.changed for fact in found.facts] == [True, False]


def test_all_of_a_new_table_and_of_new_columns_is_marked() -> None:
    now = table(("a", "Asfalt", ""), ("b", "Parke", "20"))
    assert marks(marked(now, None)) == [(True, False), (True, True)]
    part = dataclasses.replace(now.parts[0], columns=(COLUMNS[0], Column("other", "Other")))
    assert marks(marked(dataclasses.replace(now, parts=(part,)), now)) == [(True, False), (True, True)]


ROWS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.sampled_from("123")), max_size=8)


@given(ROWS, ROWS)
def test_nothing_but_marks_is_added_and_rows_that_were_there_have_none(
    old: list[tuple[str, str, str]], new: list[tuple[str, str, str]]
) -> None:
    before, now = table(*old), table(*new)
    found = marked(now, before)
    texts = [[cell.text for cell in row.cells] for row in found.parts[0].rows]
    assert texts == [[first, second] for _, first, second in new]
    known = {(first, second) for _, first, second in old}
    for (_, first, second), row in zip(new, marks(found), strict=True):
        assert any(row) == ((first, second) not in known)
    assert not any(any(row) for row in marks(marked(now, now)))
