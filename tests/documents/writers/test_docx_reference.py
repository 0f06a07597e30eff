"""The Word copies of the sample and of the reference programmes: every table cell by cell, and in LibreOffice."""

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdf
import pytest
from docx.oxml.ns import qn
from tests.documents.writers.docx_reading import (
    body_paragraphs,
    empties,
    expected,
    heads_of,
    instructions,
    opened,
    rows_of,
    style_of,
    text_of,
)
from tests.documents.writers.pdf_reading import normal, pages

from perfdesk.documents import programme_book
from perfdesk.documents.blocks import Document, Heading, TableBlock
from perfdesk.documents.writers import pdf
from perfdesk.documents.writers.docx import write
from perfdesk.documents.writers.docx.captions import told_apart
from perfdesk.documents.writers.docx.columns import plan
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.tables.context import context
from perfdesk.tables.layout import LAYOUTS, layout_of
from perfdesk.tables.table import Table

# the sample is always here, the reference programmes only beside some checkouts
SAMPLE = "sample"
BOOKS = [
    *((SAMPLE, layout) for layout in LAYOUTS),
    ("ilgin-2023", "plain"),
    ("defne-2025", "per_target"),
    ("kars-2020-2024", "official"),
]


@cache
def book(path: Path, layout: str) -> tuple[Document, bytes]:
    data = read(path.read_bytes())
    programme = max(data.programmes, key=lambda programme: programme.year)
    document = programme_book.build(context(data, programme, layout_of(programme, layout)))
    return document, write(document)


def sample(layout: str) -> tuple[Document, bytes]:
    return book(resource("sample", "guneycam.json"), layout)


@pytest.fixture(params=BOOKS, ids="-".join)
def written(request: pytest.FixtureRequest) -> tuple[Document, bytes]:
    name, layout = request.param
    if name == SAMPLE:
        return sample(layout)
    return book(request.getfixturevalue("reference") / f"{name}.json", layout)


def tables(document: Document) -> Iterator[Table]:
    return (block.table for block in document.blocks if isinstance(block, TableBlock))


def captions(document: Document) -> list[str]:
    """Return the captions of the tables with what tells equal ones apart, as the PDF's list has it, in one line."""
    about = pdf.listed(document)
    return [
        normal(told_apart(block.table.caption, about[n].subject) if about[n].subject else block.table.caption)
        for n, block in enumerate(document.blocks)
        if isinstance(block, TableBlock) and block.table.caption
    ]


def test_tables_are_equal_cell_by_cell(written: tuple[Document, bytes]) -> None:
    document, data = written
    found = iter([rows_of(table._tbl) for table in opened(data).tables])
    for table in tables(document):
        wanted = expected(table)
        count = len(plan(table, Measurer()).parts) + bool(table.facts)
        here = [next(found) for _ in range(count)]
        if count == len(wanted):
            assert here == wanted
        else:
            # too wide for any page: printed in groups of columns
            assert any(len(part.columns) > 20 for part in table.parts)
            assert texts_in(here) == texts_in(wanted)
    assert next(found, None) is None


def texts_in(found: list[list[list[str]]]) -> set[str]:
    return {text for table in found for row in table for text in row}


def test_heads_are_repeated(written: tuple[Document, bytes]) -> None:
    document, data = written
    found = [heads_of(table._tbl) for table in opened(data).tables]
    wanted = []
    for table in tables(document):
        wanted += [0] * bool(table.facts)
        for part in plan(table, Measurer()).parts:
            headed = any(head and head.text for line in part.head for head in line)
            wanted.append(len(part.head) if headed else 0)
    assert found == wanted


def test_texts_are_all_there(written: tuple[Document, bytes]) -> None:
    document, data = written
    found = Counter(normal(text_of(p)) for p in body_paragraphs(opened(data)))
    wanted = Counter(
        normal(" ".join(text for text in (block.number, block.text) if text))
        for block in document.blocks
        if isinstance(block, Heading)
    )
    wanted += Counter(captions(document))
    wanted += Counter(normal(table.note) for table in tables(document) if table.note)
    for block in document.blocks:
        if runs := getattr(block, "runs", ()):
            wanted[normal("".join(run.text for run in runs))] += 1
    assert not wanted - found


def test_nothing_is_empty_but_what_must_be(written: tuple[Document, bytes]) -> None:
    file = opened(written[1])
    found = empties(file)
    assert set(found) <= {"TableGap", "SectionEnd"}
    # one before a second table at most, and one for each section
    assert found.count("TableGap") < len(file.tables)
    assert found.count("SectionEnd") <= len(file.sections)
    styles = [style_of(p) for p in body_paragraphs(file)]
    known = {style.style_id for style in file.styles}
    assert set(styles) <= known
    assert {style_of(p) for p in file.element.body.iter(qn("w:p"))} <= known


def test_marks_are_unique_and_led_to(written: tuple[Document, bytes]) -> None:
    file = opened(written[1])
    body = file.element.body
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    led = [code.split()[1] for code in instructions(file) if code.startswith("PAGEREF")]
    assert set(led) <= set(marks)
    kinds = Counter(mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar")))
    assert kinds["begin"] == kinds["separate"] == kinds["end"]


# --- LibreOffice ------------------------------------------------------------------------------------------------------

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Update" script:language="StarBasic">
Sub Update(source, target)
  Dim none()
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, none())
  indexes = book.getDocumentIndexes()
  For n = 0 To indexes.getCount() - 1
    indexes.getByIndex(n).update()
  Next n
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "writer_pdf_Export"
  book.storeToURL(target, kind())
  book.close(True)
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Update"/>
</library:library>
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample's copy as LibreOffice prints it after its contents are brought up to date."""
    soffice = shutil.which("soffice")
    if not soffice or not (Path(soffice).resolve().parent / "libswlo.so").exists():
        pytest.skip("LibreOffice Writer (soffice, libreoffice-writer-nogui) is not installed")
    folder = tmp_path_factory.mktemp("printed")
    program = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    # the first start makes the profile that the macro is then put into
    subprocess.run([*program, "--terminate_after_init"], check=True, capture_output=True, timeout=300)
    library = folder / "profile" / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "Update.xba").write_text(_MACRO, encoding="utf-8")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    source, target = folder / "book.docx", folder / "book.pdf"
    source.write_bytes(sample("official")[1])
    macro = f'macro:///Standard.Update.Update("{source.as_uri()}","{target.as_uri()}")'
    subprocess.run([*program, macro], check=True, capture_output=True, timeout=600)
    return target.read_bytes()


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_prints_every_caption_and_row(printed: bytes) -> None:
    found = " ".join(pages(printed))
    for table in tables(sample("official")[0]):
        assert normal(table.caption) in found
        for part in table.parts:
            for row in part.rows:
                # a cell's words stand on several lines, between those of other cells
                assert all(word in found for cell in row.cells for word in normal(cell.text).split()[:1])


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_fills_the_contents_with_the_right_pages(printed: bytes) -> None:
    found = pages(printed)
    document, _ = sample("official")
    titles = [normal(f"{block.number} {block.text}") for block in document.blocks if isinstance(block, Heading)]
    titles += captions(document)
    listed = [(title, int(number)) for title in titles for number in _numbers(" ".join(found), title)]
    assert {title for title, _ in listed} == set(titles)
    for title, number in listed:
        assert title in found[number - 1]


def _numbers(text: str, title: str) -> list[str]:
    """Return the numbers of pages that lists give a title."""
    return re.findall(re.escape(title) + r"\s?\.{3,}\s?(\d+)", text)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_numbers_the_pages_and_turns_some(printed: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed))
    total = len(reader.pages)
    turned = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    assert 0 < sum(turned) < total / 4
    feet = [re.search(r"Sayfa (\d+) / (\d+)", page) for page in pages(printed)]
    assert sum(map(bool, feet)) > total - 10
    for n, foot in enumerate(feet, 1):
        assert foot is None or (int(foot[1]), int(foot[2])) == (n, total)
