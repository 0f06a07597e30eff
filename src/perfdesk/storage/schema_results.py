"""The tables of what a programme reached, as they were first made. A change of them is a migration."""

from typing import Final

from perfdesk.storage.columns import AMOUNT, CODE, VALUE

RESULTS: Final = (
    f"""indicator_result (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        indicator INTEGER NOT NULL REFERENCES indicator ON DELETE CASCADE,
        position INTEGER NOT NULL,
        period TEXT NOT NULL CHECK (period IN ('year','H1','H2','Q1','Q2','Q3','Q4')),
        {VALUE},
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
        code TEXT NOT NULL {CODE},
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
        code TEXT NOT NULL {CODE},
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
        amount {AMOUNT}
    )""",
)
