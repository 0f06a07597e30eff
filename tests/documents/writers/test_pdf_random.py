"""Random documents: whatever tables and texts there are, no glyph leaves the page or stands over another cell."""

from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.writers.pdf_reading import misplaced, pages, pdf_of

from perfdesk.documents.blocks import Block, Bullet, Heading, PageBreak, Paragraph, Signature, TableBlock
from perfdesk.domain.numbers import format_number
from perfdesk.domain.texts import Run
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Fact, Head, Part, Role, Row, Table

WORDS = st.sampled_from(
    [
        "ve",
        "ağaç",
        "İğneada",
        "m²",
        "hizmetlerinin",
        "yaygınlaştırılması",
        "Çekmeköy/Sancaktepe",
        "₺",
        "i\u0307",
        "x" * 90,
    ]
)
TEXTS = st.builds(
    lambda words, times: " ".join(words * times), st.lists(WORDS, max_size=8), st.sampled_from([1, 1, 1, 1, 5, 40])
)
KINDS = st.sampled_from(list(ColumnKind))
AMOUNTS = st.integers(0, 999999999999999).map(lambda n: Decimal(n) / 100)


def cell(draw: st.DrawFn, kind: ColumnKind) -> Cell:
    if kind is ColumnKind.CODE:
        return Cell(draw(st.sampled_from(["1", "PG 1.2.3.14", "F.12.3.4.5", ""])))
    if kind is not ColumnKind.TEXT and draw(st.booleans()):
        number = draw(AMOUNTS)
        return Cell(format_number(number, 2), number)
    if draw(st.integers(0, 5)) == 0:
        items = tuple(draw(st.lists(TEXTS.filter(bool), min_size=2, max_size=4)))
        return Cell("\n".join(f"• {item}" for item in items), bullets=items)
    return Cell(draw(TEXTS))


@st.composite
def parts(draw: st.DrawFn) -> Part:
    columns = tuple(
        Column(str(n), "", kind, draw(st.sampled_from([0.5, 1, 3, 8])))
        for n, kind in enumerate(draw(st.lists(KINDS, min_size=1, max_size=draw(st.sampled_from([3, 8, 25])))))
    )
    width = len(columns)
    head: tuple[tuple[Head | None, ...], ...] = (tuple(Head(draw(TEXTS)) for _ in columns),)
    if width > 2 and draw(st.booleans()):
        upper = (Head(draw(TEXTS), down=2), Head(draw(TEXTS), span=width - 1), *[None] * (width - 2))
        head = (upper, (None, *(Head(draw(TEXTS)) for _ in columns[1:])))
    count = draw(st.sampled_from([0, 1, 2, 7, 60]))
    rows: list[list[Cell]] = []
    sample = [[cell(draw, column.kind) for column in columns] for _ in range(min(count, 7))]
    rows = [list(sample[n % len(sample)]) for n in range(count)]
    roles = [draw(st.sampled_from(list(Role))) if n % 9 == 8 else Role.DETAIL for n in range(count)]
    if count > 2 and draw(st.booleans()):
        column = draw(st.integers(0, width - 1))
        start = draw(st.integers(0, count - 2))
        down = draw(st.integers(2, count - start))
        rows[start][column] = rows[start][column]._replace(down=down)
        for n in range(start + 1, start + down):
            rows[n][column] = COVERED
    elif count and width > 1 and draw(st.booleans()):
        rows[0] = [rows[0][0]._replace(span=width), *[COVERED] * (width - 1)]
    return Part("p", columns, head, tuple(Row(role, "", tuple(cells)) for role, cells in zip(roles, rows, strict=True)))


FACTS = st.builds(Fact, st.just("f"), TEXTS, TEXTS, strong=st.booleans())
TABLES = st.builds(
    Table,
    st.just("kind"),
    st.just(""),
    TEXTS,
    st.lists(parts(), min_size=1, max_size=2).map(tuple),
    st.lists(FACTS, max_size=4).map(tuple),
    TEXTS,
    TEXTS,
    st.sampled_from([1, 1, 2, 3]),
)
RUNS = st.lists(st.builds(Run, TEXTS, st.booleans()), max_size=3).map(tuple)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    TABLES.map(TableBlock),
    TABLES.map(TableBlock),
    st.builds(Heading, st.integers(1, 4), TEXTS),
    st.builds(Paragraph, RUNS),
    st.builds(Bullet, RUNS),
    st.builds(Signature, TEXTS, st.lists(TEXTS, max_size=2).map(tuple)),
    st.just(PageBreak()),
)


@given(st.lists(BLOCKS, max_size=6))
@settings(max_examples=10)
def test_nothing_is_ever_misplaced(blocks: list[Block]) -> None:
    data = pdf_of(*blocks)
    assert misplaced(data) == []
    printed = set(" ".join(pages.__wrapped__(data)).split())
    assert {number for block in blocks if isinstance(block, TableBlock) for number in numbers(block.table)} <= printed


def numbers(table: Table) -> Iterator[str]:
    for part in table.parts:
        for row in part.rows:
            yield from (cell.text for cell in row.cells if cell.number is not None)
