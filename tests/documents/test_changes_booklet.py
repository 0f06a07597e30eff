"""What the change booklet shows of the new book: texts with what changed in them marked, long tables cut to it."""

import dataclasses
from decimal import Decimal

from tests.documents.writers.pdf_reading import areas, document

from perfdesk import paths
from perfdesk.documents import programme_book
from perfdesk.documents.blocks import Bullet, Document, Heading, Paragraph, TableBlock
from perfdesk.documents.changes_booklet import Books, build
from perfdesk.documents.reprint import Reprint
from perfdesk.documents.writers import pdf
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.exchange.reading import read
from perfdesk.services.output.exporting import programme_context
from perfdesk.tables import administration_performance
from perfdesk.tables.changes.compare import compare

YEAR = 2026


def sample() -> Municipality:
    return read(paths.resource("sample", "guneycam.json").read_bytes())


def of_year(municipality: Municipality, year: int = YEAR) -> Programme:
    found = municipality.programme(year)
    assert found is not None
    return found


def changed(municipality: Municipality, to: Programme) -> Municipality:
    programmes = tuple(to if one.year == to.year else one for one in municipality.programmes)
    return dataclasses.replace(municipality, programmes=programmes)


def booklet(old: Municipality, new: Municipality, year: int = YEAR) -> Document:
    before, after = programme_context(old, year), programme_context(new, year)
    books = Books(programme_book.build(before), programme_book.build(after))
    return build(compare(before, after), books, ("bir", "iki"), Reprint(1, (), ()))


def with_text(*texts: str) -> Municipality:
    municipality = sample()
    now = of_year(municipality)
    blocks = tuple(TextBlock(BlockKind.PARAGRAPH, (Run(text),)) for text in texts)
    sections = tuple(dataclasses.replace(one, blocks=blocks) if one.key == "foreword" else one for one in now.sections)
    return changed(municipality, dataclasses.replace(now, sections=sections))


def test_the_paragraph_that_changed_is_marked_and_those_around_it_are_not() -> None:
    made = booklet(with_text("İlk.", "İkinci.", "Son."), with_text("İlk.", "Yeni.", "İkinci, değişik.", "Son."))
    texts = [block for block in made.blocks if isinstance(block, (Paragraph, Bullet))]
    assert [block.runs[0].text for block in texts if block.changed] == ["Yeni.", "İkinci, değişik."]
    assert {"İlk.", "Son."} <= {block.runs[0].text for block in texts}


def test_the_mark_of_a_paragraph_is_printed_beside_all_its_lines() -> None:
    text = "uzun bir paragraf " * 30

    def marks(*, changed: bool) -> set[tuple[float, float, float, float]]:
        return set(areas(pdf.write(document(Paragraph((Run(text),), changed), Bullet((Run("x"),))))))

    found = marks(changed=True) - marks(changed=False)
    bars = {area for area in found if area[2] - area[0] < 3}
    # as many bars as tints, one for each line
    assert len(bars) * 2 == len(found) > 4


def test_a_sub_programme_that_changed_stands_below_its_programme() -> None:
    """The programme's heading goes with whichever of its sub-programmes is the first to have changed."""
    old = sample()
    now = of_year(old, 2027)
    ids = ("sp80.2", "sp79.1", "sp79.2")
    use = [
        dataclasses.replace(one, description="Yeni açıklama.") if one.sub_programme in ids else one
        for one in now.sub_programmes
    ]
    assert sum(one.sub_programme in ids for one in use) == len(ids)
    made = booklet(old, changed(old, dataclasses.replace(now, sub_programmes=tuple(use))), 2027)
    found = [(block.level, block.text) for block in made.blocks if isinstance(block, Heading) and block.level > 2]
    assert [(level, text.split(" ")[1 if level == 3 else 2]) for level, text in found] == [
        (3, "79."),
        (4, "79.1"),
        (4, "79.2"),
        (3, "80."),
        (4, "80.2"),
    ]


def test_rows_whose_share_alone_changed_are_counted_and_left_out() -> None:
    old = sample()
    now = of_year(old)
    target = next(one for one in now.targets if one.cost_sheets and one.cost_sheets[0].lines)
    first, *lines = target.cost_sheets[0].lines
    dearer = dataclasses.replace(first, amount=first.amount + Decimal(10_000_000))
    sheet = dataclasses.replace(target.cost_sheets[0], lines=(dearer, *lines))
    to = dataclasses.replace(target, cost_sheets=(sheet, *target.cost_sheets[1:]))
    targets = tuple(to if one is target else one for one in now.targets)
    made = booklet(old, changed(old, dataclasses.replace(now, targets=targets)))
    table = next(
        block.table
        for block in made.blocks
        if isinstance(block, TableBlock) and block.table.kind == administration_performance.KIND
    )
    assert table.caption.endswith("– değişen satırlar")
    # of all targets the one that has become dearer, and the totals
    assert len(table.parts[0].rows) < 6
    assert "yalnızca payı değişen" in table.note
    counts = next(block.table for block in made.blocks if isinstance(block, TableBlock))
    found = {row.key: [cell.text for cell in row.cells[3:]] for row in counts.parts[0].rows}
    assert found["activity"] == ["0", "0", "0"]
    assert found["sheet"] == ["0", "0", "1"]
