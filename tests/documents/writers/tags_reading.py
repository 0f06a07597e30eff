"""What the tests of tags read back: the tree, with the text that stands at each of its marks."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdf
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject, NumberObject


@dataclass
class Tag:
    role: str
    entries: DictionaryObject
    number: int
    kids: list["Tag"] = field(default_factory=list)
    own: str = ""

    def walk(self) -> Iterator["Tag"]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def text(self) -> str:
        return " ".join(tag.own for tag in self.walk() if tag.own)

    def all(self, role: str) -> list["Tag"]:
        return [tag for tag in self.walk() if tag.role == role]


class Marks:
    """The texts of a file's pages by page and mark; those outside the tree are in ``artifacts``, by page."""

    def __init__(self, reader: pypdf.PdfReader) -> None:
        self.texts: dict[tuple[int, int], str] = {}
        self.artifacts: list[str] = []
        self.loose: list[object] = []
        for number, page in enumerate(reader.pages):
            self._read(number, page, reader)

    def _read(self, number: int, page: pypdf.PageObject, reader: pypdf.PdfReader) -> None:
        letters = {name: letters_of(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
        self.artifacts.append("")
        mark: int | None = None
        inside = False
        font: dict[int, str] = {}
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            match operator:
                case b"BDC" | b"BMC":
                    assert not inside
                    inside = True
                    mark = int(operands[1]["/MCID"]) if operator == b"BDC" else None
                    if mark is not None:
                        assert (number, mark) not in self.texts
                        self.texts[number, mark] = ""
                case b"EMC":
                    assert inside
                    inside = False
                case b"Tf":
                    font = letters[operands[0]]
                case b"Tj":
                    assert inside
                    shown = operands[0]
                    data = shown.original_bytes if hasattr(shown, "original_bytes") else bytes(shown)
                    text = "".join(font[code] for code in data)
                    if mark is None:
                        self.artifacts[number] += f" {text}"
                    else:
                        self.texts[number, mark] = f"{self.texts[number, mark]} {text}".strip()
                case b"f" | b"S" | b"B" | b"b" | b"f*" | b"Do" if not inside:
                    self.loose.append((number, operator))
        assert not inside


def letters_of(font: DictionaryObject) -> dict[int, str]:
    program = font["/ToUnicode"].get_data().decode()
    return {int(code, 16): chr(int(char, 16)) for code, char in re.findall(r"<(..)> <(....)>\n", program)}


class Tagged:
    """A file's tree and its marks."""

    def __init__(self, content: bytes) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(content))
        self.marks = Marks(self.reader)
        self.links: list[tuple[Tag, DictionaryObject]] = []
        self._pages = {page.indirect_reference.idnum: n for n, page in enumerate(self.reader.pages)}
        self._met: set[tuple[int, int]] = set()
        self.base = self.reader.trailer["/Root"]["/StructTreeRoot"]
        self._base_number = self.reader.trailer["/Root"].raw_get("/StructTreeRoot").idnum
        self.keys = {
            int(key): found.get_object()
            for key, found in zip(*[iter(self.base["/ParentTree"]["/Nums"])] * 2, strict=True)
        }
        self.root = self._tag(self.base.raw_get("/K"), self._base_number)
        assert self._met == self.marks.texts.keys()

    def _tag(self, reference: IndirectObject, parent: int) -> Tag:
        entries = reference.get_object()
        assert entries.raw_get("/P").idnum == parent
        tag = Tag(entries["/S"].removeprefix("/"), entries, reference.idnum)
        page = entries.raw_get("/Pg").idnum if "/Pg" in entries else 0
        for kid in entries.get("/K", []):
            if isinstance(kid, NumberObject):
                self._add(tag, self._pages[page], int(kid))
                continue
            found = kid.get_object()
            if found.get("/Type") == "/MCR":
                self._add(tag, self._pages[found.raw_get("/Pg").idnum], found["/MCID"])
            elif found.get("/Type") == "/OBJR":
                self.links.append((tag, found["/Obj"]))
            else:
                tag.kids.append(self._tag(kid, reference.idnum))
        return tag

    def _add(self, tag: Tag, page: int, mark: int) -> None:
        assert (page, mark) not in self._met
        self._met.add((page, mark))
        tag.own = f"{tag.own} {self.marks.texts[page, mark]}".strip()
        # the way back, by which a program finds the element of what is pointed at
        key = self.reader.pages[page]["/StructParents"]
        assert self.keys[key][mark].idnum == tag.number
