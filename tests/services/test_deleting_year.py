"""A year is deleted whole and in one step; the other years and what they share stay."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.example import example

from perfdesk.domain.errors import UserError
from perfdesk.services import deleting_year
from perfdesk.storage import files
from perfdesk.storage.store import Store


def test_a_deleted_year_is_gone_whole_and_comes_back_with_undo(store: Store) -> None:
    before = store.load()
    year = max(programme.year for programme in before.programmes)
    deleting_year.delete_year(store, year)
    after = store.load()
    assert after == replace(before, programmes=tuple(one for one in before.programmes if one.year != year))
    assert store.undo_label == "deleting a year"
    store.undo()
    assert store.load() == before


def test_what_goes_is_counted() -> None:
    municipality = example()
    programme = municipality.programmes[0]
    going = deleting_year.going_with(municipality, programme.year)
    assert going.targets == len(programme.targets)
    assert going.indicators == sum(len(holder.indicators) for holder in programme.holders())
    assert going.total > 0


def test_the_only_year_cannot_be_deleted(tmp_path: Path) -> None:
    municipality = replace(example(), programmes=example().programmes[:1])
    year = municipality.programmes[0].year
    assert not deleting_year.can_delete(municipality)
    path = tmp_path / "a.perfdesk"
    files.create(path, municipality)
    with files.open_store(path, writable=True) as store:
        with pytest.raises(UserError, match=str(year)):
            deleting_year.delete_year(store, year)
        assert store.load() == municipality
        with pytest.raises(UserError, match="1999"):
            deleting_year.delete_year(store, 1999)
