"""Texts, headings, contents, bookmarks and the file itself."""

import io
import subprocess
import sys
from datetime import UTC, datetime

import pypdf
import pytest
from PIL import Image
from tests.documents.writers.pdf_reading import (
    bookmarks,
    document,
    glyphs,
    misplaced,
    normal,
    pages,
    pdf_of,
    rows,
    table,
    tight,
)

from perfdesk.documents.blocks import (
    Bullet,
    Contents,
    Cover,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Signature,
    TableBlock,
)
from perfdesk.documents.writers.pdf import write
from perfdesk.domain.texts import Run
from perfdesk.tables.table import Fact

SENTENCE = "Belediyemiz, sınırları içinde yaşayan herkesin huzurunu ve refahını artırmak için çalışır. "
COVER = Cover("Güneyçam Belediyesi", "Performans Programı", "2027", foot=("Atatürk Caddesi 1", "guneycam.bel.tr"))


def paragraph(sentences: int = 1) -> Paragraph:
    return Paragraph((Run(SENTENCE * sentences),))


def small_table(number: int, count: int = 12) -> TableBlock:
    facts = [Fact("t", "Hedef", f"Konu {number}", strong=True)]
    return TableBlock(table(rows(count), caption=f"Tablo {number} Deneme", facts=facts))


BOOK = (
    COVER,
    Contents("İçindekiler"),
    Heading(1, "Genel Bilgiler", "I-"),
    Heading(2, "Yetki", "A-"),
    paragraph(40),
    Heading(3, "Teşkilat"),
    *(small_table(n) for n in range(1, 12)),
    Heading(1, "Performans Bilgileri", "II-"),
    *(block for n in range(12, 60) for block in (Heading(2, f"Bölüm {n}"), paragraph(6), small_table(n))),
    Heading(1, "Ekler", "III-"),
    PageBreak(),
    small_table(60),
)
# the page after cover and contents
FIRST = 4


@pytest.fixture(scope="module")
def book() -> bytes:
    return pdf_of(*BOOK)


def test_contents_give_the_real_pages(book: bytes) -> None:
    found = pages(book)
    titles = [(f"{b.number} {b.text}".strip()) for b in BOOK if isinstance(b, Heading)]
    titles += [b.table.caption for b in BOOK if isinstance(b, TableBlock)]
    contents = " ".join(found[1 : FIRST - 1])
    for title in titles:
        number = next(n for n, page in enumerate(found[FIRST - 1 :], FIRST) if f"{title} " in f"{page} ")
        subject = f" – Konu {title.split()[1]}" if title.startswith("Tablo") else ""
        assert f"{title}{subject} {number} " in f"{contents} ", title


def test_bookmarks_lead_to_their_headings(book: bytes) -> None:
    found = pages(book)
    marks = bookmarks(book)
    assert len(marks) == sum(isinstance(block, (Heading, TableBlock)) for block in BOOK)
    for _, title, page in marks:
        assert title.split(" – ")[0] in found[page - 1]
    assert marks[:4] == [
        (0, "I- Genel Bilgiler", FIRST),
        (1, "A- Yetki", FIRST),
        (2, "Teşkilat", marks[2][2]),
        (3, "Tablo 1 Deneme – Konu 1", marks[3][2]),
    ]


def test_bookmark_levels_may_skip() -> None:
    data = pdf_of(Heading(3, "Önce"), paragraph(), Heading(1, "Sonra"), Heading(4, "Alt"), small_table(1))
    assert [(depth, title) for depth, title, _ in bookmarks(data)] == [
        (0, "Önce"),
        (0, "Sonra"),
        (1, "Alt"),
        (2, "Tablo 1 Deneme – Konu 1"),
    ]


def test_contents_are_links(book: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(book))
    targets = {title: page for _, title, page in bookmarks(book)}
    links = [
        (annotation.get_object()["/Rect"], annotation.get_object()["/Dest"])
        for page in reader.pages[1 : FIRST - 1]
        for annotation in page.get("/Annots", [])
    ]
    assert len(links) == len(targets)
    numbers = [reader.get_page_number(dest[0].get_object()) + 1 for _, dest in links]
    assert numbers == [page for _, _, page in bookmarks(book)]


def test_running_head_and_foot(book: bytes) -> None:
    found = pages(book)
    for number, page in enumerate(found, 1):
        label = f"Sayfa {number} / {len(found)}"
        if number == 1:
            assert "Sayfa" not in page
            assert "GÜNEYÇAM" not in page
        else:
            assert label in page
            assert "GÜNEYÇAM BELEDİYESİ" in page
            assert "2027 YILI PERFORMANS PROGRAMI" in page
            assert "Strateji Geliştirme Müdürlüğü" in page


def test_nothing_is_misplaced(book: bytes) -> None:
    assert misplaced(book) == []


def test_level_one_begins_a_page_and_stays_with_what_follows(book: bytes) -> None:
    found = pages(book)
    for title, following in (
        ("I- Genel Bilgiler", "A- Yetki"),
        ("II- Performans Bilgileri", "Bölüm 12"),
        ("III- Ekler", "Tablo 60 Deneme"),
    ):
        assert any(page.startswith(f"{title} {following}") for page in found[FIRST - 1 :])


def test_headings_are_never_the_last_of_a_page(book: bytes) -> None:
    for page in pages(book)[FIRST - 1 :]:
        body = page.split(" GÜNEYÇAM BELEDİYESİ ")[0]
        assert not any(body.endswith(f"Bölüm {n}") for n in range(12, 60))


def test_no_widows_and_orphans() -> None:
    lines = [f"satır{n}" for n in range(7)]
    for above in range(20, 44):
        blocks = [Paragraph((Run("\n".join(["x"] * above)),)), Paragraph((Run("\n".join(lines)),))]
        counts = [sum(line in page for line in lines) for page in pages(pdf_of(*blocks))]
        assert all(count != 1 for count in counts), above
        assert sum(counts) == 7


def test_no_page_of_two_lines() -> None:
    for count in range(44, 60):
        found = pages(pdf_of(Heading(1, "A"), TableBlock(table(rows(count))), Heading(1, "B"), paragraph()))
        for page in found[:-1]:
            assert page.count("Satır") >= 3, count


def test_bold_runs_and_bullets() -> None:
    runs = (Run("Bu "), Run("kalın", bold=True), Run(" yazı"), Run("dır", bold=True), Run("."))
    data = pdf_of(Paragraph(runs), Bullet((Run(SENTENCE * 3),)), Bullet((Run("kısa", bold=True), Run(" madde"))))
    text = pages(data)[0]
    assert "Bu kalın yazıdır." in text
    assert "• kısa madde" in text
    assert normal(SENTENCE * 3) in text


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "kelime " * 1_500, "😀 سلام 漢字", "a\nb\r\nc\td", "\x00\x1f\u202e\ud800"]
)
def test_any_text_anywhere(text: str) -> None:
    data = pdf_of(
        Cover(text, text, text, b"broken", (text, text)),
        Contents(text),
        Heading(1, text, text),
        Paragraph((Run(text), Run(text, bold=True), Run(text))),
        Bullet((Run(text, bold=True), Run(text))),
        Figure(b"no picture", text),
        Signature(text, (text, text)),
        small_table(1),
        title=text,
        author=text,
        subject=text,
        running_head=(text, text),
        foot=text,
        continued=text,
        keywords=(text,),
        colour=text,
    )
    assert misplaced(data) == []
    assert "Satır 12 adı" in " ".join(pages(data))


# --- pictures and signatures ------------------------------------------------------------------------------------------


def picture(form: str, mode: str = "RGB", size: tuple[int, int] = (400, 200)) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, form)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        picture("PNG"),
        picture("PNG", "RGBA"),
        picture("PNG", "P"),
        picture("PNG", "I;16"),
        picture("PNG", "1"),
        picture("JPEG"),
        picture("JPEG", "L"),
        picture("JPEG", "CMYK"),
        picture("PNG", size=(20, 9000)),
        picture("JPEG", size=(9000, 30)),
    ],
)
def test_pictures_are_printed_within_the_text(data: bytes) -> None:
    file = pdf_of(
        Cover("A", "B", "C", data), Heading(1, "Başlık"), Figure(data, "Şekil 1 Teşkilat şeması"), paragraph()
    )
    reader = pypdf.PdfReader(io.BytesIO(file))
    assert len(reader.pages) == 2
    for page in reader.pages:
        assert len(page.images) == 1
    assert "Şekil 1 Teşkilat şeması" in pages(file)[1]


def test_a_picture_printed_often_is_kept_once() -> None:
    data = picture("PNG")
    once, often = (len(pdf_of(*[Figure(data, "Şekil")] * count)) for count in (1, 20))
    assert often < once + 20_000


@pytest.mark.parametrize("data", [b"", b"GIF89a", picture("PNG")[:60], picture("JPEG")[:300], picture("BMP")])
def test_broken_picture_leaves_its_caption(data: bytes) -> None:
    file = pdf_of(Cover("A", "B", "C", data), Heading(1, "Başlık"), Figure(data, "Şekil 1"), Figure(data))
    assert "Başlık Şekil 1" in pages(file)[1]


def test_signature_is_kept_with_the_text() -> None:
    for sentences in range(54, 62):
        found = pages(pdf_of(paragraph(sentences), Signature("Ayşe Yılmaz", ("Belediye Başkanı", "Vekil"))))
        page = next(page for page in found if "Ayşe Yılmaz" in page)
        assert "Ayşe Yılmaz Belediye Başkanı Vekil" in page
        assert "çalışır." in page


# --- the file ---------------------------------------------------------------------------------------------------------


def test_empty_document() -> None:
    data = pdf_of()
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1
    assert misplaced(data) == []
    assert len(pages(pdf_of(Contents("İçindekiler")))) == 1
    assert len(pages(pdf_of(PageBreak(), PageBreak()))) == 1
    assert len(pages(pdf_of(Heading(1, "Son")))) == 1


def test_what_the_file_says_of_itself(book: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(book))
    about = reader.metadata
    assert about.title == "Güneyçam Belediyesi 2027 Yılı Performans Programı"
    assert about.author == "Güneyçam Belediyesi"
    assert about.subject == "2027 Yılı Performans Programı"
    assert about.creator.startswith("perfdesk")
    assert about.producer.startswith("perfdesk")
    assert about.creation_date is None
    root = reader.root_object
    assert root["/Lang"] == "tr-TR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/PageMode"] == "/UseOutlines"


def test_date_where_one_is_given() -> None:
    moment = datetime(2026, 11, 20, 10, 5, 7, tzinfo=UTC)
    about = pypdf.PdfReader(io.BytesIO(write(document(), created=moment))).metadata
    assert about.creation_date == moment


def test_equal_documents_are_equal_files(book: bytes) -> None:
    assert pdf_of(*BOOK) == book


def test_fonts_are_embedded(book: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(book))
    names = set()
    for page in reader.pages:
        for entry in page["/Resources"]["/Font"].values():
            font = entry.get_object()
            names.add(font["/BaseFont"].split("+")[-1])
            assert "/FontFile2" in font["/FontDescriptor"]
            assert "/ToUnicode" in font
    assert names <= {"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"}
    assert b"Helvetica" not in book


def test_more_letters_than_one_subset_holds() -> None:
    letters = "".join(chr(code) for code in (*range(0xA1, 0x250), *range(0x391, 0x3A0), *range(0x410, 0x450)))
    letters = letters.replace("\xad", "")
    data = pdf_of(Paragraph((Run(letters),)), TableBlock(table(rows(2), caption=letters[::-1])))
    assert tight(letters) in tight(pages(data)[0])
    assert misplaced(data) == []


def test_progress_is_told_and_can_end_the_writing() -> None:
    told: list[tuple[int, int]] = []
    write(document(*BOOK), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(BOOK), len(BOOK))
    assert [done for done, _ in told] == sorted(done for done, _ in told)

    class Cancelled(Exception):  # noqa: N818 - it is not an error
        pass

    def cancel(done: int, _total: int) -> None:
        if done == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        write(document(*BOOK), progress=cancel)
    assert len(pages(pdf_of(*BOOK[:6]))) > 2


def test_colour_of_the_municipality_is_used_and_stays_readable() -> None:
    blue = pypdf.PdfReader(io.BytesIO(pdf_of(small_table(1), colour="#003399"))).pages[0].get_contents().get_data()
    assert b"0.000 0.200 0.600 rg" in blue
    yellow = pypdf.PdfReader(io.BytesIO(pdf_of(small_table(1), colour="#ffff00"))).pages[0].get_contents().get_data()
    assert b"1.000 1.000 0.000 rg" not in yellow


def test_pages_are_a4_with_a_margin_to_bind() -> None:
    for width, height, boxes in glyphs(pdf_of(*BOOK)):
        assert {round(width), round(height)} == {595, 842}
        if boxes:
            assert min(box[0] for box in boxes) > 70


def test_reportlab_is_loaded_only_to_write() -> None:
    code = "import sys, perfdesk.documents.writers.pdf; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
