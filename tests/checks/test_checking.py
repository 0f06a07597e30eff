"""The machine behind the rules: what is taken over, the fingerprints, and that no programme is too odd."""

import dataclasses
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.faults import (
    BUDGET_YEAR,
    YEAR,
    change,
    change_indicator,
    change_target,
    clean,
    copied,
    indicators,
    programme,
    reported,
    set_values,
    with_programme,
)
from tests.strategies import municipalities

from perfdesk.checks import checking
from perfdesk.checks.catalogue import RULES
from perfdesk.checks.checking import Checked, caught_up, check
from perfdesk.checks.finding import KINDS, Finding, Joint, Lacking, Listed, Severity, Where, Word, data_of
from perfdesk.checks.rule import FAMILIES
from perfdesk.checks.settings import settings as settings_of
from perfdesk.domain.administration import Unit
from perfdesk.domain.control import Acceptance
from perfdesk.domain.programme import Indicator, Municipality, Programme
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.value import BLANK, Value
from perfdesk.i18n import set_language
from perfdesk.services.output.exporting import programme_context


def checked(municipality: Municipality, year: int = YEAR, before: Checked | None = None) -> Checked:
    return check(programme_context(municipality, year, before=before.scene.ctx if before else None), before)


def test_rules_have_all_that_is_shown_of_them() -> None:
    for rule in RULES.values():
        assert rule.title
        assert rule.reason
        assert rule.basis
        assert rule.family in FAMILIES
        assert bool(rule.together) == (rule.applies is not None)


def test_rules_stand_in_the_order_of_the_criteria() -> None:
    families = list(FAMILIES)
    ranks = [families.index(rule.family) for rule in RULES.values()]
    assert ranks == sorted(ranks)


@given(municipalities())
def test_whatever_a_file_holds_can_be_checked_and_said(municipality: Municipality) -> None:
    for one in municipality.programmes:
        found = caught_up(checked(municipality, one.year))
        for finding in found.findings:
            assert finding.where.kind in KINDS
            assert "{" not in finding.sentence() or "{" in "".join(
                (finding.subject, *(finding.facts | finding.told).values())
            )
            assert data_of(finding)["message"]


@given(municipalities(), municipalities())
def test_what_is_taken_over_is_what_would_be_found_anew(one: Municipality, other: Municipality) -> None:
    """From any programme to any other, sharing nothing, and back."""
    before = None
    for municipality in (one, other, one):
        for of_year in municipality.programmes:
            before = checked(municipality, of_year.year, before)
            assert before.findings == checked(municipality, of_year.year).findings


def edit_indicator(municipality: Municipality, dice: random.Random) -> Municipality:
    target = dice.choice([one for one in programme(municipality).targets if one.indicators])
    indicator = dice.choice(target.indicators)
    fields: list[dict[str, Any]] = [
        {"name": dice.choice(target.indicators).name},
        {"unit": "", "code": dice.choice(("", "X 1", "1"))},
        {"note": "Açıklama", "source": ""},
    ]
    if dice.randrange(2):
        return change_indicator(municipality, target, indicator, **dice.choice(fields))
    value = dice.choice((Value(Decimal(dice.randrange(500))), BLANK))
    return set_values(municipality, target, indicator, **{dice.choice(("past", "estimate", "target")): value})


def edit_rest(municipality: Municipality, dice: random.Random) -> Municipality:
    now = programme(municipality)
    table, *tables = now.resource_tables
    target, *targets = now.targets
    fewer = dataclasses.replace(target, indicators=target.indicators[1:], cost_sheets=target.cost_sheets[1:])
    results = now.results
    first, *others = results.indicators or (None,)
    moved = (*others, dataclasses.replace(first, explanation="Tasarruf tedbirleri uygulanmıştır.")) if first else ()
    fewer_rows = tuple(dataclasses.replace(one, rows=one.rows[1:]) for one in results.unit_tables[:1])
    kept = results.unit_tables[1:]
    fields: list[dict[str, Any]] = [
        {"targets": tuple(dice.sample(now.targets, len(now.targets)))},
        {"targets": (fewer, *targets)},
        {"resource_tables": (*tables, dataclasses.replace(table, rows=table.rows[1:]))},
        {"sections": now.sections[1:]},
        {"results": dataclasses.replace(results, indicators=moved)},
        {"results": dataclasses.replace(results, unit_tables=(*kept, *fewer_rows))},
        {"general_administration": now.general_administration[1:]},
    ]
    last = municipality.programme(YEAR - 1)
    if last is not None and not dice.randrange(4):
        return with_programme(municipality, edited_last(last, dice))
    if dice.randrange(6):
        return change(municipality, **dice.choice(fields))
    units = (*municipality.units[1:], Unit(f"new{dice.random()}", "Yeni İşler Müdürlüğü"))
    return dataclasses.replace(municipality, units=units)


def edited_last(last: Programme, dice: random.Random) -> Programme:
    """Last year's programme is in the file as well, and what was taken over is held against it."""
    described = tuple(dataclasses.replace(one, description=f"{one.description}!") for one in last.targets)
    fields: list[dict[str, Any]] = [
        {"sections": last.sections[1:]},
        {"resource_tables": last.resource_tables[1:]},
        {"policy_documents": ()},
        {"targets": described},
    ]
    return dataclasses.replace(last, **dice.choice(fields))


def edits(municipality: Municipality, dice: random.Random) -> Municipality:
    """One edit of a programme that shares all else."""
    return (edit_indicator if dice.randrange(2) else edit_rest)(municipality, dice)


@pytest.mark.parametrize("base", [clean, reported, copied])
@settings(max_examples=12)
@given(seed=st.integers(0, 2**32))
def test_after_any_row_of_edits_the_findings_are_those_of_a_fresh_look(base: Any, seed: int) -> None:
    dice = random.Random(seed)
    municipality = base()
    known = checked(municipality)
    for _step in range(4):
        municipality = edits(municipality, dice)
        known = checked(municipality, before=known)
    assert known.findings == checked(municipality).findings
    assert caught_up(known).findings == caught_up(checked(municipality)).findings


def test_only_what_an_edit_touched_is_looked_at_again() -> None:
    known = checked(clean())
    target, indicator, *_ = next(indicators(clean()))
    after = checked(set_values(clean(), target, indicator, target=BLANK), before=known)
    anew = [key for key, one in after.kept.items() if one is not known.kept[key]]
    assert anew == [(kind, "holder", ("target", target.id)) for kind in ("plain", "named")]


def test_what_was_read_again_with_the_same_content_is_taken_over() -> None:
    """A change that reaches beyond targets loads everything; only rows that are others make things others."""
    known = checked(clean())
    again = dataclasses.replace(programme(clean()).targets[0])
    targets = (again, *programme(clean()).targets[1:])
    after = checked(change(clean(), targets=targets), before=known)
    assert all(one is known.kept[key] for key, one in after.kept.items())
    moved = dataclasses.replace(again, row=7)
    after = checked(change(clean(), targets=(moved, *targets[1:])), before=known)
    place = ("plain", "holder", ("target", again.id))
    assert after.kept[place] is not known.kept[place]


def test_an_objective_that_stands_in_another_row_makes_its_sub_programme_another() -> None:
    """A finding leads to the row."""
    now = programme(clean(), BUDGET_YEAR)
    known = checked(clean(), BUDGET_YEAR)
    first, *others = now.sub_programmes
    moved = dataclasses.replace(first, objectives=tuple(dataclasses.replace(one, row=9) for one in first.objectives))
    subs = (moved, *others)
    after = checked(with_programme(clean(), dataclasses.replace(now, sub_programmes=subs)), BUDGET_YEAR, known)
    anew = {key[2] for key, one in after.kept.items() if one is not known.kept[key]}
    assert anew == {("sub_programme", first.sub_programme)}


def test_the_first_result_makes_the_programme_a_report() -> None:
    """Only then are its targets held against those that were decided on."""
    target, indicator, *_ = next(indicators(clean()))
    decided = programme(set_values(clean(), target, indicator, target=Decimal(1)))
    without = check(programme_context(clean(), YEAR), frozen=decided)
    assert without.findings == ()
    ctx = programme_context(reported(), YEAR, before=without.scene.ctx)
    found = check(ctx, without, frozen=decided).findings
    assert [(one.rule, one.where.id) for one in found] == [("TUT-01", indicator.id)]


def test_a_table_of_the_report_is_looked_at_alone() -> None:
    known = checked(reported())
    results = programme(reported()).results
    first, *others = results.unit_tables
    changed = dataclasses.replace(first, rows=first.rows[1:])
    made = change(reported(), results=dataclasses.replace(results, unit_tables=(changed, *others)))
    after = checked(made, before=known)
    anew = {key[1:] for key, one in after.kept.items() if one is not known.kept[key]}
    assert anew == {("result_table", 1)}
    assert {one.rule for one in after.findings} == {"KYN-03"}
    # gone with it
    assert checked(reported(), before=after).findings == ()


def test_a_unit_s_name_matters_to_few_rules() -> None:
    known = checked(clean())
    first, *others = clean().units
    renamed = (dataclasses.replace(first, name="Özel Kalem ve Protokol Müdürlüğü"), *others)
    after = checked(dataclasses.replace(clean(), units=renamed), before=known)
    anew = {key[0] for key, one in after.kept.items() if one is not known.kept[key]}
    assert anew == {"named"}


def test_names_wait_for_a_pause() -> None:
    known = caught_up(checked(clean()))
    assert not known.is_behind
    entries = [entry for entry in indicators(clean()) if entry[1].unit == "adet" and len(entry[1].name.split()) > 4]
    (_, first, *_), (target, later, *_) = entries[:2]
    words = first.name.split()
    near = " ".join((*words[:-1], "adedi"))
    after = checked(change_indicator(clean(), target, later, name=near), before=known)
    assert after.is_behind
    assert not after.findings
    (found,) = caught_up(after).findings
    assert (found.rule, found.where.id) == ("TNM-06", later.id)
    # the next edit keeps it, without comparing anything
    other = next(one for one in programme(clean()).targets if one is not target)
    description = change_target(after.scene.ctx.municipality, other, description="Başka bir açıklama yazıldı.")
    kept = checked(description, before=caught_up(after))
    assert not kept.is_behind
    assert [one.fingerprint for one in kept.findings] == [found.fingerprint]


def test_a_long_list_of_names_is_compared_bit_by_bit() -> None:
    target, indicator, *_ = next(entry for entry in indicators(clean()) if entry[1].unit == "adet")
    words = indicator.name.split()
    other = next(one for one in programme(clean()).targets if one is not target and one.indicators)
    near = " ".join((*words[:-1], "adedi"))
    made = change_indicator(clean(), other, other.indicators[0], name=near, unit="adet")
    known, rounds = checked(made), 0
    while known.is_behind:
        known, rounds = caught_up(known, 40), rounds + 1
    assert rounds == 4
    assert known.findings == caught_up(checked(made)).findings != ()


def finding(**facts: str) -> Finding:
    where = Where("indicator", "i1", "unit", 12)
    return Finding(
        "OLC-02", Severity.ERROR, "no unit of measure. Enter one, such as adet, %, km or kişi.", facts, where
    )


def test_a_fingerprint_is_of_place_rule_and_facts_alone() -> None:
    one = finding(value="3")
    assert one.fingerprint == dataclasses.replace(one, subject="PG 1.2", message="no value for {past}").fingerprint
    assert one.fingerprint == dataclasses.replace(one, where=dataclasses.replace(one.where, row=99)).fingerprint
    assert one.fingerprint != finding(value="4").fingerprint
    assert one.fingerprint != dataclasses.replace(one, rule="OLC-03").fingerprint
    assert one.fingerprint != dataclasses.replace(one, where=Where("indicator", "i2", "unit")).fingerprint


def test_a_code_that_moves_does_not_end_an_acceptance() -> None:
    target, indicator, *_ = list(indicators(clean()))[40]
    wrong = change_indicator(clean(), target, indicator, unit="")
    (before,) = checked(wrong).findings
    targets = programme(wrong).targets
    (after,) = checked(change(wrong, targets=targets[::-1])).findings
    assert before.subject != after.subject
    assert before.fingerprint == after.fingerprint


def test_a_sentence_is_said_in_either_language() -> None:
    one = Finding(
        "MAL-01",
        Severity.ERROR,
        "On the balance sheet of {year} assets ({assets} TL) and liabilities ({liabilities} TL) differ by "
        "{difference} TL. Correct what is wrong.",
        {"assets": "1,00", "liabilities": "2,00", "difference": "1,00"},
        Where("account"),
        told={"year": "2024"},
    )
    assert one.printed().startswith("2024 yılı bilançosunda aktif toplamı (1,00 TL)")
    set_language("en")
    try:
        assert one.sentence().startswith("On the balance sheet of 2024 assets (1,00 TL)")
        role = Finding("SNM-01", Severity.ERROR, "{role}", {"role": Word("mayor")}, Where("administration"))
        assert (role.sentence(), role.printed()) == ("mayor", "belediye başkanı")
    finally:
        set_language("tr")
    assert role.sentence() == "belediye başkanı"


def test_what_is_told_besides_the_facts_is_no_part_of_the_fingerprint() -> None:
    codes = Listed.of(["1.1", "1.2", "2.1"], 14, "indicator")
    lacks = Lacking.together([Lacking.of("data source", "responsible unit"), Lacking.of("responsible unit")])
    one = Finding("TNM-02", Severity.WARNING, "{n} {first}: {lacks}", {"n": "14"}, Where("programme"), "Ad vb.")
    told = dataclasses.replace(one, told={"first": codes, "lacks": lacks})
    # a full stop at the end of the name does not stand before the colon
    assert told.printed() == "Ad vb: 14 1.1, 1.2, 2.1 ve 11 gösterge daha: veri kaynağı (1), sorumlu birim (2)"
    assert Listed.of(["1.1"], 1, "indicator").said(str) == "1.1"
    assert told.fingerprint == one.fingerprint
    assert told != one


def test_a_cost_of_several_activities_says_how_many_they_are() -> None:
    subject = Joint.of("1.1 / 2. Yolların (köy) bakımı", 4)
    one = Finding("MAL-07", Severity.WARNING, "so", {}, Where("cost_sheet", "a1"), subject)
    assert one.printed_subject() == "1.1 / 2. Yolların (köy) bakımı ve 4 faaliyet daha"
    assert one.printed() == f"{one.printed_subject()}: so"
    set_language("en")
    try:
        assert one.sentence() == "1.1 / 2. Yolların (köy) bakımı and 4 more of the activities: so"
    finally:
        set_language("tr")
    # a list shows it anew when one is added
    assert one != dataclasses.replace(one, subject=Joint.of("1.1 / 2. Yolların (köy) bakımı", 5))


def test_what_the_programme_does_not_wait_for() -> None:
    of_report = {id_ for id_, rule in RULES.items() if rule.is_of_report}
    families = {"TUT", "GCR", "DGR", "SNM"}
    # the year's accounts are closed and its tables made long after the council has decided on its programme
    assert of_report == {id_ for id_ in RULES if id_[:3] in families} | {"MAL-01", "KYN-03"}


def test_what_nearly_all_lack_is_said_once() -> None:
    now = programme(clean())
    targets = tuple(
        dataclasses.replace(one, indicators=tuple(dataclasses.replace(i, source="", owner="") for i in one.indicators))
        for one in now.targets
    )
    found = checked(with_programme(clean(), dataclasses.replace(now, targets=targets)))
    (one,) = found.findings
    count = str(sum(len(target.indicators) for target in targets))
    assert (one.rule, one.where.kind, dict(one.facts)) == ("TNM-03", "programme", {"lacking": count, "all": count})


def lacking(count: int, *, acceptances: tuple[Acceptance, ...] = (), field: str = "source") -> Municipality:
    """The sample with so many indicators without a data source, from the first on."""
    left = count
    blank: dict[str, Any] = {field: ""}

    def bare(indicator: Indicator) -> Indicator:
        nonlocal left
        left -= 1
        return dataclasses.replace(indicator, **blank) if left >= 0 else indicator

    targets = tuple(
        dataclasses.replace(one, indicators=tuple(map(bare, one.indicators))) for one in programme(clean()).targets
    )
    return change(clean(), targets=targets, acceptances=acceptances)


ALL = sum(len(target.indicators) for target in programme(clean()).targets)


def accepted(*found: Finding) -> tuple[Acceptance, ...]:
    return tuple(Acceptance(one.fingerprint, one.rule, "Bilerek böyle.", "2025-10-05") for one in found)


def test_a_common_sentence_stays_accepted_whatever_it_counts() -> None:
    (common,) = checked(lacking(ALL)).findings
    assert common.common
    for made in (
        lacking(ALL - 1, acceptances=accepted(common)),
        # another field of the first one, a row that has moved
        lacking(ALL, acceptances=accepted(common), field="owner"),
        # fewer than nearly all: mending some brings no others to light
        lacking(ALL // 2, acceptances=accepted(common)),
    ):
        found = checked(made)
        (one,) = found.findings
        assert one.common
        assert found.acceptance(one) is not None
        assert found.open == ()
        assert found.findings == checked(made, before=checked(clean())).findings
    # too few for a sentence: each is told by itself, and counts
    few = settings_of().thresholds.together - 1
    assert len(checked(lacking(few, acceptances=accepted(common))).open) == few
    assert len(checked(lacking(ALL // 2)).open) == ALL // 2


def wrong_tables(kind: str = "") -> tuple[ResourceTable, ResourceTable]:
    """Two tables with the same wrong total, alike but for their captions."""
    rows = (ResourceRow(("A", "3")), ResourceRow(("B", "5")), ResourceRow(("Toplam", "9")))
    first = ResourceTable("Araçlar", "Taşıtlar", (("Cins", "Sayı"),), rows, kind)
    return first, dataclasses.replace(first, caption="Kiralık taşıtlar")


# of no kind, and of one kind
KINDS_OF_TWO = pytest.mark.parametrize("kind", ["", "vehicles"])


@KINDS_OF_TWO
def test_what_was_accepted_of_a_table_goes_with_it(kind: str) -> None:
    first, second = wrong_tables(kind)
    others = programme(clean()).resource_tables
    before = checked(change(clean(), resource_tables=(first, second, *others)))
    kept = accepted(before.findings[0])
    for tables in ((second, first, *others), (*others, first, second), (first, *others)):
        made = change(clean(), resource_tables=tables, acceptances=kept)
        found = checked(made, before=before)
        assert found.findings == checked(made).findings
        (here,) = [one for one in found.findings if found.acceptance(one) is not None]
        assert here.where.id == str(tables.index(first) + 1)
        assert len(found.open) == tables.count(second)


@KINDS_OF_TWO
def test_what_was_accepted_of_a_table_that_is_gone_is_not_said_to_another(kind: str) -> None:
    first, second = wrong_tables(kind)
    others = programme(clean()).resource_tables
    before = checked(change(clean(), resource_tables=(first, second, *others)))
    made = change(clean(), resource_tables=(second, *others), acceptances=accepted(before.findings[0]))
    found = checked(made, before=before)
    (one,) = found.open
    assert (one.where.id, one.subject) == ("1", second.caption)
    assert found.open == checked(made).open


@KINDS_OF_TWO
def test_what_was_accepted_of_a_table_outlives_a_year_in_its_caption_alone(kind: str) -> None:
    first, second = wrong_tables(kind)
    first = dataclasses.replace(first, caption=f"{YEAR - 1} yılı taşıtları")
    later = dataclasses.replace(first, caption=f"{YEAR} yılı taşıtları")
    other = dataclasses.replace(first, caption="Belediye taşıtları")
    others = programme(clean()).resource_tables
    before = checked(change(clean(), resource_tables=(first, second, *others)))
    kept = accepted(before.findings[0])
    for renamed, still_open in ((later, [second]), (other, [other, second])):
        made = change(clean(), resource_tables=(renamed, second, *others), acceptances=kept)
        found = checked(made, before=before)
        assert [one.subject for one in found.open] == [table.caption for table in still_open]
        assert found.open == checked(made).open


@KINDS_OF_TWO
def test_tables_of_one_name_are_told_apart(kind: str) -> None:
    first, _other = wrong_tables(kind)
    same = dataclasses.replace(first, section="Diğer")
    others = programme(clean()).resource_tables
    before = checked(change(clean(), resource_tables=(first, same, *others)))
    one, other = before.findings
    assert one.fingerprint != other.fingerprint
    # the earlier one gets another name: the later one is no longer the second
    renamed = dataclasses.replace(first, caption="Konutlar")
    made = change(clean(), resource_tables=(renamed, same, *others))
    assert [f.fingerprint for f in checked(made, before=before).findings] == [
        f.fingerprint for f in checked(made).findings
    ]


def test_what_all_lack_is_not_counted_as_so_many_of_so_many() -> None:
    (of_all,) = checked(lacking(ALL)).findings
    assert of_all.printed().startswith(f"Toplam {ALL} göstergenin tümünde ")
    # the first are named, and what is lacking is said
    assert f" ve {ALL - 3} gösterge daha). Eksikler ve gösterge sayıları: " in of_all.printed()
    assert f"({ALL})" in of_all.printed()
    (of_most,) = checked(lacking(ALL - 1)).findings
    assert of_most.printed().startswith(f"Toplam {ALL} gösterge içinde {ALL - 1} göstergede ")
    assert of_most.fingerprint == of_all.fingerprint


def test_every_rule_with_a_common_sentence_has_one_for_all() -> None:
    for rule in RULES.values():
        assert bool(rule.together) == bool(rule.together_all) == (rule.applies is not None), rule.id
        assert "{lacking}" not in rule.together_all


def test_a_common_sentence_of_another_rule_or_year_is_another_one() -> None:
    (common,) = checked(lacking(ALL)).findings
    alone = dataclasses.replace(common, common=False, facts={})
    other = dataclasses.replace(common, rule="OLC-02")
    later = dataclasses.replace(common, where=dataclasses.replace(common.where, id="2027"))
    assert len({one.fingerprint for one in (common, alone, other, later)}) == 4


def test_what_was_accepted_by_itself_is_not_lost_in_a_common_sentence() -> None:
    first, second, *_others = checked(lacking(ALL // 2)).findings
    found = checked(lacking(ALL, acceptances=accepted(first, second)))
    common, *alone = found.findings
    assert common.common
    assert alone == [first, second]
    assert found.open == (common,)
    # the sentence stays true
    assert common.facts == {"lacking": str(ALL), "all": str(ALL)}
    # and nothing is said in common where nearly all were accepted one by one
    each = checked(lacking(ALL // 2)).findings
    most = each[: ALL // 2 - 3]
    rest = checked(lacking(ALL // 2, acceptances=accepted(*most)))
    assert rest.open == each[ALL // 2 - 3 :]


def test_a_programme_of_nothing_says_what_to_begin_with() -> None:
    empty = with_programme(clean(), Programme(YEAR))
    rules = {one.rule for one in checked(empty).findings}
    assert {"MVC-01", "MVC-02"} <= rules
    assert rules <= {"MVC-01", "MVC-02"}


def test_findings_are_looked_up_by_place() -> None:
    target, indicator, *_ = next(indicators(clean()))
    found = checked(change_indicator(clean(), target, indicator, unit=""))
    assert [one.rule for one in found.at("indicator", indicator.id)] == ["OLC-02"]
    assert found.counts() == {Severity.ERROR: 1}


def test_the_scopes_cover_every_look() -> None:
    asked = {look for looks in checking._LOOKS.values() for of in looks.values() for _rule, look in of}
    assert asked == {look for rule in RULES.values() for _scope, look in rule.looks}


def test_a_code_that_is_used_twice_is_told_with_its_targets() -> None:
    made = lacking(ALL)
    first, second, *others = programme(made).targets
    for times, said in ((1, "(G.9, "), (2, "(1.1.1 / G.9, ")):
        targets = [
            dataclasses.replace(
                target, indicators=(dataclasses.replace(target.indicators[0], code="G.9"), *target.indicators[1:])
            )
            for target in (first, second)[:times]
        ]
        rest = (first, second)[times:]
        (found,) = [one for one in checked(change(made, targets=(*targets, *rest, *others))).findings if one.common]
        assert said in found.printed()
