"""The booklet of a performance programme: the form's outline, filled with texts and tables."""

from collections.abc import Iterator

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
from perfdesk.tables.context import Context
from perfdesk.tables.form import OutlinePart
from perfdesk.tables.layout import fill
from perfdesk.tables.outline import SectionNumbers, printed_parts
from perfdesk.tables.table import Table


def build(ctx: Context) -> Document:
    """Return the programme's book."""
    administration = ctx.municipality.administration
    title = fill(ctx.layout.labels["programme"], year=ctx.programme.year)
    pictures = {picture.id: picture.data for picture in ctx.municipality.pictures}
    imprint = (administration.address, administration.phone, administration.web, administration.email)
    foot = tuple(text for text in imprint if text)
    return Document(
        title=f"{administration.name} {title}",
        author=administration.name,
        subject=title,
        running_head=(turkish.upper(administration.name), turkish.upper(title)),
        foot=administration.name,
        page_label=ctx.layout.labels["page"],
        continued=ctx.layout.labels["continued"],
        blocks=(
            Cover(
                administration.name,
                ctx.layout.form.title,
                str(ctx.programme.year),
                pictures.get(administration.logo, b""),
                foot,
            ),
            Contents(ctx.layout.labels["contents"], frozenset({cost_sheet.KIND, resource_table.KIND})),
            *_Book(ctx, pictures).blocks(),
        ),
        colour=administration.colour,
    )


class _Book:
    """Walks the outline once, numbering headings and captions as it goes."""

    def __init__(self, ctx: Context, pictures: dict[str, bytes]) -> None:
        self._ctx = ctx
        self._pictures = pictures
        self._captions = catalogue.Captions(ctx)
        self._sections = {section.key: section for section in ctx.programme.sections}
        # counts along with the parts, for the headings within them
        self._numbers = SectionNumbers(ctx.layout)

    def blocks(self) -> Iterator[Block]:
        """Yield the book after its contents; parts without content, and the parts above them, are left out."""
        for printed in printed_parts(self._ctx):
            if printed.is_printed:
                if not printed.part.unnumbered:
                    self._numbers.next(printed.part.level)
                yield self._heading(printed.part, printed.number)
                yield from self._content(printed.part)
        known = {part.key for part in self._ctx.layout.form.outline}
        for section in self._ctx.programme.sections:
            if section.key not in known and section.blocks:
                yield self._heading(OutlinePart(section.key, section.title, 1), self._numbers.next(1))
                yield from self._text(section)

    def _heading(self, part: OutlinePart, number: str) -> Heading:
        section = self._sections.get(part.key)
        return Heading(part.level, section.title if section and section.title else part.title, number)

    def _content(self, part: OutlinePart) -> Iterator[Block]:
        section = self._sections.get(part.key)
        if section:
            yield from self._text(section)
        if part.key == "foreword" and section and section.blocks:
            signatory = next((s for s in self._ctx.municipality.administration.signatories if s.role == "mayor"), None)
            if signatory:
                yield Signature(signatory.name, signatory.titles)
        fillers = {
            "resource_tables": self._resource_tables,
            "policy_documents": self._policy_documents,
            "goals": self._goals,
            "targets": self._targets,
            "resource_need": self._resource_need,
            "responsible_units": self._responsible_units,
        }
        if part.holds:
            yield from fillers[part.holds](part)

    def _prints(self, kind: str) -> bool:
        return kind in self._ctx.layout.printed

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

    def _resource_tables(self, part: OutlinePart) -> Iterator[Block]:
        if not self._prints(resource_table.KIND):
            return
        under = turkish.fold(part.title)
        for table in catalogue.resource_tables(self._ctx, self._captions, part):
            section = self._ctx.programme.resource_tables[int(table.id) - 1].section
            if section and turkish.fold(section) != under:
                under = turkish.fold(section)
                yield Heading(3, section)
            yield TableBlock(table)

    def _policy_documents(self, _part: OutlinePart) -> Iterator[Block]:
        if self._ctx.programme.policy_documents:
            yield TableBlock(policy_documents.build(self._ctx, self._captions.next(policy_documents.KIND)))

    def _goals(self, _part: OutlinePart) -> Iterator[Block]:
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
        if self._prints(goals.KIND):
            yield TableBlock(goals.build(self._ctx, self._captions.next(goals.KIND)))

    def _targets(self, _part: OutlinePart) -> Iterator[Block]:
        above: Goal | None = None
        for table in catalogue.target_tables(self._ctx, self._captions):
            if table.kind == performance_target.KIND and self._ctx.layout.goal_headings:
                goal = self._goal_of(table)
                if goal and (above is None or goal.id != above.id):
                    above = goal
                    yield Heading(3, goal.title or self._ctx.codes.goals[goal.id], self._numbers.next(3))
            yield TableBlock(table)

    def _goal_of(self, table: Table) -> Goal | None:
        target = next(target for target in self._ctx.programme.targets if target.id == table.id)
        return self._ctx.objectives.get(target.objective, (None, None))[0]

    def _resource_need(self, _part: OutlinePart) -> Iterator[Block]:
        kinds = [kind for kind in (administration_performance, total_resource_need) if self._prints(kind.KIND)]
        if kinds:
            yield Paragraph((Run(self._need_sentence()),))
        for kind in kinds:
            yield TableBlock(kind.build(self._ctx, self._captions.next(kind.KIND)))

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

    def _responsible_units(self, _part: OutlinePart) -> Iterator[Block]:
        if self._prints(responsible_units.KIND):
            yield PageBreak()
            yield TableBlock(responsible_units.build(self._ctx, self._captions.next(responsible_units.KIND)))
