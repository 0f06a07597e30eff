"""The files a round begins with: a copy of the sample, or a small municipality where all is still to be done."""

import struct
import zlib
from pathlib import Path

from perfdesk.services import planning
from perfdesk.services.files import samples
from perfdesk.tables.layout import LAYOUTS


def municipality(folder: Path, sample: bool) -> Path:
    """Make a file and what else a round needs, and return the file's path."""
    (folder / "picture.png").write_bytes(_png(24, 16))
    if sample:
        return samples.open_sample(folder)
    path = folder / "Küçükova.perfdesk"
    planning.new_file(
        path, name="Küçükova Belediyesi", kind="district", year=2027, first_year=2025, last_year=2029, layout=LAYOUTS[0]
    )
    return path


def _png(width: int, height: int) -> bytes:
    """Return a picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x20\x80\x60" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
