"""The values of indicators: a number, a mark, a text by explicit choice, or nothing."""

import re
from collections.abc import Mapping
from typing import Final

from perfdesk.domain import texts, turkish
from perfdesk.domain.errors import NumberError
from perfdesk.domain.numbers import parse_number, shortened, without_percent
from perfdesk.domain.value import BLANK, MARKS, Value, ValueKind
from perfdesk.i18n import N_
from perfdesk.storage.rows import Stored, value_columns
from perfdesk.storage.store import Store

# a typed text is meant as text when it begins so, as in a spreadsheet
TEXT_MARK: Final = "'"
# how the unit of measure of a percentage is written: "%", "yüzde", "Yüzde (%)"
_PERCENT: Final = re.compile(r"[\s()%]*(?:%|yuzde)[\s()%]*")


def is_percent(unit: str) -> bool:
    """Whether a unit of measure says that values are percentages."""
    return _PERCENT.fullmatch(turkish.fold(unit)) is not None


def read_value(typed: str, unit: str = "") -> Value:
    """Read a typed indicator value: a number, "-" or "X", nothing, or a text marked by a leading apostrophe.

    A percent sign by the number is read where the ``unit`` of measure is percent, too.

    Raises:
        NumberError: anything else, saying how to enter a text.
        UserError: a text that cannot be stored or printed.
    """
    text = texts.typed(typed)
    if not text:
        return BLANK
    if text.startswith(TEXT_MARK):
        return Value(text=text[1:].strip()) if text[1:].strip() else BLANK
    if text in MARKS or text == "x":
        return Value(mark=text.upper())
    try:
        return Value(parse_number(without_percent(text) if "%" in text and is_percent(unit) else text))
    except NumberError as error:
        if error.suggestion:
            raise
        raise NumberError(
            N_("“{typed}” is not a number. If it is meant as text, type an apostrophe before it: '{typed}"),
            typed=shortened(text),
        ) from None


def set_value(store: Store, indicator: int, year: int, kind: ValueKind, value: Value) -> None:
    """Change an indicator's value of a year; blank removes it."""
    with store.step(N_("value of an indicator")):
        set_values(store, {indicator: {(year, kind): value}})


def set_values(store: Store, values: Mapping[int, Mapping[tuple[int, ValueKind], Value]], *, new: bool = False) -> None:
    """Change values of indicators, by indicator, year and kind; part of the current step.

    ``new`` indicators have none yet.
    """
    added: list[dict[str, Stored]] = []
    for indicator, by_year in values.items():
        for (year, kind), value in by_year.items():
            where: dict[str, Stored] = {"indicator": indicator, "year": year, "kind": kind.value}
            row = None if new else store.find("indicator_value", **where)
            if value.is_blank:
                if row is not None:
                    store.delete("indicator_value", row)
            elif row is None:
                added.append({**where, **value_columns(value)})
            else:
                store.update("indicator_value", row, **value_columns(value))
    store.insert_many("indicator_value", added)
