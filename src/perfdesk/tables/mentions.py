"""The texts of a programme, each with the row of the file that holds it, and which of them name a year."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from perfdesk.domain.programme import Programme, SubProgramme, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.texts import PolicyDocument, Section
from perfdesk.tables.form import FORMS, Form, load_form

# what people write of the records of each table
TEXT_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "policy_document": ("section", "reference", "text"),
    "resource_table": ("caption", "note"),
    "target": ("title", "description"),
    "sub_programme": ("description",),
    "sub_programme_objective": ("title",),
    "indicator": ("name", "definition", "method", "note"),
    "activity": ("name", "description", "note"),
    "cost_sheet": ("note",),
}
# so much of a text may stand before the year, where only a piece of it is shown
_BEFORE: Final = 24
_PERIOD: Final = re.compile(r"(?<!\d)(\d{4})\s*[-–]\s*(\d{4})(?!\d)")
# what holds texts of its own
Owner = Section | PolicyDocument | Target | SubProgramme | ResourceTable


class Written(NamedTuple):
    """A text somebody wrote: what it belongs to, by its name, the field that holds it, and the text."""

    name: str
    table: str
    row: int
    column: str
    text: str


def mentions(programme: Programme, year: int) -> Iterator[Written]:
    """Yield the texts that name a year, see ``names``."""
    return (written for written in texts(programme) if names(written.text, year))


def names(text: str, year: int) -> bool:
    """Whether a text names a year that the next one has to bring up to date.

    Figures that merely hold its digits do not, nor a period that goes on after it ("2025–2029"), nor the number of a
    document ("2025/12").
    """
    return _named(text, year) is not None


def around(text: str, year: int) -> str:
    """Return a text in one line, from a few words before it names the year for the first time."""
    line = " ".join(text.split())
    found = _named(line, year)
    if found is None or found.start() <= _BEFORE:
        return line
    start = line.find(" ", found.start() - _BEFORE, found.start()) + 1
    return f"… {line[start:]}" if start else line


def texts(programme: Programme) -> Iterator[Written]:
    """Yield every text of a programme in the order of the book."""
    form = load_form(programme.form if programme.form in FORMS else "")
    for owner in owners(programme):
        yield from texts_of(owner, form)


def owners(programme: Programme) -> Iterator[Owner]:
    """Yield all that holds texts, in the order of the book."""
    yield from programme.sections
    yield from programme.policy_documents
    yield from programme.holders()
    yield from programme.resource_tables


def texts_of(owner: Owner, form: Form) -> Iterator[Written]:
    """Yield every text of one owner."""
    match owner:
        case Section():
            name = section_name(owner, form)
            for block in owner.blocks:
                # the runs of a block are one text
                yield Written(name, "section_block", block.row, "", "".join(run.text for run in block.runs))
                yield Written(name, "section_block", block.row, "caption", block.caption)
        case PolicyDocument():
            yield from _fields("policy_document", owner, owner.document)
        case ResourceTable():
            yield from _fields("resource_table", owner, owner.caption)
            for line in owner.header:
                # years that stand beside each other are one text: the next table has others of them
                yield Written(owner.caption, "resource_table", owner.row, "header", " ".join(dict.fromkeys(line)))
        case _:
            yield from _texts_of_holder(owner)


def section_name(section: Section, form: Form) -> str:
    """Return the title of a part: its own, or the form's."""
    return section.title or next((part.title for part in form.outline if part.key == section.key), section.key)


def _texts_of_holder(holder: Target | SubProgramme) -> Iterator[Written]:
    if isinstance(holder, Target):
        name = holder.title
        yield from _fields("target", holder, name)
    else:
        name = holder.description
        yield from _fields("sub_programme", holder, name)
        for objective in holder.objectives:
            yield from _fields("sub_programme_objective", objective, objective.title)
    for indicator in holder.indicators:
        yield from _fields("indicator", indicator, indicator.name)
    for activity in holder.activities:
        yield from _fields("activity", activity, activity.name)
    for sheet in holder.cost_sheets:
        yield from _fields("cost_sheet", sheet, name)


def _fields(table: str, record: Any, name: str) -> Iterator[Written]:
    for column in TEXT_COLUMNS[table]:
        yield Written(name, table, record.row, column, getattr(record, column))


def _named(text: str, year: int) -> re.Match[str] | None:
    """Return the first place at which a text names a year."""
    if str(year) not in text:
        return None
    going_on = [period.span() for period in _PERIOD.finditer(text) if int(period[1]) <= year < int(period[2])]
    found = re.finditer(rf"(?<![\d,]){year}(?!\d|[.,/]\d)", text)
    return next((one for one in found if not any(begin <= one.start() < end for begin, end in going_on)), None)
