"""What can be found in the other parts of the book: texts, documents, resource tables, administration-wide amounts."""

from collections.abc import Iterable, Iterator

from perfdesk.domain.programme import Programme
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.texts import BlockKind, PolicyDocument, Section
from perfdesk.i18n import N_
from perfdesk.services.search.record import (
    ADMINISTRATION_WIDE,
    PART,
    POLICY,
    RESOURCE,
    RESOURCE_ROW,
    TEXT,
    Amount,
    Record,
    Text,
    given,
    holding,
    path,
)
from perfdesk.tables.context import coded
from perfdesk.tables.form import Form, OutlinePart


def parts(form: Form) -> Iterator[Record]:
    """Yield the parts of the book themselves."""
    for part in form.outline:
        yield Record(PART, ("part", part.key), "", "", 0, "", part.title)


def section(of_year: Section, part: OutlinePart) -> Iterator[Record]:
    """Yield the paragraphs of a text; each is shown with the heading it stands under."""
    heading = ""
    for block in of_year.blocks:
        fields = given([Text("".join(run.text for run in block.runs), "runs"), Text(block.caption, "caption")])
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
    part = holding(form, "policy_documents")
    for document in documents:
        fields = [
            Text(document.section, "section"),
            Text(document.reference, "reference"),
            Text(document.text, "text"),
        ]
        yield Record(
            POLICY,
            ("part", part.key),
            part.title,
            "policy_document",
            document.row,
            "document",
            document.document,
            fields=given(fields),
        )


def resource_table(table: ResourceTable, part: OutlinePart) -> Iterator[Record]:
    """Yield a resource table and its rows; a row is named by its first cell with a letter in it."""
    entry = ("resource_table", str(table.row))
    fields = [Text(cell, "header") for line in table.header for cell in dict.fromkeys(line)]
    fields.append(Text(table.note, "note", N_("Note")))
    yield Record(
        RESOURCE, entry, part.title, "resource_table", table.row, "caption", table.caption, fields=given(fields)
    )
    above = path(part.title, table.caption)
    for row in table.rows:
        name = next((n for n, cell in enumerate(row.cells) if any(map(str.isalpha, cell))), 0)
        cells = tuple(Text(cell, str(n)) for n, cell in enumerate(row.cells) if cell and n != name)
        title = row.cells[name] if row.cells else ""
        if title or cells:
            yield Record(RESOURCE_ROW, entry, above, "resource_row", row.row, str(name), title, fields=cells)


def administration_wide(programme: Programme, form: Form) -> Iterator[Record]:
    """Yield the general administration's expenses and the transfers to other administrations."""
    part = holding(form, "resource_need")

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
