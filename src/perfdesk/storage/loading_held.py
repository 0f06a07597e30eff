"""Rows → what targets and sub-programmes hold: indicators with their values, activities, cost sheets."""

from collections import defaultdict
from typing import Any

from perfdesk.domain.costs import AmountKind, CostLine, CostSheet, OtherAmount, Transfer
from perfdesk.domain.programme import Activity, Indicator, Target
from perfdesk.domain.value import ValueKind
from perfdesk.storage.reading import Children, Reader, tuples
from perfdesk.storage.rows import decimal_of, flag_of, lira, value_of

_KINDS = {kind.value: kind for kind in ValueKind}


def targets(reader: Reader) -> Children[Target]:
    """Return targets with all they hold, by programme."""
    return targets_of(reader, indicators(reader)[0], activities(reader)[0], cost_sheets(reader)[0])


def targets_of(
    reader: Reader, indicators: Children[Indicator], activities: Children[Activity], sheets: Children[CostSheet]
) -> Children[Target]:
    """Return targets with what has been read of them already, by programme."""
    return reader.children(
        "programme",
        "target",
        "id, identity, objective, code, title, description, deferred",
        lambda row, identity, objective, code, title, description, deferred: Target(
            identity,
            reader.objectives[objective],
            code,
            title,
            description,
            flag_of(deferred),
            indicators.get(row, ()),
            activities.get(row, ()),
            sheets.get(row, ()),
            row,
        ),
    )


def indicators(reader: Reader) -> tuple[Children[Indicator], Children[Indicator]]:
    """Return indicators with their values, by target and by sub-programme."""
    values: dict[int, dict[tuple[int, ValueKind], Any]] = defaultdict(dict)
    for indicator, year, kind, state, content in reader.select(
        f"SELECT indicator, year, kind, state, content FROM indicator_value{reader.where('indicator_value')}"
        " ORDER BY indicator, id"
    ):
        values[indicator][year, _KINDS[kind]] = value_of(state, content)
    by_target: dict[int | None, list[Indicator]] = defaultdict(list)
    by_sub: dict[int | None, list[Indicator]] = defaultdict(list)
    for row in reader.select(
        "SELECT target, sub_programme, id, identity, code, name, unit, note, weight, cumulative, direction,"
        " deferred, scale, decimals, type, definition, method, source, owner, numerator, denominator, roll_up,"
        f" baseline, sub_programme_objective FROM indicator{reader.where('indicator')} ORDER BY position, id"
    ):
        target, sub, id_, identity, code, name, unit, note, weight, cumulative, direction, deferred, *more = row
        scale, decimals, type_, definition, method, source, owner, numerator, denominator, roll_up, *last = more
        indicator = Indicator(
            identity,
            code,
            name,
            unit,
            note,
            decimal_of(weight),
            flag_of(cumulative),
            direction,
            flag_of(deferred),
            values.get(id_, {}),
            scale,
            decimals,
            type_,
            definition,
            method,
            source,
            reader.units[owner],
            numerator,
            denominator,
            roll_up,
            decimal_of(last[0]),
            reader.sub_objectives[last[1]],
            id_,
        )
        (by_sub if target is None else by_target)[sub if target is None else target].append(indicator)
    return tuples(by_target), tuples(by_sub)


def activities(reader: Reader) -> tuple[Children[Activity], Children[Activity]]:
    """Return activities, by target and by sub-programme."""

    def activity(row: int, identity: str, code: str, name: str, note: str, entry: int | None, text: str) -> Activity:
        return Activity(identity, code, name, note, reader.entries[entry], text, row)

    columns = "id, identity, code, name, note, sub_programme_entry, description"
    return (
        reader.children("target", "activity", columns, activity),
        reader.children("sub_programme", "activity", columns, activity),
    )


def cost_sheets(reader: Reader) -> tuple[Children[CostSheet], Children[CostSheet]]:
    """Return cost sheets with their lines, by target and by sub-programme."""
    activities = reader.children("cost_sheet", "cost_sheet_activity", "activity, amount", lambda *pair: pair)
    units = reader.children("cost_sheet", "cost_sheet_unit", "unit, cooperating", lambda *pair: pair)
    lines = reader.children(
        "cost_sheet", "cost_line", "id, code, amount", lambda row, code, amount: CostLine(code, lira(amount), row)
    )
    transfers = reader.children("cost_sheet", "cost_transfer", "id, recipient, code, amount", transfer_of)
    sources = reader.children("cost_sheet", "cost_off_budget", "source, amount", lambda *pair: pair)
    others = reader.children("cost_sheet", "cost_other_amount", "id, year, kind, amount, code, source", _other)

    def sheet(row: int, note: str) -> CostSheet:
        parts = activities.get(row, ())
        named = units.get(row, ())
        return CostSheet(
            tuple(reader.activity_ids[activity] for activity, _ in parts),
            tuple(reader.units[unit] for unit, cooperating in named if not cooperating),
            tuple(reader.units[unit] for unit, cooperating in named if cooperating),
            note,
            lines.get(row, ()),
            transfers.get(row, ()),
            {source: lira(amount) for source, amount in sources.get(row, ())},
            {reader.activity_ids[activity]: lira(amount) for activity, amount in parts if amount is not None},
            others.get(row, ()),
            row,
        )

    return (
        reader.children("target", "cost_sheet", "id, note", sheet),
        reader.children("sub_programme", "cost_sheet", "id, note", sheet),
    )


def transfer_of(row: int, recipient: str, code: str, amount: int) -> Transfer:
    """Return a transfer as it is stored."""
    return Transfer(recipient, code, lira(amount), row)


def _other(row: int, year: int, kind: str, amount: int, code: str | None, source: str) -> OtherAmount:
    return OtherAmount(year, AmountKind(kind), lira(amount), code, source, row)
