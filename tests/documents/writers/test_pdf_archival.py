"""The file is one that can be kept: PDF/A-2a by a validator's word, and clause by clause where there is none."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject
from tests.documents.writers.pdf_reading import document, pdf_of, rows, table

from perfdesk import paths
from perfdesk.documents import programme_book
from perfdesk.documents.blocks import Contents, Cover, Document, Figure, Heading, Paragraph, TableBlock
from perfdesk.documents.writers.pdf import write
from perfdesk.documents.writers.pdf.colour_profile import srgb
from perfdesk.documents.writers.pdf.metadata import Metadata, entry
from perfdesk.domain.texts import Run
from perfdesk.exchange.reading import read
from perfdesk.services.output import exporting

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
ISTANBUL = timezone(timedelta(hours=3))
# every letter of three alphabets, what no font shows, and what no XML holds
STRANGE = "".join(
    map(chr, (*range(0x250), *range(0x370, 0x530), 0xFFFE, 0xFEFF, 0xE000, 0xFFFD, 0x1F600, 0xD800, 0x20BA))
)
PICTURES = (
    ("RGBA", "PNG"),
    ("LA", "PNG"),
    ("L", "PNG"),
    ("P", "PNG"),
    ("1", "PNG"),
    ("RGB", "JPEG"),
    ("L", "JPEG"),
    ("CMYK", "JPEG"),
)


def picture(mode: str, kind: str) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (30, 20)).save(file, kind)
    return file.getvalue()


def sample(layout: str) -> Document:
    municipality = read(paths.resource("sample", "guneycam.json").read_bytes())
    return programme_book.build(exporting.programme_context(municipality, 2027, layout))


def strange() -> Document:
    pictures = [Figure(picture(mode, kind), f"{mode} {kind}") for mode, kind in PICTURES]
    text = Paragraph((Run(STRANGE), Run(STRANGE, bold=True)))
    blocks = (
        Cover(STRANGE, "Program", "2027", logo=picture("RGBA", "PNG")),
        Contents("İçindekiler"),
        Heading(1, STRANGE),
        text,
        *pictures,
        TableBlock(table(rows(90), caption=STRANGE)),
    )
    return document(*blocks, title=STRANGE, author=STRANGE, subject=STRANGE, keywords=(STRANGE,))


DOCUMENTS = {
    "empty": document,
    "untitled": lambda: document(title="", author="", subject=""),
    "strange": strange,
    **{
        layout: (lambda layout=layout: sample(layout)) for layout in ("official", "per_target", "metropolitan", "plain")
    },
}


@pytest.fixture(params=DOCUMENTS, scope="module")
def content(request: pytest.FixtureRequest) -> bytes:
    return write(DOCUMENTS[request.param]())


def test_validator_finds_nothing(content: bytes) -> None:
    page = pytest.importorskip("page", reason="the validator (page-validation) is not installed")
    found = page.validate_pdf_bytes(
        content, profile=page.ValidationProfile.PDF_A_2A, limits=page.SafetyLimits.unlimited()
    )
    assert {(failure.rule_id, failure.message) for failure in found.failures} == set()
    assert found.is_compliant


def test_validator_sees_faults(content: bytes) -> None:
    page = pytest.importorskip("page", reason="the validator (page-validation) is not installed")
    broken = content.replace(b"<pdfaid:part>2", b"<pdfaid:part>7")
    assert broken != content
    found = page.validate_pdf_bytes(
        broken, profile=page.ValidationProfile.PDF_A_2A, limits=page.SafetyLimits.unlimited()
    )
    assert not found.is_compliant


def objects(content: bytes) -> Iterator[DictionaryObject]:
    """Yield every dictionary of the file, those within others too."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    waiting: list[object] = [IndirectObject(n, 0, reader).get_object() for n in range(1, reader.trailer["/Size"])]
    while waiting:
        found = waiting.pop()
        if isinstance(found, DictionaryObject):
            yield found
            waiting += [value for value in found.values() if not isinstance(value, IndirectObject)]
        elif isinstance(found, ArrayObject):
            waiting += [value for value in found if not isinstance(value, IndirectObject)]


def test_structure_of_the_file(content: bytes) -> None:
    # 6.1.2: the header's version, and a comment of four bytes above 127
    assert re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n", content)
    # 6.1.3: an identifier, no encryption, nothing behind the end
    start, end = re.fullmatch(rb"(.*)startxref\n(\d+)\n%%EOF\n", content, re.DOTALL).groups()
    table = content[int(end) :]
    assert re.search(rb"/ID \[<([0-9a-f]{32})> <\1>\]", table)
    assert b"/Encrypt" not in table
    # 6.1.4 and 6.1.9: each place in the table is that of the object, which stands on lines of its own
    places = list(re.finditer(rb"(?<=\n)(\d+) 0 obj\n", start))
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert {int(place[1]): place.start() for place in places} == reader.xref[0]
    assert len(reader.xref[0]) + len(reader.xref_objStm) == reader.trailer["/Size"] - 1
    # 6.1.7.1: a stream's length is that of its data, between a line end and a line end
    streams = list(re.finditer(rb"/Length (\d+)\b[^>]*>>\nstream\n", content))
    assert len(streams) == len(re.findall(rb"\r\nendstream\nendobj\n", content)) == len(places)
    for stream in streams:
        assert content[stream.end() + int(stream[1]) :].startswith(b"\r\nendstream\nendobj\n")


def test_nothing_forbidden_is_in_the_file(content: bytes) -> None:
    kinds = set()
    for found in objects(content):
        # 6.2.10: nothing transparent; 6.5.2: no actions, no scripts; 6.8: no files within the file
        forbidden = {
            "/SMask",
            "/CA",
            "/ca",
            "/BM",
            "/AA",
            "/OpenAction",
            "/JS",
            "/JavaScript",
            "/EF",
            "/AcroForm",
        }
        assert forbidden.isdisjoint(found)
        kinds.add(found.get("/Subtype"))
        if isinstance(found, StreamObject):
            # 6.1.7.1 and 6.1.7.2: no data elsewhere, no LZW
            assert {"/F", "/FFilter", "/FDecodeParms"}.isdisjoint(found)
            assert "/LZWDecode" not in str(found.get("/Filter"))
        if found.get("/Subtype") == "/Link":
            assert "/A" not in found
            # 6.3.2: printed, not hidden
            assert found["/F"] == 4
        if found.get("/Subtype") == "/Image":
            # 6.2.8: not smoothed on enlarging, in colours that the output intent gives a meaning
            assert found["/ColorSpace"] in ("/DeviceRGB", "/DeviceGray")
            assert "/Interpolate" not in found
    assert kinds <= {None, "/Image", "/Link", "/TrueType", "/XML"}


def test_colours_have_a_meaning(content: bytes) -> None:
    (intent,) = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_data() == srgb()
    assert intent["/DestOutputProfile"]["/N"] == 3


def test_fonts_are_embedded_and_every_code_has_its_letter(content: bytes) -> None:
    fonts = [found for found in objects(content) if found.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        assert re.fullmatch(r"/[A-Z]{6}\+NotoSans-(Regular|Bold|Italic)", font["/BaseFont"])
        assert len(font["/FontDescriptor"]["/FontFile2"].get_data()) > 1000
        # symbolic, and so without an encoding (6.2.11.6)
        assert font["/FontDescriptor"]["/Flags"] & 4
        assert "/Encoding" not in font
        program = font["/ToUnicode"].get_data().decode()
        blocks = re.findall(r"(\d+) beginbfchar\n(.*?)\nendbfchar", program, re.DOTALL)
        pairs = [pair for _, block in blocks for pair in re.findall(r"<(..)> <(....)>", block)]
        assert [int(count) for count, _ in blocks] == [block.count("\n") + 1 for _, block in blocks]
        assert max(int(count) for count, _ in blocks) <= 100
        assert not {"0000", "FEFF", "FFFE"} & {char for _, char in pairs}
        shown = {n for n, width in enumerate(font["/Widths"]) if width} - {0}
        assert shown <= {int(code, 16) for code, _ in pairs}


def text_of(packet: ET.Element, name: str) -> str:
    found = packet.find(f".//{name}")
    return "" if found is None else "".join(found.itertext())


def assert_descriptions_agree(content: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(content))
    stream = reader.trailer["/Root"]["/Metadata"]
    assert "/Filter" not in stream
    packet = ET.fromstring(stream.get_data())
    info = {name: str(text) for name, text in (reader.metadata or {}).items()}
    in_xmp = {
        "/Title": f"{DC}title",
        "/Author": f"{DC}creator",
        "/Subject": f"{DC}description",
        "/Keywords": f"{PDF}Keywords",
        "/Creator": f"{XMP}CreatorTool",
        "/Producer": f"{PDF}Producer",
    }
    for name, place in in_xmp.items():
        assert text_of(packet, place) == info.get(name, "")
    assert (text_of(packet, f"{PDFA}part"), text_of(packet, f"{PDFA}conformance")) == ("2", "A")
    assert text_of(packet, f"{DC}language") == reader.trailer["/Root"]["/Lang"] == "tr-TR"


def test_both_descriptions_say_the_same(content: bytes) -> None:
    assert_descriptions_agree(content)
    assert pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"].value


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_description_is_the_same_in_both(title: str, author: str, subject: str, keyword: str) -> None:
    assert_descriptions_agree(pdf_of(title=title, author=author, subject=subject, keywords=(keyword,)))


@given(st.text())
def test_an_entry_is_a_line_that_xml_holds(text: str) -> None:
    shown = entry(text)
    assert shown == entry(shown) == " ".join(shown.split())
    packet = ET.fromstring(Metadata(title=shown).xmp())
    assert text_of(packet, f"{DC}title") == shown


@pytest.mark.parametrize(
    ("created", "info", "xmp"),
    [
        (datetime(2027, 1, 2, 3, 4, 5, 6, tzinfo=ISTANBUL), "D:20270102030405+03'00", "2027-01-02T03:04:05+03:00"),
        (datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC), "D:20270102030405+00'00", "2027-01-02T03:04:05+00:00"),
        (datetime(2027, 1, 2, 3, 4, 5), "D:20270102030405", "2027-01-02T03:04:05"),  # noqa: DTZ001 - as some give it
    ],
)
def test_dates_say_the_same(created: datetime, info: str, xmp: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(write(document(), created=created)))
    assert reader.metadata
    packet = ET.fromstring(reader.trailer["/Root"]["/Metadata"].get_data())
    for name, place in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
        assert reader.metadata[name].rstrip("'") == info
        assert text_of(packet, f"{XMP}{place}") == xmp


def test_identifier_is_that_of_the_content() -> None:
    def identifier(content: bytes) -> str:
        return str(pypdf.PdfReader(io.BytesIO(content)).trailer["/ID"][0])

    same, again, other = (pdf_of(Paragraph((Run(text),))) for text in ("Çiğdem", "Çiğdem", "Çiğdemim"))
    assert same == again
    assert identifier(same) != identifier(other)


def test_profile_is_that_of_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    colours = Image.effect_mandelbrot((64, 64), (-2, -1.5, 1, 1.5), 90)
    picture = Image.merge("RGB", (colours, colours.rotate(90), colours.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    transform = ImageCms.buildTransform(
        profile, ImageCms.createProfile("sRGB"), "RGB", "RGB", ImageCms.Intent.PERCEPTUAL
    )
    shown = ImageCms.applyTransform(picture, transform)
    assert shown is not None
    assert all(abs(a - b) <= 1 for a, b in zip(picture.tobytes(), shown.tobytes(), strict=True))
    assert len(srgb()) % 4 == 0
