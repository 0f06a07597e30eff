"""Moving an indicator or activity to another target or sub-programme of the same year; one step."""

from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_
from perfdesk.services.editing.cost_sheets import take_out
from perfdesk.services.editing.costing import above_of
from perfdesk.services.editing.numbering import release_codes
from perfdesk.services.editing.order import after_last, whole
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.storage.rows import Stored
from perfdesk.storage.store import Store


def move_to(store: Store, table: str, row: int, holder: str, to: int) -> None:
    """Move an indicator or activity behind those of another target or sub-programme.

    An activity takes its cost sheet along; of a common sheet its part where the amount is divided, else nothing.

    Raises:
        UserError: the other one is of another year.
    """
    before = above_of(store, table, row)
    after: dict[str, Stored] = {"target": None, "sub_programme": None, holder: to}
    if before == after:
        return
    if store.field(holder, to, "programme") != store.field(table, row, "programme"):
        raise UserError(N_("It can be moved only within its own year."))
    with store.step(RECORD_TYPES[table].moved):
        for above in (before, after):
            release_codes(store, table, store.rows(table, **above))
        sheet = take_out(store, row) if table == "activity" else None
        store.update(table, row, position=after_last(store, table, **after), **after)
        if sheet is not None and _is_own(store, sheet, row):
            store.update("cost_sheet", sheet, position=after_last(store, "cost_sheet", **after), **after)
        if table == "indicator" and holder == "sub_programme":
            _leave_objective(store, row, to)


def _is_own(store: Store, sheet: int, activity: int) -> bool:
    links = store.rows("cost_sheet_activity", cost_sheet=sheet)
    return [store.field("cost_sheet_activity", link, "activity") for link in links] == [activity]


def _leave_objective(store: Store, indicator: int, sub_programme: int) -> None:
    """Let an indicator measure no objective of a sub-programme that it no longer belongs to."""
    objective = store.field("indicator", indicator, "sub_programme_objective")
    if objective is not None:
        of = store.field("sub_programme_objective", whole(objective), "sub_programme")
        if of != sub_programme:
            store.update("indicator", indicator, sub_programme_objective=None)
