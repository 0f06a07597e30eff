import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.example import example

from perfdesk.exchange.errors import ExchangeError
from perfdesk.exchange.reading import read
from perfdesk.exchange.writing import write

Data = dict[str, Any]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["programmes"][0].update(year=2025.0),
        lambda data: data["programmes"][0]["policy_documents"][0].update(first_year=2024.0),
        lambda data: data["programmes"][0]["policy_documents"][0].update(first_year=10**30),
        lambda data: data["programmes"][0]["targets"][0]["indicators"][0].update(decimals=2.0),
        lambda data: data["programmes"][0]["resource_tables"][0].update(side_by_side=True),
        lambda data: data["administration"].update(population={"2020": 1e5}),
        lambda data: data["administration"].update(population={"2020": int("9" * 4000)}),
    ],
)
def test_numbers_the_store_cannot_hold(change: Callable[[Data], None]) -> None:
    data = json.loads(write(example()))
    change(data)
    with pytest.raises(ExchangeError):
        read(json.dumps(data).encode())


def test_more_digits_than_python_reads() -> None:
    data = write(example()).replace(b"61204", b"6" * 5000)
    with pytest.raises(ExchangeError) as told:
        read(data)
    assert len(told.value.sentence()) < 200
