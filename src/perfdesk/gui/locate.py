"""Where two snapshots differ: the place the view goes to after undo and redo."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perfdesk.domain.programme import Activity, Indicator, Municipality, Target
from perfdesk.domain.totals import sheet_need
from perfdesk.domain.value import BLANK, implied_kind

# columns of the grids whose key is also the field's name
_TEXT_FIELDS = ("code", "name", "unit", "note")


@dataclass(frozen=True, slots=True)
class Place:
    """A field or cell: year, target, "title" or "description" or a grid's table, and there the row and column."""

    year: int
    target: str
    part: str = ""
    row: int = 0
    column: str = ""


def changed_place(before: Municipality, after: Municipality, year: int, near: str = "") -> Place | None:
    """Return the first place where two snapshots differ, in this year and at the target ``near`` by preference."""
    years = sorted({programme.year for programme in after.programmes}, key=lambda other: other != year)
    for other in years:
        old, new = before.programme(other), after.programme(other)
        if new is None or old is None or old == new:
            continue
        former = {target.id: target for target in old.targets}
        for target in sorted(new.targets, key=lambda target: target.id != near):
            was = former.get(target.id)
            # a mere change of order leaves the two equal but for the rows' places
            if was is not None and was != target:
                return _in_target(other, was, target)
    return None


def _in_target(year: int, before: Target, after: Target) -> Place:
    for field in ("title", "description"):
        if getattr(before, field) != getattr(after, field):
            return Place(year, after.id, field)
    row, column = _in_rows(before.indicators, after.indicators)
    if row or column:
        return Place(year, after.id, "indicator", row, column or _value_column(year, before, after, row))
    row, column = _in_rows(before.activities, after.activities)
    if row or column:
        return Place(year, after.id, "activity", row, column)
    return Place(year, after.id, "activity", *_in_costs(before, after))


def _in_rows(before: Iterable[Indicator | Activity], after: Iterable[Indicator | Activity]) -> tuple[int, str]:
    """Return row and column of the first difference; a row that is gone is met by the one now in its place."""
    old, new = tuple(before), tuple(after)
    if [item.row for item in old] != [item.row for item in new]:
        appeared = {item.row for item in new} - {item.row for item in old}
        at = next((n for n, item in enumerate(new) if n >= len(old) or item.row != old[n].row), len(new) - 1)
        row = next((item.row for item in new if item.row in appeared), new[at].row if new else 0)
        return row, "name"
    for one, other in zip(old, new, strict=True):
        if one != other:
            fields = [field for field in _TEXT_FIELDS if getattr(one, field, "") != getattr(other, field, "")]
            return other.row, fields[0] if fields else ""
    return 0, ""


def _value_column(year: int, before: Target, after: Target, row: int) -> str:
    for one, other in zip(before.indicators, after.indicators, strict=True):
        if other.row == row:
            for key, at in (("previous", year - 2), ("current", year - 1), ("target", year)):
                kind = (at, implied_kind(year, at))
                if one.values.get(kind, BLANK) != other.values.get(kind, BLANK):
                    return key
    return "name"


def _in_costs(before: Target, after: Target) -> tuple[int, str]:
    """Return the activity's row and the column where the costs differ."""
    former = _costs(before)
    rows = {activity.id: activity.row for activity in after.activities}
    now = _costs(after)
    for id_ in [*now, *former]:
        old, new = former.get(id_, {}), now.get(id_, {})
        if old != new and id_ in rows:
            column = next((key for key in [*new, *old] if old.get(key) != new.get(key)), "name")
            return rows[id_], column
    return next(iter(rows.values()), 0), "name"


def _costs(target: Target) -> Mapping[str, dict[str, object]]:
    """Return what the first activity of each cost sheet shows, by column."""
    shown: dict[str, dict[str, object]] = {}
    for sheet in target.cost_sheets:
        sums = sheet_need(sheet)
        amounts = {code or "unclassified": amount for code, amount in sums.by_code.items()}
        shown[sheet.activities[0]] = {"units": sheet.units, **amounts, **sums.by_source}
    return shown
