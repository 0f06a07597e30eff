"""Amounts divided in proportion: nothing is lost or made, however large they are."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.domain.money import KURUS, MAX_AMOUNT, divided, total

AMOUNTS = st.decimals(0, MAX_AMOUNT, places=2)
PARTS = st.lists(AMOUNTS, min_size=1, max_size=9)


@given(PARTS, AMOUNTS, st.booleans())
def test_shares_add_up_to_the_whole_and_are_proportional(parts, whole, whole_lira):
    step = Decimal(1) if whole_lira else KURUS
    whole = whole // step * step
    shares = divided(parts, whole, step)
    assert total(shares) == whole
    assert all(share >= 0 and not share % step for share in shares)
    base = total(parts)
    if base:
        for part, share in zip(parts, shares, strict=True):
            assert abs(share - part * whole / base) <= step


@given(PARTS, st.integers(0, 1000))
def test_shares_of_a_smaller_amount_are_no_larger_than_the_parts(parts, thousandths):
    whole = (total(parts) * thousandths / 1000).quantize(KURUS, "ROUND_DOWN")
    shares = divided(parts, whole)
    assert total(shares) == whole
    assert all(share <= part for part, share in zip(parts, shares, strict=True))


@given(PARTS)
def test_the_same_whole_gives_the_same_parts(parts):
    assert divided(parts, total(parts)) == parts


def test_shares_of_nothing():
    assert divided([], MAX_AMOUNT) == []
    assert divided([Decimal(0), Decimal(0)], Decimal(5)) == [5, 0]


def test_what_is_cut_short_most_is_rounded_up():
    assert divided([Decimal(1), Decimal(1), Decimal(2)], Decimal("0.02")) == [Decimal("0.01"), 0, Decimal("0.01")]
