"""The control report: all that was found, once, with its reasons, and the programme against itself and the budget."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.checks.faults import FAULTS, YEAR, appropriations, change, clean, reported
from tests.documents.writers.sheets import Evaluator, load

from perfdesk.checks.catalogue import RULES
from perfdesk.documents.blocks import Heading, Paragraph, TableBlock
from perfdesk.documents.papers import PAPERS
from perfdesk.documents.papers.subject import Subject
from perfdesk.documents.writers import pdf, xlsx
from perfdesk.domain.control import Acceptance
from perfdesk.domain.money import total
from perfdesk.i18n import printed, set_language
from perfdesk.services.control import checking
from perfdesk.services.output import controlling
from perfdesk.services.output.exporting import programme_context
from perfdesk.tables.control import findings, reconciliation
from perfdesk.tables.table import Role

DAY = date(2026, 10, 5)
# faults of many kinds that leave each other room; each is planted three times
PLANTED = (
    "nothing_measured",
    "title_of_the_objective",
    "target_not_a_number",
    "unit_forgotten",
    "three_times_the_same",
    "zero",
    "vague",
    "name_twice",
    "without_cost",
    "reserve_in_an_activity",
)
REASON = "Birimle görüşüldü; gelecek yıl düzeltilecek."


@pytest.fixture(scope="module")
def broken():
    """The sample with faults and appropriations of which one differs, every fifth finding accepted."""
    municipality = clean()
    for fault in FAULTS:
        for at in range(3 if fault.name in PLANTED else 0):
            found = list(fault.plant(municipality))
            municipality = found[len(found) * at // 3].municipality
    budget = appropriations(municipality)
    first, *others = budget.by_code
    less = replace(first, amount=first.amount - Decimal("0.01"))
    municipality = change(municipality, appropriations=replace(budget, by_code=(less, *others)))
    checked = checking.check_year(municipality, YEAR)
    accepted = tuple(Acceptance(one.fingerprint, one.rule, REASON, "2026-10-01") for one in checked.findings[::5])
    return change(municipality, acceptances=accepted)


@pytest.fixture(scope="module")
def made(broken):
    """The context, what the checks found, and what is printed of it."""
    ctx = programme_context(broken, YEAR)
    checked = checking.check_year(broken, YEAR)
    return ctx, checked, controlling.control(ctx, checked, DAY)


@pytest.fixture(scope="module")
def document(made):
    ctx, _checked, control = made
    return PAPERS["control_report"].document(ctx, Subject(control=control))


def tables_of(document, *kinds):
    return [one.table for one in document.blocks if isinstance(one, TableBlock) and one.table.kind in kinds]


def column(table, key):
    (part,) = table.parts
    at = next(n for n, one in enumerate(part.columns) if one.key == key)
    return {row.key: row.cells[at] for row in part.rows}


# --- findings -------------------------------------------------------------------------------------------------------


def test_there_is_something_to_report(made):
    _ctx, checked, control = made
    assert len({one.rule for one in checked.findings}) > len(PLANTED)
    assert len(control.open) > 20
    assert len(control.accepted) > 4


def test_every_finding_stands_in_the_report_once(made, document):
    _ctx, checked, control = made
    numbers = [
        text
        for table in tables_of(document, findings.KIND, findings.ACCEPTED)
        for text in (cell.text for cell in column(table, "number").values())
    ]
    assert sorted(map(int, numbers)) == list(range(1, len(checked.findings) + 1))
    for told, finding in zip(control.findings, checked.findings, strict=True):
        sentence = replace(finding, subject="").printed()
        assert (told.rule, told.severity) == (finding.rule, finding.severity)
        assert told.sentence[1:] == sentence[1:]
        assert told.fact + (f" {told.advice}" if told.advice else "") == told.sentence
        assert told.place
        assert bool(told.reason) == (checked.acceptance(finding) is not None)


def test_a_rule_says_once_why_it_matters(made, document):
    _ctx, _checked, control = made
    tables = tables_of(document, findings.KIND)
    assert [table.id for table in tables] == list(dict.fromkeys(one.rule for one in control.open))
    for table in tables:
        rule = RULES[table.id]
        assert table.caption == f"{table.id} {printed(rule.title)}"
        assert [fact.text for fact in table.facts] == [printed(rule.reason), printed(rule.basis)]


def test_what_is_said_of_neighbours_alike_is_said_once(made, document):
    _ctx, _checked, control = made
    table = next(table for table in tables_of(document, findings.KIND) if table.id == "OLC-02")
    of_rule = [one for one in control.open if one.rule == "OLC-02"]
    assert len(of_rule) > 1
    facts = list(column(table, "fact").values())
    assert (facts[0].text, facts[0].down) == ("Ölçü birimi yok.", len(of_rule))
    assert not any(cell.text for cell in facts[1:])
    advice = column(table, "advice")
    assert next(iter(advice.values())).text == "Birimi yazın (örneğin adet, %, km, kişi)."
    assert len({cell.text for cell in column(table, "place").values()}) == len(of_rule)


def test_the_counts_are_those_of_the_checks(made):
    ctx, checked, control = made
    table = findings.counted(ctx, control, "")
    found = checked.counts()
    for severity in findings.SEVERITIES:
        assert column(table, severity)["total"].number == found[severity]
    assert column(table, "accepted")["total"].number == len(control.accepted)
    assert column(table, "total")["total"].number == len(checked.findings)
    families = Counter(RULES[one.rule].family for one in checked.findings)
    assert {key: cell.number for key, cell in column(table, "total").items() if cell.number} == {
        **families,
        "total": len(checked.findings),
    }
    assert [fact.text for fact in table.facts] == [
        "Güneyçam Belediyesi",
        "2026 Yılı Performans Programı",
        "Güncel hâli (henüz Meclise sunulmamıştır)",
        "05.10.2026",
    ]


def test_what_was_accepted_has_its_reason_and_its_day(made, document):
    (table,) = tables_of(document, findings.ACCEPTED)
    assert {cell.text for cell in column(table, "reason").values()} == {REASON}
    assert {cell.text for cell in column(table, "date").values()} == {"01.10.2026"}


def test_the_report_is_turkish_whatever_the_window_speaks(made, document):
    ctx, checked, control = made
    set_language("en")
    try:
        assert controlling.control(ctx, checked, DAY) == control
        assert PAPERS["control_report"].document(ctx, Subject(control=control)) == document
    finally:
        set_language("tr")


def test_pages_have_no_lonely_headings_and_every_sentence(made, document):
    _ctx, _checked, control = made
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf.write(document))).pages]
    headings = {block.text for block in document.blocks if isinstance(block, Heading)}
    for page in pages:
        body = page.rsplit("Güneyçam Belediyesi", 1)[0].strip()
        assert not any(body.endswith(heading) for heading in headings)
    text = " ".join(pages)
    for rule in {one.rule for one in control.open}:
        assert control.rules[rule].reason in text
    assert "düzeltilmesi gereken" in pages[0]


def test_findings_on_the_report_on_the_year_are_counted_apart():
    """The council does not wait for results, so they are no errors to be mended before it sees the programme."""
    fault = next(fault for fault in FAULTS if fault.rule == "MAL-01")
    planted = next(iter(fault.plant(reported())))
    ctx = programme_context(planted.municipality, YEAR)
    control = controlling.control(ctx, checking.check_year(planted.municipality, YEAR), DAY)
    assert [one.severity for one in control.open] == ["error"]
    assert findings.judgement(ctx, control) == (
        "Programda hata, uyarı ya da bilgi niteliğinde açık bulgu yoktur. Yılın faaliyet raporuna ilişkin 1 bulgu "
        "bunun dışındadır ve programın Meclise sunulmasına engel değildir."
    )
    counts = {row.key: [cell.text for cell in row.cells] for row in findings.counted(ctx, control, "").parts[0].rows}
    assert counts["total"][-1] == "1"
    assert counts["of_report"] == ["Bunlardan faaliyet raporuna ilişkin olanlar", "1", "0", "0", "0", "1"]
    assert [row.cells[1].text for row in findings.on_cover(ctx, control).parts[0].rows] == ["0", "0", "0", "0"]


def test_a_clean_programme_has_a_short_report():
    ctx = programme_context(clean(), YEAR)
    document = PAPERS["control_report"].document(ctx, Subject(control=controlling.control(ctx, None, DAY)))
    said = ["".join(run.text for run in block.runs) for block in document.blocks if isinstance(block, Paragraph)]
    assert said == [
        "Programda hata, uyarı ya da bilgi niteliğinde açık bulgu yoktur.",
        "Açık bulgu yoktur.",
        "Gerekçesi yazılarak kabul edilmiş bulgu yoktur.",
        "Ekonomik koda göre bütçe ödenekleri girilmediğinden program bütçe ile bu yönden karşılaştırılmamıştır.",
        "Harcama birimine göre bütçe ödenekleri girilmediğinden program bütçe ile bu yönden karşılaştırılmamıştır.",
    ]
    assert len(PdfReader(BytesIO(pdf.write(document))).pages) == 1


# --- reconciliation -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["official", "per_target", "metropolitan", "plain", "programme_budget"])
def test_tables_3_and_4_agree_in_every_layout(layout):
    ctx = programme_context(clean(), YEAR, layout)
    table = reconciliation.of_tables(ctx)
    ledger = ctx.ledger
    expected = {
        "budget": ledger.activities_total.budget,
        "off_budget": ledger.activities_total.off_budget,
        "targets_total": ledger.activities_total.total,
        "general_administration": ledger.general_administration_total.total,
        "transfers": ledger.transfers_total.total,
        "grand_total": ledger.grand_total.total,
    }
    # the book numbers them as it likes, and one of programmes has the second alone
    assert table.caption == "İdare Performans Tablosu ile Toplam Kaynak İhtiyacı Tablosu"
    assert [one.text for one in table.parts[0].head[0][1:3]] == [
        "İdare Performans Tablosu (TL)",
        "Toplam Kaynak İhtiyacı Tablosu (TL)",
    ]
    assert "Tablo 3" not in table.note
    assert "{" not in table.note
    for of_table in ("table_3", "table_4"):
        assert {key: cell.number for key, cell in column(table, of_table).items()} == expected
    assert {cell.text for cell in column(table, "difference").values()} == {"0,00"}
    assert expected["off_budget"]


def test_a_table_3_that_does_not_add_up_is_seen(monkeypatch):
    """The sums are those of what stands in the rows, not the ledger's twice."""
    ctx = programme_context(clean(), YEAR)
    real = reconciliation.administration_performance.build

    def wrong(ctx, caption):
        table = real(ctx, caption)
        (part,) = table.parts
        at = next(n for n, one in enumerate(part.columns) if one.key == "budget")
        n = next(n for n, row in enumerate(part.rows) if row.role is Role.DETAIL and row.cells[at].number)
        row = part.rows[n]
        cell = row.cells[at]._replace(number=row.cells[at].number + Decimal("0.01"))
        row = row._replace(cells=(*row.cells[:at], cell, *row.cells[at + 1 :]))
        return replace(table, parts=(replace(part, rows=(*part.rows[:n], row, *part.rows[n + 1 :])),))

    monkeypatch.setattr(reconciliation.administration_performance, "build", wrong)
    assert column(reconciliation.of_tables(ctx), "difference")["budget"].text == "0,01"


def test_the_programme_is_held_against_the_budget_to_the_kurus(made):
    ctx, _checked, _control = made
    by_code, by_unit = reconciliation.of_budget(ctx, ("", ""))
    first = ctx.programme.appropriations.by_code[0].code
    differences = {key: cell.text for key, cell in column(by_code, "difference").items()}
    assert differences.pop(first) == differences.pop("total") == "0,01"
    assert set(differences.values()) == {"0,00"}
    whole = ctx.ledger.grand_total.budget
    for table, stated in (
        (by_code, ctx.programme.appropriations.by_code),
        (by_unit, ctx.programme.appropriations.by_unit),
    ):
        assert column(table, "programme")["total"].number == whole
        assert column(table, "budget")["total"].number == total(one.amount for one in stated)
        for end in ("programme", "budget", "difference"):
            *rows, last = (cell.number for cell in column(table, end).values())
            assert sum(rows) == last
    assert column(by_unit, "unit")["other"].text == "Tek bir birime ait olmayanlar"
    assert column(by_unit, "programme")["other"].number > 0


# --- workbook -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workbook(made):
    ctx, _checked, control = made
    return xlsx.write(PAPERS["control_report"].workbook(ctx, Subject(control=control)))


def test_the_workbook_has_all_findings_in_one_list(made, workbook):
    ctx, _checked, control = made
    book = load(workbook)
    assert book.sheetnames == ["Özet", "Bulgular", "Kabul Edilenler", "Kurallar", "Mutabakat"]
    sheet = book["Bulgular"]
    heads, *rows = (tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True))
    assert heads == ("No", "Kural", "Önem", "Kriter", "Yer", "Bulgu", "Kabul Gerekçesi")
    assert rows == [
        (
            one.number,
            one.rule,
            ctx.labels[f"control.{one.severity}"],
            control.criteria[control.criterion_of(one)],
            one.place,
            one.sentence,
            one.reason or None,
        )
        for one in control.findings
    ]
    assert sheet.auto_filter.ref == f"A2:G{len(rows) + 2}"
    assert sheet.freeze_panes == "A3"
    assert [row[0] for row in book["Kurallar"].iter_rows(min_row=3, values_only=True)] == list(control.rules)


def test_differences_are_computed_again(workbook):
    stored = load(workbook, results=True)
    seen = 0
    for sheet, row, at, result in Evaluator(workbook).formulas():
        assert float(result) == stored[sheet].cell(row, at).value, (sheet, row, at)
        seen += sheet == "Mutabakat"
    formulas = load(workbook)["Mutabakat"]
    cells = [cell.value for row in formulas.iter_rows() for cell in row if cell.data_type == "f"]
    assert seen == len(cells)
    differences = [text for text in cells if "-" in text]
    rows = sum(1 for row in formulas.iter_rows() if row[-1].value is not None) - 3
    assert len(differences) == rows
