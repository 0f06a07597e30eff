"""Drawing a page of a PDF file as a picture, for writers whose files hold no vectors."""

import io
from threading import Lock
from typing import Final

import pypdfium2 as pdfium

# the renderer keeps state of its own, so that one thread at a time may call it, wherever it calls from
RENDERER: Final = Lock()


def png(content: bytes, scale: float) -> bytes:
    """Return the first page of a PDF file as PNG, ``scale`` pixels to a point."""
    with RENDERER:
        file = pdfium.PdfDocument(content)
        try:
            page = file[0]
            bitmap = page.render(scale=scale)
            picture = bitmap.to_pil().convert("RGB")
            bitmap.close()
            page.close()
        finally:
            file.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
