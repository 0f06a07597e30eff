"""The Word file: what it says of itself, its settings and fonts, and the same bytes for the same document."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Final

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part

import perfdesk
from perfdesk.documents.blocks import Contents, Document
from perfdesk.documents.writers.docx.book import Book
from perfdesk.documents.writers.docx.fonts import embed_fonts
from perfdesk.documents.writers.docx.styles import LANGUAGE, fill_lists, fill_styles
from perfdesk.documents.writers.docx.xml import Element, add, line

# what a file is dated that is given no date: equal documents are equal files
_NO_DATE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the library writes it as it is
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
# what the library's template brings along and no book needs
_SUPERFLUOUS: Final = frozenset(
    {
        RELATION.THUMBNAIL,
        RELATION.CUSTOM_XML,
        RELATION.FONT_TABLE,
        RELATION.WEB_SETTINGS,
        RELATION.EXTENDED_PROPERTIES,
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    }
)
_PROPERTIES: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>{product}</Application></Properties>"
)
_PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_COMPATIBILITY: Final = "http://schemas.microsoft.com/office/word"
# what Word holds in one of its properties
_LONGEST: Final = 255


def write_document(
    document: Document, created: datetime | None, progress: Callable[[int, int], object] | None
) -> bytes:
    """Return the document as a Word file."""
    file = docx.Document()
    _strip(file)
    _describe(file, document, created)
    look = fill_styles(file.styles.element, document.colour)
    fill_lists(file.part.numbering_part.element)
    _set_up(file.settings.element, document)
    embed_fonts(file)
    Book(file, document, look, progress).write()
    written = io.BytesIO()
    file.save(written)
    return _dated(written.getvalue())


def _strip(file: WordFile) -> None:
    """Leave out what the template has besides the text."""
    package = file.part.package
    for relations in (file.part.rels, package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype in _SUPERFLUOUS:
                del relations[key]
    product = _PROPERTIES.format(product=f"perfdesk {perfdesk.__version__}").encode()
    part = Part(PackURI("/docProps/app.xml"), _PROPERTIES_TYPE, product, package)
    package.relate_to(part, RELATION.EXTENDED_PROPERTIES)


def _describe(file: WordFile, document: Document, created: datetime | None) -> None:
    about = file.core_properties
    about.title = line(document.title)[:_LONGEST]
    about.author = about.last_modified_by = line(document.author)[:_LONGEST]
    about.subject = line(document.subject)[:_LONGEST]
    about.keywords = line(", ".join(document.keywords))[:_LONGEST]
    about.comments = ""
    about.language = LANGUAGE
    about.created = about.modified = (created or _NO_DATE).replace(microsecond=0)


def _set_up(root: Element, document: Document) -> None:
    """Put our settings in place of the template's, in the order Word wants."""
    for child in list(root):
        root.remove(child)
    add(root, "zoom", percent=100)
    add(root, "embedTrueTypeFonts")
    add(root, "defaultTabStop", val=709)
    add(root, "characterSpacingControl", val="doNotCompress")
    if any(isinstance(block, Contents) for block in document.blocks):
        add(root, "updateFields", val="true")
    compatibility = add(root, "compat")
    for name, value in (
        # with 15, LibreOffice 7.4 loses what stands behind a right tab: the numbers of pages
        ("compatibilityMode", 14),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
    ):
        add(compatibility, "compatSetting", name=name, uri=_COMPATIBILITY, val=value)
    add(root, "themeFontLang", val=LANGUAGE)
    add(root, "decimalSymbol", val=",")
    add(root, "listSeparator", val=";")


def _dated(content: bytes) -> bytes:
    """Return the file with the same date for each of its parts, whenever it is written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, _ZIP_DATE), old.read(item), zipfile.ZIP_DEFLATED)
    return out.getvalue()
