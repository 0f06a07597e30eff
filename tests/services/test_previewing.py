"""The preview shows what the book prints: same captions, same numbers, and clicks lead to the right entry."""

import dataclasses
import io
import re
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from tests.documents.writers.pdf_reading import pages, tight

from perfdesk.documents import programme_book
from perfdesk.documents.blocks import TableBlock
from perfdesk.domain.administration import Unit
from perfdesk.domain.costs import CostLine, CostSheet
from perfdesk.domain.errors import UserError
from perfdesk.domain.numbers import format_number
from perfdesk.domain.plan import ProgrammeEntry, SubProgrammeEntry
from perfdesk.domain.programme import Activity, SubProgramme
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.services.editing import records
from perfdesk.services.files import importing
from perfdesk.services.output import exporting, previewing
from perfdesk.services.output.exporting import book, programme_context
from perfdesk.services.places import COVER
from perfdesk.storage import files
from perfdesk.tables import unit_total
from perfdesk.tables.context import context
from perfdesk.tables.layout import LAYOUTS

YEAR = 2027
NOW = datetime(2026, 11, 5, 9, 30, tzinfo=UTC)
# what begins above it begins its page, in points
TOP = 100
CAPTION = re.compile(r"Tablo \d+ [^\d\n]+")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("preview") / "sample.perfdesk"
    importing.import_file(resource("sample", "guneycam.json"), path)
    with files.open_store(path, writable=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def ctx(store):
    return programme_context(store.load(), YEAR, "official")


@pytest.fixture(scope="module")
def whole(ctx):
    return previewing.whole(ctx)


def entries(ctx):
    outline = [("part", part.key) for part in ctx.layout.form.outline]
    goals = [("goal", goal.id) for plan in ctx.municipality.plans for goal in plan.goals]
    targets = [("target", target.id) for target in ctx.programme.targets]
    tables = [("resource_table", str(table.row)) for table in ctx.programme.resource_tables]
    return [COVER, ("units", ""), ("pictures", ""), ("layout", ""), *outline, *goals, *targets, *tables]


def test_the_whole_book_is_the_one_that_is_exported(ctx, whole):
    assert whole.pdf == book(ctx)
    assert len(whole.pages) == whole.book_pages == len(pypdf.PdfReader(io.BytesIO(whole.pdf)).pages)


def test_each_page_of_a_part_says_what_the_book_says_there(ctx, whole):
    book = pages(whole.pdf)
    text = [tight(page) for page in book]
    numbered = 0
    for entry in entries(ctx):
        shown = previewing.preview(ctx, entry, known=whole, whole=whole)
        if entry == ("part", "quotation"):
            # the sample quotes nobody
            assert not shown.pdf
            continue
        assert shown.pdf, entry
        first, last = previewing.entry_pages(ctx, whole, entry)
        assert shown.stands_on == (first + 1, last + 1)
        printed = "".join(text[first : last + 1])
        for at, page in enumerate(pages(shown.pdf)):
            captions = [tight(match)[:20] for match in CAPTION.findall(page)]
            assert all(caption in printed for caption in captions), entry
            if shown.first_page:
                # of a numbered page all is on the page of this number
                assert (shown.first_page, shown.book_pages) == (first + 1, len(whole.pages))
                label = f"Sayfa {first + at + 1} / {len(whole.pages)}"
                # the cover and the pages that announce a part say no number
                assert (label in page) == (label in book[first + at]), entry
                assert all(caption in text[first + at] for caption in captions), entry
            else:
                assert "Sayfa" not in page
        numbered += bool(shown.first_page)
    # the others begin below something else in the book
    assert len(entries(ctx)) * 0.5 < numbered < len(entries(ctx))


def test_after_an_edit_the_numbers_of_before_are_not_printed(store, ctx, whole):
    target = ctx.programme.targets[4]
    records.set_field(store, "target", ctx.programme.targets[0].row, "title", "Kısa")
    try:
        after = programme_context(store.load(), YEAR)
        shown = previewing.preview(after, ("target", target.id), known=whole, whole=whole)
    finally:
        store.undo()
    assert (shown.first_page, shown.book_pages, shown.stands_on) == (0, 0, None)
    assert not any("Sayfa" in page for page in pages(shown.pdf))


def test_a_target_alone_has_its_tables_with_the_captions_of_the_book(ctx, whole):
    top = {(spot.entry, spot.page): spot.top for spot in reversed(whole.spots)}
    first_pages = {entry: first for entry, (first, _last) in whole.page_ranges.items()}
    entry = next(
        ("target", one.id)
        for one in ctx.programme.targets[1:]
        if top[("target", one.id), first_pages["target", one.id]] < TOP
    )
    target = next(one for one in ctx.programme.targets if one.id == entry[1])
    shown = previewing.preview(ctx, entry, whole=whole)
    assert {spot.entry for spot in shown.spots} == {entry}
    first = pages(shown.pdf)[0]
    caption = next(tight(found) for found in CAPTION.findall(pages(whole.pdf)[first_pages[entry]]))
    assert caption in tight(first)
    assert tight(target.title) in tight(first)
    number = first_pages[entry] + 1
    assert f"Sayfa {number} / {len(whole.pages)}" in first


def test_without_a_whole_book_no_number_is_printed(ctx):
    shown = previewing.preview(ctx, ("target", ctx.programme.targets[4].id))
    assert (shown.first_page, shown.book_pages) == (0, 0)
    assert not any("Sayfa" in page for page in pages(shown.pdf))


def test_what_prints_nothing_has_no_pages(ctx):
    shown = previewing.preview(ctx, ("sub_programme", "none"))
    assert (shown.pdf, shown.pages, shown.spots) == (b"", (), ())
    assert previewing.entry_pages(ctx, previewing.whole(ctx, known=shown), ("sub_programme", "none")) is None


def test_a_heading_without_content_is_shown_with_what_it_stands_over(ctx):
    part = next(part for part in ctx.layout.form.outline if part.level == 1 and not part.holds and not part.unnumbered)
    shown = previewing.preview(ctx, ("part", part.key))
    assert len({spot.entry for spot in shown.spots}) == 2


def test_a_click_leads_to_the_entry_under_it(ctx, whole):
    target = ("target", ctx.programme.targets[7].id)
    first, _ = whole.page_ranges[target]
    spot = next(spot for spot in whole.spots if spot.entry == target and spot.page == first and not spot.listed)
    assert whole.entry_at(first, (spot.left + spot.right) / 2, (spot.top + spot.bottom) / 2) == target
    # the margin and the running head lead nowhere
    assert whole.entry_at(first, 5, spot.top + 1) is None
    assert whole.entry_at(first, spot.left + 1, 30) is None
    assert whole.entry_at(0, 300, 400) == COVER


def test_a_line_of_the_contents_leads_to_its_part_but_the_part_does_not_begin_there(whole):
    line = next(spot for spot in whole.spots if spot.listed and spot.entry == ("part", "annexes"))
    assert line.page < whole.page_ranges[("part", "general")][0]
    assert whole.entry_at(line.page, line.left + 1, line.top + 1) == ("part", "annexes")
    assert whole.page_ranges[("part", "annexes")][0] > 100


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_block_is_about_an_entry(layout):
    municipality = read(resource("sample", "guneycam.json").read_bytes())
    document = programme_book.build(programme_context(municipality, YEAR, layout))
    assert len(document.about) == len(document.blocks)
    tables = {
        (about, block.table.id)
        for about, block in zip(document.about, document.blocks, strict=True)
        if getattr(block, "table", None) and block.table.kind == "performance_target"
    }
    assert all(about == ("target", id_) for about, id_ in tables)


def test_sub_programmes_have_their_cost_sheets(ctx):
    activity = Activity("sa1", name="Barınma desteği")
    sheet = CostSheet(("sa1",), lines=(CostLine("05", Decimal(7)),))
    sub = SubProgramme("s1", activities=(activity,), cost_sheets=(sheet,))
    programme = dataclasses.replace(ctx.programme, sub_programmes=(sub,))
    entry = ProgrammeEntry("p1", "10", "Sosyal destek", sub_programmes=(SubProgrammeEntry("s1", "10.1", "Barınma"),))
    municipality = dataclasses.replace(ctx.municipality, programme_list=(entry,))
    ctx = context(municipality, programme, ctx.layout)
    shown = previewing.preview(ctx, ("sub_programme", "s1"))
    assert {spot.entry for spot in shown.spots} == {("sub_programme", "s1")}
    assert "Barınma desteği" in " ".join(pages(shown.pdf))


def test_known_tables_make_no_difference(store, whole):
    target = store.load().programme(YEAR).targets[2]
    records.set_field(store, "target", target.row, "title", "Bambaşka bir başlık")
    ctx = programme_context(store.load(), YEAR, "official")
    with_known = previewing.preview(ctx, ("target", target.id), known=whole)
    without = previewing.preview(ctx, ("target", target.id))
    store.undo()
    assert with_known.pdf == without.pdf
    assert "Bambaşka bir başlık" in pages(without.pdf)[0]


def test_progress_can_end_the_setting(ctx):
    class Enough(Exception):  # noqa: N818 - it is not an error
        pass

    def stop(done, total):
        assert 0 <= done <= total
        raise Enough

    with pytest.raises(Enough):
        previewing.whole(ctx, progress=stop)
    with pytest.raises(Enough):
        previewing.preview(ctx, ("part", "targets"), progress=stop)


def unit_of(ctx, name="Fen İşleri Müdürlüğü"):
    return next(unit for unit in ctx.municipality.units if unit.name == name)


def test_the_file_of_a_unit_has_the_cost_tables_it_is_responsible_for(ctx):
    unit = unit_of(ctx)
    printed = tight("".join(pages(previewing.of_paper(ctx, exporting.UNIT_FILE, unit.id).pdf)))
    sheets = [sheet for holder in ctx.programme.holders() for sheet in holder.cost_sheets]
    names = {activity.id: activity.name for holder in ctx.programme.holders() for activity in holder.activities}
    own = [sheet for sheet in sheets if unit.id in sheet.units]
    assert len(own) > 1
    for sheet in own:
        assert tight(names[sheet.activities[0]]) in printed, names[sheet.activities[0]]
    document = exporting.paper_document(ctx, exporting.UNIT_FILE, unit.id)
    tables = [block.table for block in document.blocks if isinstance(block, TableBlock)]
    assert [table.id for table in tables if table.kind == "cost_sheet"] == [sheet.activities[0] for sheet in own]


def test_the_file_of_a_unit_says_its_year_and_begins_with_the_unit_s_total(ctx):
    unit = unit_of(ctx)
    made = previewing.of_paper(ctx, exporting.UNIT_FILE, unit.id)
    shown = pages(made.pdf)
    assert len(shown) == len(made.pages)
    assert all("2027 YILI PERFORMANS PROGRAMI" in page and unit.name in page for page in shown)
    needs = [sums.need for holder, at, sums in ctx.sheets() if unit.id in holder.cost_sheets[at].units]
    together = format_number(sum((need.total for need in needs), Decimal(0)), ctx.places)
    begin = "".join(shown[:2])
    total = begin.index("Genel Toplam", begin.index("Birimin 2027 Yılı Maliyet Toplamı"))
    assert together in begin[total : begin.index("Performans Hedefi Tablosu")]


@pytest.mark.parametrize("name", exporting.PAPER_NAMES)
def test_the_pages_to_print_are_those_that_are_written(ctx, name):
    unit = unit_of(ctx).id if name == exporting.UNIT_FILE else ""
    assert previewing.of_paper(ctx, name, unit, now=NOW).pdf == exporting.paper(ctx, name, unit=unit, now=NOW)


@pytest.mark.parametrize("name", exporting.PAPER_NAMES)
def test_each_page_of_a_working_copy_says_so_and_when_it_was_made(ctx, name):
    unit = unit_of(ctx).id if name == exporting.UNIT_FILE else ""
    said, version = "Çalışma nüshası (05.11.2026 09:30)", "Sürüm 1 (15.10.2026)"
    for stamp, stands, stands_not in (("", said, "Sürüm 1"), (version, version, "Çalışma nüshası")):
        printed = pages(exporting.paper(ctx, name, unit=unit, stamp=stamp, now=NOW))
        assert all(stands in page for page in printed)
        assert not any(stands_not in page for page in printed)
    book = exporting.paper(ctx, name, unit=unit, file_format=exporting.XLSX, now=NOW)
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    assert all(said in str(sheet.oddFooter.left.text) for sheet in sheets)


def test_nothing_is_printed_in_the_total_of_a_unit_as_outside_the_cost_tables(ctx):
    dashed = context(ctx.municipality, ctx.programme, dataclasses.replace(ctx.layout, zero="", cost_zero="-"))
    (part,) = unit_total.build(dashed, unit_of(ctx).id).parts
    zeros = {cell.text for row in part.rows for cell in row.cells if cell.number == 0}
    assert zeros == {"0,00"}


def test_a_total_of_what_several_units_do_says_so(ctx):
    sheets = [sheet for holder in ctx.programme.holders() for sheet in holder.cost_sheets]
    sharing = {unit for sheet in sheets if len(sheet.units) > 1 for unit in sheet.units}
    for unit in ctx.municipality.units:
        told = [fact.key for fact in unit_total.build(ctx, unit.id).facts]
        assert ("note" in told) is (unit.id in sharing), unit.name
    assert 0 < len(sharing) < len(ctx.municipality.units)


def test_a_unit_without_activities_prints_nothing_and_says_so(ctx):
    units = (*ctx.municipality.units, Unit("u-none", "Boş Müdürlük"))
    without = context(dataclasses.replace(ctx.municipality, units=units), ctx.programme, ctx.layout)
    for make in (previewing.of_paper, exporting.paper_document):
        with pytest.raises(UserError) as told:
            make(without, exporting.UNIT_FILE, "u-none")
        assert "Boş Müdürlük" in told.value.sentence()
    assert "u-none" not in [unit.id for unit, _count in previewing.units_with_files(without)]


def test_the_files_of_several_units_are_made_one_after_the_other(ctx):
    units = [unit.id for unit, _count in previewing.units_with_files(ctx)][:3]
    told = []
    made = exporting.unit_files(ctx, units, progress=lambda done, total: told.append(done / total), now=NOW)
    assert made == {unit: exporting.paper(ctx, exporting.UNIT_FILE, unit=unit, now=NOW) for unit in units}
    assert told == sorted(told)
    assert 0 < told[0] < 1 / 3
    assert told[-1] == 1


def test_in_the_programme_budget_targets_are_shown_by_their_sub_programmes(store):
    ctx = programme_context(store.load(), YEAR)
    whole = previewing.whole(ctx)
    target = ctx.programme.targets[6]
    subs = {("sub_programme", activity.sub_programme) for activity in target.activities}
    shown = previewing.preview(ctx, ("target", target.id), whole=whole)
    assert {spot.entry for spot in shown.spots} == subs
    assert previewing.entry_pages(ctx, whole, ("target", target.id)) is not None
    goal = next(goal for goal, objective in ctx.objectives.values() if objective.id == target.objective)
    assert subs < {spot.entry for spot in previewing.preview(ctx, ("goal", goal.id), whole=whole).spots}
    assert previewing.preview(ctx, ("layout", ""), whole=whole).pdf
    # a deferred target has no activity to be shown by
    deferred = next(target for target in ctx.programme.targets if not target.activities)
    assert previewing.preview(ctx, ("target", deferred.id), whole=whole).pages == ()


def test_a_units_cost_tables_in_the_programme_budget(store):
    ctx = programme_context(store.load(), YEAR)
    printed = tight("".join(pages(previewing.of_paper(ctx, exporting.UNIT_FILE, "u17").pdf)))
    assert tight("İş yeri açma ve çalışma ruhsatı işlemlerinin yürütülmesi") in printed
    assert tight("Uygulama imar planı revizyonlarının") not in printed


def test_a_layout_without_cost_tables_gives_a_unit_its_own_all_the_same(store):
    plain = programme_context(store.load(), YEAR, "plain")
    assert previewing.of_paper(plain, exporting.UNIT_FILE, unit_of(plain).id).pages
