"""Names of files: their suffix, and what cannot stand in them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
