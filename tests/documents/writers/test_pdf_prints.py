"""Pages told apart by what is drawn on them."""

import dataclasses

from tests.documents.writers.pdf_reading import document, pages, row, table
from tests.strategies import PNG

from perfdesk.documents.blocks import Document, Figure, Heading, PageBreak, Paragraph, TableBlock
from perfdesk.documents.writers.pdf import page_prints, write
from perfdesk.domain.texts import Run


def book(*texts: str, **fields: object) -> Document:
    blocks = [Heading(1, "Başlık"), Paragraph((Run("Giriş"),))]
    for text in texts:
        blocks += [PageBreak(), Paragraph((Run(text),)), TableBlock(table([row("01", text, 5)]))]  # type: ignore[list-item]
    return document(*blocks, **fields)


def differing(old: Document, new: Document) -> list[int]:
    return [n for n, (a, b) in enumerate(zip(page_prints(old), page_prints(new), strict=True), 1) if a != b]


def test_only_pages_that_differ_differ() -> None:
    old, new = book("bir", "iki", "üç"), book("bir", "İKİ – ₺ ², başka harfler", "üç")
    assert len(page_prints(old)) == len(pages(write(old))) == 4
    assert differing(old, old) == []
    # the letters before them in the file are others now
    assert differing(old, new) == [3]


def test_running_head_foot_and_stamp_are_left_out() -> None:
    old = book("bir", "iki")
    for fields in (
        {"stamp": "Sürüm 2"},
        {"running_head": ("A", "B")},
        {"foot": "Başka"},
        {"page_label": "{page}"},
        {"title": "Başka"},
    ):
        assert differing(old, dataclasses.replace(old, **fields)) == []
    assert differing(old, dataclasses.replace(old, colour="#aa0000")) == [1, 2, 3]


def test_places_rules_and_pictures_count() -> None:
    old = book("bir", "iki")
    longer = dataclasses.replace(old, blocks=(*old.blocks[:2], *old.blocks[1:]))
    assert differing(old, longer) == [1]
    one, other = (document(Heading(1, "Resim"), Figure(PNG + more, "Şekil 1")) for more in (b"", b"\0"))
    assert differing(one, other) == [1]


def test_stamp_is_never_over_the_foot() -> None:
    """Of a long name what does not fit is left out; the stamp and the page's number stand whole."""
    stamp = "Sürüm 12 (15.10.2026) · Meclis kararı 2026/145 (03.11.2026) · 3fa9c1d2e4b7"
    for foot in ("Kısa", "Uzun adlı bir büyükşehir belediyesi başkanlığı " * 4):
        printed = pages(write(book("bir", foot=foot, stamp=stamp)))
        assert all(stamp in page for page in printed)
        assert all(f"Sayfa {n} / 2" in page for n, page in enumerate(printed, 1))
