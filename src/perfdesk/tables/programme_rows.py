"""The rows that the three summaries of table 8 share: programmes, their sub-programmes, and what stands below these.

General administration is a programme itself: that of the list which the form's ``support_programme`` names, else a row
of its own. So the rows add up to the grand total of table 4.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from perfdesk.domain import turkish
from perfdesk.domain.plan import ProgrammeEntry
from perfdesk.domain.programme_budget import Amounts, Known, summed
from perfdesk.tables.context import Context
from perfdesk.tables.sub_programmes import Shown, SubProgrammes, name_of, programme_name
from perfdesk.tables.table import Role


class Line(NamedTuple):
    """A row before its cells: what it is called, its amounts, and the keys of the rows that these are the sum of.

    ``numbered``: it is called by several names, each with its number.
    """

    role: Role
    key: str
    name: str
    amounts: Known
    sums: tuple[str, ...] = ()
    numbered: bool = False


# what stands below a sub-programme: the key, the name and the amounts of each row
Below = Callable[[Shown], Sequence[Line]]


def nothing_below(one: Shown) -> Sequence[Line]:
    """Return that nothing stands below a sub-programme."""
    del one
    return ()


def lines(ctx: Context, subs: SubProgrammes, below: Below) -> list[Line]:
    """Return the rows of a summary, from the first programme to the grand total."""
    found: list[Line] = []
    closing: list[Line] = []
    general = Line(
        _role(below),
        "general_administration",
        ctx.labels["performance.general_administration"],
        subs.budget.general_administration,
    )
    programmes = [(programme, shown) for programme, shown in subs.programmes() if programme]
    support = next((programme for programme, _ in programmes if is_support(ctx, programme)), None)
    unused = next((one for one in ctx.municipality.programme_list if is_support(ctx, one)), None)
    if support is None and unused is not None:
        # of the list, but without an activity of its own
        programmes.append((unused, []))
        support = unused
    for programme, shown in programmes:
        own = [line for one in shown for line in _sub_programme(ctx, one, below)]
        parts = [line for line in own if line.key.startswith("sub_programme:")]
        if programme is support:
            parts.append(general)
            own.append(general)
        closing.append(_programme(programme, parts))
        found += [closing[-1], *own]
    rest = [line for one in subs.shown if one.entry is None and one.entries for line in _sub_programme(ctx, one, below)]
    closing += rest[:1]
    found += rest
    if support is None:
        name = turkish.upper(ctx.labels["programmes.general_administration"])
        closing.append(general._replace(role=Role.SECTION, name=name))
        found.append(closing[-1])
    transfers = {subs.budget.year: Amounts(subs.budget.transfers)}
    closing.append(Line(Role.SUBTOTAL, "transfers", ctx.labels["performance.transfers"], transfers))
    found.append(closing[-1])
    whole = summed(line.amounts for line in closing)
    keys = tuple(line.key for line in closing)
    return [*found, Line(Role.TOTAL, "grand_total", ctx.labels["grand_total"], whole, keys)]


def is_support(ctx: Context, programme: ProgrammeEntry) -> bool:
    """Whether a programme of the list is that of general administration, by the words the form knows it by."""
    name = turkish.fold(programme.name)
    return any(words in name for words in ctx.layout.form.support_programme)


def _programme(programme: ProgrammeEntry, parts: list[Line]) -> Line:
    return Line(
        Role.SECTION,
        f"programme:{programme.id}",
        turkish.upper(programme_name(programme)),
        summed(line.amounts for line in parts),
        tuple(line.key for line in parts),
    )


def _sub_programme(ctx: Context, one: Shown, below: Below) -> list[Line]:
    """Return a sub-programme's row and those below it."""
    under = below(one)
    amounts = summed(entry.amounts for entry in one.entries)
    key = f"sub_programme:{one.id}" if one.entry else "without_sub_programme"
    # what belongs to none of the list stands beside its programmes
    role = _role(below) if one.entry else Role.SECTION
    return [Line(role, key, name_of(ctx, one), amounts, tuple(line.key for line in under if line.amounts)), *under]


def _role(below: Below) -> Role:
    """Return what the row of a sub-programme is, and of what stands beside it: in a summary of no more, a plain one."""
    return Role.DETAIL if below is nothing_below else Role.SUBSECTION
