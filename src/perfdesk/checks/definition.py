"""İyi tanımlanma: does one know what is measured, how, by whom, and only once."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Final

from perfdesk.checks.finding import ACTIVITY, INDICATOR, TARGET, Lacking, Severity, Values, Where, Word
from perfdesk.checks.rule import AUDIT, GUIDE, Found, Held, Rule, Scope
from perfdesk.checks.scene import Coded, Scene, indicator_place, last_word, number, numbers, words
from perfdesk.domain import turkish
from perfdesk.domain.programme import Indicator, Programme
from perfdesk.i18n import N_

_DIGITS: Final = re.compile(r"\d+")
_IN_BRACKETS: Final = re.compile(r"\(([^()]{1,12})\)\s*$")
# as much of a word as its endings leave alone
_STEM: Final = 5


def vague_name(scene: Scene, held: Held) -> Iterator[Found]:
    """TNM-01: a name that does not say what is measured."""
    known = scene.settings.words
    name = words(held.record.name)
    if not name:
        yield Found(N_("it has no name. Name the indicator."), field="name")
        return
    vague = next((written for written in held.record.name.split() if turkish.fold(written) in known.vague), "")
    if vague:
        yield Found(N_("“{word}” in its name cannot be counted. Name what is measured."), {"word": vague}, field="name")
    elif len(name) < scene.settings.thresholds.fewest_words:
        yield Found(
            N_(
                "the name “{name}” does not show what is measured. Add to it what is measured of which work (for "
                "example “Number of surveys on satisfaction with services” instead of “Number of surveys”)."
            ),
            {"name": held.record.name},
            field="name",
        )
    elif known.generic.issuperset(name):
        yield Found(
            N_("“{name}” does not say of what work. Name in it what is counted."),
            {"name": held.record.name},
            field="name",
        )


def no_ratio(scene: Scene, held: Held) -> Iterator[Found]:
    """TNM-02: a rate of what to what."""
    indicator = held.record
    if _is_ratio(scene, held) and not (indicator.numerator.strip() and indicator.denominator.strip()):
        yield Found(
            N_("a rate, but its numerator and denominator are not named. Enter in its card what is divided by what."),
            field="denominator" if indicator.numerator.strip() else "numerator",
        )


def _is_ratio(scene: Scene, held: Held) -> bool:
    last = last_word(held.record.name, scene.settings.words.stop)
    return bool(last) and (turkish.fold(last) in scene.settings.words.ratio or held.record.roll_up == "ratio")


def no_source(_scene: Scene, held: Held) -> Iterator[Found]:
    """TNM-03: nobody could say where the number comes from."""
    source, owner = held.record.source.strip(), held.record.owner
    if source and owner:
        return
    if source:
        message, lacks = N_("no responsible unit. Choose one in its card."), Lacking.of(_OWNER)
    elif owner:
        message = N_("no data source. Name in its card the record or system its value is taken from.")
        lacks = Lacking.of(_SOURCE)
    else:
        message = N_("neither a data source nor a responsible unit. Enter both in its card.")
        lacks = Lacking.of(_SOURCE, _OWNER)
    yield Found(message, field="owner" if source else "source", told={"lacks": lacks})


_SOURCE: Final = N_("data source")
_OWNER: Final = N_("responsible unit")


def unit_in_name(scene: Scene, held: Held) -> Iterator[Found]:
    """TNM-05: the name says another kind of number than the unit of measure."""
    indicator, settings = held.record, scene.settings
    unit = turkish.fold(indicator.unit).strip()
    written = last_word(indicator.name, settings.words.stop)
    if not unit or not written:
        return
    in_brackets = _IN_BRACKETS.search(indicator.name)
    bracketed = turkish.fold(in_brackets[1]).strip() if in_brackets else ""
    last = turkish.fold(written)
    if bracketed in settings.measured_units:
        differs = bracketed != unit
    elif last in settings.words.count:
        differs = unit in settings.measured_units
    elif last in settings.words.ratio:
        differs = unit not in settings.percent_units and "/" not in unit
    elif last in settings.words.length:
        differs = unit in settings.measured_units and unit not in settings.length_units
    elif last in settings.words.duration:
        differs = unit not in settings.duration_units
    else:
        return
    if differs:
        yield Found(
            N_("the name speaks of “{named}”, the unit of measure is “{unit}”. One of them is wrong."),
            {
                "named": in_brackets[1] if bracketed in settings.measured_units and in_brackets else written,
                "unit": indicator.unit,
            },
            field="unit",
        )


def duplicate_code(scene: Scene, _programme: Programme) -> Iterator[Found]:
    """TNM-04: a code that stands for two things; points to the later one."""
    known: dict[tuple[str, str, int], Coded] = {}
    for holder, one in enumerate(scene.digests):
        for entry in one.codes:
            code = entry.code.strip()
            if not code:
                continue
            # 1, 2, 3 … begin anew in each target
            key = (entry.kind, code, holder if code.isdigit() else -1)
            first = known.setdefault(key, entry)
            # codes that follow from the place in the plan are right as soon as that is
            if first is not entry and (_is_typed(first) or _is_typed(entry)):
                yield Found(
                    N_("the code {code} is that of “{other}” already. Give it another one."),
                    {"code": code, "other": scene.coded(first)},
                    where=_place(entry),
                    subject=scene.coded(entry),
                )


def _place(entry: Coded) -> Where:
    return Where(entry.kind, entry.held.record.id, "code", entry.held.record.row)


def _is_typed(entry: Coded) -> bool:
    return bool(entry.held.record.code.strip())


def odd_code(scene: Scene, _programme: Programme) -> Iterator[Found]:
    """TNM-04: a code written otherwise than nearly all others of its kind; where no way is the usual one, that."""
    for kind, called in _CODED.items():
        entries = [
            (entry, _DIGITS.sub("1", entry.code))
            for one in scene.digests
            for entry in one.codes
            if entry.code and entry.kind == kind
        ]
        shapes = Counter(shape for _entry, shape in entries)
        if len(shapes) < 2:
            continue
        usual, times = shapes.most_common(1)[0]
        if times * 100 >= len(entries) * scene.settings.thresholds.same_code_shape:
            yield from _odd(scene, entries, usual)
        elif typed := [(entry, shape) for entry, shape in entries if _is_typed(entry)]:
            yield from _mixed(scene, typed, called)


# what bears codes, as its codes are called
_CODED: Final = {
    TARGET: N_("The codes of the performance targets"),
    INDICATOR: N_("The codes of the indicators"),
    ACTIVITY: N_("The codes of the activities"),
}


def _mixed(scene: Scene, typed: list[tuple[Coded, str]], called: str) -> Iterator[Found]:
    """Say once that typed codes are written in several ways, none of which is the usual one."""
    shapes = Counter(shape for _entry, shape in typed)
    if len(shapes) < 2:
        return
    usual, times = shapes.most_common(1)[0]
    example = next(entry.code for entry, shape in typed if shape == usual)
    other = next(entry.code for entry, shape in typed if shape != usual)
    yield Found(
        N_(
            "{codes} are not all written alike: {count} of {all} like “{example}”, the others otherwise, such as "
            "“{other}”. Write all alike."
        ),
        {"codes": Word(called), "count": str(times), "all": str(len(typed)), "example": example, "other": other},
        where=scene.programme_place("codes"),
        severity=Severity.INFO,
    )


def _odd(scene: Scene, entries: list[tuple[Coded, str]], usual: str) -> Iterator[Found]:
    example = next(entry.code for entry, shape in entries if shape == usual)
    for entry, shape in entries:
        if shape != usual and _is_typed(entry):
            yield Found(
                N_("its code “{code}” is not written like the others (“{example}”). Write it alike."),
                {"code": entry.code, "example": example},
                where=_place(entry),
                subject=scene.coded(entry),
                severity=Severity.INFO,
            )


def same_name(scene: Scene, _programme: Programme) -> Iterator[Found]:
    """TNM-06: an indicator whose name stands earlier already."""
    first: dict[str, Held] = {}
    for one in scene.digests:
        for name, held in one.indicators:
            if name and (other := first.setdefault(name, held)) is not held:
                yield twice(scene, other, held)


def twice(scene: Scene, first: Held, later: Held) -> Found:
    """Return what is to be said of two indicators that may be one."""
    facts = {"other": scene.indicator(*first)}
    values, others = _shown(scene, later.record, first.record)
    same = words(first.record.name) == words(later.record.name)
    told: dict[str, str] = {}
    if values == others:
        message = (
            N_("the same name as “{other}”, with the same values. Delete one, or say in the names how they differ.")
            if same
            else N_(
                "nearly the same name as “{other}”, with the same values. If they are one measure, delete one; if not, "
                "say in the names how they differ."
            )
        )
    else:
        facts |= {"values": values, "others": others}
        told = _by_year(scene, later.record, first.record)
        message = (
            N_(
                "the same name as “{other}”, but not the same values (this indicator {own}; the other one {its}). If "
                "they are one measure, delete one; if not, say in the names how they differ."
            )
            if same
            else N_(
                "nearly the same name as “{other}”, but not the same values (this indicator {own}; the other one "
                "{its}). If they are one measure, delete one; if not, say in the names how they differ."
            )
        )
    return Found(
        message,
        facts,
        where=indicator_place(later.record, "name"),
        subject=scene.indicator(*later),
        told=told,
    )


def same_measure(scene: Scene, _programme: Programme) -> Iterator[Found]:
    """TNM-06: the same telling number under two names that share a word, with different targets."""
    entries = [
        (value, held)
        for one in scene.digests
        for _name, held in one.indicators
        if (value := numbers(held.record, scene.year)[0]) is not None and _is_telling(scene, value)
    ]
    entries.sort(key=lambda entry: entry[0])
    for value, group in groupby(entries, key=lambda entry: entry[0]):
        found = [held for _value, held in group]
        for at, later in enumerate(found[1:], 1):
            first = next((one for one in found[:at] if _is_same_measure(scene, one, later)), None)
            if first is not None:
                yield Found(
                    N_(
                        "the realised value for {past} ({value}) is that of “{other}”, the target for {year} is "
                        "another one (this indicator {target}, the other one {others}). The same thing seems to be "
                        "counted twice: use only one and delete the other, or make the targets the same."
                    ),
                    {
                        "past": str(scene.year - 2),
                        "value": number(value),
                        "other": scene.indicator(*first),
                        "year": str(scene.year),
                        "target": later.record.value(scene.year, scene.year).display(),
                        "others": first.record.value(scene.year, scene.year).display(),
                    },
                    where=indicator_place(later.record, f"values.{scene.year}"),
                    subject=scene.indicator(*later),
                )


def _is_telling(scene: Scene, value: Decimal) -> bool:
    """Whether two would hardly have the same number by chance."""
    return value >= scene.settings.thresholds.telling_number and bool(value % 100)


def _is_same_measure(scene: Scene, one: Held, other: Held) -> bool:
    first, later, year = one.record, other.record, scene.year
    if first.value(year, year) == later.value(year, year) or words(first.name) == words(later.name):
        return False
    return first.unit == later.unit and bool(_stems(scene, first) & _stems(scene, later))


def _stems(scene: Scene, indicator: Indicator) -> set[str]:
    generic = scene.settings.words.generic
    return {word[:_STEM] for word in words(indicator.name) if len(word) >= _STEM and word not in generic}


def _shown(scene: Scene, *indicators: Indicator) -> list[Values]:
    """Return the values of each, those of the same years: the ones in which any has a value."""
    years = range(scene.year - 2, scene.year + 1)
    told = [year for year in years if any(one.value(scene.year, year).display() for one in indicators)]
    shown = [[one.value(scene.year, year).display() or Values.BLANK for year in told] for one in indicators]
    if len(told) == len(years):
        return [Values(" / ".join(values)) for values in shown]
    return [
        Values(" / ".join(f"{year}: {value}" for year, value in zip(told, values, strict=True))) for values in shown
    ]


def _by_year(scene: Scene, *indicators: Indicator) -> dict[str, str]:
    """Return the values of one indicator and another, each with its year."""
    told: dict[str, str] = {}
    for name, one in zip(("own", "its"), indicators, strict=True):
        values = ((year, one.value(scene.year, year).display()) for year in range(scene.year - 2, scene.year + 1))
        told[name] = Values(", ".join(f"{year}: {value or Values.BLANK}" for year, value in values))
    return told


def misplaced_code(scene: Scene, _programme: Programme) -> Iterator[Found]:
    """TNM-04: a code whose last number is not its place, where nearly all others' is."""
    entries = [
        (entry, at, _DIGITS.findall(entry.code)[-1:])
        for one in scene.digests
        for at, entry in enumerate((entry for entry in one.codes if entry.kind == INDICATOR), 1)
    ]
    wrong = [(entry, at) for entry, at, last in entries if last and int(last[0]) != at and _is_typed(entry)]
    right = len(entries) - len(wrong)
    if right * 100 < len(entries) * scene.settings.thresholds.same_code_shape:
        return
    for entry, at in wrong:
        yield Found(
            N_("its code “{code}” does not fit its place: it is number {at} of its target. Change code or order."),
            {"code": entry.code, "at": str(at)},
            where=_place(entry),
            subject=scene.coded(entry),
            severity=Severity.INFO,
        )


RULES: Final = (
    Rule(
        "TNM-01",
        N_("Vague name"),
        Severity.WARNING,
        ((Scope.INDICATOR, vague_name),),
        N_("Two people must count the same when they read the name."),
        AUDIT,
    ),
    Rule(
        "TNM-02",
        N_("Rate without numerator and denominator"),
        Severity.WARNING,
        ((Scope.INDICATOR, no_ratio),),
        N_("A rate can be checked only if one knows what is divided by what."),
        GUIDE,
        N_(
            "{lacking} of {all} rates do not say what is divided by what ({first}). Enter numerator and denominator "
            "in the indicators' cards."
        ),
        _is_ratio,
        together_all=N_(
            "None of the {all} rates says what is divided by what ({first}). Enter numerator and denominator in the "
            "indicators' cards."
        ),
    ),
    Rule(
        "TNM-03",
        N_("Data source or owner missing"),
        Severity.WARNING,
        ((Scope.INDICATOR, no_source),),
        N_("What cannot be traced to a record cannot be verified."),
        AUDIT,
        N_(
            "{lacking} of {all} indicators lack a data source or a responsible unit ({first}). What is lacking, and "
            "how often: {lacks}. Enter it in the indicators' cards."
        ),
        lambda _scene, _held: True,
        together_all=N_(
            "All {all} indicators lack a data source or a responsible unit ({first}). What is lacking, and how often: "
            "{lacks}. Enter it in the indicators' cards."
        ),
    ),
    Rule(
        "TNM-04",
        N_("Duplicate or odd code"),
        Severity.ERROR,
        (
            (Scope.PROGRAMME, duplicate_code),
            (Scope.PROGRAMME, odd_code),
            (Scope.PROGRAMME, misplaced_code),
        ),
        N_("In the report a code must lead to one thing."),
        AUDIT,
    ),
    Rule(
        "TNM-05",
        N_("Unit in the name differs"),
        Severity.WARNING,
        ((Scope.INDICATOR, unit_in_name),),
        N_("Readers take the number for what the name says."),
        AUDIT,
    ),
    Rule(
        "TNM-06",
        N_("Same measure twice"),
        Severity.WARNING,
        ((Scope.PROGRAMME, same_name), (Scope.PROGRAMME, same_measure)),
        N_("What is counted twice shows two results for one thing."),
        AUDIT,
    ),
)
