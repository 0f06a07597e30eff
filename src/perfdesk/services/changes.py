"""What changed between two versions of a programme, or since one: as booklet and as workbook."""

from perfdesk.documents.progress import Progress
from perfdesk.domain.versions import of_year
from perfdesk.services import versions
from perfdesk.services.output.exporting import programme_context
from perfdesk.storage.store import Store
from perfdesk.tables.changes.compare import Changes, compare
from perfdesk.tables.context import Context


def changes(store: Store, year: int, old: int, new: int | None = None) -> Changes:
    """Return what differs between two versions of a year; ``new`` None is the programme as it is now.

    Raises:
        UserError: there is no such programme or version, or its content is damaged.
    """
    return compare(versions.version_context(store, year, old), _context(store, year, new))


def changes_book(store: Store, year: int, old: int, new: int | None = None, progress: Progress | None = None) -> bytes:
    """Return the change booklet as PDF; what ``progress`` raises ends the work.

    Raises:
        UserError: there is no such programme or version, or its content is damaged.
    """
    from perfdesk.documents import changes_booklet, programme_book
    from perfdesk.documents.reprint import reprint
    from perfdesk.documents.writers import pdf

    found = changes(store, year, old, new)
    books = changes_booklet.Books(programme_book.build(found.old), programme_book.build(found.new))
    before, after = (pdf.page_prints(book, progress=progress) for book in books)
    document = changes_booklet.build(found, books, _stamps(store, found, old, new), reprint(before, after))
    return pdf.write(document, progress=progress)


def changes_workbook(
    store: Store, year: int, old: int, new: int | None = None, progress: Progress | None = None
) -> bytes:
    """Return what differs as XLSX; what ``progress`` raises ends the work.

    Raises:
        UserError: there is no such programme or version, or its content is damaged.
    """
    from perfdesk.documents import changes_booklet
    from perfdesk.documents.writers import xlsx

    found = changes(store, year, old, new)
    return xlsx.write(changes_booklet.workbook(found, _stamps(store, found, old, new)), progress=progress)


def _context(store: Store, year: int, number: int | None) -> Context:
    if number is not None:
        return versions.version_context(store, year, number)
    municipality = store.load()
    ctx = programme_context(municipality, year)
    # what the year makes no use of is not in a version either
    return programme_context(of_year(municipality, ctx.programme), year)


def _stamps(store: Store, found: Changes, old: int, new: int | None) -> tuple[str, str]:
    year = found.new.programme.year
    now = found.new.labels["changes.now"] if new is None else versions.stamp_of(store, year, new)
    return versions.stamp_of(store, year, old), now
