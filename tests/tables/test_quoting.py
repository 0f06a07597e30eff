"""Names that a text refers to, and what captions are called in a sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.example import YEAR, example
from tests.strategies import municipalities

from perfdesk.domain import turkish
from perfdesk.domain.programme import Municipality
from perfdesk.services.output.exporting import programme_context
from perfdesk.tables.catalogue import FIGURE, Captions
from perfdesk.tables.form import FORMS, load_form
from perfdesk.tables.layout import LAYOUTS
from perfdesk.tables.quoting import best, figures, folded, quoted, reference

WORDS = st.text("abcçdefgğhıijklmnoöprsştuüvyzİIŞ ", min_size=1).map(str.strip).filter(bool)


@pytest.mark.parametrize(
    ("pattern", "caption", "printed", "own"),
    [
        ("Tablo {N} {caption}", "Tablo 7 Hizmet Binaları", "Tablo 7", "Hizmet Binaları"),
        (
            "Tablo {N} İdare Performans Tablosu",
            "Tablo 41 İdare Performans Tablosu",
            "Tablo 41",
            "İdare Performans Tablosu",
        ),
        ("Şekil {N} - {caption}", "Şekil 3 - Harita", "Şekil 3", "Harita"),
        ("Şekil {N}. {caption}", "Şekil 12. Harita", "Şekil 12", "Harita"),
        ("Maliyet Tablosu ({n})", "Maliyet Tablosu (5)", "Maliyet Tablosu (5)", "Maliyet Tablosu (5)"),
        ("{n}. Tablo {caption}", "2. Tablo Araçlar", "2. Tablo", "Araçlar"),
        # nothing says what is counted, or the number stands behind: the caption refers to itself
        ("{n}. {caption}", "2. Araçlar", "2. Araçlar", "2. Araçlar"),
        ("{caption} ({N})", "Araçlar (4)", "Araçlar (4)", "Araçlar (4)"),
        ("{caption}", "Araçlar", "Araçlar", "Araçlar"),
        ("Tablo {N} ({year}) {caption}", "Tablo 2 (2027) Araçlar", "Tablo 2 (2027)", "Araçlar"),
    ],
)
def test_a_caption_is_referred_to_by_its_number(pattern: str, caption: str, printed: str, own: str) -> None:
    assert reference(pattern, caption) == (printed, own)


@given(st.sampled_from(LAYOUTS), st.lists(WORDS, min_size=1, max_size=5))
def test_figures_are_counted_by_themselves(layout: str, names: list[str]) -> None:
    ctx = programme_context(example(), YEAR, layout)
    captions = Captions(ctx)
    pattern = ctx.layout.captions[FIGURE]
    for number, name in enumerate(names, 1):
        captions.next("resource_table", name)
        printed, own = reference(pattern, captions.next(FIGURE, name))
        assert printed == f"Şekil {number}"
        assert folded(own) == folded(name)


def test_a_typed_number_of_a_figure_gives_way() -> None:
    ctx = programme_context(example(), YEAR, "official")
    assert Captions(ctx).next(FIGURE, "Şekil 9: Harita") == "Şekil 1 Harita"


@given(WORDS)
def test_names_are_compared_in_turkish(name: str) -> None:
    held = [((folded(name),), "found")]
    for written in (name, turkish.upper(name), turkish.lower(name), f"  {name} "):
        assert best(folded(written), held) == "found"


@given(st.lists(WORDS.map(folded).filter(bool), min_size=1, unique=True), st.data())
def test_the_whole_name_goes_before_its_beginning_and_that_before_a_part(names: list[str], data: st.DataObject) -> None:
    held = [((name,), name) for name in names]
    asked = data.draw(st.sampled_from(names))
    assert best(asked, held) == asked
    part = data.draw(st.integers(1, len(asked)).map(lambda length: asked[:length]))
    found = best(part, held)
    expected = [name for name in names if name == part] or [name for name in names if name.startswith(part)]
    assert found == expected[0]
    inner = asked[1:]
    if inner and not any(name.startswith(inner) for name in names):
        assert best(inner, held) == next(name for name in names if inner in name)
    assert best("", held) is None
    assert best(asked + "#", held) is None


@given(municipalities(), st.sampled_from(LAYOUTS))
def test_figures_are_those_of_the_ledger(municipality: Municipality, layout: str) -> None:
    for programme in municipality.programmes:
        ctx = programme_context(municipality, programme.year, layout)
        known = figures(ctx)
        sums = ctx.ledger
        for name, need in (
            ("GENEL TOPLAM", sums.grand_total),
            ("Faaliyetler Toplamı", sums.activities_total),
            ("genel yönetim giderleri", sums.general_administration_total),
            ("transferler", sums.transfers_total),
        ):
            printed = known[quoted(ctx, name).name]
            assert digits(printed) == digits(f"{need.total:.{ctx.places}f}")
        assert known["yil"] == str(programme.year)
        assert known["hedef sayisi"] == str(len(programme.targets))
        holders = list(programme.holders())
        assert known["gosterge sayisi"] == str(sum(len(holder.indicators) for holder in holders))
        assert known["faaliyet sayisi"] == str(sum(len(holder.activities) for holder in holders))
        assert known["idare"] == municipality.administration.name


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_the_forms_words_are_whole(name: str) -> None:
    form = load_form(name)
    assert set(form.references.values()) == {"table", "figure", "heading"}
    assert len({folded(word) for word in form.quotes}) == len(form.quotes)
    # a figure's name with a colon would be taken for a place
    assert not any(":" in word for word in (*form.quotes, *form.references))
