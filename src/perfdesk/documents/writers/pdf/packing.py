"""The file itself: streams as they are, all other objects packed together, and the table of where each of them is."""

import zlib
from hashlib import sha256
from struct import Struct
from typing import Final

VERSION: Final = (1, 7)
# the four bytes tell programs that copy files that this one is not a text
_HEADER: Final = b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % VERSION
# how every stream of reportlab's ends, without the line end before it that ISO 19005-2 asks for
_END: Final = b"endstream\n"
# how many objects one stream holds; to read one of them, a program unpacks them all
_MOST_PACKED: Final = 200
# a row of the table: free, in the file or in a stream; where; at which place in the stream
_ROW: Final = Struct(">BIH")
_FREE, _PLAIN, _PACKED = 0, 1, 2


class File:
    """A file being written. Its identifier is a hash of its content."""

    def __init__(self) -> None:
        self._parts = [_HEADER]
        self._length = len(_HEADER)
        self._digest = sha256()
        self._packing: list[tuple[int, bytes]] = []
        self._packed: list[tuple[bytes, list[int]]] = []
        self._places: dict[int, int] = {}

    def add(self, number: int, written: bytes) -> None:
        """Add an object as reportlab writes it."""
        self._digest.update(written)
        if written.endswith(_END):
            self._put(number, written.removesuffix(_END))
            return
        self._packing.append((number, written))
        if len(self._packing) == _MOST_PACKED:
            self._pack()

    def content(self, last: int, root: str, info: str) -> bytes:
        """Return the whole, ended by the table.

        Args:
            last: the number of the last object.
            root: the reference to the catalog.
            info: the reference to the description.
        """
        self._pack()
        table = last + 1 + len(self._packed)
        rows = bytearray(_ROW.size * (table + 1))
        _ROW.pack_into(rows, 0, _FREE, 0, 0xFFFF)
        for stream, (written, numbers) in enumerate(self._packed, last + 1):
            self._put(stream, written)
            for index, number in enumerate(numbers):
                _ROW.pack_into(rows, number * _ROW.size, _PACKED, stream, index)
        self._places[table] = place = self._length
        for number, at in self._places.items():
            _ROW.pack_into(rows, number * _ROW.size, _PLAIN, at, 0)
        identifier = self._digest.hexdigest()[:32]
        trailer = f"/Root {root} /Info {info} /ID [<{identifier}> <{identifier}>]"
        self._put(table, _stream(f"/Type /XRef /Size {table + 1} /W [1 4 2] {trailer}", bytes(rows)))
        self._parts.append(b"startxref\n%d\n%%%%EOF\n" % place)
        return b"".join(self._parts)

    def _put(self, number: int, stream: bytes) -> None:
        self._places[number] = self._length
        # a line end of two bytes cannot be taken for the last of the data
        whole = b"%d 0 obj\n%b\r\n%bendobj\n" % (number, stream, _END)
        self._parts.append(whole)
        self._length += len(whole)

    def _pack(self) -> None:
        if not self._packing:
            return
        head: list[str] = []
        at = 0
        for number, written in self._packing:
            head.append(f"{number} {at}")
            at += len(written) + 1
        places = f"{' '.join(head)}\n"
        data = places.encode() + b"\n".join([written for _, written in self._packing])
        stream = _stream(f"/Type /ObjStm /N {len(head)} /First {len(places)}", data)
        self._packed.append((stream, [number for number, _ in self._packing]))
        self._packing = []


def _stream(entries: str, data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b" % (entries.encode(), len(packed), packed)
