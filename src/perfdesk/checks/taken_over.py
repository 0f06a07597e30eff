"""Yazım: what was taken over from last year's programme, and has not been looked at since.

One changed letter is enough for a text or a table to count as looked at; what is right as it stands can be accepted.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from perfdesk.checks.finding import SECTION, Severity, Where
from perfdesk.checks.last_year import taken
from perfdesk.checks.resources import Numbered
from perfdesk.checks.rule import GUIDE, Found, Held, Rule, Scope
from perfdesk.checks.scene import Scene, says_something, shortened
from perfdesk.domain.programme import Programme, SubProgramme, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.texts import Section
from perfdesk.i18n import N_
from perfdesk.tables.mentions import TEXT_COLUMNS, around, section_name, texts_of

NAMES_LAST_YEAR: Final = "YAZ-03"
# the fields of a section that hold the text of a block and its caption, by the column of the block
_OF_BLOCKS: Final[Mapping[str, str]] = {"": "blocks", "caption": "blocks.caption"}


def of_target(scene: Scene, target: Target) -> Iterator[Found]:
    """YAZ-03: in a target's title and description."""
    yield from _of_fields(scene, "target", target)


def of_indicator(scene: Scene, held: Held) -> Iterator[Found]:
    """YAZ-03: in an indicator's texts."""
    yield from _of_fields(scene, "indicator", held.record)


def of_activity(scene: Scene, held: Held) -> Iterator[Found]:
    """YAZ-03: in an activity's texts."""
    yield from _of_fields(scene, "activity", held.record)


def of_sheet(scene: Scene, held: Held) -> Iterator[Found]:
    """YAZ-03: in the note of a cost table."""
    yield from _of_fields(scene, "cost_sheet", held.record)


def of_sub_programme(scene: Scene, sub: SubProgramme) -> Iterator[Found]:
    """YAZ-03: in a sub-programme's description and objectives."""
    for found in _of_fields(scene, "sub_programme", sub):
        yield _at(found, scene.sub_programme_place(sub, found.field, sub.row))
    for objective in sub.objectives:
        for found in _of_fields(scene, "sub_programme_objective", objective):
            yield _at(found, scene.sub_programme_place(sub, "objectives", objective.row))


def of_section(scene: Scene, section: Section) -> Iterator[Found]:
    """YAZ-03: in the paragraphs and captions of a text of the book, one by one."""
    if not scene.last.naming:
        return
    form = scene.ctx.layout.form
    for written in texts_of(section, form):
        if written.text in scene.last.naming:
            where = Where(SECTION, section.key, _OF_BLOCKS[written.column], written.row)
            yield _at(_named(scene, written.text), where, section_name(section, form))


def of_table(scene: Scene, numbered: Numbered) -> Iterator[Found]:
    """YAZ-03: in a resource table's caption, head and note."""
    if not scene.last.naming:
        return
    for written in texts_of(numbered.table, scene.ctx.layout.form):
        if written.text in scene.last.naming:
            yield _named(scene, written.text, written.column)


def of_policies(scene: Scene, programme: Programme) -> Iterator[Found]:
    """YAZ-03: in what is quoted of the policy documents."""
    for document in programme.policy_documents if scene.last.naming else ():
        for found in _of_fields(scene, "policy_document", document):
            where = Where(SECTION, "policies", f"policy_documents.{found.field}", document.row)
            yield _at(found, where, shortened(document.document))


def _of_fields(scene: Scene, table: str, record: object) -> Iterator[Found]:
    if not scene.last.naming:
        return
    for column in TEXT_COLUMNS[table]:
        text = getattr(record, column)
        if text in scene.last.naming:
            yield _named(scene, text, column)


def _named(scene: Scene, text: str, field: str = "") -> Found:
    last = scene.last.year
    return Found(
        N_("the text was taken over from last year and names {last}: “{text}”. Bring it up to date."),
        {"last": str(last), "text": shortened(around(text, last)).rstrip(" .,:;")},
        field,
    )


def _at(found: Found, where: Where, subject: str = "") -> Found:
    return Found(found.message, found.facts, where=where, subject=subject)


def same_text(scene: Scene, section: Section) -> Iterator[Found]:
    """YAZ-04: a part of the book whose text is last year's; where it names that year, this is told."""
    if (
        says_something(section)
        and section.blocks == scene.last.sections.get(section.key)
        and not any(of_section(scene, section))
    ):
        form = scene.ctx.layout.form
        yield Found(
            N_("the text is word for word that of {last}. Read it through, and change what is different now."),
            {"last": str(scene.last.year)},
            where=Where(SECTION, section.key, row=section.row),
            subject=section_name(section, form),
        )


def same_rows(scene: Scene, numbered: Numbered) -> Iterator[Found]:
    """YAZ-05: a resource table whose rows are last year's."""
    table = numbered.table
    if scene.last.tables and _says_something(table) and taken(table) in scene.last.tables:
        yield Found(
            N_("all rows of the table are those of {last}. Enter the present numbers."),
            {"last": str(scene.last.year)},
        )


def _says_something(table: ResourceTable) -> bool:
    return any(cell.strip() for row in table.rows for cell in row.cells)


RULES: Final = (
    Rule(
        NAMES_LAST_YEAR,
        N_("Taken-over text names last year"),
        Severity.WARNING,
        (
            (Scope.PROGRAMME, of_policies),
            (Scope.TARGET, of_target),
            (Scope.SUB_PROGRAMME, of_sub_programme),
            (Scope.INDICATOR, of_indicator),
            (Scope.ACTIVITY, of_activity),
            (Scope.COST_SHEET, of_sheet),
            (Scope.RESOURCE_TABLE, of_table),
            (Scope.SECTION, of_section),
        ),
        N_("A programme that speaks of last year as of its own shows that nobody has read it."),
        GUIDE,
    ),
    Rule(
        "YAZ-04",
        N_("Text as last year's"),
        Severity.INFO,
        ((Scope.SECTION, same_text),),
        N_("Much may stay from year to year, but someone has to have read it."),
        GUIDE,
    ),
    Rule(
        "YAZ-05",
        N_("Resource table as last year's"),
        Severity.INFO,
        ((Scope.RESOURCE_TABLE, same_rows),),
        N_("The resources are those of the year in which the programme is made; they hardly ever stay the same."),
        GUIDE,
    ),
)
