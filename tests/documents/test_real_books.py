"""The presets are the layouts of real books: each column, kind of row, word, order and notation of theirs is there.

The goldens hold the whole of a small book in every layout, line by line; ``UPDATE_GOLDEN=1`` renews them. What the real
books are known by is said again below in so many words, so that renewing a golden cannot lose it.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from perfdesk.documents import programme_book
from perfdesk.documents.blocks import Block, Document, Heading, TableBlock
from perfdesk.domain.administration import Administration, Signatory, Unit
from perfdesk.domain.costs import AmountKind, CostLine, CostSheet, OtherAmount, Transfer
from perfdesk.domain.plan import Goal, Objective, Plan, ProgrammeEntry, SubProgrammeEntry
from perfdesk.domain.programme import (
    Activity,
    Indicator,
    Municipality,
    Programme,
    SubProgramme,
    SubProgrammeObjective,
    Target,
)
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.texts import BlockKind, PolicyDocument, Run, Section, TextBlock
from perfdesk.domain.value import Value, ValueKind
from perfdesk.services.output.exporting import programme_context
from perfdesk.tables.layout import LAYOUTS
from perfdesk.tables.table import Cell, Head, Table

GOLDEN: Final = Path(__file__).resolve().parents[1] / "golden" / "books"
YEAR: Final = 2025
_KINDS: Final = (
    (YEAR - 2, ValueKind.REALISED),
    (YEAR - 1, ValueKind.PLANNED),
    (YEAR - 1, ValueKind.ESTIMATE),
    (YEAR, ValueKind.TARGET),
    (YEAR + 1, ValueKind.FORECAST),
    (YEAR + 2, ValueKind.FORECAST),
)
_TEXTS: Final = ("quotation", "foreword", "authority", "physical_resources", "it_resources", "other")
_BEFORE: Final = (AmountKind.BUDGET, AmountKind.SPENDING, AmountKind.ESTIMATE)


def line(code: str | None, lira: str) -> CostLine:
    return CostLine(code, Decimal(f"{lira}.00"))


def indicator(id_: str, name: str, unit: str, *numbers: str, note: str = "") -> Indicator:
    values = {key: Value(Decimal(number)) for key, number in zip(_KINDS, numbers, strict=True)}
    return Indicator(id_, "", name, unit, note, values=values, sub_programme_objective="h", owner="fen")


def others(*lira: str) -> tuple[OtherAmount, ...]:
    """Return what is known of the other years, in thousands of lira."""
    keys = [(YEAR - 1, kind) for kind in _BEFORE] + [(YEAR + n, AmountKind.FORECAST) for n in (1, 2)]
    return tuple(OtherAmount(*key, Decimal(f"{amount}000.00"), "03") for key, amount in zip(keys, lira, strict=True))


def text(key: str) -> Section:
    return Section(key, "", (TextBlock(BlockKind.PARAGRAPH, (Run("Metin."),)),))


def staff(kind: str, *groups: str) -> ResourceTable:
    header = (("Statü", *groups),)
    rows = tuple(ResourceRow((status, "3", "4")) for status in ("Memur", "İşçi"))
    return ResourceTable("İnsan Kaynakları", f"Personel {kind}", header, rows, f"personnel_{kind}", True, True)


def municipality(layout: str) -> Municipality:
    """Return a municipality of two targets: a sheet for each activity under one, a sheet for both under the other."""
    roads = Target(
        "t1",
        "o1",
        title="Yolları yenilemek",
        description="Yollar eskidir.",
        indicators=(
            indicator("i1", "Yenilenen yol", "km", "1250", "1300", "1280", "1400", "1500", "1600", note="Asfalt."),
            indicator("i2", "Memnuniyet", "%", "60", "64", "62.5", "70", "75", "80"),
        ),
        activities=(
            Activity("a1", name="Asfalt serimi", sub_programme="s1", description="Asfalt serilir."),
            Activity("a2", name="Kaldırım yapımı", sub_programme="s1", description="Kaldırım yapılır."),
        ),
        cost_sheets=(
            CostSheet(("a1",), ("fen",), note="Öz kaynak.", lines=(line("01", "60000"), line(None, "500"))),
            CostSheet(("a2",), ("fen",), lines=(line("09", "7632000"),), other_amounts=others("5", "2", "4", "8", "9")),
        ),
    )
    # with codes of its own, which only some layouts print
    parks = Target(
        "t2",
        "o2",
        "H-2",
        "Parkları çoğaltmak",
        indicators=(replace(indicator("i3", "Park sayısı", "adet", "0", "0", "0", "2", "3", "4"), code="PG 8.10"),),
        activities=(
            Activity("a3", name="Park yapımı", sub_programme="s2"),
            Activity("a4", "F.9", "Ağaç dikimi", sub_programme="s2"),
        ),
        cost_sheets=(
            CostSheet(
                ("a3", "a4"),
                ("park", "fen"),
                lines=(line("03", "7650000"),),
                transfers=(Transfer("Büyükşehir Belediyesi", "05", Decimal("176000.00")),),
                off_budget={"foreign": Decimal("1000.00")},
            ),
        ),
    )
    goals = (
        Goal("g1", title="Ulaşım", objectives=(Objective("o1", title="Yolları yenilemek"),)),
        Goal("g2", title="Çevre", objectives=(Objective("o2", title="Parkları çoğaltmak"),)),
    )
    entries = (SubProgrammeEntry("s1", "56.1", "Yol"), SubProgrammeEntry("s2", "56.2", "Park"))
    programme = Programme(
        YEAR,
        (roads, parks),
        (line("01", "4000000"), line("09", "100000")),
        (Transfer("Kalkınma Birliği", "05", Decimal("30000.00")),),
        (
            staff("sex", "Kadın", "Erkek"),
            staff("education", "Lise", "Lisans"),
            staff("age", "18-25", "26-35"),
        ),
        form="programme_budget" if layout == "programme_budget" else "",
        layout=layout,
        sections=tuple(
            map(text, ("quotation", "foreword", "authority", "physical_resources", "it_resources", "other"))
        ),
        policy_documents=(PolicyDocument("Kalkınma Planı", "3", "md. 12", "Şehirler."),),
        sub_programmes=(
            SubProgramme("s1", units=("fen",), objectives=(SubProgrammeObjective("h", "Güvenli yollar", ("o1",)),)),
        ),
    )
    return Municipality(
        Administration(
            "Çamlıova Belediyesi",
            "district",
            address="Çarşı",
            phone="123",
            web="camliova.example",
            email="bilgi@camliova.example",
            signatories=(Signatory("mayor", "Ad Soyad", ("Belediye Başkanı", "Birlik Başkanı")),),
        ),
        units=(Unit("fen", "Fen İşleri Müdürlüğü"), Unit("park", "Park ve Bahçeler Müdürlüğü")),
        plans=(Plan(2025, 2029, "Hizmet.", "Yeşil kent.", ("Açıklık",), goals),),
        programme_list=(
            ProgrammeEntry("p1", "56", "Şehir", joint=True, sub_programmes=entries),
            ProgrammeEntry("p2", "98", "Yönetim ve Destek"),
        ),
        programmes=(programme,),
    )


@cache
def book(layout: str) -> Document:
    return programme_book.build(programme_context(municipality(layout), YEAR))


@cache
def written(layout: str) -> str:
    return "\n".join(said for block in book(layout).blocks for said in lines(block)) + "\n"


def lines(block: Block) -> Iterator[str]:
    """Yield what a block says, a line for each row of a table with cells and merged cells as they stand."""
    match block:
        case Heading(level, title, number, _):
            yield f"{'#' * level} {f'{number} {title}'.strip()}"
        case TableBlock(table):
            yield from table_lines(table)
        case _:
            said = (
                said
                for name, value in ((name, getattr(block, name)) for name in block.__slots__)
                if name
                in ("title", "number", "holds", "runs", "paragraphs", "imprint", "name", "titles", "caption", "source")
                for said in _words(value)
            )
            yield f"[{type(block).__name__}] {' | '.join(said)}".rstrip()


def _words(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    elif isinstance(value, Run):
        yield value.text
    elif isinstance(value, str) and value:
        yield value


def table_lines(table: Table) -> Iterator[str]:
    yield f"== {table.caption}"
    for fact in table.facts:
        strong = "**" if fact.strong else ""
        yield f"{fact.label} = {strong}{fact.text}{strong}".replace("\n", " / ").strip()
    for part in table.parts:
        for heads in part.head:
            yield f"heads    {_joined(heads)}"
        for row in part.rows:
            yield f"{row.role.value:<8} {_joined(row.cells)}".rstrip()
    yield from filter(None, (table.note, "" if table.has_rows else table.empty))


def _joined(cells: tuple[Cell | Head | None, ...]) -> str:
    said = []
    for cell in cells:
        text = cell.text.replace("\n", " / ") if cell else "<"
        across = f" ->{cell.span}" if cell and cell.span > 1 else ""
        down = f" v{cell.down}" if cell and cell.down > 1 else ""
        said.append(f"{text}{across}{down}".strip())
    return " | ".join(said)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_whole_book(layout: str) -> None:
    golden = GOLDEN / f"{layout}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(written(layout), "utf-8")
    assert written(layout).splitlines() == golden.read_text("utf-8").splitlines()


# by layout: what stands in the book in this order, as lines begin or as a part of one
DESCRIBED: Final[Mapping[str, tuple[str, ...]]] = {
    "official": (
        "# I- Genel Bilgiler",
        "## A- Yetki",
        "Tablo 6 Performans Hedefi Tablosu",
        "İdare Adı = ",
        "Amaç = 1. ",
        "Hedef = 1.1 ",
        "Performans Hedefi = ",
        "Açıklamalar = ",
        "Kod | Performans Göstergeleri | Ölçü Birimi | 2023 | 2024 | 2025",
        "PG. 1.1.1.1 | Yenilenen yol | km | 1.250 | 1.280 | 1.400",
        "detail   F.1.1.1.1 | Asfalt serimi | 60.500,00 | 0,00 | 60.500,00",
        "subtotal Ara Toplam",
        "total    Genel Toplam",
        "Faaliyet Maliyetleri Tablosu",
        "01 | Personel Giderleri | 60.000,00",
        "08 | Borç Verme | -",
        "İdare Performans Tablosu",
        "Performans Hedefi v2 | Faaliyet v2 | Açıklama v2 | Bütçe İçi ->2",
        "1.1.1 Yolları yenilemek v2 | F.1.1.1.1 Asfalt serimi | Öz kaynak. | 60.500,00 | 0,31%",
        "Toplam Kaynak İhtiyacı Tablosu",
        "Performans Hedefi | Faaliyetler | Sorumlu Birimler",
    ),
    "per_target": (
        "# I- Genel Bilgiler",
        "## 1. Yetki",
        "PERFORMANS HEDEFİ TABLOSU -1",
        "İdare Adı = ",
        "Amaç 1 = ",
        "Hedef 1.1 = ",
        "Performans Hedefi 1.1.1 = ",
        "\n= Yollar eskidir.",
        "Performans Göstergeleri | Ölçü Birimi | 2023 Gerçekleşen | 2024 Tahmini | 2025 Hedeflenen | Açıklamalar",
        "PG 1.1.1 Yenilenen yol | km | 1.250 | 1.280 | 1.400 | Asfalt.",
        "1 | Park yapımı | ₺7.650.000 v2 | ₺1.000 v2 | ₺7.651.000 v2",
        "F.9 | Ağaç dikimi |  |  |",
        "Faaliyetler = • Park yapımı / • F.9 Ağaç dikimi",
        "01 | Personel Giderleri | -",
        "03 | Mal ve Hizmet Alım Giderleri | ₺7.650.000",
        "Büyükşehir Belediyesi | ₺176.000",
        "1.1.1 | • Asfalt serimi / • Kaldırım yapımı | ₺7.692.500 | 39,15 | - | 0,00 |",
        "Performans Hedefi | Faaliyetler | Sorumlu Birimler",
        "1.1.1 Yolları yenilemek | • Asfalt serimi / • Kaldırım yapımı | Fen İşleri Müdürlüğü",
    ),
    "metropolitan": (
        "# 1 Genel Bilgiler",
        "## 1.1 Yetki",
        "### 2.3.1 Ulaşım",
        "Stratejik Amaç 1: = ",
        "Stratejik Hedef 1.1: = ",
        "Performans Hedefi (1): = ",
        "Açıklamalar = ",
        "No | Performans Göstergeleri | Ölçü Birimi | 2023 Gerçekleşen | 2024 Tahmin | 2025 Hedef",
        "1 | Yenilenen yol |",
        "Açıklamalar: Asfalt. ->6",
        "2 | Memnuniyet |",
        "Açıklamalar: ->6",
        "1 | Asfalt serimi | 60.500,00 | 0,00 | 60.500,00",
        "total    Genel Toplam",
        "detail   09 | Yedek Ödenekler | 7.632.000,00\nsubtotal",
        "### 2.3.2 Çevre",
        "Performans Hedefi (2): = ",
        "1 | Park sayısı |",
        "section  (1) | Yolları yenilemek | 7.692.500,00 | 39,15 | 0,00 | 0,00 |",
        "detail   1 | Asfalt serimi | 60.500,00 | 0,31 |",
        "section  (2) |",
        "detail   3, 4 |",
        "P.H.1 v2 | 1. Asfalt serimi | Fen İşleri Müdürlüğü v2",
    ),
    "plain": (
        "# 1- Genel Bilgiler",
        "## 1.A Yetki",
        "İdare Adı = Çamlıova Belediyesi",
        "Stratejik Amaç 1 = ",
        "Stratejik Hedef (1.1) = ",
        "No | Performans Göstergeleri | Ölçü Birimi | Önceki Yıl (2023) | Cari Yıl (2024) | Performans Hedef (2025)",
        "1 | Yenilenen yol |",
        "No | Faaliyetler\n",
        "1 | Asfalt serimi\n",
        "KAYNAK İHTİYACI (2025) TL | 7.692.500,00 TL",
        "Stratejik Amaç | Stratejik Hedef | Sorumlu Birimler",
    ),
    "programme_budget": (
        "### Program: 56. Şehir",
        "#### Alt Program: 56.1 Yol",
        "Program (Ortak) = 56. Şehir",
        "Performans Göstergesi | Ölçü Birimi | 2023 Gerçekleşme | 2024 Planlanan | 2024 Yıl Sonu Gerçekleşme Tahmini |",
        "2025 Hedef | 2026 Tahmin | 2027 Tahmin\n",
        "Alt Program Hedefi: Güvenli yollar",
        "Yenilenen yol | km | 1.250 | 1.300 | 1.280 | 1.400 | 1.500 | 1.600",
        "Göstergeye İlişkin Açıklama",
        "Hesaplama Yöntemi",
        "Verinin Kaynağı",
        "Sorumlu Birim",
        "Faaliyetler | 2024 Bütçe | 2024 Harcama (Haziran) | 2024 Yıl Sonu Harcama Tahmini | ",
        "2025 Bütçe | 2026 Tahmin | 2027 Tahmin\n",
        "Bütçe İçi | 5.000,00 | 2.000,00 | 4.000,00 | 7.632.000,00 | 8.000,00 | 9.000,00",
        "Bütçe Dışı |",
        "Toplam |",
        "Kaldırım yapımı:  | Kaldırım yapılır.",
        "Program / Alt Program / Faaliyet | 01 Personel Giderleri |",
        "98. YÖNETİM VE DESTEK | 4.000.000,00 |",
        "Program / Alt Program / Harcama Birimi |",
        "56.1 Yol |",
        "Fen İşleri Müdürlüğü |",
    ),
}
# what the real books of a layout do without
ABSENT: Final[Mapping[str, tuple[str, ...]]] = {
    "official": ("section  ",),
    "per_target": ("subtotal Ara Toplam", "%\n", ",00 TL"),
    "metropolitan": ("subtotal Ara Toplam", "| -\n", "02 | SGK Devlet Primi Giderleri | 0,00\n", "%\n"),
    "plain": ("Ekonomik Kod", "İdare Performans", "Toplam Kaynak", "Bütçe Dışı", "Açıklamalar"),
    "programme_budget": ("Performans Hedefi Tablosu",),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_the_real_books_are_known_by(layout: str) -> None:
    rest = written(layout)
    for said in DESCRIBED[layout]:
        before, found, rest = rest.partition(said)
        assert found, f"{said!r} does not stand behind {before[-60:]!r}"
    for said in ABSENT[layout]:
        assert said not in written(layout)
