"""The organisation chart: every unit has its box, no box stands over another, and all is on the page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Rect
from tests.documents.writers.pdf_reading import misplaced, pages, pdf_of, tight
from tests.documents.writers.test_pdf_random import TEXTS

from perfdesk.documents.blocks import Heading, OrganisationBlock
from perfdesk.documents.writers.pdf.charts import organisation_strips
from perfdesk.documents.writers.pdf.drawings import organisation_pdf
from perfdesk.documents.writers.pdf.fonts import fonts
from perfdesk.documents.writers.pdf.page import frame
from perfdesk.documents.writers.pdf.strip import Strip
from perfdesk.documents.writers.pdf.style import look
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.organisation import Organisation

NAMES = st.one_of(
    st.sampled_from(["Fen İşleri Müdürlüğü", "İklim Değişikliği ve Sıfır Atık Müdürlüğü", "Özel Kalem", "Ş"]),
    TEXTS.filter(lambda text: bool(text.strip())).map(lambda text: text[:400]),
)
TREES = st.recursive(
    NAMES.map(Organisation),
    lambda trees: st.builds(Organisation, NAMES, st.lists(trees, max_size=6).map(tuple)),
    max_leaves=40,
)
ROOTS = st.builds(Organisation, NAMES, st.lists(TREES, min_size=1, max_size=12).map(tuple))


def units(count: int, first: int = 1) -> tuple[Organisation, ...]:
    return tuple(Organisation(f"{n}. Hizmetler Müdürlüğü") for n in range(first, first + count))


def names(tree: Organisation) -> list[str]:
    return [tree.name, *(name for below in tree.below for name in names(below))]


def strips_of(root: Organisation) -> list[Strip]:
    return organisation_strips(OrganisationBlock(root, "Şekil 1"), look(""), Measurer(), "k")


def boxes(strip: Strip) -> list[tuple[float, float, float, float]]:
    shapes = strip.drawing.contents if strip.drawing else []
    return [(s.x, -s.y - s.height, s.x + s.width, -s.y) for s in shapes if isinstance(s, Rect)]


@settings(max_examples=15, deadline=None)
@given(ROOTS)
def test_any_hierarchy(root: Organisation) -> None:
    for strip in strips_of(root):
        left, right, _, _ = frame(wide=strip.wide)
        found = boxes(strip)
        for n, (begin, top, end, foot) in enumerate(found):
            assert left - 0.1 <= begin < end <= right + 0.1
            assert -0.1 <= top < foot <= strip.height + 0.1
            for begin2, top2, end2, foot2 in found[:n]:
                assert end <= begin2 or end2 <= begin or foot <= top2 or foot2 <= top
    data = pdf_of(Heading(2, "Teşkilat Yapısı"), OrganisationBlock(root, "Şekil 1"))
    assert misplaced(data) == []
    text = tight("".join(pages(data)))
    assert all(tight(fonts().clean(name)) in text for name in names(root))


@pytest.mark.parametrize(
    "root",
    [
        Organisation("Belediye Başkanlığı", units(25)),
        Organisation("Belediye Başkanlığı", units(60)),
        Organisation("Belediye Başkanlığı", (Organisation("Başkan Yardımcısı", units(40)),)),
        Organisation(
            "Belediye Başkanlığı",
            (*units(3), *(Organisation(f"{n}. Başkan Yardımcısı", units(8, 10 * n)) for n in range(1, 5))),
        ),
    ],
    ids=["25 units", "60 units", "one deputy", "four deputies"],
)
def test_what_municipalities_have_stands_on_one_page(root: Organisation) -> None:
    data = pdf_of(Heading(1, "Genel Bilgiler"), Heading(2, "Teşkilat Yapısı"), OrganisationBlock(root, "Şekil 1"))
    assert len(pages(data)) == 1
    assert misplaced(data) == []


def test_each_unit_has_one_box() -> None:
    (strip, caption) = strips_of(Organisation("Belediye Başkanlığı", units(25)))
    assert len(boxes(strip)) == 26
    assert caption.texts[0].text == "Şekil 1"


def test_one_too_large_for_a_page_goes_on_with_the_top_again() -> None:
    root = Organisation(
        "Belediye Başkanlığı", tuple(Organisation(f"{n}. Genel Müdürlük", units(20)) for n in range(10))
    )
    data = pdf_of(OrganisationBlock(root, "Şekil 1"))
    text = pages(data)
    assert len(text) > 1
    assert all("Belediye Başkanlığı" in page for page in text)
    assert misplaced(data) == []


def test_levels_taller_than_a_page_go_on_below_the_last_of_them() -> None:
    chain = Organisation("40. birim")
    for n in range(39, 0, -1):
        chain = Organisation(f"{n}. birim ve uzun bir adın ikinci satıra taşan devamı", (chain, Organisation(f"{n}a")))
    root = Organisation("Belediye Başkanlığı", (chain,))
    data = pdf_of(Heading(2, "Teşkilat"), OrganisationBlock(root, "Şekil 1"))
    assert misplaced(data) == []
    text = tight("".join(pages(data)))
    assert all(tight(name) in text for name in names(root))
    assert "Şekil 1" in pages(data)[0]


def test_nothing_under_the_top_is_no_chart() -> None:
    assert strips_of(Organisation("Belediye Başkanlığı")) == []


def test_as_a_file_of_its_own() -> None:
    data = organisation_pdf(Organisation("Belediye Başkanlığı", units(25)), "", 460)
    assert len(pages(data)) == 1
    assert misplaced(data) == []
    assert "25. Hizmetler Müdürlüğü" in pages(data)[0]
