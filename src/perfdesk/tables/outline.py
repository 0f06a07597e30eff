"""The outline as it is printed: which parts of the form the book has, and their numbers in the layout's style."""

from typing import Final, NamedTuple

from perfdesk.tables import (
    administration_performance,
    catalogue,
    cost_sheet,
    goals,
    performance_target,
    resource_table,
    responsible_units,
    total_resource_need,
)
from perfdesk.tables.context import Context
from perfdesk.tables.form import OutlinePart
from perfdesk.tables.layout import Layout, fill
from perfdesk.tables.sub_programmes import sub_programmes

# the chart that is drawn from the units; a setting of its own switches it
ORGANISATION: Final = "organisation"
_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class PrintedPart(NamedTuple):
    """A part of the form: its number as printed, whether it is printed, and whether it has content of its own.

    Those before and behind the run of the parts have pages of their own instead: they are not printed as parts.
    """

    part: OutlinePart
    number: str
    is_printed: bool
    has_content: bool


class SectionNumbers:
    """Numbers headings by level, in the layout's style: "II-", "C-", "2.3.1"."""

    def __init__(self, layout: Layout) -> None:
        self._patterns = layout.section_numbers
        self._counters = [0] * len(self._patterns)

    def next(self, level: int) -> str:
        """Return the number of the next heading of a level, from 1."""
        self._counters[level - 1] += 1
        self._counters[level:] = [0] * (len(self._counters) - level)
        counts = self._counters[:level]
        letter = _LETTERS[(counts[-1] - 1) % len(_LETTERS)]
        return fill(
            self._patterns[level - 1],
            roman=_roman(counts[-1]),
            letter=letter,
            number=counts[-1],
            path=".".join(map(str, counts)),
            path_letter=".".join([*map(str, counts[:-1]), letter]),
        )


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def printed_parts(ctx: Context) -> list[PrintedPart]:
    """Return the layout's parts in order; one is printed if it, or a part below it, has content, and then numbered."""
    outline = ctx.layout.outline
    filled = [has_content(ctx, part) for part in outline]
    numbers = SectionNumbers(ctx.layout)
    parts: list[PrintedPart] = []
    for n, part in enumerate(outline):
        below = (k for k in range(n + 1, len(outline)) if outline[k].level <= part.level)
        end = next(below, len(outline))
        is_printed = any(filled[n:end]) and not part.place
        number = numbers.next(part.level) if is_printed and not part.unnumbered else ""
        parts.append(PrintedPart(part, number, is_printed, filled[n]))
    return parts


def has_content(ctx: Context, part: OutlinePart) -> bool:
    """Whether the book has anything to print in a part itself."""
    programme = ctx.programme
    if any(section.key == part.key and section.blocks for section in programme.sections) or has_drawing(ctx, part):
        return True
    printed = ctx.layout.printed
    plan = ctx.municipality.plan_of(programme.year)
    sheets = any(holder.cost_sheets for holder in programme.holders())
    match part.holds:
        case "resource_tables":
            placed = (catalogue.part_of(ctx.layout.form, table) for table in programme.resource_tables)
            return resource_table.KIND in printed and any(place is part for place in placed)
        case "policy_documents":
            return bool(programme.policy_documents)
        case "goals":
            said = plan is not None and bool(plan.mission or plan.vision or plan.values)
            return said or goals.KIND in printed
        case "targets":
            return (
                (performance_target.KIND in printed and bool(programme.targets))
                or (cost_sheet.KIND in printed and sheets)
                or (not {*catalogue.OF_SUB_PROGRAMME}.isdisjoint(printed) and bool(sub_programmes(ctx).shown))
            )
        case "resource_need":
            kinds = (administration_performance.KIND, total_resource_need.KIND, *catalogue.OF_PROGRAMMES)
            return not {*kinds}.isdisjoint(printed)
        case "responsible_units":
            return responsible_units.KIND in printed
    return False


def has_drawing(ctx: Context, part: OutlinePart) -> bool:
    """Whether the part has a chart even where nothing else stands in it.

    Those of the staff and of indicators are drawn from tables that stand in the part anyway.
    """
    if ORGANISATION in part.charts:
        return ctx.layout.organisation_chart and any(not unit.inactive for unit in ctx.municipality.units)
    of_costs = part.holds == "resource_need" and not {*part.charts}.isdisjoint(ctx.layout.charts)
    return of_costs and bool(ctx.ledger.grand_total.total)
