"""Yazım: names and titles in their right letters, documents that are still in force."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from perfdesk.checks.finding import ADMINISTRATION, GOAL, OBJECTIVE, SECTION, UNIT, Severity, Where, Word
from perfdesk.checks.resources import Numbered
from perfdesk.checks.rule import GUIDE, SPELLING, Found, Held, Rule, Scope
from perfdesk.checks.scene import Scene, is_same_title, letters, shortened, words
from perfdesk.checks.similarity import are_one, differ_by_slips, telling
from perfdesk.domain import turkish
from perfdesk.domain.administration import Unit
from perfdesk.domain.programme import Municipality, Programme, Target
from perfdesk.domain.texts import Section
from perfdesk.i18n import N_
from perfdesk.tables.context import coded

# a dot over an i that has one already is what a program made of İ that knows no Turkish
_LOOSE_DOT: Final = "i\u0307"
# no word of another language has this letter, and none of ours has it there
_CAPITAL_INSIDE: Final = re.compile("[a-zçğıöşü]İ")
_PERIOD: Final = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})")
# addresses know no Turkish letters
_ADDRESS: Final = re.compile(r"\S*(?:@|www\.|://)\S*", re.IGNORECASE)
# shorter words fold alike by chance; those of the administration's own name are taken for it where they are capital
_SHORTEST: Final = 6
_SHORTEST_OWN: Final = 4
# the vowel that follows in an ending
_VOWELS: Final = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}
_CIRCUMFLEX: Final = str.maketrans("âîû", "aıu")


def spelled_words(municipality: Municipality, known: Iterable[str]) -> Mapping[str, str]:
    """Return the small letters of words by how they fold: those of the names in the file, and those always known."""
    own = [word for name in letters(municipality.administration.name) for word in _with_people(turkish.lower(name))]
    of_units = map(turkish.lower, letters(" ".join(unit.name for unit in municipality.units)))
    found: dict[str, str] = {}
    for word in (
        *known,
        *(word for word in own if len(word) >= _SHORTEST_OWN),
        *(word for word in of_units if len(word) >= _SHORTEST),
    ):
        if _LOOSE_DOT not in word:
            found.setdefault(turkish.fold(word), word)
    return found


def _with_people(name: str) -> Iterator[str]:
    """Yield a place's name in small letters, and its people's: "ılgın", "ılgınlı", "ılgınlılar", "ılgınlıların"."""
    yield name
    last = next((letter for letter in reversed(name) if letter in _VOWELS), "a")
    vowel = _VOWELS[last]
    of_place, plural = f"{name}l{vowel}", "lar" if last in "aıou" else "ler"
    yield from (of_place, f"{of_place}{plural}", f"{of_place}{plural}{'ın' if plural == 'lar' else 'in'}")


def title_letters(scene: Scene, target: Target) -> Iterator[Found]:
    """YAZ-01: a title that differs from its source only by letters: another case, a hyphen, a slip."""
    above = scene.ctx.objectives.get(target.objective)
    if above:
        title, source = target.title, turkish.normalise(above[1].title)
        own, known = words(title), words(source)
        if (own == known and not is_same_title(title, source)) or differ_by_slips(own, known):
            yield Found(
                N_(
                    "the title differs from that of its objective (“{source}”) only in spelling. Write both alike, or "
                    "say what is reached in this year."
                ),
                {"source": source},
                field="title",
            )
    yield from _misspelt(scene, (("title", target.title), ("description", target.description)))


def of_indicator(scene: Scene, held: Held) -> Iterator[Found]:
    """YAZ-01: in an indicator's texts."""
    one = held.record
    yield from _misspelt(scene, (("name", one.name), ("unit", one.unit), ("note", one.note)))


def of_activity(scene: Scene, held: Held) -> Iterator[Found]:
    """YAZ-01: in an activity's texts."""
    yield from _misspelt(scene, (("name", held.record.name), ("note", held.record.note)))


def of_sheet(scene: Scene, held: Held) -> Iterator[Found]:
    """YAZ-01: in the note of a cost table."""
    yield from _misspelt(scene, (("note", held.record.note),))


def of_section(scene: Scene, section: Section) -> Iterator[Found]:
    """YAZ-01: in a text of the book."""
    for block in section.blocks:
        text = "".join(run.text for run in block.runs)
        for found in _misspelt(scene, (("blocks", text), ("blocks", block.caption))):
            yield Found(
                found.message,
                found.facts,
                where=Where(SECTION, section.key, "blocks", block.row),
                subject=_section_title(scene, section),
            )


def of_table(scene: Scene, numbered: Numbered) -> Iterator[Found]:
    """YAZ-01: in a resource table's caption."""
    yield from _misspelt(scene, (("caption", numbered.table.caption),))


def like_units(scene: Scene, _programme: Programme) -> Iterator[Found]:
    """YAZ-01: two units whose names differ by what tells no unit from another, so that they may be one."""
    units = scene.ctx.municipality.units
    for at, first in _like(units, scene.settings.words.unit_common):
        later = units[at]
        yield Found(
            N_(
                "nearly the same name as “{other}”. If they are one unit, use only one and delete the other; enter the "
                "other name as its alias."
            ),
            {"other": units[first].name},
            where=Where(UNIT, later.id, "name", later.row),
            subject=later.name,
            severity=Severity.INFO,
        )


@lru_cache(maxsize=8)
def _like(units: tuple[Unit, ...], common: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return the places of units that an earlier one may be, with that one's: by any of their names."""
    known: list[tuple[int, list[tuple[str, ...]]]] = []
    found: list[tuple[int, int]] = []
    for at, unit in enumerate(units):
        if unit.inactive:
            continue
        own = [telling(name, common) for name in (unit.name, unit.abbreviation, *unit.aliases)]
        first = next((other for other, names in known if any(are_one(a, b) for a in own for b in names)), None)
        if first is not None:
            found.append((at, first))
        known.append((at, own))
    return tuple(found)


def of_names(scene: Scene, _programme: Programme) -> Iterator[Found]:
    """YAZ-01: in the names that all others are compared with, and in the plan's titles."""
    municipality = scene.ctx.municipality
    administration = municipality.administration
    places = [(Where(ADMINISTRATION, field="name", row=1), administration.name, administration.name)]
    places += [(Where(UNIT, unit.id, "name", unit.row), unit.name, unit.name) for unit in municipality.units]
    codes = scene.ctx.codes
    plan = municipality.plan_of(scene.year)
    for goal in plan.goals if plan else ():
        places.append((Where(GOAL, goal.id, "title", goal.row), goal.title, coded(codes.goals[goal.id], goal.title)))
        for one in goal.objectives:
            name = coded(codes.objectives[one.id], one.title)
            places.append((Where(OBJECTIVE, one.id, "title", one.row), one.title, name))
    for where, text, name in places:
        for found in _misspelt(scene, (("", text),)):
            yield Found(found.message, found.facts, where=where, subject=shortened(name))
    short = administration.short_name.strip()
    start = administration.name[: len(short)]
    if short and start != short and turkish.fold(start) == turkish.fold(short):
        yield Found(
            N_("the short name “{short}” is spelled otherwise than the name “{name}”. Write both alike."),
            {"short": short, "name": administration.name},
            where=Where(ADMINISTRATION, field="short_name", row=1),
            subject=administration.name,
        )


def _misspelt(scene: Scene, texts: Iterable[tuple[str, str]]) -> Iterator[Found]:
    """Yield the first word of each text that has other letters than it should."""
    for field, text in texts:
        if not text:
            continue
        if _LOOSE_DOT in text:
            word = next(word for word in text.split() if _LOOSE_DOT in word)
            yield _wrong(
                N_(
                    "{where}“{word}” has one more dot on its i that is hard to see (it may come from copying). Delete "
                    "the word and write “{right}” anew."
                ),
                field,
                word,
                word.replace(_LOOSE_DOT, "i"),
            )
            continue
        for word, folded in _folded_words(text):
            if (right := scene.spelled.get(folded)) and _differs(word, right):
                yield _wrong(
                    N_("{where}“{word}” has wrong letters; write “{right}”."), field, word, _cased(word, right)
                )
                break
            if _CAPITAL_INSIDE.search(word):
                right = word[0] + turkish.lower(word[1:])
                yield _wrong(N_("{where}“{word}” has a capital letter inside; write “{right}”."), field, word, right)
                break


def _wrong(message: str, field: str, word: str, right: str) -> Found:
    where = _IN[field]
    return Found(message, {"where": Word(where) if where else "", "word": word, "right": right}, field)


# where in a thing a word stands, before what is said of the word; a name by itself needs no telling
_IN: Final[Mapping[str, str]] = {
    "": "",
    "name": N_("in its name, "),
    "title": N_("in its title, "),
    "description": N_("in its description, "),
    "note": N_("in its note, "),
    "unit": N_("in its unit of measure, "),
    "caption": N_("in its caption, "),
    "blocks": N_("in its text, "),
}


@lru_cache(maxsize=32768)
def _folded_words(text: str) -> tuple[tuple[str, str], ...]:
    """Return a text's words, each as written and folded; addresses left out."""
    return tuple((word, turkish.fold(word)) for word in letters(_ADDRESS.sub(" ", text)))


@lru_cache(maxsize=4096)
def _differs(word: str, right: str) -> bool:
    if len(word) < _SHORTEST and not word[0].isupper():
        return False
    small = turkish.lower(word)
    return small != right and small.translate(_CIRCUMFLEX) != right.translate(_CIRCUMFLEX)


def _cased(word: str, right: str) -> str:
    """Return the right word in the case of the wrong one."""
    if len(word) > 1 and word[1:].upper() == word[1:]:
        return turkish.upper(right)
    return turkish.upper(right[0]) + right[1:] if word[0].isupper() else right


def _section_title(scene: Scene, section: Section) -> str:
    parts = (part.title for part in scene.ctx.layout.form.outline if part.key == section.key)
    return section.title or next(parts, section.key)


def out_of_date(_scene: Scene, programme: Programme) -> Iterator[Found]:
    """YAZ-02: a policy document whose period is over, or has not begun."""
    for document in programme.policy_documents:
        stated = _PERIOD.search(document.document)
        first = document.first_year or (int(stated[1]) if stated else None)
        last = document.last_year or (int(stated[2]) if stated else None)
        where = Where(SECTION, "policies", "policy_documents", document.row)
        facts = {"document": document.document, "year": str(programme.year)}
        if last is not None and last < programme.year:
            yield Found(
                N_("“{document}” ended in {last}. Enter the document that covers {year}."),
                {**facts, "last": str(last)},
                where=where,
            )
        elif first is not None and first > programme.year:
            yield Found(
                N_("“{document}” begins in {first}, after {year}. Enter the document that covers {year}."),
                {**facts, "first": str(first)},
                where=where,
            )


RULES: Final = (
    Rule(
        "YAZ-01",
        N_("Wrong letters"),
        Severity.WARNING,
        (
            (Scope.PROGRAMME, of_names),
            (Scope.PROGRAMME, like_units),
            (Scope.TARGET, title_letters),
            (Scope.INDICATOR, of_indicator),
            (Scope.ACTIVITY, of_activity),
            (Scope.COST_SHEET, of_sheet),
            (Scope.RESOURCE_TABLE, of_table),
            (Scope.SECTION, of_section),
        ),
        N_("The administration's and its units' names appear the same everywhere; searches and comparisons need it."),
        SPELLING,
        names=True,
    ),
    Rule(
        "YAZ-02",
        N_("Policy document out of date"),
        Severity.WARNING,
        ((Scope.PROGRAMME, out_of_date),),
        N_("A programme rests on the documents in force."),
        GUIDE,
    ),
)
