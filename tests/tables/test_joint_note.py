"""What stands below table 1 where the amounts of some activities stand in another row than theirs."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.example import example, lira

from perfdesk.domain.costs import CostLine, CostSheet
from perfdesk.domain.programme import Activity
from perfdesk.tables import performance_target
from perfdesk.tables.context import context
from perfdesk.tables.layout import layout_of

WHOLE = "Maliyeti birlikte gösterilenler"
OFF_BUDGET = "Bütçe dışı kaynağı ve toplamı birlikte gösterilenler"


def note_of(*sheets: CostSheet, codes: bool = True, layout: str = "official") -> str:
    municipality = example()
    programme = municipality.programmes[-1]
    activities = tuple(Activity(f"x{n}", f"F.{n}" if codes else "", f"İş {n}") for n in range(1, 7))
    target = replace(programme.targets[0], activities=activities, cost_sheets=sheets)
    programme = replace(programme, layout=layout, targets=(target, *programme.targets[1:]))
    ctx = context(replace(municipality, programmes=(programme,)), programme, layout_of(programme))
    return performance_target.build(ctx, target, "Tablo").note


def sheet(*at: int, split: bool = False, off_budget: Mapping[str, Decimal] | None = None) -> CostSheet:
    activities = tuple(f"x{n}" for n in at)
    amounts = dict.fromkeys(activities, lira("5")) if split else {}
    whole = CostLine("03", lira("5") * len(at))
    return CostSheet(activities, lines=(whole,), split=amounts, off_budget=off_budget or {})


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ([sheet(1), sheet(2, 3, 4)], ""),
        ([sheet(1, 3), sheet(2)], f"{WHOLE}: F.3 (F.1 satırında)."),
        # the merged cell reaches the second, not the last two
        ([sheet(1, 2, 4, 6)], f"{WHOLE}: F.4, F.6 (F.1 satırında)."),
        ([sheet(1, 3), sheet(2, 5, 4)], f"{WHOLE}: F.3 (F.1 satırında); F.4, F.5 (F.2 satırında)."),
        # divided, each has its own; but not of what is from outside the budget
        ([sheet(1, 3, split=True)], ""),
        ([sheet(1, 2, split=True, off_budget={"foreign": lira("7")})], ""),
        ([sheet(1, 3, split=True, off_budget={"foreign": lira("7")})], f"{OFF_BUDGET}: F.3 (F.1 satırında)."),
        (
            [sheet(1, 3, split=True, off_budget={"foreign": lira("7")}), sheet(2, 4)],
            f"{WHOLE}: F.4 (F.2 satırında). {OFF_BUDGET}: F.3 (F.1 satırında).",
        ),
    ],
)
def test_amounts_in_another_row_are_told(sheets: list[CostSheet], said: str) -> None:
    assert note_of(*sheets) == said


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        ("metropolitan", f"{WHOLE}: 3. faaliyet (1. faaliyet satırında)."),
        ("programme_budget", f"{WHOLE}: “İş 3” (“İş 1” satırında)."),
        # prints no amounts beside activities
        ("plain", ""),
    ],
)
def test_a_row_is_named_as_its_layout_prints_it(layout: str, said: str) -> None:
    assert note_of(sheet(1, 3), codes=False, layout=layout) == said
