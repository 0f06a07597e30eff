"""The outline of the open file: the book's table of contents as a tree of entries, from the cover to the annexes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from perfdesk.domain.plan import Goal
from perfdesk.domain.programme import Municipality, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.i18n import _
from perfdesk.services.completeness import (
    FILLED,
    PARTLY,
    Sign,
    of_content,
    of_goal,
    of_sub_programme,
    of_target,
    with_findings,
)
from perfdesk.services.control import counting
from perfdesk.services.places import APPROPRIATIONS, CONTROL, COVER, LAYOUT, PICTURES, PROGRAMME_LIST, UNITS, Key
from perfdesk.services.programme_budgeting import linked, shows_list
from perfdesk.tables import catalogue
from perfdesk.tables.context import Context, coded
from perfdesk.tables.form import OutlinePart
from perfdesk.tables.outline import printed_parts

if TYPE_CHECKING:
    from perfdesk.services.control.audit import Audited

# what is computed from other parts is neither filled nor empty by itself
_COMPUTED: Final = ("resource_need", "responsible_units")


@dataclass(slots=True)
class Entry:
    """An entry of the outline: what it is about, its text, a mark at the right and why, and what is below it."""

    kind: str
    id: str
    text: str
    strong: bool = False
    mark: str = ""
    why: str = ""
    children: list["Entry"] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What it is about."""
        return (self.kind, self.id)

    def walk(self) -> Iterator["Entry"]:
        """Yield this entry and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def entries(municipality: Municipality, ctx: Context | None, audited: "Audited | None" = None) -> list[Entry]:
    """Return the outline: the cover with what belongs to every year, and the parts of the year's form.

    Entries at which the checks found something are marked so.
    """
    cover = Entry(*COVER, _("Cover and identity"), strong=True)
    cover.children = [
        _signed(Entry(*UNITS, _("Spending units")), of_content(municipality.units)),
        _signed(Entry(*PICTURES, _("Pictures")), of_content(municipality.pictures)),
    ]
    top = [cover]
    if ctx is None:
        return top
    # so many are in the list, with those of the report, which are told apart in words
    count = Sign(str(len(audited.open)), audited.in_words()) if audited is not None and audited.open else Sign("", "")
    if shows_list(ctx):
        # behind the units: both are lists of the municipality's own that the years choose from
        listed = Entry(*PROGRAMME_LIST, _("Programme list"))
        cover.children.insert(1, _signed(listed, of_content(municipality.programme_list)))
    cover.children += [
        Entry(*LAYOUT, _("Print layout")),
        Entry(*APPROPRIATIONS, _("Budget appropriations")),
        _signed(Entry(*CONTROL, _("Checks")), count),
    ]
    for part, printed, *_rest in printed_parts(ctx):
        # as in the book, without the sign that joins it to the title there
        number = printed.rstrip("-.")
        text = part.title if part.level > 1 or not number else f"{number} · {part.title}"
        entry = Entry("part", part.key, f"{number} {text}".strip() if part.level > 1 else text, strong=part.level == 1)
        if part.level > 1:
            top[-1].children.append(entry)
        else:
            top.append(entry)
        entry.children = list(_below(ctx, part))
        if part.holds not in _COMPUTED and (part.holds or part.unnumbered or part.level > 1):
            _signed(entry, of_content(has_content(ctx, part)))
    known = {part.key for part in ctx.layout.form.outline}
    for section in ctx.programme.sections:
        if section.key not in known:
            # a part that the municipality has added
            name = section.title or _("Part without a title")
            top.append(_signed(Entry("part", section.key, name, strong=True), of_content(section.blocks)))
    by_entry = audited.by_entry() if audited is not None else {}
    for entry in (below for one in top for below in one.walk()):
        if entry.key in by_entry:
            _signed(entry, with_findings(Sign(entry.mark, entry.why), counting.of_items(by_entry[entry.key])))
    for entry in top:
        _tell_above(entry)
    return top


def _tell_above(entry: Entry) -> bool:
    """Let what is finished itself tell that something below it is not; return whether anything of it is not.

    A folded branch would hide it.
    """
    below = [_tell_above(child) for child in entry.children]
    if any(below) and entry.mark == FILLED:
        _signed(entry, Sign(PARTLY, _("something below it is not finished")))
    return entry.mark == PARTLY or any(below)


def has_content(ctx: Context, part: OutlinePart) -> bool:
    """Whether anything has been entered for a part itself."""
    programme = ctx.programme
    if any(section.key == part.key and section.blocks for section in programme.sections):
        return True
    plan = ctx.municipality.plan_of(programme.year)
    match part.holds:
        case "resource_tables":
            return bool(tables_of(ctx, part))
        case "policy_documents":
            return bool(programme.policy_documents)
        case "goals":
            return plan is not None and bool(plan.goals or plan.mission or plan.vision or plan.values)
        case "targets":
            return bool(programme.targets)
    return False


def goal_of(ctx: Context, target: Target) -> Goal | None:
    """Return the goal a target stands under."""
    return ctx.objectives.get(target.objective, (None, None))[0]


def tables_of(ctx: Context, part: OutlinePart) -> list[ResourceTable]:
    """Return the resource tables that stand in a part."""
    form = ctx.layout.form
    return [table for table in ctx.programme.resource_tables if catalogue.part_of(form, table) is part]


def _below(ctx: Context, part: OutlinePart) -> Iterator[Entry]:
    match part.holds:
        case "resource_tables":
            for table in tables_of(ctx, part):
                name = catalogue.own_name(ctx.layout, table) or _("Table without a caption")
                yield _signed(Entry("resource_table", str(table.row), name), of_content(table.rows))
        case "targets":
            yield from _goals(ctx)
            yield from _sub_programmes(ctx)


def _goals(ctx: Context) -> list[Entry]:
    """Return the plan's goals with their targets of the year."""
    plan = ctx.municipality.plan_of(ctx.programme.year)
    goals: dict[str, Entry] = {}
    below: dict[str, list[Target]] = defaultdict(list)
    for goal in plan.goals if plan else ():
        name = _("Goal {code} · {title}").format(code=ctx.codes.goals[goal.id], title=goal.title)
        goals[goal.id] = Entry("goal", goal.id, name)
    for target in ctx.programme.targets:
        found = goal_of(ctx, target)
        id_ = found.id if found else ""
        if id_ not in goals:
            goals[id_] = Entry("goal", id_, _("Without a goal"))
        text = coded(ctx.codes.targets[target.id], target.title)
        goals[id_].children.append(_signed(Entry("target", target.id, text), of_target(target)))
        below[id_].append(target)
    for id_, entry in goals.items():
        _signed(entry, of_goal(below[id_]))
    return list(goals.values())


def _sub_programmes(ctx: Context) -> Iterator[Entry]:
    """Yield the year's sub-programmes, in the order of the list, as they are printed."""
    used = {sub.sub_programme: sub for sub in ctx.programme.sub_programmes}
    known = linked(ctx.programme) if used else {}
    for id_, name in ctx.sub_programmes.items():
        if id_ in used:
            text = coded(*name) or _("Sub-programme without a name")
            yield _signed(Entry("sub_programme", id_, text), of_sub_programme(used[id_], known[id_]))


def _signed(entry: Entry, sign: Sign) -> Entry:
    entry.mark, entry.why = sign
    return entry
