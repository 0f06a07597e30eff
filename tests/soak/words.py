"""What the monkey types: entries with what they mean, where they mean anything."""

from decimal import Decimal
from random import Random
from typing import Final, NamedTuple

from perfdesk.domain.numbers import format_number

_WORDS: Final = (
    *("ağaç", "Ilgın", "İstanbul", "şehir", "çöp", "göl", "IŞIK", "ığdır", "ölçüm", "%", "m²", "₺", "yol", "park"),
    *("Fen", "işleri", "hedef", "gösterge", "bakım", "onarım", "“tırnak”", "a/b", "1.", "2027", "–", "=1+1", "@x"),
)
_EMOJI: Final = ("😀", "👩‍👩‍👧", "🌳🌳", "𐍈")
_WRONG_NUMBERS: Final = ("abc", "1,2,3", "12.34", "1e5", "NaN", "1 000,5,", "٣", "--", "1,", ",5", "12,345.6")
MARKS: Final = ("-", "X", "x")
# pasted, never typed: no key sends them
CONTROLS: Final = ("\x00", "\x07", "\x1b[31m", "a\x08b", "\ud800", "\ufffe", "\u202e", "\u2028", "\r", "\x0b")


class Entry(NamedTuple):
    """A text to type; ``meaning`` is the text or number that must be stored, None where it may be refused."""

    text: str
    meaning: object = None


def phrase(rng: Random, most: int = 6) -> str:
    """Return some words."""
    return " ".join(rng.choice(_WORDS) for _ in range(rng.randint(1, most)))


def text(rng: Random) -> Entry:
    """Return a text: short, long, empty, with letters from everywhere."""
    kind = rng.random()
    if kind < 0.08:
        return Entry("", "")
    if kind < 0.14:
        long = phrase(rng, 120)
        return Entry(long, long)
    if kind < 0.22:
        odd = f"{phrase(rng, 2)} {rng.choice(_EMOJI)}"
        return Entry(odd, odd)
    if kind < 0.3:
        padded = phrase(rng)
        return Entry(f"  {padded} ", padded)
    plain = phrase(rng)
    return Entry(plain, plain)


def number(rng: Random) -> Decimal:
    """Return a number with at most two places."""
    digits = rng.choice((1, 2, 3, 4, 6, 9))
    value = Decimal(rng.randrange(10**digits))
    return value + Decimal(rng.randrange(100)) / 100 if rng.random() < 0.4 else value


def amount(rng: Random) -> Entry:
    """Return an amount as Turkish writes it, rarely one that is none."""
    kind = rng.random()
    if kind < 0.15:
        return Entry(rng.choice(_WRONG_NUMBERS))
    if kind < 0.2:
        return Entry("", Decimal(0))
    if kind < 0.25:
        return Entry("9" * rng.randint(10, 25))
    value = number(rng)
    if rng.random() < 0.5:
        return Entry(format_number(value), value)
    return Entry(f"{value}".replace(".", ","), value)


def value(rng: Random) -> Entry:
    """Return an indicator's value: a number, a mark, a text behind an apostrophe, or what is none of these."""
    kind = rng.random()
    if kind < 0.15:
        mark = rng.choice(MARKS)
        return Entry(mark, ("mark", mark.upper()))
    if kind < 0.25:
        words = phrase(rng, 3)
        return Entry(f"'{words}", ("text", words))
    entry = amount(rng)
    return Entry(entry.text, None if entry.text == "" else entry.meaning)


def anything(rng: Random) -> Entry:
    """Return an entry for a field nobody knows the kind of."""
    return rng.choice((text, amount, value))(rng)


def block(rng: Random) -> str:
    """Return what a spreadsheet puts on the clipboard: rows and columns, quoted where need be, often ragged."""
    rows, columns = rng.choice((1, 1, 2, 3, 8, 40)), rng.choice((1, 1, 2, 3, 6))
    lines = ["\t".join(_cell(rng) for _ in range(max(1, columns - rng.choice((0, 0, 0, 1))))) for _ in range(rows)]
    return rng.choice(("\n", "\r\n")).join(lines) + rng.choice(("", "\n"))


def _cell(rng: Random) -> str:
    kind = rng.random()
    if kind < 0.1:
        return f'"{phrase(rng, 2)}\n{phrase(rng, 2)} ""x"""'
    if kind < 0.15:
        return rng.choice(CONTROLS)
    return anything(rng).text
