"""The book's fonts within the file, so that it looks the same where they are not installed."""

from functools import cache
from itertools import cycle
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from docx.document import Document as WordFile
from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml

from perfdesk import paths
from perfdesk.documents.writers.docx.styles import FONT, SUBSTITUTE
from perfdesk.documents.writers.docx.xml import NAMESPACE, add, relate

_FILES: Final = {
    "embedRegular": "NotoSans-Regular.ttf",
    "embedBold": "NotoSans-Bold.ttf",
    "embedItalic": "NotoSans-Italic.ttf",
}
_FONT_TYPE: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
# how much of a font the format wants disguised
_DISGUISED: Final = 32


def embed_fonts(file: WordFile) -> None:
    """Put the fonts into the file, and the list that names them."""
    package = file.part.package
    root = parse_xml(f'<w:fonts xmlns:w="{NAMESPACE}"/>')
    table = XmlPart(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, root, package)
    file.part.relate_to(table, RELATION.FONT_TABLE)
    font = add(root, "font", name=FONT)
    add(font, "altName", val=SUBSTITUTE)
    add(font, "charset", val="A2")  # Turkish
    add(font, "family", val="swiss")
    add(font, "pitch", val="variable")
    for number, (kind, name) in enumerate(_FILES.items(), 1):
        # the key has to be some unique number; from the name it is the same each time
        key = uuid5(NAMESPACE_URL, name)
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), _FONT_TYPE, _disguised(name, key), package)
        made = add(font, kind, fontKey=f"{{{str(key).upper()}}}")
        relate(made, table.relate_to(part, _FONT_RELATION))


@cache
def _disguised(name: str, key: UUID) -> bytes:
    """Return a font as Word keeps it: its first bytes mixed with the key's, from the last to the first."""
    content = paths.resource("fonts", name).read_bytes()
    mask = cycle(reversed(key.bytes))
    start = bytes(byte ^ next(mask) for byte in content[:_DISGUISED])
    return start + content[_DISGUISED:]
