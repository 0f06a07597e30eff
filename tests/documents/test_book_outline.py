"""The whole outline of the book: its first and last pages, dividers, figures, lists, and what texts refer to."""

import dataclasses
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.documents.writers.pdf_reading import misplaced, normal, pages
from tests.strategies import municipalities

from perfdesk.documents import programme_book
from perfdesk.documents.blocks import (
    BackCover,
    Block,
    Bullet,
    ChartBlock,
    Contents,
    Cover,
    Divider,
    Document,
    Figure,
    Heading,
    Imprint,
    InnerCover,
    Listing,
    OrganisationBlock,
    Paragraph,
    Quotation,
    TableBlock,
)
from perfdesk.documents.units import raised, with_raised_units
from perfdesk.documents.writers.pdf import write
from perfdesk.domain.administration import Administration, Picture, Unit
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.resources import ResourceRow, ResourceTable
from perfdesk.domain.texts import BlockKind, Run, Section, TextBlock
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.services.output.exporting import programme_context
from perfdesk.tables.layout import LAYOUTS

YEAR = 2027
FRONT = (Cover, InnerCover, Quotation, Contents, BackCover)
FIGURES = (Figure, ChartBlock, OrganisationBlock)


def png(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return file.getvalue()


MAP, VIEW = Picture("map", "Harita", "image/png", png("green")), Picture("view", "Manzara", "image/png", png("blue"))


def paragraph(text: str) -> TextBlock:
    return TextBlock(BlockKind.PARAGRAPH, (Run(text),))


def picture(of: Picture, caption: str = "") -> TextBlock:
    return TextBlock(BlockKind.PICTURE, picture=of.id, caption=caption)


def section(key: str, *blocks: TextBlock, title: str = "") -> Section:
    return Section(key, title, blocks)


def resource_table(caption: str, section: str = "Fiziksel Kaynaklar") -> ResourceTable:
    return ResourceTable(section, caption, (("Yer", "Alan (M2)"),), (ResourceRow(("Depo", "120 m2")),))


TEXTS = (
    section("cover", picture(VIEW)),
    section("imprint", paragraph("Hazırlayan: Mali Hizmetler Müdürlüğü\nHer hakkı saklıdır.")),
    section("quotation", paragraph("Kentler birlikte kurulur."), paragraph("— Bir hemşehri")),
    section("foreword", paragraph("Değerli hemşehrilerim")),
    section("authority", paragraph("Yetki"), picture(MAP, "Şekil 9: Hizmet bölgeleri"), picture(VIEW)),
    section("other", paragraph("Diğer"), picture(VIEW, "Manzara")),
    section("back_cover", paragraph("Çağrı merkezi 444 0 000")),
)


def municipality(*texts: Section, layout: str = "official", **settings: object) -> Municipality:
    programme = Programme(
        YEAR,
        sections=texts or TEXTS,
        resource_tables=(resource_table("Depolar"), resource_table("Park Alanları")),
        layout=layout,
        layout_settings=settings,
    )
    administration = Administration("Deneme Belediyesi", "town", phone="0 346 000 00 00", email="bilgi@deneme.example")
    units = (Unit("u1", "Fen İşleri"), Unit("u2", "Yazı İşleri", parent="u1"))
    return Municipality(administration, units=units, pictures=(MAP, VIEW), programmes=(programme,))


def book(made: Municipality) -> Document:
    return programme_book.build(programme_context(made, YEAR))


def of(document: Document, kind: type[Block]) -> list[Block]:
    return [block for block in document.blocks if isinstance(block, kind)]


# --- the order of the pages -------------------------------------------------------------------------------------------


def test_the_book_has_every_page_in_its_order() -> None:
    document = book(municipality())
    shown = [
        f"contents:{block.of}"
        if isinstance(block, Contents)
        else block.text
        if isinstance(block, Heading)
        else type(block)
        for block in document.blocks
        if isinstance(block, (*FRONT, Divider)) or (isinstance(block, Heading) and block.level == 1)
    ]
    assert shown == [
        Cover,
        InnerCover,
        Quotation,
        "Sunuş",
        "contents:headings",
        "contents:tables",
        "contents:figures",
        Divider,
        "Genel Bilgiler",
        Divider,
        "Performans Bilgileri",
        Divider,
        "Ekler",
        BackCover,
    ]


@pytest.mark.parametrize(
    ("page", "kind", "listing"),
    [
        ("inner_cover", InnerCover, None),
        ("quotation", Quotation, None),
        ("contents", Contents, Listing.HEADINGS),
        ("tables_list", Contents, Listing.TABLES),
        ("figures_list", Contents, Listing.FIGURES),
        ("dividers", Divider, None),
        ("back_cover", BackCover, None),
    ],
)
def test_each_page_is_a_setting(page: str, kind: type, listing: Listing | None) -> None:
    def has(*chosen: str) -> bool:
        found = of(book(municipality(pages=list(chosen))), kind)
        return any(listing is None or block.of is listing for block in found)  # type: ignore[union-attr] # a list

    assert has(page)
    assert not has()
    others = {"inner_cover", "quotation", "contents", "tables_list", "figures_list", "dividers", "back_cover"} - {page}
    assert not has(*others)


def test_parts_may_come_in_another_order_with_their_tables() -> None:
    tables = tuple(ResourceTable(title, title, (("Ad",),)) for title in ("Fiziksel Kaynaklar", "İnsan Kaynakları"))
    programme = Programme(YEAR, resource_tables=tables, layout="official")

    def printed(**settings: object) -> list[str]:
        municipality = Municipality(
            Administration("Ad", "district"), programmes=(dataclasses.replace(programme, layout_settings=settings),)
        )
        blocks = programme_book.build(programme_context(municipality, YEAR)).blocks
        return [
            f"{block.number} {block.text}" if isinstance(block, Heading) else block.table.caption
            for block in blocks
            if isinstance(block, Heading | TableBlock)
        ][:5]

    general = "I- Genel Bilgiler"
    physical, human = ("- Fiziksel Kaynaklar", " Fiziksel Kaynaklar"), ("- İnsan Kaynakları", " İnsan Kaynakları")
    assert printed() == [general, f"A{physical[0]}", f"Tablo 1{physical[1]}", f"B{human[0]}", f"Tablo 2{human[1]}"]
    swapped = [general, f"A{human[0]}", f"Tablo 1{human[1]}", f"B{physical[0]}", f"Tablo 2{physical[1]}"]
    assert printed(part_order=["other", "human_resources"]) == swapped


def test_pages_that_would_say_nothing_are_left_out() -> None:
    bare = Municipality(Administration("Deneme Belediyesi", "town"), programmes=(Programme(YEAR),))
    document = book(bare)
    assert of(document, InnerCover) == of(document, Quotation) == []
    assert Listing.FIGURES not in {block.of for block in of(document, Contents)}  # type: ignore[union-attr] # lists
    assert misplaced(write(document)) == []


@given(municipalities(), st.sampled_from(LAYOUTS))
def test_every_block_has_its_entry_and_every_page_its_place(made: Municipality, layout: str) -> None:
    for programme in made.programmes:
        ctx = programme_context(made, programme.year, layout)
        document = programme_book.build(ctx)
        assert len(document.about) == len(document.blocks)
        parts = {part.key for part in ctx.layout.form.outline} | {section.key for section in programme.sections}
        assert {id_ for kind, id_ in document.about if kind == "part"} <= parts
        assert isinstance(document.blocks[0], Cover)
        assert not any(isinstance(block, BackCover) for block in document.blocks[:-1])
        # what precedes the lists has no number, and no text stands behind the back cover
        lists = [at for at, block in enumerate(document.blocks) if isinstance(block, Contents)]
        before = document.blocks[: lists[0]] if lists else ()
        assert not any(isinstance(block, Heading) and block.number for block in before)
        assert lists == list(range(lists[0], lists[0] + len(lists))) if lists else True
        for at, block in enumerate(document.blocks):
            if isinstance(block, Divider):
                heading = document.blocks[at + 1]
                assert isinstance(heading, Heading)
                assert (heading.level, heading.number, heading.text) == (1, block.number, block.title)


# --- what stands on them ----------------------------------------------------------------------------------------------


def test_the_cover_shows_its_sections_picture_and_the_inner_cover_the_imprint() -> None:
    document = book(municipality())
    (cover,), (inner,) = of(document, Cover), of(document, InnerCover)
    assert cover.picture == VIEW.data  # type: ignore[union-attr] # a cover
    assert inner.imprint == (  # type: ignore[union-attr] # an inner cover
        Imprint("Telefon", "0 346 000 00 00"),
        Imprint("E-posta", "bilgi@deneme.example"),
        Imprint("Hazırlayan", "Mali Hizmetler Müdürlüğü"),
        Imprint("", "Her hakkı saklıdır."),
    )
    assert of(document, BackCover)[0].foot == ("Çağrı merkezi 444 0 000",)  # type: ignore[union-attr] # a back cover


def test_a_front_text_prints_on_its_own_page_alone() -> None:
    document = book(municipality())
    printed = " ".join(run.text for b in document.blocks if isinstance(b, (Paragraph, Bullet)) for run in b.runs)
    assert "Çağrı merkezi" not in printed
    assert "Kentler" not in printed
    titles = {block.text for block in of(document, Heading)}  # type: ignore[union-attr] # headings
    assert titles.isdisjoint({"Kapak Resmi", "Künye", "Alıntı", "Arka Kapak"})


@pytest.mark.parametrize(
    ("texts", "title", "words", "source"),
    [
        (("Söz.", "– Ad Soyad"), "", ["Söz."], "Ad Soyad"),
        (("Söz.", "İkinci söz."), "Ad Soyad", ["Söz.", "İkinci söz."], "Ad Soyad"),
        (("Söz.", "-Ad"), "Başlık", ["Söz."], "Ad"),
        # a text of one paragraph is the quotation itself
        (("— Söz.",), "", ["— Söz."], ""),
    ],
)
def test_who_is_quoted(texts: tuple[str, ...], title: str, words: list[str], source: str) -> None:
    document = book(municipality(section("quotation", *map(paragraph, texts), title=title)))
    (quotation,) = of(document, Quotation)
    assert isinstance(quotation, Quotation)
    assert ["".join(run.text for run in runs) for runs in quotation.paragraphs] == words
    assert quotation.source == source


def test_dividers_tell_what_the_part_holds() -> None:
    divider = of(book(municipality()), Divider)[0]
    assert divider == Divider(
        "I-",
        "Genel Bilgiler",
        ("A- Yetki, Görev ve Sorumluluklar", "B- Teşkilat Yapısı", "C- Fiziksel Kaynaklar", "D- Diğer Hususlar"),
    )


# --- figures and lists ------------------------------------------------------------------------------------------------


def test_figures_are_numbered_through_the_book_and_those_without_a_name_are_not() -> None:
    captions = [block.caption for block in book(municipality()).blocks if isinstance(block, FIGURES)]
    assert captions == ["Şekil 1 Hizmet bölgeleri", "", "Şekil 2 Teşkilat Şeması", "Şekil 3 Manzara"]


def test_a_picture_stands_for_the_organisation_chart() -> None:
    drawn = book(municipality(section("organisation", paragraph("Metin"))))
    assert len(of(drawn, OrganisationBlock)) == 1
    supplied = book(municipality(section("organisation", picture(MAP, "Şema"))))
    assert of(supplied, OrganisationBlock) == []
    assert [block.caption for block in of(supplied, Figure)] == ["Şekil 1 Şema"]  # type: ignore[union-attr] # figures
    missing = book(municipality(section("organisation", TextBlock(BlockKind.PICTURE, picture="gone"))))
    assert len(of(missing, OrganisationBlock)) == 1
    assert of(book(municipality(organisation_chart=False)), OrganisationBlock) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_charts_are_those_of_the_layout(layout: str) -> None:
    sample = read(resource("sample", "guneycam.json").read_bytes())
    ctx = programme_context(sample, YEAR, layout)
    charts = [block.chart for block in programme_book.build(ctx).blocks if isinstance(block, ChartBlock)]
    assert {chart.key.partition(":")[0] for chart in charts} == set(ctx.layout.charts)
    assert len({chart.key for chart in charts}) == len(charts)


def test_tables_with_a_list_of_their_own_are_not_in_the_contents() -> None:
    document = book(municipality(pages=["contents", "tables_list"]))
    kinds = {block.table.kind for block in of(document, TableBlock)}  # type: ignore[union-attr] # tables
    assert of(document, Contents)[0].without == kinds  # type: ignore[union-attr] # contents
    alone = book(municipality(pages=["contents"]))
    assert not kinds <= of(alone, Contents)[0].without  # type: ignore[union-attr] # contents


# --- references -------------------------------------------------------------------------------------------------------


def said(made: Municipality) -> str:
    return next("".join(run.text for run in b.runs) for b in book(made).blocks if isinstance(b, Paragraph))


@pytest.mark.parametrize(
    ("layout", "text", "printed"),
    [
        ("official", "Bkz. [[Tablo: depolar]].", "Bkz. Tablo 1."),
        ("official", "[[TABLO: Park]] ve [[ tablo : alanları ]]", "Tablo 2 ve Tablo 2"),
        ("official", "[[Tablo: idare performans]]", "Tablo 4"),
        ("metropolitan", "[[Tablo: Park]]", "Park Alanları"),
        ("official", "[[Şekil: Teşkilat]]", "Şekil 1"),
        ("official", "[[Bölüm: Fiziksel Kaynaklar]]", "I-C"),
        ("official", "[[Bölüm: Ekler]], [[Bölüm: Sunuş]]", "III, Sunuş"),
        ("per_target", "[[Bölüm: Fiziksel]]", "I-3"),
        ("metropolitan", "[[Bölüm: Fiziksel]]", "1.3"),
        ("plain", "[[Bölüm: Fiziksel]]", "1.C"),
        ("official", "[[yıl]] yılında [[İDARE]]", "2027 yılında Deneme Belediyesi"),
        ("official", "[[genel toplam]] TL", "0,00 TL"),
        ("per_target", "[[genel toplam]]", "₺0"),
        ("official", "[[Tablo: Olmayan]] ve [[bilinmeyen]]", "Tablo: Olmayan ve bilinmeyen"),
        ("official", "[tek] ve [[ ve ]]", "[tek] ve ve"),
        ("official", "[[Not: genel toplam]]", "Not: genel toplam"),
    ],
)
def test_a_text_says_the_number_in_force(layout: str, text: str, printed: str) -> None:
    texts = (section("foreword", paragraph(text)), section("authority", paragraph("Yetki")))
    assert said(municipality(*texts, layout=layout)) == printed


def test_a_reference_follows_its_table() -> None:
    made = municipality(section("foreword", paragraph("[[Tablo: Park Alanları]]")))
    assert said(made) == "Tablo 2"
    programme = made.programmes[0]
    turned = dataclasses.replace(programme, resource_tables=programme.resource_tables[::-1])
    assert said(dataclasses.replace(made, programmes=(turned,))) == "Tablo 1"


def test_a_reference_keeps_the_weight_it_is_written_in() -> None:
    runs = (Run("Bkz. "), Run("[[Tablo: De", bold=True), Run("polar]] ve son", bold=None))
    block = TextBlock(BlockKind.PARAGRAPH, runs)
    shown = next(b for b in book(municipality(section("foreword", block))).blocks if isinstance(b, Paragraph))
    assert shown.runs == (Run("Bkz. "), Run("Tablo 1", bold=True), Run(" ve son"))


def test_unknown_references_are_told_with_their_part() -> None:
    texts = (
        section("quotation", paragraph("[[Tablo: Yok]]")),
        section(
            "authority", paragraph("[[Şekil: Teşkilat]] [[Bölüm: Hiç]]"), TextBlock(BlockKind.BULLET, (Run("[[x]]"),))
        ),
    )
    ctx = programme_context(municipality(*texts), YEAR)
    assert programme_book.unknown_references(ctx) == [
        (("part", "quotation"), "Tablo: Yok"),
        (("part", "authority"), "Bölüm: Hiç"),
        (("part", "authority"), "x"),
    ]


@given(st.lists(st.text("ab[] :", max_size=8).map(Run), min_size=1, max_size=6), st.booleans())
def test_what_is_no_reference_stays_as_it_is(runs: list[Run], bold: bool) -> None:
    runs = [dataclasses.replace(run, bold=bold) for run in runs]
    text = "".join(run.text for run in runs)
    block = TextBlock(BlockKind.PARAGRAPH, tuple(runs))
    shown = next(b for b in book(municipality(section("foreword", block))).blocks if isinstance(b, Paragraph))
    printed = "".join(run.text for run in shown.runs)
    # only brackets may go, and blanks within them
    assert tight(printed) == tight(text)
    if "[[" not in text:
        assert shown.runs == tuple(runs)


def tight(text: str) -> str:
    return "".join(char for char in text if char not in "[] ")


# --- units ------------------------------------------------------------------------------------------------------------


def test_units_have_their_figure_raised_in_heads_and_quantities() -> None:
    table = next(block.table for block in of(book(municipality()), TableBlock))  # type: ignore[union-attr] # tables
    part = with_raised_units(table).parts[0]
    assert [head.text for head in part.head[0] if head] == ["Yer", "Alan (M²)"]
    assert [cell.text for cell in part.rows[0].cells] == ["Depo", "120 m²"]
    assert with_raised_units(with_raised_units(table)) == with_raised_units(table)
    assert "120 m²" in " ".join(pages(write(book(municipality()))))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("m2", "m²"),
        ("kişi başı m2", "kişi başı m²"),
        ("12.250m3", "12.250m³"),
        ("km 2", "km²"),
        ("CM2", "CM2"),
        ("A4 ve m25", "A4 ve m25"),
        ("program2", "program2"),
        ("2 m boru", "2 m boru"),
    ],
)
def test_only_units_are_raised(typed: str, printed: str) -> None:
    assert raised(typed) == printed
    assert raised(printed) == printed


@given(st.text())
def test_nothing_but_figures_is_raised(text: str) -> None:
    changed = raised(text, head=True).replace("²", "2").replace("³", "3")
    assert changed.replace(" ", "") == text.replace("²", "2").replace("³", "3").replace(" ", "")


# --- the printed pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lists_tell_the_pages_of_the_sample(layout: str) -> None:
    sample = read(resource("sample", "guneycam.json").read_bytes())
    every = ["inner_cover", "quotation", "contents", "tables_list", "figures_list", "dividers", "back_cover"]
    programme = dataclasses.replace(sample.programmes[-1], layout=layout, layout_settings={"pages": every})
    document = programme_book.build(programme_context(dataclasses.replace(sample, programmes=(programme,)), YEAR))
    found = pages(write(document))
    listed = listed_pages(found, "Şekiller Listesi")
    captions = [normal(block.caption) for block in document.blocks if isinstance(block, FIGURES) and block.caption]
    after = max(n for n, page in enumerate(found) if "Şekiller Listesi" in page) + 1
    for caption in captions:
        number = next(n for n, page in enumerate(found[after:], after + 1) if caption in page and n not in listed)
        assert any(f"{caption} {number} " in f"{found[n - 1]} " for n in listed), caption
    # every entry of the lists of tables too
    tables = listed_pages(found, "Tablolar Listesi")
    for block in document.blocks:
        if isinstance(block, TableBlock) and block.table.caption:
            assert any(normal(block.table.caption) in found[n - 1] for n in tables), block.table.caption


def listed_pages(found: list[str], title: str) -> list[int]:
    """Return the pages, from 1, of a list: from its title to the first page before a part."""
    first = next(n for n, page in enumerate(found, 1) if title in page and "İçindekiler" not in page)
    last = next(n for n, page in enumerate(found[first:], first) if "Genel Bilgiler" in page and "Yetki" in page)
    return list(range(first, last + 1))
