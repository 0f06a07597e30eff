import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk import i18n
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Programme
from perfdesk.services.layout import layout_catalogue, layout_settings, place_words
from perfdesk.tables.layout import LAYOUTS, SettingKind, layout_of, override, settings_of, value_of


@pytest.fixture
def row(store):
    """The programme in the official layout, unchanged."""
    row = store.load().programmes[-1].row
    with store.step("for the test"):
        store.update("programme", row, layout="", layout_settings={})
    return row


def programme(store):
    return store.load().programmes[-1]


def test_another_layout_leaves_the_changes_behind_and_undo_brings_them_back(store, row):
    layout_settings.set_setting(store, row, "share", "%{share}")
    layout_settings.set_layout(store, row, "metropolitan")
    assert (programme(store).layout, programme(store).layout_settings) == ("metropolitan", {})
    store.undo()
    assert (programme(store).layout, programme(store).layout_settings) == ("", {"share": "%{share}"})


def test_the_same_layout_is_no_step(store, row):
    before = store.undo_label
    layout_settings.set_layout(store, row, "official")
    layout_settings.reset(store, row)
    assert store.undo_label == before
    with pytest.raises(UserError):
        layout_settings.set_layout(store, row, "nobody's")


@pytest.mark.parametrize(
    ("key", "value", "stored"),
    [
        ("share", " {share} ", "{share}"),
        ("indicator_note_row", True, True),
        ("zero", "-", "-"),
        ("labels.grand_total", "TOPLAM ({year})", "TOPLAM ({year})"),
        ("labels.goal", "Amaç {code}", "Amaç {code}"),
        ("labels.description", "", ""),
        ("codes.indicator", "G.{target}.{n}", "G.{target}.{n}"),
        ("captions.cost_sheet", "Maliyet {n}", "Maliyet {n}"),
        ("indicator_columns", ("code_and_name", "values"), ["code_and_name", "values"]),
        ("cost_codes", (), []),
        ("year_heads", ("{year} G", "{year} T", "{year} H"), ["{year} G", "{year} T", "{year} H"]),
        # a place by its Turkish name, by its English one, in whatever case; {n} and {N} are two places
        ("year_heads", ("{yıl} G", "{YIL} T", "{ yıl } H"), ["{year} G", "{year} T", "{year} H"]),
        ("share", "% {pay}", "% {share}"),
        ("captions.cost_sheet", "{ad} {sıra}/{genel sıra}", "{caption} {n}/{N}"),
        ("captions.cost_sheet", "{name} {position}/{running number}", "{caption} {n}/{N}"),
        ("codes.indicator", "G{N}.{n}", "G{N}.{n}"),
        ("section_numbers", ("{rakam}", "{tam numara}", "", ""), ["{number}", "{path}", "", ""]),
    ],
)
def test_a_setting_is_changed_and_its_own_value_takes_it_back(store, row, key, value, stored):
    preset = layout_settings.preset_of(store, row)
    layout_settings.set_setting(store, row, "performance_rows", "both")
    layout_settings.set_setting(store, row, key, value)
    assert programme(store).layout_settings == {"performance_rows": "both", key: stored}
    changed = value_of(layout_of(programme(store)), key)
    assert changed == (tuple(stored) if isinstance(stored, list) else stored)
    layout_settings.set_setting(store, row, key, value_of(preset, key))
    assert programme(store).layout_settings == {"performance_rows": "both"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("share", "yüzde"),
        ("currency", "TL"),
        ("zero", "yok"),
        ("indicator_note_row", "evet"),
        ("indicator_columns", ("unit",)),
        ("indicator_columns", ("code", "name", "code_and_name", "values")),
        ("activity_columns", ("amounts", "name")),
        ("performance_columns", ("amounts",)),
        ("responsible_columns", ("activity", "activities", "units")),
        ("cost_codes", ("77",)),
        ("year_heads", ("{year}",)),
        ("year_heads", ("{yol}", "", "")),
        ("labels.grand_total", "{genel sıra}"),
        ("codes.indicator", "PG }{n}"),
        ("codes.indicator", "{indicator}"),
        ("labels.grand_total", "{yeer}"),
        ("labels.grand_total", "a\x07b"),
        ("labels.nothing", "x"),
        ("name", "x"),
        ("form", "x"),
        ("labels", "x"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(store, row, key, value):
    before = store.undo_label, programme(store)
    with pytest.raises(UserError) as refused:
        layout_settings.set_setting(store, row, key, value)
    assert (store.undo_label, programme(store)) == before
    assert "{" not in refused.value.message.format_map(dict.fromkeys(refused.value.params, ""))


def test_changes_are_taken_back_one_or_all(store, row):
    for key in ("labels.goal", "labels.target", "share"):
        layout_settings.set_setting(store, row, key, "x {share}" if key == "share" else "x")
    layout_settings.reset(store, row, "labels.target")
    assert set(programme(store).layout_settings) == {"labels.goal", "share"}
    layout_settings.reset(store, row)
    assert programme(store).layout_settings == {}
    store.undo()
    assert set(programme(store).layout_settings) == {"labels.goal", "share"}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_setting_of_every_layout_is_described(name):
    layout = layout_of(Programme(0), name)
    found = layout_catalogue.described(layout)
    assert {one.key for one in found} == {setting.key for setting in settings_of(layout)}
    groups = [one.group for one in found]
    assert sorted(groups, key=layout_catalogue.GROUPS.index) == groups
    assert set(groups) == set(layout_catalogue.GROUPS)
    for one in found:
        assert one.name
        assert one.tells
        assert set(one.options) == set(one.setting.choices)
        value = value_of(layout, one.key)
        assert isinstance(one.shown(value), str)
        if one.setting.kind is SettingKind.TEXTS:
            assert len(one.parts) == len(value)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_preset_keeps_to_what_its_settings_may_be(name):
    """What is offered holds what the presets have, so that each can be made from each."""
    layout = layout_of(Programme(0), name)
    for setting in settings_of(layout):
        value = value_of(layout, setting.key)
        assert override(layout, {setting.key: value}) == layout
        if setting.choices:
            assert {*([value] if isinstance(value, str) else value)} <= {*setting.choices}


@given(st.data())
def test_what_is_offered_is_taken_or_told(data):
    layout = layout_of(Programme(0), data.draw(st.sampled_from(LAYOUTS)))
    one = data.draw(st.sampled_from([d for d in layout_catalogue.described(layout) if d.setting.choices]))
    if one.setting.kind is SettingKind.CHOICE:
        value = data.draw(st.sampled_from(one.setting.choices))
    else:
        value = tuple(data.draw(st.lists(st.sampled_from(one.setting.choices), unique=True)))
    try:
        changed = override(layout, {one.key: value})
    except UserError:
        # only lists of columns have a shape of their own
        assert one.group == layout_catalogue.COLUMNS
    else:
        assert value_of(changed, one.key) == value
    for chosen in [value] if isinstance(value, str) else value:
        assert one.options[chosen] in one.shown(value)


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_what_the_window_shows_of_a_text_is_taken_as_what_is_stored(language, name):
    before = i18n.language()
    i18n.set_language(language)
    try:
        layout = layout_of(Programme(0), name)
        for one in layout_catalogue.described(layout):
            may_hold = one.setting.may_hold
            value = value_of(layout, one.key)
            shown = one.typed(value)
            texts = [shown] if isinstance(shown, str) else shown
            if one.setting.kind in (SettingKind.TEXT, SettingKind.TEXTS):
                stored = [place_words.as_stored(text, may_hold) for text in texts]
                assert stored == ([value] if isinstance(value, str) else list(value))
            words = [place_words.in_words(place) for place in may_hold]
            assert len(set(words)) == len(words)
            assert all(word in one.places() for word in words)
    finally:
        i18n.set_language(before)


def test_turkish_window_shows_turkish_places():
    assert place_words.in_words("{n}. {caption} ({year}) {başka}") == "{sıra}. {ad} ({yıl}) {başka}"
    shown = {one.key: one for one in layout_catalogue.described(layout_of(Programme(0)))}
    assert shown["currency"].tells.endswith("{tutar} TL.")
    assert shown["year_heads"].places() == "Basılırken {yıl} yerine yıl yazılır."
