"""The PDF writer tells where it put the blocks: what the letters on the pages themselves say."""

from tests.documents.writers.pdf_reading import document, glyphs, row, rows, table

from perfdesk.documents.blocks import Block, Contents, Cover, Heading, Paragraph, TableBlock
from perfdesk.documents.writers import pdf
from perfdesk.domain.texts import Run

BOOK: tuple[Block, ...] = (
    Cover("Güneyçam Belediyesi", "Performans Programı", "2027"),
    Contents("İçindekiler"),
    Heading(1, "Genel Bilgiler", "I-"),
    Paragraph((Run("Kısa bir metin."),)),
    TableBlock(table(rows(80), caption="Tablo 1 Uzun")),
    TableBlock(table([row("1", "Kısa tablonun satırı", 5)], caption="Tablo 2 Kısa")),
    Heading(1, "Ekler", "II-"),
    Paragraph((Run("Ek metin."),)),
)


def placed(block: int, *, listed: bool = False) -> list[pdf.Placed]:
    made = pdf.set_document(document(*BOOK))
    return [at for at in made.placed if at.block == block and at.listed == listed]


def test_the_file_is_the_one_that_is_written() -> None:
    made = pdf.set_document(document(*BOOK))
    assert made.content == pdf.write(document(*BOOK))
    assert [(round(width), round(height)) for width, height, _ in glyphs(made.content)] == [
        (round(width), round(height)) for width, height in made.pages
    ]


def test_every_letter_between_head_and_foot_stands_in_a_block() -> None:
    made = pdf.set_document(document(*BOOK))
    for number, (_width, height, boxes) in enumerate(glyphs(made.content)):
        spots = [at for at in made.placed if at.page == number]
        frame = (min(at.top for at in spots), max(at.bottom for at in spots))
        inside = 0
        for left, bottom, right, top, *_rest in boxes:
            middle = height - (bottom + top) / 2
            if not frame[0] <= middle <= frame[1]:
                continue
            inside += 1
            # gaps between blocks are empty, and blocks do not overlap
            here = [at for at in spots if at.top <= middle <= at.bottom and at.left <= left and right <= at.right + 1]
            assert len(here) == 1
        assert inside


def test_a_table_that_is_cut_stands_on_each_of_its_pages() -> None:
    spots = placed(4)
    assert [at.page for at in spots] == [2, 3]
    # its repeated caption belongs to it
    assert spots[1].top == min(at.top for at in pdf.set_document(document(*BOOK)).placed if at.page == 3)
    (short,) = placed(5)
    assert short.page == 3
    assert short.top >= spots[1].bottom


def test_the_cover_is_a_page_and_contents_lead_to_their_blocks() -> None:
    (cover,) = placed(0)
    assert (cover.page, cover.left, cover.top) == (0, 0, 0)
    assert (round(cover.right), round(cover.bottom)) == (595, 842)
    lines = [at for at in pdf.set_document(document(*BOOK)).placed if at.listed]
    assert {at.page for at in lines} == {1}
    # the title of the contents stands for themselves
    assert [at.block for at in sorted(lines, key=lambda at: at.top)] == [1, 2, 4, 5, 6]


def test_a_part_is_numbered_as_in_the_whole() -> None:
    part = document(*BOOK[6:], first_page=12, pages=118)
    ((_, _, boxes),) = glyphs(pdf.write(part))
    assert "Sayfa12/118" in "".join(box[-1] for box in boxes).replace(" ", "")
