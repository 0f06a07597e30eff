"""The index of a snapshot: its records with their folded texts; what an edit did not touch is taken over.

Snapshots share the objects an edit did not reach, so that identity tells what to keep; there is nothing to invalidate.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.numbering import Codes, codes
from perfdesk.domain.plan import Plan
from perfdesk.domain.programme import Municipality, Programme, SubProgramme, Target
from perfdesk.services.search import general_records, holder_records, part_records
from perfdesk.services.search.record import Record, path
from perfdesk.tables import catalogue
from perfdesk.tables.context import Context, coded
from perfdesk.tables.form import Form, OutlinePart
from perfdesk.tables.layout import Layout, layout_of

# between the texts of a record, and between records; no text that is typed or read holds them
FIELD_END: Final = "\x1f"
_RECORD_END: Final = "\x1e"
# numbers are written in signs of their own with an edge around, so that neither 45 nor a text is found in 4500
_NUMBER_EDGE: Final = "\x1d"
_POINT: Final = "\x18"
_DIGITS: Final = str.maketrans("0123456789.-", "\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17" + _POINT + "\x19")
# whoever types so much or more may leave out the kuruş
_ROUGHLY_FROM: Final = 1000
# signs that word processors choose by themselves, as keyboards write them; one for one, positions stay
_SIGNS: Final = (*(("'", sign) for sign in "’‘"), *(('"', sign) for sign in "“”"), *(("-", sign) for sign in "–—−"))
_BLANKS: Final = "\u00a0\u202f"


def fold(text: str) -> str:
    """Return a text as it is compared: small, without dots and tails, with plain quotation marks, dashes and blanks."""
    folded = turkish.fold(text)
    # several times as fast as translate, which looks every letter up
    for plain, sign in _SIGNS:
        folded = folded.replace(sign, plain)
    for blank in _BLANKS:
        folded = folded.replace(blank, " ")
    return folded


def number_needles(value: Decimal) -> tuple[str, ...]:
    """Return what may stand among the folded texts for a number that is searched for."""
    exact = _number(value)
    if value != int(value) or abs(value) < _ROUGHLY_FROM:
        return (exact,)
    return exact, exact.removesuffix(_NUMBER_EDGE) + _POINT


def _number(value: Decimal) -> str:
    """Return what stands for a number, however many zeros it is written with."""
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"{_NUMBER_EDGE}{digits.translate(_DIGITS)}{_NUMBER_EDGE}"


def is_meant(amount: Decimal, value: Decimal) -> bool:
    """Whether a number is one that is searched for."""
    return any(needle in _number(amount) for needle in number_needles(value))


class Found(NamedTuple):
    """A record with its folded texts: code, title, then the others."""

    record: Record
    folded: str


@dataclass(frozen=True, slots=True)
class Group:
    """The records made from one object of a snapshot and from what they say besides, ``rest``."""

    source: object
    rest: tuple[object, ...]
    found: tuple[Found, ...]
    folded: str

    def serves(self, source: object, rest: tuple[object, ...]) -> bool:
        """Whether these are the records of that object still."""
        return self.source is source and self.rest == rest


_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The groups of a year, or of what belongs to no year, in book order; ``frame`` is what all were made from."""

    frame: tuple[object, ...] = ()
    groups: dict[_Key, Group] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Index:
    """All that can be found in a snapshot. ``general`` are the records that belong to no year."""

    general: Shelf = field(default_factory=Shelf)
    years: dict[int, Shelf] = field(default_factory=dict)


def build(
    municipality: Municipality, previous: Index | None = None, ctx: Context | None = None
) -> Generator[None, None, Index]:
    """Build the index step by step, so that a window can do other things between; the generator returns it.

    ``previous`` is the index of an earlier snapshot; ``ctx`` spares computing the codes of its programme again.
    """
    before = previous or Index()
    general = Shelf()
    yield from _fill(general, before.general, _general(municipality))
    years = {}
    for programme in municipality.programmes:
        known = before.years.get(programme.year, Shelf())
        frame = (programme, municipality.plan_of(programme.year), municipality.programme_list)
        if len(known.frame) == len(frame) and all(map(_is, known.frame, frame)):
            years[programme.year] = known
            continue
        layout = _layout(programme)
        if layout is None:
            # what cannot be shown is not found either
            continue
        own = ctx.codes if ctx is not None and ctx.programme is programme else None
        years[programme.year] = shelf = Shelf(frame)
        yield from _fill(shelf, known, _Year(municipality, programme, layout, own).sources())
    return Index(general, years)


def _is(one: object, other: object) -> bool:
    return one is other


def _layout(programme: Programme) -> Layout | None:
    try:
        return layout_of(programme)
    except UserError:
        return None


class _Source(NamedTuple):
    """An object of a snapshot, what else its records are made from, and how they are made."""

    key: _Key
    source: object
    rest: tuple[object, ...]
    records: Callable[[], Iterable[Record]]


def _fill(shelf: Shelf, before: Shelf, sources: Iterable[_Source]) -> Iterator[None]:
    for source in sources:
        known = before.groups.get(source.key)
        if known is None or not known.serves(source.source, source.rest):
            known = _group(source)
        shelf.groups[source.key] = known
        yield


def _group(source: _Source) -> Group:
    return group(source.source, source.records(), source.rest)


def group(source: object, of_source: Iterable[Record], rest: tuple[object, ...] = ()) -> Group:
    """Return the records of an object, ready to be searched."""
    records = tuple(of_source)
    texts = [_texts(record) for record in records]
    # folding all at once is several times as fast as one by one
    folded = fold(_RECORD_END.join(texts))
    found = tuple(map(Found, records, folded.split(_RECORD_END)))
    return Group(source, rest, found, folded)


def _texts(record: Record) -> str:
    own = (record.code, record.title) if record.is_named else ("", "")
    numbers = "".join(_number(amount.value) for amount in record.amounts if amount.value)
    # a code is also found without its blanks
    compact = record.code.replace(" ", "")
    texts = [*own, *(field.text for field in record.fields), numbers, compact if compact != record.code else ""]
    # a damaged text must not be taken for two
    return FIELD_END.join(texts).replace(_RECORD_END, " ")


def _general(municipality: Municipality) -> Iterator[_Source]:
    administration, units = municipality.administration, municipality.units
    yield _Source(("administration", 0), administration, (), partial(general_records.identity, administration))
    yield _Source(("units", 0), units, (), partial(general_records.units, units))


class _Year:
    """What one programme is searched by, in the order of its book."""

    def __init__(self, municipality: Municipality, programme: Programme, layout: Layout, own: Codes | None) -> None:
        self.municipality = municipality
        self.programme = programme
        self.form: Form = layout.form
        self.plan: Plan | None = municipality.plan_of(programme.year)
        self.codes = own or codes(programme, self.plan, layout.codes, layout.always_numbered)
        self.code_names = {**self.form.economic_codes, **self.form.off_budget_sources}
        self.objectives = municipality.objectives_of(programme.year)

    def sources(self) -> Iterator[_Source]:
        """Yield all there is, part by part."""
        form = self.form
        yield _Source(("parts", 0), form, (), partial(part_records.parts, form))
        placed: dict[str, list[_Source]] = {}
        for part, source in (*self._texts(), *self._resources()):
            placed.setdefault(part.key, []).append(source)
        for part in form.outline:
            yield from placed.get(part.key, ())
            match part.holds:
                case "policy_documents":
                    documents = self.programme.policy_documents
                    yield _Source(
                        ("policies", 0),
                        documents,
                        (form,),
                        partial(part_records.policy_documents, documents, form),
                    )
                case "goals":
                    yield from self._plan()
                case "targets":
                    yield from map(self._target, self.programme.targets)
                    yield from self._sub_programmes()
                case "resource_need":
                    programme = self.programme
                    yield _Source(
                        ("administration_wide", 0),
                        programme.general_administration,
                        (programme.other_general_administration, programme.transfers, form),
                        partial(part_records.administration_wide, programme, form),
                    )

    def _texts(self) -> Iterator[tuple[OutlinePart, _Source]]:
        parts = {part.key: part for part in self.form.outline}
        for section in self.programme.sections:
            part = parts.get(section.key)
            if part is not None:
                make = partial(part_records.section, section, part)
                yield part, _Source(("section", section.row), section, (part,), make)

    def _resources(self) -> Iterator[tuple[OutlinePart, _Source]]:
        places: dict[tuple[str, str], OutlinePart] = {}
        for table in self.programme.resource_tables:
            named = (table.section, table.kind)
            if named not in places:
                places[named] = catalogue.part_of(self.form, table)
            part = places[named]
            make = partial(part_records.resource_table, table, part)
            yield part, _Source(("resource_table", table.row), table, (part,), make)

    def _plan(self) -> Iterator[_Source]:
        plan = self.plan
        if plan is not None:
            rest = (self.form, self.codes.goals, self.codes.objectives)
            yield _Source(("plan", plan.row), plan, rest, partial(general_records.plan, plan, self.codes, self.form))

    def _target(self, target: Target) -> _Source:
        goal, objective = self.objectives.get(target.objective, (None, None))
        where = path(
            coded(self.codes.goals[goal.id], goal.title) if goal else "",
            coded(self.codes.objectives[objective.id], objective.title) if objective else "",
        )
        rest = (self.form, where, self.codes.targets[target.id], *self._codes_of(target))
        make = partial(holder_records.target, target, self.codes, where, self.programme.year, self.code_names)
        return _Source(("target", target.row), target, rest, make)

    def _sub_programmes(self) -> Iterator[_Source]:
        entries = self.municipality.programme_list
        names = {sub.id: (sub.code, sub.name) for entry in entries for sub in entry.sub_programmes}
        used = tuple(holder.sub_programme for holder in self.programme.sub_programmes)
        for holder in self.programme.sub_programmes:
            name = names.get(holder.sub_programme, ("", ""))
            make = partial(holder_records.sub_programme, holder, self.codes, name, self.programme.year, self.code_names)
            yield _Source(("sub_programme", holder.row), holder, (self.form, name, *self._codes_of(holder)), make)
        make = partial(general_records.programme_list, entries, used)
        yield _Source(("programme_list", 0), entries, (used,), make)

    def _codes_of(self, holder: Target | SubProgramme) -> tuple[str, ...]:
        indicators, activities = self.codes.indicators, self.codes.activities
        return (
            *[indicators[indicator.id] for indicator in holder.indicators],
            *[activities[activity.id] for activity in holder.activities],
        )
