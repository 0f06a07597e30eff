"""What running text may quote: figures of the ledger by name, and the numbers that captions carry."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple, TypeVar

from perfdesk.domain import turkish
from perfdesk.tables.context import Context

# [[genel toplam]], [[Tablo: Hizmet Binaları]]
QUOTE: Final = re.compile(r"\[\[([^\[\]]+)\]\]")
_NUMBER: Final = re.compile(r"\{[nN]\}")
_OPENED: Final = " \t\n-–—.:;,"

_Held = TypeVar("_Held")


class Quoted(NamedTuple):
    """What stands between the brackets: a kind of place in the book, or "" for a figure; and its name."""

    kind: str
    name: str


def quoted(ctx: Context, words: str) -> Quoted:
    """Return what the words between the brackets ask for; "Tablo: Araçlar" asks for a place, by the form's words."""
    word, colon, name = words.partition(":")
    kinds = {folded(word_): kind for word_, kind in ctx.layout.form.references.items()}
    kind = kinds.get(folded(word)) if colon else None
    return Quoted(kind, folded(name)) if kind else Quoted("", folded(words))


def folded(text: str) -> str:
    """Return a name as names are compared: folded, with single blanks."""
    return " ".join(turkish.fold(text).split())


def figures(ctx: Context) -> dict[str, str]:
    """Return by folded name every figure that a text may quote, as the layout prints it."""
    sums = ctx.ledger
    holders = list(ctx.programme.holders())

    def money(key: str) -> str:
        return ctx.told_money(getattr(sums, key).total)

    known = {
        "grand_total": money("grand_total"),
        "activities_total": money("activities_total"),
        "general_administration": money("general_administration_total"),
        "transfers": money("transfers_total"),
        "targets": str(len(ctx.programme.targets)),
        "activities": str(sum(len(holder.activities) for holder in holders)),
        "indicators": str(sum(len(holder.indicators) for holder in holders)),
        "year": str(ctx.programme.year),
        "administration": ctx.municipality.administration.name,
    }
    return {folded(name): known[key] for name, key in ctx.layout.form.quotes.items()}


def reference(pattern: str, caption: str) -> tuple[str, str]:
    """Return how a text refers to a caption, and the caption's own name.

    Args:
        pattern: what the layout makes captions of: "Tablo {N} {caption}".
        caption: the caption it made: "Tablo 7 Hizmet Binaları" is referred to as "Tablo 7". One without a number is
            referred to by itself.
    """
    found = _referred(pattern)
    match = found.match(caption) if found else None
    if match is None:
        return caption, caption
    return match[0], caption[match.end() :].strip(_OPENED) or caption


@cache
def _referred(pattern: str) -> re.Pattern[str] | None:
    """Return what a reference looks like in captions of a pattern; None where they have no number."""
    numbers = list(_NUMBER.finditer(pattern))
    if not numbers:
        return None
    own = pattern.find("{caption}")
    end = numbers[-1].end()
    while pattern[end : end + 1] in (")", "]", "}") and end < len(pattern):
        end += 1
    head = pattern[:own].rstrip(_OPENED) if own > end else pattern[:end]
    if "{caption}" in head or not re.search(r"[^\W\d_]", _NUMBER.sub("", head)):
        # a number before or behind everything else: nothing says what it counts
        return None
    parts = re.split(r"(\{[nN]\}|\{year\})", head)
    return re.compile("".join(r"\d+" if part.startswith("{") else re.escape(part) for part in parts))


def best(name: str, held: Iterable[tuple[tuple[str, ...], _Held]]) -> _Held | None:
    """Return what is known by a folded name: wholly, else by its beginning, else by a part of it; the first of several.

    Args:
        name: the name, folded.
        held: things in book order, each with the folded names it goes by.
    """
    begins: _Held | None = None
    holds: _Held | None = None
    if not name:
        return None
    for names, thing in held:
        if name in names:
            return thing
        if begins is None and any(own.startswith(name) for own in names):
            begins = thing
        if holds is None and any(name in own for own in names):
            holds = thing
    return holds if begins is None else begins
