"""The tables of frozen versions, as they were first made. A change of them is a migration."""

from typing import Final

# a version's content has a table of its own: to read or change what is said of a version, it is not touched
VERSIONS: Final = (
    """version (
        id INTEGER PRIMARY KEY,
        programme INTEGER NOT NULL REFERENCES programme ON DELETE CASCADE,
        number INTEGER NOT NULL CHECK (number > 0),
        date TEXT NOT NULL,
        decision TEXT NOT NULL DEFAULT '',
        decision_date TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        hash TEXT NOT NULL,
        UNIQUE (programme, number)
    )""",
    """version_content (
        id INTEGER PRIMARY KEY REFERENCES version ON DELETE CASCADE,
        data BLOB NOT NULL
    )""",
)
