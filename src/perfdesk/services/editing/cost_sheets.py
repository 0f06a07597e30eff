"""Cost sheets over several activities: joined, taken apart, their amount divided; one step each.

Rows are the ids of the snapshot's objects (their ``row``). Sums stay as they are, whatever is joined or divided.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain.costs import OFF_BUDGET_SOURCES
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import MAX_AMOUNT, ZERO, divided, total
from perfdesk.domain.numbers import format_number
from perfdesk.i18n import N_
from perfdesk.services.editing.costing import above_of, order_links, own_sheet, sheet_of, undivide_last
from perfdesk.services.editing.order import after_last, whole
from perfdesk.storage.store import Store

# what other amounts of one kind have in common
_SAME_AMOUNT: Final = ("code", "source", "year", "kind")


def join(store: Store, activities: Sequence[int]) -> None:
    """Let activities of one target share a cost sheet: amounts are added up by code, units and transfers united.

    Whoever shares a sheet with one of them comes along. A division stays where each one's part is known.

    Raises:
        UserError: there is only one activity, or amounts add up to more than can be stored.
    """
    if len(set(activities)) < 2:
        raise UserError(N_("Select the activities that are to share a cost sheet: two rows at least."))
    with store.step(N_("common cost sheet")):
        wanted = [row for row in _siblings(store, activities[0]) if row in activities]
        sheets = list(dict.fromkeys(sheet for row in wanted if (sheet := sheet_of(store, row)) is not None))
        into = sheets[0] if sheets else own_sheet(store, wanted[0])
        parts = _known_parts(store, sheets, wanted)
        for sheet in sheets[1:]:
            _absorb(store, into, sheet)
        for row in wanted:
            if sheet_of(store, row) is None:
                store.insert("cost_sheet_activity", cost_sheet=into, activity=row, position=0)
        order_links(store, into)
        for link in _links(store, into):
            part = parts.get(_activity(store, link), ZERO) if parts is not None else None
            store.update("cost_sheet_activity", link, amount=part)


def join_all(store: Store, holder: str, row: int) -> None:
    """Make one cost sheet of all activities of a target or sub-programme, also of those without any.

    Raises:
        UserError: it has fewer than two activities.
    """
    join(store, store.rows("activity", **{holder: row}))


def divide(store: Store, activity: int) -> None:
    """Take the common cost sheet of an activity apart: a sheet for each of its activities.

    A divided amount goes to them by their parts, each code in proportion. Without a division all of it, and in any
    case transfers, off-budget sources, other years and the note, stay with the first; the others keep its units.

    Raises:
        UserError: the activity shares no sheet.
    """
    sheet = sheet_of(store, activity)
    links = [] if sheet is None else _links(store, sheet)
    if sheet is None or len(links) < 2:
        raise UserError(N_("This activity does not share its cost sheet with another one."))
    with store.step(N_("dividing a cost sheet")):
        order_links(store, sheet)
        _first, *others = (_activity(store, link) for link in _links(store, sheet))
        for other in reversed(others):
            take_out(store, other)


def take_out(store: Store, activity: int) -> int | None:
    """Give an activity that shares a cost sheet one of its own, with its part of the amount; return it.

    Part of the current step. An activity that is alone in its sheet keeps it; one without a sheet stays without.
    """
    sheet = sheet_of(store, activity)
    own = store.find("cost_sheet_activity", activity=activity)
    if sheet is None or own is None or len(_links(store, sheet)) < 2:
        return sheet
    part = store.amount("cost_sheet_activity", own, "amount")
    new = _sheet_behind(store, sheet)
    for row in store.rows("cost_sheet_unit", cost_sheet=sheet):
        fields = {column: store.field("cost_sheet_unit", row, column) for column in ("unit", "cooperating", "position")}
        store.insert("cost_sheet_unit", cost_sheet=new, **fields)
    store.update("cost_sheet_activity", own, cost_sheet=new, position=0, amount=None)
    if part is not None:
        _take_part(store, sheet, new, part)
        undivide_last(store, _links(store, sheet))
    return new


def set_parts(store: Store, sheet: int, parts: Mapping[int, Decimal]) -> None:
    """Divide a sheet's budget amount over its activities, by row; nothing for all of them undoes the division.

    Raises:
        UserError: the parts do not add up to the sheet's amount.
    """
    links = _links(store, sheet)
    amounts = {link: parts.get(_activity(store, link), ZERO) for link in links}
    divided, whole_ = total(amounts.values()), budget_of(store, sheet)
    if divided and divided != whole_:
        less = divided < whole_
        raise UserError(
            N_("The parts add up to {divided} TL, the sheet to {whole} TL; {rest} TL are missing.")
            if less
            else N_("The parts add up to {divided} TL, the sheet to {whole} TL; {rest} TL are too much."),
            divided=format_number(divided, 2),
            whole=format_number(whole_, 2),
            rest=format_number(abs(whole_ - divided), 2),
        )
    with store.step(N_("dividing the amount of a cost sheet")):
        for link, amount in amounts.items():
            store.update("cost_sheet_activity", link, amount=amount if divided else None)


def set_other_key(store: Store, other: int, key: str) -> None:
    """Say which economic code, "" (not classified) or off-budget source an amount of another year belongs to."""
    is_source = key in OFF_BUDGET_SOURCES
    with store.step(N_("economic code of an amount of another year")):
        store.update("cost_other_amount", other, code=None if is_source else key or None, source=key * is_source)


def budget_of(store: Store, sheet: int) -> Decimal:
    """Return a sheet's amount within the budget."""
    return total(_amount(store, "cost_line", row) for row in store.rows("cost_line", cost_sheet=sheet))


def _take_part(store: Store, sheet: int, into: int, part: Decimal) -> None:
    lines = store.rows("cost_line", cost_sheet=sheet)
    amounts = [_amount(store, "cost_line", row) for row in lines]
    if not total(amounts):
        return
    for row, amount, taken in zip(lines, amounts, divided(amounts, part), strict=True):
        if not taken:
            continue
        position = after_last(store, "cost_line", cost_sheet=into)
        code = store.field("cost_line", row, "code")
        store.insert("cost_line", cost_sheet=into, position=position, code=code, amount=taken)
        if taken == amount:
            store.delete("cost_line", row)
        else:
            store.update("cost_line", row, amount=amount - taken)


def _known_parts(store: Store, sheets: Sequence[int], activities: Sequence[int]) -> dict[int, Decimal] | None:
    """Return each activity's part of the sheets' amounts, where one of them is divided and no part is unknown."""
    parts: dict[int, Decimal] = dict.fromkeys(activities, ZERO)
    is_divided = False
    for sheet in sheets:
        links = _links(store, sheet)
        for link in links:
            part = store.amount("cost_sheet_activity", link, "amount")
            if part is None and len(links) > 1:
                return None
            is_divided |= part is not None
            parts[_activity(store, link)] = budget_of(store, sheet) if part is None else part
    return parts if is_divided else None


def _absorb(store: Store, into: int, sheet: int) -> None:
    """Move all that a sheet holds into another one, and delete it."""
    for link in _links(store, sheet):
        store.update("cost_sheet_activity", link, cost_sheet=into)
    _add_up(store, "cost_line", into, sheet, ("code",))
    _add_up(store, "cost_off_budget", into, sheet, ("source",))
    _add_up(store, "cost_other_amount", into, sheet, _SAME_AMOUNT)
    for row in store.rows("cost_transfer", cost_sheet=sheet):
        position = after_last(store, "cost_transfer", cost_sheet=into)
        store.update("cost_transfer", row, cost_sheet=into, position=position)
    for row in store.rows("cost_sheet_unit", cost_sheet=sheet):
        same = {column: store.field("cost_sheet_unit", row, column) for column in ("unit", "cooperating")}
        if store.find("cost_sheet_unit", cost_sheet=into, **same) is None:
            position = after_last(store, "cost_sheet_unit", cost_sheet=into)
            store.update("cost_sheet_unit", row, cost_sheet=into, position=position)
    notes = [str(store.field("cost_sheet", of, "note")) for of in (into, sheet)]
    store.update("cost_sheet", into, note="\n".join(dict.fromkeys(filter(None, notes))))
    store.delete("cost_sheet", sheet)


def _add_up(store: Store, table: str, into: int, sheet: int, same: Sequence[str]) -> None:
    """Add a sheet's amounts to those of another one that are of the same kind; the others move over.

    Raises:
        UserError: they add up to more than can be stored.
    """
    for row in store.rows(table, cost_sheet=sheet):
        alike = store.find(table, cost_sheet=into, **{column: store.field(table, row, column) for column in same})
        if alike is not None:
            amount = _amount(store, table, alike) + _amount(store, table, row)
            if amount > MAX_AMOUNT:
                # the programme's total bounds the year's own amounts only, not those of other years
                raise UserError(
                    N_("Together the amounts would exceed {limit} TL; the cost sheets were not joined."),
                    limit=format_number(MAX_AMOUNT),
                )
            store.update(table, alike, amount=amount)
        elif table == "cost_off_budget":
            store.update(table, row, cost_sheet=into)
        else:
            store.update(table, row, cost_sheet=into, position=after_last(store, table, cost_sheet=into))


def _sheet_behind(store: Store, sheet: int) -> int:
    """Return a new sheet that stands behind another one."""
    above = above_of(store, "cost_sheet", sheet)
    sheets = store.rows("cost_sheet", **above)
    new = store.insert("cost_sheet", position=len(sheets), **above)
    sheets.insert(sheets.index(sheet) + 1, new)
    store.reorder("cost_sheet", sheets)
    return new


def _siblings(store: Store, activity: int) -> list[int]:
    return store.rows("activity", **above_of(store, "activity", activity))


def _links(store: Store, sheet: int) -> list[int]:
    return store.rows("cost_sheet_activity", cost_sheet=sheet)


def _activity(store: Store, link: int) -> int:
    return whole(store.field("cost_sheet_activity", link, "activity"))


def _amount(store: Store, table: str, row: int) -> Decimal:
    return store.amount(table, row, "amount") or ZERO
