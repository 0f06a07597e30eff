"""Editing a programme: one function a user action, one step each.

Typed texts are normalised (NFC, no outer blanks); typed numbers are read strictly. Rows are the ids of the snapshot's
objects (their ``row``).
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from typing import Final

from perfdesk.domain import texts, turkish
from perfdesk.domain.administration import Unit
from perfdesk.domain.costs import OFF_BUDGET_SOURCES
from perfdesk.domain.errors import NumberError, UserError
from perfdesk.domain.money import MAX_AMOUNT, ZERO
from perfdesk.domain.numbers import format_number, parse_amount, parse_number, shortened
from perfdesk.domain.value import BLANK, MARKS, Value, ValueKind
from perfdesk.i18n import N_
from perfdesk.services.numbering import release_codes
from perfdesk.storage.limits import programme_total
from perfdesk.storage.rows import Stored, value_columns
from perfdesk.storage.store import Store
from perfdesk.tables.form import load_form

# The texts a person may edit, with the name of the step in the undo menu.
_TEXTS: Final = {
    ("target", "title"): N_("title of a target"),
    ("target", "description"): N_("description of a target"),
    ("target", "code"): N_("code of a target"),
    ("indicator", "code"): N_("code of an indicator"),
    ("indicator", "name"): N_("name of an indicator"),
    ("indicator", "unit"): N_("unit of measure"),
    ("indicator", "note"): N_("note of an indicator"),
    ("activity", "code"): N_("code of an activity"),
    ("activity", "name"): N_("name of an activity"),
    ("activity", "note"): N_("note of an activity"),
}
_ADDED: Final = {"indicator": N_("new indicator"), "activity": N_("new activity")}
_DELETED: Final = {"indicator": N_("deleting an indicator"), "activity": N_("deleting an activity")}
_MOVED: Final = {"indicator": N_("moving an indicator"), "activity": N_("moving an activity")}
# a typed text is meant as text when it begins so, as in a spreadsheet
TEXT_MARK: Final = "'"
# between the names of several units in one cell; a unit's name may hold a comma
UNIT_SEPARATOR: Final = ";"
# as many units as a sentence can name
_UNITS_NAMED: Final = 4


def set_text(store: Store, table: str, row: int, column: str, text: str) -> None:
    """Change a text.

    Raises:
        UserError: it holds a character that cannot be stored or printed.
    """
    new = texts.typed(text)
    with store.step(_TEXTS[table, column]):
        store.update(table, row, **{column: new})


def together(store: Store, label: str, changes: Iterable[Callable[[], object]]) -> None:
    """Do several changes as one step, all or none; ``label`` is a msgid.

    Raises:
        UserError: one of them is refused; nothing is changed then.
    """
    with store.step(label):
        for change in changes:
            change()


def read_value(typed: str) -> Value:
    """Read a typed indicator value: a number, "-" or "X", nothing, or a text marked by a leading apostrophe.

    Raises:
        NumberError: anything else, saying how to enter a text.
        UserError: a text that cannot be stored or printed.
    """
    text = texts.typed(typed)
    if not text:
        return BLANK
    if text.startswith(TEXT_MARK):
        return Value(text=text[1:].strip()) if text[1:].strip() else BLANK
    if text in MARKS or text == "x":
        return Value(mark=text.upper())
    try:
        return Value(parse_number(text))
    except NumberError as error:
        if error.suggestion:
            raise
        raise NumberError(
            N_("“{typed}” is not a number. If it is meant as text, type an apostrophe before it: '{typed}"),
            typed=shortened(text),
        ) from None


def set_value(store: Store, indicator: int, year: int, kind: ValueKind, value: Value) -> None:
    """Change an indicator's value of a year; blank removes it."""
    with store.step(N_("value of an indicator")):
        row = store.find("indicator_value", indicator=indicator, year=year, kind=kind.value)
        if value.is_blank:
            if row is not None:
                store.delete("indicator_value", row)
        elif row is None:
            store.insert("indicator_value", indicator=indicator, year=year, kind=kind.value, **value_columns(value))
        else:
            store.update("indicator_value", row, **value_columns(value))


def add(store: Store, table: str, target: int) -> int:
    """Add an indicator or activity at the end of a target and return its row."""
    with store.step(_ADDED[table]):
        programme = store.field("target", target, "programme")
        release_codes(store, table, store.rows(table, target=target))
        return store.insert(
            table,
            programme=programme,
            target=target,
            position=_after_last(store, table, target=target),
            identity=f"{table}-{uuid.uuid4().hex[:12]}",
        )


def delete(store: Store, table: str, row: int) -> None:
    """Delete an indicator or activity.

    With its last activity a cost sheet goes too; a divided amount keeps its other parts.
    """
    with store.step(_DELETED[table]):
        release_codes(store, table, store.rows(table, **_above(store, table, row)))
        if table == "activity":
            _leave_sheet(store, row)
        store.delete(table, row)


def move(store: Store, table: str, row: int, by: int) -> None:
    """Move an indicator or activity up (negative) or down within its target or sub-programme."""
    rows = store.rows(table, **_above(store, table, row))
    at = rows.index(row)
    to = min(max(at + by, 0), len(rows) - 1)
    if to != at:
        rows.insert(to, rows.pop(at))
        with store.step(_MOVED[table]):
            release_codes(store, table, rows)
            store.reorder(table, rows)


def read_amount(typed: str) -> Decimal:
    """Read a typed amount in lira; nothing is zero.

    Raises:
        NumberError: it is not an amount.
    """
    text = turkish.normalise(typed)
    return ZERO if text in ("", "-") else parse_amount(text, limit=MAX_AMOUNT)


def set_cost(store: Store, activity: int, key: str, amount: Decimal) -> None:
    """Change the amount of an activity's cost sheet under an economic code, "" (not classified) or off-budget source.

    An activity without a sheet gets one. Where the sheet's amount is divided over activities, the first one's part
    takes the difference.

    Raises:
        UserError: the total would become too large, or the first part negative.
    """
    if amount > MAX_AMOUNT:
        raise _too_much()
    with store.step(N_("cost change")):
        sheet = _sheet_of(store, activity)
        if sheet is None:
            if not amount:
                return
            sheet = _new_sheet(store, activity)
        if key in OFF_BUDGET_SOURCES:
            _set_source(store, sheet, key, amount)
        elif key == "" or key in _codes(store, activity):
            _set_line(store, sheet, key or None, amount)
        else:
            raise KeyError(key)
        _check_limit(store, activity)


def set_units(store: Store, activity: int, units: Sequence[int]) -> None:
    """Change the spending units responsible for an activity's cost sheet, the lead first."""
    with store.step(N_("responsible unit")):
        sheet = _sheet_of(store, activity)
        if sheet is None:
            if not units:
                return
            sheet = _new_sheet(store, activity)
        rows = store.rows("cost_sheet_unit", cost_sheet=sheet, cooperating=0)
        wanted = list(dict.fromkeys(units))
        if [store.field("cost_sheet_unit", row, "unit") for row in rows] == wanted:
            return
        for row in rows:
            store.delete("cost_sheet_unit", row)
        for n, unit in enumerate(wanted):
            store.insert("cost_sheet_unit", cost_sheet=sheet, unit=unit, cooperating=False, position=n)


def read_units(units: Sequence[Unit], typed: str) -> list[int]:
    """Return the rows of the spending units typed, several parted by semicolons.

    A name, an abbreviation or an alias is found whatever the case and the dots; a part of a name where it can mean
    only one unit.

    Raises:
        UserError: a unit is not in the list, or could be several.
    """
    return [_unit(units, name).row for name in turkish.normalise(typed).split(UNIT_SEPARATOR) if name.strip()]


def _unit(units: Sequence[Unit], typed: str) -> Unit:
    name = typed.strip()
    folded = turkish.fold(name)
    found = [unit for unit in units if unit.name == name]
    if not found:
        found = [u for u in units if folded in map(turkish.fold, (u.name, u.abbreviation, *u.aliases))]
    if not found:
        found = [unit for unit in units if folded in turkish.fold(unit.name)]
    if not found:
        raise UserError(N_("“{typed}” is not among the spending units. Choose one from the list."), typed=name)
    if len(found) > 1:
        raise UserError(
            N_("“{typed}” could mean several spending units: {units}. Choose one from the list."),
            typed=name,
            units=", ".join(unit.name for unit in found[:_UNITS_NAMED]) + ("…" if len(found) > _UNITS_NAMED else ""),
        )
    return found[0]


def _above(store: Store, table: str, row: int) -> dict[str, Stored]:
    """Return what holds an indicator or activity: a target or a sub-programme."""
    return {column: store.field(table, row, column) for column in ("target", "sub_programme")}


def _after_last(store: Store, table: str, **above: Stored) -> int:
    """Return the position behind the last row; where rows were deleted, positions have gaps."""
    rows = store.rows(table, **above)
    return _int(store.field(table, rows[-1], "position")) + 1 if rows else 0


def _sheet_of(store: Store, activity: int) -> int | None:
    link = store.find("cost_sheet_activity", activity=activity)
    return None if link is None else _int(store.field("cost_sheet_activity", link, "cost_sheet"))


def _new_sheet(store: Store, activity: int) -> int:
    above = _above(store, "activity", activity)
    sheet = store.insert("cost_sheet", position=_after_last(store, "cost_sheet", **above), **above)
    store.insert("cost_sheet_activity", cost_sheet=sheet, activity=activity, position=0)
    return sheet


def _set_source(store: Store, sheet: int, source: str, amount: Decimal) -> None:
    row = store.find("cost_off_budget", cost_sheet=sheet, source=source)
    if row is None:
        if amount:
            store.insert("cost_off_budget", cost_sheet=sheet, source=source, amount=amount)
    elif amount:
        store.update("cost_off_budget", row, amount=amount)
    else:
        store.delete("cost_off_budget", row)


def _set_line(store: Store, sheet: int, code: str | None, amount: Decimal) -> None:
    rows = store.rows("cost_line", cost_sheet=sheet, code=code)
    before = sum((store.amount("cost_line", row, "amount") or ZERO for row in rows), ZERO)
    if rows and amount:
        store.update("cost_line", rows[0], amount=amount)
        rows = rows[1:]
    elif amount:
        position = _after_last(store, "cost_line", cost_sheet=sheet)
        store.insert("cost_line", cost_sheet=sheet, position=position, code=code, amount=amount)
    # several lines of one code are one amount in a grid
    for row in rows:
        store.delete("cost_line", row)
    _shift_split(store, sheet, amount - before)


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


def _leave_sheet(store: Store, activity: int) -> None:
    """Take an activity out of its cost sheet, its part of a divided amount going to the first that stays."""
    sheet = _sheet_of(store, activity)
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


def _check_limit(store: Store, activity: int) -> None:
    programme = _int(store.field("activity", activity, "programme"))
    if programme_total(store, programme) > MAX_AMOUNT:
        raise _too_much()


def _codes(store: Store, activity: int) -> Collection[str]:
    """Return the economic codes of the form of an activity's programme."""
    form = store.field("programme", _int(store.field("activity", activity, "programme")), "form")
    return load_form(str(form)).economic_codes


def _too_much() -> UserError:
    return UserError(
        N_("The programme's total would exceed {limit} TL; the amount was not changed."),
        limit=format_number(MAX_AMOUNT),
    )


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
