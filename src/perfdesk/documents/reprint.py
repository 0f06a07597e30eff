"""Which pages of a printed book are to be printed again: those that differ, and those that are no longer there."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Reprint(NamedTuple):
    """Page numbers, from 1: ``changed`` in a new book of so many ``pages``, ``gone`` from the old one."""

    pages: int
    changed: tuple[int, ...]
    gone: tuple[int, ...]


def reprint(old: Sequence[str], new: Sequence[str]) -> Reprint:
    """Return what differs between two books, given what is drawn on each of their pages."""
    changed = (n for n, page in enumerate(new, 1) if n > len(old) or page != old[n - 1])
    return Reprint(len(new), tuple(changed), tuple(range(len(new) + 1, len(old) + 1)))


def ranges(numbers: Iterable[int]) -> str:
    """Return page numbers as people write them: "12, 15–18"; two that follow each other are no range yet."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run)
    return ", ".join(parts)
