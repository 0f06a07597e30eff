"""The cost of activities: amounts by economic code or source, spending units, divided amounts; one step each.

Rows are the ids of the snapshot's objects (their ``row``).
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain import texts
from perfdesk.domain.costs import OFF_BUDGET_SOURCES
from perfdesk.domain.errors import UserError
from perfdesk.domain.money import MAX_AMOUNT, ZERO
from perfdesk.domain.numbers import format_number
from perfdesk.i18n import N_
from perfdesk.services.editing.links import relink
from perfdesk.services.editing.order import after_last, whole
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.storage.limits import list_total, programme_total
from perfdesk.storage.rows import Stored
from perfdesk.storage.store import Store
from perfdesk.tables.form import load_form

# tables whose amounts for the whole administration are part of a programme's total
_OF_PROGRAMME: Final = ("general_administration", "transfer")
# tables that state the same total each
_APPROPRIATIONS: Final = ("appropriation_by_code", "appropriation_by_unit")


def set_cost(store: Store, activity: int, key: str, amount: Decimal) -> None:
    """Change the amount of an activity's cost sheet under an economic code, "" (not classified) or off-budget source.

    An activity without a sheet gets one. Where the sheet's amount is divided over activities, the first one's part
    takes the difference.

    Raises:
        UserError: the total would become too large, or the first part negative.
    """
    programme = whole(store.field("activity", activity, "programme"))
    check_keys(store, programme, [key])
    with store.step(N_("cost change")):
        sheet = sheet_of(store, activity)
        if sheet is None:
            if not amount:
                return
            sheet = own_sheet(store, activity)
        change_amount(store, sheet, key, amount, room_left(store, programme))


def set_line(store: Store, line: int, amount: Decimal) -> None:
    """Change the amount of one of several lines of the same code; zero takes the line away.

    Raises:
        UserError: the total would become too large, or the first part of a divided amount negative.
    """
    if amount > MAX_AMOUNT:
        raise _too_much()
    with store.step(N_("cost change")):
        sheet = whole(store.field("cost_line", line, "cost_sheet"))
        before = store.amount("cost_line", line, "amount") or ZERO
        if amount:
            store.update("cost_line", line, amount=amount)
        else:
            store.delete("cost_line", line)
        _shift_split(store, sheet, amount - before)
        check_programme(store, _programme(store, sheet))


def set_units(store: Store, activity: int, units: Sequence[int], *, cooperating: bool = False) -> None:
    """Change the spending units responsible for an activity's cost sheet, the lead first, or those that cooperate."""
    with store.step(N_("cooperating units") if cooperating else N_("responsible unit")):
        sheet = sheet_of(store, activity)
        if sheet is None:
            if not units:
                return
            sheet = own_sheet(store, activity)
        relink(store, "cost_sheet_unit", "unit", units, cost_sheet=sheet, cooperating=int(cooperating))


def set_note(store: Store, activity: int, note: str) -> None:
    """Change the note of an activity's cost sheet; an activity without a sheet gets one.

    Raises:
        UserError: the text cannot be stored or printed.
    """
    text = texts.typed(note)
    with store.step(RECORD_TYPES["cost_sheet"].fields["note"].label):
        if text or sheet_of(store, activity) is not None:
            store.update("cost_sheet", own_sheet(store, activity), note=text)


def above_of(store: Store, table: str, row: int) -> dict[str, Stored]:
    """Return what holds an activity or cost sheet: a target or a sub-programme."""
    return {column: store.field(table, row, column) for column in ("target", "sub_programme")}


def sheet_of(store: Store, activity: int) -> int | None:
    """Return the cost sheet an activity stands in, if there is one."""
    link = store.find("cost_sheet_activity", activity=activity)
    return None if link is None else whole(store.field("cost_sheet_activity", link, "cost_sheet"))


def own_sheet(store: Store, activity: int) -> int:
    """Return the cost sheet an activity stands in, a new one where there is none; part of the current step."""
    sheet = sheet_of(store, activity)
    if sheet is not None:
        return sheet
    above = above_of(store, "activity", activity)
    sheet = store.insert("cost_sheet", position=after_last(store, "cost_sheet", **above), **above)
    store.insert("cost_sheet_activity", cost_sheet=sheet, activity=activity, position=0)
    return sheet


def room_left(store: Store, programme: int) -> Decimal:
    """Return by how much a programme's total may grow; below zero where it is too large already."""
    return MAX_AMOUNT - programme_total(store, programme)


def check_keys(store: Store, programme: int, keys: Iterable[str]) -> None:
    """Make sure that amounts can stand under these: economic codes of the form, "" (not classified), sources.

    Raises:
        KeyError: under one of them none can.
    """
    form = load_form(str(store.field("programme", programme, "form")))
    for key in keys:
        if key and key not in form.economic_codes and key not in OFF_BUDGET_SOURCES:
            raise KeyError(key)


def change_amount(store: Store, sheet: int, key: str, amount: Decimal, room: Decimal) -> Decimal:
    """Change what a sheet has under a key; return by how much, which is no more than ``room``; part of a step.

    Raises:
        UserError: the total would become too large, or the first part negative; nothing is written then.
    """
    table, where = ("cost_line", "code") if key not in OFF_BUDGET_SOURCES else ("cost_off_budget", "source")
    rows = store.rows(table, cost_sheet=sheet, **{where: key or None})
    before = sum((store.amount(table, row, "amount") or ZERO for row in rows), ZERO)
    check_room(amount - before, room)
    if table == "cost_line":
        _shift_split(store, sheet, amount - before)
        _set_line(store, sheet, key or None, amount, rows)
    else:
        _set_source(store, sheet, key, amount, rows)
    return amount - before


def check_room(difference: Decimal, room: Decimal) -> None:
    """Refuse an amount that makes the programme's total larger than it can be.

    Raises:
        UserError: it would.
    """
    if difference > room:
        raise _too_much()


def _set_source(store: Store, sheet: int, source: str, amount: Decimal, rows: Sequence[int]) -> None:
    if not rows:
        if amount:
            store.insert("cost_off_budget", cost_sheet=sheet, source=source, amount=amount)
    elif amount:
        store.update("cost_off_budget", rows[0], amount=amount)
    else:
        store.delete("cost_off_budget", rows[0])


def _set_line(store: Store, sheet: int, code: str | None, amount: Decimal, rows: Sequence[int]) -> None:
    if rows and amount:
        store.update("cost_line", rows[0], amount=amount)
        rows = rows[1:]
    elif amount:
        position = after_last(store, "cost_line", cost_sheet=sheet)
        store.insert("cost_line", cost_sheet=sheet, position=position, code=code, amount=amount)
    # several lines of one code are one amount in a grid
    for row in rows:
        store.delete("cost_line", row)


def _shift_split(store: Store, sheet: int, difference: Decimal) -> None:
    if not difference:
        return
    parts = store.rows("cost_sheet_activity", cost_sheet=sheet)
    divided = store.amount("cost_sheet_activity", parts[0], "amount")
    if divided is None:
        return
    part = divided + difference
    if part < 0:
        raise UserError(
            N_("The amount is divided over activities; the first one's part would fall below zero by {amount} TL."),
            amount=format_number(-part),
        )
    if part > MAX_AMOUNT:
        raise _too_much()
    store.update("cost_sheet_activity", parts[0], amount=part)


def leave_sheet(store: Store, activity: int) -> None:
    """Take an activity out of its cost sheet, its part of a divided amount going to the first that stays."""
    sheet = sheet_of(store, activity)
    if sheet is None:
        return
    links = store.rows("cost_sheet_activity", cost_sheet=sheet)
    own = store.find("cost_sheet_activity", activity=activity)
    staying = [link for link in links if link != own]
    if not staying:
        store.delete("cost_sheet", sheet)
        return
    part = store.amount("cost_sheet_activity", own or 0, "amount")
    if part is not None:
        first = store.amount("cost_sheet_activity", staying[0], "amount") or ZERO
        store.update("cost_sheet_activity", staying[0], amount=first + part)
    undivide_last(store, staying)


def undivide_last(store: Store, links: Sequence[int]) -> None:
    """Forget the division of a sheet of which these links stay, where it is one; part of the current step."""
    if len(links) == 1:
        store.update("cost_sheet_activity", links[0], amount=None)


def order_links(store: Store, sheet: int) -> None:
    """Let a sheet's activities stand in the order of their target or sub-programme; part of the current step."""
    links = {
        whole(store.field("cost_sheet_activity", link, "activity")): link
        for link in store.rows("cost_sheet_activity", cost_sheet=sheet)
    }
    siblings = store.rows("activity", **above_of(store, "cost_sheet", sheet))
    store.reorder("cost_sheet_activity", [links[row] for row in siblings if row in links])


def check_limit(store: Store, table: str, row: int) -> None:
    """Refuse an amount with which the programme's total would become too large; within the step that wrote it.

    Raises:
        UserError: it would.
    """
    room = room_of(store, table, row)
    if room is not None:
        check_room(ZERO, room)


def room_of(store: Store, table: str, row: int) -> Decimal | None:
    """Return by how much the total that an amount is part of may grow; None where it is part of none.

    Below zero where it is too large already. Amounts of other years have no total; appropriations have their list's.
    """
    if table in _APPROPRIATIONS:
        return MAX_AMOUNT - list_total(store, table, whole(store.field(table, row, "programme")))
    programme = programme_of(store, table, row)
    return None if programme is None else room_left(store, programme)


def programme_of(store: Store, table: str, row: int) -> int | None:
    """Return the programme whose total an amount is part of; None where it is none's, as amounts of other years."""
    if table == "cost_transfer":
        return _programme(store, whole(store.field(table, row, "cost_sheet")))
    return whole(store.field(table, row, "programme")) if table in _OF_PROGRAMME else None


def _programme(store: Store, sheet: int) -> int:
    """Return the programme a cost sheet belongs to."""
    holder, of = next((holder, of) for holder, of in above_of(store, "cost_sheet", sheet).items() if of is not None)
    return whole(store.field(holder, whole(of), "programme"))


def check_programme(store: Store, programme: int) -> None:
    """Refuse what has made a programme's total too large; within the step that did it.

    Raises:
        UserError: it has.
    """
    if programme_total(store, programme) > MAX_AMOUNT:
        raise _too_much()


def _too_much() -> UserError:
    return UserError(
        N_("The programme's total would exceed {limit} TL; the amount was not changed."),
        limit=format_number(MAX_AMOUNT),
    )
