"""Frozen versions: printed again as they were whatever has been edited since, and kept with the file."""

import dataclasses
import json
import re
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from tests.documents.writers.pdf_reading import pages
from tests.dump import dump
from tests.example import YEAR, example
from tests.strategies import content

from perfdesk import cli, paths
from perfdesk.domain.administration import Picture
from perfdesk.domain.control import Appropriations
from perfdesk.domain.errors import UserError
from perfdesk.domain.results import Results
from perfdesk.domain.versions import of_year
from perfdesk.exchange import snapshots
from perfdesk.exchange.reading import read
from perfdesk.exchange.writing import write
from perfdesk.services import rolling, versions
from perfdesk.services.output.exporting import book, programme_context
from perfdesk.services.rolling import Options
from perfdesk.storage import files
from perfdesk.storage.store import Store

DATE = "2026-10-15"


def retitle(store: Store, title: str = "Başka bir hedef") -> None:
    with store.step("x"):
        store.update("target", store.rows("target")[0], title=title)


def test_version_prints_the_same_bytes_after_every_later_edit(store: Store) -> None:
    before = book(programme_context(store.load(), YEAR))
    assert versions.freeze(store, YEAR, DATE) == 1
    frozen = versions.version_book(store, YEAR, 1)
    retitle(store)
    with store.step("x"):
        store.update("administration", 1, name="Bambaşka Belediyesi", colour="#aa0000", logo="")
        store.update("unit", store.rows("unit")[0], name="Yol İşleri Müdürlüğü")
        store.update("programme", store.rows("programme")[0], layout="metropolitan", layout_settings={})
        store.update("goal", store.rows("goal")[0], title="Bambaşka bir amaç")
        store.delete("policy_document", store.rows("policy_document")[0])
        for row in store.rows("section_block"):
            store.delete("section_block", row)
        for row in store.rows("picture"):
            store.delete("picture", row)
    assert versions.version_book(store, YEAR, 1) == frozen
    with files.open_store(store.path, writable=False) as reopened:
        assert versions.version_book(reopened, YEAR, 1) == frozen
    # without its stamp it is the book as it was
    assert book(versions.version_context(store, YEAR, 1)) == before
    assert book(programme_context(store.load(), YEAR)) != before


def test_stamp_stands_on_every_page(store: Store) -> None:
    versions.freeze(store, YEAR, DATE, decision="2026/45")
    stamp = versions.stamp_of(store, YEAR, 1)
    assert re.fullmatch(r"Sürüm 1 \(15\.10\.2026\) · Meclis kararı 2026/45 · [0-9a-f]{12}", stamp)
    printed = pages(versions.version_book(store, YEAR, 1))
    assert len(printed) > 5
    assert all(page.count(stamp) == 1 for page in printed)
    assert not any("Sürüm" in page for page in pages(book(programme_context(store.load(), YEAR))))


def test_stamp_without_a_decision_is_completed_later(store: Store) -> None:
    versions.freeze(store, YEAR, DATE)
    hash_ = versions.latest(store.load(), YEAR).hash  # type: ignore[union-attr] # just frozen
    assert versions.stamp_of(store, YEAR, 1) == f"Sürüm 1 (15.10.2026) · {hash_}"
    versions.decide(store, YEAR, 1, decision=" 2026/45 ", decision_date="2026-11-03", note="Oy birliği")
    (version,) = versions.versions(store.load(), YEAR)
    assert (version.decision, version.decision_date, version.note) == ("2026/45", "2026-11-03", "Oy birliği")
    assert (version.number, version.date, version.hash) == (1, DATE, hash_)
    versions.decide(store, YEAR, 1, decision="2026/46")
    assert versions.versions(store.load(), YEAR)[0].note == "Oy birliği"
    store.undo()
    assert versions.versions(store.load(), YEAR)[0] == version


def test_later_edits_make_a_new_version(store: Store) -> None:
    assert versions.latest(store.load(), YEAR) is None
    versions.freeze(store, YEAR, DATE)
    with pytest.raises(UserError, match=r"1 numaralı|version 1"):
        versions.freeze(store, YEAR, "2026-10-20")
    retitle(store)
    assert versions.freeze(store, YEAR, "2026-11-02") == 2
    first, second = versions.versions(store.load(), YEAR)
    assert first.hash != second.hash
    assert versions.latest(store.load(), YEAR) == second
    titles = [versions.open_version(store, YEAR, n)[1].targets[0].title for n in (1, 2)]
    assert titles == ["Yolların <yenilenmesi> & bakımı", "Başka bir hedef"]
    # another year counts for itself
    assert versions.freeze(store, 2024, DATE) == 1


def test_what_the_year_does_not_print_from_is_no_change(store: Store) -> None:
    versions.freeze(store, YEAR, DATE)

    def differs() -> bool:
        return versions.differs(store, store.load(), YEAR, 1)

    with store.step("x"):
        former = store.find("programme", year=2024)
        store.update("target", store.find("target", programme=former), title="Eski yılın hedefi")  # type: ignore[arg-type]
        store.update("plan", store.find("plan", first_year=2020), mission="Eski")  # type: ignore[arg-type] # both there
        store.insert("debt", programme=store.find("programme", year=YEAR), position=0, name="Borç", amount=Decimal(1))
        store.insert("picture", position=9, identity="yeni", name="yeni.png", media_type="image/png", data=b"\x89PNG")
    assert not differs()
    retitle(store)
    assert differs()
    store.undo()
    assert not differs()


def test_version_is_compared_by_what_it_holds(store: Store) -> None:
    """Another program may have written the same content with keys in another order, or fewer of them."""
    municipality = of_year(store.load(), store.load().programmes[0])
    written = json.dumps(json.loads(write(municipality)), indent=2).encode()
    versions.freeze(store, YEAR, DATE)
    with store.step("x"):
        row = store.rows("version")[0]
        store.update("version", row, hash=snapshots.hash_of(written))
        store.update("version_content", row, data=snapshots.pack(written))
    assert not versions.differs(store, store.load(), YEAR, 1)


def test_freezing_and_deleting_are_one_step_each(store: Store) -> None:
    empty = dump(store)
    versions.freeze(store, YEAR, DATE, note="İlk görüşme")
    frozen, printed = dump(store), versions.version_book(store, YEAR, 1)
    store.undo()
    assert dump(store) == empty
    store.redo()
    assert dump(store) == frozen
    versions.delete(store, YEAR, 1)
    assert dump(store) == empty
    store.undo()
    assert dump(store) == frozen
    assert versions.version_book(store, YEAR, 1) == printed


def test_year_takes_its_versions_with_it(store: Store) -> None:
    versions.freeze(store, YEAR, DATE)
    frozen = dump(store)
    with store.step("x"):
        store.delete("programme", store.find("programme", year=YEAR))  # type: ignore[arg-type] # it is there
    assert not {table for table, _ in dump(store)} & {"version", "version_content"}
    store.undo()
    assert dump(store) == frozen


def test_next_year_begins_without_versions(store: Store) -> None:
    versions.freeze(store, YEAR, DATE)
    rolling.roll_over(store, YEAR + 1, Options())
    assert versions.versions(store.load(), YEAR + 1) == ()
    assert len(versions.versions(store.load(), YEAR)) == 1


def test_contents_are_read_only_when_asked_for(store: Store) -> None:
    versions.freeze(store, YEAR, DATE)
    (version,) = versions.versions(store.load(), YEAR)
    assert not version.data
    (whole,) = versions.versions(versions.whole(store), YEAR)
    assert snapshots.hash_of(snapshots.unpack(whole.data, whole.hash, 1 << 24)) == version.hash
    assert whole == version


def test_exchange_carries_versions_and_never_leaves_them_out(store: Store, tmp_path: Path) -> None:
    versions.freeze(store, YEAR, DATE)
    retitle(store)
    versions.freeze(store, YEAR, "2026-11-02", decision="2026/51", decision_date="2026-11-05", note="İkinci")
    data = write(versions.whole(store))
    with pytest.raises(ValueError, match="has not been loaded"):
        write(store.load())
    files.create(tmp_path / "again.perfdesk", read(data))
    with files.open_store(tmp_path / "again.perfdesk", writable=False) as again:
        assert again.load() == store.load()
        assert write(versions.whole(again)) == data
        for number in (1, 2):
            assert versions.version_book(again, YEAR, number) == versions.version_book(store, YEAR, number)


def test_command_line_exports_versions(store: Store, tmp_path: Path) -> None:
    versions.freeze(store, YEAR, DATE)
    expected = write(versions.whole(store))
    store.close()
    assert cli.run(["export", str(store.path), "--json", str(tmp_path / "x.json")]) == cli.DONE
    assert content(json.loads((tmp_path / "x.json").read_bytes())) == content(json.loads(expected))


def test_damaged_content_is_refused(store: Store) -> None:
    versions.freeze(store, YEAR, DATE)
    path = store.path
    store.close()
    with closing(sqlite3.connect(path)) as db:
        (data,) = db.execute("SELECT data FROM version_content").fetchone()
        other = snapshots.pack(
            snapshots.unpack(data, snapshots.hash_of(_plain(data)), 1 << 24).replace(b"Asfalt", b"Asfals")
        )
        db.execute("UPDATE version_content SET data = ?", [other])
        db.commit()
    with files.open_store(path, writable=True) as damaged:
        assert len(versions.versions(damaged.load(), YEAR)) == 1
        with pytest.raises(UserError, match=r"bozul|damaged|hasar"):
            versions.version_book(damaged, YEAR, 1)


def _plain(data: bytes) -> bytes:
    import zlib

    return zlib.decompress(data)


@pytest.mark.parametrize("date", ["", "15.10.2026", "2026-13-01", "2026-02-30", "yarın"])
def test_only_dates_are_taken(store: Store, date: str) -> None:
    with pytest.raises(UserError):
        versions.freeze(store, YEAR, date)
    assert versions.versions(store.load(), YEAR) == ()


def test_what_is_not_there_is_said(store: Store) -> None:
    for number in (0, 1):
        with pytest.raises(UserError):
            versions.open_version(store, YEAR, number)
        with pytest.raises(UserError):
            versions.delete(store, YEAR, number)
    with pytest.raises(UserError):
        versions.freeze(store, 1999, DATE)


def test_cut_keeps_what_the_year_prints_from() -> None:
    municipality = example()
    extra = Picture("başka", "b.png", "image/png", municipality.pictures[0].data)
    municipality = dataclasses.replace(municipality, pictures=(*municipality.pictures, extra))
    programme = municipality.programmes[0]
    cut = of_year(municipality, programme)
    assert [plan.first_year for plan in cut.plans] == [2025]
    assert [picture.id for picture in cut.pictures] == ["logo"]
    assert [entry.id for entry in cut.programme_list] == ["p1"]
    assert cut.units == municipality.units
    # nor is what the programme is checked against anything that it prints
    beside = {"results": Results(), "appropriations": Appropriations(), "acceptances": ()}
    assert cut.programmes == (dataclasses.replace(programme, **beside),)
    assert read(write(cut)) == cut


def test_whole_sample(tmp_path: Path) -> None:
    """The largest thing to freeze: its book comes out the same from the snapshot and from the file."""
    municipality = read(paths.resource("sample", "guneycam.json").read_bytes())
    files.create(tmp_path / "örnek.perfdesk", municipality)
    with files.open_store(tmp_path / "örnek.perfdesk", writable=True) as store:
        for year in (programme.year for programme in municipality.programmes):
            versions.freeze(store, year, DATE)
            assert book(versions.version_context(store, year, 1)) == book(programme_context(store.load(), year))


def test_stamp_says_when_the_council_decided(store: Store) -> None:
    versions.freeze(store, YEAR, DATE, decision="2026/45", decision_date="2026-11-03")
    assert " · Meclis kararı 2026/45 (03.11.2026) · " in versions.stamp_of(store, YEAR, 1)
