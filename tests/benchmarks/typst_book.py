"""The same book for Typst, to compare with: every block and every cell of the document, set by another program."""

import re
from collections.abc import Iterator

from perfdesk import paths
from perfdesk.documents.blocks import (
    BackCover,
    Bullet,
    ChartBlock,
    Contents,
    Cover,
    Divider,
    Document,
    Figure,
    Heading,
    InnerCover,
    Listing,
    OrganisationBlock,
    PageBreak,
    Paragraph,
    Quotation,
    Signature,
    TableBlock,
)
from perfdesk.domain.texts import Run
from perfdesk.tables.charts.chart import Chart
from perfdesk.tables.organisation import Organisation
from perfdesk.tables.table import NUMERIC, Part, Role, Table

_PREAMBLE = """
#set page(paper: "a4", margin: (left: 25mm, right: 15mm, top: 25mm, bottom: 20mm), numbering: "1 / 1",
  header: [#text(size: 8pt)[%(left)s #h(1fr) %(right)s]])
#set text(font: "Noto Sans", size: 10pt, lang: "tr")
#set table(stroke: 0.3pt + gray, inset: 3pt)
#show table: set text(size: 8.5pt)
"""
_LISTED = {
    Listing.HEADINGS: "heading.where(level: 1).or(heading.where(level: 2)).or(heading.where(level: 3))",
    Listing.TABLES: "heading.where(level: 5)",
    Listing.FIGURES: "heading.where(level: 6)",
}


def book(document: Document) -> str:
    """Return the document as Typst source."""
    left, right = document.running_head
    return "\n".join([_PREAMBLE % {"left": _text(left), "right": _text(right)}, *_blocks(document)])


def compile_book(document: Document) -> bytes:
    """Return the document as Typst makes it."""
    import typst

    return typst.compile(book(document).encode(), font_paths=[str(paths.resource("fonts"))], ignore_system_fonts=True)


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'#"{escaped}"'


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(f"#strong[{_text(run.text)}]" if run.bold else _text(run.text) for run in runs)


def _blocks(document: Document) -> Iterator[str]:
    for block in document.blocks:
        match block:
            case Cover() | InnerCover() | Divider() | Quotation() | BackCover():
                yield _page_of_its_own(block)
            case Contents():
                yield f"#outline(title: [{_text(block.title)}], target: {_LISTED[block.of]})"
            case Heading():
                number = f"{block.number} " if block.number else ""
                pagebreak = "#pagebreak(weak: true)\n" if block.level == 1 else ""
                yield f"{pagebreak}#heading(level: {block.level})[{_text(number + block.text)}]"
            case Paragraph():
                yield f"#par[{_runs(block.runs)}]"
            case Bullet():
                yield f"#list[{_runs(block.runs)}]"
            case Figure() | ChartBlock() | OrganisationBlock():
                yield from _figure(block)
            case Signature():
                yield f"#align(right)[{_text(block.name)}]"
            case PageBreak():
                yield "#pagebreak(weak: true)"
            case TableBlock():
                yield from _table(block.table)


def _page_of_its_own(block: Cover | InnerCover | Divider | Quotation | BackCover) -> str:
    match block:
        case Cover():
            lines = [block.administration, block.title, block.year, *block.foot]
        case InnerCover():
            lines = [
                block.administration,
                block.title,
                block.year,
                *(f"{line.label} {line.text}" for line in block.imprint),
            ]
        case Divider():
            lines = [block.number, block.title, *block.holds]
        case Quotation():
            lines = [*("".join(run.text for run in runs) for runs in block.paragraphs), block.source]
        case BackCover():
            lines = [block.administration, *block.foot]
    shown = " #linebreak() ".join(map(_text, lines))
    return f"#pagebreak(weak: true)\n#align(center)[{shown}]#pagebreak(weak: true)"


def _figure(block: Figure | ChartBlock | OrganisationBlock) -> Iterator[str]:
    yield _caption(block.caption, 6)
    if isinstance(block, ChartBlock):
        yield _chart(block.chart)
    if isinstance(block, OrganisationBlock):
        yield f"#list({', '.join(f'[{_text(name)}]' for name in _names(block.organisation))})"


def _caption(caption: str, level: int) -> str:
    return f"#heading(level: {level})[{_text(caption)}]"


def _chart(chart: Chart) -> str:
    """Return what a chart shows as a table: charts are drawn by packages that have to be fetched."""
    rows = [[category, *(series.numbers[n] for series in chart.series)] for n, category in enumerate(chart.categories)]
    if chart.bands:
        rows = [[band.source, band.target, band.number] for band in chart.bands]
    cells = ", ".join(f"[{_text(str(cell))}]" for row in rows for cell in row)
    return f"#table(columns: {max(map(len, rows), default=1)}, {cells})"


def _names(organisation: Organisation) -> Iterator[str]:
    yield organisation.name
    for below in organisation.below:
        yield from _names(below)


def _table(table: Table) -> Iterator[str]:
    yield _caption(table.caption, 5)
    if table.facts:
        cells = ", ".join(f"[{_text(fact.label)}], [{_text(fact.text)}]" for fact in table.facts)
        yield f"#table(columns: (1fr, 4fr), {cells})"
    for part in table.parts:
        if part.rows:
            yield _part(part)


def _part(part: Part) -> str:
    widths = ", ".join(f"{column.weight}fr" for column in part.columns)
    align = ", ".join("right" if column.kind in NUMERIC else "left" for column in part.columns)
    lines = []
    for line in part.head:
        cells = [f"table.cell(colspan: {h.span}, rowspan: {h.down})[{_text(h.text)}]" for h in line if h]
        lines.append(", ".join(cells))
    head = f"table.header({', '.join(line for line in lines if line)})," if lines else ""
    covered: set[tuple[int, int]] = set()
    body = []
    for y, row in enumerate(part.rows):
        for x, cell in enumerate(row.cells):
            if (x, y) in covered:
                continue
            covered |= {(x + dx, y + dy) for dx in range(cell.span) for dy in range(cell.down)}
            shown = _text(re.sub(r"\s+", " ", cell.text))
            if row.role in (Role.TOTAL, Role.SUBTOTAL, Role.SECTION, Role.SUBSECTION):
                shown = f"#strong[{shown}]"
            body.append(f"table.cell(colspan: {cell.span}, rowspan: {cell.down})[{shown}]")
    return f"#table(columns: ({widths},), align: ({align},), {head} {', '.join(body)})"
