"""Everything a file holds, row by row, for tests that ask whether it is exactly as before."""

from perfdesk.storage.store import Store

Dump = dict[tuple[str, int], tuple[object, ...]]


def dump(store: Store) -> Dump:
    rows: Dump = {}
    tables = [
        name
        for (name,) in store._db.conn.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")
        if not name.startswith(("sqlite_", "_sqlite"))
    ]
    for table in tables:
        for row in store._db.conn.execute(f'SELECT * FROM main."{table}"'):
            rows[table, row[0]] = row
    return rows


def differing(before: Dump, after: Dump) -> set[tuple[str, int]]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
