"""Books of what hardly anyone has: the book is made, whole, and in its place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Final

import pytest
from tests.documents.writers.page_checks import bookmark_faults, font_faults, list_faults
from tests.documents.writers.pdf_reading import misplaced, pages, tight
from tests.example import example

from perfdesk.documents import programme_book
from perfdesk.documents.writers.pdf import write
from perfdesk.domain.administration import Administration, Unit
from perfdesk.domain.costs import CostLine, CostSheet
from perfdesk.domain.plan import Goal, Objective, Plan
from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, Target
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.texts import BlockKind, Run, Section, TextBlock
from perfdesk.domain.value import Value, ValueKind
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.tables.context import context
from perfdesk.tables.form import load_form
from perfdesk.tables.layout import LAYOUTS, layout_of

LONG: Final = 400
# what is read by people; ids and keys stay as they are
NAMES: Final = {
    *("name", "short_name", "title", "titles", "caption", "mission", "vision", "values", "service_area", "recipient"),
    *("description", "note", "unit", "text", "document", "reference", "method", "source", "definition"),
    *("address", "phone", "fax", "web", "email"),
}
WORDS: Final = "Sürdürülebilir çevre ve Iğdır’dan İzmir’e uzanan ağaçlandırma çalışmalarının yaygınlaştırılması "
YEAR: Final = 2027


def long_text(text: str) -> str:
    """Return a text of 400 letters that begins with the given one."""
    return f"{text} {WORDS * 6}"[:LONG].strip()


def lengthened(value: object, key: str = "") -> object:
    """Return a record with long names everywhere."""
    if isinstance(value, str):
        return long_text(value) if key in NAMES and value and not re.fullmatch(r"[\d.,%]+", value) else value
    if isinstance(value, tuple):
        return tuple(lengthened(item, key) for item in value)
    if is_dataclass(value):
        changed = {field.name: lengthened(getattr(value, field.name), field.name) for field in fields(value)}
        return replace(value, **{name: changed[name] for name in changed if not isinstance(changed[name], Mapping)})
    return value


def with_long_names() -> Municipality:
    """The small example and something of the sample, with long names."""
    sample = read(resource("sample", "guneycam.json").read_bytes())
    programme = sample.programmes[0]
    few = replace(programme, targets=programme.targets[:2], resource_tables=programme.resource_tables[:6])
    long_tables = tuple(
        replace(
            table,
            header=tuple(tuple(map(long_text, line)) for line in table.header),
            rows=tuple(replace(row, cells=(long_text(row.cells[0]), *row.cells[1:])) for row in table.rows[:5]),
        )
        for table in few.resource_tables
    )
    return lengthened(replace(sample, programmes=(replace(few, resource_tables=long_tables),)))


def in_deep_units() -> Municipality:
    """Units in a chain of 16, each with a long name, and a fan of 40 below the last."""
    chain = [Unit(f"u{n}", long_text(f"{n}. birim"), parent=f"u{n - 1}" if n else "") for n in range(16)]
    fan = [Unit(f"f{n}", long_text(f"{n}. şeflik"), parent="u15") for n in range(40)]
    return with_programme(Programme(YEAR), units=(*chain, *fan))


def with_programme(programme: Programme, **changes: object) -> Municipality:
    goal = Goal("g", "1", "Ulaşım", "", (Objective("o", "1.1", "Yollar"),))
    plain = Municipality(Administration("Güneyçam Belediyesi", "district"), plans=(Plan(2025, 2029, goals=(goal,)),))
    return replace(plain, programmes=(programme,), **changes)


def crowded() -> Municipality:
    """A target of 60 indicators and of 30 activities with an amount in each of nine codes."""
    codes = list(load_form("").economic_codes)[:9]
    kinds = (ValueKind.REALISED, ValueKind.ESTIMATE, ValueKind.TARGET)
    target = Target(
        "t",
        "o",
        "1.1.1",
        "Yolların yenilenmesi",
        indicators=tuple(
            Indicator(
                f"i{n}",
                name=f"{n}. gösterge: bakımı yapılan yol uzunluğu",
                unit="km",
                values={
                    (YEAR - 2 + at, kind): Value(Decimal(n * 7919 % 10_000) / 10 ** (n % 3))
                    for at, kind in enumerate(kinds)
                },
            )
            for n in range(60)
        ),
        activities=tuple(Activity(f"a{n}", name=f"{n}. faaliyet") for n in range(30)),
        cost_sheets=tuple(
            CostSheet((f"a{n}",), lines=tuple(CostLine(code, Decimal(n * 1000 + 1) / 100) for code in codes))
            for n in range(30)
        ),
    )
    return with_programme(Programme(YEAR, (target,)))


def with_long_table() -> Municipality:
    rows = tuple(ResourceRow((f"Taşınmaz {n}", "Merkez", str(n * 13))) for n in range(1, 1001))
    table = ResourceTable("Fiziksel Kaynaklar", "Taşınmazlar", (("Taşınmaz", "Mahalle", "Alan (m2)"),), rows)
    return with_programme(Programme(YEAR, resource_tables=(table,)))


def with_long_section() -> Municipality:
    texts = tuple(TextBlock(BlockKind.PARAGRAPH, (Run(f"Bent {n}. "), Run(WORDS * 12))) for n in range(320))
    return with_programme(Programme(YEAR, sections=(Section("authority", "Yetki", texts),)))


def without_content() -> Municipality:
    return Municipality(Administration("", ""), programmes=(Programme(YEAR),))


MADE: Final[Mapping[str, Callable[[], Municipality]]] = {
    "long names": with_long_names,
    "the example with long names": lambda: lengthened(example()),
    "deep units": in_deep_units,
    "crowded": crowded,
    "long table": with_long_table,
    "long section": with_long_section,
    "nothing": without_content,
}


def set_pages(municipality: Municipality) -> list[str]:
    programme = municipality.programmes[0]
    return pages(write(programme_book.build(context(municipality, programme, layout_of(programme, "official")))))


def test_a_long_text_is_whole() -> None:
    found = set_pages(with_long_section())
    assert len(found) >= 80
    text = tight("".join(found))
    assert all(text.count(f"Bent{n}.") == 1 for n in range(320))


def test_a_long_table_is_whole() -> None:
    text = " ".join(set_pages(with_long_table()))
    assert all(text.count(f"Taşınmaz {n} Merkez {n * 13} ") == 1 for n in range(1, 1001))


@pytest.mark.parametrize(
    "layout", [pytest.param(name, marks=() if name == "official" else pytest.mark.slow) for name in LAYOUTS]
)
@pytest.mark.parametrize("made", MADE)
def test_every_page_is_in_order(made: str, layout: str) -> None:
    municipality = MADE[made]()
    programme = municipality.programmes[0]
    document = programme_book.build(context(municipality, programme, layout_of(programme, layout)))
    data = write(document)
    assert misplaced(data) == []
    assert font_faults(data) == []
    assert bookmark_faults(document, data) == []
    assert list_faults(document, data) == []
