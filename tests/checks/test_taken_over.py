"""What stands as it did last year: which texts and tables are told of, and where."""

import dataclasses
from typing import Any

import pytest
from tests.checks.faults import YEAR, change, change_part, change_target, clean, copied, programme, with_last

from perfdesk.checks.checking import check
from perfdesk.checks.finding import Finding
from perfdesk.domain.control import Acceptance
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.texts import BlockKind, Run, Section, TextBlock
from perfdesk.services.control.finding_places import FindingPlaces
from perfdesk.services.output.exporting import programme_context
from perfdesk.services.places import Place

LAST = YEAR - 1
OLD = f"{LAST} yılında yapılacaktır."


def findings(municipality: Municipality, rule: str = "YAZ-0") -> list[Finding]:
    found = check(programme_context(municipality, YEAR)).findings
    return [one for one in found if one.rule.startswith(rule) and one.rule != "YAZ-01"]


def rules(municipality: Municipality) -> list[str]:
    return [one.rule for one in findings(municipality)]


def text(*paragraphs: str, key: str = "foreword") -> Section:
    blocks = tuple(TextBlock(BlockKind.PARAGRAPH, (Run(one),), row=at) for at, one in enumerate(paragraphs, 31))
    return Section(key, blocks=blocks, row=7)


def two_years(now: Section, *last: Section) -> Municipality:
    """The sample with one text, and a year before it that had these."""
    return with_last(change(clean(), sections=(now,)), Programme(LAST, sections=last))


def test_without_a_last_year_nothing_was_taken_over() -> None:
    assert rules(change(clean(), sections=(text(OLD),))) == []
    # nor from the year before that
    assert rules(with_last(change(clean(), sections=(text(OLD),)), Programme(LAST - 1, sections=(text(OLD),)))) == []


@pytest.mark.parametrize(
    ("now", "last", "wrong"),
    [
        (text(OLD), text(OLD), ["YAZ-03"]),
        (text(OLD, OLD.replace("yap", "kap")), text(OLD, OLD.replace("yap", "kap")), ["YAZ-03", "YAZ-03"]),
        # one for a text, however often it names the year
        (text(f"{OLD} {OLD}"), text(f"{OLD} {OLD}"), ["YAZ-03"]),
        # a new text means what it says
        (text(f"{OLD}!"), text(OLD), []),
        (text(OLD), text("Başka."), []),
        # from another part as well
        (text(OLD), text("Başka.", OLD, key="authority"), ["YAZ-03"]),
        # a period that goes on, and years that are no last year
        (text(f"{LAST}-{LAST + 4} Stratejik Planı"), text(f"{LAST}-{LAST + 4} Stratejik Planı"), ["YAZ-04"]),
        (text(f"{LAST - 1} yılı"), text(f"{LAST - 1} yılı"), ["YAZ-04"]),
        # a letter is enough
        (text("Bir.", "İki."), text("Bir.", "İki!"), []),
        (text("Bir.", "İki."), text("Bir."), []),
        (text("Bir."), text("Bir.", key="authority"), []),
        # that nothing is written is told by another rule
        (text(" "), text(" "), []),
        (text(), text(), []),
    ],
)
def test_texts(now: Section, last: Section, wrong: list[str]) -> None:
    assert rules(two_years(now, last)) == wrong


def test_a_text_says_where_the_year_stands() -> None:
    (found,) = findings(
        two_years(text("Yeni.", f"{'Uzun bir giriş ' * 9} {OLD}"), text(f"{'Uzun bir giriş ' * 9} {OLD}"))
    )
    assert found.facts["text"].startswith("…")
    assert str(LAST) in found.facts["text"]
    assert found.sentence().startswith("Sunuş: metin geçen yılın programından")
    ctx = programme_context(two_years(text(OLD), text(OLD)), YEAR)
    assert FindingPlaces(ctx).of(found) == Place(YEAR, ("part", "foreword"), "section_block", 32, words=str(LAST))


def test_two_texts_of_a_part_are_accepted_each_by_itself() -> None:
    both = text(OLD, f"{LAST} bütçesi")
    first, second = findings(two_years(both, both))
    assert first.where == second.where
    assert first.fingerprint != second.fingerprint


def table(caption: str = "Araçlar", *rows: tuple[str, ...], **fields: Any) -> ResourceTable:
    made = ResourceTable("Araçlar", caption, (("Cinsi", "Sayı"),), tuple(map(ResourceRow, rows or (("Otobüs", "3"),))))
    return dataclasses.replace(made, **fields)


@pytest.mark.parametrize(
    ("now", "last", "wrong"),
    [
        (table(), table(), ["YAZ-05"]),
        (table("Araçlar", ("Otobüs", "4")), table(), []),
        (table("Araçlar", ("Otobüs", "3"), ("Kamyon", "1")), table(), []),
        # the caption alone was looked at
        (table(f"{YEAR} yılı araçları"), table(f"{LAST} yılı araçları"), ["YAZ-05"]),
        (table("Binalar"), table(), []),
        (table("Binalar", kind="vehicles"), table(kind="vehicles"), ["YAZ-05"]),
        (table(kind="buildings"), table(kind="vehicles"), []),
        # nothing was ever entered
        (table("Araçlar", ("", " ")), table("Araçlar", ("", " ")), []),
        (table(f"{LAST} araçları", ("A", "1")), table(f"{LAST} araçları"), ["YAZ-03"]),
        # heads move on by a year: the last year is theirs by right
        (
            table("Yıllar", ("A", "1", "2"), header=(("Yıl", str(LAST), str(YEAR)),)),
            table("Yıllar", ("A", "0", "1"), header=(("Yıl", str(LAST - 1), str(LAST)),)),
            [],
        ),
        (
            table("Yıllar", ("A", "1", "2"), header=(("Yıl", str(LAST - 1), str(LAST)),)),
            table("Yıllar", ("A", "0", "1"), header=(("Yıl", str(LAST - 1), str(LAST)),)),
            ["YAZ-03"],
        ),
    ],
)
def test_tables(now: ResourceTable, last: ResourceTable, wrong: list[str]) -> None:
    made = with_last(change(clean(), resource_tables=(now,)), Programme(LAST, resource_tables=(last,)))
    assert rules(made) == wrong


def test_of_two_tables_of_a_kind_one_can_be_accepted_as_it_is() -> None:
    own = table("Belediye taşıtları", kind="vehicles")
    hired = table("Kiralık taşıtlar", ("Kamyon", "2"), kind="vehicles")
    last = Programme(LAST, resource_tables=(own, hired))

    def left(*tables: ResourceTable, acceptances: tuple[Acceptance, ...] = ()) -> list[Finding]:
        made = change(clean(), resource_tables=tables, acceptances=acceptances)
        found = check(programme_context(with_last(made, last), YEAR)).open
        return [one for one in found if one.rule == "YAZ-05"]

    first, _second = left(own, hired)
    kept = (Acceptance(first.fingerprint, first.rule, "Taşıt alınmadı.", "2026-10-05"),)
    for tables in ((own, hired), (hired, own), (hired,)):
        assert [one.subject for one in left(*tables, acceptances=kept)] == [hired.caption]


def test_places_lead_to_the_field() -> None:
    """Each text of a target, a cost table, a resource table and a policy document, with the year to be typed over."""
    target = next(one for one in programme(clean()).targets if one.cost_sheets)
    made = clean()
    for part, column in (("indicators", "method"), ("activities", "description"), ("cost_sheets", "note")):
        target = next(one for one in programme(made).targets if one.id == target.id)
        made = change_part(made, target, part, getattr(target, part)[0], **{column: OLD})
    target = next(one for one in programme(made).targets if one.id == target.id)
    made = change_target(made, target, description=OLD)
    document = dataclasses.replace(programme(made).policy_documents[0], text=OLD, row=5)
    tables = (table("Araçlar", ("A", "1"), note=OLD),)
    made = change(made, policy_documents=(document,), resource_tables=tables)
    (target,) = (one for one in programme(made).targets if one.id == target.id)
    former = Programme(LAST, (target,), resource_tables=(table(note=OLD),), policy_documents=(document,))
    ctx = programme_context(with_last(made, former), YEAR)
    found = [one for one in check(ctx).findings if one.rule == "YAZ-03"]
    places = [FindingPlaces(ctx).of(one) for one in found]
    assert {place.words for place in places if place} == {str(LAST)}
    assert [(place.entry[0], place.table, place.column) for place in places if place] == [
        ("target", "target", "description"),
        ("target", "indicator", "method"),
        ("target", "activity", "description"),
        ("target", "cost_sheet", "note"),
        ("resource_table", "resource_table", "note"),
        ("part", "policy_document", "text"),
    ]


def test_a_whole_year_taken_over_is_told_once_for_each_part() -> None:
    found = findings(copied())
    now = programme(copied())
    said = [one.where.id for one in found if one.rule == "YAZ-04"]
    named = {one.where.id for one in found if one.rule == "YAZ-03" and one.where.kind == "section"}
    assert sorted(said) == sorted({section.key for section in now.sections} - named)
    assert sum(one.rule == "YAZ-05" for one in found) == len(now.resource_tables)


def test_what_changes_in_the_last_year_alone_is_seen() -> None:
    known = check(programme_context(copied(), YEAR))
    last = copied().programme(LAST)
    assert last is not None
    other = dataclasses.replace(copied(), programmes=copied().programmes[1:])
    emptied = with_last(other, dataclasses.replace(last, sections=(), resource_tables=()))
    after = check(programme_context(emptied, YEAR, before=known.scene.ctx), known)
    assert after.findings == check(programme_context(emptied, YEAR)).findings
    assert not [one for one in after.findings if one.rule in ("YAZ-04", "YAZ-05")]


def test_a_value_of_the_last_year_makes_nothing_be_looked_at_again() -> None:
    known = check(programme_context(copied(), YEAR))
    last = copied().programme(LAST)
    assert last is not None
    other = dataclasses.replace(copied(), programmes=copied().programmes[1:])
    poorer = with_last(other, dataclasses.replace(last, general_administration=()))
    after = check(programme_context(poorer, YEAR, before=known.scene.ctx), known)
    assert all(one is known.kept[key] for key, one in after.kept.items())
