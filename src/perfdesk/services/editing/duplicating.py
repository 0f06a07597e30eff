"""Duplicates of a target, an indicator or an activity: all it holds, under new identities; one step each."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.programme import Activity, Indicator, Municipality, Programme, SubProgramme, Target
from perfdesk.i18n import N_
from perfdesk.services.editing.costing import above_of, check_programme
from perfdesk.services.editing.numbering import release_codes
from perfdesk.services.editing.order import new_identity, whole
from perfdesk.storage.filling import ProgrammeFiller
from perfdesk.storage.store import Store

_LABELS: Final = {
    "indicator": N_("duplicating an indicator"),
    "activity": N_("duplicating an activity"),
}


def duplicate_target(store: Store, target: int) -> int:
    """Put a duplicate of a target behind it and return its row.

    Raises:
        UserError: the programme's total would become too large.
    """
    with store.step(N_("duplicating a target")):
        programme = whole(store.field("target", target, "programme"))
        rows = store.rows("target", programme=programme)
        release_codes(store, "target", rows)
        municipality = store.load()
        original = next(t for p in municipality.programmes for t in p.targets if t.row == target)
        new = _filler(store, municipality, original).target(_copy_of(original), programme, len(rows))
        _stand_behind(store, "target", rows, target, new)
        _link_objectives(store, original.indicators, store.rows("indicator", target=new))
        check_programme(store, programme)
        return new


def duplicate_row(store: Store, table: str, row: int) -> int:
    """Put a duplicate of an indicator or activity behind it and return its row.

    An activity's own cost sheet is duplicated too; a common one stays as it is, and the duplicate has none.

    Raises:
        UserError: the programme's total would become too large.
    """
    with store.step(_LABELS[table]):
        programme = whole(store.field(table, row, "programme"))
        above = {column: whole(value) for column, value in above_of(store, table, row).items() if value is not None}
        rows = store.rows(table, **above_of(store, table, row))
        release_codes(store, table, rows)
        municipality = store.load()
        holder = _holder_of(municipality.programmes, table, row)
        filler = _filler(store, municipality, holder)
        if table == "indicator":
            indicator = next(item for item in holder.indicators if item.row == row)
            new = filler.indicator(_copy_indicator(indicator), programme, len(rows), **above)
            _link_objectives(store, [indicator], [new])
        else:
            activity = next(item for item in holder.activities if item.row == row)
            copy = _copy_activity(activity)
            new = filler.activity(copy, programme, len(rows), **above)
            own = next((sheet for sheet in holder.cost_sheets if sheet.activities == (activity.id,)), None)
            if own is not None:
                sheets = store.rows("cost_sheet", **above_of(store, table, row))
                sheet = filler.cost_sheet(_copy_sheet(own, {activity.id: copy.id}), len(sheets), **above)
                _stand_behind(store, "cost_sheet", sheets, own.row, sheet)
        _stand_behind(store, table, rows, row, new)
        check_programme(store, programme)
        return new


def _copy_of(target: Target) -> Target:
    activities = tuple(map(_copy_activity, target.activities))
    names = {old.id: new.id for old, new in zip(target.activities, activities, strict=True)}
    return replace(
        target,
        id=new_identity("target"),
        code="",
        indicators=tuple(map(_copy_indicator, target.indicators)),
        activities=activities,
        cost_sheets=tuple(_copy_sheet(sheet, names) for sheet in target.cost_sheets),
    )


def _copy_indicator(indicator: Indicator) -> Indicator:
    # a code is nobody else's; the objective is linked when the row is there
    return replace(indicator, id=new_identity("indicator"), code="", sub_programme_objective="")


def _copy_activity(activity: Activity) -> Activity:
    return replace(activity, id=new_identity("activity"), code="")


def _copy_sheet(sheet: CostSheet, names: dict[str, str]) -> CostSheet:
    return replace(
        sheet,
        activities=tuple(names[id_] for id_ in sheet.activities),
        split={names[id_]: amount for id_, amount in sheet.split.items()},
    )


def _filler(store: Store, municipality: Municipality, holder: Target | SubProgramme) -> ProgrammeFiller:
    units = {unit.id: unit.row for unit in municipality.units}
    entries = {sub.id: sub.row for entry in municipality.programme_list for sub in entry.sub_programmes}
    objectives: dict[str, int] = {}
    if isinstance(holder, Target):
        objectives[holder.objective] = whole(store.field("target", holder.row, "objective"))
    return ProgrammeFiller(store, units, objectives, entries, {})


def _link_objectives(store: Store, originals: Iterable[Indicator], copies: Iterable[int]) -> None:
    for original, copy in zip(originals, copies, strict=True):
        objective = store.field("indicator", original.row, "sub_programme_objective")
        if objective is not None:
            store.update("indicator", copy, sub_programme_objective=objective)


def _holder_of(programmes: Iterable[Programme], table: str, row: int) -> Target | SubProgramme:
    for programme in programmes:
        for holder in programme.holders():
            items = holder.indicators if table == "indicator" else holder.activities
            if any(item.row == row for item in items):
                return holder
    raise LookupError((table, row))


def _stand_behind(store: Store, table: str, rows: list[int], original: int, new: int) -> None:
    at = rows.index(original) + 1
    store.reorder(table, [*rows[:at], new, *rows[at:]])
