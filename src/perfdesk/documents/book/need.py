"""The sentence that says what the programme comes to, its figures taken from the ledger."""

from perfdesk.documents.book import sub_programmes
from perfdesk.tables.context import Context
from perfdesk.tables.sentences import sentence


def need_sentence(ctx: Context) -> str:
    """Return how much the programme holds and needs, in the form's words."""
    sums = ctx.ledger
    return sentence(
        ctx,
        ctx.labels["need_sentence"],
        {
            "activities_total": sums.activities_total.total,
            "general_administration": sums.general_administration_total.total,
            "transfers": sums.transfers_total.total,
            "grand_total": sums.grand_total.total,
        },
        year=ctx.programme.year,
        targets=len(ctx.programme.targets),
        activities=sum(len(holder.activities) for holder in ctx.programme.holders()),
        **sub_programmes.numbers(ctx),
    )
