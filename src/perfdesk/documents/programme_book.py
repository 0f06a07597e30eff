"""The booklet of a performance programme: the form's outline, filled with texts and tables."""

from collections.abc import Iterator
from typing import Final

from perfdesk.documents.blocks import (
    Block,
    Bullet,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Signature,
    TableBlock,
)
from perfdesk.domain import turkish
from perfdesk.domain.numbers import format_number
from perfdesk.domain.plan import Goal
from perfdesk.domain.programme import Target
from perfdesk.domain.texts import BlockKind, Run, Section, TextBlock
from perfdesk.tables import (
    administration_performance,
    catalogue,
    cost_sheet,
    goals,
    performance_target,
    policy_documents,
    resource_table,
    responsible_units,
    total_resource_need,
)
from perfdesk.tables.catalogue import BookTables
from perfdesk.tables.context import Context
from perfdesk.tables.form import OutlinePart
from perfdesk.tables.layout import fill
from perfdesk.tables.outline import SectionNumbers, printed_parts
from perfdesk.tables.table import Table

# a block, and the entry of the outline it belongs to: its kind and the id of what it is about
About = tuple[str, str]
Told = tuple[About, Block]
_COVER: Final[About] = ("cover", "")


def build(ctx: Context, tables: BookTables | None = None) -> Document:
    """Return the programme's book; ``tables`` are those of the same context, where they are known already."""
    administration = ctx.municipality.administration
    title = fill(ctx.layout.labels["programme"], year=ctx.programme.year)
    pictures = {picture.id: picture.data for picture in ctx.municipality.pictures}
    imprint = (administration.address, administration.phone, administration.web, administration.email)
    foot = tuple(text for text in imprint if text)
    cover = Cover(
        administration.name,
        ctx.layout.form.title,
        str(ctx.programme.year),
        pictures.get(administration.logo, b""),
        foot,
    )
    contents = Contents(ctx.layout.labels["contents"], frozenset({cost_sheet.KIND, resource_table.KIND}))
    told: list[Told] = [(_COVER, cover), (_COVER, contents), *_Book(ctx, pictures, tables or BookTables(ctx)).blocks()]
    return Document(
        title=f"{administration.name} {title}",
        author=administration.name,
        subject=title,
        running_head=(turkish.upper(administration.name), turkish.upper(title)),
        foot=administration.name,
        page_label=ctx.layout.labels["page"],
        continued=ctx.layout.labels["continued"],
        blocks=tuple(block for _, block in told),
        about=tuple(about for about, _ in told),
        colour=administration.colour,
    )


class _Book:
    """Walks the outline once, numbering headings as it goes and putting the tables where they belong."""

    def __init__(self, ctx: Context, pictures: dict[str, bytes], tables: BookTables) -> None:
        self._ctx = ctx
        self._pictures = pictures
        self._tables = tables.tables
        # counts along with the tables, for those that stand in the book alone
        self._captions = catalogue.Captions(ctx)
        form = ctx.layout.form
        self._part_of = {
            str(number): catalogue.part_of(form, table) for number, table in enumerate(ctx.programme.resource_tables, 1)
        }
        self._sections = {section.key: section for section in ctx.programme.sections}
        # counts along with the parts, for the headings within them
        self._numbers = SectionNumbers(ctx.layout)

    def blocks(self) -> Iterator[Told]:
        """Yield the book after its contents; parts without content, and the parts above them, are left out."""
        for printed in printed_parts(self._ctx):
            if printed.is_printed:
                if not printed.part.unnumbered:
                    self._numbers.next(printed.part.level)
                about = ("part", printed.part.key)
                yield about, self._heading(printed.part, printed.number)
                yield from self._content(printed.part, about)
        known = {part.key for part in self._ctx.layout.form.outline}
        for section in self._ctx.programme.sections:
            if section.key not in known and section.blocks:
                about = ("part", section.key)
                yield about, self._heading(OutlinePart(section.key, section.title, 1), self._numbers.next(1))
                yield from ((about, block) for block in self._text(section))

    def _heading(self, part: OutlinePart, number: str) -> Heading:
        section = self._sections.get(part.key)
        return Heading(part.level, section.title if section and section.title else part.title, number)

    def _content(self, part: OutlinePart, about: About) -> Iterator[Told]:
        section = self._sections.get(part.key)
        if section:
            yield from ((about, block) for block in self._text(section))
        if part.key == "foreword" and section and section.blocks:
            signatory = next((s for s in self._ctx.municipality.administration.signatories if s.role == "mayor"), None)
            if signatory:
                yield about, Signature(signatory.name, signatory.titles)
        fillers = {
            "policy_documents": self._policy_documents,
            "goals": self._goals,
            "resource_need": self._resource_need,
            "responsible_units": self._responsible_units,
        }
        if part.holds == "resource_tables":
            yield from self._resource_tables(part)
        elif part.holds == "targets":
            yield from self._targets(about)
        elif part.holds:
            yield from ((about, block) for block in fillers[part.holds]())

    def _of(self, *kinds: str) -> Iterator[Table]:
        """Yield the tables of some kinds in book order."""
        for table in self._tables:
            if table.kind in kinds:
                self._captions.next(table.kind)
                yield table

    def _text(self, section: Section) -> Iterator[Block]:
        for block in section.blocks:
            yield from self._text_block(block)

    def _text_block(self, block: TextBlock) -> Iterator[Block]:
        if block.kind is BlockKind.HEADING:
            yield Heading(min(2 + (block.level or 1), 4), "".join(run.text for run in block.runs))
        elif block.kind is BlockKind.PARAGRAPH:
            yield Paragraph(block.runs)
        elif block.kind is BlockKind.BULLET:
            yield Bullet(block.runs)
        elif data := self._pictures.get(block.picture):
            yield Figure(data, block.caption)

    def _resource_tables(self, part: OutlinePart) -> Iterator[Told]:
        entered = self._ctx.programme.resource_tables
        under = turkish.fold(part.title)
        # picked by part, for another part's are told when its turn comes
        for table in self._tables:
            if table.kind != resource_table.KIND or self._part_of[table.id] is not part:
                continue
            self._captions.next(table.kind)
            source = entered[int(table.id) - 1]
            about = (resource_table.KIND, str(source.row))
            if source.section and turkish.fold(source.section) != under:
                under = turkish.fold(source.section)
                yield about, Heading(3, source.section)
            yield about, TableBlock(table)

    def _policy_documents(self) -> Iterator[Block]:
        if self._ctx.programme.policy_documents:
            yield TableBlock(policy_documents.build(self._ctx, self._captions.next(policy_documents.KIND)))

    def _goals(self) -> Iterator[Block]:
        plan = self._ctx.municipality.plan_of(self._ctx.programme.year)
        labels = self._ctx.layout.labels
        if plan:
            for label, text in ((labels["mission"], plan.mission), (labels["vision"], plan.vision)):
                if text:
                    yield Heading(3, label)
                    yield Paragraph((Run(text),))
            if plan.values:
                yield Heading(3, labels["values"])
                yield from (Bullet((Run(value),)) for value in plan.values)
        yield from map(TableBlock, self._of(goals.KIND))

    def _targets(self, about: About) -> Iterator[Told]:
        above: Goal | None = None
        owners = self._owners()
        for table in self._of(performance_target.KIND, cost_sheet.KIND):
            if table.kind == performance_target.KIND and self._ctx.layout.goal_headings:
                goal = self._goal_of(table)
                if goal and (above is None or goal.id != above.id):
                    above = goal
                    heading = Heading(3, goal.title or self._ctx.codes.goals[goal.id], self._numbers.next(3))
                    yield ("goal", goal.id), heading
            # a cost sheet goes by the id of its first activity
            about = ("target", table.id) if table.kind == performance_target.KIND else owners.get(table.id, about)
            yield about, TableBlock(table)

    def _owners(self) -> dict[str, About]:
        """Return by activity the target or sub-programme it belongs to."""
        owners: dict[str, About] = {}
        for holder in self._ctx.programme.holders():
            about = ("target", holder.id) if isinstance(holder, Target) else ("sub_programme", holder.sub_programme)
            owners.update((activity.id, about) for activity in holder.activities)
        return owners

    def _goal_of(self, table: Table) -> Goal | None:
        target = next(target for target in self._ctx.programme.targets if target.id == table.id)
        return self._ctx.objectives.get(target.objective, (None, None))[0]

    def _resource_need(self) -> Iterator[Block]:
        tables = list(self._of(administration_performance.KIND, total_resource_need.KIND))
        if tables:
            yield Paragraph((Run(self._need_sentence()),))
        yield from map(TableBlock, tables)

    def _need_sentence(self) -> str:
        sums = self._ctx.ledger
        places = self._ctx.places
        return fill(
            self._ctx.layout.labels["need_sentence"],
            year=self._ctx.programme.year,
            targets=len(self._ctx.programme.targets),
            activities=sum(len(holder.activities) for holder in self._ctx.programme.holders()),
            activities_total=format_number(sums.activities_total.total, places),
            general_administration=format_number(sums.general_administration_total.total, places),
            transfers=format_number(sums.transfers_total.total, places),
            grand_total=format_number(sums.grand_total.total, places),
        )

    def _responsible_units(self) -> Iterator[Block]:
        for table in self._of(responsible_units.KIND):
            yield PageBreak()
            yield TableBlock(table)
