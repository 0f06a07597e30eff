"""The tables of what all years share, as they were first made. A change of them is a migration."""

from typing import Final

SHARED: Final = (
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
)
