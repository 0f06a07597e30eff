"""Long tables cut to the rows that changed."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.tables.changes.rows import LONG, only_changed
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Part, Role, Row, Table, flatten

COLUMNS = (Column("group", "Group"), Column("text", "Text"))


def table(groups: list[list[str]]) -> Table:
    """Return a table whose first column has a cell over the rows of each group."""
    rows = [
        Row(Role.DETAIL, f"{g}:{n}", (Cell(f"G{g}", down=len(texts)) if n == 0 else COVERED, Cell(text)))
        for g, texts in enumerate(groups)
        for n, text in enumerate(texts)
    ]
    return Table("kind", "", "Tablo", (Part("part", COLUMNS, ((None, None),), tuple(rows)),))


def spread(of: Table) -> list[tuple[str, str]]:
    """Return each row with its group."""
    found: list[tuple[str, str]] = []
    left = 0
    for row in of.parts[0].rows if of.parts else ():
        first, second = row.cells
        if left == 0:
            group, left = first.text, first.down
        else:
            assert first == COVERED
        left -= 1
        found.append((group, second.text))
    assert left == 0
    return found


GROUPS = st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6), min_size=1, max_size=14)


@given(GROUPS, GROUPS)
def test_rows_that_were_not_there_and_no_others(old: list[list[str]], new: list[list[str]]) -> None:
    before, now = table(old), table(new)
    cut = only_changed(now, before, "kurz")
    fresh = [pair for pair in spread(now) if pair not in spread(before)]
    if len(spread(now)) <= LONG or not fresh or len(fresh) == len(spread(now)):
        assert cut is now
    else:
        assert spread(cut) == fresh
        assert cut.caption == "kurz"


def grouped(changed: dict[int, str]) -> Table:
    """Return a table of forty rows, each tenth the head of a group."""
    rows = [
        Row(Role.DETAIL if n % 10 else Role.GROUP, str(n), (Cell(changed.get(n, str(n))), Cell())) for n in range(40)
    ]
    return Table("kind", "", "Tablo", (Part("part", COLUMNS, ((None, None),), tuple(rows)),))


def told(changed: dict[int, str]) -> list[str]:
    cut = flatten(only_changed(grouped(changed), grouped({}), "Tablo – değişen satırlar"))
    return [row["cells"][0] for row in cut.rows]


def test_head_of_a_changed_row_stays() -> None:
    assert told({15: "yeni"}) == ["10", "yeni"]
    assert told({12: "yeni", 15: "başka", 39: "son"}) == ["10", "yeni", "başka", "30", "son"]


def in_sections(changed: dict[int, str]) -> Table:
    """Return a table of fifty rows, each twentieth the head of a section, those half-way between of a subsection."""
    roles = {0: Role.SECTION, 10: Role.SUBSECTION}
    rows = [Row(roles.get(n % 20, Role.DETAIL), str(n), (Cell(changed.get(n, str(n))), Cell("sum"))) for n in range(50)]
    return Table("kind", "", "Tablo", (Part("part", COLUMNS, ((None, None),), tuple(rows)),))


def test_row_within_sections_stays_with_the_heads_above_it() -> None:
    def told(changed: dict[int, str]) -> list[str]:
        cut = flatten(only_changed(in_sections(changed), in_sections({}), "Tablo – değişen satırlar"))
        return [row["cells"][0] for row in cut.rows]

    assert told({15: "yeni"}) == ["0", "10", "yeni"]
    # sums change with what is below them: the rest has not
    assert told({10: "yeni sum", 12: "yeni", 45: "son"}) == ["0", "yeni sum", "yeni", "40", "son"]


def test_all_below_a_changed_head_stays() -> None:
    assert told({20: "yeni"}) == ["yeni", *map(str, range(21, 30))]


def test_rows_whose_share_alone_has_changed_are_left_out() -> None:
    columns = (*COLUMNS, Column("share", "Share", ColumnKind.SHARE))

    def shared(amount: str, share: str) -> Table:
        rows = [
            Row(Role.DETAIL, str(n), (Cell(str(n)), Cell(amount if n == 7 else "1"), Cell(share))) for n in range(40)
        ]
        return Table("kind", "", "Tablo", (Part("part", columns, ((None,) * 3,), tuple(rows)),))

    cut = only_changed(shared("9", "2,08"), shared("1", "2,50"), "kurz")
    assert [row.key for row in cut.parts[0].rows] == ["7"]
    # as printed, shares and all
    assert [cell.text for cell in cut.parts[0].rows[0].cells] == ["7", "9", "2,08"]


def test_a_total_of_the_table_does_not_bring_the_group_above_it() -> None:
    def totalled(amount: str) -> Table:
        (part,) = grouped({}).parts
        total = Row(Role.TOTAL, "total", (Cell("Toplam"), Cell(amount)))
        return Table("kind", "", "Tablo", (dataclasses.replace(part, rows=(*part.rows, total)),))

    cut = only_changed(totalled("2"), totalled("1"), "kurz")
    assert [row.key for row in cut.parts[0].rows] == ["total"]
