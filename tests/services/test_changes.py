"""The change booklet and its workbook, from the versions of a file."""

import io
import re

import openpyxl
import pytest
from tests.documents.writers.pdf_reading import bookmarks, misplaced, pages
from tests.example import YEAR

from perfdesk.domain.errors import UserError
from perfdesk.services import versions
from perfdesk.services.changes import changes_book, changes_workbook
from perfdesk.storage.store import Store


@pytest.fixture
def edited(store: Store) -> Store:
    """A file with a version, an edit, a second version, and another edit."""
    versions.freeze(store, YEAR, "2026-10-15", decision="2026/45")
    with store.step("x"):
        store.update("target", store.rows("target")[0], title="Yolların yenilenmesi ve izlenmesi")
        store.update("section_block", store.rows("section_block")[1], runs=())
    versions.freeze(store, YEAR, "2026-11-02")
    with store.step("x"):
        store.update("activity", store.find("activity", name="Asfalt"), name="Sıcak asfalt")  # type: ignore[arg-type]
    return store


def text(content: bytes) -> str:
    return " ".join(" ".join(pages(content)).split())


def test_booklet_names_what_it_compares_and_what_changed(edited: Store) -> None:
    content = changes_book(edited, YEAR, 1, 2)
    first = " ".join(pages(content)[0].split())
    for stamp in (versions.stamp_of(edited, YEAR, 1), versions.stamp_of(edited, YEAR, 2)):
        assert stamp in first
    printed = text(content)
    assert "Yolların yenilenmesi ve izlenmesi" in printed
    assert "Sıcak asfalt" not in printed
    assert re.search(r"yeniden basılması gereken sayfalar: [\d, –]+\.", printed)
    assert not misplaced(content)
    assert bookmarks(content)[0][1] == "Değişiklik Kitapçığı"
    assert changes_book(edited, YEAR, 1, 2) == content


def test_present_state_is_compared_too(edited: Store) -> None:
    printed = text(changes_book(edited, YEAR, 2))
    assert "Güncel hâli" in printed
    stamped = re.compile(r"Çalışma nüshası \(\d\d\.\d\d\.\d{4} \d\d:\d\d\)")
    assert all(stamped.search(page) for page in pages(changes_book(edited, YEAR, 2)))
    assert not stamped.search(text(changes_book(edited, YEAR, 1, 2)))
    assert "Sıcak asfalt" in printed
    assert "yeniden basılması gereken sayfalar" in printed


def test_nothing_changed(edited: Store) -> None:
    printed = text(changes_book(edited, YEAR, 2, 2))
    assert "İki sürüm arasında değişiklik bulunmamaktadır." in printed
    assert "içeriği değişen sayfa bulunmamaktadır" in printed
    assert "Değişen Tablo ve Metinler" not in printed


def test_pages_to_print_again_make_the_old_print_the_new_book(edited: Store) -> None:
    """The listed pages are those whose texts differ, running head and foot aside."""
    listed = re.search(r"gereken sayfalar: ([\d, –]+)\.", text(changes_book(edited, YEAR, 1, 2)))
    assert listed
    named: set[int] = set()
    for part in listed[1].split(", "):
        first, _, last = part.partition("–")
        named |= set(range(int(first), int(last or first) + 1))
    old, new = (
        [page.replace(versions.stamp_of(edited, YEAR, n), "") for page in pages(versions.version_book(edited, YEAR, n))]
        for n in (1, 2)
    )
    assert len(old) == len(new)
    assert named == {n for n, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b}


def test_workbook_has_the_values(edited: Store) -> None:
    book = openpyxl.load_workbook(io.BytesIO(changes_workbook(edited, YEAR, 1)))
    assert book.sheetnames == ["Özet", "Değişen Bilgiler"]
    cells = {str(cell.value) for line in book["Değişen Bilgiler"].iter_rows() for cell in line if cell.value}
    assert {"Yolların yenilenmesi ve izlenmesi", "Sıcak asfalt", "Asfalt", "Performans Hedefi"} <= cells


def test_versions_that_are_not_there(edited: Store) -> None:
    for old, new in ((3, None), (1, 3), (0, 1)):
        with pytest.raises(UserError):
            changes_book(edited, YEAR, old, new)
    with pytest.raises(UserError):
        changes_workbook(edited, 1999, 1)
