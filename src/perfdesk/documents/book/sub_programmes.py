"""What the book says around the tables of sub-programmes: headings, who takes part, and a text for each activity."""

from collections.abc import Iterator
from typing import Final

from perfdesk.documents.blocks import Block, Heading, Paragraph
from perfdesk.domain.texts import Run
from perfdesk.tables import sub_programme_costs
from perfdesk.tables.context import Context
from perfdesk.tables.layout import fill
from perfdesk.tables.sub_programmes import Shown, name_of, programme_name, sub_programmes
from perfdesk.tables.table import Table

# below the parts of the outline
_PROGRAMME: Final = 3
_SUB_PROGRAMME: Final = 4


class Headings:
    """Tells for each table of a sub-programme what stands before and behind it; a heading stands once."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._shown = {one.id: one for one in sub_programmes(ctx).shown}
        self._programme = ""
        self._sub_programme: str | None = None

    def before(self, table: Table) -> Iterator[Block]:
        """Yield the headings that begin with a table, and what is said of the sub-programme as a whole."""
        if table.id == self._sub_programme:
            return
        self._sub_programme = table.id
        one = self._shown[table.id]
        labels = self._ctx.labels
        if one.programme and one.programme.id != self._programme:
            self._programme = one.programme.id
            yield Heading(_PROGRAMME, fill(labels["heading.budget_programme"], name=programme_name(one.programme)))
        if one.entry:
            yield Heading(_SUB_PROGRAMME, fill(labels["heading.sub_programme"], name=name_of(self._ctx, one)))
        else:
            yield Heading(_PROGRAMME, name_of(self._ctx, one))
        yield from self._description(one)

    def _description(self, one: Shown) -> Iterator[Block]:
        if one.use is None:
            return
        if one.use.description:
            yield Paragraph((Run(one.use.description),))
        if one.use.units:
            units = ", ".join(self._ctx.unit_names(one.use.units))
            yield Paragraph((Run(fill(self._ctx.labels["sub_programme.units"], units=units)),))

    def behind(self, table: Table) -> Iterator[Block]:
        """Yield what is said of the activities whose cost a table shows."""
        if table.kind != sub_programme_costs.KIND:
            return
        activities = [activity for entry in self._shown[table.id].entries for activity in entry.activities]
        described = [activity for activity in activities if activity.description]
        if described:
            # the same words below every sub-programme: nothing to find it by
            yield Heading(_SUB_PROGRAMME, self._ctx.labels["sub_programme.activities"], listed=False)
        for activity in described:
            name = self._ctx.activity_name(activity)
            yield Paragraph((Run(f"{name}: ", bold=True), Run(activity.description)))


def numbers(ctx: Context) -> dict[str, int]:
    """Return how many programmes and sub-programmes of the list the year uses, for sentences that say so."""
    shown = [one for one in sub_programmes(ctx).shown if one.entry]
    return {
        "programmes": len({one.programme.id for one in shown if one.programme}),
        "sub_programmes": len(shown),
    }
