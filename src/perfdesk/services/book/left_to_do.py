"""What is left to do in a year's programme: sentences, each with the place in the forms where it is done.

All of it is found in the file as it is now; nothing is noted down as done. Last year's programme, beside which what was
taken over unread is seen, is compared with as it is, so that one changed letter is enough, and undo is seen, too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from perfdesk.domain.programme import Activity, Indicator, Programme, SubProgramme, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.texts import PolicyDocument, Section
from perfdesk.i18n import N_, _, language
from perfdesk.services import completeness
from perfdesk.services.book.mentions import Owner, mentions_of, owners, section_name, texts
from perfdesk.services.places import Key, Place
from perfdesk.tables.context import Context, coded
from perfdesk.tables.form import PROGRAMME_BUDGET, Form

_NAMED: Final = 3
# letters of a text around the year it names
_AROUND: Final = 40
# the columns of a target's indicators, how far their years are from the programme's, and what is missing there
_VALUES: Final = (
    ("target", 0, N_("Enter the target of {year}")),
    ("current", -1, N_("Enter the estimate of {year}")),
    ("previous", -2, N_("Enter the value realised in {year}")),
)
# in this order: what would be wrong in print first, what was taken over unread last
_OLD_YEAR, _PAST_POLICY, _VALUE, _COST, _LINK, _SAME_TEXT, _SAME_TABLE = 0, 1, 2, 5, 6, 7, 8


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to be done: in which part, table or target, to what in it, and the place to go to.

    ``count`` is how many of its kind are meant at once.
    """

    what: str
    where: str
    which: str
    place: Place
    count: int = 1


_Ranked = tuple[int, ToDo]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every finding of a year rests upon besides the thing itself."""

    language: str
    year: int
    form: Form
    last: Programme | None
    # the texts, parts and tables of last year
    texts: frozenset[str]
    sections: Mapping[str, Section]
    tables: Mapping[tuple[str, str], ResourceTable]

    def holds_for(self, ctx: Context) -> bool:
        """Whether it is still the ground of this programme."""
        now = (language(), ctx.programme.year, ctx.layout.form)
        return now == (self.language, self.year, self.form) and self.last is _last(ctx)


class LeftToDo:
    """Finds what is left to do, again and again: what an edit has not touched is not looked at anew."""

    def __init__(self) -> None:
        self._ground: _Ground | None = None
        # by the identity of what it was found in, which is kept so that no other gets it, and the name it went by
        self._found: dict[int, tuple[Owner, str, tuple[_Ranked, ...]]] = {}
        self._asked: Context | None = None
        self._answer: tuple[ToDo, ...] = ()

    def of(self, ctx: Context) -> tuple[ToDo, ...]:
        """Return what is left to do, what would be wrong in print first, what was taken over unread last."""
        if self._ground is None or not self._ground.holds_for(ctx):
            self._ground, self._found = _ground(ctx), {}
        elif ctx is self._asked:
            return self._answer
        before, self._found = self._found, {}
        ranked: list[_Ranked] = []
        for owner in owners(ctx.programme):
            name = coded(*ctx.holder_name(owner)) if isinstance(owner, Target | SubProgramme) else ""
            known = before.get(id(owner))
            if known is None or known[1] != name:
                known = (owner, name, tuple(_find(self._ground, owner, name)))
            self._found[id(owner)] = known
            ranked += known[2]
        ranked.sort(key=lambda one: one[0])
        self._asked, self._answer = ctx, tuple(dict.fromkeys(found for _rank, found in ranked))
        return self._answer


def left_to_do(ctx: Context) -> tuple[ToDo, ...]:
    """Return what is left to do, what would be wrong in print first, what was taken over unread last."""
    return LeftToDo().of(ctx)


def by_entry(items: Iterable[ToDo]) -> Mapping[Key, Sequence[ToDo]]:
    """Return what is left to do by the entry of the outline where it is done."""
    found: dict[Key, list[ToDo]] = defaultdict(list)
    for item in items:
        found[item.place.entry].append(item)
    return found


def why(items: Iterable[ToDo]) -> str:
    """Say in a line what is left to do at an entry, each kind of thing once with how many there are."""
    counts: dict[str, int] = defaultdict(int)
    for item in items:
        counts[item.what] += item.count
    said = (f"{what} ({count})" if count > 1 else what for what, count in counts.items())
    return _("left to do: {things}").format(things="; ".join(said))


def _ground(ctx: Context) -> _Ground:
    last = _last(ctx)
    return _Ground(
        language=language(),
        year=ctx.programme.year,
        form=ctx.layout.form,
        last=last,
        texts=frozenset(written.text for written in texts(last)) if last else frozenset(),
        sections={section.key: section for section in last.sections} if last else {},
        tables={(table.section, table.caption): table for table in last.resource_tables} if last else {},
    )


def _last(ctx: Context) -> Programme | None:
    return ctx.municipality.programme(ctx.programme.year - 1)


def _find(ground: _Ground, owner: Owner, name: str) -> Iterator[_Ranked]:
    entry = _entry(owner, ground.form)
    if entry is None:
        return
    told = list(_old_years(ground, owner, entry))
    yield from told
    match owner:
        case Section() if not told:
            # one that names the year is told of already
            yield from _same_text(ground, owner, entry)
        case PolicyDocument():
            yield from _past_policy(ground, owner, entry)
        case ResourceTable():
            yield from _same_table(ground, owner, entry)
        case Target() | SubProgramme():
            yield from _values(ground.year, owner, name, entry)
            yield from _costs(ground.year, owner, name, entry)
            if ground.form.name == PROGRAMME_BUDGET:
                yield from _links(ground.year, owner, name, entry)


def _values(year: int, holder: Target | SubProgramme, name: str, entry: Key) -> Iterator[_Ranked]:
    """Yield the indicators without a value in one of the form's three years; a deferred one needs none."""
    for after, (column, offset, what) in enumerate(_VALUES):
        empty = [
            indicator
            for indicator in holder.indicators
            if not indicator.deferred and indicator.value(year, year + offset).is_blank
        ]
        if empty:
            place = Place(year, entry, "indicator", empty[0].row, column)
            said = _(what).format(year=year + offset)
            yield _VALUE + after, ToDo(said, name, _names(empty), place, len(empty))


def _costs(year: int, holder: Target | SubProgramme, name: str, entry: Key) -> Iterator[_Ranked]:
    """Yield the activities whose cost nobody has entered."""
    without = completeness.without_cost(holder)
    if without:
        place = Place(year, entry, "activity", without[0].row, "name")
        yield _COST, ToDo(_("Enter the cost of the activities"), name, _names(without), place, len(without))


def _links(year: int, holder: Target | SubProgramme, name: str, entry: Key) -> Iterator[_Ranked]:
    """Yield what the tables by sub-programme would print without its place there."""
    if isinstance(holder, SubProgramme):
        if not holder.objectives:
            place = Place(year, entry, "sub_programme_objective")
            yield _LINK, ToDo(_("Write the objective of the sub-programme"), name, "", place)
        return
    activities = [activity for activity in holder.activities if not activity.sub_programme]
    if activities:
        place = Place(year, entry, "activity", activities[0].row, "sub_programme")
        said = _("Choose the sub-programme of the activities")
        yield _LINK, ToDo(said, name, _names(activities), place, len(activities))
    indicators = [indicator for indicator in holder.indicators if not indicator.sub_programme_objective]
    if indicators:
        place = Place(year, entry, "indicator", indicators[0].row, "sub_programme_objective")
        said = _("Choose the sub-programme objective of the indicators")
        yield _LINK, ToDo(said, name, _names(indicators), place, len(indicators))


def _old_years(ground: _Ground, owner: Owner, entry: Key) -> Iterator[_Ranked]:
    """Yield the texts that name last year and stood so in last year's programme; a new one means what it says."""
    if ground.last is None:
        return
    last = ground.last.year
    for mention in mentions_of(owner, ground.form, last):
        if mention.text in ground.texts:
            yield (
                _OLD_YEAR,
                ToDo(
                    _("Revise the text that names {year}").format(year=last),
                    mention.name,
                    _around(mention.text, str(last)),
                    Place(ground.year, entry, mention.table, mention.row, mention.column, words=str(last)),
                ),
            )


def _same_text(ground: _Ground, section: Section, entry: Key) -> Iterator[_Ranked]:
    """Yield a part whose text is last year's."""
    former = ground.sections.get(section.key)
    if ground.last is not None and section.blocks and former is not None and section.blocks == former.blocks:
        what = _("Look through the text, which is that of {year}").format(year=ground.last.year)
        place = Place(ground.year, entry, "section", section.row)
        yield _SAME_TEXT, ToDo(what, section_name(section, ground.form), "", place)


def _same_table(ground: _Ground, table: ResourceTable, entry: Key) -> Iterator[_Ranked]:
    """Yield a resource table whose rows are last year's."""
    if ground.last is not None and table.rows and table == ground.tables.get((table.section, table.caption)):
        what = _("Bring the table up to date, which is that of {year}").format(year=ground.last.year)
        name = table.caption or _("Table without a caption")
        yield _SAME_TABLE, ToDo(what, name, "", Place(ground.year, entry, "resource_table", table.row))


def _past_policy(ground: _Ground, document: PolicyDocument, entry: Key) -> Iterator[_Ranked]:
    """Yield a policy document whose period is over."""
    if document.last_year is not None and document.last_year < ground.year:
        what = _("Replace the policy document, which held until {year}").format(year=document.last_year)
        place = Place(ground.year, entry, "policy_document", document.row, "last_year")
        yield _PAST_POLICY, ToDo(what, document.document, document.reference or document.section, place)


def _entry(owner: Owner, form: Form) -> Key | None:
    """Return the entry whose form shows something; None where the form has no part for it."""
    match owner:
        case Section():
            return ("part", owner.key)
        case PolicyDocument():
            return next((("part", part.key) for part in form.outline if part.holds == "policy_documents"), None)
        case ResourceTable():
            return ("resource_table", str(owner.row))
        case Target():
            return ("target", owner.id)
        case _:
            return ("sub_programme", owner.sub_programme)


def _names(items: Iterable[Indicator | Activity]) -> str:
    """Return the names of indicators or activities, so many at most."""
    names = [item.name for item in items]
    shown = "; ".join(names[:_NAMED])
    if len(names) > _NAMED:
        shown = _("{names} and {count} more").format(names=shown, count=len(names) - _NAMED)
    return shown


def _around(text: str, year: str) -> str:
    """Return the words around a year in one line, cut at blanks."""
    line = " ".join(text.split())
    at = line.find(year)
    start, end = 0, len(line)
    if at > _AROUND:
        start = line.find(" ", at - _AROUND, at) + 1 or at
    if at + len(year) + _AROUND < end:
        end = max(line.rfind(" ", at, at + len(year) + _AROUND), at + len(year))
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"
