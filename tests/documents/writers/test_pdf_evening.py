"""Columns of texts share their width so that rows become low."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.documents.writers.pdf.columns import widths
from perfdesk.documents.writers.pdf.demands import SETTINGS, TableSetting, demands
from perfdesk.documents.writers.pdf.evening import evened
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.style import CELL_PAD, TABLE_SIZE
from perfdesk.documents.writers.pdf.text import Measurer, wrap
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.tables import policy_documents
from perfdesk.tables.context import context
from perfdesk.tables.layout import layout_of
from perfdesk.tables.table import Cell, Column, ColumnKind, Head, Part, Role, Row

SETTING = TableSetting(False, TABLE_SIZE, CELL_PAD)
HEADS_OF_A_CARD = ("2024 Gerçekleşen", "2025 Planlanan", "2025 Tahmin", "2026 Hedef", "2027 Öngörü", "2028 Öngörü")
WORDS = st.lists(st.sampled_from(["ve", "ağaç", "hizmetlerinin", "Belediyesi", "İklim", "planı"]), max_size=40)
TEXTS = WORDS.map(" ".join)


def part(texts: list[tuple[str, ...]], weights: tuple[float, ...] = (1, 1, 3)) -> Part:
    columns = tuple(Column(str(n), "", ColumnKind.TEXT, weight) for n, weight in enumerate(weights))
    rows = tuple(Row(Role.DETAIL, str(n), tuple(map(Cell, line))) for n, line in enumerate(texts))
    return Part("p", columns, (tuple(Head("Baş") for _ in columns),), rows)


def lines(made: Part, found: list[float]) -> int:
    """Return how many lines the rows take."""
    measure = Measurer()
    font = fonts().regular

    def count(text: str, width: float) -> int:
        return len(wrap(font, measure(font, text), (width - 2 * SETTING.pad) * 1000 / SETTING.size))

    return sum(max(count(cell.text, width) for cell, width in zip(row.cells, found, strict=True)) for row in made.rows)


def both(made: Part) -> tuple[list[float], list[float]]:
    measure = Measurer()
    needs = demands(made, measure)
    before = widths(needs, SETTING)
    return before, evened(made, needs, SETTING, before, measure)


# one long text must not take the room that all other rows need elsewhere
ONE_LONG = [
    (
        "Mali Yönetim ve Kontrol Kanunu Uygulama Esasları",
        "Kısa",
        "Kaynaklar verimli kullanılır. " * (40 if n == 3 else 1),
    )
    for n in range(12)
]


def test_a_column_whose_texts_make_rows_tall_gets_more() -> None:
    made = part(ONE_LONG, (1, 1, 6))
    before, after = both(made)
    assert after[0] > before[0]
    assert lines(made, after) < lines(made, before)


def test_few_rows_are_left_alone() -> None:
    before, after = both(part(ONE_LONG[:5], (1, 1, 6)))
    assert after == before


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=6, max_size=12))
def test_the_width_is_kept_and_no_column_starves(texts: list[tuple[str, ...]]) -> None:
    made = part(texts)
    before, after = both(made)
    assert sum(after) == pytest.approx(sum(before))
    for need, width in zip(demands(made, Measurer()), after, strict=True):
        assert width >= need.least(SETTING) - 0.01


def test_narrow_columns_get_what_the_widest_can_spare() -> None:
    """Where it costs next to no lines: a column of two words a line is hard to read, however low its rows are."""
    municipality = read(resource("sample", "guneycam.json").read_bytes())
    programme = municipality.programmes[0]
    (made,) = policy_documents.build(context(municipality, programme, layout_of(programme)), "").parts
    before, after = both(made)
    assert min(before[:3]) < 80
    assert min(after[:3]) > 85
    assert sum(after) == pytest.approx(sum(before))


def test_a_short_head_keeps_its_line_where_that_costs_little() -> None:
    heads = ("Performans Hedefi", "Faaliyet", "Açıklama", *("Genel Yönetim Giderleri Toplamı", "Pay (%)") * 3)
    kinds = (*[ColumnKind.TEXT] * 3, *(ColumnKind.AMOUNT, ColumnKind.SHARE) * 3)
    columns = tuple(Column(str(n), "", kind, 3) for n, kind in enumerate(kinds))
    texts = ("hedef " * 20, "faaliyet " * 40, "açıklama " * 20, *("253.748.000,00", "42,0%") * 3)
    cells = tuple(
        Cell(text, None if kind is ColumnKind.TEXT else Decimal(1)) for text, kind in zip(texts, kinds, strict=True)
    )
    rows = tuple(Row(Role.DETAIL, str(n), cells) for n in range(3))
    needs = demands(Part("", columns, (tuple(map(Head, heads)),), rows), Measurer())
    setting = SETTINGS[2]
    found = widths(needs, setting)
    assert sum(found) == pytest.approx(setting.width)
    em = setting.size / 1000
    # those of several words take the lines they can, this one does not
    assert found[3] < needs[3].head * em
    assert found[4] >= fonts().bold.width("Pay (%)") * em + 2 * setting.pad


@pytest.mark.parametrize("heads", [("2023 Gerçekleşen", "2024 Tahmin", "2025 Hedef"), HEADS_OF_A_CARD])
def test_heads_of_a_table_of_numbers_alone_stand_on_one_line_where_they_can(heads: tuple[str, ...]) -> None:
    columns = tuple(Column(str(n), "", ColumnKind.VALUE) for n in range(len(heads)))
    row = Row(Role.DETAIL, "r", tuple(Cell(f"{n},5", Decimal(n)) for n in range(len(heads))))
    needs = demands(Part("p", columns, (tuple(map(Head, heads)),), (row,)), Measurer())
    found = widths(needs, SETTING)
    assert sum(found) == pytest.approx(SETTING.width)
    bold = fonts().bold
    for head, width in zip(heads, found, strict=True):
        assert Measurer()(bold, head).width * SETTING.size / 1000 <= width - 2 * SETTING.pad
    # what is left is shared among all
    spare = [width - need.label * SETTING.size / 1000 for need, width in zip(needs, found, strict=True)]
    assert max(spare) - min(spare) < 1
