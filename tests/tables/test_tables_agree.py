"""On any programme, however odd: totals equal an independent summation, and the five tables agree with each other."""

import dataclasses
import operator
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.example import example
from tests.strategies import municipalities

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.tables.catalogue import BookTables, book_tables, flat_indicators
from perfdesk.tables.context import context
from perfdesk.tables.form import load_form
from perfdesk.tables.layout import LAYOUTS, layout_of
from perfdesk.tables.table import Cell, Op, Ref, Role, Table, flatten

ZERO = Decimal(0)
Cells = dict[Ref, Cell]


def tables_of(municipality: Municipality, programme: Programme, layout: str) -> tuple[Table, ...]:
    return book_tables(context(municipality, programme, layout_of(programme, layout)))


def cells_of(tables: tuple[Table, ...]) -> Cells:
    return {
        Ref(table.kind, table.id, row.key, column.key): cell
        for table in tables
        for part in table.parts
        for row in part.rows
        for column, cell in zip(part.columns, row.cells, strict=True)
    }


def independent(programme: Programme) -> dict[str, dict[Any, Decimal]]:
    """Add up a programme without any of our own sums."""
    columns: dict[str, dict[Any, Decimal]] = {
        name: defaultdict(Decimal) for name in ("activities", "off_budget", "general_administration", "transfers")
    }
    for holder in (*programme.targets, *programme.sub_programmes):
        for sheet in holder.cost_sheets:
            for line in sheet.lines:
                columns["activities"][line.code] += line.amount
            for source, amount in sheet.off_budget.items():
                columns["off_budget"][source] += amount
            for transfer in sheet.transfers:
                columns["transfers"][transfer.code] += transfer.amount
    for line in programme.general_administration:
        columns["general_administration"][line.code] += line.amount
    for transfer in programme.transfers:
        columns["transfers"][transfer.code] += transfer.amount
    return columns


@cache
def sample() -> Municipality:
    return read(resource("sample", "guneycam.json").read_bytes())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_sample_holds_to_it(layout: str) -> None:
    check_totals(sample(), layout)
    check_formulas(sample(), layout)


@given(municipalities(), st.sampled_from(LAYOUTS))
def test_totals_and_agreement(municipality: Municipality, layout: str) -> None:
    check_totals(municipality, layout)


def check_totals(municipality: Municipality, layout: str) -> None:
    for programme in municipality.programmes:
        tables = tables_of(municipality, programme, layout)
        cells = cells_of(tables)
        sums = independent(programme)
        printed = set(layout_of(programme, layout).printed)

        def number(*ref: str, cells: Cells = cells) -> Decimal:
            found = cells[Ref(*ref)].number
            assert found is not None
            return found

        for target in programme.targets:
            budget = sum((line.amount for sheet in target.cost_sheets for line in sheet.lines), ZERO)
            off = sum((amount for sheet in target.cost_sheets for amount in sheet.off_budget.values()), ZERO)
            total = cells.get(Ref("performance_target", target.id, "grand_total", "total"))
            assert total is None or total.number == budget + off
            for sheet in target.cost_sheets if {"cost_sheet", "performance_target"} <= printed else ():
                in_sheet = number("cost_sheet", sheet.activities[0], "budget_total", "amount")
                in_rows = [
                    cells[Ref("performance_target", target.id, f"activity:{activity}", "budget")].number
                    for activity in sheet.activities
                ]
                assert in_sheet == sum((amount for amount in in_rows if amount is not None), ZERO)
        if not {"total_resource_need", "administration_performance"} <= printed:
            continue

        need, performance = "total_resource_need", "administration_performance"
        for column in ("activities", "general_administration", "transfers"):
            for code in load_form("").economic_codes:
                assert number(need, "", code, column) == sums[column].get(code, ZERO)
            assert number(need, "", "budget_total", column) == sum(sums[column].values(), ZERO)
        grand = sum((amount for column in sums.values() for amount in column.values()), ZERO)
        assert number(need, "", "grand_total", "total") == grand
        assert number(performance, "", "grand_total", "total") == grand
        for row, column in (
            ("targets_total", "activities"),
            ("general_administration", "general_administration"),
            ("transfers", "transfers"),
        ):
            assert number(performance, "", row, "total") == number(need, "", "grand_total", column)
            for name in ("budget", "off_budget"):
                assert number(performance, "", row, name) == number(need, "", f"{name}_total", column)


@given(municipalities(), st.sampled_from(LAYOUTS))
def test_every_formula_gives_its_cell(municipality: Municipality, layout: str) -> None:
    check_formulas(municipality, layout)


def check_formulas(municipality: Municipality, layout: str) -> None:
    """A computed cell's number follows from the cells it names, wherever all of these are printed."""
    for programme in municipality.programmes:
        cells = cells_of(tables_of(municipality, programme, layout))
        for ref, cell in cells.items():
            if cell.formula is None or not all(source in cells for source in cell.formula.refs):
                continue
            numbers = [cells[source].number for source in cell.formula.refs]
            if cell.formula.op is Op.SUM:
                assert sum((n for n in numbers if n is not None), cell.formula.plus) == cell.number, ref
            else:
                part, whole = numbers
                assert part is not None
                share = (part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else ZERO
                assert cell.number == share, ref


@given(municipalities(), st.sampled_from(LAYOUTS))
def test_shape(municipality: Municipality, layout: str) -> None:
    """Rows are as wide as their heads, merges stay inside and cover empty cells, keys are unique, nothing is lost."""
    for programme in municipality.programmes:
        ctx = context(municipality, programme, layout_of(programme, layout))
        tables = (*book_tables(ctx), flat_indicators(ctx))
        for table in tables:
            for part in table.parts:
                assert all(len(line) == len(part.columns) for line in part.head)
                for y, row in enumerate(part.rows):
                    assert len(row.cells) == len(part.columns)
                    for x, cell in enumerate(row.cells):
                        assert x + cell.span <= len(row.cells)
                        assert y + cell.down <= len(part.rows)
                        covered = [
                            part.rows[y + dy].cells[x + dx] for dy in range(cell.down) for dx in range(cell.span)
                        ]
                        assert not any(other.text for other in covered[1:])
            keys = [row.key for part in table.parts for row in part.rows if row.role is not Role.GROUP]
            assert len(keys) == len(set(keys))
            flat = flatten(table)
            assert {len(line) for line in flat.header} | {len(row["cells"]) for row in flat.rows} <= {table.slots}
        shown = {row.key for table in tables for part in table.parts for row in part.rows}
        targets = programme.targets
        assert {f"indicator:{i.id}" for t in targets for i in t.indicators} <= shown
        assert {f"activity:{a.id}" for t in targets for a in t.activities} <= shown


@settings(max_examples=25)
@given(municipalities(), st.sampled_from(LAYOUTS), st.data())
def test_reusing_tables_changes_nothing(municipality: Municipality, layout: str, data: st.DataObject) -> None:
    """Tables built on those before an edit equal tables built anew."""
    programme = data.draw(st.sampled_from(municipality.programmes)) if municipality.programmes else None
    if programme is None or not programme.targets:
        return
    before = BookTables(context(municipality, programme, layout_of(programme, layout)))
    at = data.draw(st.integers(0, len(programme.targets) - 1))
    changed = dataclasses.replace(programme.targets[at], title="değişti", cost_sheets=())
    targets = [*programme.targets[:at], changed, *programme.targets[at + 1 :]]
    if data.draw(st.booleans()):
        targets.reverse()
    edited = dataclasses.replace(programme, targets=tuple(targets))
    ctx = context(municipality, edited, layout_of(edited, layout))
    assert BookTables(ctx, before).tables == book_tables(ctx)


def test_a_target_and_a_sub_programme_of_the_same_row_do_not_displace_each_other() -> None:
    municipality = example()
    programme = next(one for one in municipality.programmes if one.sub_programmes)
    target, sub = (dataclasses.replace(one, row=1) for one in (programme.targets[0], programme.sub_programmes[0]))
    programme = dataclasses.replace(programme, targets=(target,), sub_programmes=(sub,))
    before = BookTables(context(municipality, programme, layout_of(programme, "official")))
    edited = dataclasses.replace(programme, general_administration=())
    after = BookTables(context(municipality, edited, layout_of(edited, "official")), before)
    for holder in (target, sub):
        tables, former = after.of_holder[id(holder)][2], before.of_holder[id(holder)][2]
        assert tables
        assert all(map(operator.is_, tables, former))


@settings(max_examples=50)
@given(municipalities(), st.sampled_from(LAYOUTS), st.sampled_from(LAYOUTS), st.data())
def test_a_context_made_from_the_one_before_is_the_same(
    municipality: Municipality, layout: str, other: str, data: st.DataObject
) -> None:
    """Codes and sums taken over from before an edit, another layout or another year equal those made anew."""
    if not municipality.programmes:
        return
    former, programme = (data.draw(st.sampled_from(municipality.programmes)) for _ in range(2))
    before = context(municipality, former, layout_of(former, other))
    targets = list(programme.targets)
    if targets:
        at = data.draw(st.integers(0, len(targets) - 1))
        edits: list[dict[str, object]] = [
            {"title": "değişti"},
            {"code": "X.1"},
            {"objective": ""},
            {"cost_sheets": ()},
            {"indicators": ()},
            {"activities": (), "cost_sheets": ()},
        ]
        targets[at] = dataclasses.replace(targets[at], **data.draw(st.sampled_from(edits)))  # type: ignore[arg-type] # fields
    if data.draw(st.booleans()):
        targets.reverse()
    edited = dataclasses.replace(programme, targets=tuple(targets))
    now = layout_of(edited, layout)
    assert context(municipality, edited, now, before) == context(municipality, edited, now)


@pytest.mark.parametrize(
    "settings",
    [
        {"nonsense": 1},
        {"labels.nonsense": "x"},
        {"labels.empty": 5},
        {"share": "%"},
        {"zero": "0"},
        {"year_heads": ["a", "b"]},
        {"indicator_note_row": "yes"},
        {"cost_codes": ["01", "77"]},
        {"printed": ["goals", "goals"]},
        {"performance_columns": ["amounts"]},
        {"indicator_columns": ["code", "values"]},
        {"codes.activity": "{indicator}"},
        {"title": "x"},
    ],
)
def test_layout_settings_that_cannot_be(settings: dict[str, object]) -> None:
    with pytest.raises(UserError):
        layout_of(Programme(2027, layout_settings=settings))


def test_a_layout_setting_changes_what_is_printed() -> None:
    programme = Programme(2027, layout="official", layout_settings={"share": "{share}", "labels.empty": "Kayıt yok"})
    assert layout_of(programme).share == "{share}"
    assert layout_of(programme).labels["empty"] == "Kayıt yok"
    # another layout than the file's own takes nothing over
    assert layout_of(programme, "plain").labels["empty"] == "Veri yok"


@pytest.mark.parametrize("name", LAYOUTS)
def test_presets_load_and_keep_their_own_rules(name: str) -> None:
    layout = layout_of(Programme(2027), name)
    settings = {
        key: getattr(layout, key)
        for key in (
            "printed",
            "zero",
            "share",
            "currency",
            "indicator_columns",
            "performance_columns",
            "kurus",
            "cost_codes",
            "year_heads",
        )
    }
    assert layout_of(Programme(2027, layout=name, layout_settings=settings)) == layout
