from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.example import KNOWN
from tests.strategies import amounts, values

from perfdesk.domain.errors import NumberError, UserError
from perfdesk.domain.money import MAX_AMOUNT
from perfdesk.domain.numbers import format_number
from perfdesk.domain.value import BLANK, Value
from perfdesk.services.editing.fields import Year, read_amount, read_year
from perfdesk.services.editing.values import read_value


@given(values())
def test_values_are_read_as_they_are_shown(value: Value) -> None:
    shown = f"'{value.text}" if value.text else value.display()
    # what a person types is composed and has no outer blanks
    assume(not value.text or read_value(shown).text == value.text)
    assert read_value(shown) == value


@given(amounts())
def test_amounts_are_read_as_they_are_shown(amount: Decimal) -> None:
    shown = format_number(amount)
    for typed in (shown, shown.replace(".", ""), f"₺{shown}", f"{shown} TL", f" {shown}\u00a0"):
        assert str(read_amount(typed)) == str(amount)


@pytest.mark.parametrize("typed", ["", "  ", "-", "0", "0,0", "0,00", "-0"])
def test_nothing_is_zero(typed: str) -> None:
    assert str(read_amount(typed)) == "0.00"


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("1,234", "1,23"),
        ("1,005", "1,01"),
        ("1,234.50", "1.234,50"),
        ("1.23", "1,23"),
        ("0.123", "0,123"),
        ("7.500.00", "7.500,00"),
        ("9.999.999.999.999,995", "10.000.000.000.000,00"),
        ("-1", ""),
        ("-0,01", ""),
        ("10.000.000.000.000", ""),
        ("9" * 50, ""),
        ("9" * 5000, ""),
        ("12a", ""),
        ("1 2", ""),
        ("1\t2", ""),
        ("1\n2", ""),
        ("₺", ""),
        ("1e5", ""),
        ("NaN", ""),
        ("'5", ""),
    ],
)
def test_refused_amounts(typed: str, suggestion: str) -> None:
    with pytest.raises(NumberError) as told:
        read_amount(typed)
    assert told.value.suggestion == suggestion
    assert len(told.value.sentence()) < 300


def test_largest_amount() -> None:
    assert read_amount("9.999.999.999.999,99") == MAX_AMOUNT


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", BLANK),
        (" ", BLANK),
        ("'", BLANK),
        ("' ", BLANK),
        ("-", Value(mark="-")),
        ("X", Value(mark="X")),
        ("x", Value(mark="X")),
        ("'-", Value(text="-")),
        ("'60 bin", Value(text="60 bin")),
        ("'=1+1", Value(text="=1+1")),
        ("12,50", Value(Decimal("12.50"))),
        ("-3", Value(Decimal(-3))),
        ("1.234", Value(Decimal(1234))),
    ],
)
def test_typed_values(typed: str, value: Value) -> None:
    assert read_value(typed) == value
    assert str(read_value(typed).number) == str(value.number)


@pytest.mark.parametrize("typed", ["60 bin", "yok", "=1+1", "5 km", "--", "1e5", "٣", "½", "∞", "x" * 10_000])
def test_texts_are_asked_for(typed: str) -> None:
    with pytest.raises(NumberError) as told:
        read_value(typed)
    assert "apostrophe" in told.value.message
    assert len(told.value.sentence()) < 300


@given(st.text(max_size=20))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    for read in (read_value, read_amount):
        with suppress(UserError):
            read(typed)


@pytest.mark.parametrize("typed", ["1950", " 2027 ", "2199"])
def test_years_are_four_digits(typed: str) -> None:
    assert read_year(typed) == int(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "27",
        "2027,5",
        "yıl",
        "-2027",
        "20 27",
        "1949",
        "2200",
        "0202799",
        "02027",
        "20270",
        "+2027",
        "2 027",
        "2.027",
        "٢٠٢٧",
        "202７",
        "9" * 5000,
    ],
)
def test_what_is_no_year_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        read_year(typed)
    with pytest.raises(UserError):
        Year("year", required=True).read(typed, KNOWN)


def test_a_year_may_be_left_blank_where_none_is_required() -> None:
    assert Year("year").read(" ", KNOWN) is None
