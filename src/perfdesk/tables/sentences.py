"""Generated sentences that quote amounts: they say once that these are money, in the layout's own way."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfdesk.tables.context import Context
from perfdesk.tables.layout import fill

# the currency that the words of a sentence have behind an amount
_LIRA: Final = re.compile(r"(?<=\})[ \u00a0]TL\b")
_NO_BREAK: Final = "\u00a0"


def sentence(ctx: Context, words: str, amounts: Mapping[str, Decimal], **others: object) -> str:
    """Return a sentence with its places filled.

    Args:
        ctx: the programme; a layout whose amounts say that they are money takes the place of the words' own currency.
        words: the sentence as the form or the clerk has it, "… {total} TL …".
        amounts: what is filled in as money.
        others: what is filled in as it is.
    """
    if ctx.says_currency:
        words = _LIRA.sub("", words)
    told = {name: ctx.told_money(amount).replace(" ", _NO_BREAK) for name, amount in amounts.items()}
    return fill(words, **others, **told)
