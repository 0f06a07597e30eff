"""What the tests of the Word writer read back: tables cell by cell, paragraphs, fields."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from tests.documents.writers.pdf_reading import document

from perfdesk.documents.blocks import Block
from perfdesk.documents.writers.docx import write
from perfdesk.tables.table import Table, flatten

_KEPT: Final = re.compile(r"^((?:• )?\(?\d{1,3}[.)])[\u00a0\t]|(?<=\s)([×xX*])\u00a0(?=\(?\d)", re.MULTILINE)


def opened(data: bytes) -> WordFile:
    return docx.Document(io.BytesIO(data))


def word_of(*blocks: Block, **fields: object) -> WordFile:
    return opened(write(document(*blocks, **fields)))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


def text_of(paragraph) -> str:
    """Return a paragraph's text as it is seen: results of fields, but not what is hidden."""
    pieces = []
    inside = []  # for each open field: whether its result has begun
    for run in paragraph.iter(qn("w:r")):
        for child in run:
            if child.tag == qn("w:fldChar"):
                kind = child.get(qn("w:fldCharType"))
                if kind == "begin":
                    inside.append(False)
                elif kind == "separate":
                    inside[-1] = True
                else:
                    # one that began in a paragraph above may end here
                    del inside[-1:]
            elif run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None or not all(inside):
                continue
            elif child.tag == qn("w:t"):
                pieces.append(child.text or "")
            elif child.tag == qn("w:br"):
                pieces.append("\n")
            elif child.tag == qn("w:tab"):
                pieces.append("\t")
    return "".join(pieces)


def style_of(paragraph) -> str:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))


def cell_text(cell) -> str:
    """Return a cell's text as ``flatten`` has it: items with bullets, plain spaces by the numbers that are kept."""
    found = []
    for paragraph in cell.iter(qn("w:p")):
        bullet = style_of(paragraph).startswith("TableBullet")
        found.append(f"• {text_of(paragraph)}" if bullet else text_of(paragraph))
    return _KEPT.sub(r"\1\2 ", "\n".join(found))


def rows_of(table) -> list[list[str]]:
    """Return a table on its grid: a merged cell's text in its first column and row, "" in the others."""
    width = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
    rows = []
    for row in table.iter(qn("w:tr")):
        texts = []
        for cell in row.findall(qn("w:tc")):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) == "continue"
            if goes_on:
                assert cell_text(cell) == ""
            texts += [cell_text(cell), *[""] * (int(span.get(qn("w:val"))) - 1 if span is not None else 0)]
        assert len(texts) == width
        rows.append(texts)
    return rows


def heads_of(table) -> int:
    """Return how many of a table's rows are repeated on each page; they are its first."""
    flags = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.iter(qn("w:tr"))]
    assert flags == sorted(flags, reverse=True)
    return sum(flags)


def expected(table: Table) -> list[list[list[str]]]:
    """Return what Word tables a table becomes, by the texts that the command line tells: facts, then each part."""
    flat = flatten(table)
    lines = [*flat.header, *(row["cells"] for row in flat.rows)]
    found = [[line[:2] for line in lines[: len(table.facts)]]] if table.facts else []
    at = len(table.facts)
    if not table.has_rows:
        for part in table.parts:
            empty = [table.empty or "–", *[""] * (len(part.columns) - 1)]
            head = [[head.text if head else "" for head in line] for line in part.head]
            found.append([*(head if any(map(any, head)) else []), empty])
        return found
    for number, part in enumerate(table.parts):
        if not part.rows:
            at += len(part.head) if number == 0 else 0
            continue
        starts = [sum(column.slots for column in part.columns[:n]) for n in range(len(part.columns))]
        count = len(part.head) + len(part.rows)
        rows = [[line[start] for start in starts] for line in lines[at : at + count]]
        heads = rows[: len(part.head)]
        found.append([*(heads if any(map(any, heads)) else []), *rows[len(part.head) :]])
        at += count
    assert at == len(lines)
    return found


def body_paragraphs(file: WordFile) -> Iterator:
    """Yield the paragraphs that stand in no table."""
    for paragraph in file.element.body.iter(qn("w:p")):
        if not any(True for _ in paragraph.iterancestors(qn("w:tc"))):
            yield paragraph


def instructions(file: WordFile) -> list[str]:
    return [code.text.strip() for code in file.element.body.iter(qn("w:instrText"))]


def empties(file: WordFile) -> list[str]:
    """Return the styles of paragraphs in which nothing stands."""
    return [
        style_of(p)
        for p in body_paragraphs(file)
        if not text_of(p) and p.find(f".//{qn('w:drawing')}") is None and not re.match("TableofFigures", style_of(p))
    ]
