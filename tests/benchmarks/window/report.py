"""What is said of the window's measures: each by itself and, against the noise of shared machines, its best round."""

import statistics
from collections.abc import Sequence
from typing import Any

NAMES = ("start", "keys", "keys_with_preview", "paste", "paste_rows", "scroll", "turn", "search")
# these bring their own sizes along
_ONE_SIZE = ("paste_rows", "scroll")
# milliseconds that are promised for the slowest of fifty; shown beside what was measured, nothing fails by them
_PROMISED = {"first letter": 50, "letter": 50, "arrow": 50, "Enter": 100, "both together": 1000, "undo": 1000}

# by what was done: its figures in milliseconds; and how much of a processor there was
Run = dict[str, Any]


def scales(case: str, wanted: Sequence[int]) -> list[int]:
    """Return the sizes at which a case is measured: the smallest and the largest of those asked for."""
    return [1] if case in _ONE_SIZE else sorted({min(wanted), max(wanted)})


def lines(case: str, scale: int, runs: Sequence[Run]) -> str:
    """Return the lines about a case's rounds."""
    left = "  ".join(f"{run['share']:.0%}" for run in runs)
    said = [f"{case}  {scale}x  (of a processor there was: {left})"]
    for name in runs[0]["figures"]:
        of = [run["figures"][name] for run in runs]
        wall = "  ".join(f"{key} {statistics.median(m[key] for m in of):7.1f}" for key in ("median", "95 %", "max"))
        processor = [statistics.median(m[key] for m in of) for key in ("processor", "processor max")]
        said.append(
            f"  {name:29} {wall}  best round: {min(m['median'] for m in of):7.1f}, max {min(m['max'] for m in of):7.1f}"
            f"  processor {processor[0]:7.1f}, max {processor[1]:7.1f} ms"
            + (f"  (promised {_PROMISED[name]})" if name in _PROMISED else "")
        )
    return "\n".join(said) + "\n"
