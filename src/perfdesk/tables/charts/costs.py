"""Charts of the resource need: by goal, economic code and unit, and its flow. All amounts are the ledger's.

Each has the general administration and the transfers as well, so that its sum is the programme's grand total.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perfdesk.domain.costs import OFF_BUDGET_SOURCES, CostSheet
from perfdesk.domain.programme import SubProgramme, Target
from perfdesk.domain.programme_budget import Amounts
from perfdesk.tables import programme_codes
from perfdesk.tables.charts.chart import Band, Chart, ChartKind, Series
from perfdesk.tables.charts.sums import MOST_ROWS, Amount, folded, folded_bands, summed
from perfdesk.tables.context import Context, coded
from perfdesk.tables.programme_rows import lines, nothing_below
from perfdesk.tables.sub_programmes import sub_programmes


def cost_by_goal(ctx: Context) -> Chart | None:
    """Return what each goal costs, in the order of the plan; None where no goal is known to cost anything."""
    names = _Sources(ctx)
    own = [Amount(names.of(sums.holder), sums.need.total) for sums in ctx.ledger.holders]
    amounts = [Amount(name, Decimal(0)) for name in names.in_order()] + own + _wide(ctx)
    title = "chart.cost_by_goal" if ctx.programme.targets else "chart.cost_by_programme"
    return _bars(ctx, "cost_by_goal", title, summed(amounts), ctx.labels["chart.without_goal"])


def cost_by_part(ctx: Context) -> Chart | None:
    """Return what each goal costs; where the tables are by programme, what each of these costs, as they say it."""
    if not _is_by_programme(ctx):
        return cost_by_goal(ctx)
    amounts = [Amount(name, known.need.total) for name, known in _programmes(ctx)]
    unknown = ctx.labels["programmes.without_sub_programme"]
    return _bars(ctx, "cost_by_goal", "chart.cost_by_programme", summed(amounts), unknown)


def cost_by_code(ctx: Context) -> Chart | None:
    """Return the resource need by economic code and off-budget source; None where no code is known."""
    ledger = ctx.ledger
    columns = (ledger.activities, ledger.general_administration, ledger.transfers)
    amounts = [amount for column in columns for amount in _by_code(ctx, column)]
    amounts += _by_source(ctx, ledger.off_budget)
    order = {name: at for at, name in enumerate(_code_names(ctx))}
    shown = sorted(summed(amounts), key=lambda amount: order[amount.label])
    return _bars(ctx, "cost_by_code", "chart.cost_by_code", shown, ctx.labels["cost.unclassified"])


def cost_by_unit(ctx: Context) -> Chart | None:
    """Return the resource need by responsible unit, the largest first; None where no unit is known.

    What several units answer for together is shown as theirs together: how they share it is not known.
    """
    amounts = [
        Amount(_unit_name(ctx, sheet), sums.need.total)
        for holder in ctx.ledger.holders
        for sheet, sums in zip(holder.holder.cost_sheets, holder.sheets, strict=True)
    ]
    # those that are no unit stand behind the units
    apart = [ctx.labels["chart.several_units"], ctx.labels["chart.without_unit"]]
    shown = sorted(summed(amounts), key=lambda amount: (amount.label in apart, -amount.number))
    rest = [*(amount for amount in shown if amount.label in apart), *_wide(ctx)]
    units = [amount for amount in shown if amount.label not in apart]
    units = folded(units, ctx.labels["chart.others"], MOST_ROWS - len(rest))
    return _bars(ctx, "cost_by_unit", "chart.cost_by_unit", summed([*units, *rest]), ctx.labels["chart.without_unit"])


def budget_flow(ctx: Context) -> Chart | None:
    """Return what flows from each goal or programme to each economic code; None where no code is known."""
    ledger = ctx.ledger
    names = _Sources(ctx)
    found: list[Band] = []
    by_programme = _is_by_programme(ctx)

    def add(source: str, amounts: list[Amount]) -> None:
        found.extend(Band(source, amount.label, amount.number) for amount in amounts if amount.number)

    if by_programme:
        for name, known in _programmes(ctx):
            add(name, [*_by_code(ctx, known.by_code), *_by_source(ctx, known.by_source)])
    else:
        for sums in ledger.holders:
            add(names.of(sums.holder), [*_by_code(ctx, sums.by_code), *_by_source(ctx, sums.by_source)])
        add(ctx.labels["chart.general_administration"], _by_code(ctx, ledger.general_administration))
        add(ctx.labels["chart.transfers"], _by_code(ctx, ledger.transfers))
    if {band.target for band in found} <= {ctx.labels["cost.unclassified"]}:
        return None
    sources = [*(() if by_programme else names.in_order()), *(band.source for band in found)]
    codes = _code_names(ctx)
    found.sort(key=lambda band: (sources.index(band.source), codes.index(band.target)))
    bands = tuple(folded_bands(found, ctx.labels["chart.others"]))
    # what is folded is in no list, and comes last
    order = {name: at for at, name in enumerate(codes)}
    targets = sorted(dict.fromkeys(band.target for band in bands), key=lambda name: order.get(name, len(order)))
    by_goal = ctx.programme.targets and not by_programme
    title = "chart.budget_flow" if by_goal else "chart.budget_flow_programmes"
    return Chart(
        "budget_flow",
        ctx.labels[title],
        ChartKind.FLOW,
        _unit(ctx),
        tuple(targets),
        bands=bands,
        places=ctx.places,
        amount=ctx.layout.currency,
        total=ctx.labels["grand_total"],
        percent=ctx.percent,
    )


def _is_by_programme(ctx: Context) -> bool:
    """Whether the tables that the charts stand below add up programmes rather than targets."""
    return programme_codes.KIND in ctx.layout.printed


def _programmes(ctx: Context) -> Iterator[tuple[str, Amounts]]:
    """Yield the rows of the tables by programme that add up to the grand total, and what each has in its year."""
    names = {f"programme:{one.id}": coded(one.code, one.name) for one in ctx.municipality.programme_list}
    wide = {key: ctx.labels[f"chart.{key}"] for key in ("general_administration", "transfers")}
    subs = sub_programmes(ctx)
    found = lines(ctx, subs, nothing_below)
    for line in found:
        if line.key in found[-1].sums:
            known = line.amounts.get(subs.budget.year, Amounts())
            yield names.get(line.key) or wide.get(line.key) or line.name, known


class _Sources:
    """Under which name the cost of a target or a sub-programme is shown: its goal's, or its programme's."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._programmes = {
            sub.id: coded(entry.code, entry.name)
            for entry in ctx.municipality.programme_list
            for sub in entry.sub_programmes
        }

    def of(self, holder: Target | SubProgramme) -> str:
        """Return the name, that of what belongs nowhere where there is none."""
        ctx = self._ctx
        if isinstance(holder, Target):
            goal = ctx.objectives.get(holder.objective, (None, None))[0]
            name = coded(ctx.codes.goals[goal.id], goal.title) if goal else ""
        else:
            name = self._programmes.get(holder.sub_programme, "")
        return name or ctx.labels["chart.without_goal"]

    def in_order(self) -> Iterator[str]:
        """Yield the names of the plan's goals, then those of the programmes."""
        plan = self._ctx.municipality.plan_of(self._ctx.programme.year)
        for goal in plan.goals if plan else ():
            yield coded(self._ctx.codes.goals[goal.id], goal.title) or self._ctx.labels["chart.without_goal"]
        yield from self._programmes.values()


def _bars(ctx: Context, key: str, title: str, amounts: list[Amount], unknown: str) -> Chart | None:
    """Return a chart of bars; None where all that is divided is ``unknown``, which is no picture of anything."""
    if {amount.label for amount in amounts} - {amount.label for amount in _wide(ctx)} <= {unknown}:
        return None
    shown = folded(amounts, ctx.labels["chart.others"])
    unit = _unit(ctx)
    return Chart(
        key,
        ctx.labels[title],
        ChartKind.BARS,
        unit,
        tuple(amount.label for amount in shown),
        (Series(unit, tuple(amount.number for amount in shown)),),
        places=ctx.places,
        amount=ctx.layout.currency,
        total=ctx.labels["grand_total"],
        percent=ctx.layout.share,
        share_head=ctx.labels["performance.share"],
    )


def _unit(ctx: Context) -> str:
    """Return what the head of the figures says of them; nothing where each of them says that it is money."""
    return "" if ctx.says_currency else ctx.labels["chart.money"]


def _wide(ctx: Context) -> list[Amount]:
    """Return what the whole administration needs besides its activities."""
    return [
        Amount(ctx.labels["chart.general_administration"], ctx.ledger.general_administration_total.total),
        Amount(ctx.labels["chart.transfers"], ctx.ledger.transfers_total.total),
    ]


def _by_code(ctx: Context, amounts: Mapping[str | None, Decimal]) -> list[Amount]:
    return [Amount(_code_name(ctx, code), amount) for code, amount in amounts.items()]


def _by_source(ctx: Context, amounts: Mapping[str, Decimal]) -> list[Amount]:
    return [Amount(ctx.layout.form.off_budget_sources[source], amount) for source, amount in amounts.items()]


def _code_name(ctx: Context, code: str | None) -> str:
    return f"{code} {ctx.layout.form.economic_codes[code]}" if code else ctx.labels["cost.unclassified"]


def _code_names(ctx: Context) -> list[str]:
    """Return all names of codes and off-budget sources, in the order of table 4."""
    form = ctx.layout.form
    codes = [_code_name(ctx, code) for code in (*form.economic_codes, None)]
    return [*codes, *(form.off_budget_sources[source] for source in OFF_BUDGET_SOURCES)]


def _unit_name(ctx: Context, sheet: CostSheet) -> str:
    if len(sheet.units) > 1:
        return ctx.labels["chart.several_units"]
    names = ctx.unit_names(sheet.units)
    return (names[0] if names else "") or ctx.labels["chart.without_unit"]
