"""Pictures: checked, brought into a form every reader shows, and kept once however often they are printed."""

import io
import warnings
from hashlib import sha256
from typing import Final, NamedTuple

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

# no printer shows more than this many points of a picture across a page
_MOST_PIXELS: Final = 2400
_DENSITY: Final = 72 / 96


class Size(NamedTuple):
    """A picture's natural size in points, with the key of its data."""

    key: str
    width: float
    height: float


class Pictures:
    """The pictures of one document."""

    def __init__(self) -> None:
        self._readers: dict[str, ImageReader] = {}
        self._sizes: dict[str, Size | None] = {}

    def add(self, data: bytes) -> Size | None:
        """Keep a PNG or JPEG picture; None where the data is not one, or is broken."""
        key = sha256(data).hexdigest()
        if key not in self._sizes:
            self._sizes[key] = self._added(key, data)
        return self._sizes[key]

    def reader(self, key: str) -> ImageReader:
        """Return a kept picture."""
        return self._readers[key]

    def _added(self, key: str, data: bytes) -> Size | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
                    opened.load()
                    turned = ImageOps.exif_transpose(opened)
                    # such a JPEG goes into the file as it is
                    plain = opened.format == "JPEG" and opened.mode in ("RGB", "L") and turned.size == opened.size
                    plain = plain and max(opened.size) <= _MOST_PIXELS and not opened.getexif().get(0x0112, 1) > 1
                    reader = ImageReader(io.BytesIO(data)) if plain else ImageReader(_flat(turned))
        except Exception:  # decoders raise nearly anything on broken data, and a book is not lost for it
            return None
        self._readers[key] = reader
        width, height = turned.size
        return Size(key, width * _DENSITY, height * _DENSITY)


def _flat(picture: Image.Image) -> Image.Image:
    """Return the picture without transparency and in three colours, no larger than can be seen."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    picture = picture.convert("RGB")
    if max(picture.size) > _MOST_PIXELS:
        picture.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
    return picture
