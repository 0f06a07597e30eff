"""Frozen versions of a programme: what went to the council, printed again as it was. Dates are ISO texts."""

import dataclasses
import json
from datetime import date as calendar_date
from typing import Final, NamedTuple

from perfdesk.documents.progress import Progress
from perfdesk.domain import texts
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality, Programme, Version
from perfdesk.domain.versions import of_year
from perfdesk.i18n import N_
from perfdesk.services.output.exporting import programme_context
from perfdesk.storage import filling_versions
from perfdesk.storage.store import Store, damaged
from perfdesk.tables.context import Context

FREEZE: Final = N_("submission to the council")
DECIDE: Final = N_("council decision")
DELETE: Final = N_("deletion of a version")


class Opened(NamedTuple):
    """A version ready to be written, and what is printed at the foot of each of its pages."""

    context: Context
    stamp: str


def versions(municipality: Municipality, year: int) -> tuple[Version, ...]:
    """Return a year's versions by number, without their contents.

    Raises:
        UserError: the file holds no programme of that year.
    """
    return _programme(municipality, year).versions


def latest(municipality: Municipality, year: int) -> Version | None:
    """Return the version of a year that was frozen last, if there is one."""
    return max(versions(municipality, year), key=lambda version: version.number, default=None)


def freeze(store: Store, year: int, date: str, *, decision: str = "", decision_date: str = "", note: str = "") -> int:
    """Freeze a year's programme as it is now, as one step; return the number of the version.

    Raises:
        UserError: it has not changed since the last version, a date is none, or the file cannot be written.
    """
    from perfdesk.exchange import snapshots

    municipality = store.load()
    programme = _programme(municipality, year)
    before = latest(municipality, year)
    check_changed(store, municipality, year)
    content = snapshots.canonical(of_year(municipality, programme))
    version = Version(
        before.number + 1 if before else 1,
        _date(date),
        *_said(decision, decision_date, note),
        hash=snapshots.hash_of(content),
        data=snapshots.pack(content),
    )
    with store.step(FREEZE):
        filling_versions.insert(store, version, programme.row)
    return version.number


def check_changed(store: Store, municipality: Municipality, year: int) -> None:
    """Make sure that there is something to freeze.

    Raises:
        UserError: the programme has not changed since the last version.
    """
    before = latest(municipality, year)
    try:
        has_changed = before is None or differs(store, municipality, year, before.number)
    except UserError:
        # a damaged version keeps nobody from making a whole one
        has_changed = True
    if before and not has_changed:
        raise UserError(
            N_("The programme of {year} has not changed since version {number}; there is nothing to freeze."),
            year=year,
            number=before.number,
        )


def decide(
    store: Store, year: int, number: int, *, decision: str, decision_date: str = "", note: str | None = None
) -> None:
    """Say what the council decided on a version, as one step; nothing else of a version can be changed.

    Raises:
        UserError: there is no such version, the date is none, or the file cannot be written.
    """
    version = _version(store.load(), year, number)
    decision, decision_date, note = _said(decision, decision_date, version.note if note is None else note)
    with store.step(DECIDE):
        store.update("version", version.row, decision=decision, decision_date=decision_date, note=note)


def delete(store: Store, year: int, number: int) -> None:
    """Delete a version, as one step.

    Raises:
        UserError: there is no such version, or the file cannot be written.
    """
    version = _version(store.load(), year, number)
    with store.step(DELETE):
        store.delete("version", version.row)


def open_version(store: Store, year: int, number: int) -> tuple[Municipality, Programme]:
    """Return what a version holds: the municipality as it was, with that year alone.

    Raises:
        UserError: there is no such version, or its content is damaged.
    """
    from perfdesk.exchange import reading, snapshots
    from perfdesk.exchange.decoding import MAX_BYTES
    from perfdesk.exchange.errors import ExchangeError

    version = _version(store.load(), year, number)
    try:
        content = snapshots.unpack(_content(store, version), version.hash, MAX_BYTES)
    except ExchangeError as error:
        raise damaged(store.path) from error
    municipality = reading.from_data(json.loads(content))
    return municipality, _programme(municipality, year)


def version_context(store: Store, year: int, number: int) -> Context:
    """Return a version ready for its tables, in the layout it was frozen with.

    Raises:
        UserError: there is no such version, or its content is damaged.
    """
    municipality, _ = open_version(store, year, number)
    return programme_context(municipality, year)


def opened(store: Store, year: int, number: int) -> Opened:
    """Return a version with its stamp: all that it takes to write it, without the file.

    Raises:
        UserError: there is no such version, or its content is damaged.
    """
    from perfdesk.documents.stamp import stamp

    ctx = version_context(store, year, number)
    return Opened(ctx, stamp(_version(store.load(), year, number), ctx.labels))


def stamp_of(store: Store, year: int, number: int) -> str:
    """Return what is printed at the foot of each page of a version.

    Raises:
        UserError: there is no such version, or its content is damaged.
    """
    return opened(store, year, number).stamp


def version_book(store: Store, year: int, number: int, progress: Progress | None = None) -> bytes:
    """Return a version's book as PDF, each page with its stamp: the same bytes whatever has been edited since.

    Raises:
        UserError: there is no such version, or its content is damaged.
    """
    from perfdesk.services.output.exporting import book

    ctx, stamp = opened(store, year, number)
    return book(ctx, progress, stamp=stamp)


def differs(store: Store, municipality: Municipality, year: int, number: int) -> bool:
    """Whether a year's programme, as it is in a snapshot of the file, is no longer what a version holds.

    Raises:
        UserError: there is no such version, or its content is damaged.
    """
    from perfdesk.exchange import snapshots

    now = snapshots.canonical(of_year(municipality, _programme(municipality, year)))
    if snapshots.hash_of(now) == _version(municipality, year, number).hash:
        return False
    # a later program may write the same content otherwise: what counts is how this one writes it
    then, _ = open_version(store, year, number)
    return now != snapshots.canonical(then)


def whole(store: Store) -> Municipality:
    """Return the whole file with the contents of all versions, as the exchange format needs it."""
    municipality = store.load()
    programmes = tuple(
        dataclasses.replace(
            programme,
            versions=tuple(
                dataclasses.replace(version, data=_content(store, version)) for version in programme.versions
            ),
        )
        for programme in municipality.programmes
    )
    return dataclasses.replace(municipality, programmes=programmes)


def _programme(municipality: Municipality, year: int) -> Programme:
    programme = municipality.programme(year)
    if programme is None:
        raise UserError(N_("The file holds no programme of {year}."), year=year)
    return programme


def _version(municipality: Municipality, year: int, number: int) -> Version:
    found = next((one for one in versions(municipality, year) if one.number == number), None)
    if found is None:
        raise UserError(N_("There is no version {number} of the programme of {year}."), number=number, year=year)
    return found


def _content(store: Store, version: Version) -> bytes:
    data = store.field("version_content", version.row, "data")
    if not isinstance(data, bytes):
        raise damaged(store.path)
    return data


def _said(decision: str, decision_date: str, note: str) -> tuple[str, str, str]:
    date = _date(decision_date) if decision_date else ""
    return texts.typed(decision).strip(), date, texts.typed(note).strip()


def _date(text: str) -> str:
    try:
        return calendar_date.fromisoformat(text).isoformat()
    except ValueError:
        raise UserError(N_("“{value}” is not a date such as “2026-10-15”."), value=text) from None
