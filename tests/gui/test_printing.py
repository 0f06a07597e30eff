"""Printing, shown on the file that Qt's printer writes: sharp, turned where the page is, and the pages asked for."""

import io
import re

import pypdf
import pypdfium2 as pdfium
import pytest
from PIL import ImageChops
from PySide6.QtGui import QPageLayout, QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from tests.documents.writers.pdf_reading import document, row, table

from perfdesk.documents.blocks import PageBreak, Paragraph, TableBlock
from perfdesk.documents.writers import pdf
from perfdesk.domain.errors import UserError
from perfdesk.domain.texts import Run
from perfdesk.gui.window import printing
from perfdesk.services.output import previewing
from perfdesk.tables.table import Cell, Column, Head, Part, Role, Row, Table

DPI = 600


def wide_table():
    columns = tuple(Column(f"c{n}", "") for n in range(14))
    head = (tuple(Head(f"Başlık {n}") for n in range(14)),)
    cells = tuple(Cell(f"Uzunca_bir_hücre_{n}") for n in range(14))
    return Table("kind", "", "Tablo 2 Geniş", (Part("part", columns, head, (Row(Role.DETAIL, "r", cells),)),))


def book_of(*blocks):
    made = pdf.set_document(document(*blocks))
    return previewing.Preview(made.content, made.pages, (), 1, len(made.pages), None)


@pytest.fixture(scope="module")
def book():
    text = "Kamu İdarelerince Hazırlanacak Performans Programları ₺ ğüşıöç"
    small = table(
        [row(str(n), f"Küçük yazılmış satır {n}", n * 1234) for n in range(12)], caption="Tablo 1 İnce çizgili"
    )
    return book_of(
        Paragraph((Run(text),)), TableBlock(small), TableBlock(wide_table()), PageBreak(), Paragraph((Run("Son"),))
    )


@pytest.fixture
def printer(qapp, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printing.prepare(printer, "Deneme")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(DPI)
    return printer


@pytest.fixture
def desk(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return printing.Printing(window)


def printed(qtbot, desk, book, printer):
    with qtbot.waitSignal(desk.finished, timeout=30_000):
        desk.print_pages(book, printer)
    with open(printer.outputFileName(), "rb") as file:  # noqa: PTH123 - the name is Qt's
        return file.read()


def picture(data, page, dpi=DPI):
    """Draw a page without any code of ours."""
    file = pdfium.PdfDocument(data)
    try:
        return file[page].render(scale=dpi / 72).to_pil().convert("L")
    finally:
        file.close()


def bands(data, page):
    """Return the printed dots themselves, in the bands they came in; nothing is scaled."""
    return [image.image.convert("L") for image in pypdf.PdfReader(io.BytesIO(data)).pages[page].images]


def differing(one, other):
    """Return how many dots are clearly lighter or darker."""
    return sum(ImageChops.difference(one, other).histogram()[96:])


def test_a_page_has_the_dots_of_the_printer_and_loses_none(qtbot, desk, book, printer):
    data = printed(qtbot, desk, book, printer)
    page = pypdf.PdfReader(io.BytesIO(data)).pages[0]
    assert [round(side) for side in page.mediabox[2:]] == [595, 842]
    assert {abs(band.width - 210 / 25.4 * DPI) < 5 for band in bands(data, 0)} == {True}
    # not as JPEG
    assert {image.get_object()["/Filter"][0] for image in page["/Resources"]["/XObject"].values()} <= {
        "/FlateDecode",
        "/",
    }


def test_letters_and_hairlines_are_as_sharp_as_drawn_directly(qtbot, desk, book, printer):
    printed_bands = iter(bands(printed(qtbot, desk, book, printer), 0))
    width = round(210 / 25.4 * DPI) - 3  # Qt's A4 is in whole points
    direct = picture(book.pdf, 0, width / book.pages[0][0] * 72)
    assert direct.width == width
    inked = lost = coarser = 0
    for top in range(0, direct.height, printing._BAND):
        expected = direct.crop((0, top, width, min(top + printing._BAND, direct.height)))
        if expected.getextrema() == (255, 255):
            continue  # white bands are not sent
        band = next(printed_bands)
        assert band.size == expected.size
        inked += sum(expected.histogram()[:128])
        lost += differing(band, expected)
        coarser += differing(expected.reduce(4).resize(expected.size), expected)
    assert next(printed_bands, None) is None
    assert inked > 100_000
    assert lost < inked * 0.01
    assert coarser > inked * 0.1  # what 150 dots an inch would lose, so that the limit above means something


def test_a_hairline_is_there_and_thin(qtbot, desk, book, printer):
    runs = []
    for band in bands(printed(qtbot, desk, book, printer), 0):
        # a column of dots where no letter stands crosses the hairlines of 0,4 pt: 3 dots and a third
        across = band.crop((band.width // 2 + 60, 0, band.width // 2 + 61, band.height)).tobytes()
        runs += [len(run) for run in re.findall(rb"[\x00-\xea]+", across)]
    assert sum(1 for run in runs if 3 <= run <= 5) >= 8


def test_a_turned_page_is_printed_on_turned_paper(qtbot, desk, book, printer):
    assert [width > height for width, height in book.pages] == [False, True, False]
    pages = pypdf.PdfReader(io.BytesIO(printed(qtbot, desk, book, printer))).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True, False]


def test_a_driver_that_cannot_turn_paper_gets_the_page_turned(qtbot, desk, book, printer, monkeypatch):
    upright = picture(printed(qtbot, desk, book, printer), 1, 75)
    monkeypatch.setattr(QPrinter, "setPageOrientation", lambda _self, side: side == QPageLayout.Orientation.Portrait)
    data = printed(qtbot, desk, book, printer)
    page = pypdf.PdfReader(io.BytesIO(data)).pages[1]
    assert page.mediabox.width < page.mediabox.height
    turned = picture(data, 1, 75).rotate(90, expand=True).resize(upright.size)
    inked = sum(upright.histogram()[:160])
    assert inked > 500
    assert differing(turned, upright) < inked * 0.2
    assert differing(turned.rotate(180), upright) > inked * 0.5


def test_the_pages_asked_for_in_their_order_and_number(printer):
    assert printing.chosen_pages(printer, 5) == [0, 1, 2, 3, 4]
    printer.setFromTo(2, 3)
    assert printing.chosen_pages(printer, 5) == [0, 1, 2, 3, 4]  # a range that is not the choice
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    assert printing.chosen_pages(printer, 5) == [1, 2]
    printer.setPageRanges(QPageRanges.fromString("1,4-9"))
    assert printing.chosen_pages(printer, 5) == [0, 3, 4]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    printer.setCopyCount(2)
    assert not printer.supportsMultipleCopies()
    assert printing.chosen_pages(printer, 5) == [4, 3, 0, 4, 3, 0]


def test_grey_is_printed_grey_and_finer_printers_get_600_dots(qtbot, desk, book, printer):
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setResolution(1200)
    page = pypdf.PdfReader(io.BytesIO(printed(qtbot, desk, book, printer))).pages[0]
    assert {image.image.mode for image in page.images} <= {"L", "1"}
    assert abs(page.images[0].image.width - 210 / 25.4 * 600) < 5


def test_cancelled_half_way_leaves_no_half_file(qtbot, desk, book, printer, tmp_path):
    many = book_of(*[block for _ in range(40) for block in (Paragraph((Run("Bir sayfa"),)), PageBreak())])
    desk.print_pages(many, printer)
    assert desk.is_busy
    qtbot.waitUntil(lambda: desk._progress.value() > 0, timeout=10_000)
    with qtbot.waitSignal(desk.finished):
        desk._progress.canceled.emit()
    assert not desk.is_busy
    assert not (tmp_path / "printed.pdf").exists()


def test_a_printer_that_takes_nothing_is_said(qtbot, desk, book, printer, tmp_path):
    printer.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
    with qtbot.captureExceptions() as errors, qtbot.waitSignal(desk.finished):
        desk.print_pages(book, printer)
    assert [kind for kind, *_rest in errors] == [UserError]
    assert "printed.pdf" in errors[0][1].sentence()


def dialog_of(qtbot):
    def find():
        return next((w for w in QApplication.topLevelWidgets() if isinstance(w, QPrintDialog) and w.isVisible()), None)

    qtbot.waitUntil(lambda: find() is not None, timeout=10_000)
    return find()


def test_a_part_proposes_its_pages_and_can_be_declined(qtbot, desk, session):
    desk.choose(session, ("target", "t2"))
    dialog = dialog_of(qtbot)
    first, last = previewing.entry_pages(session.context, previewing.whole(session.context), ("target", "t2"))
    assert (dialog.fromPage(), dialog.toPage()) == (first + 1, last + 1)
    assert dialog.printRange() == QPrintDialog.PrintRange.PageRange
    assert f"{first + 1}–{last + 1}" in dialog.windowTitle()
    # one at a time; the window's commands ask before
    assert "yazdırma" in desk.busy_with
    with pytest.raises(RuntimeError):
        desk.choose(session)
    with qtbot.waitSignal(desk.finished):
        dialog.reject()
    assert not desk.is_busy


def test_the_book_is_printed_from_the_dialog(qtbot, desk, session, tmp_path):
    desk.choose(session)
    dialog = dialog_of(qtbot)
    printer = dialog.printer()
    assert dialog.maxPage() == len(previewing.whole(session.context).pages)
    place = tmp_path / "kitap.pdf"
    printer.setOutputFileName(str(place))
    printer.setResolution(72)
    with qtbot.waitSignal(desk.finished, timeout=30_000):
        dialog.done(1)
    assert len(pypdf.PdfReader(place).pages) == len(previewing.whole(session.context).pages)


def test_no_perfdesk_file_is_printed_over(qtbot, desk, session):
    desk.choose(session)
    dialog = dialog_of(qtbot)
    dialog.printer().setOutputFileName(str(session.store.path))
    with qtbot.captureExceptions() as errors, qtbot.waitSignal(desk.finished):
        dialog.done(1)
    assert [kind for kind, *_rest in errors] == [UserError]
    assert session.store.load() == session.municipality
