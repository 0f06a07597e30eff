"""The tables of a perfdesk file, as an append-only list of migrations.

Amounts are INTEGER kuruş; numbers of indicators are canonical decimal TEXT, so that 12.50 stays 12.50; what was not
entered is NULL. ``position`` orders siblings. ``identity`` is the exchange format's id: the same identity in two
programmes is the same thing across years, while its code and name belong to each year's row.
"""

from typing import Final

from sqlite_utils import Database, Migrations

from perfdesk.storage.schema_control import CONTROL
from perfdesk.storage.schema_programme import PROGRAMME
from perfdesk.storage.schema_results import RESULTS
from perfdesk.storage.schema_shared import SHARED
from perfdesk.storage.schema_versions import VERSIONS

# "PfDk": tells a perfdesk file from any other SQLite file
APPLICATION_ID: Final = 0x5066446B
# raised with every migration; a file with a higher number was written by a newer program
USER_VERSION: Final = 3

migrations: Final = Migrations("perfdesk")

_INDEXED: Final = (
    ("goal", "plan"),
    ("objective", "goal"),
    ("target", "programme"),
    ("target", "objective"),
    ("sub_programme", "programme"),
    ("sub_programme_objective", "sub_programme"),
    ("objective_link", "objective"),
    ("indicator", "target"),
    ("indicator", "sub_programme"),
    ("indicator", "owner"),
    ("activity", "target"),
    ("activity", "sub_programme"),
    ("cost_sheet", "target"),
    ("cost_sheet", "sub_programme"),
    ("cost_sheet_activity", "cost_sheet"),
    ("cost_sheet_unit", "unit"),
    ("cost_line", "cost_sheet"),
    ("cost_transfer", "cost_sheet"),
    ("cost_other_amount", "cost_sheet"),
    ("general_administration", "programme"),
    ("other_general_administration", "programme"),
    ("transfer", "programme"),
    ("resource_table", "programme"),
    ("resource_row", "resource_table"),
    ("section", "programme"),
    ("section_block", "section"),
    ("section_block", "picture"),
    ("policy_document", "programme"),
    ("indicator_result", "programme"),
    ("indicator_result", "indicator"),
    ("activity_result", "programme"),
    ("activity_result", "activity"),
    ("revenue", "programme"),
    ("expenditure_by_code", "programme"),
    ("expenditure_by_unit", "programme"),
    ("expenditure", "programme"),
    ("balance_sheet_item", "programme"),
    ("debt", "programme"),
)


@migrations()
def m0001_first_schema(db: Database) -> None:
    """Create every table of the first version."""
    for table in (*SHARED, *PROGRAMME, *RESULTS):
        db.execute(f"CREATE TABLE {table} STRICT")
    for table, column in _INDEXED:
        db.execute(f"CREATE INDEX {table}_by_{column} ON {table} ({column})")


@migrations()
def m0002_versions(db: Database) -> None:
    """Create the tables of frozen versions."""
    for table in VERSIONS:
        db.execute(f"CREATE TABLE {table} STRICT")


@migrations()
def m0003_control(db: Database) -> None:
    """Create the tables of the budget's appropriations and of accepted findings."""
    for table in CONTROL:
        db.execute(f"CREATE TABLE {table} STRICT")
    for table in ("appropriation_by_code", "appropriation_by_unit", "acceptance"):
        db.execute(f"CREATE INDEX {table}_by_programme ON {table} (programme)")
    db.execute("CREATE INDEX appropriation_by_unit_by_unit ON appropriation_by_unit (unit)")
