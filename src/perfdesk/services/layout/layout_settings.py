"""How a year's programme is printed: choosing a layout, changing single settings of it, taking changes back."""

from collections.abc import Mapping
from typing import Any, Final

from perfdesk.domain import texts
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Programme
from perfdesk.i18n import N_
from perfdesk.services.layout import place_words
from perfdesk.storage.rows import json_of
from perfdesk.storage.store import Store
from perfdesk.tables.form import DEFAULT_FORM, load_form
from perfdesk.tables.layout import DEFAULT_LAYOUT, Layout, Setting, form_for, layout_of, override, settings_of, value_of

# what a list of columns must have, said so that a person can mend it; the rule itself stands in the layouts
_LACKING: Final = {
    "indicator_columns": N_(
        "The values are needed, and either “Name” or “Code and name in one column”, not both; nothing has been changed."
    ),
    "activity_columns": N_("The name is needed, and the amounts come last; nothing has been changed."),
    "performance_columns": N_("The amounts come last, with a column before them; nothing has been changed."),
    "responsible_columns": N_(
        "The units come last, with a column before them, and of “Activity” and “Activities in one cell” there can be "
        "only one; nothing has been changed."
    ),
}


def set_layout(store: Store, programme: int, name: str) -> None:
    """Print a programme in another layout.

    Changed settings hold for the layout they were made in and go with it; undo brings both back. The year's form goes
    along, unless it was another one than the former layout's: then somebody has chosen it.

    Raises:
        UserError: there is no such layout.
    """
    form, former = str(store.field("programme", programme, "form")), _name(store, programme)
    layout_of(Programme(0, form=form), name)
    if name != former:
        goes_along = load_form(form) is load_form(form_for(former))
        with store.step(N_("print layout")):
            store.update("programme", programme, layout=name, layout_settings={})
            if goes_along and load_form(form) is not load_form(form_for(name)):
                store.update("programme", programme, form=form_for(name))


def set_form(store: Store, programme: int, form: str) -> None:
    """Give a year another form: the parts of its book and their words. What has been entered stays, whatever the form.

    Raises:
        UserError: there is no such form.
    """
    if load_form(form) is not load_form(str(store.field("programme", programme, "form"))):
        with store.step(N_("form of the year")):
            store.update("programme", programme, form="" if form == DEFAULT_FORM else form)


def set_setting(store: Store, programme: int, key: str, value: object) -> None:
    """Change a setting; the preset's own value is no change and takes one back.

    Raises:
        UserError: there is no such setting, or it cannot have this value.
    """
    preset, changed = preset_of(store, programme), _changes(store, programme)
    checked = _checked(preset, key, value)
    new = {name: other for name, other in changed.items() if name != key}
    if checked != value_of(preset, key):
        new[key] = list(checked) if isinstance(checked, tuple) else checked
    override(preset, new)
    _write(store, programme, new, N_("setting of the print layout"))


def reset(store: Store, programme: int, key: str | None = None) -> None:
    """Take back the change of a setting, or of all where none is named."""
    changed = _changes(store, programme)
    kept = {name: value for name, value in changed.items() if key is not None and name != key}
    _write(store, programme, kept, N_("resetting the print layout"))


def preset_of(store: Store, programme: int) -> Layout:
    """Return a programme's layout without its changes."""
    form = str(store.field("programme", programme, "form"))
    return layout_of(Programme(0, form=form, layout=_name(store, programme)))


def _checked(preset: Layout, key: str, value: object) -> object:
    """Return a value as it is stored.

    Raises:
        UserError: the setting cannot have it.
    """
    kind = next((setting for setting in settings_of(preset) if setting.key == key), None)
    if kind is None:
        raise UserError(N_("There is no layout setting “{setting}”."), setting=key)
    if isinstance(value, str) and not kind.choices:
        return _text(kind, value)
    if isinstance(value, list | tuple):
        items = tuple(value)
        value = items if kind.choices else tuple(_text(kind, str(item)) for item in items)
        if key in _LACKING:
            try:
                override(preset, {key: value})
            except UserError as error:
                raise UserError(_LACKING[key]) from error
    return value


def _text(kind: Setting, typed: str) -> str:
    text = place_words.as_stored(texts.typed(typed), kind.may_hold)
    may_hold = ", ".join(map(place_words.in_words, kind.may_hold))
    lacking = [place for place in kind.must_hold if place not in text]
    if lacking:
        raise UserError(
            N_("The text must hold {places}, which is filled when it is printed."),
            places=place_words.in_words(lacking[0]),
        )
    unknown = place_words.unknown(text, kind.may_hold)
    if unknown and kind.may_hold:
        raise UserError(
            N_("“{place}” is not filled here. The text may hold {places}."), place=unknown[0], places=may_hold
        )
    if unknown:
        raise UserError(N_("“{place}” is not filled here."), place=unknown[0])
    if kind.key.startswith("codes.") and place_words.has_stray_brace(text):
        # as the pattern is refused everywhere, but in the words of the window
        raise UserError(
            N_("The code pattern “{pattern}” is not valid: it may contain {places}."), pattern=typed, places=may_hold
        )
    return text


def _name(store: Store, programme: int) -> str:
    return str(store.field("programme", programme, "layout")) or DEFAULT_LAYOUT


def _changes(store: Store, programme: int) -> Mapping[str, Any]:
    changed: Mapping[str, Any] = json_of(str(store.field("programme", programme, "layout_settings")))
    return changed


def _write(store: Store, programme: int, changed: Mapping[str, object], label: str) -> None:
    if changed != _changes(store, programme):
        with store.step(label):
            store.update("programme", programme, layout_settings=dict(changed))
