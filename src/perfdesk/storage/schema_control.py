"""The tables of what a programme is checked against, as they were first made. A change of them is a migration."""

from typing import Final

from perfdesk.storage.columns import AMOUNT, CODE

CONTROL: Final = (
    f"""appropriation_by_code (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT NOT NULL {CODE},
        amount {AMOUNT}
    )""",
    f"""appropriation_by_unit (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        unit INTEGER REFERENCES unit ON DELETE RESTRICT,
        amount {AMOUNT}
    )""",
    """acceptance (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        position INTEGER NOT NULL,
        fingerprint TEXT NOT NULL CHECK (fingerprint <> ''),
        rule TEXT NOT NULL CHECK (rule <> ''),
        reason TEXT NOT NULL CHECK (reason <> ''),
        date TEXT NOT NULL,
        UNIQUE (programme, fingerprint)
    )""",
)
