"""Notes of a workbook: each at the cell it is about, and none anywhere else."""

from dataclasses import replace
from datetime import date

import pytest
from tests.checks.faults import FAULTS, YEAR, appropriations, change, clean
from tests.documents.writers.sheets import load, small_workbook

from perfdesk.documents import programme_workbook
from perfdesk.documents.blocks import Sheet
from perfdesk.documents.writers import xlsx
from perfdesk.documents.writers.xlsx.layout import lay_out
from perfdesk.domain.control import Acceptance
from perfdesk.services.control import checking
from perfdesk.services.output import controlling
from perfdesk.services.output.exporting import programme_context
from perfdesk.tables.layout import LAYOUTS
from perfdesk.tables.table import COVERED, Cell, Column, Part, Ref, Role, Row, Table

# fault → sheet, and the text and column of the cell where the note stands
PLACED = {
    "unit_forgotten": ("performance_target", "unit"),
    "target_not_a_number": ("performance_target", "target"),
    "vague": ("performance_target", "name"),
    "without_cost": ("performance_target", "total"),
    "reserve_in_an_activity": ("cost_sheet", "amount"),
}


def fault(name):
    return next(one for one in FAULTS if one.name == name)


def written(municipality, layout=None):
    """Return the workbook of the year, and its notes by sheet and cell."""
    ctx = programme_context(municipality, YEAR, layout)
    workbook = programme_workbook.build(ctx, controlling.control(ctx, None, date(2026, 10, 5)))
    book = load(xlsx.write(workbook))
    found = {
        (sheet.title, cell.row, cell.column): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    return workbook, found


def cells(workbook, kind):
    """Yield (sheet, row key, column key, row, column, table id) of the cells of a kind of table."""
    for sheet in workbook.sheets:
        for placed in lay_out(sheet, sheet.name, [one.name for one in workbook.sheets]).tables:
            if placed.table.kind == kind:
                for part in placed.parts:
                    for row, top in zip(part.part.rows, part.tops, strict=False):
                        for column, start in zip(part.part.columns, part.starts, strict=False):
                            yield sheet.name, row.key, column.key, top + 1, start + 1, placed.table.id


@pytest.mark.parametrize("name", PLACED)
def test_a_note_stands_at_the_cell_it_is_about(name):
    planted = list(fault(name).plant(clean()))
    one = planted[len(planted) // 2]
    workbook, found = written(one.municipality)
    kind, column = PLACED[name]
    ((sheet, row, at), text), *others = found.items()
    assert not others
    assert text.startswith(fault(name).rule)
    place, id_ = one.place
    here = [entry for entry in cells(workbook, kind) if entry[0] == sheet and entry[3:5] == (row, at)]
    assert [entry[2] for entry in here] == [column]
    key, table = here[0][1], here[0][5]
    assert (key, table) == ("09", id_) if place == "cost_sheet" else key == f"{place}:{id_}"


def test_a_note_on_a_whole_table_stands_at_its_caption():
    one = next(iter(fault("nothing_measured").plant(clean())))
    workbook, found = written(one.municipality)
    assert [text[:6] for text in found.values()] == ["ILG-02"]
    ((name, row, at),) = found
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == name)
    tops = {placed.top + 1: placed.table for placed in lay_out(sheet, name, [""]).tables}
    assert (tops[row].kind, tops[row].id, at) == ("performance_target", one.place[1], 1)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_about_a_row_has_one_note_in_every_layout(layout):
    municipality = clean()
    for name in ("unit_forgotten", "target_not_a_number", "vague", "three_times_the_same"):
        planted = list(fault(name).plant(municipality))
        municipality = planted[len(planted) // 2].municipality
    _workbook, found = written(municipality, layout)
    checked = checking.check_context(programme_context(municipality, YEAR, layout))
    expected = [one.rule for one in checked.findings if one.where.kind == "indicator"]
    assert expected
    told = [line[:6] for text in found.values() for line in text.split("\n")]
    assert [rule for rule in sorted(told) if rule in expected] == sorted(expected)


def test_a_cost_and_an_appropriation_are_noted_in_the_total_need():
    budget = appropriations(clean())
    first, *others = budget.by_code
    less = replace(budget, by_code=(replace(first, amount=first.amount - 1), *others))
    workbook, found = written(change(clean(), appropriations=less))
    notes = {text[:6]: place for place, text in found.items()}
    sheet, row, at = notes["MAL-04"]
    assert (sheet, first.code, "total", row, at, "") in set(cells(workbook, "total_resource_need"))


def test_what_was_accepted_is_counted_on_the_cover_and_noted_nowhere():
    planted = list(fault("unit_forgotten").plant(clean()))
    municipality = planted[0].municipality
    (finding,) = checking.check_year(municipality, YEAR).findings
    accepted = Acceptance(finding.fingerprint, finding.rule, "Ölçülemiyor.", "2026-10-01")
    for acceptances, counted in (((), (1, 0, 0, 0)), ((accepted,), (0, 0, 0, 1))):
        ctx = programme_context(change(municipality, acceptances=acceptances), YEAR)
        data = xlsx.write(programme_workbook.build(ctx, controlling.control(ctx, None, date(2026, 10, 5))))
        book = load(data)
        rows = {row[0]: row[1] for row in book.worksheets[0].values if row[0]}
        assert tuple(rows[name] for name in ("Hata", "Uyarı", "Bilgi", "Kabul Edilen")) == counted
        assert any("05.10.2026" in str(text) for text in rows)
        notes = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
        assert len(notes) == counted[0]


def test_notes_of_one_cell_are_one_and_a_column_that_is_not_there_is_the_row():
    workbook = small_workbook()
    (table, *_rest) = workbook.sheets[0].tables
    row = next(row for part in table.parts for row in part.rows)
    key = table.parts[0].columns[0].key
    notes = {
        Ref(table.kind, table.id, row.key, key): "Bir.",
        Ref(table.kind, table.id, row.key, "elsewhere"): "=İki & <üç>",
        Ref(table.kind, table.id, "no such row", key): "Dört.",
        Ref("another", "", row.key, key): "Beş.",
    }
    sheet = load(xlsx.write(replace(workbook, notes=notes))).worksheets[0]
    assert [cell.comment.text for line in sheet.iter_rows() for cell in line if cell.comment] == ["Bir.\n=İki & <üç>"]


def test_a_note_under_a_merge_stands_at_the_cell_that_has_the_text():
    columns = tuple(Column(name, "", weight=2) for name in "abc")
    rows = (
        Row(Role.DETAIL, "tall", (Cell("iki satır", down=2), Cell("bir"), Cell())),
        Row(Role.DETAIL, "below", (COVERED, Cell("iki"), Cell("üç"))),
        Row(Role.DETAIL, "across", (Cell("bütün satır", span=3), COVERED, COVERED)),
    )
    table = Table("k", "1", "", (Part("k", columns, (), rows),))
    workbook = replace(small_workbook(), sheets=(Sheet("k", "S", (table,)),))
    for row, column, expected in (
        ("below", "a", "A1"),
        ("below", "c", "C2"),
        ("tall", "c", "C1"),
        ("across", "c", "A3"),
    ):
        book = load(xlsx.write(replace(workbook, notes={Ref("k", "", row, column): "Not."})))
        cells = [cell.coordinate for line in book["S"].iter_rows() for cell in line if cell.comment]
        assert cells == [expected], (row, column)
