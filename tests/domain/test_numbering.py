from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import municipalities

from perfdesk.domain.errors import UserError
from perfdesk.domain.numbering import PLACES, check_pattern, codes
from perfdesk.domain.plan import Goal, Objective, Plan
from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, SubProgramme, Target
from perfdesk.tables.layout import LAYOUTS, layout_of

PATTERNS: Mapping[str, str] = {
    "goal": "{n}",
    "objective": "{goal}.{n}",
    "target": "{objective}.{n}",
    "indicator": "PG. {target}.{n}",
    "activity": "F.{target}.{n}",
}
PLAN = Plan(
    2025,
    2029,
    goals=(
        Goal("g1", objectives=(Objective("o1"), Objective("o2", "1.9"))),
        Goal("g2", "B", objectives=(Objective("o3"),)),
    ),
)
PROGRAMME = Programme(
    2025,
    (
        Target("t1", "o1", indicators=(Indicator("i1"), Indicator("i2", "PG 8.10")), activities=(Activity("a1"),)),
        Target("t2", "o1", activities=(Activity("a2"), Activity("a3"))),
        Target("t3", "o3", "X", indicators=(Indicator("i3"),)),
        Target("t4", "o2"),
    ),
    sub_programmes=(SubProgramme("s", indicators=(Indicator("i4"),), activities=(Activity("a4"),)),),
)


def test_codes_from_position() -> None:
    found = codes(PROGRAMME, PLAN, PATTERNS)
    assert found.goals == {"g1": "1", "g2": "B"}
    assert found.objectives == {"o1": "1.1", "o2": "1.9", "o3": "B.1"}
    assert found.targets == {"t1": "1.1.1", "t2": "1.1.2", "t3": "X", "t4": "1.9.1"}
    assert found.indicators == {"i1": "PG. 1.1.1.1", "i2": "PG 8.10", "i3": "PG. X.1", "i4": "1"}
    assert found.activities == {"a1": "F.1.1.1.1", "a2": "F.1.1.2.1", "a3": "F.1.1.2.2", "a4": "1"}
    assert found.target_numbers == {"t1": 1, "t2": 2, "t3": 3, "t4": 4}
    assert found.activity_numbers == {"a1": 1, "a2": 2, "a3": 3, "a4": 4}


def test_running_numbers() -> None:
    patterns = {**PATTERNS, "target": "P.H.{N}", "indicator": "{N}", "activity": "{N}", "objective": "H{N}"}
    found = codes(PROGRAMME, PLAN, patterns, always=("indicator", "target"))
    assert found.targets == {"t1": "P.H.1", "t2": "P.H.2", "t3": "P.H.3", "t4": "P.H.4"}
    assert [found.indicators[i] for i in ("i1", "i2", "i3")] == ["1", "2", "3"]
    assert [found.activities[a] for a in ("a1", "a2", "a3")] == ["1", "2", "3"]
    assert found.objectives == {"o1": "H1", "o2": "1.9", "o3": "H3"}


def test_without_a_plan() -> None:
    found = codes(Programme(2025, (Target("t", "gone"),)), None, PATTERNS)
    assert found.targets == {"t": ".1"}


def test_places_in_texts_are_no_places() -> None:
    plan = Plan(2025, 2029, goals=(Goal("g", "{n}{target}", objectives=(Objective("o"),)),))
    found = codes(Programme(2025, (Target("t", "o"),)), plan, PATTERNS)
    assert found.targets == {"t": "{n}{target}.1.1"}


@pytest.mark.parametrize("kind", sorted(PLACES))
@pytest.mark.parametrize("pattern", ["", "{n}", "({n})", "P.H.{N}", "Ş{n}ı"])
def test_valid_patterns(kind: str, pattern: str) -> None:
    check_pattern(kind, pattern)


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("goal", "{goal}"),
        ("target", "{target}"),
        ("indicator", "{m}"),
        ("indicator", "{}"),
        ("indicator", "{n"),
        ("indicator", "n}"),
        ("indicator", "{{n}}"),
        ("indicator", "{n.real}"),
        ("indicator", "{n!r}"),
        ("activity", "{n:03}"),
    ],
)
def test_patterns_that_are_refused(kind: str, pattern: str) -> None:
    with pytest.raises(UserError) as told:
        check_pattern(kind, pattern)
    assert "{n}" in str(told.value.params["places"])
    assert pattern in told.value.sentence()


@given(municipalities())
def test_everything_has_a_code_and_a_number(municipality: Municipality) -> None:
    for programme in municipality.programmes:
        found = codes(programme, municipality.plan_of(programme.year), PATTERNS)
        holders = list(programme.holders())
        assert list(found.targets) == [target.id for target in programme.targets]
        assert list(found.indicators) == [i.id for holder in holders for i in holder.indicators]
        assert list(found.activities) == [a.id for holder in holders for a in holder.activities]
        assert list(found.activity_numbers.values()) == list(range(1, len(found.activities) + 1))
        for holder in holders:
            for item in (*holder.indicators, *holder.activities):
                kept = (found.indicators if isinstance(item, Indicator) else found.activities)[item.id]
                assert kept == item.code if item.code else kept


def test_targets_that_share_an_objective_are_numbered_below_it() -> None:
    found = codes(PROGRAMME, PLAN, {**PATTERNS, "target": "H {objective}"}, always=("target",))
    assert found.targets == {"t1": "H 1.1.1", "t2": "H 1.1.2", "t3": "H B.1.1", "t4": "H 1.9.1"}
    assert found.activities["a3"] == "F.H 1.1.2.2"


def test_targets_of_an_objective_each_have_its_code() -> None:
    alone = replace(PROGRAMME, targets=PROGRAMME.targets[1:])
    found = codes(alone, PLAN, {**PATTERNS, "target": "H {objective}"}, always=("target",))
    assert found.targets == {"t2": "H 1.1", "t3": "H B.1", "t4": "H 1.9"}


def test_what_counts_within_the_objective_counts_within_targets_that_share_it() -> None:
    patterns = {**PATTERNS, "indicator": "PG {objective}.{n}", "activity": "{objective}/{N}"}
    found = codes(PROGRAMME, PLAN, patterns)
    assert [found.indicators[i] for i in ("i1", "i3")] == ["PG 1.1.1.1", "PG X.1"]
    # this one counts through the programme, and has no need of the target
    assert [found.activities[a] for a in ("a1", "a2", "a3")] == ["1.1/1", "1.1/2", "1.1/3"]
    alone = codes(replace(PROGRAMME, targets=(PROGRAMME.targets[0], PROGRAMME.targets[2])), PLAN, patterns)
    assert [alone.indicators[i] for i in ("i1", "i3")] == ["PG 1.1.1", "PG B.1.1"]


def test_pattern_that_counts_is_left_as_it_is() -> None:
    for pattern in ("{objective}/{n}", "{objective}-{N}", "({N})", "PH"):
        found = codes(PROGRAMME, PLAN, {**PATTERNS, "target": pattern}, always=("target",))
        assert not any(code.endswith((".1", ".2")) for code in found.targets.values())


@given(municipalities(), st.sampled_from(LAYOUTS))
def test_no_two_targets_have_the_same_code_by_pattern(municipality: Municipality, name: str) -> None:
    for programme in municipality.programmes:
        patterns = layout_of(Programme(0, form=programme.form), name).codes
        found = codes(programme, municipality.plan_of(programme.year), patterns, always=PLACES)
        assert len(set(found.targets.values())) == len(programme.targets)
