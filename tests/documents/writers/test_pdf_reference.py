"""The books of the sample and of the reference programmes: everything is in them, in Turkish, and in its place."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.documents.writers.page_checks import bookmark_faults, font_faults, list_faults
from tests.documents.writers.pdf_reading import misplaced, pages, tight

from perfdesk.documents import programme_book
from perfdesk.documents.blocks import Document, TableBlock
from perfdesk.documents.units import with_raised_units
from perfdesk.documents.writers.pdf import write
from perfdesk.domain.programme import Municipality
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.tables import programme_codes
from perfdesk.tables.context import context
from perfdesk.tables.layout import LAYOUTS, layout_of
from perfdesk.tables.table import NUMERIC, Table

# the sample is always here, the reference programmes only beside some checkouts
SAMPLE = "sample"
# two of the books are made always, the others where there is time
ALWAYS = {(SAMPLE, "official"), ("ilgin-2023", "plain")}
BOOKS = [
    *((SAMPLE, layout) for layout in LAYOUTS),
    ("ilgin-2023", "plain"),
    ("defne-2025", "per_target"),
    ("kars-2020-2024", "official"),
    *(("synthetic", layout) for layout in LAYOUTS),
]


@cache
def municipality(path: Path) -> Municipality:
    return read(path.read_bytes())


@cache
def books(path: Path, layout: str) -> list[tuple[Document, bytes]]:
    data = municipality(path)
    found = []
    for programme in data.programmes:
        document = programme_book.build(context(data, programme, layout_of(programme, layout)))
        found.append((document, write(document)))
    return found


@pytest.fixture(
    params=[pytest.param(book, marks=() if book in ALWAYS else pytest.mark.slow) for book in BOOKS], ids="-".join
)
def written(request: pytest.FixtureRequest) -> list[tuple[Document, bytes]]:
    name, layout = request.param
    if name == SAMPLE:
        return books(resource("sample", "guneycam.json"), layout)
    return books(request.getfixturevalue("reference") / f"{name}.json", layout)


def tables(document: Document) -> Iterator[Table]:
    # as they are printed: m2 as m²
    return (with_raised_units(block.table) for block in document.blocks if isinstance(block, TableBlock))


def test_nothing_is_misplaced(written: list[tuple[Document, bytes]]) -> None:
    for _, data in written:
        assert misplaced(data) == []


def test_no_font_is_missing(written: list[tuple[Document, bytes]]) -> None:
    for _, data in written:
        assert font_faults(data) == []


def test_bookmarks_land_where_they_say(written: list[tuple[Document, bytes]]) -> None:
    for document, data in written:
        assert bookmark_faults(document, data) == []


def test_lists_have_all_that_is_theirs_with_the_real_pages(written: list[tuple[Document, bytes]]) -> None:
    for document, data in written:
        assert list_faults(document, data) == []


def test_heads_repeat_on_every_page_of_a_table(written: list[tuple[Document, bytes]]) -> None:
    for document, data in written:
        found = [tight(page) for page in pages(data)]
        continued = tight(document.continued)
        for table in tables(document):
            if any(len(part.columns) > 20 for part in table.parts):
                continue  # printed in groups of columns
            caption = tight(table.caption)
            heads = [
                [tight(head.text) for line in part.head for head in line if head and head.text] for part in table.parts
            ]
            if table.kind == programme_codes.KIND:
                # where amounts are long it is printed in groups of columns, all with the first
                heads = [part[:1] for part in heads]
            for page in found:
                if page.startswith(f"{caption}{continued}"):
                    assert any(all(head in page for head in part) for part in heads), table.caption


@pytest.mark.poppler
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_pdftotext_finds_everything(written: list[tuple[Document, bytes]], tmp_path: Path) -> None:
    for document, data in written:
        file = tmp_path / "book.pdf"
        file.write_bytes(data)
        raw = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", file, "-"], capture_output=True, check=True).stdout
        printed = tight(raw.decode())
        words = set(unicodedata.normalize("NFC", raw.decode()).split())
        for table in tables(document):
            for part in table.parts:
                for row in part.rows:
                    for column, cell in zip(part.columns, row.cells, strict=True):
                        if column.kind in NUMERIC and cell.number is not None:
                            assert set(cell.text.split()) <= words, cell.text
                        else:
                            for text in cell.bullets or (cell.text,):
                                assert found_whole(tight(text), printed), text
            for fact in table.facts:
                for text in fact.bullets or (fact.text,):
                    assert found_whole(tight(text), printed), text


def found_whole(text: str, printed: str) -> bool:
    """Whether a text was printed; a page break may have put running head and foot into the middle of it."""
    if text in printed:
        return True
    return any(text[:cut] in printed and text[cut:] in printed for cut in range(len(text) - 1, 0, -1))
