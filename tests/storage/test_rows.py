import sqlite3
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import amounts, values

from perfdesk.domain.money import MAX_AMOUNT
from perfdesk.domain.value import Value
from perfdesk.storage.rows import kurus, lira, stored, value_columns, value_of

whole = st.integers(0, 999_999_999_999_999)


@given(whole)
def test_lira_and_kurus_are_the_same_amount(amount: int) -> None:
    there = lira(amount)
    assert there == Decimal(amount) / 100
    assert there.as_tuple().exponent == -2
    assert kurus(there) == amount


@given(amounts(), st.booleans())
def test_amounts_come_back_exactly(amount: Decimal, negative: bool) -> None:
    amount = -amount if negative else amount
    assert lira(kurus(amount)) == amount


def test_largest_amount() -> None:
    assert kurus(MAX_AMOUNT) == 999_999_999_999_999
    assert str(lira(999_999_999_999_999)) == "9999999999999.99"


@given(whole, st.integers(1, 60), st.integers(1, 9))
def test_parts_of_a_kurus_are_refused(amount: int, places: int, digit: int) -> None:
    # 28 digits behind the comma and more: no context may round them away
    with pytest.raises(ValueError, match=r"\d"):
        kurus(Decimal(f"{amount}.00{'0' * (places - 1)}{digit}"))


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_no_amount(amount: str) -> None:
    with pytest.raises(ValueError, match=r"N|Inf"):
        kurus(Decimal(amount))


@pytest.mark.parametrize("amount", ["12", "12.3", "1E+3", "12.3400"])
def test_other_writings_of_an_amount(amount: str) -> None:
    assert lira(kurus(Decimal(amount))) == Decimal(amount)


@pytest.mark.parametrize("column", ["amount", "spent", "estimate", "appropriation"])
@pytest.mark.parametrize("value", [5, "5", 5.0, True])
def test_money_columns_take_lira_only(column: str, value: object) -> None:
    with pytest.raises(TypeError):
        stored(column, value)


def test_floats_are_never_stored() -> None:
    with pytest.raises(TypeError):
        stored("title", 1.5)


@given(values())
def test_values_keep_their_digits(value: Value) -> None:
    columns = value_columns(value)
    again = value_of(columns["state"], columns["content"])
    assert again == value
    assert str(again.number) == (str(value.number) if value.number is None else f"{value.number:f}")


def test_sqlite_holds_the_largest_amounts_exactly() -> None:
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE TABLE t (amount INTEGER) STRICT")
        db.executemany("INSERT INTO t VALUES (?)", [(kurus(MAX_AMOUNT),)] * 1000)
        (total,) = db.execute("SELECT sum(amount) FROM t").fetchone()
    db.close()
    assert lira(total) == MAX_AMOUNT * 1000
