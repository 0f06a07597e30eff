from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from tests.example import example
from tests.strategies import municipalities

from perfdesk import i18n
from perfdesk.domain.administration import Unit
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.resources import ResourceTable
from perfdesk.services.files.comparing import Difference, differences


@pytest.fixture(autouse=True)
def _english():
    i18n.set_language("en")
    yield
    i18n.set_language("tr")


NOW = example()
YEAR = max(NOW.programmes, key=lambda programme: len(programme.targets)).year


def with_programme(programme: Programme) -> Municipality:
    return replace(NOW, programmes=tuple(programme if p.year == programme.year else p for p in NOW.programmes))


def own() -> Programme:
    found = NOW.programme(YEAR)
    assert found is not None
    return found


def said(now: Municipality, then: Municipality) -> list[tuple[int, str]]:
    return [(difference.year, difference.sentence) for difference in differences(now, then)]


@given(municipalities(), municipalities())
def test_something_is_said_exactly_where_something_differs(one: Municipality, two: Municipality) -> None:
    assert differences(one, one) == []
    assert bool(differences(one, two)) == (one != two)


def test_changed_title_counts_as_one_target_and_nothing_else() -> None:
    target, *rest = own().targets
    then = with_programme(replace(own(), targets=(replace(target, title="another"), *rest)))
    assert said(NOW, then) == [(YEAR, "Targets: 1 differ")]


def test_changed_indicator_is_no_changed_target() -> None:
    at = next(n for n, target in enumerate(own().targets) if target.indicators)
    target = own().targets[at]
    changed = replace(target.indicators[0], name="another")
    targets = list(own().targets)
    targets[at] = replace(target, indicators=(changed, *target.indicators[1:]))
    assert said(NOW, with_programme(replace(own(), targets=tuple(targets)))) == [(YEAR, "Indicators: 1 differ")]


def test_added_and_removed_are_told_apart() -> None:
    target = own().targets[-1]
    fewer = with_programme(replace(own(), targets=own().targets[:-1]))
    here = dict(said(NOW, fewer))
    assert f"Targets: {1} not in the backup" in [sentence for _year, sentence in said(NOW, fewer)]
    assert "Targets: 1 only in the backup" in [sentence for _year, sentence in said(fewer, NOW)]
    if target.activities:
        assert any("Activities" in sentence for _year, sentence in said(NOW, fewer))
    assert set(here) == {YEAR}


def test_costs_change_the_total() -> None:
    at = next(n for n, t in enumerate(own().targets) if any(sheet.lines for sheet in t.cost_sheets))
    target = own().targets[at]
    sheet_at = next(n for n, sheet in enumerate(target.cost_sheets) if sheet.lines)
    sheet = target.cost_sheets[sheet_at]
    line = replace(sheet.lines[0], amount=sheet.lines[0].amount + Decimal("1000.50"))
    sheets = list(target.cost_sheets)
    sheets[sheet_at] = replace(sheet, lines=(line, *sheet.lines[1:]))
    targets = list(own().targets)
    targets[at] = replace(target, cost_sheets=tuple(sheets))
    total, costs = said(NOW, with_programme(replace(own(), targets=tuple(targets))))
    assert total[1].startswith("Programme total: ")
    assert costs == (YEAR, "Costs of activities: 1 differ")


def test_years_only_on_one_side_the_newest_first() -> None:
    more = replace(NOW, programmes=(*NOW.programmes, Programme(2150), Programme(2151)))
    assert said(NOW, more) == [(year, "The programme of this year is only in the backup.") for year in (2151, 2150)]
    assert said(more, NOW) == [(year, "The programme of this year is not in the backup.") for year in (2151, 2150)]


def test_what_all_years_share_comes_first() -> None:
    unit = Unit("new", "Yeni Müdürlük")
    then = replace(NOW, units=(*NOW.units, unit), administration=replace(NOW.administration, phone="1", fax="2"))
    then = replace(then, programmes=(*then.programmes, Programme(2150)))
    assert differences(NOW, then)[:2] == [
        Difference(0, "Identity of the municipality: 2 differ"),
        Difference(0, "Spending units: 1 only in the backup"),
    ]


def test_order_alone_is_told() -> None:
    turned = with_programme(replace(own(), targets=own().targets[::-1]))
    assert len(own().targets) > 1
    assert said(NOW, turned) == [(YEAR, "Only the order of some entries differs.")]
    turned = replace(NOW, programmes=NOW.programmes[::-1])
    if len(NOW.programmes) > 1:
        assert said(NOW, turned) == [(0, "Only the order of some entries differs.")]


def test_tables_of_one_caption_are_counted_each() -> None:
    table = ResourceTable("facilities", "Taşıtlar")
    three, four = (with_programme(replace(own(), resource_tables=(table,) * n)) for n in (3, 4))
    assert said(three, four) == [(YEAR, "Resource tables: 1 only in the backup")]


def test_turkish() -> None:
    i18n.set_language("tr")
    target, *rest = own().targets
    then = with_programme(replace(own(), targets=(replace(target, title="another"), *rest)))
    assert said(NOW, then) == [(YEAR, "Performans hedefleri: 1 farklı")]
