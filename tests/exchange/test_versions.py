"""Versions in exchange data: what does not hold what it says is refused, whole."""

import base64
import copy
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from tests.example import YEAR, example
from tests.strategies import municipalities

from perfdesk.domain.programme import Municipality, Version
from perfdesk.domain.versions import of_year
from perfdesk.exchange import reading, snapshots
from perfdesk.exchange.errors import ExchangeError
from perfdesk.exchange.reading import read
from perfdesk.exchange.writing import as_data, write

Data = dict[str, Any]


def version(content: bytes, number: int = 1) -> Data:
    data = base64.b64encode(snapshots.pack(content)).decode()
    return {"number": number, "date": "2026-10-15", "hash": snapshots.hash_of(content), "data": data}


def frozen() -> bytes:
    municipality = example()
    return snapshots.canonical(of_year(municipality, municipality.programmes[0]))


def with_versions(*versions: Data) -> Data:
    data = copy.deepcopy(as_data(example()))
    assert data["programmes"][0]["year"] == YEAR
    data["programmes"][0]["versions"] = list(versions)
    return data


def refused(data: Data) -> tuple[str, str]:
    with pytest.raises(ExchangeError) as told:
        read(json.dumps(data).encode())
    return told.value.path, told.value.reason.message


def test_good_versions_are_taken_in_the_order_of_their_numbers() -> None:
    later = version(frozen(), 2) | {"decision": "2026/45", "decision_date": "2026-11-03", "note": "Oy birliği"}
    municipality = read(json.dumps(with_versions(later, version(frozen()))).encode())
    hash_ = snapshots.hash_of(frozen())
    assert municipality.programmes[0].versions == (
        Version(1, "2026-10-15", hash=hash_),
        Version(2, "2026-10-15", "2026/45", "2026-11-03", "Oy birliği", hash_),
    )
    assert read(write(municipality)) == municipality


def edited(change: Callable[[Data], object]) -> bytes:
    data = json.loads(frozen())
    change(data)
    return json.dumps(data).encode()


HOLDS: dict[str, Callable[[Data], object]] = {
    "another year": lambda data: data["programmes"][0].update(year=2026),
    "no programme": lambda data: data.pop("programmes"),
    "two programmes": lambda data: data["programmes"].append(dict(data["programmes"][0], year=2026)),
    "versions": lambda data: data["programmes"][0].update(versions=[version(frozen())]),
    "no list": lambda data: data.update(programmes={}),
}
FAULTS: dict[str, Callable[[Data], object]] = {
    "an unknown key": lambda data: data.update(extra=1),
    "a reference to nothing": lambda data: data["programmes"][0]["targets"][0].update(objective="none"),
    "an amount of three decimals": lambda data: data["programmes"][0]["transfers"][0].update(amount="1.000"),
}


@pytest.mark.parametrize("name", HOLDS)
def test_version_holds_its_year_alone(name: str) -> None:
    path, message = refused(with_versions(version(edited(HOLDS[name]))))
    assert path == "programmes[0].versions[0].data"
    assert message == "{reason}"
    with pytest.raises(ExchangeError, match=str(YEAR)):
        read(json.dumps(with_versions(version(edited(HOLDS[name])))).encode())


@pytest.mark.parametrize("name", FAULTS)
def test_what_a_version_holds_is_checked_like_a_file(name: str) -> None:
    assert refused(with_versions(version(edited(FAULTS[name]))))[0] == "programmes[0].versions[0].data"


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"null", b"\xff", b'{"programmes":[1]}'])
def test_version_that_is_no_data(content: bytes) -> None:
    assert refused(with_versions(version(content)))[0] == "programmes[0].versions[0].data"


def test_hash_must_agree() -> None:
    other = version(edited(lambda data: data["units"][0].update(name="Başka")))
    for wrong in (other | {"hash": "0" * 12}, version(frozen()) | {"data": other["data"]}):
        path, _ = refused(with_versions(wrong))
        assert path == "programmes[0].versions[0].data"


@pytest.mark.parametrize("hash_", ["", "3fa9", "3FA9C1D2E4B7", "3fa9c1d2e4b7a", "3fa9c1d2e4bg", "3fa9c1d2e4b7\n"])
def test_hash_is_twelve_digits(hash_: str) -> None:
    assert refused(with_versions(version(frozen()) | {"hash": hash_}))[0] == "programmes[0].versions[0].hash"


@pytest.mark.parametrize("key", ["date", "decision_date"])
@pytest.mark.parametrize("date", ["", "2026-13-01", "2026-02-30", "15.10.2026", "2026-1-1"])
def test_dates(key: str, date: str) -> None:
    assert refused(with_versions(version(frozen()) | {key: date}))[0] == f"programmes[0].versions[0].{key}"


def test_number_stands_once() -> None:
    assert refused(with_versions(version(frozen()), version(frozen())))[0] == "programmes[0].versions[1].number"


@pytest.mark.parametrize(
    "data", ["", "x", "not base64!", "AAAA", base64.b64encode(zlib.compress(b"{}") + b"x").decode()]
)
def test_data_that_cannot_be_unpacked(data: str) -> None:
    assert refused(with_versions(version(frozen()) | {"data": data}))[0] == "programmes[0].versions[0].data"


def test_data_that_would_fill_the_memory() -> None:
    """A few kilobytes can hold gigabytes of the same letter: no more is unpacked than a file may be long."""
    content = b" " * 100_000
    packed = snapshots.pack(content)
    assert len(packed) < 300
    with pytest.raises(ExchangeError):
        snapshots.unpack(packed, snapshots.hash_of(content), len(content) - 1)
    assert snapshots.unpack(packed, snapshots.hash_of(content), len(content) + 1) == content


@given(municipalities())
def test_canonical_form_is_lossless_and_one(municipality: Municipality) -> None:
    for programme in municipality.programmes:
        cut = of_year(municipality, programme)
        content = snapshots.canonical(cut)
        assert snapshots.unpack(snapshots.pack(content), snapshots.hash_of(content), len(content) + 1) == content
        again = reading.from_data(json.loads(content))
        assert again == cut
        assert snapshots.canonical(again) == content
        assert read(content) == cut
