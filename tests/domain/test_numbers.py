from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.domain.errors import NumberError
from perfdesk.domain.numbers import format_number, parse_number, parse_percentage, round_half_up

plain = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4)
digits = st.from_regex(r"(0|[1-9][0-9]{0,28})(\.[0-9]{1,28})?", fullmatch=True).map(Decimal)


@given(digits, st.booleans())
def test_what_is_shown_is_read_back(number: Decimal, negative: bool) -> None:
    number = number.copy_negate() if negative and number else number
    shown = format_number(number)
    for typed in (shown, shown.replace(".", "")):
        assert f"{parse_number(typed):f}" == f"{number:f}"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("12,50", "12.50"),
        ("0,5", "0.5"),
        ("007", "7"),
        ("-3", "-3"),
        ("- 3,0", "-3.0"),
        ("-0", "0"),
        ("-0,00", "0.00"),
        ("1 234 567,8", "1234567.8"),
        ("1\u00a0234", "1234"),
        ("\u202f12\t", "12"),
        ("9" * 60, "9" * 60),
    ],
)
def test_numbers(typed: str, number: str) -> None:
    assert str(parse_number(typed)) == number


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("1,234.50", "1.234,50"),
        ("1.23", "1,23"),
        ("1.2345", "1,2345"),
        ("0.123", "0,123"),
        ("7.500.00", "7.500,00"),
        ("7,500,00", "7.500,00"),
        ("1.234.5", "1.234,5"),
        ("%5", "5"),
        ("12,5%", "12,5"),
        ("1e5", ""),
        ("1E5", ""),
        ("NaN", ""),
        ("Infinity", ""),
        ("-inf", ""),
        ("٣", ""),
        ("１２", ""),
        ("१२", ""),
        ("1,", ""),
        (",5", ""),
        ("1..2", ""),
        ("1.234,5,6", "12.345,6"),
        ("+5", ""),
        ("1_000", ""),
        ("0x10", ""),
        ("1 2", ""),
        ("12 34", ""),
        ("1\t234", ""),
        ("--5", ""),
        ("5-", ""),
        ("", ""),
        ("-", ""),
        ("%", ""),
        ("²", ""),
    ],
)
def test_what_is_uncertain_is_refused(typed: str, suggestion: str) -> None:
    with pytest.raises(NumberError) as told:
        parse_number(typed)
    assert told.value.suggestion == suggestion


def test_suggestions_can_be_typed() -> None:
    for typed in ("1,234.50", "1.23", "7.500.00", "%5", "0.123"):
        with pytest.raises(NumberError) as told:
            parse_number(typed)
        parse_number(told.value.suggestion)


@given(st.text(alphabet="0123456789.,- %e٣\u00a0", max_size=80))
def test_reading_never_fails_otherwise(typed: str) -> None:
    try:
        number = parse_number(typed)
    except NumberError as error:
        if error.suggestion:
            parse_number(error.suggestion)
    else:
        assert number.is_finite()
        assert len(f"{number:f}") <= 60
        assert f"{parse_number(format_number(number)):f}" == f"{number:f}"


def test_too_many_digits() -> None:
    for typed in ("9" * 61, "-" + "9" * 60, "0," + "1" * 59, "9" * 100_000):
        with pytest.raises(NumberError) as told:
            parse_number(typed)
        assert "too many digits" in told.value.message
        assert len(told.value.sentence()) < 200


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.005", 2, "0,01"),
        ("-0.005", 2, "-0,01"),
        ("-0.004", 2, "0,00"),
        ("2.5", 0, "3"),
        ("1234567.895", 2, "1.234.567,90"),
        ("1E+3", None, "1.000"),
        ("12.50", None, "12,50"),
        ("-0.00", None, "0,00"),
        ("9" * 60, 2, "999." * 19 + "999,00"),
    ],
)
def test_shown(value: str, places: int | None, shown: str) -> None:
    assert format_number(Decimal(value), places) == shown


@given(plain, st.integers(0, 3))
def test_rounding_is_half_away_from_zero(value: Decimal, places: int) -> None:
    scaled = int(abs(value) * 10_000)
    step = 10 ** (4 - places)
    expected = (scaled + step // 2) // step
    assert round_half_up(value, places) == Decimal(expected if value >= 0 else -expected).scaleb(-places)


@pytest.mark.parametrize("typed", ["50", "%50", "% 50", "50%", "50 %", " %\u00a050 "])
def test_a_percentage_is_read_with_its_sign_on_either_side(typed):
    assert parse_percentage(typed) == Decimal(50)


@pytest.mark.parametrize(("typed", "number"), [("-%5", "-5"), ("%-5", "-5"), ("% 7,5", "7.5")])
def test_a_percentage_may_be_below_zero_or_have_decimals(typed, number):
    assert parse_percentage(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["%", "%50%", "5%0", "%1.5", "yüzde 5"])
def test_what_is_no_percentage_is_refused_as_it_was_typed(typed):
    with pytest.raises(NumberError) as refused:
        parse_percentage(typed)
    assert refused.value.params["typed"] in typed
