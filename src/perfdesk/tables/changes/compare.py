"""Two states of a programme compared entry by entry."""

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from perfdesk.tables.changes.entered import facts_of
from perfdesk.tables.changes.facts import Fact, Facts, Path
from perfdesk.tables.context import Context

# the kinds of records that are counted; a cost of several activities is one
COUNTED: Final = ("target", "sub_programme", "indicator", "activity", "sheet")
# of a long text, what stands around its first difference
_LONGEST: Final = 280
_BEFORE: Final = 60
_CUT: Final = "…"


class Changed(NamedTuple):
    """An entry that differs: where and what it is, and its text before and after; "" is not there."""

    where: str
    what: str
    before: str
    after: str


class Count(NamedTuple):
    """How many records of a kind there were and are, and what became of them."""

    kind: str
    before: int
    after: int
    added: int
    removed: int
    changed: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two states of a programme."""

    old: Context
    new: Context
    values: tuple[Changed, ...]
    counts: tuple[Count, ...]


def compare(old: Context, new: Context) -> Changes:
    """Return what differs in a programme's new state from its old one."""
    before, after = facts_of(old), facts_of(new)
    differing = [path for path in _order(before, after) if not _same(before.entries.get(path), after.entries.get(path))]
    come_or_gone = before.records ^ after.records
    values = tuple(
        changed
        for path in differing
        if not any(path[:n] in come_or_gone for n in range(1, len(path)))
        for changed in _changed(before.entries.get(path), after.entries.get(path), after.label("differs"))
    )
    return Changes(old, new, values, tuple(_counts(before, after, differing)))


def _order(before: Facts, after: Facts) -> Iterator[Path]:
    """Yield all paths in the new order, what is gone behind what it once followed."""
    gone: dict[Path | None, list[Path]] = {}
    anchor: Path | None = None
    for path in before.entries:
        if path in after.entries:
            anchor = path
        else:
            gone.setdefault(anchor, []).append(path)
    yield from gone.get(None, ())
    for path in after.entries:
        yield path
        yield from gone.get(path, ())


def _same(before: Fact | None, after: Fact | None) -> bool:
    """Whether an entry says the same."""
    if before is None or after is None:
        return before is after
    return before.compared == after.compared


def _changed(before: Fact | None, after: Fact | None, differs: str) -> Iterator[Changed]:
    """Yield the differences of an entry."""
    fact = after or before
    if fact is None:
        return
    lines = list(_lines(before, after)) if fact.lines else []
    texts = (_shown(before, alone=after is None), _shown(after, alone=before is None))
    if lines:
        yield from (Changed(fact.where, fact.what, *_excerpts(*pair)) for pair in lines)
    elif texts[0] == texts[1]:
        # what the text does not say
        yield Changed(fact.where, fact.what, "", differs)
    else:
        yield Changed(fact.where, fact.what, *_excerpts(*texts))


def _shown(fact: Fact | None, *, alone: bool) -> str:
    if fact is None:
        return ""
    return (alone and fact.full) or fact.text


def _lines(before: Fact | None, after: Fact | None) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs that differ, each with the one that stands for it now; "" where there is none."""
    old, new = before.lines if before else (), after.lines if after else ()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            for n in range(max(j - i, m - k)):
                pair = (old[i + n] if i + n < j else "", new[k + n] if k + n < m else "")
                if any(pair):
                    yield pair


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Return two texts, cut alike to what stands around their first difference where one of them is long."""
    if max(len(before), len(after)) <= _LONGEST:
        return before, after
    pairs = enumerate(zip(before, after, strict=False))
    same = next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))
    # up to there they are the same, so that both begin with the same word
    begin = before.rfind(" ", 0, max(same - _BEFORE, 0) + 1) + 1 if before and after else 0
    return _excerpt(before, begin), _excerpt(after, begin)


def _excerpt(text: str, begin: int) -> str:
    end = begin + _LONGEST
    if end < len(text):
        end = text.rfind(" ", begin, end) if " " in text[begin:end] else end
    return (_CUT if begin else "") + text[begin:end].strip() + (_CUT if end < len(text) else "")


def _counts(before: Facts, after: Facts, differing: list[Path]) -> Iterator[Count]:
    states = [facts.records | facts.costs for facts in (before, after)]
    known = states[0] | states[1]
    touched = {_record(path, known) for path in differing}
    for kind in COUNTED:
        old, new = ({path for path in records if path[-2] == kind} for records in states)
        if old or new:
            yield Count(kind, len(old), len(new), len(new - old), len(old - new), len(old & new & touched))


def _record(path: Path, known: Collection[Path]) -> Path:
    """Return the record that an entry changes: the nearest it stands under."""
    above = (path[:n] for n in range(len(path), 0, -1))
    return next((record for record in above if record in known), ())
