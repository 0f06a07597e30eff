"""Layouts: named settings of how a municipality prints its tables; four presets, each setting changeable.

A preset is a file in ``resources/layouts``; a programme names one and may override single settings, addressed as
"share" or "labels.grand_total".
"""

import dataclasses
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from perfdesk import paths
from perfdesk.domain.errors import UserError
from perfdesk.domain.numbering import PLACES, check_pattern
from perfdesk.domain.programme import Programme
from perfdesk.i18n import N_
from perfdesk.tables.form import Form, OutlinePart, load_form

DEFAULT_LAYOUT: Final = "official"
# every file in the folder is a layout; they are offered in the order the files state
LAYOUTS: Final = tuple(
    sorted(
        (path.stem for path in paths.resource("layouts").glob("*.toml")),
        key=lambda name: tomllib.loads(paths.resource("layouts", f"{name}.toml").read_text("utf-8"))["order"],
    )
)

# the form that goes with a layout, by its name; with all others goes the classic one
_FORMS: Final[Mapping[str, str]] = {
    name: data["form"]
    for name in LAYOUTS
    if "form" in (data := tomllib.loads(paths.resource("layouts", f"{name}.toml").read_text("utf-8")))
}

# in the order in which they are offered
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "kurus": ("always", "when_needed"),
    "zero": ("", "-"),
    "cost_zero": ("", "-"),
    "performance_rows": ("sheet", "target", "both"),
    "printed": (
        "goals",
        "performance_target",
        "cost_sheet",
        "sub_programme_indicators",
        "sub_programme_costs",
        "programme_codes",
        "programme_units",
        "programme_years",
        "administration_performance",
        "total_resource_need",
        "responsible_units",
        "resource_table",
    ),
    "always_numbered": ("goal", "objective", "target", "indicator", "activity"),
    "target_facts": ("administration", "goal", "objective", "target", "description"),
    "cost_facts": ("administration", "target", "activities", "units", "note"),
    "cost_sources": ("revolving_fund", "other_domestic", "foreign"),
    "part_order": (
        "authority",
        "organisation",
        "physical_resources",
        "it_resources",
        "human_resources",
        "other",
    ),
    "pages": ("inner_cover", "quotation", "contents", "tables_list", "figures_list", "dividers", "back_cover"),
    "charts": (
        "staff_status",
        "staff_sex",
        "staff_education",
        "staff_age",
        "indicator_trends",
        "cost_by_goal",
        "cost_by_code",
        "cost_by_unit",
        "budget_flow",
    ),
}
# one entry a year of the form, or a level of the outline
_FIXED_LENGTH: Final = frozenset({"year_heads", "section_numbers"})
# what a list of columns must have for its table to say anything; amounts close a row
_SHAPES: Final[Mapping[str, Callable[[tuple[str, ...]], bool]]] = {
    "indicator_columns": lambda names: len({"name", "code_and_name"} & {*names}) == 1 and "values" in names,
    "activity_columns": lambda names: "name" in names and "amounts" not in names[:-1],
    "performance_columns": lambda names: len(names) > 1 and names[-1] == "amounts",
    "responsible_columns": lambda names: (
        len(names) > 1 and names[-1] == "units" and not {"activity", "activities"} <= {*names}
    ),
}
_MAPPINGS: Final = ("codes", "captions", "labels")
# settings that are filled with something, and with what
_PLACES: Final[Mapping[str, tuple[str, ...]]] = {"currency": ("{amount}",), "share": ("{share}",)}
# settings that may be filled with something
_MAY_HOLD: Final[Mapping[str, tuple[str, ...]]] = {
    **_PLACES,
    "year_heads": ("{year}",),
    "section_numbers": ("{roman}", "{letter}", "{number}", "{path}", "{path_letter}"),
    "captions": ("{n}", "{N}", "{caption}", "{year}"),
    "labels": ("{year}",),
}
_PLACE: Final = re.compile(r"\{\w+\}")
# lists that print in their order, besides those of columns
_ORDERED: Final = frozenset({"target_facts", "cost_facts", "part_order"})


class SettingKind(StrEnum):
    """What a setting is made of."""

    CHOICE = "choice"
    SET = "set"
    SEQUENCE = "sequence"
    FLAG = "flag"
    TEXT = "text"
    # as many texts as the layout has
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a layout: what it is made of, the choices it has, the {places} its text must and may hold."""

    key: str
    kind: SettingKind
    choices: tuple[str, ...] = ()
    must_hold: tuple[str, ...] = ()
    may_hold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How the tables are printed. The presets' files show every setting in use.

    ``zero`` and ``cost_zero`` are what an amount of zero prints as, in general and in table 2; "" is the number.
    ``restated_once``: where the targets are the objectives again, tables 1 and 5 say them once, as objectives.
    ``part_order``: of the parts that tell about the administration those that come first; the others follow.
    ``kurus`` "when_needed" prints kuruş everywhere as soon as one amount of the year has some.
    """

    name: str
    form: Form
    title: str
    printed: tuple[str, ...]
    always_numbered: tuple[str, ...]
    kurus: str
    currency: str
    zero: str
    cost_zero: str
    share: str
    year_heads: tuple[str, ...]
    indicator_columns: tuple[str, ...]
    indicator_note_row: bool
    activity_columns: tuple[str, ...]
    activity_subtotal: bool
    restated_once: bool
    target_facts: tuple[str, ...]
    cost_facts: tuple[str, ...]
    cost_codes: tuple[str, ...]
    cost_sources: tuple[str, ...]
    performance_rows: str
    performance_columns: tuple[str, ...]
    responsible_columns: tuple[str, ...]
    section_numbers: tuple[str, ...]
    part_order: tuple[str, ...]
    goal_headings: bool
    pages: tuple[str, ...]
    charts: tuple[str, ...]
    organisation_chart: bool
    codes: Mapping[str, str]
    captions: Mapping[str, str]
    labels: Mapping[str, str]

    @property
    def outline(self) -> tuple[OutlinePart, ...]:
        """The form's outline, the parts that may change places in the order of this layout."""
        if not self.part_order:
            return self.form.outline
        movable = [part for part in self.form.outline if part.key in _CHOICES["part_order"]]
        order = {key: n for n, key in enumerate(self.part_order)}
        ordered = iter(sorted(movable, key=lambda part: order.get(part.key, len(order))))
        return tuple(next(ordered) if part in movable else part for part in self.form.outline)


def fill(text: str, **places: object) -> str:
    """Fill the {places} of a printed text; what is not a place of ours stays as it is."""
    for name, value in places.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def form_for(layout: str) -> str:
    """Return the form that goes with a layout, as a programme names it: "" is the classic one."""
    return _FORMS.get(layout, "")


def layout_of(programme: Programme, name: str | None = None) -> Layout:
    """Return the layout a programme prints in: the one named, else its own, else the official one.

    Its own overrides hold for its own layout, and only there.

    Raises:
        UserError: an unknown layout, form or setting.
    """
    own = programme.layout or DEFAULT_LAYOUT
    chosen = name or own
    preset = _preset(chosen, programme.form)
    return override(preset, programme.layout_settings) if chosen == own and programme.layout_settings else preset


@cache
def _preset(name: str, form_name: str) -> Layout:
    if name not in LAYOUTS:
        raise UserError(
            N_("There is no layout “{layout}”; there are: {layouts}."), layout=name, layouts=", ".join(LAYOUTS)
        )
    form = load_form(form_name)
    data: dict[str, Any] = tomllib.loads(paths.resource("layouts", f"{name}.toml").read_text(encoding="utf-8"))
    settings: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    settings["captions"] = {**form.captions, **data["captions"]}
    settings["labels"] = {**form.labels, **data["labels"]}
    for key in ("order", "form"):
        settings.pop(key, None)
    return Layout(name=name, form=form, **settings)


def override(layout: Layout, settings: Mapping[str, object]) -> Layout:
    """Return the layout with single settings changed.

    Raises:
        UserError: a setting that does not exist, or a value it cannot have.
    """
    changes: dict[str, Any] = {}
    for key, value in settings.items():
        outer, _, inner = key.partition(".")
        if outer in _MAPPINGS and inner:
            known = getattr(layout, outer)
            if inner not in known:
                raise UserError(N_("There is no layout setting “{setting}”."), setting=key)
            if not isinstance(value, str):
                raise _bad(key, value)
            if outer == "codes":
                check_pattern(inner, value)
            changes[outer] = {**changes.get(outer, known), inner: value}
            continue
        known = getattr(layout, key, None) if key in _SETTINGS else None
        if known is None:
            raise UserError(N_("There is no layout setting “{setting}”."), setting=key)
        changes[key] = _checked(key, known, value)
        if key == "cost_codes" and not set(changes[key]) <= layout.form.economic_codes.keys():
            raise _bad(key, value)
    return dataclasses.replace(layout, **changes)


_SETTINGS: Final = frozenset(
    field.name for field in dataclasses.fields(Layout) if field.name not in ("name", "form", "title", *_MAPPINGS)
)


def value_of(layout: Layout, key: str) -> object:
    """Return a setting's value: a text, a tuple of texts, or a bool.

    Raises:
        UserError: a setting that does not exist.
    """
    outer, _, inner = key.partition(".")
    if outer in _MAPPINGS and inner in getattr(layout, outer):
        return getattr(layout, outer)[inner]
    if key not in _SETTINGS:
        raise UserError(N_("There is no layout setting “{setting}”."), setting=key)
    return getattr(layout, key)


def settings_of(layout: Layout) -> tuple[Setting, ...]:
    """Return every setting of a layout, in the order of its file."""
    plain = [field.name for field in dataclasses.fields(Layout) if field.name in _SETTINGS]
    within = [f"{outer}.{inner}" for outer in _MAPPINGS for inner in getattr(layout, outer)]
    return tuple(_setting(layout, key) for key in (*plain, *within))


def _setting(layout: Layout, key: str) -> Setting:
    known = value_of(layout, key)
    outer, _, inner = key.partition(".")
    if inner:
        return Setting(key, SettingKind.TEXT, may_hold=_may_hold(layout, outer, inner))
    choices = tuple(layout.form.economic_codes) if key == "cost_codes" else _choices(key) or ()
    if isinstance(known, bool):
        return Setting(key, SettingKind.FLAG)
    if isinstance(known, str):
        kind = SettingKind.CHOICE if choices else SettingKind.TEXT
        return Setting(key, kind, choices, _PLACES.get(key, ()), _MAY_HOLD.get(key, ()))
    if key in _FIXED_LENGTH:
        return Setting(key, SettingKind.TEXTS, may_hold=_MAY_HOLD.get(key, ()))
    in_order = key in _SHAPES or key in _ORDERED
    return Setting(key, SettingKind.SEQUENCE if in_order else SettingKind.SET, choices)


def _may_hold(layout: Layout, outer: str, inner: str) -> tuple[str, ...]:
    """Return the places that one of several codes, captions or labels may hold."""
    if outer == "codes":
        return tuple(f"{{{name}}}" for name in sorted(PLACES[inner], key=lambda name: (len(name) == 1, name)))
    if outer == "captions":
        return _MAY_HOLD[outer]
    # what a label is filled with is what some preset fills it with
    texts = (layout.form.labels[inner], *(_preset(name, layout.form.name).labels[inner] for name in LAYOUTS))
    return tuple(dict.fromkeys(place for text in (*texts, *_MAY_HOLD[outer]) for place in _PLACE.findall(text)))


@cache
def _choices(key: str) -> tuple[str, ...] | None:
    """Return what a setting can be made of, or None if anything; columns are what their tables declare."""
    # the tables know the layout, so that here they are only known when asked for
    from perfdesk.tables import administration_performance, performance_target, responsible_units

    columns: dict[str, tuple[str, ...]] = {
        "indicator_columns": tuple(performance_target.INDICATOR_COLUMNS),
        "activity_columns": tuple(performance_target.ACTIVITY_COLUMNS),
        "performance_columns": (*administration_performance.TEXT_COLUMNS, "amounts"),
        "responsible_columns": tuple(responsible_units.COLUMNS),
    }
    return columns.get(key, _CHOICES.get(key))


def _checked(key: str, known: object, value: object) -> object:
    choices = _choices(key)
    if isinstance(known, bool):
        valid = isinstance(value, bool)
    elif isinstance(known, str):
        valid = isinstance(value, str) and (choices is None or value in choices)
        valid = valid and all(place in str(value) for place in _PLACES.get(key, ()))
    else:
        items = _texts(value)
        valid = items is not None and (choices is None or set(items) <= set(choices))
        if items is not None and valid:
            valid = len(items) == len(_texts(known) or ()) if key in _FIXED_LENGTH else len(set(items)) == len(items)
            valid = valid and (key not in _SHAPES or _SHAPES[key](items))
            value = items
    if not valid:
        raise _bad(key, value)
    return value


def _texts(value: object) -> tuple[str, ...] | None:
    """Return a list of texts as a tuple; of anything else None."""
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def _bad(key: str, value: object) -> UserError:
    shown = json.dumps(value, ensure_ascii=False)
    return UserError(N_("The layout setting “{setting}” cannot be {value}."), setting=key, value=shown)
