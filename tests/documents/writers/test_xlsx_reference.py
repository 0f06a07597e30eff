"""The workbooks of the sample and the reference programmes: every figure a number, computed alike by LibreOffice."""

import re
import shutil
import subprocess
import zipfile
from functools import cache
from io import BytesIO

import pytest
from tests.documents.writers.sheets import Evaluator, load, turkish

from perfdesk.documents import programme_workbook
from perfdesk.documents.writers import xlsx
from perfdesk.documents.writers.xlsx.layout import lay_out
from perfdesk.documents.writers.xlsx.texts import fit
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.services.output import controlling
from perfdesk.tables.context import context
from perfdesk.tables.layout import LAYOUTS, layout_of
from perfdesk.tables.table import ColumnKind

# each under its own layout, the made-up ones under all; only the sample is always here
SAMPLE = "sample"
BOOKS = [
    *((SAMPLE, 2027, layout) for layout in LAYOUTS),
    ("kars-2020-2024", 2020, "official"),
    ("kars-2020-2024", 2024, "official"),
    ("defne-2025", 2025, "per_target"),
    ("ilgin-2023", 2023, "plain"),
    *(("synthetic", 2027, layout) for layout in LAYOUTS),
]
NAMES = ["-".join(map(str, book)) for book in BOOKS]
ERRORS = re.compile(r"#(REF|NAME|VALUE|DIV/0|N/A|NUM|NULL)|Err:")


@pytest.fixture(scope="module")
def written(request):
    """Return a function that gives a book's workbook and its bytes."""

    @cache
    def write(name, year, layout):
        if name == SAMPLE:
            path = resource("sample", "guneycam.json")
        else:
            path = request.getfixturevalue("reference") / f"{name}.json"
        municipality = read(path.read_bytes())
        programme = next(p for p in municipality.programmes if p.year == year)
        ctx = context(municipality, programme, layout_of(programme, layout))
        # with the notes of what the checks find
        workbook = programme_workbook.build(ctx, controlling.control(ctx))
        return workbook, xlsx.write(workbook)

    return write


def placed_cells(workbook):
    """Yield (sheet, column kind, row, column, cell) of every cell of a table that is not under a merge."""
    for sheet in workbook.sheets:
        for placed in lay_out(sheet, sheet.name).tables:
            for part in placed.parts:
                for row, top in zip(part.part.rows, part.tops, strict=False):
                    for x, cell in enumerate(row.cells):
                        yield sheet.name, part.part.columns[x].kind, top + 1, part.starts[x] + 1, cell


@pytest.mark.parametrize("book", BOOKS, ids=NAMES)
def test_cells_hold_what_pages_print(written, book):
    workbook, data = written(*book)
    formulas, results = load(data), load(data, results=True)
    numbers = live = 0
    for name, kind, row, column, cell in placed_cells(workbook):
        found, shown = formulas[name].cell(row, column), results[name].cell(row, column)
        if cell.number is None:
            assert found.data_type != "f"
            assert kind is not ColumnKind.AMOUNT or not any(letter.isdigit() for letter in cell.text)
            # a merged neighbour may stand here
            assert not cell.text or shown.value == fit(cell.text)
            continue
        numbers += 1
        live += found.data_type == "f"
        assert shown.data_type == "n", (name, shown.coordinate)
        assert shown.value == float(cell.number)
        assert turkish(shown.value, shown.number_format) == cell.text, (name, shown.coordinate)
        if cell.formula and cell.formula.refs and all(_is_in(workbook, ref) for ref in cell.formula.refs):
            assert found.data_type == "f", (name, found.coordinate)
    assert numbers
    assert live or book[2] == "plain"


def _is_in(workbook, ref):
    return any(table.kind == ref.table and table.id == ref.id for sheet in workbook.sheets for table in sheet.tables)


@pytest.mark.parametrize("book", BOOKS, ids=NAMES)
def test_formulas_give_the_stored_results(written, book):
    _, data = written(*book)
    results = load(data, results=True)
    for sheet, row, column, result in Evaluator(data).formulas():
        assert float(result) == results[sheet].cell(row, column).value, (sheet, row, column)


# --- LibreOffice --------------------------------------------------------------------------------------------------

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="module")
def recalculated(written, tmp_path_factory):
    """Return the books as LibreOffice saves them, by name, from files whose stored results are all wrong."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("recalculated")
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    (folder / "out").mkdir()
    sources = []
    for name, book in zip(NAMES, BOOKS, strict=True):
        sources.append(folder / f"{name}.xlsx")
        sources[-1].write_bytes(with_wrong_results(written(*book)[1]))
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            folder / "out",
            *sources,
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )
    return {name: (folder / "out" / f"{name}.xlsx").read_bytes() for name in NAMES}


def with_wrong_results(data):
    """Return the file with -1 as the result of every formula, so that what is right has been computed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.startswith("xl/worksheets/"):
                content = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>-1</v>", content)
            new.writestr(item, content)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize(("name", "book"), list(zip(NAMES, BOOKS, strict=True)), ids=NAMES)
def test_libreoffice_computes_the_same(written, recalculated, name, book):
    _, data = written(*book)
    ours, formulas, theirs = load(data, results=True), load(data), load(recalculated[name], results=True)
    assert theirs.sheetnames == ours.sheetnames
    compared = 0
    for sheet in ours:
        for row in sheet.iter_rows():
            for cell in row:
                other = theirs[sheet.title][cell.coordinate]
                assert other.data_type != "e", (sheet.title, cell.coordinate, other.value)
                assert not ERRORS.match(str(other.value))
                assert bool(other.comment) == bool(cell.comment), (sheet.title, cell.coordinate)
                if cell.data_type == "n" and cell.value is not None:
                    assert other.value == pytest.approx(cell.value, rel=0, abs=1e-6), (sheet.title, cell.coordinate)
                    compared += formulas[sheet.title][cell.coordinate].data_type == "f"
    assert compared or book[2] == "plain"
