"""The sentence that says what the programme comes to, its figures taken from the ledger."""

from perfdesk.documents.book import sub_programmes
from perfdesk.domain.numbers import format_number
from perfdesk.tables.context import Context
from perfdesk.tables.layout import fill


def need_sentence(ctx: Context) -> str:
    """Return how much the programme holds and needs, in the form's words."""
    sums, places = ctx.ledger, ctx.places
    return fill(
        ctx.labels["need_sentence"],
        year=ctx.programme.year,
        targets=len(ctx.programme.targets),
        activities=sum(len(holder.activities) for holder in ctx.programme.holders()),
        **sub_programmes.numbers(ctx),
        activities_total=format_number(sums.activities_total.total, places),
        general_administration=format_number(sums.general_administration_total.total, places),
        transfers=format_number(sums.transfers_total.total, places),
        grand_total=format_number(sums.grand_total.total, places),
    )
