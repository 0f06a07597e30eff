"""New files: their name, their years, and what is refused."""

from pathlib import Path

import pytest

from perfdesk.domain.errors import UserError
from perfdesk.services import planning
from perfdesk.storage import files


def test_plan_period_is_the_one_of_the_year_or_the_given_one(tmp_path: Path) -> None:
    for given, expected in (
        ({}, (2025, 2029)),
        ({"first_year": 2027, "last_year": 2031}, (2027, 2031)),
        ({"last_year": 2027}, (2025, 2027)),
    ):
        path = tmp_path / f"{len(given)}.perfdesk"
        planning.new_file(path, name="Ilgın Belediyesi", kind="district", year=2027, layout="plain", **given)
        with files.open_store(path, writable=False) as store:
            municipality = store.load()
        (plan,) = municipality.plans
        assert (plan.first_year, plan.last_year) == expected
        assert municipality.administration.name == "Ilgın Belediyesi"
        assert [(programme.year, programme.layout) for programme in municipality.programmes] == [(2027, "plain")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "  "}, "ad"),
        ({"year": 1949}, "1950"),
        ({"first_year": 2028}, "2027"),
        ({"last_year": 2026}, "2027"),
        ({"first_year": 2029, "last_year": 2025}, "dönem"),
        ({"last_year": 2200}, "2199"),
    ],
)
def test_refused_file_is_not_made(tmp_path: Path, changed: dict[str, object], said: str) -> None:
    path = tmp_path / "a.perfdesk"
    asked = {"name": "A", "kind": "town", "year": 2027, **changed}
    with pytest.raises(UserError, match=said):
        planning.new_file(path, **asked)  # type: ignore[arg-type] # a mixture on purpose
    assert not path.exists()


def test_existing_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.perfdesk"
    path.write_text("mine")
    with pytest.raises(UserError):
        planning.new_file(path, name="A", kind="town", year=2027)
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("ILGIN BELEDİYESİ", "Ilgın Belediyesi"),
        ("ılgın belediyesi", "Ilgın Belediyesi"),
        ("istanbul büyükşehir belediyesi", "İstanbul Büyükşehir Belediyesi"),
        ("İznik Belediyesi", "İznik Belediyesi"),
        ("YENİŞEHİR VE ILGIN belediyeler birliği", "Yenişehir ve Ilgın Belediyeler Birliği"),
        ("DOĞANLI-ILICA (ÇAY)", "Doğanlı-Ilıca (Çay)"),
        ("T.C. McDonald belediyesi", "T.C. McDonald Belediyesi"),
        ("19 Mayıs Belediyesi", "19 Mayıs Belediyesi"),
        ("", ""),
    ],
)
def test_names_are_proposed_in_turkish_capitals(typed: str, proposed: str) -> None:
    assert planning.proposed_name(typed) == proposed


@pytest.mark.parametrize(("layout", "form"), [("", ""), ("plain", ""), ("programme_budget", "programme_budget")])
def test_a_new_file_has_the_form_that_goes_with_its_layout(tmp_path, layout, form):
    path = tmp_path / "yeni.perfdesk"
    planning.new_file(path, name="Ilgın Belediyesi", kind="district", year=2027, layout=layout)
    with files.open_store(path, writable=False) as store:
        assert store.load().programmes[0].form == form
