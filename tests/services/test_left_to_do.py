"""What is left to do is found by comparing: it comes with the roll-over, and goes when it is done."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.example import example

from perfdesk import i18n, paths
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.texts import BlockKind, PolicyDocument, Run, Section, TextBlock
from perfdesk.exchange.reading import read
from perfdesk.services import outline, rolling
from perfdesk.services.book import left_to_do as finding
from perfdesk.services.book.left_to_do import LeftToDo, ToDo, left_to_do
from perfdesk.services.completeness import FILLED, PARTLY
from perfdesk.services.outline import Entry
from perfdesk.services.output import exporting
from perfdesk.services.places import TO_DO, located
from perfdesk.services.rolling import Options
from perfdesk.storage import files


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


@pytest.fixture(scope="module")
def rolled(tmp_path_factory: pytest.TempPathFactory) -> Municipality:
    """The sample with its next year."""
    path = tmp_path_factory.mktemp("new") / "örnek.perfdesk"
    files.create(path, read(paths.resource("sample", "guneycam.json").read_bytes()))
    with files.open_store(path, writable=True) as store:
        rolling.roll_over(store, 2028, Options())
        return store.load()


def found(municipality: Municipality, year: int) -> list[ToDo]:
    return list(left_to_do(exporting.programme_context(municipality, year)))


def signed(municipality: Municipality, year: int) -> dict[tuple[str, str], Entry]:
    ctx = exporting.programme_context(municipality, year)
    entries = outline.entries(municipality, ctx, left_to_do(ctx))
    return {entry.key: entry for top in entries for entry in top.walk()}


def marks(municipality: Municipality, year: int) -> dict[tuple[str, str], str]:
    return {key: entry.mark for key, entry in signed(municipality, year).items()}


def with_sections(municipality: Municipality, *sections: Section) -> Municipality:
    """The municipality with other sections in its newest programme."""
    new = replace(municipality.programmes[-1], sections=sections)
    return replace(municipality, programmes=(*municipality.programmes[:-1], new))


def test_new_year_lists_what_it_leaves_to_people(rolled: Municipality) -> None:
    kinds = Counter(item.what for item in found(rolled, 2028))
    assert kinds["Revise the text that names 2027"] == 23
    assert kinds["Enter the target of 2028"] == sum(bool(target.indicators) for target in rolled.programmes[-1].targets)
    assert kinds["Bring the table up to date, which is that of 2027"] == len(rolled.programmes[-1].resource_tables)
    assert kinds["Look through the text, which is that of 2027"]
    # the estimates were proposed
    assert not kinds["Enter the estimate of 2027"]


def test_every_line_leads_to_an_entry_that_is_there(rolled: Municipality) -> None:
    entries = set(marks(rolled, 2028))
    assert TO_DO in entries
    rows = located(rolled, 2028)
    for item in found(rolled, 2028):
        assert item.place.year == 2028
        assert item.place.entry in entries
        assert rows[item.place.table, item.place.row].place.entry == item.place.entry


def test_former_years_have_nothing_of_that(rolled: Municipality) -> None:
    assert not [item for item in found(rolled, 2027) if "2026" in item.what]
    # the first year has none to be compared with
    first = min(programme.year for programme in rolled.programmes)
    assert {item.place.table for item in found(rolled, first)} <= {"indicator", "activity", "policy_document"}


def test_untouched_text_is_half_done_until_a_letter_is_changed(rolled: Municipality) -> None:
    section = rolled.programmes[-1].sections[0]
    key = ("part", section.key)
    assert marks(rolled, 2028)[key] == PARTLY
    assert marks(rolled, 2027)[key] == FILLED
    new = Run("Yeni.")
    blocks = tuple(replace(block, runs=(new,), caption="") for block in section.blocks)
    sections = (replace(section, blocks=blocks), *rolled.programmes[-1].sections[1:])
    programmes = (*rolled.programmes[:-1], replace(rolled.programmes[-1], sections=sections))
    touched = replace(rolled, programmes=programmes)
    assert marks(touched, 2028)[key] == FILLED
    assert [i for i in found(touched, 2028) if i.place.entry == key and i.what.startswith("Look through")] == []


def test_table_with_last_years_rows_is_half_done(rolled: Municipality) -> None:
    table = rolled.programmes[-1].resource_tables[0]
    key = ("resource_table", str(table.row))
    assert marks(rolled, 2028)[key] == PARTLY
    tables = (replace(table, rows=table.rows[:-1]), *rolled.programmes[-1].resource_tables[1:])
    programmes = (*rolled.programmes[:-1], replace(rolled.programmes[-1], resource_tables=tables))
    assert marks(replace(rolled, programmes=programmes), 2028)[key] == FILLED


def test_text_that_names_the_year_is_told_once_and_a_new_one_not_at_all() -> None:
    municipality = example()
    last = municipality.programmes[0]
    text = Section("foreword", "", (TextBlock(BlockKind.PARAGRAPH, (Run(f"{last.year} yılında"),)),))
    last = replace(last, sections=(text,))
    new = replace(last, year=last.year + 1, targets=(), sub_programmes=())
    both = replace(municipality, programmes=(last, new), plans=municipality.plans)
    said = [item.what for item in found(both, new.year) if item.place.entry == ("part", "foreword")]
    assert said == [f"Revise the text that names {last.year}"]
    written = replace(text, blocks=(TextBlock(BlockKind.PARAGRAPH, (Run(f"{last.year} yılına göre arttı"),)),))
    both = replace(both, programmes=(last, replace(new, sections=(written,))))
    assert not [item for item in found(both, new.year) if item.place.entry == ("part", "foreword")]


def test_policy_document_whose_period_is_over_is_told() -> None:
    municipality = example()
    programme = municipality.programmes[0]
    documents = (
        PolicyDocument("Old", last_year=programme.year - 1),
        PolicyDocument("Current", last_year=programme.year),
        PolicyDocument("Without end"),
    )
    municipality = replace(municipality, programmes=(replace(programme, policy_documents=documents),))
    assert [item.where for item in found(municipality, programme.year) if "policy" in item.what] == ["Old"]


def test_deferred_indicator_needs_no_target() -> None:
    municipality = example()
    programme = municipality.programmes[0]
    target = programme.targets[0]
    what = f"Enter the target of {programme.year}"

    def told(deferred: bool | None) -> list[str]:
        bare = tuple(replace(one, values={}, deferred=deferred) for one in target.indicators)
        now = replace(programme, targets=(replace(target, indicators=bare),), sub_programmes=())
        return [item.what for item in found(replace(municipality, programmes=(now,)), programme.year)]

    assert what in told(None)
    assert what not in told(True)


def test_activity_without_an_amount_is_told() -> None:
    municipality = example()
    programme = municipality.programmes[0]

    def told(now: Programme) -> list[str]:
        items = found(replace(municipality, programmes=(now,)), now.year)
        return [item.which for item in items if item.what == "Enter the cost of the activities"]

    target = programme.targets[0]
    costed = {activity for sheet in target.cost_sheets for activity in sheet.activities}
    names = [activity.name for activity in target.activities if activity.id in costed]
    assert names
    assert not any(name in which for name in names for which in told(programme))
    bare = replace(target, cost_sheets=())
    said = told(replace(programme, targets=(bare, *programme.targets[1:])))
    assert all(any(name in which for which in said) for name in names)


def test_part_is_half_done_until_the_last_of_its_paragraphs_is_mended(rolled: Municipality) -> None:
    counts = Counter(i.place.entry for i in found(rolled, 2028) if i.place.table == "section_block")
    key = max(counts, key=counts.__getitem__)
    assert counts[key] > 2
    section = next(one for one in rolled.programmes[-1].sections if ("part", one.key) == key)
    others = [one for one in rolled.programmes[-1].sections if one is not section]
    last = len(section.blocks)
    seen = []
    for done in range(last + 1):
        mended = tuple(replace(block, runs=(Run("2028"),), caption="") for block in section.blocks[:done])
        now = with_sections(rolled, replace(section, blocks=(*mended, *section.blocks[done:])), *others)
        left = [item for item in found(now, 2028) if item.place.entry == key]
        entry = signed(now, 2028)[key]
        assert (entry.mark == PARTLY) == bool(left)
        assert ("left to do: Revise the text that names 2027" in entry.why) == bool(left)
        seen.append(len(left))
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] == 0


def test_target_without_values_is_half_done_and_says_how_many(rolled: Municipality) -> None:
    target = next(one for one in rolled.programmes[-1].targets if one.indicators)
    entry = signed(rolled, 2028)["target", target.id]
    assert entry.mark == PARTLY
    assert f"Enter the target of 2028 ({len(target.indicators)})" in entry.why
    finished = next(one for one in rolled.programmes[-2].targets if one.indicators)
    left = {item.place.entry for item in found(rolled, 2027)}
    assert ("target", finished.id) not in left
    assert marks(rolled, 2027)["target", finished.id] == FILLED


def test_list_says_at_its_entry_how_long_it_is(rolled: Municipality) -> None:
    entry = signed(rolled, 2028)[TO_DO]
    assert entry.mark == str(len(found(rolled, 2028)))
    assert entry.mark in entry.why


def test_what_names_the_year_says_which_words_are_meant(rolled: Municipality) -> None:
    named = [item for item in found(rolled, 2028) if item.what.startswith("Revise")]
    assert {item.place.words for item in named} == {"2027"}


def test_looking_again_finds_what_looking_anew_does(rolled: Municipality) -> None:
    again = LeftToDo()
    programme = rolled.programmes[-1]
    edits = [programme]
    edits.append(replace(programme, targets=programme.targets[::-1]))
    edits.append(replace(programme, targets=(replace(programme.targets[0], cost_sheets=()), *programme.targets[1:])))
    edits.append(replace(programme, sections=programme.sections[1:]))
    edits.append(replace(programme, resource_tables=tuple(replace(t, rows=()) for t in programme.resource_tables)))
    edits.append(rolled.programmes[-2])
    edits.append(programme)
    for edited in edits:
        others = tuple(one for one in rolled.programmes if one.year != edited.year)
        now = replace(rolled, programmes=tuple(sorted((*others, edited), key=lambda one: one.year)))
        ctx = exporting.programme_context(now, edited.year)
        assert again.of(ctx) == left_to_do(ctx)
    i18n.set_language("tr")
    ctx = exporting.programme_context(rolled, 2028)
    assert again.of(ctx) == left_to_do(ctx)
    assert "2028 hedefini yazın" in {item.what for item in again.of(ctx)}


def test_what_an_edit_has_not_touched_is_not_looked_at_anew(
    rolled: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = LeftToDo()
    again.of(exporting.programme_context(rolled, 2028))
    programme = rolled.programmes[-1]
    edited = replace(programme, targets=(replace(programme.targets[0], title="x"), *programme.targets[1:]))
    ctx = exporting.programme_context(replace(rolled, programmes=(*rolled.programmes[:-1], edited)), 2028)
    looked = []
    monkeypatch.setattr(finding, "mentions_of", lambda owner, *_: looked.append(owner) or iter(()))
    again.of(ctx)
    assert looked == [edited.targets[0]]
