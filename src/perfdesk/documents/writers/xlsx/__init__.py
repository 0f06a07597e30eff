"""The Excel writer: a ``Workbook`` as the bytes of an .xlsx file.

Every figure is a number, every total and share a live formula that is stored with its result, every text a text.
A sheet is laid out first (``layout``: where each row stands), so that formulas know the cells they name
(``formulas``), and then written (``sheet``). Widths and heights are estimated in ``measures``, because nothing but
the program that opens the file could measure them; what a number looks like follows from the text that pages
print (``numbers``).
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import xlsxwriter

from perfdesk.documents.blocks import Workbook
from perfdesk.documents.writers.xlsx.formulas import Formulas
from perfdesk.documents.writers.xlsx.layout import lay_out
from perfdesk.documents.writers.xlsx.notes import Notes
from perfdesk.documents.writers.xlsx.sheet import SheetWriter
from perfdesk.documents.writers.xlsx.styles import Styles
from perfdesk.documents.writers.xlsx.texts import fit, sheet_names

_OPTIONS: Final = {
    "in_memory": True,
    # nothing a person typed may become a formula, a link or a number, whichever method writes it
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LANGUAGE: Final = "tr-TR"
# The same programme gives the same bytes; who wants the time of export in the properties passes it.
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)


def write(
    workbook: Workbook, *, created: datetime = _CREATED, progress: Callable[[int, int], object] | None = None
) -> bytes:
    """Return the workbook as an .xlsx file.

    Args:
        workbook: what to write.
        created: the time in its properties.
        progress: told how many of the sheets are written; what it raises ends the writing.
    """
    stream = io.BytesIO()
    save(workbook, xlsxwriter.Workbook(stream, _OPTIONS), created, progress)
    return stream.getvalue()


def save(
    workbook: Workbook,
    book: Any,
    created: datetime = _CREATED,
    progress: Callable[[int, int], object] | None = None,
) -> None:
    """Write into an empty XlsxWriter book, and close it."""
    # the properties are written in UTC and without a zone
    moment = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
    book.set_properties(
        {
            "title": fit(workbook.title),
            "subject": fit(workbook.subject),
            "author": fit(workbook.author),
            "company": fit(workbook.author),
            "keywords": fit(", ".join(workbook.keywords)),
            "created": moment,
        }
    )
    # the properties that XlsxWriter knows have none for the language
    book.set_custom_property("Language", _LANGUAGE, "text")
    names = sheet_names([sheet.name for sheet in workbook.sheets])
    layouts = [lay_out(sheet, name, names) for sheet, name in zip(workbook.sheets, names, strict=True)]
    formulas = Formulas(layouts)
    styles = Styles(book)
    notes = Notes(workbook.notes)
    for index, layout in enumerate(layouts):
        if progress is not None:
            progress(index, len(layouts))
        worksheet = book.add_worksheet(layout.name)
        writer = SheetWriter(worksheet, layout, styles, formulas.of_sheet(index), guarded=workbook.guarded)
        writer.write(workbook)
        notes.write(worksheet, layout)
    book.close()
