"""The bytes of exchange data as JSON, read strictly: nothing twice, nothing unprintable, nothing too deep."""

import json
from typing import Any, Final, NoReturn

from perfdesk.domain.texts import UNPRINTABLE
from perfdesk.exchange.errors import ExchangeError, Path
from perfdesk.i18n import N_

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 64
_LONGEST_WHOLE: Final = 18

Json = Any  # what json.loads returns; its shape is known only after the schema has passed it


def decode(content: bytes) -> Json:
    """Return the data.

    Raises:
        ExchangeError: they are too large or too deep, no UTF-8, no JSON, or hold what cannot be printed.
    """
    if len(content) > MAX_BYTES:
        raise ExchangeError((), N_("The file is larger than 64 MiB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(
            (), N_("The file is not valid UTF-8 text (byte {position}). Save it as UTF-8."), position=error.start
        ) from None
    try:
        data = json.loads(text, object_pairs_hook=_no_duplicate_keys, parse_int=_whole, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ExchangeError(
            (), N_("The file is not valid JSON (line {line}, column {column})."), line=error.lineno, column=error.colno
        ) from None
    except RecursionError:
        raise ExchangeError((), N_("The data are nested more than 64 levels deep.")) from None
    _check_depth_and_texts(data)
    return data


def _no_duplicate_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise ExchangeError((), N_("The key “{key}” stands twice in one object."), key=key)
            seen.add(key)
    return result


def _no_constant(name: str) -> NoReturn:
    raise ExchangeError((), N_("“{typed}” is not a number that can be stored."), typed=name)


def _whole(digits: str) -> int:
    # more digits than any number of the format has, and more than Python reads at all
    if len(digits) > _LONGEST_WHOLE:
        _no_constant(f"{digits[:_LONGEST_WHOLE]}…")
    return int(digits)


def _check_depth_and_texts(data: Json) -> None:
    stack: list[tuple[Path, Json]] = [((), data)]
    while stack:
        path, value = stack.pop()
        if len(path) > MAX_DEPTH:
            raise ExchangeError(path[:4], N_("The data are nested more than 64 levels deep."))
        if isinstance(value, str):
            _check_text(path, value)
        elif isinstance(value, dict):
            for key, inner in value.items():
                _check_text((*path, key), key)
                stack.append(((*path, key), inner))
        elif isinstance(value, list):
            stack.extend(((*path, n), inner) for n, inner in enumerate(value))


def _check_text(path: Path, text: str) -> None:
    found = UNPRINTABLE.search(text)
    if found:
        raise ExchangeError(
            [
                str(step).encode("ascii", "backslashreplace").decode() if isinstance(step, str) else step
                for step in path
            ],
            N_("The text holds a control character (U+{code}) that cannot be printed. Remove it."),
            code=f"{ord(found[0]):04X}",
        )
