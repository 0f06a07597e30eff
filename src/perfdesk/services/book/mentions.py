"""Texts of a programme that name a year, each with the row of the file that holds it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from perfdesk.domain.programme import Programme, SubProgramme, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.texts import PolicyDocument, Section
from perfdesk.tables.form import FORMS, Form, load_form

# so much of a text may stand before the year, where only a piece of it is shown
_BEFORE: Final = 24
# what holds texts of its own
Owner = Section | PolicyDocument | Target | SubProgramme | ResourceTable


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that names the year: what it belongs to, by its name, and the field that holds it."""

    name: str
    text: str
    table: str = ""
    row: int = 0
    column: str = ""


class Written(NamedTuple):
    """A text somebody wrote: what it belongs to, by its name, the field that holds it, and the text."""

    name: str
    table: str
    row: int
    column: str
    text: str


def mentions(programme: Programme, year: int) -> Iterator[Mention]:
    """Yield the texts that name a year; figures that merely hold its digits do not."""
    form = load_form(programme.form if programme.form in FORMS else "")
    for owner in owners(programme):
        yield from mentions_of(owner, form, year)


def mentions_of(owner: Owner, form: Form, year: int) -> Iterator[Mention]:
    """Yield the texts of one owner that name a year."""
    named = _naming(year)
    for written in texts_of(owner, form):
        if named.search(written.text):
            yield Mention(written.name, written.text, written.table, written.row, written.column)


def around(text: str, year: int) -> str:
    """Return a text in one line, from a few words before it names the year for the first time."""
    line = " ".join(text.split())
    found = _naming(year).search(line)
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
            yield from _fields("policy_document", owner, owner.document, "section", "reference", "text")
        case ResourceTable():
            yield from _fields("resource_table", owner, owner.caption, "caption", "note")
            for line in owner.header:
                for text in dict.fromkeys(line):
                    yield Written(owner.caption, "resource_table", owner.row, "header", text)
        case _:
            yield from _texts_of_holder(owner)


def section_name(section: Section, form: Form) -> str:
    """Return the title of a part: its own, or the form's."""
    return section.title or next((part.title for part in form.outline if part.key == section.key), section.key)


def _texts_of_holder(holder: Target | SubProgramme) -> Iterator[Written]:
    if isinstance(holder, Target):
        yield from _fields("target", holder, holder.title, "title", "description")
    for indicator in holder.indicators:
        yield from _fields("indicator", indicator, indicator.name, "name", "definition", "method", "note")
    for activity in holder.activities:
        yield from _fields("activity", activity, activity.name, "name", "description", "note")
    for sheet in holder.cost_sheets:
        name = holder.title if isinstance(holder, Target) else holder.description
        yield from _fields("cost_sheet", sheet, name, "note")


def _naming(year: int) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d,]){year}(?!\d|[.,]\d)")


def _fields(table: str, record: Any, name: str, *columns: str) -> Iterator[Written]:
    for column in columns:
        yield Written(name, table, record.row, column, getattr(record, column))
