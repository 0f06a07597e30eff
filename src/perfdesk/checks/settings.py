"""What the checks are measured by: thresholds, word lists and stock phrases, read from ``resources/checks.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from typing import Any

from perfdesk import paths
from perfdesk.domain import turkish


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers; each is explained in the file."""

    deviation: Decimal
    jump: Decimal
    slip: Decimal
    reserve_least: Decimal
    reserve_most: Decimal
    general_administration: Decimal
    weights_tolerance: Decimal
    plan_population: int
    fewest_words: int
    shortest_explanation: int
    repeated_explanation: int
    equal_amounts: int
    equal_amounts_share: Decimal
    round_amount: int
    telling_number: int
    together: int
    together_share: Decimal
    same_code_shape: Decimal
    alike: int


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists, folded but for ``spelled``: whole words in sets, beginnings or parts of texts in tuples."""

    generic: frozenset[str]
    vague: frozenset[str]
    ratio: frozenset[str]
    change: frozenset[str]
    count: frozenset[str]
    length: frozenset[str]
    duration: frozenset[str]
    outcome: tuple[str, ...]
    output: frozenset[str]
    stop: frozenset[str]
    spelled: tuple[str, ...]
    unit_common: frozenset[str]
    stock: tuple[str, ...]
    personnel: tuple[str, ...]
    personnel_dimensions: tuple[str, ...]
    personnel_parts: tuple[str, ...]
    filled_posts: tuple[str, ...]
    headcount: tuple[str, ...]
    no_sum: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """All of the file."""

    thresholds: Thresholds
    words: Words
    percent_units: frozenset[str]
    length_units: frozenset[str]
    duration_units: frozenset[str]
    measured_units: frozenset[str]
    synonyms: Mapping[str, str]
    sections: Mapping[str, tuple[str, ...]]
    submission: tuple[int, int]


@cache
def settings() -> Settings:
    """Return what is shipped.

    Raises:
        ValueError: the file lacks something, or holds what nothing asks for.
    """
    return read(tomllib.loads(paths.resource("checks.toml").read_text(encoding="utf-8"), parse_float=Decimal))


def read(data: Mapping[str, Any]) -> Settings:
    """Return settings from data, all of which must be there and nothing else.

    Raises:
        ValueError: naming what is missing or unknown.
    """
    _same_keys("", data, {"thresholds", "words", "units", "synonyms", "sections", "calendar"})
    _same_keys("units", data["units"], {"percent", "length", "duration", "measured"})
    _same_keys("calendar", data["calendar"], {"submission"})
    day, month = data["calendar"]["submission"]
    units = {name: frozenset(map(turkish.fold, given)) for name, given in data["units"].items()}
    return Settings(
        thresholds=_thresholds(data["thresholds"]),
        words=_words(data["words"]),
        percent_units=units["percent"],
        length_units=units["length"],
        duration_units=units["duration"],
        measured_units=units["measured"],
        synonyms={turkish.fold(word): turkish.fold(same[0]) for same in data["synonyms"]["groups"] for word in same},
        sections={form: tuple(keys) for form, keys in data["sections"].items()},
        submission=(month, day),
    )


def _thresholds(data: Mapping[str, Any]) -> Thresholds:
    kinds = {one.name: one.type for one in fields(Thresholds)}
    _same_keys("thresholds", data, set(kinds))
    # int and Decimal both read the text; dataclasses say of a type that it may be its name
    return Thresholds(**{name: kind(str(data[name])) for name, kind in kinds.items()})  # type: ignore[operator] # above


def _words(data: Mapping[str, Any]) -> Words:
    kinds = {one.name: frozenset if "frozenset" in str(one.type) else tuple for one in fields(Words)}
    _same_keys("words", data, set(kinds))
    lists: dict[str, Any] = {name: kind(map(turkish.fold, data[name])) for name, kind in kinds.items()}
    # the letters are what these are about
    lists["spelled"] = tuple(map(turkish.lower, data["spelled"]))
    return Words(**lists)


def _same_keys(part: str, data: Mapping[str, Any], wanted: set[str]) -> None:
    for found, problem in ((wanted - data.keys(), "lacks"), (data.keys() - wanted, "does not know")):
        if found:
            raise ValueError(f"checks.toml {problem}: {', '.join(f'{part}.{key}' for key in sorted(found))}")
