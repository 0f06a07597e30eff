"""The command line as a person or a script meets it: exit codes, sentences, nothing half-written."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfdesk import cli, paths

SAMPLE = paths.resource("sample", "guneycam.json")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_command(*arguments: object) -> tuple[int, str, str]:
        status = cli.run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run_command


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "sample.perfdesk"
    assert cli.run(["import", str(SAMPLE), str(path)]) == cli.DONE
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_new_makes_a_file_with_an_empty_programme(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "Iğdır.perfdesk"
    assert run("new", file, "--name", "Iğdır Belediyesi", "--kind", "province", "--year", 2027) == (0, "", "")
    status, out, _ = run("info", file, "--json")
    info = json.loads(out)
    assert (status, info["administration"], info["years"], info["layout"]) == (
        0,
        "Iğdır Belediyesi",
        [2027],
        "official",
    )
    assert info["plans"] == [[2025, 2029]]
    assert names(tmp_path) == {"Iğdır.perfdesk"}


def test_the_file_s_own_layout_is_used_unless_one_is_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.perfdesk"
    run("new", file, "--name", "A", "--kind", "town", "--year", 2027, "--layout", "plain")
    assert json.loads(run("info", file, "--json")[1])["layout"] == "plain"
    kinds = {table["kind"] for table in json.loads(run("tables", file, "--year", 2027, "--json")[1])}
    assert kinds == {"goals", "responsible_units"}
    named = json.loads(run("tables", file, "--year", 2027, "--layout", "official", "--json")[1])
    assert "total_resource_need" in {table["kind"] for table in named}


def test_an_existing_file_is_refused_unchanged(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.perfdesk"
    file.write_bytes(b"somebody's")
    for command in (["new", file, "--name", "A", "--kind", "town", "--year", 2027], ["import", SAMPLE, file]):
        status, out, err = run(*command)
        assert (status, out) == (cli.REFUSED, "")
        assert "zaten var" in err
        assert file.read_bytes() == b"somebody's"
    assert names(tmp_path) == {"a.perfdesk"}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["--nonsense"],
        ["new", "x"],
        ["new", "x", "--name", "A", "--kind", "village", "--year", "2027"],
        ["new", "x", "--name", "A", "--kind", "town", "--year", "soon"],
        ["export", "x"],
        ["export", "x", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--pdf", "y", "--xlsx", "y"],
        ["tables", "x", "--year", "2027", "--layout", "fancy", "--json"],
        ["tables", "x"],
    ],
)
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (cli.USAGE, "")
    assert "hata" in err


def test_an_unknown_year_is_refused_with_the_years_there_are(run: Run, sample: Path, tmp_path: Path) -> None:
    for command in (
        ["tables", sample, "--year", 1999, "--json"],
        ["export", sample, "--year", 1999, "--pdf", tmp_path / "a.pdf"],
    ):
        status, out, err = run(*command)
        assert (status, out) == (cli.REFUSED, "")
        assert "1999" in err
        assert "2026, 2027" in err
    assert names(tmp_path) == set()


def test_a_year_or_name_that_cannot_be(run: Run, tmp_path: Path) -> None:
    for name, year in (("A", 1066), ("  ", 2027)):
        status, _, err = run("new", tmp_path / "a.perfdesk", "--name", name, "--kind", "town", "--year", year)
        assert status == cli.REFUSED
        assert err.endswith(".\n")
    assert names(tmp_path) == set()


def test_tables_have_the_promised_shape(run: Run, sample: Path) -> None:
    status, out, _ = run("tables", sample, "--year", 2027, "--json")
    tables = json.loads(out)
    assert status == cli.DONE
    order = ["resource_table", "goals", "performance_target", "administration_performance"]
    first_places = [next(n for n, table in enumerate(tables) if table["kind"] == kind) for kind in order]
    assert first_places == sorted(first_places)
    for table in tables:
        assert list(table) == ["kind", "id", "caption", "header", "rows"]
        width = {len(line) for line in table["header"]} | {len(row["cells"]) for row in table["rows"]}
        assert len(width) <= 1
        for row in table["rows"]:
            assert list(row) == ["role", "key", "cells"]
            assert row["role"] in ("detail", "group", "subtotal", "total")
            assert all(isinstance(cell, str) for cell in row["cells"])
        keys = [row["key"] for row in table["rows"] if row["role"] != "group"]
        assert len(keys) == len(set(keys))


def test_tables_as_text(run: Run, sample: Path) -> None:
    status, out, _ = run("tables", sample, "--year", 2027)
    assert status == cli.DONE
    assert "Personel Giderleri" in out


def test_export_json_gives_the_content_back(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run("export", sample, "--json", tmp_path / "all.json") == (0, "", "")
    assert content(json.loads((tmp_path / "all.json").read_text("utf-8"))) == content(
        json.loads(SAMPLE.read_text("utf-8"))
    )


def test_export_writes_book_and_workbook(run: Run, sample: Path, tmp_path: Path) -> None:
    pdf, xlsx = tmp_path / "kitap.pdf", tmp_path / "kitap.xlsx"
    pdf.write_bytes(b"last week's")
    assert run("export", sample, "--year", 2027, "--pdf", pdf, "--xlsx", xlsx) == (0, "", "")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert xlsx.read_bytes().startswith(b"PK")
    assert names(tmp_path) == {"kitap.pdf", "kitap.xlsx"}


def test_export_never_overwrites_its_source(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    status, _, err = run("export", sample, "--json", sample)
    assert status == cli.REFUSED
    assert "kendisidir" in err
    assert sample.read_bytes() == before


def test_export_where_nothing_can_be_written(run: Run, sample: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "missing" / "a.json", tmp_path):
        status, out, err = run("export", sample, "--json", target)
        assert (status, out) == (cli.REFUSED, "")
        assert err.endswith(".\n")
    assert names(tmp_path) == set()


def test_missing_and_foreign_files(run: Run, tmp_path: Path) -> None:
    foreign = tmp_path / "letter.perfdesk"
    foreign.write_text("Sayın Başkanım", encoding="utf-8")
    for file, word in ((tmp_path / "none.perfdesk", "yok"), (foreign, "perfdesk dosyası değil"), (tmp_path, "klasör")):
        status, out, err = run("info", file)
        assert (status, out) == (cli.REFUSED, "")
        assert word in err
    assert run("import", tmp_path / "none.json", tmp_path / "x.perfdesk")[0] == cli.REFUSED
    assert names(tmp_path) == {"letter.perfdesk"}


def test_utf8_in_any_locale_and_without_qt(sample: Path) -> None:
    code = (
        "import sys; from perfdesk.__main__ import main; status = main(sys.argv[1:]);"
        "assert not [m for m in sys.modules if m.startswith('PySide6')], 'Qt was imported'; sys.exit(status)"
    )
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    environment.pop("DISPLAY", None)
    done = subprocess.run(
        [sys.executable, "-c", code, "tables", sample, "--year", "2027", "--json"],
        check=False,
        capture_output=True,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert "Güneyçam Belediyesi" in done.stdout.decode("utf-8")


def content(data: Any) -> Any:
    """Return data without what holds nothing: the format's "same content"."""
    if isinstance(data, dict):
        inner = {key: content(value) for key, value in data.items()}
        return {key: value for key, value in inner.items() if value is not None and value not in ("", [], {})}
    return [content(item) for item in data] if isinstance(data, list) else data
