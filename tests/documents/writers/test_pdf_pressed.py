"""Pages that are a little too short: rows move closer where that saves white, and nowhere else."""

from itertools import pairwise

import pytest
from tests.documents.writers.pdf_reading import glyphs, misplaced, pages, pdf_of, rows, table

from perfdesk.documents.blocks import Block, Heading, Paragraph, TableBlock
from perfdesk.documents.writers.pdf.strip import Area, Rule, Strip, Text
from perfdesk.documents.writers.pdf.style import look
from perfdesk.domain.texts import Run


def two_tables(count: int) -> list[Block]:
    return [TableBlock(table(rows(count, 1 + 100 * n), caption=f"Tablo {n}")) for n in range(2)]


def pitch(data: bytes) -> float:
    """Return the least distance of the commas of two rows."""
    _, _, boxes = next(glyphs(data))
    heights = sorted({round(bottom, 1) for _, bottom, *_, char in boxes if char == ","}, reverse=True)
    return min(upper - lower for upper, lower in pairwise(heights))


def test_two_tables_share_a_page_that_is_a_little_short() -> None:
    fits = max(n for n in range(15, 30) if len(pages(pdf_of(*two_tables(n)))) == 1)
    loose, tight = pdf_of(*two_tables(18)), pdf_of(*two_tables(fits))
    assert pitch(tight) < pitch(loose) - 1
    assert misplaced(tight) == []
    # lines of 8,5 points keep their distance, and a little white besides
    assert pitch(tight) > 8.5 * 1.3 + 1
    assert len(pages(pdf_of(*two_tables(fits + 1)))) == 2


def test_a_long_table_is_not_pressed() -> None:
    found = pdf_of(TableBlock(table(rows(300))))
    assert pitch(found) == pytest.approx(pitch(pdf_of(TableBlock(table(rows(10))))), abs=0.11)


def test_the_last_lines_of_a_chapter_are_taken_in() -> None:
    sentence = "Belediyemiz herkesin huzurunu ve refahını artırmak için çalışır. "
    for count in range(36, 46):
        blocks = [TableBlock(table(rows(count))), Paragraph((Run(sentence),)), Heading(1, "Sonra"), *two_tables(2)]
        found = pages(pdf_of(*blocks))
        assert "Satır" in next(page for page in found if sentence.strip() in page), count


def test_a_pressed_strip_keeps_its_parts_together() -> None:
    style = look("").body
    strip = Strip(
        20,
        gap=18,
        slack=4,
        texts=[Text(0, 12, style, "x")],
        rules=[Rule(0, 9, 20, 0.4, "")],
        areas=[Area(0, 9, 0, 20, "")],
    )
    half = strip.pressed(0.5)
    assert (half.height, half.gap, half.texts[0].y, half.rules[0].y, half.areas[0].bottom) == (18, 15, 11, 18, 18)
    assert strip.height + strip.gap - strip.spare == strip.pressed(1).height + strip.pressed(1).gap
    assert (strip.height, strip.texts[0].y) == (20, 12)
