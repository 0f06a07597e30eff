"""Domain objects ↔ rows. Here, and only here, lira become kuruş and values become text."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from perfdesk.domain.texts import Run
from perfdesk.domain.value import BLANK, Value

_CENT: Final = Decimal("0.01")

# what SQLite stores and returns
Stored = str | int | bytes | None

# columns that hold kuruş, in whatever table
MONEY: Final = frozenset({"amount", "spent", "estimate", "collected", "refunds", "initial", "appropriation"})
_JSON: Final = frozenset({"titles", "aliases", "values", "layout_settings", "header", "cells"})
_AS_THEY_ARE: Final = frozenset({str, int, bytes, type(None)})


def kurus(lira: Decimal) -> int:
    """Return an amount in lira as whole kuruş.

    Raises:
        ValueError: it has parts of a kuruş, which must never be rounded away here.
    """
    # exact at any length: multiplying would round to the context's digits
    numerator, denominator = lira.as_integer_ratio() if lira.is_finite() else (0, 0)
    if not denominator or numerator * 100 % denominator:
        raise ValueError(lira)
    return numerator * 100 // denominator


def lira(kurus_: int) -> Decimal:
    """Return kuruş as lira with two decimals."""
    return kurus_ * _CENT


def stored(column: str, value: object) -> Stored:
    """Return a field's value as its column stores it.

    Raises:
        TypeError: a value this column cannot hold.
    """
    if value is None or isinstance(value, (str, int, bytes)):
        if column in MONEY and value is not None:
            raise TypeError(f"{column} takes an amount in lira, not {value!r}")
        return int(value) if isinstance(value, bool) else value
    if isinstance(value, Decimal):
        return kurus(value) if column in MONEY else f"{value:f}"
    if column == "runs":
        return runs_text(value)  # type: ignore[arg-type] # runs hold runs
    if column in _JSON:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    raise TypeError(f"{column} cannot hold {value!r}")


def stored_row(fields: Mapping[str, object]) -> dict[str, Stored]:
    """Return fields as a row stores them."""
    # nearly all rows of a paste hold nothing else
    if _AS_THEY_ARE.issuperset(map(type, fields.values())) and MONEY.isdisjoint(fields):
        return dict(fields)  # type: ignore[arg-type] # of these types alone
    return {column: stored(column, value) for column, value in fields.items()}


def value_columns(value: Value) -> dict[str, str]:
    """Return an indicator's value as its two columns."""
    if value.number is not None:
        return {"state": "number", "content": f"{value.number:f}"}
    if value.mark:
        return {"state": "mark", "content": value.mark}
    if value.text:
        return {"state": "text", "content": value.text}
    return {"state": "blank", "content": ""}


def value_of(state: str, content: str) -> Value:
    """Return an indicator's value from its two columns."""
    if state == "number":
        return Value(Decimal(content))
    if state == "mark":
        return Value(mark=content)
    if state == "text":
        return Value(text=content)
    return BLANK


def decimal_of(text: str | None) -> Decimal | None:
    """Return a decimal stored as text."""
    return None if text is None else Decimal(text)


def flag_of(stored_flag: int | None) -> bool | None:
    """Return a flag, which may also never have been set."""
    return None if stored_flag is None else bool(stored_flag)


def texts_of(text: str) -> tuple[str, ...]:
    """Return a stored list of texts."""
    return tuple(json.loads(text)) if text != "[]" else ()


def json_of(text: str) -> Any:
    """Return stored JSON."""
    return json.loads(text)


def runs_text(runs: Iterable[Run]) -> str:
    """Return runs of text as JSON: [text] or [text, bold]."""
    pairs = [[run.text] if run.bold is None else [run.text, run.bold] for run in runs]
    return json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))


def runs_of(text: str) -> tuple[Run, ...]:
    """Return runs of text from their JSON."""
    return tuple(Run(*pair) for pair in json.loads(text))
