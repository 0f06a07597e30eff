"""What all papers share: their pages look as the book's, and tables that are the book's are called as there."""

import dataclasses
from collections.abc import Collection, Iterable

from perfdesk.documents import programme_workbook
from perfdesk.documents.blocks import Block, Document, Heading, Paragraph, Sheet, Workbook
from perfdesk.domain import turkish
from perfdesk.domain.texts import Run
from perfdesk.tables.catalogue import BookTables
from perfdesk.tables.context import Context
from perfdesk.tables.table import Table


def paper(ctx: Context, title: str, blocks: Iterable[Block], about: str = "") -> Document:
    """Return a paper under its title; ``about`` is what it is about, where that is not the whole programme."""
    administration = ctx.municipality.administration
    return Document(
        title=f"{administration.name} {title}" + (f" · {about}" if about else ""),
        author=administration.name,
        subject=title,
        running_head=(turkish.upper(administration.name), turkish.upper(title)),
        # the head names the administration; at the foot the middle is the stamp's
        foot=about or administration.name,
        page_label=ctx.labels["page"],
        continued=ctx.labels["continued"],
        blocks=(Heading(1, about or title), *(tuple(blocks) or (Paragraph((Run(ctx.labels["empty"]),)),))),
        colour=administration.colour,
        keywords=(administration.name, str(ctx.programme.year)),
    )


def workbook(ctx: Context, title: str, tables: Iterable[Table], kinds: Iterable[str]) -> Workbook:
    """Return a paper's workbook, a sheet for each kind of table; one that says so where there is none."""
    sheets = programme_workbook.sheets(ctx, tables, kinds)
    nothing = Table("", "", title, (), empty=ctx.labels["empty"])
    return programme_workbook.workbook(ctx, title, sheets or (Sheet("", title, (nothing,)),))


def book_tables(ctx: Context, kinds: Collection[str]) -> list[Table]:
    """Return the tables of the book that are of these kinds, captioned as there.

    Those that the layout does not print are made all the same, as the paper is there for them. These have no number in
    the book, and then none of the paper's has one: numbers here and there would say nothing.
    """
    missing = frozenset(kinds) - frozenset(ctx.layout.printed)
    bare = {kind: ctx.layout.form.captions[kind] for kind in kinds} if missing else {}
    layout = dataclasses.replace(
        ctx.layout,
        printed=(*ctx.layout.printed, *missing),
        captions={**ctx.layout.captions, **bare},
    )
    tables = BookTables(dataclasses.replace(ctx, layout=layout)).tables
    return [table for table in tables if table.kind in kinds]
