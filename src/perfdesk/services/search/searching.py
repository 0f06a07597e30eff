"""Search over everything in a file, whatever the case and the dots: what is found, in which order, and where it is."""

import dataclasses
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.domain.errors import NumberError
from perfdesk.domain.numbers import format_number, parse_number
from perfdesk.domain.programme import Municipality
from perfdesk.services.places import Place
from perfdesk.services.search.record import FINDING, Amount, Record
from perfdesk.services.search.search_index import FIELD_END, Group, Index, fold, is_meant, number_needles
from perfdesk.tables.context import coded

if TYPE_CHECKING:
    from perfdesk.checks.finding import Finding

Span = tuple[int, int]

# an excerpt's length, and how much of it stands before what was found
_EXCERPT: Final = 120
_BEFORE: Final = 30
# of a sentence, what tells what it is about
_SUBJECT: Final = 40
_GAP: Final = "…"
_BLANK: Final = re.compile(r"\s")
_CURRENCY: Final = ("tl", "₺")
# ranks: the code itself, the beginning of the title, words' beginnings in the title, anywhere in the record, the rest
_CODE, _TITLE, _TITLE_WORDS, _WORDS, _ANYWHERE = range(5)
# a book has many of these; among them what has a code or a form of its own would be lost
_MANY: Final = frozenset({"resource_row", "section_block"})


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the stretches of it that were searched for."""

    text: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    ``kind`` and ``label`` (what the excerpt is of, or "") are msgids; ``where`` is what stands above it; the excerpt
    is empty where the title holds all that was searched for. ``others`` are years in which the same was found.
    """

    kind: str
    title: Marked
    where: str
    label: str
    excerpt: Marked
    place: Place
    others: tuple[int, ...] = ()
    # what the checks say; the words tell whether it is the same hit
    finding: "Finding | None" = field(default=None, compare=False)


class Finds(NamedTuple):
    """What was found, best first, and whether there is more than is shown."""

    hits: tuple[Hit, ...]
    has_more: bool = False


def find(
    index: Index, municipality: Municipality, year: int, text: str, limit: int, findings: Sequence[Group] = ()
) -> Finds:
    """Search for all words of a text, in any order; the year in hand comes first, then the others from the newest.

    Of other years nothing is said that the year in hand says in the same words; its hit names the years instead.
    ``findings`` are those of the year in hand; they come behind what they are about.
    """
    query = _Query(text)
    if not query.words:
        return Finds(())
    others = sorted((p.year for p in municipality.programmes if p.year != year), reverse=True)
    hits: dict[object, Hit] = {}
    has_more = False
    for at in (year, *others):
        groups = index.years[at].groups.values() if at in index.years else ()
        general = index.general.groups.values() if at == year else ()
        said = findings if at == year else ()
        candidates = [*query.candidates(general), *query.candidates(groups), *query.candidates(said)]
        chosen = _fair(candidates, limit)
        has_more = len(chosen) < len(candidates)
        for record in chosen:
            hit = query.hit(record, at)
            # codes may differ from year to year
            words: object = (hit.kind, record.title, hit.excerpt.text)
            known = hits.get(words)
            if known is not None and known.place.year != at:
                hits[words] = _also(known, hit.place)
            elif len(hits) < limit:
                # of one year all are shown, also those that say the same
                hits[words if known is None else hit.place] = hit
            else:
                has_more = True
        if has_more:
            break
    return Finds(tuple(hits.values()), has_more)


def _also(hit: Hit, place: Place) -> Hit:
    """Return a hit that names the year of another one, unless both are of the same row, as goals of one plan are."""
    is_same = (hit.place.table, hit.place.row) == (place.table, place.row)
    if is_same or place.year in hit.others:
        return hit
    return dataclasses.replace(hit, others=(*hit.others, place.year))


_Candidate = tuple[int, Record]


def _fair(candidates: list[_Candidate], limit: int) -> list[Record]:
    """Return the best records; where there are too many, none of their kinds goes without."""
    # the order within a rank is the book's
    ordered = sorted(candidates, key=itemgetter(0))
    if len(ordered) > limit:
        kinds = {record.kind for _rank, record in ordered}
        share = max(limit // len(kinds), 1)
        taken: Counter[str] = Counter()
        preferred = []
        for candidate in ordered:
            kind = candidate[1].kind
            taken[kind] += 1
            preferred.append((taken[kind] > share, candidate))
        best = sorted(preferred, key=itemgetter(0))[:limit]
        ordered = sorted((candidate for _late, candidate in best), key=itemgetter(0))
    return [record for _rank, record in ordered]


class _Word(NamedTuple):
    """A word searched for: folded, and if it is a number, what may stand for it."""

    text: str
    numbers: tuple[str, ...] = ()
    value: Decimal | None = None


class _Query:
    """What was typed, ready to be compared."""

    def __init__(self, text: str) -> None:
        typed = [_word(word) for word in fold(text).split()]
        if any(word.numbers for word in typed):
            typed = [word for word in typed if word.text not in _CURRENCY]
        self.words = tuple(dict.fromkeys(typed))
        self._whole = " ".join(fold(text).split())
        # a single letter is everywhere
        self._worst = _ANYWHERE if len(self._whole) > 1 else _TITLE
        # a code's parts are no words: 2.1 does not begin in 1.2.1
        self._starts = [re.compile(rf"(?<!\w)(?<!\d\.){re.escape(word.text)}") for word in self.words]

    def candidates(self, groups: Iterable[Group]) -> Iterator[_Candidate]:
        """Yield the records that hold all words, with their ranks."""
        for group in groups:
            if self._is_in(group.folded):
                for record, folded in group.found:
                    if not self._is_in(folded):
                        continue
                    rank = self._rank(folded)
                    if rank <= self._worst:
                        yield rank + (record.table in _MANY or record.kind == FINDING), record

    def _is_in(self, folded: str) -> bool:
        for word in self.words:
            if word.text not in folded and not any(number in folded for number in word.numbers):
                return False
        return True

    def _rank(self, folded: str) -> int:
        code, title, _rest = folded.split(FIELD_END, 2)
        if self._whole == code or (code and self._whole.replace(" ", "") == code.replace(" ", "")):
            return _CODE
        if title.startswith(self._whole):
            return _TITLE
        if self._worst == _TITLE:
            return _ANYWHERE
        if all(start.search(title) or start.search(code) for start in self._starts):
            return _TITLE_WORDS
        return _WORDS if all(start.search(folded) for start in self._starts) else _ANYWHERE

    # --- showing ----------------------------------------------------------------------------------------------------

    def hit(self, record: Record, year: int) -> Hit:
        """Return how a record is shown."""
        title = self._marked(coded(record.code, record.title))
        if record.kind == FINDING:
            # its title is that of many; what it says of this one is told in any case
            (said,) = record.fields
            place = Place(year, record.entry, record.table, record.row, record.column, record.words)
            excerpt = self._excerpt(said.text, subject=True)
            return Hit(record.kind, title, record.where, said.label, excerpt, place, finding=record.finding)
        held = {word for word in self.words if record.is_named and word.text in fold(title.text)}
        missing = [word for word in self.words if word not in held]
        best = max(record.fields, key=lambda field: _count(field.text, missing), default=None)
        if best is not None and _count(best.text, missing):
            place = _place(record, year, best.column, best.table, best.row)
            return Hit(record.kind, title, record.where, best.label, self._excerpt(best.text), place)
        for amount in record.amounts:
            if any(word.value is not None and is_meant(amount.value, word.value) for word in missing):
                place = _place(record, year, amount.column, amount.table, amount.row)
                return Hit(record.kind, title, record.where, "", _amount(amount), place)
        return Hit(record.kind, title, record.where, "", Marked(), _place(record, year, record.column))

    def _marked(self, text: str) -> Marked:
        """Return a text with every word of the query in it."""
        folded, starts, ends = _positions(text)
        spans = []
        for word in self.words:
            at = folded.find(word.text)
            while at >= 0:
                spans.append((starts[at], ends[at + len(word.text) - 1]))
                at = folded.find(word.text, at + len(word.text))
        return Marked(text, tuple(_merged(spans)))

    def _excerpt(self, text: str, *, subject: bool = False) -> Marked:
        """Return the stretch of a text around the first word found; with the ``subject`` what the text begins with."""
        text = _BLANK.sub(" ", text)
        whole = self._marked(text)
        first = whole.spans[0][0] if whole.spans else 0
        if subject and first >= _SUBJECT:
            # sentences of one rule are alike but for what they are about, which they begin with
            head = text[: text.rfind(" ", 0, _SUBJECT) + 1 or _SUBJECT]
            rest = self._excerpt(text[len(head) :])
            shift = len(head)
            return Marked(head + rest.text, tuple((a + shift, b + shift) for a, b in rest.spans))
        begin = 0 if len(text) <= _EXCERPT else max(first - _BEFORE, 0)
        if begin:
            # from a word's beginning, if one comes before what was found
            blank = text.find(" ", begin, first)
            begin = blank + 1 if blank >= 0 else begin
        end = min(begin + _EXCERPT, len(text))
        if end < len(text) and " " in text[begin + _EXCERPT // 2 : end]:
            end = text.rindex(" ", begin, end)
        before, after = _GAP if begin else "", _GAP if end < len(text) else ""
        shift = len(before) - begin
        spans = tuple((a + shift, min(b, end) + shift) for a, b in whole.spans if begin <= a < end)
        return Marked(f"{before}{text[begin:end]}{after}", spans)


def _word(text: str) -> _Word:
    try:
        value = parse_number(text.removeprefix("₺").removesuffix("₺").removesuffix("tl"))
    except NumberError:
        return _Word(text)
    # nothing is everywhere
    return _Word(text, number_needles(value), value) if value else _Word(text)


def _count(text: str, words: Iterable[_Word]) -> int:
    folded = fold(text)
    return sum(word.text in folded for word in words)


def _place(record: Record, year: int, column: str, table: str = "", row: int = 0) -> Place:
    """Return the place of a record's field; it stands in the record's own row where it has none of its own."""
    if table:
        return Place(year, record.entry, table, row, column)
    return Place(year, record.entry, record.table, record.row, column)


def _amount(amount: Amount) -> Marked:
    number = format_number(amount.value)
    before = f"{amount.name}: " if amount.name else ""
    return Marked(before + number, ((len(before), len(before) + len(number)),))


def _positions(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Return the folded text, and for each of its letters where the letters it came from begin and end."""
    folded = fold(text)
    if len(folded) == len(text) and unicodedata.is_normalized("NFC", text):
        return folded, range(len(text)), range(1, len(text) + 1)
    # letters with their marks apart become one
    folded, starts, ends = "", [], []
    begin = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(text[end]):
            letters = fold(text[begin:end])
            folded += letters
            starts += [begin] * len(letters)
            ends += [end] * len(letters)
            begin = end
    return folded, starts, ends


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield stretches in order, those that touch or overlap as one."""
    last: Span | None = None
    for begin, end in sorted(spans):
        if last is None or begin > last[1]:
            if last is not None:
                yield last
            last = (begin, end)
        else:
            last = (last[0], max(last[1], end))
    if last is not None:
        yield last
