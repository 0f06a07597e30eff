"""How whoever makes a document tells how far it is."""

from collections.abc import Callable

# what is done, and what there is to do
Progress = Callable[[int, int], object]


def part_of(progress: Progress | None, part: int, parts: int) -> Progress | None:
    """Return the progress of one of several parts of a work that take about as long as each other."""
    if progress is None:
        return None
    return lambda done, total: progress(part * max(total, 1) + done, parts * max(total, 1))
