"""What the file says of itself: the same entries in the form old readers know, and as XMP, which archives ask for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

import perfdesk
from perfdesk.documents.blocks import Document

LANGUAGE: Final = "tr-TR"
_PRODUCT: Final = f"perfdesk {perfdesk.__version__}"
# the archival format the file conforms to: ISO 19005-2, with tags, or else with Unicode for every letter
_PART: Final = 2
_TAGGED: Final = "A"
_UNTAGGED: Final = "U"
# the accessible one: ISO 14289-1
_ACCESSIBLE: Final = 1
_NAMESPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


# what XML cannot hold, and what reportlab writes in an encoding that has no place for it: the soft hyphen
_UNWRITTEN: Final = frozenset(map(chr, (*range(0x7F, 0xA0), 0xAD, 0xFFFE, 0xFFFF)))
# XMP itself does not know the name, so the packet has to say what it means
_EXTENSION: Final = """ <rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
   <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
   <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
   <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
   <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>part</pdfaProperty:name>
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
   </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
 </rdf:Description>"""


@dataclass(frozen=True, slots=True)
class Metadata:
    """A file's description; what is empty is not written, without ``created`` equal documents are equal files."""

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    created: datetime | None = None
    tagged: bool = False

    def info(self) -> dict[str, str]:
        """Return the entries of the information dictionary."""
        date = _pdf_date(self.created) if self.created else ""
        entries = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Keywords": self.keywords,
            "Creator": _PRODUCT,
            "Producer": _PRODUCT,
            "CreationDate": date,
            "ModDate": date,
        }
        return {name: text for name, text in entries.items() if text}

    def xmp(self) -> bytes:
        """Return the same as an XMP packet."""
        date = _xmp_date(self.created) if self.created else ""
        properties = [
            ("dc:format", escape("application/pdf")),
            ("dc:language", _listed("Bag", LANGUAGE)),
            ("dc:title", _in_any_language(self.title)),
            ("dc:creator", _listed("Seq", self.author)),
            ("dc:description", _in_any_language(self.subject)),
            ("pdf:Keywords", escape(self.keywords)),
            ("pdf:Producer", escape(_PRODUCT)),
            ("xmp:CreatorTool", escape(_PRODUCT)),
            ("xmp:CreateDate", date),
            ("xmp:ModifyDate", date),
            ("pdfaid:part", str(_PART)),
            ("pdfaid:conformance", _TAGGED if self.tagged else _UNTAGGED),
            # to be accessible a file must have a title too
            ("pdfuaid:part", str(_ACCESSIBLE) if self.tagged and self.title else ""),
        ]
        lines = [f"  <{name}>{value}</{name}>" for name, value in properties if value]
        spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
        packet = (
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
            f' <rdf:Description rdf:about=""{spaces}>',
            *lines,
            " </rdf:Description>",
            _EXTENSION,
            "</rdf:RDF></x:xmpmeta>",
            '<?xpacket end="r"?>',
        )
        return "\n".join(packet).encode()


class Info(pdfdoc.PDFInfo):
    """The information dictionary as an object of the file."""

    def __init__(self, metadata: Metadata) -> None:
        super().__init__()
        self._metadata = metadata

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Return it as it is written."""
        entries = {name: pdfdoc.PDFString(text) for name, text in self._metadata.info().items()}
        return pdfdoc.PDFDictionary(entries).format(document)


def describe(document: Document, created: datetime | None) -> Metadata:
    """Return the description of a document, which is tagged."""
    return Metadata(
        entry(document.title),
        entry(document.author),
        entry(document.subject),
        entry(", ".join(document.keywords)),
        created,
        tagged=True,
    )


def entry(text: str) -> str:
    """Return a text for the description and bookmarks, which need no font: a line that XML can hold."""
    shown = "".join(char for char in " ".join(text.split()) if char >= " " and char not in _UNWRITTEN)
    return " ".join(shown.split()).encode("utf-8", "replace").decode()


def _listed(kind: str, text: str) -> str:
    return f"<rdf:{kind}><rdf:li>{escape(text)}</rdf:li></rdf:{kind}>" if text else ""


def _in_any_language(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>' if text else ""


def _pdf_date(moment: datetime) -> str:
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}" + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")


def _xmp_date(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()
