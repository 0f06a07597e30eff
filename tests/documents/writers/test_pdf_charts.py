"""Charts in the PDF: every name and figure is printed whole and stands over nothing else, whatever the numbers."""

import io
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.writers.pdf_reading import bookmarks, misplaced, pages, pdf_of, tight
from tests.documents.writers.test_pdf_random import TEXTS

from perfdesk.documents.blocks import ChartBlock, Contents, Heading, Listing, TableBlock
from perfdesk.documents.writers.pdf.charts_operators import operators
from perfdesk.documents.writers.pdf.charts_plate import Pen, Plate, shades
from perfdesk.documents.writers.pdf.drawings import chart_pdf
from perfdesk.documents.writers.pdf.flow import flow
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.style import SMALLEST, look
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.domain.money import MAX_AMOUNT
from perfdesk.domain.numbers import format_number
from perfdesk.tables.charts.chart import Band, Chart, ChartKind, Series
from perfdesk.tables.table import Cell, Column, Head, Part, Role, Row, Table

NAMES = TEXTS.filter(lambda text: bool(text.strip())).map(lambda text: text[:400])
AMOUNTS = st.one_of(
    st.just(Decimal("0.00")), st.just(MAX_AMOUNT), st.integers(0, 10**9).map(lambda n: Decimal(n).scaleb(-2))
)


@st.composite
def bar_charts(draw: st.DrawFn) -> Chart:
    count = draw(st.sampled_from([1, 2, 5, 31]))
    series = draw(st.sampled_from([1, 1, 2, 4, 9]))
    return Chart(
        "bars",
        "Dağılım",
        ChartKind.BARS if series == 1 else ChartKind.STACKED,
        draw(st.sampled_from(["TL", "Kişi", ""])),
        tuple(draw(NAMES) for _ in range(count)),
        tuple(
            Series(draw(NAMES)[:60], tuple(draw(st.one_of(st.none(), AMOUNTS)) for _ in range(count)))
            for _ in range(series)
        ),
        places=2,
        total=draw(st.sampled_from(["", "Genel Toplam"])),
    )


@st.composite
def line_charts(draw: st.DrawFn) -> Chart:
    years = ("2023 Gerçekleşen", "2024 Tahmini", "2025 Hedeflenen")
    numbers = st.one_of(
        st.none(),
        st.integers(-1000, 1000).map(Decimal),
        st.integers(0, 10**14).map(lambda n: Decimal(n).scaleb(-2)),
        st.just(Decimal("9" * 57 + ".25")),
    )
    points = st.tuples(numbers, numbers, numbers).filter(lambda point: sum(n is not None for n in point) > 1)
    count = draw(st.sampled_from([1, 2, 4, 20]))
    series = tuple(Series(draw(NAMES), draw(points)) for _ in range(count))
    return Chart("lines", "Seyir", ChartKind.LINES, categories=years, series=series)


@st.composite
def flows(draw: st.DrawFn) -> Chart:
    sources = draw(st.lists(NAMES, min_size=1, max_size=18, unique=True))
    targets = draw(st.lists(NAMES, min_size=1, max_size=14, unique=True))
    ends = [(source, target) for source in sources for target in targets]
    bands = tuple(Band(*end, draw(AMOUNTS)) for end in ends if draw(st.integers(0, 3)) == 0)
    return Chart("flow", "Akış", ChartKind.FLOW, "TL", tuple(targets), bands=bands, places=2)


def printed(data: bytes) -> str:
    return tight("".join(pages(data)))


def chart_of(numbers: list[str], *, kind: ChartKind = ChartKind.BARS, total: str = "Toplam") -> Chart:
    categories = tuple(f"{n}. kalem" for n in range(1, len(numbers) + 1))
    return Chart("k", "Başlık", kind, "TL", categories, (Series("TL", tuple(map(Decimal, numbers))),), (), 2, total)


@settings(max_examples=12, deadline=None)
@given(bar_charts())
def test_bars(chart: Chart) -> None:
    data = pdf_of(Heading(2, "Başlık"), ChartBlock(chart, "Şekil 1"))
    assert misplaced(data) == []
    text = printed(data)
    # of a single number there is no sum to tell
    for name in (*chart.categories, chart.total if len(chart.categories) > 1 else ""):
        assert tight(fonts().clean(name)) in text
    for series in chart.series:
        for number in series.numbers:
            assert number is None or not number or format_number(number, 2) in text


@settings(max_examples=12, deadline=None)
@given(line_charts())
def test_lines(chart: Chart) -> None:
    data = pdf_of(Heading(2, "Başlık"), ChartBlock(chart, "Şekil 1"))
    assert misplaced(data) == []
    text = printed(data)
    short = [n for series in chart.series for n in series.numbers if n is not None and abs(n) < 10**20]
    assert all(format_number(number) in text for number in short)


@settings(max_examples=12, deadline=None)
@given(flows())
def test_flows(chart: Chart) -> None:
    data = pdf_of(Heading(2, "Başlık"), ChartBlock(chart, "Şekil 1"))
    assert [line for line in misplaced(data) if "outside" in line] == []
    text = printed(data)
    bands = [band for band in chart.bands if band.number]
    for at in (0, 1):
        sums: dict[str, Decimal] = {}
        for band in bands:
            sums[band[at]] = sums.get(band[at], Decimal(0)) + band.number
        for name, number in sums.items():
            assert tight(fonts().clean(name)) in text
            assert format_number(number, 2) + "TL" in text


def test_the_names_of_a_flow_stand_clear_of_its_figures() -> None:
    bands = tuple(Band(f"{n}. Amaç", code, Decimal(10**n)) for n in range(8) for code in ("01 Personel", "03 Mal"))
    data = pdf_of(ChartBlock(Chart("flow", "Akış", ChartKind.FLOW, "TL", bands=bands, places=2), "Şekil 1"))
    assert misplaced(data) == []


def test_bands_bear_the_figures_they_have_room_for() -> None:
    """Shares, where they stand clear of the bands' edges and of other bands."""

    def found(*amounts: int) -> list[str]:
        bands = tuple(Band(f"{n % 2}. Amaç", f"0{n // 2}", Decimal(amount)) for n, amount in enumerate(amounts))
        looks = look("")
        diagram = flow(Chart("f", "Akış", ChartKind.FLOW, "TL", bands=bands), Pen(looks, Measurer(), 70, 540, 700))[0]
        return sorted(text.text for text in diagram.texts if text.style == looks.cell(SMALLEST))

    assert found(70) == ["%100,00"]
    assert found(70, 0, 0, 29, 1) == ["%29,00", "%70,00"]
    assert found(10**25, 10**25, 10**25, 10**25, 1) == ["%25,00"] * 4


def test_names_too_long_for_a_flow_are_numbered_and_told_below() -> None:
    names = [f"{n}. " + "Uzun bir amaç adı " * 15 for n in range(14)]
    bands = tuple(Band(name, f"0{n % 9}", Decimal(1000 + n)) for n, name in enumerate(names))
    data = pdf_of(ChartBlock(Chart("flow", "Akış", ChartKind.FLOW, "TL", bands=bands, places=2), "Şekil 1"))
    assert misplaced(data) == []
    text = printed(data)
    assert all(tight(f"({n}){name}") in text for n, name in enumerate(names, 1))


def test_zeros_alone() -> None:
    data = pdf_of(ChartBlock(chart_of(["0.00", "0.00"]), "Şekil 1"))
    assert misplaced(data) == []
    assert printed(data).count("0,00") == 3
    assert "%" not in printed(data)


def test_nothing_to_draw_leaves_nothing() -> None:
    empty = (ChartKind.BARS, ChartKind.STACKED, ChartKind.LINES, ChartKind.FLOW)
    data = pdf_of(Heading(1, "Başlık"), *(ChartBlock(Chart("k", "Boş", kind), "Şekil 1") for kind in empty))
    assert "Şekil" not in printed(data)


def test_a_share_follows_each_amount() -> None:
    (page,) = pages(pdf_of(ChartBlock(chart_of(["1.00", "2.00"]), "Şekil 1")))
    assert "1. kalem 1,00 %33,33 2. kalem 2,00 %66,67 Toplam 3,00 %100,00" in page


def test_a_chart_of_thirty_rows_stands_on_one_page() -> None:
    data = pdf_of(Heading(1, "Başlık"), ChartBlock(chart_of([f"{n}.00" for n in range(1, 31)]), "Şekil 1"))
    assert len(pages(data)) == 1
    assert misplaced(data) == []


def test_figures_of_a_stack_stand_under_their_series() -> None:
    series = (Series("Memur", (Decimal(3), Decimal(5))), Series("İşçi", (Decimal(0), Decimal(8))))
    chart = Chart("k", "x", ChartKind.STACKED, "Kişi", ("Kadın", "Erkek"), series, places=0, total="Toplam")
    (page,) = pages(pdf_of(ChartBlock(chart, "")))
    assert "Memur İşçi Toplam Kadın 3 0 3 %18,75 Erkek 5 8 13 %81,25 Toplam 8 8 16 %100,00" in page


def test_a_mark_stands_in_place_of_a_figure_and_a_head_over_the_shares() -> None:
    series = (Series("Memur", (Decimal(3), None), ("", "-")), Series("İşçi", (Decimal(1), Decimal(4))))
    chart = Chart("k", "x", ChartKind.STACKED, "Kişi", ("Lise", "Doktora"), series, places=0, total="Toplam")
    chart = replace(chart, percent="{share}", share_head="Pay (%)")
    (page,) = pages(pdf_of(ChartBlock(chart, "")))
    assert "Memur İşçi Toplam Pay (%) Lise 3 1 4 50,00 Doktora - 4 4 50,00 Toplam 3 5 8 100,00" in page


def test_what_is_not_known_has_no_figure() -> None:
    """A zero is a number; what has none is as blank as in the table, and so is a row of such."""
    series = (Series("Memur", (Decimal(3), Decimal(0), None)), Series("İşçi", (None, Decimal(5), None)))
    chart = Chart("k", "x", ChartKind.STACKED, "Kişi", ("Lise", "Lisans", "Doktora"), series, places=0, total="Toplam")
    (page,) = pages(pdf_of(ChartBlock(chart, "")))
    assert "Lise 3 3 %37,50 Lisans 0 5 5 %62,50 Doktora Toplam 3 5 8 %100,00" in page


def test_the_list_of_figures_leads_to_a_chart() -> None:
    listing = Contents("Şekiller Listesi", of=Listing.FIGURES)
    data = pdf_of(listing, Heading(1, "Bölüm"), ChartBlock(chart_of(["1.00"]), "Şekil 1 Dağılım"))
    first, second = pages(data)
    assert "Şekil 1 Dağılım" in first
    assert "Şekil 1 Dağılım" in second
    links = [link.get_object() for link in pypdf.PdfReader(io.BytesIO(data)).pages[0]["/Annots"]]
    assert len(links) == 1


def test_only_the_book_s_fonts() -> None:
    data = chart_pdf(chart_of(["1.00", "20.00"]), "", 400)
    names: set[str] = set()
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(font.get_object()["/BaseFont"].split("+")[-1])
            assert "/ToUnicode" in font.get_object()
    assert names <= {"NotoSans-Regular", "NotoSans-Bold"}


def test_a_chart_as_a_file_of_its_own() -> None:
    data = chart_pdf(chart_of(["1.00", "20.00"]), "#225588", 400)
    (page,) = pypdf.PdfReader(io.BytesIO(data)).pages
    assert float(page.mediabox.width) == pytest.approx(400)
    assert float(page.mediabox.height) < 120
    assert misplaced(data) == []
    assert "2. kalem" in pages(data)[0]
    assert data == chart_pdf(chart_of(["1.00", "20.00"]), "#225588", 400)


def test_bookmarks_lead_to_the_heading_of_a_chart() -> None:
    data = pdf_of(Heading(1, "Bölüm"), ChartBlock(chart_of(["1.00"]), "Şekil 1 Dağılım"))
    assert (0, "Bölüm", 1) in bookmarks(data)


def test_shapes_as_operators() -> None:
    plate = Plate(Pen(look(""), Measurer(), 0, 100, 100))
    plate.rect(10, 5, 20, 8, (1, 0, 0))
    plate.line([(0, 0), (10, 4)], (0, 0, 0), 0.5, dashed=True)
    plate.dot(5, 5, 1, (1, 1, 1), (0, 0, 0))
    plate.band(0, 10, 2, 4, 1, (0, 0, 1))
    strip = plate.strip(20)
    assert strip.drawing is not None
    assert list(operators(strip.drawing, 700)) == [
        "q 1 0 0 1 0 700.00 cm",
        "1.000 0.000 0.000 rg",
        "10.00 -13.00 20.00 8.00 re f",
        "0.000 0.000 0.000 RG 0.5 w [2 2] 0 d 1 j",
        "0.00 0.00 m 10.00 -4.00 l S",
        "1.000 1.000 1.000 rg",
        "0.000 0.000 0.000 RG 1 w [] 0 d 0 j",
        (
            "6.00 -5.00 m 6.00 -4.45 5.55 -4.00 5.00 -4.00 c 4.45 -4.00 4.00 -4.45 4.00 -5.00 c "
            "4.00 -5.55 4.45 -6.00 5.00 -6.00 c 5.55 -6.00 6.00 -5.55 6.00 -5.00 c h B"
        ),
        "0.000 0.000 1.000 rg",
        "0.00 -2.00 m 5.00 -2.00 5.00 -4.00 10.00 -4.00 c 10.00 -5.00 l 5.00 -5.00 5.00 -3.00 0.00 -3.00 c h f",
        "Q",
    ]


@pytest.mark.parametrize("count", [2, 4, 6])
def test_shades_are_apart_in_grey(count: int) -> None:
    greys = [0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in shades(look("").palette.accent, count)]
    steps = [after - before for before, after in pairwise(greys)]
    assert all(step > 0.08 for step in steps)
    assert greys[-1] < 0.92


def numbered(caption: str, rows: int) -> TableBlock:
    column = Column("name", "Ad")
    made = tuple(Row(Role.DETAIL, str(n), (Cell(f"Satır {n}"),)) for n in range(rows))
    return TableBlock(Table("kind", "1", caption, (Part("p", (column,), ((Head("Ad"),),), made),)))


def test_a_table_is_not_parted_for_its_chart() -> None:
    """A chart that shows a table goes on with it only for a little white; any other goes where there is room."""

    def found(above: int, rows: int, *, of_table: bool = True) -> list[str]:
        chart = ChartBlock(line_chart(4), "Şekil 1 Seyir", of_table=of_table)
        data = pdf_of(numbered("Tablo 1", above), numbered("Tablo 2", rows), chart)
        return [" ".join(page.split()) for page in pages(data)]

    for above, rows, of_table in ((22, 20, True), (28, 18, False)):
        first, second = found(above, rows, of_table=of_table)
        assert "Tablo 2" in first
        assert "Tablo 2" not in second
        assert "Şekil 1" in second
    # rather than press the page for the table alone
    first, second = found(28, 18)
    assert "Tablo 2" not in first
    assert "Tablo 2" in second
    assert "Şekil 1" in second


def drawn_lines(*points: tuple[Decimal | None, str]) -> tuple[str, str]:
    """Return the text and the operators of a chart of one series that promises its last year."""
    series = Series("Gösterge", tuple(number for number, _ in points), tuple(text for _, text in points))
    years = tuple(str(2023 + n) for n in range(len(points)))
    chart = Chart("c", "Seyir", ChartKind.LINES, categories=years, series=(series,), promised=len(points) - 1)
    data = chart_pdf(chart, "#225588", 300)
    (page,) = pypdf.PdfReader(io.BytesIO(data)).pages
    return pages(data)[0], page.get_contents().get_data().decode("latin-1")


def test_a_year_without_a_number_says_what_the_table_says() -> None:
    text, _ = drawn_lines((Decimal(3), "3"), (None, "X"), (Decimal(5), "5"), (None, "yalnızca pilot mahallelerde"))
    assert "3 X 5 yalnızca pilot mahallelerde" in text
    text, _ = drawn_lines((Decimal(3), "3"), (Decimal(5), "5"), (None, "uzun " * 60))
    assert 4 < text.count("uzun") < 60
    assert "…" in text


def test_a_line_is_dashed_only_over_what_is_missing() -> None:
    def dashed(*numbers: int | None) -> int:
        points = [(None if number is None else Decimal(number), "") for number in numbers]
        return drawn_lines(*points)[1].count("[2 2] 0 d")

    assert dashed(3, 5, 4) == 0
    assert dashed(None, 5, 4) == 0
    assert dashed(3, 5, None) == 0
    assert dashed(3, None, 4) == 1
    assert dashed(3, 4, None, 5, None, None, 6) == 2


def test_only_the_promised_year_has_the_full_dot() -> None:
    def white_dots(*numbers: int | None) -> int:
        points = [(None if number is None else Decimal(number), "") for number in numbers]
        return drawn_lines(*points)[1].count("1.000 1.000 1.000 rg")

    assert white_dots(3, 5, 4) == 2
    assert white_dots(3, 5, None) == 2
    assert white_dots(None, 5, 4) == 1


def line_chart(count: int) -> Chart:
    numbers = (Decimal(3), Decimal(5), Decimal(4))
    series = tuple(Series(f"{n}. Gösterge adı (adet)", numbers) for n in range(count))
    return Chart("c", "Seyir", ChartKind.LINES, categories=("2024", "2025", "2026"), series=series)


def test_small_lines_stand_as_many_side_by_side_as_makes_them_low() -> None:
    """Five short names in one row; long names leave fewer the room for it."""

    def height(chart: Chart) -> float:
        reader = pypdf.PdfReader(io.BytesIO(chart_pdf(chart, "", 470)))
        return float(reader.pages[0].mediabox.height)

    assert height(line_chart(5)) == pytest.approx(height(line_chart(4)), abs=1)
    assert height(line_chart(6)) > height(line_chart(5)) + 30
    wide = tuple(Series(one.label, (MAX_AMOUNT,) * 3) for one in line_chart(5).series)
    assert height(replace(line_chart(5), series=wide)) > height(line_chart(5)) * 2
