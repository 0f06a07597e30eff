import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk import paths
from perfdesk.domain import turkish
from perfdesk.domain.administration import Unit
from perfdesk.exchange.reading import read
from perfdesk.services.editing.similar_units import similar_units

UNITS = (
    Unit("u1", "Fen İşleri Müdürlüğü", "FİM", aliases=("Teknik İşler Birimi",), row=1),
    Unit("u2", "Yazı İşleri Müdürlüğü", row=2),
    Unit("u3", "Park ve Bahçeler Müdürlüğü", row=3),
    Unit("u4", "İmar ve Şehircilik Müdürlüğü", row=4),
    Unit("u5", "Mali Hizmetler Müdürlüğü", row=5),
    Unit("u6", "", row=6),
)


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("Fen İşleri", [1]),
        ("FEN ISLERI MUDURLUGU", [1]),
        ("Fen İşleri Md.", [1]),
        ("fim", [1]),
        ("Teknik İşler", [1]),
        ("Bahçeler ve Park", [3]),
        ("Park ve Bahceler Müdürlügü", [3]),
        ("İmar ve Şehirclik Müdürlüğü", [4]),
        ("Mali Hizmetler", [5]),
        ("Destek Hizmetleri Müdürlüğü", []),
        ("Müdürlüğü", []),
        ("Temizlik İşleri Müdürlüğü", []),
        ("", []),
        ("F", []),
        (" . ", []),
    ],
)
def test_what_may_be_the_same_is_found(typed, rows):
    assert [unit.row for unit in similar_units(UNITS, typed)] == rows


def test_a_unit_is_not_similar_to_itself():
    assert similar_units(UNITS, "Fen İşleri Müdürlüğü", but=1) == []


def test_the_samples_units_are_all_different():
    units = read(paths.resource("sample", "guneycam.json").read_bytes()).units
    units = tuple(Unit(unit.id, unit.name, row=n) for n, unit in enumerate(units, 1))
    assert all(similar_units(units, unit.name, unit.row) == [] for unit in units)


@given(st.text(max_size=30))
def test_anything_typed_is_compared(typed):
    for unit in similar_units(UNITS, typed):
        assert unit in UNITS
    assert not similar_units(UNITS[5:], typed)


@given(st.sampled_from([unit for unit in UNITS if unit.name]), st.data())
def test_the_order_and_case_of_words_do_not_matter(unit, data):
    words = data.draw(st.sampled_from(list(itertools.permutations(unit.name.split()))))
    written = data.draw(st.sampled_from([turkish.upper, turkish.lower, turkish.fold]))
    assert unit in similar_units(UNITS, written(" ".join(words)))
