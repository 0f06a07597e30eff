"""A small fictional municipality for tests that want to know what they edit."""

from decimal import Decimal
from typing import Final

from tests.strategies import PNG

from perfdesk.domain.administration import Administration, PersonnelStatus, Picture, Population, Signatory, Unit
from perfdesk.domain.control import Acceptance, AppropriationByCode, AppropriationByUnit, Appropriations
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
from perfdesk.domain.results import (
    Accounts,
    ActivityResult,
    BalanceSheetItem,
    Debt,
    Expenditure,
    ExpenditureByCode,
    ExpenditureByUnit,
    IndicatorResult,
    Results,
    Revenue,
)
from perfdesk.domain.texts import BlockKind, PolicyDocument, Run, Section, TextBlock
from perfdesk.domain.value import Value, ValueKind
from perfdesk.services.editing.fields import Field, Known
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.tables.form import load_form

YEAR: Final = 2025


def lira(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("0.01"))


def example() -> Municipality:
    return Municipality(
        Administration(
            "Çamlıova Belediyesi",
            "district",
            "Ilgazlı",
            population=(Population(2022, 61_204), Population(2023, 61_877)),
            short_name="Çamlıova",
            web="www.camliova.example",
            logo="logo",
            colour="#225588",
            signatories=(Signatory("mayor", "", ("Belediye Başkanı",)), Signatory("finance")),
            personnel_statuses=tuple(map(PersonnelStatus, ("Memur", "İşçi", "Şirket personeli"))),
        ),
        units=(
            Unit("u1", "Fen İşleri Müdürlüğü", "FİM", ("Fen Müd.",)),
            Unit("u2", "Park ve Bahçeler Müdürlüğü", parent="u3"),
            Unit("u3", "Başkan Yardımcılığı", inactive=False),
        ),
        plans=(
            Plan(
                2025,
                2029,
                "Hizmet etmek.",
                "Yaşanır bir ilçe.",
                ("Açıklık", "Eşitlik"),
                (
                    Goal("g1", "1", "Ulaşım", "Altyapı", (Objective("o1", "1.1", "Yollar"), Objective("o2", "", "İş"))),
                    Goal("g2", "", "Çevre", "", (Objective("o3", "", "Yeşil alan"),)),
                ),
            ),
            Plan(2020, 2024, goals=(Goal("g1", "A1", "Ulaşım", "", (Objective("o1", "H1", "Yol"),)),)),
        ),
        programme_list=(
            ProgrammeEntry("p1", "56", "Şehir", True, (SubProgrammeEntry("sp1", "56.1", "Yol"),)),
            ProgrammeEntry("p2", "57", "Yönetim ve destek", None, (SubProgrammeEntry("sp2", "57.1", "Destek"),)),
        ),
        pictures=(Picture("logo", "amblem.png", "image/png", PNG),),
        programmes=(_programme(), _former_programme()),
    )


def _programme() -> Programme:
    roads = Target(
        "t1",
        "o1",
        "1.1.1",
        "Yolların <yenilenmesi> & bakımı",
        "Açıklama\nikinci satır",
        indicators=(
            Indicator(
                "i1",
                "",
                "Yenilenen yol",
                "km",
                "Not",
                Decimal("60.00"),
                False,
                "increase",
                values={
                    (2023, ValueKind.REALISED): Value(Decimal("12.50")),
                    (2024, ValueKind.ESTIMATE): Value(mark="-"),
                    (2025, ValueKind.TARGET): Value(text="60 bin"),
                    (2025, ValueKind.PLANNED): Value(Decimal(-3)),
                },
                type="output",
                owner="u1",
                baseline=Decimal("10.0"),
                sub_programme_objective="so1",
            ),
            Indicator("i2", "PG 8.10", "Memnuniyet", "%", values={(2025, ValueKind.TARGET): Value(Decimal(85))}),
            Indicator("i3", name="Ertelenen", deferred=True),
        ),
        activities=(
            Activity("a1", "", "Asfalt", sub_programme="sp1"),
            Activity("a2", "F.9", "Kaldırım"),
            Activity("a3", "", "Bordür"),
            Activity("a4", "", "Maliyetsiz"),
        ),
        cost_sheets=(
            # not neighbours, divided
            CostSheet(
                ("a1", "a3"),
                ("u1", "u2"),
                ("u3",),
                "Birlikte",
                (CostLine("03", lira("100.10")), CostLine("06", lira("900")), CostLine("03", lira("0.90"))),
                (Transfer("İl Özel İdaresi", "05", lira("50.55")),),
                {"foreign": lira("7"), "revolving_fund": lira("0")},
                {"a1": lira("1000.50"), "a3": lira("0.50")},
                (OtherAmount(2026, AmountKind.FORECAST, lira("1100"), "06"),),
            ),
            CostSheet(("a2",), ("u2",), lines=(CostLine(None, lira("250")),)),
        ),
    )
    parks = Target(
        "t2",
        "o3",
        "",
        "Parklar",
        activities=(Activity("a5", "", "Ağaç dikimi"), Activity("a6")),
        cost_sheets=(CostSheet(("a5", "a6")),),
    )
    return Programme(
        YEAR,
        (roads, parks),
        (CostLine("01", lira("4000")), CostLine("09", lira("1000.01"))),
        (Transfer("Kalkınma Birliği", "05", lira("300")),),
        (
            ResourceTable(
                "Fiziksel Kaynaklar",
                "Araçlar",
                (("Tür", "Sayı", "Sayı"), ("", "Resmî", "Kiralık")),
                (ResourceRow(("Kamyon", "3", "1")), ResourceRow(("Binek", "2"))),
                "vehicles",
                True,
                True,
                2,
                "Kaynak: Destek Hizmetleri",
            ),
        ),
        Results(),
        layout="official",
        layout_settings={"labels.grand_total": "TOPLAM"},
        sections=(
            Section(
                "foreword",
                "Sunuş",
                (
                    TextBlock(BlockKind.HEADING, (Run("Başlık"),), 2),
                    TextBlock(BlockKind.PARAGRAPH, (Run("Kalın ", True), Run("ince"))),
                    TextBlock(BlockKind.PICTURE, picture="logo", caption="Amblem"),
                ),
            ),
        ),
        policy_documents=(PolicyDocument("Kalkınma Planı", "3", "md. 12", "Şehirler …", 2024, 2028),),
        appropriations=Appropriations(
            (AppropriationByCode("01", Decimal("1200.50")), AppropriationByCode("05", Decimal("0.00"))),
            (AppropriationByUnit(Decimal("700.25"), "u1"), AppropriationByUnit(Decimal("500.25"))),
        ),
        acceptances=(Acceptance("0123456789abcdef", "OLC-05", "Bu yıl yapılmayacak.", "2024-10-01"),),
        sub_programmes=(
            SubProgramme(
                "sp1",
                "Açıklama",
                ("u1",),
                (SubProgrammeObjective("so1", "Güvenli yol", ("o1", "o2")),),
                (Indicator("i4", name="Kaza", direction="decrease"),),
                (Activity("a7", name="İşaretleme"), Activity("a8", name="Işıklandırma")),
                (CostSheet(("a7",), lines=(CostLine("03", lira("10")),)),),
            ),
        ),
        other_general_administration=(OtherAmount(2024, AmountKind.BUDGET, lira("3500"), "01"),),
    )


def _former_programme() -> Programme:
    return Programme(
        2024,
        (
            Target(
                "t1",
                "o1",
                "H1.1",
                "Yol bakımı",
                indicators=(Indicator("i1", "PG1", "Yenilenen yol uzunluğu", "km"),),
                activities=(Activity("a1", "F1", "Asfaltlama"),),
            ),
        ),
        results=Results(
            (IndicatorResult("i1", "year", Value(Decimal(11)), "Hava", "", Decimal(11), Decimal(12)),),
            (ActivityResult("a1", "H1", lira("12.34")), ActivityResult("a1", "year", None, "Bilinmiyor")),
            Accounts(
                (Revenue(lira("100"), lira("90"), lira("1"), "01", "Vergi"),),
                (ExpenditureByCode("03", lira("80"), lira("70"), "Mal"),),
                (ExpenditureByUnit("u1", lira("80"), lira("85"), lira("70")),),
                (Expenditure("u1", "03", lira("80"), lira("85"), lira("70")),),
                (BalanceSheetItem("liabilities", lira("-5"), "59", "Dönem zararı"),),
                (Debt(lira("20"), "İller Bankası"),),
            ),
            (ResourceTable(caption="Birim tablosu", rows=(ResourceRow(("x",)),)),),
        ),
    )


# what typed texts may refer to, where they refer to nothing of a file
KNOWN: Final = Known(Municipality(Administration("Kına Belediyesi", "town")), load_form(""))
# every field of every table that takes any text; what is not in a file's own row from the first cannot be tried
TEXT_FIELDS: Final = [
    (table, column)
    for table, kind in sorted(RECORD_TYPES.items())
    for column, field in sorted(kind.fields.items())
    if type(field) is Field
]
