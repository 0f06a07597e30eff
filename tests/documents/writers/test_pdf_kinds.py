"""Tables of which a book has many look alike and are told apart; what belongs together is not parted."""

from dataclasses import replace

import pytest
from tests.documents.writers.pdf_reading import CONTINUED, amount, glyphs, pages, pdf_of, rows, table

from perfdesk.documents.blocks import Bullet, Heading, Paragraph, TableBlock
from perfdesk.documents.writers.pdf.demands import SETTINGS
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.grid import Grid
from perfdesk.documents.writers.pdf.text import Measurer, in_lines
from perfdesk.domain.texts import Run
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Fact, Head, Part, Role, Row, Table

COLUMNS = (
    Column("no", "", ColumnKind.CODE, 1),
    Column("name", "", ColumnKind.TEXT, 6),
    Column("unit", "", ColumnKind.TEXT, 2),
    Column("before", "", ColumnKind.VALUE, 2),
    Column("now", "", ColumnKind.VALUE, 2),
)
HEADS = ("No", "Gösterge", "Ölçü Birimi", "Önceki Yıl (2026)", "Performans Hedefi (2027)")


def goal(name: str, indicators: list[Row], activities: int = 0) -> TableBlock:
    """Return a table about a goal, captioned as all of them."""
    parts = [Part("indicators", COLUMNS, (tuple(map(Head, HEADS)),), tuple(indicators))]
    if activities:
        listed = tuple(Row(Role.DETAIL, str(n), (Cell(str(n)), Cell(f"Ψ faaliyet {n}"))) for n in range(activities))
        parts.append(Part("activities", COLUMNS[:2], ((Head("No"), Head("Faaliyetler")),), listed))
    return TableBlock(Table("goal", name, "Hedef Tablosu", tuple(parts), (Fact("goal", "Hedef", name, strong=True),)))


def indicator(number: int, name: str, unit: str = "adet", value: int = 12) -> Row:
    return Row(Role.DETAIL, name, (Cell(str(number)), Cell(name), Cell(unit), amount(value), amount(value)))


def starts(data: bytes, letter: str) -> set[int]:
    """Return where a letter stands on the pages, from the left."""
    return {round(box[0]) for _, _, boxes in glyphs(data) for box in boxes if box[5] == letter}


def test_columns_of_a_kind_stand_at_the_same_places() -> None:
    blocks = [
        goal("Ağaç dikmek", [indicator(1, "Ω kısa bir ad", "Ж adet"), indicator(2, "Ω bir ad daha", "Ж adet")], 3),
        goal("Yol yapmak", [indicator(n, f"Ω {'bir gösterge ' * 2}", "Ж ton") for n in range(9)], 3),
        goal("Su vermek", [indicator(1, f"Ω {'orta boy ' * 3}", "Ж m2", 1_000), indicator(2, "Ω", "Ж kişi")]),
    ]
    together = pdf_of(*blocks)
    assert len(starts(together, "Ω")) == len(starts(together, "Ж")) == 1
    alone = [starts(pdf_of(block), "Ж") for block in blocks]
    assert len(set.union(*alone)) > 1


def has_whole_head(name: str) -> bool:
    """Whether "Ölçü Birimi" stands on one line over tables whose indicators all have that name."""
    heads = tuple(map(Head, ("No", "Gösterge", "Ölçü Birimi", "2026", "2027")))
    tables = []
    for block in (goal(f"Hedef {number}", [indicator(n, name) for n in range(3)]) for number in range(4)):
        (part,) = block.table.parts
        tables.append(replace(block.table, parts=(replace(part, head=(heads,)),)))
    grid = Grid(tables, Measurer())
    (part,) = tables[0].parts
    needs = grid.demands(part)
    held = grid.held(tables[0], part, needs, SETTINGS[0])
    return held[2] >= needs[2].headed(SETTINGS[0]) - 0.1


def test_a_short_head_stands_on_one_line_where_the_texts_beside_take_no_more_lines_for_it() -> None:
    # in two lines with the room that is left as well as with all of it
    assert has_whole_head("gösterge " * 10)
    # just in one line, and not with any less: each row would be higher, to spare one line of a head
    assert {has_whole_head("il " * count) for count in range(30, 60)} == {True, False}


def test_codes_of_all_parts_take_the_same_room() -> None:
    blocks = [
        goal(name, [indicator(n, f"Ω {'uzun bir gösterge adı ' * 9}") for n in range(3)], 2) for name in ("Bir", "İki")
    ]
    data = pdf_of(*blocks)
    names, activities = starts(data, "Ω"), starts(data, "Ψ")
    assert len(names) == len(activities) == 1
    assert abs(names.pop() - activities.pop()) <= 1


def test_a_caption_that_several_tables_have_tells_which_one_goes_on() -> None:
    long = [indicator(n, f"Gösterge {n}") for n in range(60)]
    found = pages(pdf_of(goal("Ağaç dikmek", long), goal("Yol yapmak", long)))
    assert any(f"Hedef Tablosu – Ağaç dikmek {CONTINUED}" in page for page in found)
    assert any(f"Hedef Tablosu – Yol yapmak {CONTINUED}" in page for page in found)
    # one that has its caption for itself needs no more
    assert any(f"Hedef Tablosu {CONTINUED}" in page for page in pages(pdf_of(goal("Ağaç dikmek", long))))


def told(number: int, lines: int = 1) -> list[Row]:
    """Return an indicator and the lines that tell about it."""
    name = f"Gösterge {number}"

    def line(label: str, text: str) -> Row:
        return Row(Role.DETAIL, label, (Cell(label), Cell(text, span=2), COVERED), tells_more=True)

    first = Row(Role.SUBSECTION, name, (Cell(name), Cell("adet"), amount(number)))
    return [first, *(line(label, "Bir söz. " * 20 * lines) for label in (f"Açıklama {number}", f"Kaynak {number}"))]


TOLD = (Column("name", ""), Column("unit", ""), Column("value", "", ColumnKind.VALUE))


@pytest.mark.parametrize("before", range(4, 12))
def test_what_is_told_about_an_indicator_stays_with_it(before: int) -> None:
    indicators = [row for n in range(30) for row in told(n)]
    data = pdf_of(TableBlock(table(rows(before))), TableBlock(table(indicators, TOLD)))
    for page in pages(data):
        for n in range(30):
            assert (f"Gösterge {n} " in page) == (f"Açıklama {n} " in page) == (f"Kaynak {n} " in page)


def test_an_indicator_that_no_page_holds_is_named_again() -> None:
    indicators = [row for n in range(8) for row in told(n, 40)]
    found = pages(pdf_of(TableBlock(table(indicators, TOLD))))
    torn = [n for n in range(8) for page in found if f"Kaynak {n} " in page and f"Gösterge {n} adet" not in page]
    assert torn
    for n in torn:
        assert any(f"Gösterge {n} {CONTINUED}" in page for page in found)


@pytest.mark.parametrize("before", range(26, 34))
def test_a_list_stays_with_the_words_that_announce_it(before: int) -> None:
    said = Paragraph((Run("Bir söz."),))
    listed = [Bullet((Run(f"Madde {n}"),)) for n in range(4)]
    found = pages(pdf_of(*[said] * before, Paragraph((Run("Şunlar yapılır:"),)), *listed, *[said] * 40))
    assert any("Şunlar yapılır: • Madde 0" in page for page in found)
    # the last item is not alone either
    assert any("• Madde 2 • Madde 3" in page for page in found)


@pytest.mark.parametrize("before", range(20, 44))
def test_texts_that_lead_up_to_a_table_stay_together(before: int) -> None:
    lead = [Heading(4, "", "Alt Program"), Paragraph((Run("Ne yapar. " * 20),)), Paragraph((Run("Birimleri."),))]
    found = pages(pdf_of(TableBlock(table(rows(before))), *lead, TableBlock(table(rows(40, 100)))))
    page = next(page for page in found if "Alt Program" in page)
    assert "Birimleri." in page


def test_a_head_in_so_many_lines() -> None:
    font, measure = fonts().bold, Measurer()

    def wide(text: str) -> int:
        return measure(font, text).width

    head = measure(font, "2026 Yıl Sonu Gerçekleşme Tahmini")
    assert in_lines(font, head, 1) == head.width
    assert in_lines(font, head, 2) == max(wide("2026 Yıl Sonu"), wide("Gerçekleşme Tahmini"))
    assert in_lines(font, head, 3) == max(wide("2026 Yıl Sonu"), wide("Gerçekleşme"), wide("Tahmini"))
    assert in_lines(font, head, 9) == wide("Gerçekleşme")
