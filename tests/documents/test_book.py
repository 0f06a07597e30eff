"""The book and the tables tell the same: captions, numbers, and which parts there are."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import municipalities

from perfdesk.documents import programme_book
from perfdesk.documents.blocks import Block, Document, Heading, TableBlock
from perfdesk.domain.administration import Administration
from perfdesk.domain.plan import Goal, Objective, Plan
from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, Target
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.texts import BlockKind, Run, Section, TextBlock
from perfdesk.domain.value import Value, ValueKind
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.services.output.exporting import programme_context, tables_data
from perfdesk.tables.catalogue import flat_indicators, own_name, part_of
from perfdesk.tables.form import load_form
from perfdesk.tables.layout import LAYOUTS, layout_of
from perfdesk.tables.outline import printed_parts


def book(municipality: Municipality, year: int, layout: str) -> Document:
    return programme_book.build(programme_context(municipality, year, layout))


def captions(document: Document) -> list[tuple[str, str]]:
    tables = [block.table for block in document.blocks if isinstance(block, TableBlock)]
    return [(table.kind, table.caption) for table in tables if table.kind != "policy_documents"]


def check_captions(municipality: Municipality, layout: str) -> None:
    for programme in municipality.programmes:
        ctx = programme_context(municipality, programme.year, layout)
        shown = [(table["kind"], table["caption"]) for table in tables_data(ctx)]
        assert sorted(captions(programme_book.build(ctx))) == sorted(shown)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_captions_of_the_sample(layout: str) -> None:
    check_captions(read(resource("sample", "guneycam.json").read_bytes()), layout)


@given(municipalities(), st.sampled_from(LAYOUTS))
def test_captions_of_anything(municipality: Municipality, layout: str) -> None:
    check_captions(municipality, layout)


@pytest.mark.parametrize("kind", ["", "personnel_sex"])
@pytest.mark.parametrize("total_column", [False, True])
def test_a_table_without_columns(kind: str, *, total_column: bool) -> None:
    """Rows may be there before the first column is; not even a total stands in them then."""
    rows = (ResourceRow(()), ResourceRow(()))
    table = ResourceTable("İnsan Kaynakları", "Boş", (), rows, kind, total_row=True, total_column=total_column)
    check_captions(
        Municipality(Administration("Ad", "city"), programmes=(Programme(2027, resource_tables=(table,)),)), "official"
    )


@given(municipalities(), st.sampled_from(LAYOUTS))
def test_a_part_is_printed_exactly_if_it_has_content(municipality: Municipality, layout: str) -> None:
    for programme in municipality.programmes:
        ctx = programme_context(municipality, programme.year, layout)
        known = {part.title for part in ctx.layout.form.outline}
        titles = {section.key: section.title for section in programme.sections}
        if any(titles.values()):
            continue  # own titles hide which part is meant
        blocks = [block for block in programme_book.build(ctx).blocks if not isinstance(block, Heading)]
        assert blocks
        headings = headings_of(programme_book.build(ctx).blocks, known)
        printed = [(p.part.title, p.has_content) for p in printed_parts(ctx) if p.is_printed]
        assert headings == printed


def headings_of(blocks: tuple[Block, ...], known: set[str]) -> list[tuple[str, bool]]:
    """Return the outline's headings, each with whether anything stands before the next of them."""
    found: list[tuple[str, bool]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2 and block.text in known:
            found.append((block.text, False))
        elif found:
            found[-1] = (found[-1][0], True)
    return found


GOALS = tuple(Goal(f"g{n}", str(n), "Aynı ad", objectives=(Objective(f"o{n}", f"{n}.1", "Hedef"),)) for n in (1, 2))
TEXT = (TextBlock(BlockKind.PARAGRAPH, (Run("Metin"),)),)


def small(**changes: object) -> Municipality:
    programme = dataclasses.replace(Programme(2027), **changes)  # type: ignore[arg-type] # fields of a programme
    administration = Administration("Deneme Belediyesi", "town", email="bilgi@deneme.example")
    return Municipality(administration, plans=(Plan(2025, 2029, goals=GOALS),), programmes=(programme,))


def test_goals_of_one_title_have_their_own_headings() -> None:
    targets = tuple(Target(f"t{n}", f"o{n}", title="Hedef") for n in (1, 2))
    document = book(small(targets=targets), 2027, "metropolitan")
    headings = [(block.number, block.text) for block in document.blocks if isinstance(block, Heading)]
    assert [text for _, text in headings if text == "Aynı ad"] == ["Aynı ad", "Aynı ad"]


def test_numbers_go_on_after_ten() -> None:
    sections = tuple(Section(f"own{n}", f"Ek {n}", TEXT) for n in range(14))
    document = book(small(sections=sections), 2027, "official")
    numbers = [block.number for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert len(numbers) == len(set(numbers))
    assert "XIV-" in numbers


def test_the_imprint_is_on_the_cover() -> None:
    assert book(small(), 2027, "official").blocks[0].foot == ("bilgi@deneme.example",)  # type: ignore[union-attr] # a cover


def test_a_deferred_indicator_says_so() -> None:
    deferred = Indicator("i1", name="Ekilen fidan", deferred=True, values={(2025, ValueKind.REALISED): Value(text="5")})
    target = Target("t1", "o1", indicators=(deferred,), activities=(Activity("a1", name="Ekim"),))
    ctx = programme_context(small(targets=(target,)), 2027, "official")
    shown = [cell.text for row in flat_indicators(ctx).parts[0].rows for cell in row.cells]
    assert "Ekilen fidan (bu yıl için planlanmamıştır)" in shown
    assert "artış" in shown


@pytest.mark.parametrize(
    ("section", "kind", "part"),
    [
        ("Fiziksel Kaynaklar", "", "physical_resources"),
        ("C- Fiziksel Kaynaklar", "", "physical_resources"),
        ("I.C.3 Bilgi ve Teknolojik Kaynakları", "", "it_resources"),
        ("Personel Bilgileri", "", "human_resources"),
        ("İnsan Kaynaklarına İlişkin Bilgiler", "", "human_resources"),
        ("Genel Bilgiler", "", "other"),
        ("Aracılık Hizmetleri", "", "other"),
        ("", "personnel_sex", "human_resources"),
        ("", "", "other"),
        ("human_resources", "", "human_resources"),
    ],
)
def test_resource_tables_stand_where_their_section_says(section: str, kind: str, part: str) -> None:
    assert part_of(load_form(""), ResourceTable(section, kind=kind)).key == part


def test_resource_kinds_are_whole() -> None:
    form = load_form("")
    parts = {part.key for part in form.outline if part.holds == "resource_tables"}
    for kind in form.resource_kinds:
        assert kind.section in parts
        assert len({len(line) for line in kind.header}) == 1
        assert part_of(form, ResourceTable(kind=kind.key)).key == kind.section


def test_a_typed_table_number_gives_way_whatever_its_case() -> None:
    names = ("Tablo 9. Araçlar", "TABLO 9- Binalar", "tablo 7 Parklar", "Tablolar")
    tables = tuple(ResourceTable("", name, (("Ad",),), (ResourceRow(("x",)),)) for name in names)
    shown = [caption for kind, caption in captions(book(small(resource_tables=tables), 2027, "official"))][:4]
    assert shown == ["Tablo 1 Araçlar", "Tablo 2 Binalar", "Tablo 3 Parklar", "Tablo 4 Tablolar"]
    # beside the book they are called so, too: another number there would be taken for the printed one
    official, plain = (layout_of(Programme(2027), name) for name in ("official", "plain"))
    assert [own_name(official, table) for table in tables] == ["Araçlar", "Binalar", "Parklar", "Tablolar"]
    assert [own_name(plain, table) for table in tables] == list(names)


@pytest.mark.parametrize(
    ("section", "heading"),
    [
        ("C- İnsan Kaynakları", None),
        ("I.C.4 İNSAN KAYNAKLARI", None),
        ("1.2 İnsan Kaynakları", None),
        ("D) Kadrolu İnsan Kaynakları", "Kadrolu İnsan Kaynakları"),
        ("2024 Yılı İnsan Kaynakları", "2024 Yılı İnsan Kaynakları"),
        ("E-Belediyede İnsan Kaynakları", "E-Belediyede İnsan Kaynakları"),
        ("III.B.1", "III.B.1"),
    ],
)
def test_a_sections_typed_number_is_no_part_of_its_name(section: str, heading: str | None) -> None:
    """The book numbers its headings itself; a table's section that is the heading above it again is not repeated."""
    made = small(resource_tables=(ResourceTable(section, "Personel", (("Ad",),), (ResourceRow(("x",)),)),))
    blocks = book(made, 2027, "official").blocks
    at = next(n for n, block in enumerate(blocks) if isinstance(block, TableBlock))
    above = blocks[at - 1]
    assert isinstance(above, Heading)
    assert (above.text if above.level == 3 else None) == heading
