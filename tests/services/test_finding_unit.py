"""Which spending unit is meant by a typed name."""

import pytest

from perfdesk.domain.administration import Unit
from perfdesk.domain.errors import UserError
from perfdesk.services.output.finding_unit import unit_named

UNITS = (
    Unit("u1", "Fen İşleri Müdürlüğü", "FİM", ("Fen Md.",)),
    Unit("u2", "Park ve Bahçeler Müdürlüğü"),
    Unit("u3", "Yazı İşleri Müdürlüğü"),
    Unit("u4", "Park"),
    Unit("u5"),
)


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("Fen İşleri Müdürlüğü", "u1"),
        ("FEN İŞLERİ MÜDÜRLÜĞÜ", "u1"),
        ("fen  isleri mudurlugu", "u1"),
        ("fim", "u1"),
        ("Fen Md.", "u1"),
        ("bahçeler", "u2"),
        # a whole name goes before a part of another
        ("park", "u4"),
        ("yazı", "u3"),
    ],
)
def test_names_that_are_known(typed, id_):
    assert unit_named(UNITS, typed).id == id_


@pytest.mark.parametrize(
    ("typed", "named", "not_named"),
    [
        ("işleri", ["Fen İşleri Müdürlüğü", "Yazı İşleri Müdürlüğü"], ["Bahçeler"]),
        ("Fen İşlari Müdürlüğü", ["Fen İşleri Müdürlüğü"], []),
        ("Zabıta", [], ["Müdürlüğü"]),
        ("", [], ["Müdürlüğü"]),
    ],
)
def test_names_that_are_not_known_or_could_be_several(typed, named, not_named):
    with pytest.raises(UserError) as raised:
        unit_named(UNITS, typed)
    sentence = raised.value.sentence()
    assert f"“{typed}”" in sentence
    assert all(name in sentence for name in named)
    assert not any(name in sentence.replace(f"“{typed}”", "") for name in not_named)
