"""Numbers of a column stand below each other on their commas."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.writers.pdf_reading import glyphs, misplaced, of_table, pdf_of, table

from perfdesk.documents.blocks import TableBlock
from perfdesk.documents.writers.pdf.decimals import tail
from perfdesk.domain.numbers import format_number
from perfdesk.tables.table import Cell, Column, ColumnKind, Fact, Role, Row

COLUMNS = (Column("name", "", ColumnKind.TEXT, 3), Column("value", "", ColumnKind.VALUE))
ROW = 8.0
HEADS = ("Gösterge", "Hedef")
ROLES = st.sampled_from([Role.DETAIL, Role.TOTAL])
NUMBERS = st.decimals(0, 10**9, allow_nan=False, places=3).flatmap(
    lambda number: st.sampled_from([number.quantize(Decimal(step)) for step in ("1", "0.1", "0.01", "0.001")])
)


def line(text: str, number: Decimal | None = None, role: Role = Role.DETAIL) -> Row:
    return Row(role, text, (Cell("x"), Cell(text, number)))


def ends(data: bytes) -> list[float]:
    """Return for each row where its whole digits or its mark end, from the top."""
    ((_, height, boxes),) = glyphs(data)
    # without the head of the table, running head and foot
    value = sorted(
        (-(bottom + top) / 2, left, right, char)
        for left, bottom, right, top, _, char in boxes
        if char in "0123456789.,-" and height - 700 < bottom < height - 90
    )
    lines: list[list[tuple[float, float, str]]] = []
    above = -height
    for middle, *box in value:
        if middle - above > ROW / 2:
            lines.append([])
        lines[-1].append(tuple(box))
        above = middle
    found: list[float] = []
    for line_ in lines:
        line_.sort()
        comma = next((n for n, box in enumerate(line_) if box[2] == ","), len(line_))
        found.append(line_[comma - 1][1])
    return found


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("12", ""),
        ("1.234,50", ",50"),
        ("1.000.000,00 TL", ",00 TL"),
        ("0,64%", ",64%"),
        ("25 %", " %"),
        ("₺7.650.000", ""),
        ("-", ""),
        ("-3,5", ",5"),
        ("", ""),
    ],
)
def test_what_stands_behind_the_whole_digits(text: str, behind: str) -> None:
    assert tail(text) == behind


@settings(max_examples=25)
@given(st.lists(st.tuples(NUMBERS, ROLES), min_size=2, max_size=12))
def test_commas_stand_below_each_other(numbers: list[tuple[Decimal, Role]]) -> None:
    data = of_table([line(format_number(n), n, role) for n, role in numbers], COLUMNS, HEADS, caption="Tablo")
    assert misplaced(data) == []
    ((_, _, boxes),) = glyphs(data)
    commas = [left for left, *_, char in boxes if char == ","]
    assert not commas or max(commas) - min(commas) < 0.7  # the comma of bold type is a little wider


def test_whole_numbers_and_marks_end_where_the_others_have_their_comma() -> None:
    texts = {"9,4": Decimal("9.4"), "13": Decimal(13), "1.500": Decimal(1500), "-": None, "7,25": Decimal("7.25")}
    data = of_table([line(text, number) for text, number in texts.items()], COLUMNS, HEADS, caption="Tablo")
    found = ends(data)
    assert len(found) == len(texts)
    assert max(found) - min(found) < 1.2  # no glyph fills its width


def test_words_among_numbers_end_at_the_edge() -> None:
    texts = {"9,4": Decimal("9.4"), "veri yok": None}
    data = of_table([line(text, number) for text, number in texts.items()], COLUMNS, HEADS, caption="Tablo")
    ((_, _, boxes),) = glyphs(data)
    edge = max(right for _, _, right, _, _, char in boxes if char in "4f")
    assert abs(max(right for _, _, right, _, _, char in boxes if char == "k") - edge) < 1


def test_what_a_total_is_called_stands_at_the_left_edge_of_a_column_of_numbers() -> None:
    columns = (Column("no", "", ColumnKind.VALUE, 3), Column("value", "", ColumnKind.VALUE, 3))
    total = Row(Role.TOTAL, "total", (Cell("QQQ"), Cell("7", Decimal(7))))
    data = of_table([Row(Role.DETAIL, "1", (Cell("4", Decimal(4)), Cell("7", Decimal(7)))), total], columns, ("W", "X"))
    ((_, height, boxes),) = glyphs(data)
    at = {char: left for left, bottom, _, _, _, char in boxes if height - 700 < bottom < height - 60}
    left = min(left for left, _, _, _, _, char in boxes if char == "Q")
    assert left < at["4"] - 20


def test_short_words_among_numbers_end_at_the_edge_on_each_line() -> None:
    """However many lines a few words take; a text of many is left to be read from its beginning."""

    def lines(count: int) -> list[tuple[float, float]]:
        words = "\n".join(["kısa", "daha uzun", "iki", "beş", "on"][:count])
        data = of_table([line("9,4", Decimal("9.4")), line(words)], COLUMNS, HEADS, caption="Tablo")
        ((_, _, boxes),) = glyphs(data)
        found: dict[int, list[tuple[float, float]]] = {}
        for left, bottom, right, _, _, char in boxes:
            if char in "kısadhuzn" and left > 300:
                found.setdefault(round(bottom / 11), []).append((left, right))
        return [(min(box)[0], max(right for _, right in box)) for box in found.values() if len(box) > 3]

    assert len(lines(2)) == 2
    assert len({round(right) for _, right in lines(2)}) == 1
    assert len({round(left) for left, _ in lines(5)}) == 1


def test_marks_alone_stand_where_they_stand_among_amounts() -> None:
    columns = (Column("x", "", ColumnKind.TEXT, 6), Column("n", "", ColumnKind.AMOUNT, 3))
    zero = Decimal("0.00")
    among, alone = (
        ends(of_table([line(text, number), line("-", zero), line("-", zero)], columns, HEADS, caption="Tablo"))
        for text, number in (("5,00", Decimal(5)), ("-", zero))
    )
    assert among[1:] == pytest.approx(alone[1:], abs=0.01)


@pytest.mark.parametrize("amount", ["5", "5,00"])
def test_marks_alone_stand_as_those_of_the_amounts_beside_them(amount: str) -> None:
    """In a table of whole lira no room is left for kuruş."""
    columns = (Column("x", "", ColumnKind.TEXT, 6), *(Column(key, "", ColumnKind.AMOUNT, 3) for key in "ab"))
    zero = Decimal("0.00")
    numbers = ((amount, Decimal(5)), ("-", zero))
    rows = [Row(Role.DETAIL, text, (Cell("x"), Cell(text, number), Cell("-", zero))) for text, number in numbers]
    ((_, height, boxes),) = glyphs(of_table(rows, columns, ("x", "QW", "QW"), caption="Tablo"))
    # heads end at the right edges of their columns
    edges = sorted(right for _, _, right, _, _, char in boxes if char == "W")
    marks = [(bottom, right) for _, bottom, right, _, _, char in boxes if char == "-" and bottom < height - 60]
    last = min(bottom for bottom, _ in marks)
    ends_ = sorted(right for bottom, right in marks if bottom < last + ROW / 2)
    among, alone = (edge - end for edge, end in zip(edges, ends_, strict=True))
    assert among == pytest.approx(alone, abs=0.01)
    assert (among < 2) == (amount == "5")


@pytest.mark.parametrize("amounts", [("500", "7.500"), ("-", "-")])
def test_marks_alone_stand_as_whole_amounts_do(amounts: tuple[str, ...]) -> None:
    """In a column beside amounts without kuruş, and in a table of marks alone of a document of such amounts."""
    columns = (Column("x", "", ColumnKind.TEXT, 6), *(Column(n, "", ColumnKind.AMOUNT, 3) for n in "ab"))
    facts = (Fact("a", "İdare", "Belediye"),)
    zero = Decimal("0.00")

    def block(*texts: str) -> TableBlock:
        cells = ((Cell("x"), Cell(text, zero), Cell("-", zero)) for text in texts)
        body = [Row(Role.DETAIL, str(n), row) for n, row in enumerate(cells)]
        return TableBlock(table(body, columns, ("Faaliyet", "HW", "HW"), facts=facts, caption="Tablo"))

    ((_, height, boxes),) = glyphs(pdf_of(block(*amounts), block("1.000", "2.000")))
    edges = {round(right) for _, _, right, _, _, char in boxes if char == "W"}
    marks = {right for _, bottom, right, _, _, char in boxes if char == "-" and 60 < bottom < height - 60}
    assert marks
    assert all(min(abs(right - edge) for edge in edges) < 1.5 for right in marks)
