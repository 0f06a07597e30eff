"""The tables of a programme, as they were first made. A change of them is a migration."""

from typing import Final

from perfdesk.storage.columns import AMOUNT, CODE, VALUE

PROGRAMME: Final = (
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
        {VALUE},
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
        code TEXT {CODE},
        amount {AMOUNT}
    )""",
    f"""cost_transfer (
        id INTEGER PRIMARY KEY,
        cost_sheet INTEGER NOT NULL REFERENCES cost_sheet ON DELETE CASCADE,
        position INTEGER NOT NULL,
        recipient TEXT NOT NULL DEFAULT '',
        code TEXT NOT NULL {CODE},
        amount {AMOUNT}
    )""",
    f"""cost_off_budget (
        id INTEGER PRIMARY KEY,
        cost_sheet INTEGER NOT NULL REFERENCES cost_sheet ON DELETE CASCADE,
        source TEXT NOT NULL CHECK (source IN ('revolving_fund','other_domestic','foreign')),
        amount {AMOUNT},
        UNIQUE (cost_sheet, source)
    )""",
    f"""cost_other_amount (
        id INTEGER PRIMARY KEY,
        cost_sheet INTEGER NOT NULL REFERENCES cost_sheet ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT {CODE},
        source TEXT NOT NULL DEFAULT '' CHECK (source IN ('','revolving_fund','other_domestic','foreign')),
        year INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('budget','spending','estimate','forecast')),
        amount {AMOUNT}
    )""",
    f"""general_administration (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT NOT NULL {CODE},
        amount {AMOUNT}
    )""",
    f"""other_general_administration (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT NOT NULL {CODE},
        year INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('budget','spending','estimate','forecast')),
        amount {AMOUNT}
    )""",
    f"""transfer (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        recipient TEXT NOT NULL DEFAULT '',
        code TEXT NOT NULL {CODE},
        amount {AMOUNT}
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
)
