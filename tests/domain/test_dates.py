"""Days as they are typed: as people here write them, and nothing that could mean another day."""

import pytest

from perfdesk.domain.dates import printed_date, read_date
from perfdesk.domain.errors import UserError


@pytest.mark.parametrize("typed", ["20.10.2026", " 20.10.2026 ", "20/10/2026", "2026-10-20", "20.10.2026\n"])
def test_a_day_is_read_as_it_is_written_here(typed: str) -> None:
    assert read_date(typed) == "2026-10-20"


def test_leading_noughts_may_be_left_out() -> None:
    assert read_date("1.2.2026") == "2026-02-01"


@pytest.mark.parametrize(
    "typed",
    [
        "31.02.2026",
        "10.20.2026",
        "20.10.26",
        "20.10",
        "20 Ekim 2026",
        "2026",
        "2026-13-01",
        "0026-10-20",
        "20.10.0026",
        "٢٠.١٠.٢٠٢٦",
        "bugün",
    ],
)
def test_what_is_no_day_is_told_as_it_was_typed(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        read_date(typed)
    assert f"“{typed}”" in caught.value.sentence()
    assert "“20.10.2026”" in caught.value.sentence()


@pytest.mark.parametrize("typed", ["", "  "])
def test_nothing_is_told_without_quoting_it(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        read_date(typed)
    assert "“”" not in caught.value.sentence()


def test_a_day_is_printed_as_it_is_typed() -> None:
    assert printed_date("2026-02-01") == "01.02.2026"
    assert read_date(printed_date("2026-02-01")) == "2026-02-01"
    assert printed_date("") == ""
