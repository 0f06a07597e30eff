"""Texts of a programme that name a year, each with the row of the file that holds it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from perfdesk.domain.programme import Programme, Target
from perfdesk.tables.form import FORMS, load_form


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
    named = re.compile(rf"(?<![\d,]){year}(?!\d|[.,]\d)")
    for written in texts(programme):
        if named.search(written.text):
            yield Mention(written.name, written.text, written.table, written.row, written.column)


def texts(programme: Programme) -> Iterator[Written]:
    """Yield every text of a programme in the order of the book."""
    form = load_form(programme.form if programme.form in FORMS else "")
    parts = {part.key: part.title for part in form.outline}
    for section in programme.sections:
        name = section.title or parts.get(section.key, section.key)
        for block in section.blocks:
            # the runs of a block are one text
            yield Written(name, "section_block", block.row, "", "".join(run.text for run in block.runs))
            yield Written(name, "section_block", block.row, "caption", block.caption)
    for policy in programme.policy_documents:
        yield from _fields("policy_document", policy, policy.document, "section", "reference", "text")
    for target in programme.targets:
        yield from _fields("target", target, target.title, "title", "description")
    for holder in programme.holders():
        for indicator in holder.indicators:
            yield from _fields("indicator", indicator, indicator.name, "name", "definition", "method", "note")
        for activity in holder.activities:
            yield from _fields("activity", activity, activity.name, "name", "description", "note")
        for sheet in holder.cost_sheets:
            name = holder.title if isinstance(holder, Target) else holder.description
            yield from _fields("cost_sheet", sheet, name, "note")
    for table in programme.resource_tables:
        yield from _fields("resource_table", table, table.caption, "caption", "note")
        for line in table.header:
            for text in dict.fromkeys(line):
                yield Written(table.caption, "resource_table", table.row, "header", text)


def _fields(table: str, record: Any, name: str, *columns: str) -> Iterator[Written]:
    for column in columns:
        yield Written(name, table, record.row, column, getattr(record, column))
