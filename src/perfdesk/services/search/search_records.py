"""What of a municipality can be found: each thing a person would go to, as one record with its texts and amounts."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from perfdesk.domain.administration import Administration, Unit
from perfdesk.domain.costs import CostSheet, Transfer
from perfdesk.domain.money import total
from perfdesk.domain.numbering import Codes
from perfdesk.domain.plan import Plan, ProgrammeEntry
from perfdesk.domain.programme import Activity, Indicator, Programme, SubProgramme, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.texts import BlockKind, PolicyDocument, Section
from perfdesk.domain.value import implied_kind
from perfdesk.i18n import N_
from perfdesk.services.places import COVER, Key
from perfdesk.tables.context import coded
from perfdesk.tables.form import Form, OutlinePart

IDENTITY: Final = N_("Cover and identity")
UNIT: Final = N_("Spending unit")
PART: Final = N_("Part of the book")
PLAN: Final = N_("Strategic plan")
GOAL: Final = N_("Goal")
OBJECTIVE: Final = N_("Objective")
TARGET: Final = N_("Performance target")
INDICATOR: Final = N_("Indicator")
ACTIVITY: Final = N_("Activity")
SUB_PROGRAMME: Final = N_("Sub-programme")
RESOURCE: Final = N_("Resource table")
RESOURCE_ROW: Final = N_("Row of a resource table")
TEXT: Final = N_("Written text")
POLICY: Final = N_("Policy document")
ADMINISTRATION_WIDE: Final = N_("Administration-wide amount")

_UNITS: Final[Key] = ("units", "")
_UNCLASSIFIED: Final = "unclassified"
# the columns of the classic form, by the distance from the programme's year
_VALUE_COLUMNS: Final = {-2: "previous", -1: "current", 0: "target"}
_INDICATOR_TEXTS: Final = (
    ("unit", N_("Unit of measure")),
    ("note", N_("Note")),
    ("definition", N_("Definition")),
    ("method", N_("Method of calculation")),
    ("source", N_("Source of data")),
    ("numerator", N_("Numerator")),
    ("denominator", N_("Denominator")),
)
_IDENTITY_TEXTS: Final = (
    ("short_name", N_("Short name")),
    ("province", N_("Province")),
    ("address", N_("Address")),
    ("phone", N_("Phone")),
    ("fax", N_("Fax")),
    ("web", N_("Web site")),
    ("email", N_("E-mail")),
)
_JOINED: Final = " › "


class Field(NamedTuple):
    """A text of a record; ``table`` and ``row`` are given where they are not the record's own."""

    text: str
    column: str
    label: str = ""
    table: str = ""
    row: int = 0


class Amount(NamedTuple):
    """A number of a record, found as a number; ``name`` says what it is the amount of."""

    value: Decimal
    name: str
    column: str
    table: str = ""
    row: int = 0


class Record(NamedTuple):
    """A thing that can be found.

    ``where`` is what stands above it. ``is_named`` tells whether code and title are its own; else they only say what
    it belongs to, and are not searched.
    """

    kind: str
    entry: Key
    where: str
    table: str
    row: int
    column: str
    title: str
    code: str = ""
    fields: tuple[Field, ...] = ()
    amounts: tuple[Amount, ...] = ()
    is_named: bool = True


def path(*names: str) -> str:
    """Return the names of what stands above something, outermost first."""
    return _JOINED.join(filter(None, names))


# --- the municipality -----------------------------------------------------------------------------------------------


def identity(administration: Administration) -> Iterator[Record]:
    """Yield the municipality and those who sign for it."""
    fields = [Field(getattr(administration, column), column, label) for column, label in _IDENTITY_TEXTS]
    fields += [Field(status.name, "personnel_statuses") for status in administration.personnel_statuses]
    yield Record(IDENTITY, COVER, "", "administration", 1, "name", administration.name, fields=_given(fields))
    for signatory in administration.signatories:
        titles = Field(", ".join(signatory.titles), "signatories")
        if signatory.name or titles.text:
            yield Record(
                IDENTITY,
                COVER,
                administration.name,
                "administration",
                1,
                "signatories",
                signatory.name or titles.text,
                fields=_given([titles]) if signatory.name else (),
            )


def units(of_municipality: Iterable[Unit]) -> Iterator[Record]:
    """Yield the spending units."""
    for unit in of_municipality:
        fields = [Field(unit.abbreviation, "abbreviation", N_("Abbreviation"))]
        fields += [Field(alias, "aliases", N_("Also called")) for alias in unit.aliases]
        yield Record(UNIT, _UNITS, "", "unit", unit.row, "name", unit.name, fields=_given(fields))


def plan(of_year: Plan, codes: Codes, form: Form) -> Iterator[Record]:
    """Yield a strategic plan's mission, vision and values, its goals and objectives."""
    part = _holding(form, "goals")
    entry = ("part", part.key)
    said = [("mission", of_year.mission), ("vision", of_year.vision), *(("values", value) for value in of_year.values)]
    for column, text in said:
        if text:
            said_here = (Field(text, column),)
            title = form.labels[column]
            yield Record(PLAN, entry, part.title, "plan", of_year.row, column, title, fields=said_here)
    for goal in of_year.goals:
        code = codes.goals[goal.id]
        fields = _given([Field(goal.service_area, "service_area", N_("Service area"))])
        yield Record(GOAL, entry, part.title, "goal", goal.row, "title", goal.title, code, fields)
        above = path(coded(code, goal.title))
        for objective in goal.objectives:
            code = codes.objectives[objective.id]
            yield Record(OBJECTIVE, entry, above, "objective", objective.row, "title", objective.title, code)


def programme_list(entries: Iterable[ProgrammeEntry], used: Iterable[str], form: Form) -> Iterator[Record]:
    """Yield the budget programmes and those of their sub-programmes that are not ``used`` by a year themselves."""
    elsewhere = frozenset(used)
    part = ("part", _holding(form, "targets").key)
    for entry in entries:
        yield Record(SUB_PROGRAMME, part, "", "programme_entry", entry.row, "name", entry.name, entry.code)
        above = coded(entry.code, entry.name)
        for sub in entry.sub_programmes:
            if sub.id not in elsewhere:
                yield Record(SUB_PROGRAMME, part, above, "sub_programme_entry", sub.row, "name", sub.name, sub.code)


# --- targets and sub-programmes -------------------------------------------------------------------------------------


def target(of_year: Target, codes: Codes, where: str, year: int, code_names: Mapping[str, str]) -> Iterator[Record]:
    """Yield a performance target with its indicators, activities and their costs."""
    entry = ("target", of_year.id)
    code = codes.targets[of_year.id]
    fields = _given([Field(of_year.description, "description", N_("Description"))])
    yield Record(TARGET, entry, where, "target", of_year.row, "title", of_year.title, code, fields)
    yield from _held(of_year, codes, entry, coded(code, of_year.title), year, code_names)


def sub_programme(
    of_year: SubProgramme, codes: Codes, name: tuple[str, str], year: int, code_names: Mapping[str, str]
) -> Iterator[Record]:
    """Yield a sub-programme with what it holds itself; ``name`` is its code and name in the list."""
    code, title = name
    entry = ("sub_programme", of_year.sub_programme)
    fields = [Field(of_year.description, "description", N_("Description"))]
    fields += [
        Field(objective.title, "title", N_("Objective"), "sub_programme_objective", objective.row)
        for objective in of_year.objectives
    ]
    yield Record(SUB_PROGRAMME, entry, "", "sub_programme", of_year.row, "", title, code, _given(fields))
    yield from _held(of_year, codes, entry, coded(code, title), year, code_names)


def _held(
    holder: Target | SubProgramme, codes: Codes, entry: Key, where: str, year: int, code_names: Mapping[str, str]
) -> Iterator[Record]:
    for indicator in holder.indicators:
        fields = [Field(getattr(indicator, column), column, label) for column, label in _INDICATOR_TEXTS]
        fields += _value_texts(indicator, year)
        yield Record(
            INDICATOR,
            entry,
            where,
            "indicator",
            indicator.row,
            "name",
            indicator.name,
            codes.indicators[indicator.id],
            _given(fields),
            tuple(_value_numbers(indicator, year)),
        )
    sheets = {sheet.activities[0]: sheet for sheet in holder.cost_sheets if sheet.activities}
    for activity in holder.activities:
        yield _activity(activity, sheets.get(activity.id), codes, entry, where, code_names)


def _activity(
    activity: Activity,
    sheet: CostSheet | None,
    codes: Codes,
    entry: Key,
    where: str,
    code_names: Mapping[str, str],
) -> Record:
    fields = [
        Field(activity.note, "note", N_("Note")),
        Field(activity.description, "description", N_("Description")),
    ]
    amounts: tuple[Amount, ...] = ()
    # costs of several activities are shown at the first of them
    if sheet is not None:
        fields.append(Field(sheet.note, "note", N_("Note"), "cost_sheet", sheet.row))
        fields += _recipients(sheet.transfers, "cost_transfer")
        amounts = tuple(_costs(sheet, code_names))
    return Record(
        ACTIVITY,
        entry,
        where,
        "activity",
        activity.row,
        "name",
        activity.name,
        codes.activities[activity.id],
        _given(fields),
        amounts,
    )


def _value_column(year: int, at: tuple[int, str]) -> str:
    shown = implied_kind(year, at[0]) == at[1]
    return _VALUE_COLUMNS.get(at[0] - year, "name") if shown else "name"


def _value_texts(indicator: Indicator, year: int) -> Iterator[Field]:
    for at, value in indicator.values.items():
        if value.text:
            yield Field(value.text, _value_column(year, at))


def _value_numbers(indicator: Indicator, year: int) -> Iterator[Amount]:
    for at, value in indicator.values.items():
        if value.number is not None:
            yield Amount(value.number, str(at[0]), _value_column(year, at))


def _costs(sheet: CostSheet, code_names: Mapping[str, str]) -> Iterator[Amount]:
    """Yield a sheet's amounts at the cells of its first activity, also the sums that these show."""
    by_code: dict[str | None, list[Decimal]] = {}
    for line in sheet.lines:
        by_code.setdefault(line.code, []).append(line.amount)
    shown = []
    for code, amounts in by_code.items():
        name = coded(code, code_names.get(code, "")) if code else ""
        for amount in (total(amounts), *(amounts if len(amounts) > 1 else ())):
            yield Amount(amount, name, code or _UNCLASSIFIED)
        shown.append(total(amounts))
    for source, amount in sheet.off_budget.items():
        yield Amount(amount, code_names.get(source, ""), source)
        shown.append(amount)
    if len(shown) > 1:
        yield Amount(total(shown), "", "total")
    yield from _transferred(sheet.transfers, "cost_transfer")
    for other in sheet.other_amounts:
        name = coded(other.code, code_names.get(other.code, "")) if other.code else code_names.get(other.source, "")
        yield Amount(other.amount, f"{other.year} {name}".strip(), "amount", "cost_other_amount", other.row)


def _recipients(transfers: Iterable[Transfer], table: str) -> Iterator[Field]:
    for transfer in transfers:
        yield Field(transfer.recipient, "recipient", N_("Transfer to"), table, transfer.row)


def _transferred(transfers: Iterable[Transfer], table: str) -> Iterator[Amount]:
    for transfer in transfers:
        yield Amount(transfer.amount, transfer.recipient, "amount", table, transfer.row)


# --- the other parts of the book ------------------------------------------------------------------------------------


def parts(form: Form) -> Iterator[Record]:
    """Yield the parts of the book themselves."""
    for part in form.outline:
        yield Record(PART, ("part", part.key), "", "", 0, "", part.title)


def section(of_year: Section, part: OutlinePart) -> Iterator[Record]:
    """Yield the paragraphs of a text; each is shown with the heading it stands under."""
    heading = ""
    for block in of_year.blocks:
        fields = _given([Field("".join(run.text for run in block.runs), "runs"), Field(block.caption, "caption")])
        if fields:
            yield Record(
                TEXT,
                ("part", part.key),
                part.title if heading else "",
                "section_block",
                block.row,
                "runs",
                heading or part.title,
                fields=fields,
                is_named=False,
            )
        if block.kind is BlockKind.HEADING:
            heading = fields[0].text if fields else ""


def policy_documents(documents: Iterable[PolicyDocument], form: Form) -> Iterator[Record]:
    """Yield what higher documents ask."""
    part = _holding(form, "policy_documents")
    for document in documents:
        fields = [
            Field(document.section, "section"),
            Field(document.reference, "reference"),
            Field(document.text, "text"),
        ]
        yield Record(
            POLICY,
            ("part", part.key),
            part.title,
            "policy_document",
            document.row,
            "document",
            document.document,
            fields=_given(fields),
        )


def resource_table(table: ResourceTable, part: OutlinePart) -> Iterator[Record]:
    """Yield a resource table and its rows; a row is named by its first cell with a letter in it."""
    entry = ("resource_table", str(table.row))
    fields = [Field(cell, "header") for line in table.header for cell in dict.fromkeys(line)]
    fields.append(Field(table.note, "note", N_("Note")))
    yield Record(
        RESOURCE, entry, part.title, "resource_table", table.row, "caption", table.caption, fields=_given(fields)
    )
    above = path(part.title, table.caption)
    for row in table.rows:
        name = next((n for n, cell in enumerate(row.cells) if any(map(str.isalpha, cell))), 0)
        cells = tuple(Field(cell, str(n)) for n, cell in enumerate(row.cells) if cell and n != name)
        title = row.cells[name] if row.cells else ""
        if title or cells:
            yield Record(RESOURCE_ROW, entry, above, "resource_row", row.row, str(name), title, fields=cells)


def administration_wide(programme: Programme, form: Form) -> Iterator[Record]:
    """Yield the general administration's expenses and the transfers to other administrations."""
    part = _holding(form, "resource_need")

    def record(table: str, row: int, column: str, amount: Amount, recipient: str = "") -> Record:
        title = recipient or form.labels["performance.general_administration"]
        entry = ("part", part.key)
        return Record(
            ADMINISTRATION_WIDE,
            entry,
            part.title,
            table,
            row,
            column,
            title,
            amounts=(amount,),
            is_named=bool(recipient),
        )

    def name(code: str | None) -> str:
        return coded(code or "", form.economic_codes.get(code or "", ""))

    for line in programme.general_administration:
        amount = Amount(line.amount, name(line.code), "amount")
        yield record("general_administration", line.row, "amount", amount)
    for other in programme.other_general_administration:
        amount = Amount(other.amount, f"{other.year} {name(other.code)}", "amount")
        yield record("other_general_administration", other.row, "amount", amount)
    for transfer in programme.transfers:
        amount = Amount(transfer.amount, name(transfer.code), "amount")
        yield record("transfer", transfer.row, "recipient", amount, transfer.recipient)


def _holding(form: Form, holds: str) -> OutlinePart:
    """Return the part of the book that holds something; a form without it shows it in its last part."""
    return next((part for part in form.outline if part.holds == holds), form.outline[-1])


def _given(fields: Iterable[Field]) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.text)
