"""Amounts that texts and charts quote say that they are money in the way of the layout's tables, and once."""

from decimal import Decimal

import pytest
from tests.example import YEAR, example

from perfdesk.documents.book.need import need_sentence
from perfdesk.services.output.exporting import programme_context
from perfdesk.tables.charts.catalogue import charts_of
from perfdesk.tables.context import Context
from perfdesk.tables.layout import LAYOUTS
from perfdesk.tables.sentences import sentence

WORDS = "İhtiyaç {total}\u00a0TL, {count} faaliyet; TL karşılığı {total} TL."


def the(layout: str) -> Context:
    return programme_context(example(), YEAR, layout)


@pytest.mark.parametrize(
    ("layout", "told"),
    [
        ("official", "İhtiyaç 1.500,00\u00a0TL, 3 faaliyet; TL karşılığı 1.500,00 TL."),
        ("per_target", "İhtiyaç ₺1.500{kurus}, 3 faaliyet; TL karşılığı ₺1.500{kurus}."),
        ("plain", "İhtiyaç 1.500,00\u00a0TL, 3 faaliyet; TL karşılığı 1.500,00\u00a0TL."),
    ],
)
def test_a_sentence_names_the_currency_once(layout: str, told: str) -> None:
    ctx = the(layout)
    expected = told.replace("{kurus}", ",00" if ctx.places else "")
    assert sentence(ctx, WORDS, {"total": Decimal(1500)}, count=3) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_sentence_of_the_need_writes_money_as_the_tables_do(layout: str) -> None:
    ctx = the(layout)
    told = need_sentence(ctx)
    assert ctx.told_money(ctx.ledger.grand_total.total).replace(" ", "\u00a0") in told
    assert told.count("TL") + told.count("₺") == 4


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_chart_of_costs_names_the_currency_at_its_head_or_with_each_amount(layout: str) -> None:
    ctx = the(layout)
    charts = [chart for key in ("cost_by_goal", "cost_by_code", "budget_flow") for chart in charts_of(ctx, key)]
    assert charts
    for chart in charts:
        written = chart.written(Decimal(1500))
        assert written == ctx.money(Decimal(1500))
        assert [chart.unit == "TL", "TL" in written, "₺" in written].count(True) == 1
