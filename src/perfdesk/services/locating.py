"""Where two snapshots differ: the place the view goes to after undo and redo."""

from collections.abc import Iterable, Mapping

from perfdesk.domain.costs import UNCLASSIFIED, OtherAmount, Transfer
from perfdesk.domain.programme import (
    Activity,
    Indicator,
    Municipality,
    SubProgramme,
    SubProgrammeObjective,
    Target,
)
from perfdesk.domain.totals import sheet_need
from perfdesk.domain.value import BLANK, YEAR_COLUMNS, implied_kind
from perfdesk.services.places import TARGETS, Key, Located, Place, changed_column, entry_of, located
from perfdesk.storage.undo import Change

Holder = Target | SubProgramme
_Item = Indicator | Activity | SubProgrammeObjective | Transfer | OtherAmount
Rows = Mapping[tuple[str, int], Located]


def changed_place(
    before: Municipality, after: Municipality, change: Change, year: int, near: Key | None = None
) -> Place | None:
    """Return the first place where two snapshots differ, in this year and at the entry ``near`` by preference."""
    return _among_holders(before, after, year, near) or _among_rows(before, after, change, year, near)


def _among_holders(before: Municipality, after: Municipality, year: int, near: Key | None) -> Place | None:
    years = sorted({programme.year for programme in after.programmes}, key=lambda other: other != year)
    for other in years:
        old, new = before.programme(other), after.programme(other)
        if new is None or old is None or old == new:
            continue
        former = {entry_of(holder): holder for holder in old.holders()}
        for holder in sorted(new.holders(), key=lambda holder: entry_of(holder) != near):
            was = former.get(entry_of(holder))
            # a mere change of order leaves the two equal but for the rows' places
            if was is not None and was != holder:
                return _in_holder(other, was, holder)
    return None


def _among_rows(before: Municipality, after: Municipality, change: Change, year: int, near: Key | None) -> Place | None:
    """Return the place of the first row touched that is there now, or else of one that is gone."""
    old, new = located(before, year), located(after, year)
    touched = sorted(change.rows, key=lambda row: (row not in new, row[0], row[1]))
    touched.sort(key=lambda row: (new.get(row) or old.get(row)) is None)
    # a target that is back is gone to itself, not to the first row of what it holds; so is a sub-programme
    touched.sort(key=lambda row: (not _is_back(row, old, new), not _came_or_went(row, old, new)))
    for row in sorted(touched, key=lambda row: row in new and new[row].place.entry != near):
        now, was = new.get(row), old.get(row)
        if now is not None and _came_or_went(row, old, new):
            return _beside_targets(after, now)
        if now is not None:
            column = changed_column(was.record, now.record) if was else "title" if _is_back(row, old, new) else ""
            if was and not column:
                continue
            return Place(now.place.year, now.place.entry, row[0], row[1], column)
        # with its year the form has gone, too; 0 is none, in a file without programmes
        if was is not None and (not was.place.year or after.programme(was.place.year) is not None):
            if _came_or_went(row, old, new):
                return _beside_targets(after, was)
            return Place(was.place.year, was.place.entry)
    return None


def _is_back(row: tuple[str, int], old: Rows, new: Rows) -> bool:
    """Whether a row is a target that was not there before."""
    return row[0] == "target" and row in new and row not in old


def _came_or_went(row: tuple[str, int], old: Rows, new: Rows) -> bool:
    """Whether a row is a sub-programme that has been taken into its year, or out of it."""
    return row[0] == "sub_programme" and (row in old) != (row in new)


def _beside_targets(after: Municipality, use: Located) -> Place:
    """Return where a sub-programme is taken into the year or out of it: its row of the list, beside the targets.

    Its own form is there with the year's alone.
    """
    rows = (sub for entry in after.programme_list for sub in entry.sub_programmes)
    row = next((sub.row for sub in rows if sub.id == use.record.sub_programme), 0)
    return Place(use.place.year, TARGETS, "sub_programme_entry", row, "used") if row else Place(use.place.year, TARGETS)


def _in_holder(year: int, before: Holder, after: Holder) -> Place:
    entry = entry_of(after)
    column = changed_column(before, after)
    if column == "objectives" and isinstance(before, SubProgramme) and isinstance(after, SubProgramme):
        row, column = _in_rows(before.objectives, after.objectives)
        return Place(year, entry, "sub_programme_objective", row, "title" if column == "name" else column)
    if column not in ("indicators", "activities", "cost_sheets"):
        return Place(year, entry, entry[0], after.row, column)
    row, column = _in_rows(before.indicators, after.indicators)
    if row or column:
        return Place(year, entry, "indicator", row, column or _value_column(year, before, after, row))
    row, column = _in_rows(before.activities, after.activities)
    if row or column:
        return Place(year, entry, "activity", row, column)
    beside = _beside_sheets(year, before, after) if _costs(before) == _costs(after) else None
    return beside or Place(year, entry, "activity", *_in_costs(before, after))


def _beside_sheets(year: int, before: Holder, after: Holder) -> Place | None:
    """Return the transfer or the amount of another year that is another one, in the card; None where all are alike."""
    former = {sheet.row: sheet for sheet in before.cost_sheets}
    for sheet in after.cost_sheets:
        was = former.get(sheet.row)
        for table, own, old in (
            ("cost_transfer", sheet.transfers, was.transfers if was else ()),
            ("cost_other_amount", sheet.other_amounts, was.other_amounts if was else ()),
        ):
            if own and own != old:
                row, column = _in_rows(old, own)
                return Place(year, entry_of(after), table, row, "amount" if column == "name" else column)
    return None


def _in_rows(before: Iterable[_Item], after: Iterable[_Item]) -> tuple[int, str]:
    """Return row and column of the first difference; a row that is gone is met by the one now in its place."""
    old, new = tuple(before), tuple(after)
    if [item.row for item in old] != [item.row for item in new]:
        appeared = {item.row for item in new} - {item.row for item in old}
        at = next((n for n, item in enumerate(new) if n >= len(old) or item.row != old[n].row), len(new) - 1)
        row = next((item.row for item in new if item.row in appeared), new[at].row if new else 0)
        return row, "name"
    for one, other in zip(old, new, strict=True):
        if one != other:
            column = changed_column(one, other)
            return other.row, "" if column == "values" else column
    return 0, ""


def _value_column(year: int, before: Holder, after: Holder, row: int) -> str:
    for one, other in zip(before.indicators, after.indicators, strict=True):
        if other.row == row:
            for key, offset in YEAR_COLUMNS.items():
                at = year + offset
                kind = (at, implied_kind(year, at))
                if one.values.get(kind, BLANK) != other.values.get(kind, BLANK):
                    return key
    return "name"


def _in_costs(before: Holder, after: Holder) -> tuple[int, str]:
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


def _costs(holder: Holder) -> Mapping[str, dict[str, object]]:
    """Return what the first row of each cost sheet shows, by column."""
    order = {activity.id: at for at, activity in enumerate(holder.activities)}
    shown: dict[str, dict[str, object]] = {}
    for sheet in holder.cost_sheets:
        sums = sheet_need(sheet)
        amounts = {code or UNCLASSIFIED: amount for code, amount in sums.by_code.items()}
        # a file from elsewhere may name the activities in another order than the rows stand in
        first = min(sheet.activities, key=order.__getitem__)
        shown[first] = {"units": sheet.units, **amounts, **sums.by_source}
    return shown
