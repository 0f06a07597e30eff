"""Names of files: their suffix, and what cannot stand in them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.domain.administration import Unit
from perfdesk.services.output import naming

ANY_NAME = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("typed", "suffix", "named"),
    [
        ("Ilgın", ".perfdesk", "Ilgın.perfdesk"),
        ("Ilgın.perfdesk", ".perfdesk", "Ilgın.perfdesk"),
        ("ILGIN.PERFDESK", ".perfdesk", "ILGIN.PERFDESK"),
        ("T.C. Ilgın", ".perfdesk", "T.C. Ilgın.perfdesk"),
        ("T.C. Ilgın", ".pdf", "T.C. Ilgın.pdf"),
        ("T.C. Ilgın 2027.xlsx", ".xlsx", "T.C. Ilgın 2027.xlsx"),
    ],
)
def test_a_name_gets_its_suffix_once(typed: str, suffix: str, named: str) -> None:
    path = naming.file_name(Path("/a") / typed, suffix)
    assert path == Path("/a") / named
    assert naming.file_name(path, suffix) == path


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Fen İşleri Müdürlüğü", "Fen İşleri Müdürlüğü"),
        ("Su/Kanal", "Su Kanal"),
        (r'a\b:c*d?e"f<g>h|i', "a b c d e f g h i"),
        ("Park  ve\tBahçeler Md.", "Park ve Bahçeler Md"),
        ("/ .", ""),
    ],
)
def test_what_no_file_system_takes_is_left_out(name: str, cleaned: str) -> None:
    assert naming.clean(name) == cleaned


@given(st.text(max_size=60))
def test_a_cleaned_name_stands_in_a_path(name: str) -> None:
    cleaned = naming.clean(name)
    assert not set(cleaned) & set('<>:"/\\|?*\0\n')
    assert Path("/a/b").with_name(f"x {cleaned}.pdf").parent == Path("/a")
    assert naming.clean(cleaned) == cleaned


@given(ANY_NAME.filter(lambda name: name not in (".", "..")))
def test_any_name_gets_its_suffix(name: str) -> None:
    assert naming.file_name(Path("/a") / name).suffix.lower() == ".perfdesk"


def test_a_document_is_proposed_beside_its_file() -> None:
    source = Path("/a/Güneyçam.perfdesk")
    assert naming.proposed(source, 2027, ".pdf") == Path("/a/Güneyçam 2027.pdf")
    assert naming.proposed(source, 2027, ".xlsx", "Birim dosyası", "Su/Kanal") == Path(
        "/a/Güneyçam 2027 Birim dosyası Su Kanal.xlsx"
    )


@given(ANY_NAME, st.lists(ANY_NAME, max_size=2))
def test_a_proposed_name_is_none_too_long_for_a_file_system(stem: str, of: list[str]) -> None:
    proposed = naming.proposed(Path("/a") / f"{stem * 5}.perfdesk", 2027, ".docx", *(one * 5 for one in of))
    assert len(proposed.name.encode()) <= 245
    assert proposed.suffix == ".docx"


def test_no_two_units_go_to_the_same_file() -> None:
    names = ("Su/Kanal", "Su:Kanal", "SU KANAL", "Fen İşleri", "x" * 200, "x" * 201)
    units = [Unit(f"u{number}", name) for number, name in enumerate(names)]
    places = naming.unit_files(Path("/b"), Path("/a/G.perfdesk"), 2027, "Birim dosyası", units, ".pdf")
    assert list(places) == [unit.id for unit in units]
    assert [place.name for place in places.values()][:4] == [
        "G 2027 Birim dosyası Su Kanal.pdf",
        "G 2027 Birim dosyası Su Kanal (2).pdf",
        "G 2027 Birim dosyası SU KANAL (3).pdf",
        "G 2027 Birim dosyası Fen İşleri.pdf",
    ]
    assert len({place.name.casefold() for place in places.values()}) == len(units)
    assert {place.parent for place in places.values()} == {Path("/b")}
