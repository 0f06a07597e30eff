from decimal import Decimal

import pytest

from perfdesk.domain.value import BLANK, Value, ValueKind, implied_kind


@pytest.mark.parametrize(
    ("value", "blank", "shown"),
    [
        (BLANK, True, ""),
        (Value(Decimal(0)), False, "0"),
        (Value(Decimal("0.00")), False, "0,00"),
        (Value(mark="-"), False, "-"),
        (Value(mark="X"), False, "X"),
        (Value(text="60 bin"), False, "60 bin"),
        (Value(Decimal("1234567.80")), False, "1.234.567,80"),
        (Value(Decimal(-3)), False, "-3"),
    ],
)
def test_what_is_entered_and_how_it_is_shown(value: Value, blank: bool, shown: str) -> None:
    assert value.is_blank is blank
    assert value.display() == shown


def test_places_are_for_numbers_only() -> None:
    assert Value(Decimal("1234.565")).display(2) == "1.234,57"
    assert Value(text="1,5").display(2) == "1,5"
    assert Value(mark="-").display(2) == "-"


def test_three_ways_of_having_no_number_differ() -> None:
    assert len({BLANK, Value(mark="-"), Value(mark="X"), Value(text="-"), Value(Decimal(0))}) == 5


@pytest.mark.parametrize(
    ("year", "kind"),
    [
        (2020, ValueKind.REALISED),
        (2023, ValueKind.REALISED),
        (2024, ValueKind.ESTIMATE),
        (2025, ValueKind.TARGET),
        (2026, ValueKind.FORECAST),
        (2030, ValueKind.FORECAST),
    ],
)
def test_kinds_of_the_classic_form(year: int, kind: ValueKind) -> None:
    assert implied_kind(2025, year) is kind
