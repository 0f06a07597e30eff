"""After any edit of rows, codes are unique and follow the pattern, but for those given on purpose."""

from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk.domain.errors import UserError
from perfdesk.exchange.reading import read
from perfdesk.services.editing import records
from perfdesk.services.editing.fields import Known
from perfdesk.services.output.exporting import programme_context
from perfdesk.storage import files
from perfdesk.storage.store import Store


@pytest.fixture
def kars(reference: Path, tmp_path: Path) -> Store:
    path = tmp_path / "kars.perfdesk"
    files.create(path, read((reference / "kars-2020-2024.json").read_bytes()))
    return files.open_store(path, writable=True)


def codes_of(store: Store, table: str) -> list[str]:
    ctx = programme_context(store.load(), 2024)
    target = ctx.programme.targets[0]
    if table == "indicator":
        return [ctx.codes.indicators[indicator.id] for indicator in target.indicators]
    return [ctx.codes.activities[activity.id] for activity in target.activities]


@pytest.mark.parametrize(("table", "pattern"), [("indicator", "PG. 1.1.{}"), ("activity", "F.1.1.{}")])
def test_codes_stay_unique_and_in_order(kars: Store, table: str, pattern: str) -> None:
    with kars:
        before = kars.load()
        target = before.programmes[1].targets[0]
        items = target.indicators if table == "indicator" else target.activities
        count = len(items)
        new = records.add(kars, table, target=target.row)
        records.move(kars, table, new, -1)
        records.move(kars, table, items[0].row, 2)
        records.delete(kars, table, items[1].row)
        assert codes_of(kars, table) == [pattern.format(n) for n in range(1, count + 1)]
        for _ in range(4):
            kars.undo()
        assert kars.load() == before


def test_a_code_given_on_purpose_stays(kars: Store) -> None:
    with kars:
        target = kars.load().programmes[1].targets[0]
        records.set_field(kars, "activity", target.activities[1].row, "code", "F.özel")
        records.move(kars, "activity", target.activities[1].row, -1)
        assert codes_of(kars, "activity")[:2] == ["F.özel", "F.1.1.2"]


def test_in_the_layout_of_a_real_book_its_codes_go_on(reference: Path, tmp_path: Path) -> None:
    """Its indicators are counted within the objective, each of which has one target."""
    municipality = read((reference / "defne-2025.json").read_bytes())
    programmes = (replace(municipality.programmes[0], layout="per_target"),)
    path = tmp_path / "defne.perfdesk"
    files.create(path, replace(municipality, programmes=programmes))
    with files.open_store(path, writable=True) as store:
        first, second = store.load().programmes[0].targets[:2]
        new = records.add(store, "indicator", target=first.row)
        records.move(store, "indicator", new, -1)
        ctx = programme_context(store.load(), 2025)
        found = [ctx.codes.indicators[indicator.id] for indicator in ctx.programme.targets[0].indicators]
        # one was typed without its space
        assert found == ["PG 1.1.1", "PG 1.1.2", "PG1.1.3", "PG 1.1.4", "PG 1.1.5", "PG 1.1.6"]
        known = Known(store.load(), ctx.layout.form)
        with pytest.raises(UserError):
            records.write(store, known, "indicator", new, "code", "PG 1.2.1")
        assert second.indicators[0].code == "PG 1.2.1"
