"""The tables of a perfdesk file, as an append-only list of migrations.

Amounts are INTEGER kuruş; numbers of indicators are canonical decimal TEXT, so that 12.50 stays 12.50; what was not
entered is NULL. ``position`` orders siblings. ``identity`` is the exchange format's id: the same identity in two
programmes is the same thing across years, while its code and name belong to each year's row.
"""

from typing import Final

from sqlite_utils import Database, Migrations

from perfdesk.storage.schema_versions import VERSIONS

# "PfDk": tells a perfdesk file from any other SQLite file
APPLICATION_ID: Final = 0x5066446B
# raised with every migration; a file with a higher number was written by a newer program
USER_VERSION: Final = 2

migrations: Final = Migrations("perfdesk")

# which codes there are is a matter of the form; that they are two digits is not
_CODE: Final = "CHECK (code GLOB '[0-9][0-9]')"
_AMOUNT: Final = "INTEGER NOT NULL CHECK (amount BETWEEN 0 AND 999999999999999)"
_VALUE: Final = (
    "state TEXT NOT NULL CHECK (state IN ('blank','number','mark','text')), content TEXT NOT NULL DEFAULT ''"
)

_FIRST: Final = (
    """administration (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('metropolitan','province','metropolitan_district','district','town')),
        province TEXT NOT NULL DEFAULT '',
        short_name TEXT NOT NULL DEFAULT '',
        address TEXT NOT NULL DEFAULT '',
        phone TEXT NOT NULL DEFAULT '',
        fax TEXT NOT NULL DEFAULT '',
        web TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL DEFAULT '',
        logo TEXT NOT NULL DEFAULT '',
        colour TEXT NOT NULL DEFAULT ''
    )""",
    """population (
        id INTEGER PRIMARY KEY,
        year INTEGER NOT NULL UNIQUE,
        people INTEGER NOT NULL CHECK (people >= 0)
    )""",
    """signatory (
        id INTEGER PRIMARY KEY,
        position INTEGER NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('mayor','finance','authorising_officer','other')),
        name TEXT NOT NULL DEFAULT '',
        titles TEXT NOT NULL DEFAULT '[]'
    )""",
    """personnel_status (
        id INTEGER PRIMARY KEY,
        position INTEGER NOT NULL,
        name TEXT NOT NULL
    )""",
    """unit (
        id INTEGER PRIMARY KEY,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL DEFAULT '',
        abbreviation TEXT NOT NULL DEFAULT '',
        aliases TEXT NOT NULL DEFAULT '[]',
        parent INTEGER REFERENCES unit ON DELETE SET NULL,
        inactive INTEGER CHECK (inactive IN (0, 1))
    )""",
    """picture (
        id INTEGER PRIMARY KEY,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL DEFAULT '',
        media_type TEXT NOT NULL CHECK (media_type IN ('image/png','image/jpeg')),
        data BLOB NOT NULL
    )""",
    """plan (
        id INTEGER PRIMARY KEY,
        position INTEGER NOT NULL,
        first_year INTEGER NOT NULL,
        last_year INTEGER NOT NULL CHECK (last_year >= first_year),
        mission TEXT NOT NULL DEFAULT '',
        vision TEXT NOT NULL DEFAULT '',
        "values" TEXT NOT NULL DEFAULT '[]'
    )""",
    """goal (
        id INTEGER PRIMARY KEY,
        plan INTEGER NOT NULL REFERENCES plan ON DELETE CASCADE,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL,
        code TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL DEFAULT '',
        service_area TEXT NOT NULL DEFAULT '',
        UNIQUE (plan, identity)
    )""",
    """objective (
        id INTEGER PRIMARY KEY,
        goal INTEGER NOT NULL REFERENCES goal ON DELETE CASCADE,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL,
        code TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL DEFAULT '',
        UNIQUE (goal, identity)
    )""",
    """programme_entry (
        id INTEGER PRIMARY KEY,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL UNIQUE,
        code TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL DEFAULT '',
        joint INTEGER CHECK (joint IN (0, 1))
    )""",
    """sub_programme_entry (
        id INTEGER PRIMARY KEY,
        programme_entry INTEGER NOT NULL REFERENCES programme_entry ON DELETE CASCADE,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL UNIQUE,
        code TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL DEFAULT ''
    )""",
    """programme (
        id INTEGER PRIMARY KEY,
        position INTEGER NOT NULL,
        year INTEGER NOT NULL UNIQUE,
        form TEXT NOT NULL DEFAULT '',
        layout TEXT NOT NULL DEFAULT '',
        layout_settings TEXT NOT NULL DEFAULT '{}'
    )""",
    """target (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        objective INTEGER NOT NULL REFERENCES objective ON DELETE RESTRICT,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL,
        code TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL DEFAULT '',
        description TEXT NOT NULL DEFAULT '',
        deferred INTEGER CHECK (deferred IN (0, 1)),
        UNIQUE (programme, identity)
    )""",
    """sub_programme (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        sub_programme_entry INTEGER NOT NULL REFERENCES sub_programme_entry ON DELETE RESTRICT,
        position INTEGER NOT NULL,
        description TEXT NOT NULL DEFAULT '',
        UNIQUE (programme, sub_programme_entry)
    )""",
    """sub_programme_unit (
        id INTEGER PRIMARY KEY,
        sub_programme INTEGER NOT NULL REFERENCES sub_programme ON DELETE CASCADE,
        unit INTEGER NOT NULL REFERENCES unit ON DELETE RESTRICT,
        position INTEGER NOT NULL,
        UNIQUE (sub_programme, unit)
    )""",
    """sub_programme_objective (
        id INTEGER PRIMARY KEY,
        sub_programme INTEGER NOT NULL REFERENCES sub_programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT ''
    )""",
    """objective_link (
        id INTEGER PRIMARY KEY,
        sub_programme_objective INTEGER NOT NULL REFERENCES sub_programme_objective ON DELETE CASCADE,
        objective INTEGER NOT NULL REFERENCES objective ON DELETE CASCADE,
        position INTEGER NOT NULL,
        UNIQUE (sub_programme_objective, objective)
    )""",
    """indicator (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        target INTEGER REFERENCES target ON DELETE CASCADE,
        sub_programme INTEGER REFERENCES sub_programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL,
        code TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL DEFAULT '',
        unit TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        weight TEXT,
        cumulative INTEGER CHECK (cumulative IN (0, 1)),
        direction TEXT NOT NULL DEFAULT '' CHECK (direction IN ('','increase','decrease','keep')),
        deferred INTEGER CHECK (deferred IN (0, 1)),
        scale TEXT NOT NULL DEFAULT '',
        decimals INTEGER CHECK (decimals BETWEEN 0 AND 9),
        type TEXT NOT NULL DEFAULT '' CHECK (type IN ('','input','output','outcome','efficiency','quality')),
        definition TEXT NOT NULL DEFAULT '',
        method TEXT NOT NULL DEFAULT '',
        source TEXT NOT NULL DEFAULT '',
        owner INTEGER REFERENCES unit ON DELETE SET NULL,
        numerator TEXT NOT NULL DEFAULT '',
        denominator TEXT NOT NULL DEFAULT '',
        roll_up TEXT NOT NULL DEFAULT '' CHECK (roll_up IN ('','sum','last','average','ratio')),
        baseline TEXT,
        sub_programme_objective INTEGER REFERENCES sub_programme_objective ON DELETE SET NULL,
        UNIQUE (programme, identity),
        CHECK ((target IS NULL) <> (sub_programme IS NULL))
    )""",
    f"""indicator_value (
        id INTEGER PRIMARY KEY,
        indicator INTEGER NOT NULL REFERENCES indicator ON DELETE CASCADE,
        year INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('realised','planned','estimate','target','forecast')),
        {_VALUE},
        UNIQUE (indicator, year, kind)
    )""",
    """activity (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        target INTEGER REFERENCES target ON DELETE CASCADE,
        sub_programme INTEGER REFERENCES sub_programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL,
        code TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        sub_programme_entry INTEGER REFERENCES sub_programme_entry ON DELETE SET NULL,
        description TEXT NOT NULL DEFAULT '',
        UNIQUE (programme, identity),
        CHECK ((target IS NULL) <> (sub_programme IS NULL))
    )""",
    """cost_sheet (
        id INTEGER PRIMARY KEY,
        target INTEGER REFERENCES target ON DELETE CASCADE,
        sub_programme INTEGER REFERENCES sub_programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        CHECK ((target IS NULL) <> (sub_programme IS NULL))
    )""",
    """cost_sheet_activity (
        id INTEGER PRIMARY KEY,
        cost_sheet INTEGER NOT NULL REFERENCES cost_sheet ON DELETE CASCADE,
        activity INTEGER NOT NULL UNIQUE REFERENCES activity ON DELETE CASCADE,
        position INTEGER NOT NULL,
        amount INTEGER CHECK (amount BETWEEN 0 AND 999999999999999)
    )""",
    """cost_sheet_unit (
        id INTEGER PRIMARY KEY,
        cost_sheet INTEGER NOT NULL REFERENCES cost_sheet ON DELETE CASCADE,
        unit INTEGER NOT NULL REFERENCES unit ON DELETE RESTRICT,
        cooperating INTEGER NOT NULL CHECK (cooperating IN (0, 1)),
        position INTEGER NOT NULL,
        UNIQUE (cost_sheet, unit, cooperating)
    )""",
    f"""cost_line (
        id INTEGER PRIMARY KEY,
        cost_sheet INTEGER NOT NULL REFERENCES cost_sheet ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT {_CODE},
        amount {_AMOUNT}
    )""",
    f"""cost_transfer (
        id INTEGER PRIMARY KEY,
        cost_sheet INTEGER NOT NULL REFERENCES cost_sheet ON DELETE CASCADE,
        position INTEGER NOT NULL,
        recipient TEXT NOT NULL DEFAULT '',
        code TEXT NOT NULL {_CODE},
        amount {_AMOUNT}
    )""",
    f"""cost_off_budget (
        id INTEGER PRIMARY KEY,
        cost_sheet INTEGER NOT NULL REFERENCES cost_sheet ON DELETE CASCADE,
        source TEXT NOT NULL CHECK (source IN ('revolving_fund','other_domestic','foreign')),
        amount {_AMOUNT},
        UNIQUE (cost_sheet, source)
    )""",
    f"""cost_other_amount (
        id INTEGER PRIMARY KEY,
        cost_sheet INTEGER NOT NULL REFERENCES cost_sheet ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT {_CODE},
        source TEXT NOT NULL DEFAULT '' CHECK (source IN ('','revolving_fund','other_domestic','foreign')),
        year INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('budget','spending','estimate','forecast')),
        amount {_AMOUNT}
    )""",
    f"""general_administration (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT NOT NULL {_CODE},
        amount {_AMOUNT}
    )""",
    f"""other_general_administration (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT NOT NULL {_CODE},
        year INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('budget','spending','estimate','forecast')),
        amount {_AMOUNT}
    )""",
    f"""transfer (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        recipient TEXT NOT NULL DEFAULT '',
        code TEXT NOT NULL {_CODE},
        amount {_AMOUNT}
    )""",
    """resource_table (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        of_results INTEGER NOT NULL DEFAULT 0 CHECK (of_results IN (0, 1)),
        section TEXT NOT NULL DEFAULT '',
        caption TEXT NOT NULL DEFAULT '',
        header TEXT NOT NULL DEFAULT '[]',
        kind TEXT NOT NULL DEFAULT '',
        total_row INTEGER CHECK (total_row IN (0, 1)),
        total_column INTEGER CHECK (total_column IN (0, 1)),
        side_by_side INTEGER CHECK (side_by_side BETWEEN 1 AND 4),
        note TEXT NOT NULL DEFAULT ''
    )""",
    """resource_row (
        id INTEGER PRIMARY KEY,
        resource_table INTEGER NOT NULL REFERENCES resource_table ON DELETE CASCADE,
        position INTEGER NOT NULL,
        cells TEXT NOT NULL DEFAULT '[]'
    )""",
    """section (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        key TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        UNIQUE (programme, key)
    )""",
    """section_block (
        id INTEGER PRIMARY KEY,
        section INTEGER NOT NULL REFERENCES section ON DELETE CASCADE,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('heading','paragraph','bullet','picture')),
        level INTEGER,
        runs TEXT NOT NULL DEFAULT '[]',
        picture INTEGER REFERENCES picture ON DELETE SET NULL,
        caption TEXT NOT NULL DEFAULT ''
    )""",
    """policy_document (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        document TEXT NOT NULL DEFAULT '',
        section TEXT NOT NULL DEFAULT '',
        reference TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL DEFAULT '',
        first_year INTEGER,
        last_year INTEGER
    )""",
    f"""indicator_result (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        indicator INTEGER NOT NULL REFERENCES indicator ON DELETE CASCADE,
        position INTEGER NOT NULL,
        period TEXT NOT NULL CHECK (period IN ('year','H1','H2','Q1','Q2','Q3','Q4')),
        {_VALUE},
        explanation TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL DEFAULT '' CHECK (status IN ('','not_measured','not_applicable')),
        numerator TEXT,
        denominator TEXT,
        evidence TEXT NOT NULL DEFAULT '',
        measure TEXT NOT NULL DEFAULT '',
        measure_unit INTEGER REFERENCES unit ON DELETE SET NULL,
        measure_date TEXT NOT NULL DEFAULT ''
    )""",
    """activity_result (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        activity INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
        position INTEGER NOT NULL,
        period TEXT NOT NULL CHECK (period IN ('year','H1','H2','Q1','Q2','Q3','Q4')),
        spent INTEGER CHECK (spent BETWEEN 0 AND 999999999999999),
        explanation TEXT NOT NULL DEFAULT ''
    )""",
    """revenue (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL DEFAULT '',
        estimate INTEGER NOT NULL,
        collected INTEGER NOT NULL,
        refunds INTEGER NOT NULL
    )""",
    f"""expenditure_by_code (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT NOT NULL {_CODE},
        name TEXT NOT NULL DEFAULT '',
        appropriation INTEGER NOT NULL,
        spent INTEGER NOT NULL
    )""",
    """expenditure_by_unit (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        unit INTEGER NOT NULL REFERENCES unit ON DELETE RESTRICT,
        initial INTEGER NOT NULL,
        appropriation INTEGER NOT NULL,
        spent INTEGER NOT NULL
    )""",
    f"""expenditure (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        unit INTEGER NOT NULL REFERENCES unit ON DELETE RESTRICT,
        code TEXT NOT NULL {_CODE},
        initial INTEGER NOT NULL,
        appropriation INTEGER NOT NULL,
        spent INTEGER NOT NULL
    )""",
    """balance_sheet_item (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        side TEXT NOT NULL CHECK (side IN ('assets','liabilities')),
        code TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL DEFAULT '',
        amount INTEGER NOT NULL
    )""",
    f"""debt (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL DEFAULT '',
        amount {_AMOUNT}
    )""",
)

# a column that refers to a row above, by which children are read and cascades run
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
    for table in _FIRST:
        db.execute(f"CREATE TABLE {table} STRICT")
    for table, column in _INDEXED:
        db.execute(f"CREATE INDEX {table}_by_{column} ON {table} ({column})")


@migrations()
def m0002_versions(db: Database) -> None:
    """Create the tables of frozen versions."""
    for table in VERSIONS:
        db.execute(f"CREATE TABLE {table} STRICT")
