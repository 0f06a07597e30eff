"""What the outline's signs say of targets, goals and contents."""

from decimal import Decimal

import pytest

from perfdesk import i18n
from perfdesk.checks.finding import Severity
from perfdesk.domain.costs import CostLine, CostSheet
from perfdesk.domain.programme import Activity, Indicator, Target
from perfdesk.services.completeness import FILLED, PARTLY, of_content, of_goal, of_target, with_findings, without_cost


@pytest.fixture(autouse=True)
def english():
    """The words of the program itself."""
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


INDICATORS = (Indicator("i1", name="Ağaç"),)
ACTIVITIES = (Activity("a1", name="Dikim"), Activity("a2", name="Bakım"), Activity("a3", name="Sulama"))
SHEETS = (
    CostSheet(("a1", "a2"), lines=(CostLine("03", Decimal(5)),)),
    # with no amount it is no cost
    CostSheet(("a3",)),
)


@pytest.mark.parametrize(
    ("indicators", "activities", "sheets", "mark", "why"),
    [
        ((), (), (), "empty", "no indicators and no activities"),
        (INDICATORS, (), (), PARTLY, "no activities"),
        ((), ACTIVITIES, SHEETS, PARTLY, "no indicators"),
        (INDICATORS, ACTIVITIES[:2], SHEETS[:1], FILLED, "it has indicators and activities"),
    ],
)
def test_a_target_says_what_it_lacks(indicators, activities, sheets, mark, why):
    sign = of_target(Target("t", "o", indicators=indicators, activities=activities, cost_sheets=sheets))
    assert sign.mark == mark
    assert why in sign.why


def test_a_goal_counts_what_its_targets_lack():
    whole = Target("t1", "o", indicators=INDICATORS, activities=ACTIVITIES, cost_sheets=SHEETS)
    bare = Target("t2", "o", indicators=INDICATORS)
    other = Target("t3", "o")
    assert of_goal([whole]) == ("", "")
    assert of_goal([whole, bare]).why == "targets without cost: 1"
    assert of_goal([whole, bare, other]).why == "targets without indicators: 1; targets without cost: 2"
    assert of_goal([]).mark == "empty"
    deferred = Target("t4", "o", deferred=True)
    assert of_goal([whole, deferred]).why == ""
    assert "deferred" in of_target(deferred).why


def test_contents_are_filled_or_empty():
    assert of_content(["x"]).mark == FILLED
    assert of_content([]).mark == "empty"
    assert of_content([]).why != of_content(["x"]).why


def test_a_common_sheet_is_the_cost_of_all_its_activities():
    target = Target("t", "o", activities=ACTIVITIES, cost_sheets=SHEETS)
    assert len(without_cost(target)) == 1


def test_what_the_checks_find_makes_it_half_done():
    found = {Severity.ERROR: 1, Severity.WARNING: 2}
    assert with_findings(of_content(["x"]), found) == (PARTLY, "checks: 1 error, 2 warnings")
    bare = of_target(Target("t", "o", indicators=INDICATORS))
    assert with_findings(bare, found) == (PARTLY, "it has no activities yet; checks: 1 error, 2 warnings")
    # what is empty is no half, and what is only good to know leaves nothing to be done
    assert with_findings(of_content([]), found).mark == "empty"
    assert with_findings(of_content(["x"]), {Severity.INFO: 3}) == (
        FILLED,
        "something has been entered here; checks: 3 for information",
    )
