"""What is left to do in a year's programme: sentences, each with the place in the forms where it is done.

All of it is found in the file as it is now; nothing is noted down as done. Each finder yields one kind of thing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from perfdesk.domain.programme import Activity, Indicator, SubProgramme, Target
from perfdesk.i18n import N_, _
from perfdesk.services import completeness
from perfdesk.services.book.carried_over import carried_over
from perfdesk.services.book.mentions import mentions, texts
from perfdesk.services.places import Key, Place, located
from perfdesk.tables.context import Context, coded

_NAMED: Final = 3
# letters of a text around the year it names
_AROUND: Final = 40
# the columns of a target's indicators, how far their years are from the programme's, and what is missing there
_VALUES: Final = (
    ("target", 0, N_("Enter the target of {year}")),
    ("current", -1, N_("Enter the estimate of {year}")),
    ("previous", -2, N_("Enter the value realised in {year}")),
)


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to be done: in which part, table or target, to what in it, and the place to go to."""

    what: str
    where: str
    which: str
    place: Place


def left_to_do(ctx: Context) -> list[ToDo]:
    """Return what is left to do, what would be wrong in print first, what was taken over unread last."""
    return list(dict.fromkeys(found for find in _FINDERS for found in find(ctx)))


def _values(ctx: Context) -> Iterator[ToDo]:
    """Yield the indicators without a value in one of the form's three years; a deferred one needs none."""
    year = ctx.programme.year
    for column, offset, what in _VALUES:
        for holder in ctx.programme.holders():
            empty = [
                indicator
                for indicator in holder.indicators
                if not indicator.deferred and indicator.value(year, year + offset).is_blank
            ]
            if empty:
                yield ToDo(
                    _(what).format(year=year + offset),
                    coded(*ctx.holder_name(holder)),
                    _names(empty),
                    Place(year, _entry(holder), "indicator", empty[0].row, column),
                )


def _costs(ctx: Context) -> Iterator[ToDo]:
    """Yield the activities whose cost nobody has entered."""
    for holder in ctx.programme.holders():
        without = completeness.without_cost(holder)
        if without:
            yield ToDo(
                _("Enter the cost of the activities"),
                coded(*ctx.holder_name(holder)),
                _names(without),
                Place(ctx.programme.year, _entry(holder), "activity", without[0].row, "name"),
            )


def _old_years(ctx: Context) -> Iterator[ToDo]:
    """Yield the texts that name last year and stood so in last year's programme; a new one means what it says."""
    programme = ctx.programme
    last = ctx.municipality.programme(programme.year - 1)
    if last is None:
        return
    former = {written.text for written in texts(last)}
    where = located(ctx.municipality, programme.year)
    for mention in mentions(programme, last.year):
        if mention.text in former and (mention.table, mention.row) in where:
            place = where[mention.table, mention.row].place
            yield ToDo(
                _("Revise the text that names {year}").format(year=last.year),
                mention.name,
                _around(mention.text, str(last.year)),
                Place(place.year, place.entry, mention.table, mention.row, mention.column),
            )


def _same_texts(ctx: Context) -> Iterator[ToDo]:
    """Yield the parts whose text is last year's; those that name the year are told of already."""
    programme, shared = ctx.programme, carried_over(ctx.municipality, ctx.programme)
    told = {found.place.entry for found in _old_years(ctx)}
    titles = {part.key: part.title for part in ctx.layout.form.outline}
    for section in programme.sections:
        entry = ("part", section.key)
        if section.key in shared.sections and entry not in told:
            yield ToDo(
                _("Look through the text, which is that of {year}").format(year=shared.since),
                section.title or titles.get(section.key, section.key),
                "",
                Place(programme.year, entry, "section", section.row),
            )


def _same_tables(ctx: Context) -> Iterator[ToDo]:
    """Yield the resource tables whose rows are last year's."""
    programme, shared = ctx.programme, carried_over(ctx.municipality, ctx.programme)
    for table in programme.resource_tables:
        if table.row in shared.resource_tables:
            yield ToDo(
                _("Bring the table up to date, which is that of {year}").format(year=shared.since),
                table.caption or _("Table without a caption"),
                "",
                Place(programme.year, ("resource_table", str(table.row)), "resource_table", table.row),
            )


def _past_policies(ctx: Context) -> Iterator[ToDo]:
    """Yield the policy documents whose period is over."""
    year = ctx.programme.year
    holding = next((part.key for part in ctx.layout.form.outline if part.holds == "policy_documents"), None)
    for document in ctx.programme.policy_documents if holding else ():
        if document.last_year is not None and document.last_year < year:
            yield ToDo(
                _("Replace the policy document, which held until {year}").format(year=document.last_year),
                document.document,
                document.reference or document.section,
                Place(year, ("part", holding or ""), "policy_document", document.row, "last_year"),
            )


_FINDERS: Final[tuple[Callable[[Context], Iterator[ToDo]], ...]] = (
    _old_years,
    _past_policies,
    _values,
    _costs,
    _same_texts,
    _same_tables,
)


def _entry(holder: Target | SubProgramme) -> Key:
    return ("target", holder.id) if isinstance(holder, Target) else ("sub_programme", holder.sub_programme)


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
