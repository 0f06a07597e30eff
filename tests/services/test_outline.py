"""The outline says where the checks found something, and how much."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from perfdesk import i18n, paths
from perfdesk.checks.finding import Severity
from perfdesk.exchange.reading import read
from perfdesk.services import outline
from perfdesk.services.completeness import FILLED, PARTLY
from perfdesk.services.control.audit import Audit, Audited
from perfdesk.services.outline import Entry
from perfdesk.services.output import exporting
from perfdesk.services.places import CONTROL, UNITS, Key
from perfdesk.tables.context import Context

YEAR = 2027


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


@pytest.fixture(scope="module")
def ctx() -> Context:
    """The sample, in which a unit has lost its work and a text its words."""
    municipality = read(paths.resource("sample", "guneycam.json").read_bytes())
    unit = replace(municipality.units[0], id="x", name="New unit", abbreviation="", aliases=())
    municipality = replace(municipality, units=(*municipality.units, unit))
    programme = municipality.programme(YEAR)
    assert programme is not None
    sections = tuple(replace(one, blocks=()) if one.key == "foreword" else one for one in programme.sections)
    others = tuple(one for one in municipality.programmes if one is not programme)
    changed = replace(municipality, programmes=(*others, replace(programme, sections=sections)))
    return exporting.programme_context(changed, YEAR)


def entries(ctx: Context, audited: Audited | None) -> dict[Key, Entry]:
    tops = outline.entries(ctx.municipality, ctx, audited)
    return {entry.key: entry for top in tops for entry in top.walk()}


def test_entries_are_marked_with_what_was_found_in_words(ctx: Context) -> None:
    audited = Audit().of(ctx)
    counts = audited.counts()
    assert counts == {Severity.ERROR: 1, Severity.WARNING: 1}
    shown = entries(ctx, audited)
    assert (shown[CONTROL].mark, shown[CONTROL].why) == ("2", "1 error, 1 warning")
    assert (shown[UNITS].mark, shown[UNITS].why) == (PARTLY, "checks: 1 warning")
    # what is empty stays so
    foreword = shown["part", "foreword"]
    assert (foreword.mark, foreword.why) == ("empty", "nothing has been entered here yet; checks: 1 error")


def test_before_the_checks_are_asked_nothing_is_said_of_them(ctx: Context) -> None:
    shown = entries(ctx, None)
    assert (shown[CONTROL].mark, shown[UNITS].mark) == ("", FILLED)
    assert not any("checks" in entry.why for entry in shown.values())


def test_what_only_informs_leaves_an_entry_as_it_is(ctx: Context) -> None:
    items = [item for item in Audit().of(ctx).items if item.place is not None and item.place.entry == UNITS]
    told = tuple(replace(item, finding=replace(item.finding, severity=Severity.INFO)) for item in items)
    entry = entries(ctx, Audited(told))[UNITS]
    assert (entry.mark, entry.why) == (FILLED, "something has been entered here; checks: 1 for information")


def test_a_folded_branch_tells_that_something_below_is_not_finished(ctx: Context) -> None:
    above = next(one for one in entries(ctx, None).values() if one.mark == FILLED and one.children)
    item = next(item for item in Audit().of(ctx).items if item.place is not None and item.place.entry == UNITS)
    assert item.place is not None
    moved = replace(item, place=replace(item.place, entry=above.children[-1].key))
    shown = entries(ctx, Audited((moved,)))
    assert shown[above.children[-1].key].mark == PARTLY
    assert (shown[above.key].mark, shown[above.key].why) == (PARTLY, "something below it is not finished")
    # what has nothing of it below stays, and so does what has words of its own
    assert shown[UNITS].mark == FILLED
    assert shown["part", "foreword"].mark == "empty"
