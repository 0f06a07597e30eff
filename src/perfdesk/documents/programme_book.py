"""The booklet of a performance programme: the form's outline, filled with texts and tables."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from perfdesk.documents.blocks import (
    Block,
    Bullet,
    ChartBlock,
    Divider,
    Document,
    Figure,
    Heading,
    OrganisationBlock,
    Paragraph,
    Signature,
    TableBlock,
)
from perfdesk.documents.book import sub_programmes
from perfdesk.documents.book.front import BACK_COVER, IMPRINT, QUOTATION, FrontPages
from perfdesk.documents.book.need import need_sentence
from perfdesk.documents.book.references import References
from perfdesk.domain import turkish
from perfdesk.domain.plan import Goal
from perfdesk.domain.programme import SubProgramme, Target
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
from perfdesk.tables.catalogue import FIGURE, BookTables
from perfdesk.tables.charts import trends
from perfdesk.tables.charts.catalogue import charts_of
from perfdesk.tables.charts.chart import Chart
from perfdesk.tables.context import Context
from perfdesk.tables.form import OutlinePart
from perfdesk.tables.layout import fill
from perfdesk.tables.organisation import organisation
from perfdesk.tables.outline import ORGANISATION, PrintedPart, SectionNumbers, printed_parts
from perfdesk.tables.table import Table

# a block, and the entry of the outline it belongs to: its kind and the id of what it is about
About = tuple[str, str]
Told = tuple[About, Block]
_COVER: Final[About] = ("cover", "")
# the level of the parts that the page before a part names
_ANNOUNCED: Final = 2


class UnknownReference(NamedTuple):
    """A name that a text refers to in vain, as it was written, and the entry of the outline whose text it is."""

    about: About
    words: str


def build(ctx: Context, tables: BookTables | None = None, between: Callable[[], object] = lambda: None) -> Document:
    """Return the programme's book.

    Args:
        ctx: the programme.
        tables: those of the same context, where they are known already.
        between: called with each block that is made; what it raises ends the making.
    """
    administration = ctx.municipality.administration
    title = fill(ctx.layout.labels["programme"], year=ctx.programme.year)
    told = _told(ctx, tables, between)
    blocks = [block for _, block in told]
    references = References(ctx, blocks)
    return Document(
        title=f"{administration.name} {title}",
        author=administration.name,
        subject=title,
        running_head=(turkish.upper(administration.name), turkish.upper(title)),
        foot=administration.name,
        page_label=ctx.layout.labels["page"],
        continued=ctx.layout.labels["continued"],
        blocks=tuple(map(references.told, blocks)),
        about=tuple(about for about, _ in told),
        colour=administration.colour,
    )


def unknown_references(ctx: Context, tables: BookTables | None = None) -> list[UnknownReference]:
    """Return what the book's texts refer to without its being there, in book order."""
    told = _told(ctx, tables)
    references = References(ctx, [block for _, block in told])
    return [UnknownReference(about, words) for about, block in told for words in references.unknown(block)]


def _told(ctx: Context, tables: BookTables | None, between: Callable[[], object] = lambda: None) -> list[Told]:
    """Return the whole book from cover to cover, with its texts as they were written."""
    pictures = {picture.id: picture.data for picture in ctx.municipality.pictures}
    front = FrontPages(ctx, pictures)
    book = _Book(ctx, pictures, tables or BookTables(ctx))
    before = list(book.before())
    parts = []
    for told in book.blocks():
        parts.append(told)
        between()
    pages: list[tuple[About, Block | None]] = [
        (_COVER, front.cover()),
        (("part", IMPRINT), front.inner_cover()),
        (("part", QUOTATION), front.quotation()),
        *before,
        *((_COVER, contents) for contents in front.lists([block for _, block in (*before, *parts)])),
        *parts,
        (("part", BACK_COVER), front.back_cover()),
    ]
    return [(about, block) for about, block in pages if block is not None]


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
        # parts without content, and the parts above them, are left out
        self._printed = [printed for printed in printed_parts(ctx) if printed.is_printed]

    def before(self) -> Iterator[Told]:
        """Yield the parts that stand before the contents: those without a number that the book begins with."""
        while self._printed and self._printed[0].part.unnumbered:
            yield from self._part(self._printed.pop(0))

    def blocks(self) -> Iterator[Told]:
        """Yield the parts that follow the contents, and those that the municipality has added."""
        for at, printed in enumerate(self._printed):
            if not printed.part.unnumbered:
                self._numbers.next(printed.part.level)
                if printed.part.level == 1:
                    yield from self._divider(printed, self._printed[at + 1 :])
            yield from self._part(printed)
        known = {part.key for part in self._ctx.layout.form.outline}
        for section in self._ctx.programme.sections:
            if section.key not in known and section.blocks:
                added = PrintedPart(OutlinePart(section.key, section.title, 1), self._numbers.next(1), True, True)
                yield from self._divider(added, [])
                yield from self._part(added)

    def _part(self, printed: PrintedPart) -> Iterator[Told]:
        about = ("part", printed.part.key)
        yield about, Heading(printed.part.level, self._title(printed.part), printed.number)
        yield from self._content(printed.part, about)

    def _divider(self, printed: PrintedPart, following: list[PrintedPart]) -> Iterator[Told]:
        """Yield the page that announces a part, with the parts within it."""
        if "dividers" not in self._ctx.layout.pages:
            return
        within: list[str] = []
        for below in following:
            if below.part.level == 1:
                break
            if below.part.level == _ANNOUNCED:
                within.append(f"{below.number} {self._title(below.part)}".strip())
        about = ("part", printed.part.key)
        yield about, Divider(printed.number, self._title(printed.part), tuple(within))

    def _title(self, part: OutlinePart) -> str:
        section = self._sections.get(part.key)
        return section.title if section and section.title else part.title

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
            yield from self._targets(part, about)
        elif part.holds:
            yield from ((about, block) for block in fillers[part.holds]())
        yield from ((about, block) for block in self._charts(part, section))

    def _charts(self, part: OutlinePart, section: Section | None) -> Iterator[Block]:
        """Yield the charts that close a part; a picture in its text stands for the organisation chart."""
        layout = self._ctx.layout
        drawn = section and any(self._pictures.get(block.picture) for block in section.blocks)
        for key in part.charts:
            if key == ORGANISATION:
                top = organisation(self._ctx.municipality.administration.name, self._ctx.municipality.units)
                if layout.organisation_chart and top.below and not drawn:
                    yield OrganisationBlock(top, self._caption(self._ctx.labels["figure.organisation"]))
            elif key in layout.charts and key != trends.KEY:
                yield from map(self._chart, charts_of(self._ctx, key))

    def _chart(self, chart: Chart, *, of_table: bool = False) -> ChartBlock:
        return ChartBlock(chart, self._caption(chart.title), of_table)

    def _trends(self, part: OutlinePart) -> dict[About, Chart]:
        """Return the charts of the indicators by what they are about: targets, then sub-programmes."""
        if trends.KEY not in part.charts or trends.KEY not in self._ctx.layout.charts:
            return {}
        charts = {chart.key: chart for chart in charts_of(self._ctx, trends.KEY)}
        holders = enumerate(self._ctx.programme.holders(), 1)
        return {_about_holder(holder): charts[key] for n, holder in holders if (key := f"{trends.KEY}:{n}") in charts}

    def _caption(self, own: str) -> str:
        """Return the numbered caption of the next figure; what has no name of its own is not counted."""
        return self._captions.next(FIGURE, own) if own else ""

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
            yield Figure(data, self._caption(block.caption))

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
            section = catalogue.section_name(source)
            if section and turkish.fold(section) != under:
                under = turkish.fold(section)
                yield about, Heading(3, section)
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

    def _targets(self, part: OutlinePart, about: About) -> Iterator[Told]:
        above: Goal | None = None
        owners = self._owners()
        charts = self._trends(part)
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
            if table.kind == performance_target.KIND and (chart := charts.pop(about, None)):
                yield about, self._chart(chart, of_table=True)
        yield from ((holder, self._chart(chart)) for holder, chart in charts.items())
        yield from self._sub_programmes()

    def _sub_programmes(self) -> Iterator[Told]:
        """Yield the tables of sub-programmes under the headings of their programmes, and what is said of activities."""
        headings = sub_programmes.Headings(self._ctx)
        for table in self._of(*catalogue.OF_SUB_PROGRAMME):
            about = ("sub_programme", table.id)
            yield from ((about, block) for block in headings.before(table))
            yield about, TableBlock(table)
            yield from ((about, block) for block in headings.behind(table))

    def _owners(self) -> dict[str, About]:
        """Return by activity the target or sub-programme it belongs to."""
        owners: dict[str, About] = {}
        for holder in self._ctx.programme.holders():
            owners.update((activity.id, _about_holder(holder)) for activity in holder.activities)
        return owners

    def _goal_of(self, table: Table) -> Goal | None:
        target = next(target for target in self._ctx.programme.targets if target.id == table.id)
        return self._ctx.objectives.get(target.objective, (None, None))[0]

    def _resource_need(self) -> Iterator[Block]:
        kinds = (*catalogue.OF_PROGRAMMES, administration_performance.KIND, total_resource_need.KIND)
        tables = list(self._of(*kinds))
        # a layout that prints none of these tables says the sum all the same
        if tables or self._ctx.programme.targets:
            yield Paragraph((Run(need_sentence(self._ctx)),))
        yield from map(TableBlock, tables)

    def _responsible_units(self) -> Iterator[Block]:
        yield from map(TableBlock, self._of(responsible_units.KIND))


def _about_holder(holder: Target | SubProgramme) -> About:
    return ("target", holder.id) if isinstance(holder, Target) else ("sub_programme", holder.sub_programme)
