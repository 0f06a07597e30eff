"""Drawing the pages of a PDF file as pictures for the screen and for paper."""

import ctypes
from types import TracebackType
from typing import Final

import pypdfium2 as pdfium
from pypdfium2 import raw
from PySide6.QtGui import QImage

from perfdesk.documents.writers.raster import RENDERER

_WHITE: Final = 0xFFFFFFFF


class Pages:
    """A PDF file that is open for drawing; may be used by any thread, and waits for its turn."""

    def __init__(self, content: bytes) -> None:
        with RENDERER:
            self._file = pdfium.PdfDocument(content)

    def __enter__(self) -> "Pages":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with RENDERER:
            self._file.close()

    def draw(
        self, page: int, width: int, height: int, *, top: int = 0, rows: int | None = None, printing: bool = False
    ) -> QImage:
        """Return a page, or a band of it, as a picture.

        Args:
            page: which page, from 0.
            width: of the whole page, in pixels.
            height: of the whole page, in pixels.
            top: the first row of the band.
            rows: how many rows it has; all of the page where it is not given.
            printing: whether it is for paper and not for a screen.
        """
        rows = height - top if rows is None else min(rows, height - top)
        image = QImage(width, rows, QImage.Format.Format_RGB32)
        image.fill(_WHITE)
        # drawn into the picture's own memory; nobody else holds it yet, so that this copies nothing
        memory = image.bits()
        pointer = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        flags = raw.FPDF_PRINTING if printing else 0
        with RENDERER:
            opened = self._file[page]
            bitmap = raw.FPDFBitmap_CreateEx(width, rows, raw.FPDFBitmap_BGRx, pointer, image.bytesPerLine())
            try:
                raw.FPDF_RenderPageBitmap(bitmap, opened.raw, 0, -top, width, height, 0, flags)
            finally:
                raw.FPDFBitmap_Destroy(bitmap)
                opened.close()
        return image
