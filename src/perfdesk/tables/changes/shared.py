"""What was entered besides targets and costs: the administration, texts, resource tables, policies, the plan."""

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Final

from perfdesk.domain.numbers import format_number
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.texts import TextBlock
from perfdesk.tables.changes.facts import Facts, Path
from perfdesk.tables.context import coded

SEPARATOR: Final = "; "
_BETWEEN: Final = " · "
WITHIN: Final = " – "


def number(value: Decimal) -> str:
    """Return a number with the digits it has."""
    return format_number(value, None)


def money(amount: Decimal) -> str:
    """Return an amount in the one notation that does not depend on how a version prints."""
    return format_number(amount, 2)


def add_administration(facts: Facts) -> None:
    """Add the administration, its units, how the book is printed, and its pictures."""
    municipality, programme = facts.ctx.municipality, facts.ctx.programme
    administration = municipality.administration
    where = facts.label("administration")
    facts.put(("administration", "name"), where, facts.ctx.labels["administration"], administration.name)
    for key in ("address", "phone", "fax", "web", "email"):
        text = getattr(administration, key)
        facts.put(("administration", key), where, facts.ctx.labels[f"imprint.{key}"], text)
    for signatory in administration.signatories:
        text = SEPARATOR.join(part for part in (signatory.name, *signatory.titles) if part)
        facts.put(facts.nth("administration", "signatory", signatory.role), where, facts.label("signatory"), text)
    further = (administration.kind, administration.province, administration.colour, administration.logo)
    facts.put(("administration", "further"), where, facts.label("further"), "", value=further)
    for unit in municipality.units:
        path = ("unit", unit.id)
        facts.record(path, unit.name, facts.label("spending_unit"), unit.name)
        of_unit = (unit.abbreviation, unit.aliases, unit.parent, bool(unit.inactive))
        facts.put((*path, "further"), unit.name, facts.label("further"), "", value=of_unit)
    printed = (programme.form, programme.layout, sorted(map(repr, programme.layout_settings.items())))
    facts.put(("layout",), facts.label("book"), facts.label("layout"), "", value=printed)
    for picture in municipality.pictures:
        facts.record(("picture", picture.id), picture.name, facts.label("picture"), picture.name)
        value = sha256(picture.data).digest()
        facts.put(("picture", picture.id, "data"), picture.name, facts.label("picture"), "", value=value)


def add_sections(facts: Facts) -> None:
    """Add the texts."""
    titles = {part.key: part.title for part in facts.ctx.layout.form.outline}
    for section in facts.ctx.programme.sections:
        if not section.blocks and not section.title:
            continue
        where = section.title or titles.get(section.key, section.key)
        path = ("section", section.key)
        facts.record(path, where, facts.label("section"), where)
        lines = tuple(map(_line, section.blocks))
        facts.put((*path, "text"), where, facts.label("text"), "", lines=lines, value=section.blocks)


def _line(block: TextBlock) -> str:
    return "".join(run.text for run in block.runs) or block.caption


def add_resource_tables(facts: Facts) -> None:
    """Add the resource tables: row by row, known by what stands in their first column."""
    for table in facts.ctx.programme.resource_tables:
        path = facts.nth("resource_table", table.section, table.caption)
        facts.record(path, table.caption, facts.label("resource_table"), table.caption)
        heads = _heads(table)
        facts.put((*path, "header"), table.caption, facts.label("header"), _BETWEEN.join(heads))
        facts.put((*path, "note"), table.caption, facts.label("note_text"), table.note)
        shown = (table.section, table.kind, table.total_row, table.total_column, table.side_by_side)
        facts.put((*path, "further"), table.caption, facts.label("further"), "", value=shown)
        for row in table.rows:
            _row(facts, path, table.caption, heads, row.cells)


def _row(facts: Facts, above: Path, caption: str, heads: Sequence[str], cells: Sequence[str]) -> None:
    first = cells[0] if cells else ""
    path = facts.nth(*above, "row", first)
    where = f"{caption}{WITHIN}{first}" if first else caption
    full = _BETWEEN.join(cell for cell in cells if cell)
    facts.record(path, where, facts.label("row"), first, full)
    for at, cell in enumerate(cells[1:], 1):
        facts.put((*path, str(at)), where, heads[at] if at < len(heads) else "", cell)


def _heads(table: ResourceTable) -> list[str]:
    """Return the head of each column: its texts from top to bottom."""
    heads: list[str] = []
    for at in range(table.width):
        texts = (line[at] for line in table.header if at < len(line))
        heads.append(WITHIN.join(dict.fromkeys(text for text in texts if text)))
    return heads


def add_policies(facts: Facts) -> None:
    """Add the policy documents."""
    for policy in facts.ctx.programme.policy_documents:
        where = WITHIN.join(part for part in (policy.document, policy.section, policy.reference) if part)
        path = facts.nth("policy", policy.document, policy.section, policy.reference)
        facts.record(path, where, facts.label("policy"), where)
        facts.put((*path, "text"), where, facts.label("text"), "", lines=(policy.text,), value=policy.text)


def add_plan(facts: Facts) -> None:
    """Add the plan of the year: mission, vision, values, goals and objectives."""
    ctx = facts.ctx
    plan = ctx.municipality.plan_of(ctx.programme.year)
    if plan is None:
        return
    where = facts.label("plan")
    values = SEPARATOR.join(plan.values)
    for key, text in (("mission", plan.mission), ("vision", plan.vision), ("values", values)):
        facts.put(("plan", key), where, ctx.labels[key], text)
    for goal in plan.goals:
        path: Path = ("goal", goal.id)
        name = coded(ctx.codes.goals[goal.id], goal.title)
        facts.record(path, name, ctx.labels["goal"], goal.title)
        facts.put((*path, "code"), name, facts.label("code"), goal.code)
        for objective in goal.objectives:
            below = (*path, "objective", objective.id)
            name = coded(ctx.codes.objectives[objective.id], objective.title)
            facts.record(below, name, facts.label("objective"), objective.title)
            facts.put((*below, "code"), name, facts.label("code"), objective.code)
