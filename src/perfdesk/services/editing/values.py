"""The values of indicators: a number, a mark, a text by explicit choice, or nothing."""

from typing import Final

from perfdesk.domain import texts
from perfdesk.domain.errors import NumberError
from perfdesk.domain.numbers import parse_number, shortened
from perfdesk.domain.value import BLANK, MARKS, Value, ValueKind
from perfdesk.i18n import N_
from perfdesk.storage.rows import value_columns
from perfdesk.storage.store import Store

# a typed text is meant as text when it begins so, as in a spreadsheet
TEXT_MARK: Final = "'"


def read_value(typed: str) -> Value:
    """Read a typed indicator value: a number, "-" or "X", nothing, or a text marked by a leading apostrophe.

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
        return Value(parse_number(text))
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
        row = store.find("indicator_value", indicator=indicator, year=year, kind=kind.value)
        if value.is_blank:
            if row is not None:
                store.delete("indicator_value", row)
        elif row is None:
            store.insert("indicator_value", indicator=indicator, year=year, kind=kind.value, **value_columns(value))
        else:
            store.update("indicator_value", row, **value_columns(value))
