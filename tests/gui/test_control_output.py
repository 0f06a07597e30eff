"""What the window prints of the checks is what the command line prints: held against what the council decided."""

import io
import json
import re
from collections import Counter

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QMessageBox

from perfdesk import cli, paths
from perfdesk.checks.catalogue import RULES
from perfdesk.checks.finding import Severity
from perfdesk.gui.main_window import MainWindow
from perfdesk.gui.window import printing
from perfdesk.gui.window.exporter import WORKBOOK, paper
from perfdesk.services import versions
from perfdesk.services.files import importing
from perfdesk.services.output import exporting
from perfdesk.services.places import CONTROL
from perfdesk.storage import files

YEAR = 2026
WORKING = re.compile(r"Çalışma nüshası \([^)]*\)")


@pytest.fixture
def reported(tmp_path):
    """A file with a result of a year, of which a target is no longer what the council decided; and that target's id."""
    data = json.loads(paths.resource("sample", "guneycam.json").read_bytes())
    of_year = next(one for one in data["programmes"] if one["year"] == YEAR)
    first = of_year["targets"][0]["indicators"][0]
    result = {"indicator": first["id"], "period": "year", "value": first["values"][str(YEAR)], "explanation": ""}
    of_year["results"] = {"indicators": [result]}
    source, path = tmp_path / "veri.json", tmp_path / "rapor.perfdesk"
    source.write_text(json.dumps(data), "utf-8")
    importing.import_file(source, path)
    with files.open_store(path, writable=True) as store:
        versions.freeze(store, YEAR, "2025-11-03", decision="41", decision_date="2025-11-10")
        held = store.load().programme(YEAR).targets[0].indicators[0]
        with store.step("test"):
            value = store.find("indicator_value", indicator=held.row, year=YEAR, kind="target")
            store.update("indicator_value", value, content="77.5")
    return path, first["id"]


@pytest.fixture
def desk(qtbot, reported):
    """The window with that file, in the year that is reported on."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.open_path(reported[0])
    window.session.set_year(YEAR)
    yield window
    window.close()


def checked_by_command(path, capsys):
    assert cli.run(["check", str(path), "--year", str(YEAR), "--json"]) == cli.DONE
    return json.loads(capsys.readouterr().out)


def written(qtbot, window, what, path):
    window.exporter.write(what, path)
    qtbot.waitUntil(lambda: not window.exporter.is_busy, timeout=60_000)
    for box in window.findChildren(QMessageBox):
        box.close()
    return path


def report(file_format):
    return paper(exporting.CONTROL_REPORT, "Kontrol raporu", file_format)


def findings_in(path):
    rows = openpyxl.load_workbook(path)["Bulgular"].iter_rows(min_row=3, values_only=True)
    return [row[1] for row in rows]


def notes_in(path):
    sheets = openpyxl.load_workbook(path).worksheets
    return [cell.comment.text for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.comment]


def test_the_papers_of_the_window_are_those_of_the_command_line(qtbot, desk, reported, tmp_path, capsys):
    path, changed = reported
    found = checked_by_command(path, capsys)
    assert ("TUT-01", changed) in [(one["id"], one["where"]["id"]) for one in found]
    by_window = tmp_path / "pencere.xlsx", tmp_path / "pencere kitabı.xlsx", tmp_path / "pencere.pdf"
    for what, place in zip((report(exporting.XLSX), WORKBOOK, report(exporting.PDF)), by_window, strict=True):
        written(qtbot, desk, what, place)
    by_command = tmp_path / "komut.xlsx", tmp_path / "komut kitabı.xlsx", tmp_path / "komut.pdf"
    export = ("export", str(path), "--year", str(YEAR))
    assert cli.run([*export, "--paper", "control_report", "--xlsx", str(by_command[0])]) == cli.DONE
    assert cli.run([*export, "--xlsx", str(by_command[1])]) == cli.DONE
    assert cli.run([*export, "--paper", "control_report", "--pdf", str(by_command[2])]) == cli.DONE

    assert findings_in(by_window[0]) == findings_in(by_command[0]) == [one["id"] for one in found]
    covers = [list(openpyxl.load_workbook(one).worksheets[0].values) for one in (by_window[1], by_command[1])]
    assert covers[0] == covers[1]
    shown = {row[0]: row[1] for row in covers[0]}
    # what the report on the year lacks has its notes, but does not count against the programme
    of_report = {key for key, rule in RULES.items() if rule.is_of_report}
    assert of_report & {one["id"] for one in found}
    counts = Counter(one["severity"] for one in found if one["id"] not in of_report)
    assert (shown["Hata"], shown["Uyarı"]) == (counts["error"], counts["warning"])
    assert notes_in(by_window[1]) == notes_in(by_command[1])
    assert any("TUT-01" in note and "77,5" in note for note in notes_in(by_window[1]))
    texts = ["\n".join(page.extract_text() for page in PdfReader(one).pages) for one in (by_window[2], by_command[2])]
    # one may have been made a minute later
    without = [WORKING.sub("", text) for text in texts]
    assert without[0] == without[1] != texts[1]
    assert "TUT-01" in texts[0]


def test_what_is_printed_on_paper_is_the_same(qtbot, desk, monkeypatch):
    made = []
    monkeypatch.setattr(printing.Printing, "_ask", lambda _self, preview, *_others: made.append(preview))
    desk.output._printer().choose_paper(desk.session, exporting.CONTROL_REPORT)
    qtbot.waitUntil(lambda: bool(made), timeout=60_000)
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made[0].pdf)).pages)
    assert "TUT-01" in text


def test_an_edit_is_in_the_report_that_is_made_right_after_it(qtbot, desk, tmp_path):
    """Names are compared in pauses; a report does not wait for one."""
    first, second = desk.session.context.programme.targets[0].indicators[:2]
    with desk.session.store.step("test"):
        desk.session.store.update("indicator", first.row, name="Yıkılan metruk bina sayısı")
        desk.session.store.update("indicator", second.row, name="Yıkılan metruk yapı sayısı")
    found = findings_in(written(qtbot, desk, report(exporting.XLSX), tmp_path / "rapor.xlsx"))
    assert "TNM-06" in found
    assert "TUT-01" in found


def test_what_concerns_the_report_does_not_keep_the_programme_from_the_council(desk):
    desk.go_to(CONTROL)
    page, audited = desk.pages.page, desk.session.audited()
    whole, own = audited.counts(), audited.counts_of_programme()
    assert whole[Severity.ERROR] > own[Severity.ERROR]
    said = page.state.text()
    assert (f"{own[Severity.ERROR]} hata" in said) == bool(own[Severity.ERROR])
    assert f"{whole[Severity.ERROR]} hata" not in said
    assert f"{whole[Severity.ERROR] - own[Severity.ERROR]} hata" in page.how.text().splitlines()[0]
    # the list has them, and goes by those that lead to a form
    assert len(list(page.list.view.findings.all_lines())) == len(audited.items)
    walked = {line.item.rule.id for line in page.list.walked()}
    assert "TUT-01" in walked
    assert walked.isdisjoint({"TUT-03", "DGR-01"})
