"""The command line as a person or a script meets it: exit codes, sentences, nothing half-written."""

import contextlib
import io
import json
import os
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from tests.unprivileged import as_ordinary_user, needs_users

from perfdesk import cli, paths
from perfdesk.documents.papers import PAPERS
from perfdesk.services import versions
from perfdesk.storage import files

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
        ["export", "x", "--docx", "y"],
        ["export", "x", "--year", "2027", "--pdf", "y", "--xlsx", "y"],
        ["export", "x", "--year", "2027", "--pdf", "y", "--docx", "y"],
        ["export", "x", "--year", "2027", "--paper", "council_summary"],
        ["export", "x", "--year", "2027", "--paper", "council_summary", "--docx", "y"],
        ["export", "x", "--year", "2027", "--paper", "council_summary", "--json", "y"],
        ["export", "x", "--year", "2027", "--paper", "minutes", "--pdf", "y"],
        ["export", "x", "--paper", "cost_tables", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--paper", "cost_tables", "--unit", "Fen", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--paper", "unit_file", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--unit", "Fen", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--paper", "changes", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--paper", "changes", "--from", "1", "--version", "1", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--paper", "changes", "--from", "1", "--layout", "plain", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--from", "1", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--to", "1", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--version", "1", "--layout", "plain", "--pdf", "y"],
        ["export", "x", "--year", "2027", "--version", "first", "--pdf", "y"],
        ["export", "x", "--version", "1", "--json", "y"],
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


@pytest.mark.parametrize(
    ("layout", "order"),
    [
        ("official", ["resource_table", "goals", "performance_target", "administration_performance"]),
        ("programme_budget", ["resource_table", "goals", "sub_programme_indicators", "programme_codes"]),
    ],
)
def test_tables_have_the_promised_shape(run: Run, sample: Path, layout: str, order: list[str]) -> None:
    status, out, _ = run("tables", sample, "--year", 2027, "--layout", layout, "--json")
    tables = json.loads(out)
    assert status == cli.DONE
    first_places = [next(n for n, table in enumerate(tables) if table["kind"] == kind) for kind in order]
    assert first_places == sorted(first_places)
    for table in tables:
        assert list(table) == ["kind", "id", "caption", "header", "rows"]
        width = {len(line) for line in table["header"]} | {len(row["cells"]) for row in table["rows"]}
        assert len(width) <= 1
        for row in table["rows"]:
            assert list(row) == ["role", "key", "cells"]
            assert row["role"] in ("detail", "group", "section", "subsection", "subtotal", "total")
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


def test_export_writes_a_copy_for_word(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run("export", sample, "--year", 2027, "--docx", tmp_path / "kitap.docx") == (0, "", "")
    with zipfile.ZipFile(tmp_path / "kitap.docx") as archive:
        assert "Güneyçam Belediyesi" in archive.read("word/document.xml").decode()
    assert names(tmp_path) == {"kitap.docx"}


@pytest.mark.parametrize(
    ("paper", "words", "more"),
    [
        ("council_summary", "Meclis Özeti", ()),
        ("unit_file", "Fen İşleri Müdürlüğü", ("--unit", "fen işleri")),
        ("cost_tables", "Maliyet Tabloları", ()),
        ("indicator_cards", "Göstergesi Kartları", ()),
        ("control_report", "Kontrol Raporu", ()),
    ],
)
def test_export_writes_papers(
    run: Run, sample: Path, tmp_path: Path, paper: str, words: str, more: tuple[str, ...]
) -> None:
    pdf, xlsx = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    command = ("export", sample, "--year", 2026, "--paper", paper, *more, "--pdf", pdf, "--xlsx", xlsx)
    assert run(*command) == (0, "", "")
    assert words in str(PdfReader(pdf).metadata.title)
    assert words in str(openpyxl.load_workbook(xlsx).properties.title)
    assert names(tmp_path) == {"a.pdf", "a.xlsx"}


def test_papers_of_the_command_line_are_those_there_are() -> None:
    assert {"council_summary", "unit_file", "cost_tables", "indicator_cards", "control_report"} == set(PAPERS)


def test_the_control_report_and_the_workbook_tell_what_check_tells(run: Run, sample: Path, tmp_path: Path) -> None:
    file, pdf, xlsx, book = (tmp_path / name for name in ("a.perfdesk", "a.pdf", "a.xlsx", "b.xlsx"))
    file.write_bytes(sample.read_bytes())
    with files.open_store(file, writable=True) as store, store.step("edit"):
        for target in store.load().programme(2026).targets[:3]:
            store.update("indicator", target.indicators[0].row, unit="")
    told = json.loads(run("check", file, "--year", 2026, "--json")[1])
    assert [one["id"] for one in told] == ["OLC-02"] * 3
    command = ("export", file, "--year", 2026)
    assert run(*command, "--paper", "control_report", "--pdf", pdf, "--xlsx", xlsx) == (0, "", "")
    text = "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "düzeltilmesi gereken 3 hata vardır" in " ".join(text.split())
    rows = openpyxl.load_workbook(xlsx)["Bulgular"].iter_rows(min_row=3, values_only=True)
    assert [row[1:3] for row in rows] == [("OLC-02", "Hata")] * 3
    assert run(*command, "--xlsx", book) == (0, "", "")
    assert notes_of(book) == 3


def test_what_was_submitted_is_written_as_it_was_and_checked_only_when_asked(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    file, report, book = (tmp_path / name for name in ("a.perfdesk", "a.pdf", "a.xlsx"))
    file.write_bytes(sample.read_bytes())
    with files.open_store(file, writable=True) as store:
        indicator = store.load().programme(2026).targets[0].indicators[0]
        with store.step("edit"):
            store.update("indicator", indicator.row, unit="")
        versions.freeze(store, 2026, "2025-10-15")
        with store.step("edit"):
            store.update("indicator", indicator.row, unit=indicator.unit)
    command = ("export", file, "--year", 2026)
    assert run(*command, "--version", 1, "--xlsx", book) == (0, "", "")
    assert notes_of(book) == 0
    assert "Kontrol" not in [row[0] for row in openpyxl.load_workbook(book).worksheets[0].values]
    found = []
    for more in ((), ("--version", 1)):
        assert run(*command, *more, "--paper", "control_report", "--pdf", report) == (0, "", "")
        found.append(" ".join(PdfReader(report).pages[0].extract_text().split()))
    now, then = found
    assert "hata, uyarı ya da bilgi niteliğinde açık bulgu yoktur" in now
    assert "Güncel hâli; Meclise son sunulan: Sürüm 1 (15.10.2025)" in now
    assert "düzeltilmesi gereken 1 hata vardır" in then
    assert "Güncel hâli" not in then


def notes_of(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/comments")]
        return sum(archive.read(name).count(b"<comment ") for name in names)


@pytest.mark.parametrize(
    ("typed", "named"),
    [("Fen İşlari Müdürlüğü", "Fen İşleri Müdürlüğü"), ("hizmetleri", "Destek Hizmetleri Müdürlüğü"), ("Xyz", "Xyz")],
)
def test_a_unit_that_is_not_known_or_could_be_several(
    run: Run, sample: Path, tmp_path: Path, typed: str, named: str
) -> None:
    command = ("export", sample, "--year", 2026, "--paper", "unit_file", "--unit", typed, "--pdf", tmp_path / "a.pdf")
    status, out, err = run(*command)
    assert (status, out) == (cli.REFUSED, "")
    assert f"“{typed}”" in err
    assert named in err
    assert names(tmp_path) == set()


def test_export_of_versions_and_of_what_changed(run: Run, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.perfdesk"
    file.write_bytes(sample.read_bytes())
    with files.open_store(file, writable=True) as store:
        assert versions.freeze(store, 2026, "2025-10-15") == 1
        stamp = versions.stamp_of(store, 2026, 1)
        target = store.load().programme(2026).targets[0]
        with store.step("edit"):
            store.update("target", target.row, title="Bambaşka bir hedef")
    title = target.title
    now, then = tmp_path / "now.pdf", tmp_path / "then.pdf"
    paper = ("export", file, "--year", 2026, "--paper", "indicator_cards")
    assert run(*paper, "--pdf", now) == (0, "", "")
    assert run(*paper, "--version", 1, "--pdf", then) == (0, "", "")
    texts = [" ".join(PdfReader(path).pages[0].extract_text().split()) for path in (now, then)]
    assert ["Bambaşka bir hedef" in text for text in texts] == [True, False]
    assert [title in text for text in texts] == [False, True]
    assert [stamp in text for text in texts] == [False, True]
    assert run("export", file, "--year", 2026, "--version", 1, "--xlsx", tmp_path / "a.xlsx") == (0, "", "")
    footer = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].oddFooter
    assert stamp in str(footer.left.text)
    assert run("export", file, "--year", 2026, "--version", 1, "--docx", tmp_path / "a.docx") == (0, "", "")
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        feet = [archive.read(name).decode() for name in archive.namelist() if name.startswith("word/footer")]
    assert any(stamp in foot for foot in feet)
    changed = ("export", file, "--year", 2026, "--paper", "changes", "--from", 1)
    assert run(*changed, "--xlsx", tmp_path / "b.xlsx") == (0, "", "")
    cells = [cell.value for sheet in openpyxl.load_workbook(tmp_path / "b.xlsx") for row in sheet for cell in row]
    assert "Bambaşka bir hedef" in cells
    for wrong in ((*paper, "--version", 7), (*changed, "--to", 7)):
        status, out, err = run(*wrong, "--pdf", tmp_path / "no.pdf")
        assert (status, out) == (cli.REFUSED, "")
        assert "7" in err
    assert not (tmp_path / "no.pdf").exists()


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


@pytest.mark.parametrize("folder", ["", "sub/../", "other/"])
def test_two_outputs_in_one_place(run: Run, sample: Path, tmp_path: Path, folder: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "other").symlink_to(tmp_path)
    before = names(tmp_path)
    status, out, err = run(
        "export", sample, "--year", 2027, "--pdf", tmp_path / "a.x", "--xlsx", f"{tmp_path}/{folder}a.x"
    )
    assert (status, out) == (cli.USAGE, "")
    assert "hata" in err
    assert names(tmp_path) == before


@pytest.mark.parametrize("wrong", ["missing/x", "folder", "x" * 300, "file/x", "pipe"])
def test_all_outputs_or_none(run: Run, sample: Path, tmp_path: Path, wrong: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "old.pdf").write_bytes(b"last week's")
    os.mkfifo(tmp_path / "pipe")
    before = names(tmp_path)
    for pdf in ("ok.pdf", "old.pdf"):
        status, out, err = run(
            "export", sample, "--year", 2027, "--pdf", tmp_path / pdf, "--xlsx", tmp_path / wrong, "--json", pdf
        )
        assert (status, out) == (cli.REFUSED, "")
        assert Path(wrong).name in err
        assert names(tmp_path) == before
    assert (tmp_path / "old.pdf").read_bytes() == b"last week's"
    assert not Path("ok.pdf").exists()


def test_export_never_overwrites_a_perfdesk_file(run: Run, sample: Path, tmp_path: Path) -> None:
    other, link = tmp_path / "other.perfdesk", tmp_path / "link"
    other.write_bytes(sample.read_bytes())
    link.symlink_to(other)
    for output in (other, link):
        status, out, err = run("export", sample, "--json", output)
        assert (status, out) == (cli.REFUSED, "")
        assert "bir perfdesk dosyası" in err
    assert other.read_bytes() == sample.read_bytes()


def test_export_never_overwrites_what_belongs_to_its_source(run: Run, sample: Path, tmp_path: Path) -> None:
    source, link = tmp_path / "a.perfdesk", tmp_path / "link.perfdesk"
    source.write_bytes(sample.read_bytes())
    link.symlink_to(source)
    for ending in ("-journal", ".lock"):
        for opened in (source, link):
            status, out, err = run("export", opened, "--json", f"{source}{ending}")
            assert (status, out) == (cli.REFUSED, "")
            assert f"a.perfdesk{ending}" in err
    assert names(tmp_path) == {"a.perfdesk", "link.perfdesk"}
    # another program's database is nobody's concern here
    (tmp_path / "b").write_bytes(b"SQLite format 3\0" + bytes(100))
    assert run("export", source, "--json", tmp_path / "b")[0] == cli.DONE


def test_names_the_system_refuses(run: Run, sample: Path, tmp_path: Path) -> None:
    for folder in (tmp_path, Path()):
        long = folder / ("ş" * 300)
        for command in (
            ["new", long, "--name", "A", "--kind", "town", "--year", 2027],
            ["import", SAMPLE, long],
            ["import", long, tmp_path / "a.perfdesk"],
            ["export", sample, "--year", 2027, "--pdf", long],
            ["info", long],
        ):
            status, out, err = run(*command)
            assert (status, out) == (cli.REFUSED, "")
            assert "ad çok uzun" in err
    assert names(tmp_path) == set()


@needs_users
def test_folder_that_may_not_be_searched(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "a.perfdesk").write_bytes(sample.read_bytes())
    (tmp_path / "data.json").write_bytes(SAMPLE.read_bytes())
    closed = tmp_path / "closed"
    closed.mkdir()

    def all_ways() -> list[tuple[int, str]]:
        closed.chmod(0o600)
        answers = []
        for command in (
            ["new", closed / "x", "--name", "A", "--kind", "town", "--year", 2027],
            ["import", tmp_path / "data.json", closed / "x"],
            ["export", tmp_path / "a.perfdesk", "--year", 2027, "--xlsx", closed / "x"],
        ):
            with contextlib.redirect_stderr(io.StringIO()) as err:
                answers.append((cli.run([str(word) for word in command]), err.getvalue()))
        closed.chmod(0o700)
        return answers

    for status, err in as_ordinary_user(all_ways, tmp_path):
        assert status == cli.REFUSED
        assert err == f"“{closed / 'x'}” yazılamadı: yetkiniz yok.\n"


def started(*arguments: object, streams: str = "", before: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run the program as a shell starts it, with streams led as the shell's words say."""
    code = "import sys; from perfdesk.__main__ import main; sys.exit(main(sys.argv[1:]))"
    words = shlex.join([sys.executable, "-c", code, *map(str, arguments)])
    return subprocess.run(["sh", "-c", f"{before} {words} {streams}"], check=False, capture_output=True)


needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="streams are closed as a shell of Unix does it")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


@needs_shell
@pytest.mark.parametrize(
    ("streams", "word"),
    [
        (">&-", "kapalı"),
        ("1</dev/null", "kapalı"),
        pytest.param(">/dev/full", "disk dolu", marks=needs_full),
        pytest.param(">/dev/full 2>/dev/full", "", marks=needs_full),
        (">&- 2>&-", ""),
    ],
)
def test_standard_output_that_takes_nothing(sample: Path, streams: str, word: str) -> None:
    for command in (
        ["tables", sample, "--year", 2027, "--json"],
        ["tables", sample, "--year", 2027],
        ["info", sample],
        ["info", sample, "--json"],
        ["--help"],
        ["--version"],
    ):
        done = started(*command, streams=streams)
        err = done.stderr.decode()
        assert (done.returncode, done.stdout) == (cli.REFUSED, b""), err
        assert word in err
        assert err.count("\n") == bool(word)


@needs_shell
def test_what_shows_nothing_needs_no_standard_output(sample: Path, tmp_path: Path) -> None:
    done = started("export", sample, "--json", tmp_path / "a.json", streams=">&-")
    assert (done.returncode, done.stderr) == (cli.DONE, b"")
    assert names(tmp_path) == {"a.json"}
    for streams in ("2>&-", "2>/dev/full"):
        assert started("export", "x", streams=streams).returncode == cli.USAGE
        assert started("info", tmp_path, streams=streams).returncode == cli.REFUSED


@needs_shell
def test_a_reader_that_has_seen_enough(sample: Path) -> None:
    done = started("tables", sample, "--year", 2027, streams="| :")
    assert (done.returncode, done.stderr) == (cli.DONE, b"")


@needs_shell
def test_deleted_current_folder(sample: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    before = f"mkdir {shlex.quote(str(gone))} && cd {shlex.quote(str(gone))} && rmdir {shlex.quote(str(gone))} &&"
    for command in (
        ["new", "x", "--name", "A", "--kind", "town", "--year", 2027],
        ["import", SAMPLE, "x"],
        ["info", "x"],
        ["export", sample, "--json", "x"],
        ["export", "x", "--json", tmp_path / "x"],
    ):
        done = started(*command, before=before)
        err = done.stderr.decode()
        assert done.returncode == cli.REFUSED
        assert err.startswith("“x” ")
        assert err.count("\n") == 1
    assert started("export", sample, "--json", tmp_path / "x", before=before).returncode == cli.DONE


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


def without_units(tmp_path: Path) -> Path:
    """The sample's exchange data with one fault in its year of the classic form."""
    data = json.loads(SAMPLE.read_bytes())
    next(one for one in data["programmes"] if one["year"] == 2026)["targets"][3]["indicators"][1]["unit"] = ""
    path = tmp_path / "veri.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_check_finds_nothing_in_the_sample(run: Run, sample: Path) -> None:
    for year in (2026, 2027):
        assert run("check", sample, "--year", year) == (0, "Bulgu yok.\n", "")
        assert run("check", sample, "--year", year, "--json", "--fail-on", "info") == (0, "[]\n", "")


def test_check_takes_a_file_or_exchange_data(run: Run, tmp_path: Path) -> None:
    data, file = without_units(tmp_path), tmp_path / "dosya.perfdesk"
    run("import", data, file)
    of_data, of_file = (run("check", path, "--year", 2026, "--json") for path in (data, file))
    assert of_data == of_file
    (found,) = json.loads(of_data[1])
    assert found.keys() == {"id", "severity", "message", "where"}
    assert (found["id"], found["severity"]) == ("OLC-02", "error")
    assert found["where"] == {"kind": "indicator", "id": "i1.2.2.2", "field": "unit"}
    assert "ölçü birimi yok" in found["message"]


def test_check_tells_by_criterion(run: Run, tmp_path: Path) -> None:
    status, out, err = run("check", without_units(tmp_path), "--year", 2026)
    head, line, blank, numbers = out.splitlines()
    assert (status, err, blank) == (0, "", "")
    assert head == "OLC – Ölçülebilirlik"
    assert line.startswith("  OLC-02 (hata) PG 1.2.2.2 ")
    assert numbers == "1 hata, 0 uyarı, 0 bilgi"


@pytest.mark.parametrize(("grave", "status"), [("error", 3), ("warning", 3), ("info", 3)])
def test_check_fails_a_script_that_asks_for_it(run: Run, tmp_path: Path, grave: str, status: int) -> None:
    data = without_units(tmp_path)
    assert run("check", data, "--year", 2026, "--fail-on", grave)[0] == status
    assert run("check", data, "--year", 2027, "--fail-on", grave)[0] == 0


def test_a_warning_is_no_error_to_a_script(run: Run, tmp_path: Path) -> None:
    data = json.loads(SAMPLE.read_bytes())
    next(one for one in data["programmes"] if one["year"] == 2026)["targets"][3]["indicators"][1]["source"] = ""
    path = tmp_path / "veri.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert [run("check", path, "--year", 2026, "--fail-on", grave)[0] for grave in ("error", "warning")] == [0, 3]


def test_check_refuses_with_a_sentence(run: Run, sample: Path, tmp_path: Path) -> None:
    status, out, err = run("check", sample, "--year", 2031)
    assert (status, out) == (cli.REFUSED, "")
    assert "2031" in err
    missing = run("check", tmp_path / "yok.json", "--year", 2026)
    assert (missing[0], missing[1]) == (cli.REFUSED, "")
    assert run("check", sample)[0] == cli.USAGE


def test_check_holds_a_report_against_what_the_council_decided(run: Run, tmp_path: Path) -> None:
    data = json.loads(SAMPLE.read_bytes())
    of_year = next(one for one in data["programmes"] if one["year"] == 2026)
    path, file = tmp_path / "veri.json", tmp_path / "dosya.perfdesk"
    first = of_year["targets"][0]["indicators"][0]
    of_year["results"] = {
        "indicators": [
            {"indicator": first["id"], "period": "year", "value": first["values"]["2026"], "explanation": ""}
        ]
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    run("import", path, file)
    with files.open_store(file, writable=True) as store:
        versions.freeze(store, 2026, "2025-11-03", decision="41", decision_date="2025-11-10")
        row = next(
            indicator.row
            for target in store.load().programme(2026).targets
            for indicator in target.indicators
            if indicator.id == first["id"]
        )
        value = store.find("indicator_value", indicator=row, year=2026, kind="target")
        with store.step("x"):
            store.update("indicator_value", value, content="77.5")
    found = json.loads(run("check", file, "--year", 2026, "--json")[1])
    assert [one["where"]["id"] for one in found if one["id"] == "TUT-01"] == [first["id"]]
