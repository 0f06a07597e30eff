"""The control report's tables of findings: counts by criterion, a table for each rule, all in one, the accepted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from perfdesk.domain.dates import printed_date
from perfdesk.i18n import N_
from perfdesk.tables import summary
from perfdesk.tables.context import Context
from perfdesk.tables.control.content import SEVERITIES, Control, Told, counts
from perfdesk.tables.layout import fill
from perfdesk.tables.table import (
    COVERED,
    Cell,
    Column,
    ColumnKind,
    Fact,
    Formula,
    Op,
    Part,
    Ref,
    Role,
    Row,
    Table,
    head,
)

COUNTS: Final = "control_counts"
COVER: Final = "control"
KIND: Final = "control_findings"
ACCEPTED: Final = "control_accepted"
RULES: Final = "control_rules"
# the columns of counts: of each severity, and of what was accepted
_COUNTED: Final = (*SEVERITIES, "accepted")
COUNT_COLUMNS: Final = (
    Column("criterion", N_("Criterion"), ColumnKind.TEXT, 5, "control.criterion"),
    Column("error", N_("Errors"), ColumnKind.VALUE, 1.5, "control.errors"),
    Column("warning", N_("Warnings"), ColumnKind.VALUE, 1.5, "control.warnings"),
    Column("info", N_("Information"), ColumnKind.VALUE, 1.5, "control.information"),
    Column("accepted", N_("Accepted"), ColumnKind.VALUE, 1.5, "control.accepted"),
    Column("total", N_("Total"), ColumnKind.VALUE, 1.5, "total"),
)
_NUMBER: Final = Column("number", N_("No."), ColumnKind.CODE, 0.8, "control.number")
_RULE: Final = Column("rule", N_("Rule"), ColumnKind.CODE, 1.4, "control.rule")
_SEVERITY: Final = Column("severity", N_("Severity"), ColumnKind.TEXT, 1.2, "control.severity")
_CRITERION: Final = Column("criterion", N_("Criterion"), ColumnKind.TEXT, 2.5, "control.criterion")
_PLACE: Final = Column("place", N_("Where"), ColumnKind.TEXT, 5, "control.place")
_SENTENCE: Final = Column("sentence", N_("Finding"), ColumnKind.TEXT, 7, "control.finding")
_REASON: Final = Column("reason", N_("Why it stays"), ColumnKind.TEXT, 4, "control.accepted_because")
COVER_COLUMNS: Final = (Column("name", N_("Name"), ColumnKind.TEXT, 7, "control.cover"), summary.COUNT_COLUMNS[1])
RULE_COLUMNS: Final = (
    _NUMBER,
    _SEVERITY,
    _PLACE,
    Column("fact", N_("Finding"), ColumnKind.TEXT, 5, "control.finding"),
    Column("advice", N_("What to do"), ColumnKind.TEXT, 4, "control.advice"),
)
FLAT_COLUMNS: Final = (_NUMBER, _RULE, _SEVERITY, _CRITERION, _PLACE, _SENTENCE, _REASON)
ACCEPTED_COLUMNS: Final = (
    _NUMBER,
    _RULE,
    _PLACE,
    _SENTENCE,
    _REASON,
    Column("date", N_("Date"), ColumnKind.TEXT, 1.7, "control.date"),
)
TEXT_COLUMNS: Final = (
    _RULE,
    Column("title", N_("Title"), ColumnKind.TEXT, 4, "control.title"),
    Column("why", N_("Reason"), ColumnKind.TEXT, 6, "control.reason"),
    Column("basis", N_("Basis"), ColumnKind.TEXT, 4, "control.basis"),
)


def judgement(ctx: Context, control: Control) -> str:
    """Return in a sentence what the findings come to."""
    of_report = sum(control.rules[one.rule].is_of_report for one in control.open)
    found = counts(one for one in control.open if not control.rules[one.rule].is_of_report)
    key = "errors" if found["error"] else "warnings" if found["warning"] else "info" if found["info"] else "none"
    said = {"errors": found["error"], "warnings": found["warning"], "information": found["info"]}
    judged = fill(ctx.labels[f"control.judgement.{key}"], **said)
    if not of_report:
        return judged
    return f"{judged} {fill(ctx.labels['control.judgement.report'], count=of_report)}"


def counted(ctx: Context, control: Control, caption: str, note: str = "") -> Table:
    """Return how many findings each criterion has, below what was checked, and when."""
    labels = ctx.labels
    facts = (
        Fact("administration", labels["administration"], ctx.municipality.administration.name, strong=True),
        Fact("programme", labels["control.of"], fill(labels["programme"], year=ctx.programme.year)),
        Fact("version", labels["control.version"], control.version),
        Fact("date", labels["control.checked_on"], printed_date(control.date)),
    )
    rows = [
        _count_row(letters, name, counts(one for one in control.findings if control.criterion_of(one) == letters))
        for letters, name in control.criteria.items()
    ]
    keys = [row.key for row in rows]
    rows.append(_count_row("total", labels["total"], counts(control.findings), keys))
    of_report = counts(one for one in control.findings if control.rules[one.rule].is_of_report)
    if of_report:
        rows.append(_count_row("of_report", labels["control.of_report"], of_report))
    part = Part(COUNTS, COUNT_COLUMNS, head(COUNT_COLUMNS, labels), tuple(rows))
    return Table(COUNTS, "", caption, (part,), facts, note=note)


def _count_row(key: str, name: str, found: Mapping[str, int], above: Sequence[str] = ()) -> Row:
    """Return a row of counts; the last one adds up those ``above``."""

    def summed(column: str) -> Formula | None:
        return Formula(Op.SUM, tuple(Ref(COUNTS, "", row, column) for row in above)) if above else None

    cells = [_count(found.get(column, 0), summed(column)) for column in _COUNTED]
    across = Formula(Op.SUM, tuple(Ref(COUNTS, "", key, column) for column in _COUNTED))
    cells.append(_count(sum(found.values()), across))
    return Row(Role.TOTAL if above else Role.DETAIL, key, (Cell(name), *cells))


def _count(number: int, formula: Formula | None) -> Cell:
    return Cell(str(number), Decimal(number), formula=formula)


def on_cover(ctx: Context, control: Control) -> Table:
    """Return how many findings there are of each severity, and when the checks were asked: for the workbook's cover."""
    found = counts(one for one in control.findings if not control.rules[one.rule].is_of_report)
    rows = tuple(
        Row(Role.DETAIL, column.key, (Cell(ctx.labels[column.printed]), _count(found[column.key], None)))
        for column in COUNT_COLUMNS
        if column.key in _COUNTED
    )
    part = Part(COVER, COVER_COLUMNS, head(COVER_COLUMNS, ctx.labels), rows)
    note = fill(ctx.labels["control.cover_note"], date=printed_date(control.date))
    return Table(summary.KIND, COVER, "", (part,), note=note)


def by_criterion(ctx: Context, control: Control) -> Iterator[tuple[str, list[Table]]]:
    """Yield each criterion that has findings that count by its name, with a table for each of its rules."""
    for letters, found in groupby(control.open, key=control.criterion_of):
        yield control.criteria[letters], [_of_rule(ctx, control, id_, [*of]) for id_, of in _rules(found)]


def _rules(found: Iterable[Told]) -> Iterator[tuple[str, Iterator[Told]]]:
    return groupby(found, key=lambda one: one.rule)


def _of_rule(ctx: Context, control: Control, id_: str, found: Sequence[Told]) -> Table:
    """Return what breaks a rule, under why it matters; what is said of neighbours alike is said once."""
    labels, rule = ctx.labels, control.rules[id_]
    facts = (Fact("why", labels["control.reason"], rule.reason), Fact("basis", labels["control.basis"], rule.basis))
    columns = RULE_COLUMNS if any(one.advice for one in found) else RULE_COLUMNS[:-1]
    spans = [_runs([one.fact for one in found]), _runs([one.advice for one in found])]
    rows = []
    for n, one in enumerate(found):
        said = [
            Cell(text, down=down[n]) if down[n] else COVERED
            for text, down in zip((one.fact, one.advice), spans, strict=True)
        ]
        cells = (Cell(str(one.number)), _severity(ctx, one), Cell(one.place), *said)
        rows.append(Row(Role.DETAIL, _key(one), cells[: len(columns)]))
    part = Part(KIND, columns, head(columns, labels), tuple(rows))
    return Table(KIND, id_, f"{id_} {rule.title}", (part,), facts)


def _runs(texts: Sequence[str]) -> list[int]:
    """Return for each text over how many rows it stands: itself and those below that say the same; 0 is below one."""
    down = [0] * len(texts)
    first = 0
    for n, text in enumerate(texts):
        if text != texts[first]:
            first = n
        down[first] += 1
    return down


def flat(ctx: Context, control: Control) -> Table:
    """Return all findings in one list, for sorting and filtering in a spreadsheet; the accepted ones with why."""
    rows = []
    for one in control.findings:
        criterion = control.criteria[control.criterion_of(one)]
        texts = map(Cell, (criterion, one.place, one.sentence, one.reason))
        number = Cell(str(one.number), Decimal(one.number))
        rows.append(Row(Role.DETAIL, _key(one), (number, Cell(one.rule), _severity(ctx, one), *texts)))
    part = Part(KIND, FLAT_COLUMNS, head(FLAT_COLUMNS, ctx.labels), tuple(rows))
    return Table(KIND, "", ctx.labels["control.findings"], (part,), empty=ctx.labels["control.none"])


def accepted(ctx: Context, control: Control) -> Table:
    """Return what stays as it is, with the reasons."""
    rows = [
        Row(
            Role.DETAIL,
            _key(one),
            (
                Cell(str(one.number)),
                Cell(one.rule),
                *map(Cell, (one.place, one.sentence, one.reason, printed_date(one.accepted))),
            ),
        )
        for one in control.accepted
    ]
    part = Part(ACCEPTED, ACCEPTED_COLUMNS, head(ACCEPTED_COLUMNS, ctx.labels), tuple(rows))
    return Table(ACCEPTED, "", ctx.labels["control.accepted_table"], (part,), empty=ctx.labels["control.none_accepted"])


def rules(ctx: Context, control: Control) -> Table:
    """Return the rules that something was found by: what they ask for, why, and what they rest on."""
    rows = [
        Row(Role.DETAIL, id_, tuple(map(Cell, (id_, rule.title, rule.reason, rule.basis))))
        for id_, rule in ((id_, control.rules[id_]) for id_, _of in _rules(control.findings))
    ]
    part = Part(RULES, TEXT_COLUMNS, head(TEXT_COLUMNS, ctx.labels), tuple(rows))
    return Table(RULES, "", ctx.labels["control.rules"], (part,), empty=ctx.labels["control.none"])


def _key(one: Told) -> str:
    return f"finding:{one.number}"


def _severity(ctx: Context, one: Told) -> Cell:
    return Cell(ctx.labels[f"control.{one.severity}"])
