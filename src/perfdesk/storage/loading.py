"""Rows → one snapshot of the whole file, table by table, children grouped under their parents."""

import dataclasses
import operator
import sqlite3
from collections.abc import Collection

from perfdesk.domain.administration import Administration, PersonnelStatus, Picture, Population, Signatory, Unit
from perfdesk.domain.plan import Goal, Objective, Plan, ProgrammeEntry, SubProgrammeEntry
from perfdesk.domain.programme import Municipality
from perfdesk.storage.loading_held import targets
from perfdesk.storage.loading_programmes import programmes
from perfdesk.storage.reading import Reader
from perfdesk.storage.rows import flag_of, texts_of


def load(conn: sqlite3.Connection) -> Municipality:
    """Return the file's whole content as one snapshot."""
    return _municipality(Reader(conn))


def refresh(conn: sqlite3.Connection, previous: Municipality, changed: Collection[int]) -> Municipality:
    """Return the content after a change that was confined to some targets (rows), reading only these."""
    reader = Reader(conn, changed)
    fresh = {target.row: target for of_programme in targets(reader).values() for target in of_programme}
    reread = []
    for programme in previous.programmes:
        known = {target.row: target for target in programme.targets} | fresh
        order = [
            row
            for (row,) in conn.execute(
                "SELECT id FROM target WHERE programme = ? ORDER BY position, id", [programme.row]
            )
        ]
        now = tuple(known[row] for row in order)
        same = len(now) == len(programme.targets) and all(map(operator.is_, now, programme.targets))
        reread.append(programme if same else dataclasses.replace(programme, targets=now))
    return dataclasses.replace(previous, programmes=tuple(reread))


def _municipality(reader: Reader) -> Municipality:
    return Municipality(
        administration=_administration(reader),
        units=tuple(
            Unit(identity, name, abbreviation, texts_of(aliases), reader.units[parent], flag_of(inactive), row)
            for row, identity, name, abbreviation, aliases, parent, inactive in reader.select(
                "SELECT id, identity, name, abbreviation, aliases, parent, inactive FROM unit ORDER BY position, id"
            )
        ),
        plans=_plans(reader),
        programme_list=_programme_list(reader),
        pictures=tuple(
            Picture(identity, name, media_type, data, row)
            for row, identity, name, media_type, data in reader.select(
                "SELECT id, identity, name, media_type, data FROM picture ORDER BY position, id"
            )
        ),
        programmes=programmes(reader),
    )


def _administration(reader: Reader) -> Administration:
    columns = (
        "name",
        "kind",
        "province",
        "short_name",
        "address",
        "phone",
        "fax",
        "web",
        "email",
        "logo",
        "colour",
    )
    row = reader.select(f"SELECT {', '.join(columns)} FROM administration")[0]
    return Administration(
        **dict(zip(columns, row, strict=True)),
        population=tuple(
            Population(year, people, row)
            for row, year, people in reader.select("SELECT id, year, people FROM population ORDER BY year")
        ),
        signatories=tuple(
            Signatory(role, name, texts_of(titles), row)
            for row, role, name, titles in reader.select(
                "SELECT id, role, name, titles FROM signatory ORDER BY position, id"
            )
        ),
        personnel_statuses=tuple(
            PersonnelStatus(name, row)
            for row, name in reader.select("SELECT id, name FROM personnel_status ORDER BY position, id")
        ),
    )


def _plans(reader: Reader) -> tuple[Plan, ...]:
    objectives = reader.children(
        "goal",
        "objective",
        "id, identity, code, title",
        lambda row, identity, code, title: Objective(identity, code, title, row),
    )
    goals = reader.children(
        "plan",
        "goal",
        "id, identity, code, title, service_area",
        lambda row, identity, code, title, area: Goal(identity, code, title, area, objectives.get(row, ()), row),
    )
    return tuple(
        Plan(first, last, mission, vision, texts_of(values), goals.get(row, ()), row)
        for row, first, last, mission, vision, values in reader.select(
            'SELECT id, first_year, last_year, mission, vision, "values" FROM plan ORDER BY position, id'
        )
    )


def _programme_list(reader: Reader) -> tuple[ProgrammeEntry, ...]:
    subs = reader.children(
        "programme_entry",
        "sub_programme_entry",
        "id, identity, code, name",
        lambda row, identity, code, name: SubProgrammeEntry(identity, code, name, row),
    )
    return tuple(
        ProgrammeEntry(identity, code, name, flag_of(joint), subs.get(row, ()), row)
        for row, identity, code, name, joint in reader.select(
            "SELECT id, identity, code, name, joint FROM programme_entry ORDER BY position, id"
        )
    )
