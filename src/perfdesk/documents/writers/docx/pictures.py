"""Pictures: checked, brought into a form that Word shows, and kept once however often they stand in the file."""

import io
import warnings
from hashlib import sha256
from typing import Final, NamedTuple

from docx.document import Document as WordFile
from docx.oxml.shape import CT_Inline
from docx.shared import Emu
from PIL import Image, ImageOps

from perfdesk.documents.writers.docx.measures import EMU
from perfdesk.documents.writers.docx.xml import Element, add, line

# no printer shows more than this many points of a picture across a page
_MOST_PIXELS: Final = 2400
_DENSITY: Final = 72 / 96


class Size(NamedTuple):
    """A picture's natural size in points, with the key of its part in the file."""

    key: str
    width: float
    height: float

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Return the size that fits into some room; never larger than it is."""
        scale = min(1, width / self.width, height / self.height)
        return self.width * scale, self.height * scale


class Pictures:
    """The pictures of one file."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._known: dict[str, Size | None] = {}
        self._placed = 0

    def add(self, data: bytes, density: float = _DENSITY) -> Size | None:
        """Keep a PNG or JPEG picture; None where the data is not one, or is broken."""
        key = sha256(data).hexdigest()
        if key not in self._known:
            self._known[key] = self._added(data, density)
        return self._known[key]

    def place(self, paragraph: Element, size: Size, room: tuple[float, float], description: str) -> None:
        """Put a picture into a paragraph; ``description`` is what is read to those who do not see it."""
        self._placed += 1
        width, height = (Emu(round(points * EMU)) for points in size.within(*room))
        inline = CT_Inline.new_pic_inline(self._placed, size.key, f"{self._placed}.png", width, height)
        inline.docPr.set("descr", line(description))
        for side in ("distT", "distB", "distL", "distR"):
            # what is not given is an eighth of an inch to LibreOffice
            inline.set(side, "0")
        add(add(paragraph, "r"), "drawing").append(inline)

    def _added(self, data: bytes, density: float) -> Size | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
                    opened.load()
                    turned = ImageOps.exif_transpose(opened)
                    plain = opened.mode in ("RGB", "RGBA", "L", "P") and turned.size == opened.size
                    plain = plain and max(opened.size) <= _MOST_PIXELS and not opened.getexif().get(0x0112, 1) > 1
                    content = data if plain else _plain(turned, opened.format or "PNG")
            key, _ = self._file.part.get_or_add_image(io.BytesIO(content))
        except Exception:  # decoders raise nearly anything on broken data, and a book is not lost for it
            return None
        width, height = turned.size
        return Size(key, width * density, height * density)


def _plain(picture: Image.Image, kind: str) -> bytes:
    """Return the picture in colours that Word knows, no larger than can be seen."""
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    picture = picture.convert("RGBA" if clear else "RGB")
    if max(picture.size) > _MOST_PIXELS:
        picture.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
    file = io.BytesIO()
    picture.save(file, "PNG" if clear else kind)
    return file.getvalue()
