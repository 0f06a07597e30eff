"""What changed between two versions of a programme, or since one: as booklet and as workbook."""

import dataclasses
from datetime import datetime
from typing import NamedTuple

from perfdesk.documents.progress import Progress, part_of
from perfdesk.domain.versions import of_year
from perfdesk.services import versions
from perfdesk.services.output.exporting import programme_context
from perfdesk.services.versions import Opened
from perfdesk.storage.store import Store
from perfdesk.tables.changes.compare import Changes, compare


class Pair(NamedTuple):
    """Two states of a programme, each with what it is called in print: all that it takes, without the file.

    ``foot`` says on each page of when the programme as it is now is, where that is the new state.
    """

    old: Opened
    new: Opened
    foot: str = ""


def pair(store: Store, year: int, old: int, new: int | None = None) -> Pair:
    """Return two versions of a year; ``new`` None is the programme as it is now.

    Raises:
        UserError: there is no such programme or version, or its content is damaged.
    """
    from perfdesk.documents.stamp import working_stamp

    states = versions.opened(store, year, old), _opened(store, year, new)
    foot = "" if new is not None else working_stamp(datetime.now().astimezone(), states[1].context.labels)
    return Pair(*states, foot)


def changes(store: Store, year: int, old: int, new: int | None = None) -> Changes:
    """Return what differs between two versions of a year; ``new`` None is the programme as it is now.

    Raises:
        UserError: there is no such programme or version, or its content is damaged.
    """
    return _compared(pair(store, year, old, new))


def booklet(of: Pair, progress: Progress | None = None) -> bytes:
    """Return the change booklet of two states as PDF; what ``progress`` raises ends the work."""
    from perfdesk.documents import changes_booklet, programme_book
    from perfdesk.documents.reprint import reprint
    from perfdesk.documents.writers import pdf

    found = _compared(of)
    books = changes_booklet.Books(programme_book.build(found.old), programme_book.build(found.new))
    parts = len(books) + 1
    before, after = (pdf.page_prints(book, progress=part_of(progress, n, parts)) for n, book in enumerate(books))
    document = changes_booklet.build(found, books, _stamps(of), reprint(before, after))
    return pdf.write(dataclasses.replace(document, stamp=of.foot), progress=part_of(progress, len(books), parts))


def workbook(of: Pair, progress: Progress | None = None) -> bytes:
    """Return what differs between two states as XLSX; what ``progress`` raises ends the work."""
    from perfdesk.documents import changes_booklet
    from perfdesk.documents.writers import xlsx

    made = changes_booklet.workbook(_compared(of), _stamps(of))
    return xlsx.write(dataclasses.replace(made, stamp=of.foot), progress=progress)


def changes_book(store: Store, year: int, old: int, new: int | None = None, progress: Progress | None = None) -> bytes:
    """Return the change booklet as PDF; what ``progress`` raises ends the work.

    Raises:
        UserError: there is no such programme or version, or its content is damaged.
    """
    return booklet(pair(store, year, old, new), progress)


def changes_workbook(
    store: Store, year: int, old: int, new: int | None = None, progress: Progress | None = None
) -> bytes:
    """Return what differs as XLSX; what ``progress`` raises ends the work.

    Raises:
        UserError: there is no such programme or version, or its content is damaged.
    """
    return workbook(pair(store, year, old, new), progress)


def _opened(store: Store, year: int, number: int | None) -> Opened:
    if number is not None:
        return versions.opened(store, year, number)
    municipality = store.load()
    ctx = programme_context(municipality, year)
    # what the year makes no use of is not in a version either
    ctx = programme_context(of_year(municipality, ctx.programme), year)
    return Opened(ctx, ctx.labels["changes.now"])


def _compared(of: Pair) -> Changes:
    return compare(of.old.context, of.new.context)


def _stamps(of: Pair) -> tuple[str, str]:
    return of.old.stamp, of.new.stamp
