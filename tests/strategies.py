"""Random municipalities for Hypothesis: whole files with every oddity the exchange format allows.

    from tests.strategies import municipalities

    @given(municipalities())
    def test_something(municipality: Municipality) -> None: ...

``municipalities()`` is valid exchange data by construction (``exchange.reading.read(write(m)) == m``), in the one form
in which equality means sameness: no blank value under a key whose absence says the same, rows all 0. It is made of few
Hypothesis draws (each a stock of 24 bits that is spent on many small choices), so an example takes a few milliseconds;
a choice of 0 is always the plainest, and a failing example therefore shrinks to a plain municipality.

What the arguments leave out: ``programme_budget`` sub-programmes and what hangs on them, ``results`` results and
accounts, ``sections`` texts and pictures, ``tables`` resource tables, ``wild`` texts that are more than letters.
``text_choices`` replaces the fragments texts are made of, for a test that must find them again.

Also here: ``texts()``, ``amounts()``, ``values()``, and ``content(data)``, which is what two exchange files must have
in common to have the same content.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

from perfdesk.domain.administration import KINDS, Administration, PersonnelStatus, Picture, Population, Signatory, Unit
from perfdesk.domain.costs import (
    OFF_BUDGET_SOURCES,
    AmountKind,
    CostLine,
    CostSheet,
    OtherAmount,
    Transfer,
)
from perfdesk.domain.money import MAX_AMOUNT, ZERO
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
from perfdesk.domain.value import BLANK, MARKS, Value, ValueKind, implied_kind
from perfdesk.tables.form import load_form

ECONOMIC_CODES: Final = tuple(load_form("").economic_codes)

T = TypeVar("T")

PLAIN: Final = (
    "yol",
    "Şehir içi ulaşım",
    "Ilgın İlçesi",
    "ÇĞIİÖŞÜ çğıiöşü",
    "kâğıt, hâl ve îmar",
    "Bakım-onarım giderleri",
    "%50",
    "60 bin",
    "Park ve Bahçeler Müdürlüğü",
)
# everything but control characters and half surrogates, which the format refuses
WILD: Final = (
    "<b>kalın</b> & “tırnak” 'tek' \"çift\"",
    "</para><font size=99>",
    "&lt;&#305;",
    "=1+1",
    "+A1",
    "-5",
    "@SUM(A1)",
    "'",
    "S\u0327 I\u0307 i\u0307 a\u0306",  # letters with their marks apart
    "\u0627\u0644\u0628\u0644\u062f\u064a\u0629 \u05e2\u05d9\u05e8",  # right to left
    "\u202eters\u202c",
    "👍🏽 👩‍👩‍👧 🇹🇷",
    "satır\nsonu\n\nboş",
    "sekme\tduraklı",
    "\u00a0\u200b\ufeff",
    "₺ ½ m² ≥ “…” –",
    "漢字",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3,
    "{n} {target} %s %(x)s \\n ${y}",
    "NULL",
    "0",
    " ",
)
TYPES: Final = ("", "input", "output", "outcome", "efficiency", "quality")
DIRECTIONS: Final = ("", "increase", "decrease", "keep")
ROLL_UPS: Final = ("", "sum", "last", "average", "ratio")
PERIODS: Final = ("year", "H1", "H2", "Q1", "Q2", "Q3", "Q4")
SECTIONS: Final = (
    "foreword",
    "authority",
    "organisation",
    "physical_resources",
    "other",
    "policies",
    "targets",
    "no-place",
)
SETTINGS: Final[tuple[dict[str, object], ...]] = (
    {},
    {"kurus": "when_needed"},
    {"labels.grand_total": "TOPLAM <&>"},
    {"always_numbered": ["indicator", "activity"], "codes.target": "P.H.{N}"},
    {"share": "%{share}", "zero": "-"},
)
_PERIODS: Final = (
    ((2020, 2024),),
    ((2020, 2024), (2025, 2029)),
    ((2025, 2029), (2020, 2024)),
    ((2019, 2023), (2022, 2026)),
)
_KINDS: Final = tuple(ValueKind)
_AMOUNT_KINDS: Final = tuple(AmountKind)
_FLAGS: Final = (None, True, False)
_STOCK: Final = 1 << 24
_stocks: Final = st.integers(0, _STOCK - 1)
_free_texts: Final = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\x7f", include_characters="\n\tıİğĞşŞ"
    ),
    max_size=40,
)


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0\0\xff\0" + b"\0\0\0\xff\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


PNG: Final = _png()
JPEG: Final = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00C\x00"
    + b"\xff" * 64
    + b"\xff\xc0\x00\x0b\x08\x00\x02\x00\x02\x01\x01\x11\x00\xff\xc4\x00\x14\x00\x01"
    + b"\x00" * 15
    + b"\x03\xff\xc4\x00\x14\x10\x01"
    + b"\x00" * 16
    + b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00?\xff\xd9"
)


class Choices:
    """Small choices out of few Hypothesis draws; 0 is the plainest."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any], fragments: Sequence[str]) -> None:
        self._draw = draw
        self._fragments = fragments
        self._stock = 0
        self._range = 1

    def below(self, n: int) -> int:
        """Return one of 0 … n-1."""
        if self._range < n:
            self._stock = self._draw(_stocks)
            self._range = _STOCK
        self._stock, chosen = divmod(self._stock, n)
        self._range //= n
        return chosen

    def once_in(self, n: int) -> bool:
        return self.below(n) == n - 1

    def pick(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def some(self, items: Sequence[T], most: int) -> tuple[T, ...]:
        """Return up to ``most`` different ones, in any order."""
        left = list(items)
        return tuple(left.pop(self.below(len(left))) for _ in range(min(self.below(most + 1), len(left))))

    def text(self, empty: bool = True) -> str:
        form = self.below(8)
        if form == 7 and self.once_in(6):
            text = str(self._draw(_free_texts))
        elif form == 0 and empty:
            return ""
        else:
            text = " ".join(self.pick(self._fragments) for _ in range((1, 1, 1, 1, 2, 2, 3, 0)[form]))
        return text if text or empty else "a"

    def texts(self, most: int) -> tuple[str, ...]:
        return tuple(self.text() for _ in range(self.below(most + 1)))

    def maybe(self) -> str:
        """Return a text for a field that is mostly empty."""
        return self.text() if self.once_in(4) else ""

    def code(self) -> str:
        return self.pick(("", "", "", "1.1", "8.10", "PG 1.1.1", "F.1-ı", "=1"))

    def flag(self) -> bool | None:
        return self.pick(_FLAGS)

    def number(self, *, negative: bool = True) -> Decimal:
        """Return a number whose digits matter: 12.50 is not 12.5."""
        form = self.below(8)
        if form < 4:
            number = Decimal(self.below(1000))
        elif form < 6:
            number = Decimal(self.below(100_000)).scaleb(-self.below(4))
        elif form == 6:
            number = Decimal(self.below(1000)) * 10 ** self.below(15)
        else:
            number = Decimal("1" + "0" * self.below(20) + "." + "123456789" * (1 + self.below(4)) + "0")
        # not "-number", which would round to the context's 28 digits
        return number.copy_negate() if negative and number and self.once_in(6) else number

    def value(self) -> Value:
        form = self.below(8)
        if form < 5:
            return Value(self.number())
        if form < 7:
            return Value(mark=self.pick(MARKS))
        return Value(text=self.text(empty=False))


class Purse:
    """Amounts whose sum stays within what a programme may hold, sometimes to the last kuruş."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self.left = MAX_AMOUNT

    def amount(self) -> Decimal:
        c = self._choices
        form = c.below(16)
        if form < 2:
            wanted = ZERO
        elif form < 9:
            wanted = Decimal(c.below(5000) * 1000).quantize(ZERO)
        elif form < 15:
            wanted = Decimal(c.below(10_000_000) * (1 + c.below(3))).scaleb(-2)
        elif c.once_in(3):
            wanted = self.left
        else:
            wanted = Decimal(c.below(1 << 24) * (1 + c.below(1 << 20))).scaleb(-2)
        spent = min(wanted, self.left)
        self.left -= spent
        return spent


@st.composite
def municipalities(
    draw: Callable[[st.SearchStrategy[Any]], Any],
    *,
    max_programmes: int = 3,
    max_targets: int = 4,
    programme_budget: bool = True,
    results: bool = True,
    sections: bool = True,
    tables: bool = True,
    wild: bool = True,
    text_choices: Sequence[str] | None = None,
) -> Municipality:
    """Return a whole municipality, all years; see the module."""
    fragments = text_choices or (PLAIN + WILD if wild else PLAIN)
    maker = _Maker(Choices(draw, fragments), max_targets, programme_budget, results, sections, tables)
    return maker.municipality(max_programmes)


@st.composite
def texts(draw: Callable[[st.SearchStrategy[Any]], Any], *, empty: bool = True) -> str:
    """Return a text the format allows."""
    return Choices(draw, PLAIN + WILD).text(empty)


def amounts() -> st.SearchStrategy[Decimal]:
    """Return amounts from 0,00 to the largest, with two decimals."""
    return st.one_of(
        st.integers(0, 10_000),
        st.integers(0, 10**9),
        st.integers(0, int(MAX_AMOUNT * 100)),
        st.just(999_999_999_999_999),
    ).map(lambda kurus: Decimal(kurus).scaleb(-2))


@st.composite
def values(draw: Callable[[st.SearchStrategy[Any]], Any], *, blank: bool = True) -> Value:
    """Return indicator values."""
    c = Choices(draw, PLAIN + WILD)
    return BLANK if blank and c.once_in(8) else c.value()


def content(data: Any) -> Any:
    """Return exchange data without keys that hold null, "", [] or {}: what two files of the same content share."""
    if isinstance(data, dict):
        kept = {key: content(value) for key, value in data.items()}
        return {key: value for key, value in kept.items() if value is not None and value not in ("", [], {})}
    if isinstance(data, list):
        return [content(item) for item in data]
    return data


class _Maker:
    """Makes one municipality; what later parts refer to is kept as ids."""

    def __init__(
        self, choices: Choices, max_targets: int, programme_budget: bool, results: bool, sections: bool, tables: bool
    ) -> None:
        self.c = choices
        self.max_targets = max_targets
        self.with_programme_budget = programme_budget
        self.with_results = results
        self.with_sections = sections
        self.with_tables = tables
        # one way of writing ids for the whole file, so that the same thing has the same id in every year
        self.decoration = choices.pick(("", "", "-Ş i", " =1", "👍"))
        self.same_ids = choices.once_in(3)  # a target, an indicator and an activity may be called alike
        self.units: tuple[str, ...] = ()
        self.pictures: tuple[str, ...] = ()
        self.entries: tuple[str, ...] = ()
        self.objectives: tuple[str, ...] = ()
        self.sub_objectives: tuple[str, ...] = ()
        self.numbers = {"target": 0, "indicator": 0, "activity": 0, "sub_objective": 0}
        self.others = Purse(choices)  # the other amounts of a programme

    def id(self, kind: str, n: int) -> str:
        return f"{'' if self.same_ids else kind}{n}{self.decoration}"

    def next_id(self, kind: str) -> str:
        # now and then one is passed over: not everything exists in every year
        self.numbers[kind] += 2 if self.c.once_in(5) else 1
        return self.id(kind, self.numbers[kind])

    def municipality(self, max_programmes: int) -> Municipality:
        c = self.c
        pictures = (
            tuple(
                Picture(self.id("picture", n), c.maybe(), *c.pick((("image/png", PNG), ("image/jpeg", JPEG))))
                for n in range(c.below(3))
            )
            if self.with_sections
            else ()
        )
        self.pictures = tuple(picture.id for picture in pictures)
        units = self._units(c.below(5))
        self.units = tuple(unit.id for unit in units)
        plans = tuple(self._plan(first, last) for first, last in c.pick(_PERIODS))
        programme_list = self._programme_list() if self.with_programme_budget and c.below(3) else ()
        self.entries = tuple(sub.id for entry in programme_list for sub in entry.sub_programmes)
        administration = self._administration()
        covered = sorted({year for plan in plans for year in range(plan.first_year, plan.last_year + 1)})
        frame = Municipality(administration, units, plans, programme_list, pictures)
        programmes: list[Programme] = []
        years = c.some(covered, max_programmes) or (covered[-1],)
        for year in years:
            self.objectives = tuple(frame.objectives_of(year))
            programmes.append(self._programme(year))
        return Municipality(administration, units, plans, programme_list, pictures, tuple(programmes))

    # --- what all years share ---------------------------------------------------------------------------------------

    def _administration(self) -> Administration:
        c = self.c
        if not c.once_in(3):
            return Administration(c.text(empty=False), c.pick(KINDS), c.maybe())
        return Administration(
            c.text(empty=False),
            c.pick(KINDS),
            c.text(),
            population=tuple(Population(2019 + n, c.below(1_000_000)) for n in range(c.below(4))),
            short_name=c.maybe(),
            address=c.text(),
            phone=c.maybe(),
            fax=c.maybe(),
            web=c.maybe(),
            email=c.maybe(),
            logo=c.pick(("", *self.pictures)),
            colour=c.pick(("", "#00aaFF")),
            signatories=tuple(
                Signatory(c.pick(("mayor", "finance", "authorising_officer", "other")), c.text(), c.texts(2))
                for _ in range(c.below(3))
            ),
            personnel_statuses=tuple(map(PersonnelStatus, c.texts(3))),
        )

    def _units(self, number: int) -> tuple[Unit, ...]:
        c = self.c
        later = c.below(2)  # whether a unit stands above those before or those after it
        units: list[Unit] = []
        for n in range(number):
            above = range(n + 1, number) if later else range(n)
            parent = self.id("unit", c.pick(above)) if above and c.once_in(3) else ""
            aliases = c.texts(2) if c.once_in(3) else ()
            units.append(Unit(self.id("unit", n), c.text(), c.maybe(), aliases, parent, c.flag()))
        return tuple(units)

    def _plan(self, first: int, last: int) -> Plan:
        c = self.c
        objectives = iter(range(1, 100))
        return Plan(
            first,
            last,
            c.maybe(),
            c.maybe(),
            c.texts(2) if c.once_in(3) else (),
            tuple(
                Goal(
                    self.id("goal", g),
                    c.code(),
                    c.text(),
                    c.maybe(),
                    tuple(
                        Objective(self.id("objective", next(objectives)), c.code(), c.text())
                        for _ in range(c.pick((1, 2, 1, 3, 2, 0)))
                    ),
                )
                for g in range(c.pick((1, 2, 3, 2, 1, 2, 3, 0)))
            ),
        )

    def _programme_list(self) -> tuple[ProgrammeEntry, ...]:
        c = self.c
        subs = iter(range(1, 100))
        return tuple(
            ProgrammeEntry(
                self.id("programme", n),
                c.code(),
                c.text(),
                c.flag(),
                tuple(
                    SubProgrammeEntry(self.id("sub", next(subs)), c.code(), c.text()) for _ in range(c.pick((1, 2, 0)))
                ),
            )
            for n in range(1 + c.below(2))
        )

    # --- a year -----------------------------------------------------------------------------------------------------

    def _programme(self, year: int) -> Programme:
        c = self.c
        self.numbers = dict.fromkeys(self.numbers, 0)
        purse = Purse(c)
        self.others = Purse(c)
        used = c.some(self.entries, 2) or self.entries[: 1 - c.below(2)]
        sub_objectives = [
            tuple(
                SubProgrammeObjective(self.next_id("sub_objective"), c.text(), c.some(self.objectives, 2))
                for _ in range(c.pick((1, 2, 0)))
            )
            for _ in used
        ]
        self.sub_objectives = tuple(o.id for objectives in sub_objectives for o in objectives)
        number = c.pick((1, *range(1, self.max_targets + 1), 2, 0)) if self.objectives else 0
        targets = tuple(self._target(year, purse) for _ in range(number))
        sub_programmes = tuple(
            SubProgramme(entry, c.maybe(), c.some(self.units, 2), objectives, **self._held(year, purse))
            for entry, objectives in zip(used, sub_objectives, strict=True)
        )
        general = tuple(CostLine(c.pick(ECONOMIC_CODES), purse.amount()) for _ in range(c.below(5)))
        transfers = tuple(self._transfer(purse) for _ in range(c.below(3)))
        other_general: tuple[OtherAmount, ...] = ()
        if self.with_programme_budget and c.once_in(3):
            other_general = tuple(
                OtherAmount(year - 1 + c.below(4), c.pick(_AMOUNT_KINDS), self.others.amount(), c.pick(ECONOMIC_CODES))
                for _ in range(c.below(3))
            )
        layout = c.pick(("", "official", "per_target", "metropolitan", "plain", "programme_budget"))
        return Programme(
            year,
            targets,
            general,
            transfers,
            tuple(self._resource_table() for _ in range(c.below(3))) if self.with_tables else (),
            self._results(targets, sub_programmes) if self.with_results and c.once_in(2) else Results(),
            c.pick(("", "classic", "programme_budget")),
            layout,
            dict(c.pick(SETTINGS)),
            tuple(self._section(key) for key in c.some(SECTIONS, 2)) if self.with_sections else (),
            tuple(self._policy_document() for _ in range(c.below(3))) if self.with_sections and c.once_in(3) else (),
            sub_programmes,
            other_general,
        )

    def _target(self, year: int, purse: Purse) -> Target:
        c = self.c
        return Target(
            self.next_id("target"),
            c.pick(self.objectives),
            c.code(),
            c.text(),
            c.text(),
            c.flag(),
            **self._held(year, purse),
        )

    def _held(self, year: int, purse: Purse) -> dict[str, Any]:
        c = self.c
        activities = tuple(self._activity() for _ in range(c.pick((1, 2, 3, 4, 3, 0))))
        return {
            "indicators": tuple(self._indicator(year) for _ in range(c.pick((1, 2, 0, 3)))),
            "activities": activities,
            "cost_sheets": self._cost_sheets([activity.id for activity in activities], year, purse),
        }

    def _indicator(self, year: int) -> Indicator:
        c = self.c
        values: dict[tuple[int, ValueKind], Value] = {}
        for of_year in range(year - 2, year + 2):
            if not c.once_in(4):
                values[of_year, implied_kind(year, of_year)] = c.value()
        plain = Indicator(
            self.next_id("indicator"),
            c.code(),
            c.text(),
            c.text(),
            c.maybe(),
            c.number(negative=False) if c.once_in(3) else None,
            c.flag(),
            c.pick(DIRECTIONS),
            c.flag(),
            values,
        )
        if not self.with_programme_budget or not c.once_in(3):
            return plain
        for _ in range(c.below(4)):
            key = (year - 1 + c.below(4), c.pick(_KINDS))
            # only among the other kinds is a blank something: the list has an entry for it
            if key[1] is not implied_kind(year, key[0]):
                values[key] = BLANK if c.once_in(6) else c.value()
        return Indicator(
            plain.id,
            plain.code,
            plain.name,
            plain.unit,
            plain.note,
            plain.weight,
            plain.cumulative,
            plain.direction,
            plain.deferred,
            values,
            c.maybe(),
            c.pick((None, 0, 2, 9)),
            c.pick(TYPES),
            c.maybe(),
            c.maybe(),
            c.maybe(),
            c.pick(("", *self.units)),
            c.maybe(),
            c.maybe(),
            c.pick(ROLL_UPS),
            c.number() if c.once_in(2) else None,
            c.pick(("", *self.sub_objectives)),
        )

    def _activity(self) -> Activity:
        c = self.c
        return Activity(self.next_id("activity"), c.code(), c.text(), c.maybe(), c.pick(("", *self.entries)), c.maybe())

    def _cost_sheets(self, activities: list[str], year: int, purse: Purse) -> tuple[CostSheet, ...]:
        """Return sheets over one or several activities, neighbours or not; some activities are in none."""
        c = self.c
        sheets: list[CostSheet] = []
        left = list(activities)
        while left and not c.once_in(5):
            together = [left.pop(c.below(min(2, len(left))))]
            while left and c.once_in(2):
                together.append(left.pop(c.below(len(left))))
            sheets.append(self._cost_sheet(tuple(together), year, purse))
        return tuple(sheets)

    def _cost_sheet(self, activities: tuple[str, ...], year: int, purse: Purse) -> CostSheet:
        c = self.c
        codes = (*ECONOMIC_CODES[:4], None, "09", None) if c.once_in(2) else ECONOMIC_CODES[:3]
        lines = tuple(CostLine(c.pick(codes), purse.amount()) for _ in range(c.pick((1, 2, 3, 0, 5))))
        split: dict[str, Decimal] = {}
        if c.once_in(2 if len(activities) > 1 else 4):
            rest = sum((line.amount for line in lines), ZERO)
            for activity in activities[1:]:
                part = (rest * c.below(8) / 7).quantize(ZERO, "ROUND_DOWN")
                split[activity] = part
                rest -= part
            split[activities[0]] = rest
        odd = c.once_in(2)
        return CostSheet(
            activities,
            c.some(self.units, 3),
            c.some(self.units, 2) if odd else (),
            c.maybe(),
            lines,
            tuple(self._transfer(purse) for _ in range(c.below(3))) if odd else (),
            {source: purse.amount() for source in c.some(OFF_BUDGET_SOURCES, 3)} if c.once_in(2) else {},
            split,
            tuple(
                OtherAmount(
                    year - 1 + c.below(4),
                    c.pick(_AMOUNT_KINDS),
                    self.others.amount(),
                    c.pick((None, *ECONOMIC_CODES)),
                    c.pick(("", "", *OFF_BUDGET_SOURCES)),
                )
                for _ in range(c.below(3))
            )
            if self.with_programme_budget and odd
            else (),
        )

    def _transfer(self, purse: Purse) -> Transfer:
        return Transfer(self.c.text(), self.c.pick(("05", "07", *ECONOMIC_CODES)), purse.amount())

    # --- tables and texts -------------------------------------------------------------------------------------------

    def _cell(self) -> str:
        c = self.c
        return c.pick(("", "3", "1.250", "12,5", "Toplam", "")) if c.below(3) else c.text()

    def _resource_table(self) -> ResourceTable:
        c = self.c
        width = 1 + c.below(4)
        header: tuple[tuple[str, ...], ...] = (tuple(self._cell() for _ in range(width)),)
        form = c.below(5)
        if form == 1:  # two levels: neighbours under one head, a head over both rows
            header = (("Yer", *["Araç"] * (width - 1)), ("", *(f"Tür {n}" for n in range(width - 1))))
        elif form == 2:
            header = ()
        elif form == 3:
            header = (*header, ())
        ragged = c.once_in(3)
        return ResourceTable(
            c.pick(("", "Fiziksel Kaynaklar", "İnsan Kaynakları")) if c.below(3) else c.text(),
            c.text(),
            header,
            tuple(
                ResourceRow(tuple(self._cell() for _ in range(c.below(width + 2) if ragged else width)))
                for _ in range(c.below(4))
            ),
            c.pick(("", "", "vehicles", "personnel_sex")),
            c.flag(),
            c.flag(),
            c.pick((None, None, 1, 2, 4)),
            c.maybe(),
        )

    def _section(self, key: str) -> Section:
        c = self.c
        return Section(key, c.maybe(), tuple(self._block() for _ in range(c.below(4))))

    def _block(self) -> TextBlock:
        c = self.c
        kind = c.pick(tuple(BlockKind) if self.pictures else (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.BULLET))
        runs = tuple(Run(c.text(), c.flag()) for _ in range(c.below(4)))
        level = c.pick((None, 1, 2, 3))
        if kind is BlockKind.PICTURE:
            return TextBlock(kind, runs if c.once_in(3) else (), None, c.pick(self.pictures), c.text())
        return TextBlock(kind, runs, level, caption=c.maybe())

    def _policy_document(self) -> PolicyDocument:
        c = self.c
        return PolicyDocument(
            c.text(), c.maybe(), c.maybe(), c.text(), c.pick((None, 2019, 2024)), c.pick((None, 2023, 2028))
        )

    # --- results ----------------------------------------------------------------------------------------------------

    def _results(self, targets: Iterable[Target], sub_programmes: Iterable[SubProgramme]) -> Results:
        c = self.c
        holders = (*targets, *sub_programmes)
        indicators = [indicator.id for holder in holders for indicator in holder.indicators]
        activities = [activity.id for holder in holders for activity in holder.activities]
        spending = Purse(c)
        return Results(
            tuple(self._indicator_result(c.pick(indicators)) for _ in range(c.pick((1, 2, 3, 0))) if indicators),
            tuple(
                ActivityResult(c.pick(activities), c.pick(PERIODS), c.pick((None, ZERO, spending.amount())), c.maybe())
                for _ in range(c.below(4))
                if activities
            ),
            self._accounts() if c.below(3) else Accounts(),
            tuple(self._resource_table() for _ in range(c.below(2))) if self.with_tables else (),
        )

    def _indicator_result(self, indicator: str) -> IndicatorResult:
        c = self.c
        return IndicatorResult(
            indicator,
            c.pick(PERIODS),
            BLANK if c.once_in(4) else c.value(),
            c.maybe(),
            c.pick(("", "", "not_measured", "not_applicable")),
            c.number() if c.once_in(3) else None,
            c.number() if c.once_in(3) else None,
            c.maybe(),
            c.maybe(),
            c.pick(("", *self.units)),
            c.pick(("", "2024-06-30")),
        )

    def _accounts(self) -> Accounts:
        c = self.c
        purses = [Purse(c) for _ in range(12)]

        def amounts_of(first: int, number: int) -> list[Decimal]:
            return [purses[first + n].amount() for n in range(number)]

        units = self.units
        return Accounts(
            tuple(Revenue(*amounts_of(0, 3), c.code(), c.text()) for _ in range(c.below(3))),
            tuple(ExpenditureByCode(c.pick(ECONOMIC_CODES), *amounts_of(3, 2), c.text()) for _ in range(c.below(3))),
            tuple(ExpenditureByUnit(c.pick(units), *amounts_of(5, 3)) for _ in range(c.below(3)) if units),
            tuple(
                Expenditure(c.pick(units), c.pick(ECONOMIC_CODES), *amounts_of(8, 3))
                for _ in range(c.below(3))
                if units
            ),
            tuple(self._balance_sheet_item(purses[11]) for _ in range(c.below(4))),
            tuple(Debt(Purse(c).amount(), c.text()) for _ in range(c.below(2))),
        )

    def _balance_sheet_item(self, purse: Purse) -> BalanceSheetItem:
        c = self.c
        amount = purse.amount()
        if amount and c.once_in(2):
            amount = -amount
        return BalanceSheetItem(c.pick(("assets", "liabilities")), amount, c.pick(("", "1", "10", "102")), c.text())
