"""Temel politika ve öncelikler: what higher policy documents ask, with the place."""

from typing import Final

from perfdesk.i18n import N_
from perfdesk.tables.context import Context
from perfdesk.tables.table import COVERED, Cell, Column, ColumnKind, Part, Role, Row, Table, head

KIND: Final = "policy_documents"
COLUMNS: Final = (
    Column("document", N_("Policy document"), ColumnKind.TEXT, 3, "policy.document"),
    Column("section", N_("Section"), ColumnKind.TEXT, 2.5, "policy.section"),
    Column("reference", N_("Reference"), ColumnKind.TEXT, 2, "policy.reference"),
    Column("text", N_("Text"), ColumnKind.TEXT, 6, "policy.text"),
)


def build(ctx: Context, caption: str) -> Table:
    """Return the table; neighbouring entries of one document share its cell."""
    documents = ctx.programme.policy_documents
    rows = []
    for n, entry in enumerate(documents):
        first = n == 0 or documents[n - 1].document != entry.document
        run = next((k for k, later in enumerate(documents[n:]) if later.document != entry.document), len(documents) - n)
        cells = (
            Cell(entry.document, down=run) if first else COVERED,
            Cell(entry.section),
            Cell(entry.reference),
            Cell(entry.text),
        )
        rows.append(Row(Role.DETAIL, f"policy:{n + 1}", cells))
    return Table(
        KIND, "", caption, (Part(KIND, COLUMNS, head(COLUMNS, ctx.labels), tuple(rows)),), empty=ctx.labels["empty"]
    )
