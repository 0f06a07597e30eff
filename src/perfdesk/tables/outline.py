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

_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class PrintedPart(NamedTuple):
    """A part of the form: its number as printed, whether it is printed, and whether it has content of its own."""

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
    """Return the form's parts in order; one is printed if it, or a part below it, has content, and then numbered."""
    outline = ctx.layout.form.outline
    filled = [has_content(ctx, part) for part in outline]
    numbers = SectionNumbers(ctx.layout)
    parts: list[PrintedPart] = []
    for n, part in enumerate(outline):
        below = (k for k in range(n + 1, len(outline)) if outline[k].level <= part.level)
        end = next(below, len(outline))
        is_printed = any(filled[n:end])
        number = numbers.next(part.level) if is_printed and not part.unnumbered else ""
        parts.append(PrintedPart(part, number, is_printed, filled[n]))
    return parts


def has_content(ctx: Context, part: OutlinePart) -> bool:
    """Whether the book has anything to print in a part itself."""
    programme = ctx.programme
    if any(section.key == part.key and section.blocks for section in programme.sections):
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
            return (performance_target.KIND in printed and bool(programme.targets)) or (
                cost_sheet.KIND in printed and sheets
            )
        case "resource_need":
            return administration_performance.KIND in printed or total_resource_need.KIND in printed
        case "responsible_units":
            return responsible_units.KIND in printed
    return False
