"""What must hold between rows: refuses a change that would contradict the rest of the file, with a sentence."""

from collections.abc import Collection, Mapping
from typing import Final

from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_
from perfdesk.services.editing import periods
from perfdesk.services.editing.fields import check_year
from perfdesk.services.editing.order import whole
from perfdesk.storage.store import Store

# tables and columns that name another row, which must stay while they do
_NEEDED: Final = {
    "unit": (
        ("cost_sheet_unit", "unit"),
        ("sub_programme_unit", "unit"),
        ("unit", "parent"),
        ("indicator", "owner"),
        ("indicator_result", "measure_unit"),
        ("appropriation_by_unit", "unit"),
        ("expenditure_by_unit", "unit"),
        ("expenditure", "unit"),
    ),
    "objective": (("target", "objective"),),
    "sub_programme_entry": (("sub_programme", "sub_programme_entry"), ("activity", "sub_programme_entry")),
}
# the entries of the programme list, which imports know by their codes
_LISTED: Final = ("programme_entry", "sub_programme_entry")
_BELOW: Final = {"plan": "goal", "goal": "objective", "programme_entry": "sub_programme_entry"}
_SENTENCES: Final = {
    "unit": N_(
        "“{name}” cannot be deleted: it is named in {count} places (cost sheets, sub-programmes, units below it, "
        "indicators, appropriations, results, accounts). Give these another unit first, or mark the unit as no longer "
        "in use."
    ),
    "objective": N_(
        "“{name}” cannot be deleted: {count} performance targets stand under it. Move or delete these first."
    ),
    "sub_programme_entry": N_(
        "“{name}” cannot be deleted: it is named in {count} places (programmes of the years, activities of targets)."
    ),
}


# fields that hold a year, of rows that begin with one: it follows the newest row's and is not typed
_YEARS: Final = {"population": ("year",), "plan": ("first_year", "last_year")}


def before_add(store: Store, table: str, values: Mapping[str, object]) -> None:
    """Refuse a new row that begins with what no file can hold, or that contradicts another row.

    Raises:
        UserError: it does.
    """
    for column in _YEARS.get(table, ()):
        check_year(whole(values[column]))
    if table == "plan":
        periods.refuse_missed_with(store, 0, whole(values["first_year"]), whole(values["last_year"]))


def before_set(store: Store, table: str, row: int, column: str, value: object) -> None:
    """Refuse a field's new value where it contradicts another row or field.

    Raises:
        UserError: it does.
    """
    if table == "population" and column == "year":
        other = store.find(table, year=whole(value))
        if other not in (None, row):
            raise UserError(N_("There is a figure for {year} already."), year=value)
    if table == "plan" and column in ("first_year", "last_year"):
        first = whole(value if column == "first_year" else store.field(table, row, "first_year"))
        last = whole(value if column == "last_year" else store.field(table, row, "last_year"))
        if first > last:
            raise UserError(N_("A plan period cannot end ({last}) before it begins ({first})."), first=first, last=last)
        periods.refuse_missed_with(store, row, first, last)
    if table == "unit" and column == "parent":
        _check_parent(store, row, value)
    if table in _LISTED and column == "code":
        refuse_listed_code(store, table, row, str(value))


def refuse_listed_code(store: Store, table: str, row: int, code: str, among: Collection[int] = ()) -> None:
    """Refuse a code that another entry of the programme list has; those ``among`` which it comes to stand do not count.

    Raises:
        UserError: it has, naming the entry.
    """
    if not code:
        return
    for other in store.rows(table, code=code):
        if other != row and other not in among:
            raise UserError(
                N_("The code {code} is already that of “{name}” in the list. Give another one."),
                code=code,
                name=store.field(table, other, "name"),
            )


def _check_parent(store: Store, row: int, parent: object) -> None:
    """Refuse a higher unit that stands below the unit itself."""
    above = parent
    # a file from elsewhere may hold a circle already, which is not to be walked for ever
    seen: set[object] = set()
    while above is not None and above not in seen:
        if above == row:
            if parent == row:
                raise UserError(N_("A unit cannot be its own higher unit."))
            raise UserError(
                N_("“{parent}” stands below “{unit}” and cannot be its higher unit."),
                parent=store.field("unit", whole(parent), "name"),
                unit=store.field("unit", row, "name"),
            )
        seen.add(above)
        above = store.field("unit", whole(above), "parent")


def before_delete(store: Store, table: str, row: int) -> None:
    """Refuse to delete a row that others need, itself or through what it holds.

    Raises:
        UserError: they do.
    """
    if table in _NEEDED:
        count = sum(len(store.rows(other, **{column: row})) for other, column in _NEEDED[table])
        if count:
            name = store.field(table, row, "title" if table == "objective" else "name")
            raise UserError(_SENTENCES[table], name=name, count=count)
    if table == "plan":
        periods.refuse_missed_without(store, row)
    below = _BELOW.get(table)
    if below:
        for child in store.rows(below, **{table: row}):
            before_delete(store, below, child)
