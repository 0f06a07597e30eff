from typing import Any

import pytest
from tests.dump import dump
from tests.example import KNOWN, YEAR

from perfdesk.domain.errors import UserError
from perfdesk.domain.resources import ResourceTable
from perfdesk.services.book import resource_tables as tables
from perfdesk.services.editing import records
from perfdesk.storage.store import Store
from perfdesk.tables.catalogue import part_of
from perfdesk.tables.form import load_form

FORM = load_form("")


def all_tables(store: Store) -> tuple[ResourceTable, ...]:
    programme = store.load().programme(YEAR)
    assert programme is not None
    return programme.resource_tables


def table(store: Store, row: int = 0) -> ResourceTable:
    return next(one for one in all_tables(store) if not row or one.row == row)


def programme_row(store: Store) -> int:
    programme = store.load().programme(YEAR)
    assert programme is not None
    return programme.row


def cells(store: Store, row: int = 0) -> list[tuple[str, ...]]:
    return [line.cells for line in table(store, row).rows]


@pytest.fixture
def vehicles(store: Store) -> int:
    """Tür | Sayı Sayı, below it Resmî | Kiralık; the second row is shorter than the header."""
    assert cells(store) == [("Kamyon", "3", "1"), ("Binek", "2")]
    return table(store).row


def test_a_cell_is_kept_as_typed_and_a_short_row_stays_short(store: Store, vehicles: int) -> None:
    kamyon, binek = (line.row for line in table(store).rows)
    tables.set_cell(store, kamyon, 1, " 1.250,50 ")
    tables.set_cell(store, binek, 2, "")
    assert cells(store) == [("Kamyon", "1.250,50", "1"), ("Binek", "2")]
    tables.set_cell(store, binek, 4, "beşinci")
    assert cells(store)[1] == ("Binek", "2", "", "", "beşinci")
    store.undo()
    store.undo()
    assert cells(store) == [("Kamyon", "3", "1"), ("Binek", "2")]


def test_what_cannot_be_printed_is_refused(store: Store, vehicles: int) -> None:
    before, rows = dump(store), [line.row for line in table(store).rows]
    with pytest.raises(UserError):
        tables.set_cell(store, rows[0], 0, "\0")
    with pytest.raises(UserError):
        tables.set_cells(store, vehicles, {rows[0]: ["iyi"], rows[1]: ["\a"]}, [["yeni"]])
    assert dump(store) == before


def test_a_block_is_one_step(store: Store, vehicles: int) -> None:
    before = dump(store)
    first = table(store).rows[0].row
    added = tables.set_cells(store, vehicles, {first: ["Otobüs", "5"]}, [[str(n), "1"] for n in range(5_000)])
    assert len(added) == 5_000
    assert cells(store)[:3] == [("Otobüs", "5"), ("Binek", "2"), ("0", "1")]
    assert store.undo_label == "cells of a resource table"
    store.undo()
    assert dump(store) == before
    store.redo()
    assert len(cells(store)) == 5_002


def test_rows_come_behind_the_last_and_go_in_one_step(store: Store, vehicles: int) -> None:
    row = tables.add_row(store, vehicles, ["Traktör"])
    assert cells(store)[-1] == ("Traktör",)
    tables.delete_rows(store, [row, table(store).rows[0].row])
    assert cells(store) == [("Binek", "2")]
    store.undo()
    assert len(cells(store)) == 3


@pytest.mark.parametrize(
    ("at", "header", "rows"),
    [
        (
            0,
            (("", "Tür", "Sayı", "Sayı"), ("", "", "Resmî", "Kiralık")),
            [("", "Kamyon", "3", "1"), ("", "Binek", "2")],
        ),
        (
            2,
            (("Tür", "Sayı", "Sayı", "Sayı"), ("", "Resmî", "", "Kiralık")),
            [("Kamyon", "3", "", "1"), ("Binek", "2")],
        ),
        (3, (("Tür", "Sayı", "Sayı", ""), ("", "Resmî", "Kiralık", "")), [("Kamyon", "3", "1", ""), ("Binek", "2")]),
    ],
)
def test_a_new_column(store: Store, vehicles: int, at: int, header: Any, rows: Any) -> None:
    before = dump(store)
    tables.insert_column(store, vehicles, at)
    assert (table(store).header, cells(store)) == (header, rows)
    assert table(store).width == 4
    store.undo()
    assert dump(store) == before


def test_a_column_goes_with_its_head_and_cells(store: Store, vehicles: int) -> None:
    before = dump(store)
    tables.delete_column(store, vehicles, 2)
    assert table(store).header == (("Tür", "Sayı"), ("", "Resmî"))
    assert cells(store) == [("Kamyon", "3"), ("Binek", "2")]
    store.undo()
    assert dump(store) == before


def test_the_last_column_stays(store: Store, vehicles: int) -> None:
    tables.delete_column(store, vehicles, 0)
    tables.delete_column(store, vehicles, 0)
    with pytest.raises(UserError) as told:
        tables.delete_column(store, vehicles, 0)
    assert "at least one column" in told.value.message


def test_a_column_moves_in_header_and_rows_alike(store: Store, vehicles: int) -> None:
    before = dump(store)
    assert tables.move_column(store, vehicles, 2, -1) == 1
    assert table(store).header == (("Tür", "Sayı", "Sayı"), ("", "Kiralık", "Resmî"))
    # a short row is filled up only as far as its cells go
    assert cells(store) == [("Kamyon", "1", "3"), ("Binek", "", "2")]
    assert tables.move_column(store, vehicles, 0, -1) == 0
    store.undo()
    assert dump(store) == before


def test_header_lines_come_and_go(store: Store, vehicles: int) -> None:
    tables.set_header_lines(store, vehicles, 3)
    assert table(store).header[2] == ("", "", "")
    tables.set_header_cell(store, vehicles, 2, 1, "Adet")
    assert table(store).header[2] == ("", "Adet", "")
    tables.delete_header_line(store, vehicles, 0)
    assert table(store).header == (("", "Resmî", "Kiralık"), ("", "Adet", ""))
    tables.set_header_lines(store, vehicles, 0)
    assert table(store).header == ()
    assert table(store).width == 3


def test_a_table_without_rows_keeps_its_columns(store: Store, vehicles: int) -> None:
    tables.delete_rows(store, [line.row for line in table(store).rows])
    tables.set_header_lines(store, vehicles, 0)
    assert table(store).header == (("", "", ""),)


def test_a_table_with_nothing_gets_its_first_column(store: Store) -> None:
    row = tables.add_table(store, programme_row(store), "other")
    with store.step("x"):
        store.update("resource_table", row, header=[])
    tables.insert_column(store, row, 0)
    assert table(store, row).header == (("",),)


def test_a_kind_brings_its_head_and_the_personnel_statuses(store: Store) -> None:
    row = tables.add_table(store, programme_row(store), "human_resources", "personnel_sex")
    new = table(store, row)
    assert new.header == (("Statü", "Kadın", "Erkek"),)
    assert [line.cells for line in new.rows] == [("Memur",), ("İşçi",), ("Şirket personeli",)]
    assert (new.kind, new.section, new.total_row, new.total_column) == ("personnel_sex", "İnsan Kaynakları", True, True)
    assert part_of(FORM, new).key == "human_resources"
    store.undo()
    assert len(all_tables(store)) == 1


@pytest.mark.parametrize("kind", [kind for kind in FORM.resource_kinds if kind.key != "personnel_sex"])
def test_every_kind_can_be_begun_and_stands_in_its_part(store: Store, kind: Any) -> None:
    new = table(store, tables.add_table(store, programme_row(store), kind.section, kind.key))
    statuses = ("Memur", "İşçi", "Şirket personeli")
    header = ((kind.header[0][0], *statuses),) if kind.statuses_across else kind.header
    assert (new.caption, new.header) == (kind.caption, header)
    assert part_of(FORM, new).key == kind.section
    assert bool(new.rows) == (kind.header[0][0] == "Statü")


def test_each_table_of_personnel_is_by_status() -> None:
    """In rows or in columns, also where the administration has not listed its own."""
    kinds = {kind.key: kind for kind in FORM.resource_kinds if kind.section == "human_resources"}
    dimensions = ("sex", "education", "age", "service", "unit", "posts", "title")
    assert [*kinds] == [f"personnel_{dimension}" for dimension in dimensions]
    for key, kind in kinds.items():
        assert tables.is_by_status(kind.header) != kind.statuses_across
        assert tables.beginning(FORM, key).header == kind.header


def test_a_free_table_stands_where_it_was_begun(store: Store) -> None:
    new = table(store, tables.add_table(store, programme_row(store), "it_resources"))
    assert (new.kind, new.caption, new.width) == ("", "", 3)
    assert part_of(FORM, new).key == "it_resources"


def test_another_kind_keeps_the_cells(store: Store, vehicles: int) -> None:
    records.write(store, KNOWN, "resource_table", vehicles, "kind", "Taşınmazlar")
    assert table(store).kind == "real_estate"
    assert cells(store) == [("Kamyon", "3", "1"), ("Binek", "2")]
    records.write(store, KNOWN, "resource_table", vehicles, "kind", "")
    assert table(store).kind == ""


def test_a_part_is_chosen_by_its_title(store: Store, vehicles: int) -> None:
    records.write(store, KNOWN, "resource_table", vehicles, "section", "diğer hususlar")
    assert part_of(FORM, table(store)).key == "other"
    with pytest.raises(UserError) as told:
        records.write(store, KNOWN, "resource_table", vehicles, "section", "Sunuş")
    assert "not in the list" in told.value.message


def test_a_copy_stands_right_behind(store: Store, vehicles: int) -> None:
    last = tables.add_table(store, programme_row(store), "physical_resources")
    copy = tables.duplicate_table(store, vehicles)
    assert [one.row for one in all_tables(store)] == [vehicles, copy, last]
    assert table(store, copy) == table(store, vehicles)
    tables.set_cell(store, table(store, copy).rows[0].row, 0, "Başka")
    assert cells(store)[0][0] == "Kamyon"


def test_tables_move_among_those_of_their_part(store: Store, vehicles: int) -> None:
    programme = programme_row(store)
    people = tables.add_table(store, programme, "human_resources", "personnel_sex")
    free = tables.add_table(store, programme, "physical_resources")
    assert tables.neighbours(store, vehicles) == [vehicles, free]
    tables.move_table(store, vehicles, 1)
    assert [one.row for one in all_tables(store)] == [free, people, vehicles]
    tables.move_table(store, vehicles, 1)
    assert store.undo_label == "moving a resource table"
    store.undo()
    assert [one.row for one in all_tables(store)] == [vehicles, people, free]


def test_tables_of_the_results_are_left_alone(store: Store, vehicles: int) -> None:
    of_results = store.rows("resource_table", of_results=1)
    positions = [store.field("resource_table", row, "position") for row in of_results]
    tables.duplicate_table(store, vehicles)
    assert [store.field("resource_table", row, "position") for row in of_results] == positions
