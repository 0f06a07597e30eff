import dataclasses

import pytest
from tests.example import example as municipality

from perfdesk.domain.programme import Municipality, Programme
from perfdesk.services.layout.layout_example import EXAMPLES, HEADINGS, example
from perfdesk.tables.layout import LAYOUTS, layout_of


def with_layout(name, **settings):
    made = municipality()
    newest = max(made.programmes, key=lambda programme: programme.year)
    return made, dataclasses.replace(newest, layout=name, layout_settings=settings)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_shows_what_it_prints(name):
    made, programme = with_layout(name)
    shown = {HEADINGS, *layout_of(programme).printed}
    for kind in EXAMPLES:
        result = example(made, programme, kind)
        assert bool(result.pdf) is (kind in shown)
        assert not result.borrowed
        for clip in result.clips:
            width, height = result.pages[clip.page]
            assert 0 < clip.left < clip.right < width
            assert 0 < clip.top < clip.bottom < height
        if kind in shown:
            assert result.clips


def test_a_setting_is_seen_in_the_example():
    made, programme = with_layout("official")
    before = example(made, programme, "performance_target")
    _made, changed = with_layout("official", **{"labels.grand_total": "BÜTÜNÜ", "currency": "{amount} ₺"})
    after = example(made, changed, "performance_target")
    assert "BÜTÜNÜ" not in before.text
    assert "BÜTÜNÜ" in after.text
    assert " ₺" in after.text
    assert before.pdf != after.pdf


def test_headings_show_their_numbers():
    made, programme = with_layout("official", section_numbers=["{number})", "{path}", "", ""])
    assert "1) " in example(made, programme, "headings").text


def test_an_empty_programme_borrows_the_samples_words():
    made, _programme = with_layout("official")
    empty = Programme(2030, layout="metropolitan")
    result = example(Municipality(made.administration, programmes=(empty,)), empty, "performance_target")
    assert result.borrowed
    assert result.pdf
    assert "Stratejik Amaç" in result.text
