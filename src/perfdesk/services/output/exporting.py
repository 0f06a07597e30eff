"""A programme as book, workbook, tables; a whole file as exchange data."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

from perfdesk.documents.progress import Progress
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.i18n import N_
from perfdesk.storage import files
from perfdesk.storage.publishing import publish_all
from perfdesk.tables.catalogue import book_tables
from perfdesk.tables.context import Context, context
from perfdesk.tables.control.content import Control
from perfdesk.tables.layout import DEFAULT_LAYOUT, layout_of
from perfdesk.tables.table import FlatRow, flatten

if TYPE_CHECKING:
    from perfdesk.documents.blocks import Document
    from perfdesk.documents.papers.subject import Subject

PDF: Final = "pdf"
XLSX: Final = "xlsx"
PAPER_FORMATS: Final = (PDF, XLSX)
# the papers, by the names that ``documents.papers.PAPERS`` has for them
COUNCIL_SUMMARY: Final = "council_summary"
UNIT_FILE: Final = "unit_file"
COST_TABLES: Final = "cost_tables"
INDICATOR_CARDS: Final = "indicator_cards"
CONTROL_REPORT: Final = "control_report"
PAPER_NAMES: Final = (COUNCIL_SUMMARY, UNIT_FILE, COST_TABLES, INDICATOR_CARDS, CONTROL_REPORT)


def programme_context(
    municipality: Municipality, year: int, layout: str | None = None, before: Context | None = None
) -> Context:
    """Return a year's programme ready for its tables; the context from ``before`` an edit makes it quick.

    Raises:
        UserError: the file holds no programme of that year, or its layout is not known.
    """
    programme = municipality.programme(year)
    if programme is None:
        years = ", ".join(str(p.year) for p in municipality.programmes)
        raise UserError(N_("The file holds no programme of {year}; it holds: {years}."), year=year, years=years or "–")
    return context(municipality, programme, layout_of(programme, layout), before)


# The writers are imported when they are needed: the window opens three times as fast without them.


def book(ctx: Context, progress: Progress | None = None, *, stamp: str = "") -> bytes:
    """Return the programme's book as PDF, with a frozen version's stamp; what ``progress`` raises ends the work."""
    from perfdesk.documents import programme_book
    from perfdesk.documents.writers import pdf

    return pdf.write(dataclasses.replace(programme_book.build(ctx), stamp=stamp), progress=progress)


def word(ctx: Context, progress: Progress | None = None, *, stamp: str = "") -> bytes:
    """Return the programme's book as a Word file, to be edited; what ``progress`` raises ends the work."""
    from perfdesk.documents import programme_book
    from perfdesk.documents.writers import docx

    return docx.write(dataclasses.replace(programme_book.build(ctx), stamp=stamp), progress=progress)


def paper(
    ctx: Context,
    name: str,
    *,
    unit: str = "",
    file_format: str = PDF,
    progress: Progress | None = None,
    stamp: str = "",
    control: Control | None = None,
    now: datetime | None = None,
) -> bytes:
    """Return a short paper as PDF or as XLSX; what ``progress`` raises ends the work.

    Args:
        ctx: the programme.
        name: one of ``documents.papers.PAPERS``.
        unit: the id of the unit, for a paper that is about one.
        file_format: one of ``PAPER_FORMATS``.
        progress: told how much is done.
        stamp: that of a frozen version, on each page; without it they say that it is a working copy, and of when.
        control: what the checks found, for a paper that tells of it; without it they are asked now.
        now: the moment of a working copy, if it is another than this one.

    Raises:
        UserError: the paper is about a unit that answers for nothing of the programme.
    """
    from perfdesk.documents.papers import PAPERS
    from perfdesk.documents.writers import pdf, xlsx

    if file_format == XLSX:
        made = PAPERS[name].workbook(ctx, _subject(ctx, name, unit, stamp, control))
        return xlsx.write(dataclasses.replace(made, stamp=stamp or _working(ctx, now)), progress=progress)
    return pdf.write(paper_document(ctx, name, unit, stamp=stamp, control=control, now=now), progress=progress)


def paper_document(
    ctx: Context,
    name: str,
    unit: str = "",
    *,
    stamp: str = "",
    control: Control | None = None,
    now: datetime | None = None,
) -> "Document":
    """Return a short paper before it is set in pages; its arguments are those of ``paper``.

    Raises:
        UserError: the paper is about a unit that answers for nothing of the programme.
    """
    from perfdesk.documents.papers import PAPERS

    made = PAPERS[name].document(ctx, _subject(ctx, name, unit, stamp, control))
    return dataclasses.replace(made, stamp=stamp or _working(ctx, now))


def _working(ctx: Context, now: datetime | None) -> str:
    from perfdesk.documents.stamp import working_stamp

    return working_stamp(now or datetime.now().astimezone(), ctx.labels)


def _subject(ctx: Context, name: str, unit: str, stamp: str, control: Control | None) -> "Subject":
    """Return what a paper tells of besides the programme: a unit that answers for something, or what was found."""
    from perfdesk.documents.papers import PAPERS
    from perfdesk.documents.papers.subject import Subject
    from perfdesk.services.output import controlling

    _refuse_idle_unit(ctx, name, unit)
    if not PAPERS[name].of_findings:
        return Subject(unit, is_frozen=bool(stamp))
    return Subject(unit, control or controlling.control(ctx, stamp=stamp), is_frozen=bool(stamp))


def unit_files(
    ctx: Context,
    units: Sequence[str],
    file_format: str = PDF,
    progress: Progress | None = None,
    *,
    now: datetime | None = None,
) -> dict[str, bytes]:
    """Return the file of each of these units, by the unit's id, all of one moment; ``progress`` and ``now`` as above.

    Raises:
        UserError: one of them answers for nothing of the programme.
    """

    def tell(number: int, done: int, total: int) -> None:
        if progress is not None:
            # each file counts the same, however many pages it has
            progress(number * total + done, len(units) * total)

    moment = now or datetime.now().astimezone()
    return {
        unit: paper(ctx, UNIT_FILE, unit=unit, file_format=file_format, progress=partial(tell, number), now=moment)
        for number, unit in enumerate(units)
    }


def _refuse_idle_unit(ctx: Context, name: str, unit: str) -> None:
    from perfdesk.documents.papers import PAPERS

    sheets = (sheet for holder in ctx.programme.holders() for sheet in holder.cost_sheets)
    if not PAPERS[name].of_unit or any(unit in sheet.units for sheet in sheets):
        return
    called = next(one.name for one in ctx.municipality.units if one.id == unit)
    raise UserError(N_("“{unit}” is not responsible for any activity of {year}."), unit=called, year=ctx.programme.year)


def workbook(
    ctx: Context, progress: Progress | None = None, *, stamp: str = "", control: Control | None = None
) -> bytes:
    """Return the programme's workbook as XLSX; what ``progress`` raises ends it.

    It tells what the checks found, which are asked now without ``control``. A frozen version, known by its ``stamp``,
    stays as it was, whatever the checks of a later day find in it.
    """
    from perfdesk.documents import programme_workbook
    from perfdesk.documents.writers import xlsx
    from perfdesk.services.output import controlling

    found = None if stamp else control or controlling.control(ctx)
    return xlsx.write(dataclasses.replace(programme_workbook.build(ctx, found), stamp=stamp), progress=progress)


def exchange_data(municipality: Municipality) -> bytes:
    """Return the whole file in the exchange format."""
    from perfdesk.exchange.writing import write

    return write(municipality)


def save(outputs: Mapping[Path, bytes], *, source: Path) -> None:
    """Write outputs, all of them whole or none; never over a perfdesk file or what belongs to the one they come from.

    Raises:
        UserError: a place cannot be written.
    """
    for path in outputs:
        refuse_output(path, source)
    publish_all({path: partial(_write, content=content) for path, content in outputs.items()})


def refuse_output(path: Path, source: Path) -> None:
    """Refuse to write anything made from a perfdesk file over that file, what belongs to it, or another one.

    Raises:
        UserError: the path is one of these, a folder, or out of reach.
    """
    files.refuse_output(path, source)


def _write(path: Path, *, content: bytes) -> None:
    path.write_bytes(content)


class TableData(TypedDict):
    """A table as ``perfdesk tables --json`` prints it."""

    kind: str
    id: str
    caption: str
    header: list[list[str]]
    rows: list[FlatRow]


def tables_data(ctx: Context) -> list[TableData]:
    """Return every printed table as displayed texts, in book order."""
    data: list[TableData] = []
    for table in book_tables(ctx):
        flat = flatten(table)
        data.append(
            {"kind": table.kind, "id": table.id, "caption": table.caption, "header": flat.header, "rows": flat.rows}
        )
    return data


class ProgrammeInfo(TypedDict):
    """A year's layout and counts."""

    year: int
    layout: str
    targets: int
    indicators: int
    activities: int
    cost_sheets: int
    resource_tables: int
    sections: int
    results: int


class Info(TypedDict):
    """What a file holds, as ``perfdesk info --json`` prints it; ``layout`` is that of the newest year."""

    administration: str
    kind: str
    layout: str
    years: list[int]
    units: int
    plans: list[list[int]]
    programmes: list[ProgrammeInfo]


def info(municipality: Municipality) -> Info:
    """Return what a file holds: its years, each with layout and counts."""
    programmes = municipality.programmes
    newest = max(programmes, key=lambda programme: programme.year, default=None)
    return {
        "administration": municipality.administration.name,
        "kind": municipality.administration.kind,
        "layout": (newest.layout if newest else "") or DEFAULT_LAYOUT,
        "years": [programme.year for programme in programmes],
        "units": len(municipality.units),
        "plans": [[plan.first_year, plan.last_year] for plan in municipality.plans],
        "programmes": [_programme_info(programme) for programme in programmes],
    }


def _programme_info(programme: Programme) -> ProgrammeInfo:
    holders = list(programme.holders())
    return {
        "year": programme.year,
        "layout": programme.layout or DEFAULT_LAYOUT,
        "targets": len(programme.targets),
        "indicators": sum(len(holder.indicators) for holder in holders),
        "activities": sum(len(holder.activities) for holder in holders),
        "cost_sheets": sum(len(holder.cost_sheets) for holder in holders),
        "resource_tables": len(programme.resource_tables),
        "sections": len(programme.sections),
        "results": len(programme.results.indicators),
    }
