"""What is measured: each case runs in a process of its own and reports seconds, what it made, and peak memory."""

import dataclasses
import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from perfdesk import paths
from perfdesk.documents.blocks import (
    BackCover,
    Block,
    ChartBlock,
    Contents,
    Divider,
    Document,
    InnerCover,
    Listing,
    OrganisationBlock,
    Quotation,
    Workbook,
)
from perfdesk.domain.programme import Municipality, Programme, Target
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.exchange.reading import read
from perfdesk.gui import memory
from perfdesk.services.editing import costing
from perfdesk.services.output import exporting
from perfdesk.storage import files
from perfdesk.tables.catalogue import BookTables
from perfdesk.tables.context import Context, context
from perfdesk.tables.layout import layout_of

YEAR = 2027
# in times the sample; what Typst takes of memory grows with it, to more than a gigabyte at four times
_TYPST_MOST = 4
Measure = dict[str, Any]


def sample(scale: int) -> Municipality:
    """Return the sample with its targets, texts and resource tables so many times."""
    municipality = read(paths.resource("sample", "guneycam.json").read_bytes())
    if scale == 1:
        return municipality
    return dataclasses.replace(
        municipality, programmes=tuple(_times(programme, scale) for programme in municipality.programmes)
    )


def _times(programme: Programme, scale: int) -> Programme:
    return dataclasses.replace(
        programme,
        targets=tuple(_copy(target, n) for n in range(scale) for target in programme.targets),
        resource_tables=programme.resource_tables * scale,
        sections=tuple(dataclasses.replace(s, blocks=s.blocks * scale) for s in programme.sections),
    )


def _copy(target: Target, n: int) -> Target:
    mark = f"~{n}"
    return dataclasses.replace(
        target,
        id=target.id + mark,
        indicators=tuple(dataclasses.replace(i, id=i.id + mark) for i in target.indicators),
        activities=tuple(dataclasses.replace(a, id=a.id + mark) for a in target.activities),
        cost_sheets=tuple(
            dataclasses.replace(
                sheet,
                activities=tuple(a + mark for a in sheet.activities),
                split={a + mark: amount for a, amount in sheet.split.items()},
            )
            for sheet in target.cost_sheets
        ),
    )


def _context(scale: int) -> Context:
    return exporting.programme_context(sample(scale), YEAR, "official")


def _document(scale: int) -> Document:
    from perfdesk.documents import programme_book

    return _grown(programme_book.build(_context(scale)), scale)


def _grown(document: Document, scale: int) -> Document:
    """Return the document with so many times its charts: a larger programme has larger ones, not more of them."""
    blocks: list[Block] = []
    for block in document.blocks:
        blocks += [block] * (scale if isinstance(block, (ChartBlock, OrganisationBlock)) else 1)
    return dataclasses.replace(document, blocks=tuple(blocks), about=())


def _simpler(block: Block) -> bool:
    """Whether a block was already there when the book was tables and texts only."""
    if isinstance(block, Contents):
        return block.of is Listing.HEADINGS
    return not isinstance(block, (InnerCover, Quotation, Divider, ChartBlock, OrganisationBlock, BackCover))


def _workbook(scale: int) -> Workbook:
    from perfdesk.documents import programme_workbook

    return programme_workbook.build(_context(scale))


def _pages(pdf: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def _timed(make: Callable[[], bytes]) -> tuple[float, bytes, float]:
    """Return seconds of processor time, the result, and peak memory in MB as of its end."""
    begin = time.process_time()
    made = make()
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return seconds, made, peak


def book(scale: int) -> Measure:
    """Set our book: tables, layout and file, from a loaded programme."""
    from perfdesk.documents import programme_book
    from perfdesk.documents.writers import pdf

    ctx = _context(scale)
    _load(pdf.write)
    seconds, made, peak = _timed(lambda: pdf.write(_grown(programme_book.build(ctx), scale)))
    charts = sum(isinstance(block, ChartBlock) for block in _document(scale).blocks)
    return {"seconds": seconds, "pages": _pages(made), "charts": charts, "peak": peak, "bytes": len(made)}


def _load(write: Callable[[Document], bytes]) -> None:
    """Have fonts and modules loaded, as they are once a session."""
    document = _document(1)
    drawn = next(block for block in document.blocks if isinstance(block, ChartBlock))
    write(dataclasses.replace(document, blocks=(drawn,), about=()))


def book_simpler(scale: int) -> Measure:
    """Set the book as it was without charts, organisation chart, dividers and lists of tables and figures."""
    from perfdesk.documents import programme_book
    from perfdesk.documents.writers import pdf

    ctx = _context(scale)
    _load(pdf.write)

    def make() -> bytes:
        document = programme_book.build(ctx)
        kept = tuple(block for block in document.blocks if _simpler(block))
        return pdf.write(dataclasses.replace(document, blocks=kept, about=()))

    seconds, made, peak = _timed(make)
    return {"seconds": seconds, "pages": _pages(made), "peak": peak, "bytes": len(made)}


def book_typst(scale: int) -> Measure:
    """Set the same texts and tables by Typst, of charts only their figures; writing its source is not counted."""
    try:
        import typst
    except ImportError:
        return {"missing": "typst is not installed"}
    if scale > _TYPST_MOST:
        return {"missing": f"Typst is left out beyond {_TYPST_MOST} times: it would take gigabytes"}
    from tests.benchmarks.typst_book import book as source

    text = source(_document(scale)).encode()
    fonts = [str(paths.resource("fonts"))]
    typst.compile(b'#set text(font: "Noto Sans")\nx', font_paths=fonts, ignore_system_fonts=True)
    seconds, made, peak = _timed(lambda: typst.compile(text, font_paths=fonts, ignore_system_fonts=True))
    return {"seconds": seconds, "pages": _pages(made), "peak": peak, "bytes": len(made)}


def book_floor(scale: int) -> Measure:
    """Draw the same texts and lines at the same places with reportlab's canvas, deciding nothing."""
    from reportlab.pdfgen.canvas import Canvas

    from perfdesk.documents.writers import pdf
    from perfdesk.documents.writers.pdf import page as page_module

    drawn: list[tuple[list[Any], list[Any], tuple[float, float]]] = []
    own = page_module.Page
    init, show, rule, code = own.__init__, own.show, own.rule, own.code

    def note_page(self: Any, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        self.noted = ([], [], (self.width, self.height))

    def note_printed(self: Any) -> str:
        drawn.append(self.noted)
        return code(self)

    def note_texts(self: Any, texts: Any, top: float, *rest: Any, **how: Any) -> None:
        texts = list(texts)
        self.noted[0].extend((t.style.font.name, t.style.size, t.x, self.height - top - t.y, t.text) for t in texts)
        show(self, texts, top, *rest, **how)

    def note_rule(self: Any, line: Any, top: float) -> None:
        self.noted[1].append((line.left, line.right, self.height - top - line.y, line.width))
        rule(self, line, top)

    own.__init__, own.show, own.rule, own.code = note_page, note_texts, note_rule, note_printed  # type: ignore[method-assign]
    pdf.write(_document(scale))
    own.__init__, own.show, own.rule, own.code = init, show, rule, code  # type: ignore[method-assign]

    def draw() -> bytes:
        canvas = Canvas(io.BytesIO(), pageCompression=1, invariant=1)
        for texts, rules, size in drawn:
            canvas.setPageSize(size)
            for name, height, x, y, text in texts:
                canvas.setFont(name, height)
                canvas.drawString(x, y, text)
            for left, right, y, width in rules:
                canvas.setLineWidth(width)
                canvas.line(left, y, right, y)
            canvas.showPage()
        return bytes(canvas.getpdfdata())

    seconds, made, peak = _timed(draw)
    return {"seconds": seconds, "pages": _pages(made), "peak": peak, "bytes": len(made)}


def long_table(scale: int) -> Measure:
    """Set one resource table of a thousand rows times the scale."""
    from perfdesk.documents import programme_book
    from perfdesk.documents.writers import pdf

    rows = tuple(ResourceRow((f"{n}. Sokak Parkı", "Çamlık", str(n))) for n in range(1000 * scale))
    table = ResourceTable("Fiziksel Kaynaklar", "Parklar", (("Park", "Mahalle", "Alan"),), rows, total_row=True)
    municipality = sample(1)
    programme = Programme(YEAR, layout="plain", resource_tables=(table,))
    ctx = context(municipality, programme, layout_of(programme))
    seconds, made, peak = _timed(lambda: pdf.write(programme_book.build(ctx)))
    return {"seconds": seconds, "pages": _pages(made), "peak": peak, "bytes": len(made)}


def workbook(scale: int) -> Measure:
    """Write our workbook: from its tables to the file."""
    from perfdesk.documents.writers import xlsx

    book = _workbook(scale)
    xlsx.write(dataclasses.replace(_workbook(1), sheets=book.sheets[:1]))
    seconds, made, peak = _timed(lambda: xlsx.write(book))
    return {"seconds": seconds, "cells": _cells(made), "peak": peak, "bytes": len(made)}


def workbook_bare(scale: int) -> Measure:
    """Write the same cells, merges, sizes and formats with XlsxWriter alone, deciding nothing."""
    from tests.documents.writers.recorded_workbook import record, replay

    from perfdesk.documents.writers import xlsx

    recorded = record(_workbook(scale), xlsx.save)
    seconds, made, peak = _timed(lambda: replay(recorded))
    return {"seconds": seconds, "cells": _cells(made), "peak": peak, "bytes": len(made)}


def _cells(content: bytes) -> int:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return sum(1 for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def opening(scale: int) -> Measure:
    """Open a file and load it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.perfdesk"
        files.create(path, sample(scale))
        begin = time.process_time()
        with files.open_store(path, writable=True) as store:
            store.load()
            seconds = time.process_time() - begin
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def edit(scale: int) -> Measure:
    """Change one amount: save it, read what changed, recompute all tables. The median of twenty edits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.perfdesk"
        files.create(path, sample(scale))
        with files.open_store(path, writable=True) as store:
            municipality = store.load()
            layout = layout_of(municipality.programmes[-1])
            programme = municipality.programmes[-1]
            tables = BookTables(context(municipality, programme, layout))
            # as the window does once a file is open
            memory.settle()
            changes: list[Any] = []
            store.on_change = changes.append
            activity = programme.targets[len(programme.targets) // 2].activities[0].row
            times = []
            for n in range(20):
                begin = time.process_time()
                costing.set_cost(store, activity, "03", Decimal(1000 + n))
                municipality = store.refresh(municipality, changes[-1])
                tables = BookTables(context(municipality, municipality.programmes[-1], layout), tables)
                times.append(time.process_time() - begin)
            full = time.process_time()
            BookTables(context(store.load(), municipality.programmes[-1], layout))
            full = time.process_time() - full
    times.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": times[len(times) // 2], "full": full, "tables": len(tables.tables), "peak": peak}


# the classic form, which all five tables and most checks are about
_CHECKED = 2026
_EDITS = 20


def checks(scale: int) -> Measure:
    """Check after each of twenty edits of one target's values; what it costs by criterion, whole, and in a pause."""
    from perfdesk.checks import checking
    from perfdesk.checks.rule import FAMILIES

    municipality = _told_apart(sample(scale))
    programme = next(one for one in municipality.programmes if one.year == _CHECKED)
    contexts = [exporting.programme_context(municipality, _CHECKED)]
    for n in range(_EDITS):
        edited = dataclasses.replace(municipality, programmes=(_edited(programme, n),))
        contexts.append(exporting.programme_context(edited, _CHECKED, before=contexts[-1]))
    memory.settle()

    def after_edits() -> tuple[float, float]:
        """Return the seconds of the first look, and the median of those after the edits."""
        begin = time.process_time()
        found = checking.check(contexts[0])
        whole, times = time.process_time() - begin, []
        for ctx in contexts[1:]:
            begin = time.process_time()
            found = checking.check(ctx, found)
            times.append(time.process_time() - begin)
        return whole, sorted(times)[len(times) // 2]

    full, seconds = after_edits()
    found = checking.check(contexts[0])
    begin = time.process_time()
    found = checking.caught_up(found)
    pause = time.process_time() - begin
    measure = {"seconds": seconds, "full": full, "pause": pause, "findings": len(found.findings)}
    looks = dict(checking._LOOKS)
    for family in FAMILIES:
        checking._LOOKS = {  # type: ignore[misc]
            kind: {scope: [one for one in all_ if one[0].family == family] for scope, all_ in of_kind.items()}
            for kind, of_kind in looks.items()
        }
        measure[f"after {family}"] = after_edits()[1]
    checking._LOOKS = looks  # type: ignore[misc]
    measure["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return measure


def _told_apart(municipality: Municipality) -> Municipality:
    """Return a grown sample whose copies have names of their own, as those of a larger municipality have."""

    def renamed(target: Target) -> Target:
        _name, _tilde, copy = target.id.partition("~")
        if copy in ("", "0"):
            return target
        # words that end differently in each copy
        place = "".join(chr(ord("a") + int(digit)) * 4 for digit in copy)
        named = tuple(dataclasses.replace(one, name=f"{place} {one.name}") for one in target.indicators)
        return dataclasses.replace(target, indicators=named)

    return dataclasses.replace(
        municipality,
        programmes=tuple(
            dataclasses.replace(one, targets=tuple(map(renamed, one.targets))) for one in municipality.programmes
        ),
    )


def _edited(programme: Programme, n: int) -> Programme:
    """Return a programme of which one target's first value is another."""
    at = len(programme.targets) // 2
    target = programme.targets[at]
    first, *others = target.indicators
    values = {key: dataclasses.replace(value, number=Decimal(100 + n)) for key, value in first.values.items()}
    changed = dataclasses.replace(target, indicators=(dataclasses.replace(first, values=values), *others))
    return dataclasses.replace(programme, targets=(*programme.targets[:at], changed, *programme.targets[at + 1 :]))


CASES: dict[str, Callable[[int], Measure]] = {
    case.__name__: case
    for case in (book, book_simpler, book_typst, book_floor, long_table, workbook, workbook_bare, opening, edit, checks)
}
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
