"""How wide the columns of a table are: figures as wide as they need, texts share what is left by their weight."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from perfdesk.tables.table import Column, ColumnKind

# narrowest columns, in average letters; texts get more by their weight
_NARROWEST: Final = {
    ColumnKind.TEXT: 10,
    ColumnKind.CODE: 4,
    ColumnKind.VALUE: 7,
    ColumnKind.AMOUNT: 7,
    ColumnKind.SHARE: 8,
    ColumnKind.FLAG: 4,
}
# no column that is as wide as its content takes more letters than this
_WIDEST: Final = 30
_HEAVIEST: Final = 8
# Of a table whose texts can be anything, a column of short texts is as wide as they are, and one of long texts at least
# so many letters; what is left goes to those with the longest texts.
_NARROWEST_LETTERS: Final = 7
# letters that a column of texts, which wrap, keeps where all columns fit into the view only so
_FEWEST_LETTERS: Final = 12
_WIDEST_SHORT: Final = 24
# letters that columns of figures get there, where there is room
_ROOMY: Final = 14


class Room(NamedTuple):
    """How wide the view is, and a letter on average, and whether weights count letters (``TableModel``)."""

    width: int
    letter: int
    weighs_letters: bool


def fitted(
    columns: Sequence[Column],
    room: Room,
    *,
    contents: Sequence[int],
    heads: Sequence[int],
    words: Callable[[Sequence[int]], Sequence[int]],
    chosen: Mapping[str, int],
) -> list[int]:
    """Return the widths of columns.

    Args:
        columns: the columns.
        room: what they have to fit into; where they cannot, they are wider.
        contents: the width of each one's longest line.
        heads: the width of each head's longest word.
        words: the width of the longest word of these columns, asked for where there is not room enough.
        chosen: widths that a person has chosen, by the column's key.
    """
    widths = [
        chosen.get(column.key) or max(_least(column, content, room), head)
        for column, content, head in zip(columns, contents, heads, strict=True)
    ]
    free = [at for at, column in enumerate(columns) if column.key not in chosen]
    texts = [at for at in free if columns[at].kind is ColumnKind.TEXT]
    if sum(widths) > room.width:
        fewest = _FEWEST_LETTERS * room.letter
        longest = {at: max(heads[at], fewest, word) for at, word in zip(texts, words(texts), strict=True)}
        # better a word is cut than a column is out of sight
        _shrink(widths, longest, room.width) or _shrink(
            widths, {at: max(heads[at], fewest) for at in texts}, room.width
        )
    if room.weighs_letters:
        _grow(widths, {at: contents[at] for at in texts}, room.width)
        figures = [at for at in free if columns[at].kind is not ColumnKind.TEXT]
        _grow(widths, dict.fromkeys(figures, _ROOMY * room.letter), room.width)
    _share_out(widths, texts, [columns[at].weight for at in texts], room.width)
    return widths


def _least(column: Column, content: int, room: Room) -> int:
    """Return the least width of a column, its head apart."""
    narrowest = _NARROWEST[column.kind] * room.letter
    if column.kind is not ColumnKind.TEXT:
        return max(narrowest, min(content, _WIDEST * room.letter))
    if room.weighs_letters:
        return max(_NARROWEST_LETTERS * room.letter, min(content, _WIDEST_SHORT * room.letter))
    return narrowest + int(min(column.weight, _HEAVIEST) * 2 * room.letter)


def _shrink(widths: list[int], least: Mapping[int, int], room: int) -> bool:
    """Take what is lacking from columns, the widest first, none below its least; return whether that was enough.

    Where it is not they stay as wide as they were, for part of the columns is out of sight in any case.
    """
    tried = list(widths)
    lack = sum(tried) - room
    while lack > 0:
        able = [at for at, width in least.items() if tried[at] > width]
        if not able:
            return False
        widest = max(able, key=lambda at: tried[at])
        tried[widest] -= 1
        lack -= 1
    widths[:] = tried
    return True


def _grow(widths: list[int], wanted: Mapping[int, int], room: int) -> None:
    """Let columns come nearer to the widths they want, all by the same part of what they lack."""
    lacking = {at: max(width - widths[at], 0) for at, width in wanted.items()}
    left, lack = room - sum(widths), sum(lacking.values())
    if left > 0 and lack:
        part = min(left / lack, 1)
        for at, width in lacking.items():
            widths[at] += int(width * part)


def _share_out(widths: list[int], places: list[int], weights: list[float], room: int) -> None:
    """Give the columns at these places what the others leave, by weight, none less than it has."""
    open_ = dict(zip(places, weights, strict=True))
    while open_:
        left = room - sum(width for at, width in enumerate(widths) if at not in open_)
        each = left / sum(open_.values())
        too_narrow = [at for at, weight in open_.items() if weight * each < widths[at]]
        if not too_narrow:
            for at, weight in open_.items():
                widths[at] = int(weight * each)
            # what rounding left over
            widths[next(iter(open_))] += max(room - sum(widths), 0)
            return
        for at in too_narrow:
            del open_[at]
