"""How wide a table's columns are, in what size it is set, and whether it needs the page turned sideways."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from perfdesk.documents.writers.pdf.demands import LAST, SETTINGS, SHORT_HEAD, Demand, TableSetting
from perfdesk.documents.writers.pdf.evening import SAMPLE, Rows
from perfdesk.documents.writers.pdf.page import frame
from perfdesk.documents.writers.pdf.style import LEADING, ROW_PAD
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.table import NUMERIC, ColumnKind, Part

# white that numbers get besides the cells' own where there is room, and how wide that may make them
_AIR: Final = 8.0
_LITTLE_AIR: Final = 3.0
_CODE_AIR: Final = 4.0
_ROOMY: Final = 88.0
# what is not worth a line more in a short head
_LITTLE: Final = 12.0
# how many lines the text of a cell may take in a column of numbers, where there is room
_SAID_LINES: Final = 2.7
_MOST_SAID: Final = 84.0
# what texts that wrap in any case keep where heads of numbers take two lines, and where they take three
_WIDE: Final = 220.0
_AIRY: Final = 130.0
# when turning the page is worth it
_FEW_ROWS: Final = 15
_FEW_PAGES: Final = 1.5
_WORTH_TURNING: Final = 0.85


def choose(parts: Sequence[Part], needs: Sequence[Sequence[Demand]], measure: Measurer) -> TableSetting | None:
    """Return the first setting in which all parts of a table read well, or fit at all; None if none does.

    A long table whose texts the numbers leave little room is turned as well where that saves a good many pages.
    """
    for setting in SETTINGS:
        if all(sum(demand.readable(setting) for demand in part) <= setting.width for part in needs):
            if not setting.wide and any(
                len(part.rows) > _FEW_ROWS and _crowded(need) for part, need in zip(parts, needs, strict=True)
            ):
                turned = next(other for other in SETTINGS if other.wide)
                pages = [
                    sum(_pages(part, need, chosen, measure) for part, need in zip(parts, needs, strict=True))
                    for chosen in (setting, turned)
                ]
                if pages[0] > _FEW_PAGES and pages[1] < pages[0] * _WORTH_TURNING:
                    return turned
            return setting
    for setting in (SETTINGS[-1], LAST):
        if all(sum(demand.least(setting) for demand in part) <= setting.width for part in needs):
            return setting
    return None


def _crowded(needs: Sequence[Demand]) -> bool:
    """Whether texts share the page with so many numbers that they may suffer for it."""
    return sum(need.kind in NUMERIC for need in needs) > 2 and any(need.stretches for need in needs)


def _pages(part: Part, needs: Sequence[Demand], setting: TableSetting, measure: Measurer) -> float:
    """Return roughly how many pages a part takes, by how often its texts wrap."""
    _, _, top, bottom = frame(wide=setting.wide)
    sample = min(len(part.rows), SAMPLE)
    lines = Rows(part, needs, setting, measure).lines(widths(needs, setting))
    height = lines * setting.size * LEADING + sample * 2 * ROW_PAD
    return height * len(part.rows) / max(sample, 1) / (bottom - top)


def groups(part: Sequence[Demand], setting: TableSetting) -> list[list[int]]:
    """Return the groups of columns to print one below the other, each beginning with the first column."""
    count = len(_filled(part, setting, len(part)))
    # as few groups as the widths allow, but of about as many columns each
    return _filled(part, setting, -(-(len(part) - 1) // count))


def _filled(part: Sequence[Demand], setting: TableSetting, most: int) -> list[list[int]]:
    first = min(part[0].readable(setting), setting.width / 3)
    found: list[list[int]] = [[0]]
    used = first
    for at in range(1, len(part)):
        width = min(part[at].least(setting), setting.width - first)
        if len(found[-1]) > 1 and (used + width > setting.width or len(found[-1]) > most):
            found.append([0])
            used = first
        found[-1].append(at)
        used += width
    return found


def widths(part: Sequence[Demand], setting: TableSetting, held: Mapping[int, float] | None = None) -> list[float]:
    """Return the columns' widths: numbers and codes what they need, texts share the rest by weight.

    Args:
        part: what the columns need.
        setting: how the table is set.
        held: the widths that some columns have in any case.
    """
    total = setting.width
    least = [demand.least(setting) for demand in part]
    if sum(least) > total:
        return _shrunk(least, total)
    texts = [at for at, demand in enumerate(part) if demand.stretches and not (held and at in held)]
    if held:
        found = [held.get(at, width) for at, width in enumerate(least)]
        found = _worded(part, found, setting, total - _sum(found, texts) - _kept(part, texts, setting, _AIRY))
    else:
        found = _numbers(part, least, setting, texts)
    whole = {at: part[at].whole(setting) for at in texts}
    shares = _poured({at: (part[at].claim, least[at], whole[at]) for at in texts}, total - _sum(found, texts))
    for at, width in shares.items():
        found[at] = width
    # what no text needs makes the numbers stand apart, up to a point
    numbers = _of_numbers(part)
    left = total - sum(found)
    if left > 0 and numbers and not held:
        each = left / len(numbers) * (0.4 if texts else 1)
        for at in numbers:
            found[at] += min(each, max(_ROOMY - found[at], 0)) if texts else each
    left = total - sum(found)
    takers = texts or list(range(len(part)))
    weight = sum(part[at].weight for at in takers)
    for at in takers:
        found[at] += max(left, 0) * part[at].weight / weight
    return found


def _of_numbers(part: Sequence[Demand]) -> list[int]:
    """Return the columns of numbers; the first one but says what a row is about, if not all are such."""
    found = [at for at, demand in enumerate(part) if demand.kind in NUMERIC]
    return found if len(found) == len(part) else [at for at in found if at]


def _sum(widths: Sequence[float], texts: Collection[int]) -> float:
    """Return the width of all columns but those of texts."""
    return sum(width for at, width in enumerate(widths) if at not in texts)


def _kept(part: Sequence[Demand], texts: Sequence[int], setting: TableSetting, most: float) -> float:
    """Return the width that texts keep where they wrap so that heads have theirs."""
    return sum(min(part[at].usual(setting), max(most, part[at].least(setting))) for at in texts)


def _numbers(
    part: Sequence[Demand], least: Sequence[float], setting: TableSetting, texts: Sequence[int]
) -> list[float]:
    """Return widths in which numbers have air and those of one kind are alike, as far as there is room for it."""
    em = setting.size / 1000

    def headed(air: float, *, low: bool = False) -> list[float]:
        """Return widths with so much air in which heads take two lines, or three."""
        heads = [_head(demand, em, low=low) * em + 2 * setting.pad + 0.2 for demand in part]
        return [
            width
            if demand.stretches
            else width + _CODE_AIR
            if demand.kind is ColumnKind.CODE
            else max(width, head) + air
            for demand, width, head in zip(part, least, heads, strict=True)
        ]

    roomy, close = headed(_AIR), headed(_LITTLE_AIR)
    numbers = _of_numbers(part)
    if len(numbers) == len(part):
        # where nothing else needs room, no head takes two lines beside those that take one
        titled = [max(width, demand.headed(setting)) for demand, width in zip(part, least, strict=True)]
        if sum(titled) <= setting.width:
            return titled
    longest: dict[ColumnKind, float] = {}
    for at in numbers:
        longest[part[at].kind] = max(longest.get(part[at].kind, 0), roomy[at])
    alike = [longest[part[at].kind] if at in numbers else width for at, width in enumerate(roomy)]
    whole = sum(part[at].whole(setting) for at in texts)
    airy = _kept(part, texts, setting, _AIRY)
    readable = sum(part[at].readable(setting) for at in texts)
    # where texts wrap there is no more for the numbers than their heads need
    wide = _kept(part, texts, setting, _WIDE)
    tried = (
        (alike, whole),
        (close, whole),
        (close, wide),
        (headed(_LITTLE_AIR, low=True), airy),
        (headed(0, low=True), readable),
    )
    for found, room in tried:
        if _sum(found, texts) + room <= setting.width:
            return _worded(part, found, setting, setting.width - _sum(found, texts) - airy)
    return list(least)


def _head(demand: Demand, em: float, *, low: bool) -> int:
    """Return how wide a head is in two lines, or in three; a short one takes one where that costs little."""
    spared = (demand.head - max(demand.low, demand.fixed)) * em
    return demand.low if low and (demand.head > SHORT_HEAD or spared > _LITTLE) else demand.head


def _worded(part: Sequence[Demand], widths: list[float], setting: TableSetting, room: float) -> list[float]:
    """Return widths in which texts among the numbers take few lines, as far as there is room for it."""
    em = setting.size / 1000
    wanted = [
        max(min(demand.said * em / _SAID_LINES + 2 * setting.pad, _MOST_SAID) - width, 0)
        if demand.kind in NUMERIC
        else 0.0
        for demand, width in zip(part, widths, strict=True)
    ]
    given = min(room / sum(wanted), 1) if sum(wanted) and room > 0 else 0
    return [width + more * given for width, more in zip(widths, wanted, strict=True)]


def _poured(columns: dict[int, tuple[float, float, float]], room: float) -> dict[int, float]:
    """Share room by weight between a least and a most for each column; what one cannot use goes to the others."""
    settled: dict[int, float] = {}
    open_ = dict(columns)
    while open_:
        left = room - sum(settled.values())
        weight = sum(entry[0] for entry in open_.values())
        shares = {at: left * entry[0] / weight for at, entry in open_.items()}
        # those that need more than their share go first, for they take from the others
        short = {at: entry[1] for at, entry in open_.items() if shares[at] <= entry[1]}
        full = {at: entry[2] for at, entry in open_.items() if shares[at] >= entry[2]}
        now = short or full
        if not now:
            return {**settled, **shares}
        settled |= now
        for at in now:
            del open_[at]
    return settled


def _shrunk(least: Sequence[float], total: float) -> list[float]:
    """Return widths that fit where nothing else helps: the widest columns give way first."""
    low, high = 0.0, max(least)
    for _ in range(40):
        middle = (low + high) / 2
        if sum(min(width, middle) for width in least) > total:
            high = middle
        else:
            low = middle
    return [min(width, low) for width in least]
