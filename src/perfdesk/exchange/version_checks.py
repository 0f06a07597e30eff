"""Whether the frozen versions of a programme may be read: their numbers, dates, hashes, and what they hold."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from perfdesk.exchange.errors import ExchangeError, Path
from perfdesk.exchange.snapshots import unpack
from perfdesk.i18n import N_

Json = dict[str, Any]


def check(path: Path, programme: Json, load: Callable[[bytes], Json], limit: int) -> None:
    """Refuse versions that are not what they say; ``load`` checks what they hold, at most ``limit`` bytes of it.

    Raises:
        ExchangeError: at the first fault.
    """
    seen: set[int] = set()
    for n, version in enumerate(programme.get("versions") or ()):
        at = (*path, "versions", n)
        if version["number"] in seen:
            raise ExchangeError((*at, "number"), N_("“{id}” stands twice in this list."), id=version["number"])
        seen.add(version["number"])
        for key in ("date", "decision_date"):
            _check_date((*at, key), version.get(key))
        try:
            _check_content(unpack(_decoded(version["data"]), version["hash"], limit), programme["year"], load)
        except ExchangeError as error:
            raise ExchangeError((*at, "data"), N_("{reason}"), reason=error.reason) from None


def _check_date(path: Path, text: str | None) -> None:
    try:
        date.fromisoformat(text or "2000-01-01")
    except ValueError:
        raise ExchangeError(path, N_("“{value}” is not a date such as “2026-10-15”."), value=text) from None


def _decoded(data: str) -> bytes:
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content or base64.b64encode(content).decode() != data:
        raise ExchangeError((), N_("The version's data are not base64."))
    return content


def _check_content(content: bytes, year: int, load: Callable[[bytes], Json]) -> None:
    # before anything is followed into: a version holds no versions
    data = _json(content)
    programmes = data.get("programmes") if isinstance(data, dict) else None
    one = programmes[0] if isinstance(programmes, list) and len(programmes) == 1 else None
    if not isinstance(one, dict) or one.get("year") != year or one.get("versions"):
        raise ExchangeError((), N_("The version does not hold the programme of {year}, and only that."), year=year)
    load(content)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
