"""The profile that says which colours the numbers in the file mean: sRGB, as IEC 61966-2-1 defines it.

Made from the standard's figures, so that there is no file of somebody else's to ship.
"""

from functools import cache
from struct import pack
from typing import Final

NAME: Final = "sRGB IEC61966-2.1"
_VERSION: Final = 0x04200000
# red, green, blue and white as seen in the light of D50, in which profiles are written
_COLOURS: Final = (
    (b"rXYZ", (0.4360747, 0.2225045, 0.0139322)),
    (b"gXYZ", (0.3850649, 0.7168786, 0.0971045)),
    (b"bXYZ", (0.1430804, 0.0606169, 0.7141733)),
)
_WHITE: Final = (0.9642, 1.0, 0.8249)
# from the light of D65, for which sRGB is made, to that of D50: Bradford's matrix
_ADAPTED: Final = (
    (1.0478112, 0.0228866, -0.0501270),
    (0.0295424, 0.9904844, -0.0170491),
    (-0.0092345, 0.0150436, 0.7521316),
)
# the curve's exponent; a and b of ((a·x + b) above; c of c·x below; the limit between them
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_HEADER: Final = 128


@cache
def srgb() -> bytes:
    """Return the profile (ICC.1:2004)."""
    curve = pack(">4s4xHxx", b"para", 3) + _numbers(*_CURVE)
    tags = [
        (b"desc", _text(NAME)),
        (b"cprt", _text("No copyright, use freely")),
        (b"wtpt", _xyz(*_WHITE)),
        (b"chad", b"sf32\0\0\0\0" + b"".join(_numbers(*row) for row in _ADAPTED)),
        *((name, _xyz(*colour)) for name, colour in _COLOURS),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    places: dict[bytes, int] = {}
    body = b""
    table = pack(">I", len(tags))
    start = _HEADER + 4 + 12 * len(tags)
    for name, data in tags:
        if data not in places:  # the three curves are one
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += name + pack(">II", places[data], len(data))
    return _header(_HEADER + len(table) + len(body)) + table + body


def _header(size: int) -> bytes:
    # of a display, from RGB to XYZ; made on 1 January 2000, lest equal documents differ
    kind = pack(">I4xI4s4s4s6H4s", size, _VERSION, b"mntr", b"RGB ", b"XYZ ", 2000, 1, 1, 0, 0, 0, b"acsp")
    return (kind + bytes(28) + _numbers(*_WHITE)).ljust(_HEADER, b"\0")


def _numbers(*values: float) -> bytes:
    return b"".join(pack(">i", round(value * 0x10000)) for value in values)


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + _numbers(*values)


def _text(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return pack(">4s4xII2s2sII", b"mluc", 1, 12, b"en", b"US", len(data), 28) + data
