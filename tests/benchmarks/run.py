"""The benchmarks: python3 packaging/dev.py bench [--rounds N] [--scales 1,2,4,16] [CASE …]; "window": all its cases.

Machines are shared and noisy, so every case runs in a process of its own, cases to be compared take turns, seconds are
processor time, and what counts are the ratios. Nothing here fails because a machine is slow.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.cases import CASES  # noqa: E402 - the checkout must be on the path first
from tests.benchmarks.window import report, start  # noqa: E402

WINDOW = "window"
GROUPS = (
    ("book", "book_simpler", "book_typst", "book_floor"),
    ("long_table",),
    ("workbook", "workbook_bare"),
    ("opening",),
    ("edit",),
    ("checks",),
)
Measure = dict[str, Any]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = ", ".join((*CASES, WINDOW, *report.NAMES))
    parser.add_argument("cases", nargs="*", metavar="CASE", help=names)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each case, of which the median counts")
    parser.add_argument("--scales", default="1,2,4,16", help="sizes, in times the sample")
    parser.add_argument("--one", nargs=2, metavar=("CASE", "SCALE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        case, scale = options.one
        sys.stdout.write(json.dumps(_measured(case, int(scale))))
        return
    unknown = {*options.cases} - {*CASES, WINDOW, *report.NAMES}
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}; there are {names}")
    scales = [int(scale) for scale in options.scales.split(",")]
    for group in GROUPS:
        cases = [case for case in group if not options.cases or case in options.cases]
        if not cases:
            continue
        measured = {(case, scale): _rounds(cases, scale, options.rounds)[case] for scale in scales for case in cases}
        for case in cases:
            _report(case, [(scale, measured[case, scale]) for scale in scales])
        for other in cases[1:]:
            ratios = [
                f"{scale}x {measured[cases[0], scale]['seconds'] / measured[other, scale]['seconds']:.2f}"
                for scale in scales
                if "missing" not in measured[other, scale]
            ]
            sys.stdout.write(f"  {cases[0]} / {other}: {'  '.join(ratios)}\n")
        sys.stdout.flush()
    chosen = [name for name in report.NAMES if not options.cases or {WINDOW, name} & {*options.cases}]
    if chosen:
        _window(chosen, options.rounds, scales)


def _window(cases: list[str], rounds: int, scales: list[int]) -> None:
    """Measure what a person waits for at the window, on a screen where there is one to be had."""
    if "start" in cases:
        start.main(rounds)
    with start.screen() as shown:
        sys.stdout.write(f"the window, {'on Xvfb' if shown else 'offscreen'}; the median of {rounds} rounds\n")
        for case in cases:
            if case != "start":
                for scale in report.scales(case, scales):
                    runs = [_run(case, scale, shown) for _ in range(rounds)]
                    sys.stdout.write(report.lines(case, scale, runs))
                    sys.stdout.flush()


def _measured(case: str, scale: int) -> Measure:
    if case in CASES:
        return CASES[case](scale)
    # Qt is loaded for these alone
    from tests.benchmarks.window.cases import CASES as WINDOW_CASES
    from tests.benchmarks.window.desk import share

    before = share()
    figures = WINDOW_CASES[case](scale)
    return {"figures": figures, "share": (before + share()) / 2}


_known: dict[tuple[tuple[str, ...], int], dict[str, Measure]] = {}


def _rounds(cases: list[str], scale: int, rounds: int) -> dict[str, Measure]:
    """Return the median run of each case; the cases take turns, so that all of them share the machine's moods."""
    key = (tuple(cases), scale)
    if key not in _known:
        runs: dict[str, list[Measure]] = {case: [] for case in cases}
        for _ in range(rounds):
            for case in cases:
                runs[case].append(_run(case, scale))
        _known[key] = {case: _median(measures) for case, measures in runs.items()}
    return _known[key]


def _run(case: str, scale: int, screen: dict[str, str] | None = None) -> Measure:
    command = [sys.executable, __file__, "--one", case, str(scale)]
    environment = {**os.environ, **(screen or {})}
    done = subprocess.run(command, check=False, capture_output=True, cwd=ROOT, env=environment)
    if done.returncode:
        raise SystemExit(f"{case} failed:\n{done.stderr.decode(errors='replace')}")
    measure: Measure = json.loads(done.stdout)
    return measure


def _median(measures: list[Measure]) -> Measure:
    first = measures[0]
    return first if "missing" in first else {key: statistics.median(m[key] for m in measures) for key in first}


def _report(case: str, measures: list[tuple[int, Measure]]) -> None:
    sys.stdout.write(f"{case}\n")
    first_scale, first = measures[0]
    for scale, measure in measures:
        if "missing" in measure:
            sys.stdout.write(f"  {scale:>2}x not measured: {measure['missing']}\n")
            continue
        growth = measure["seconds"] / first["seconds"] / (scale / first_scale)
        line = f"  {scale:>2}x {measure['seconds'] * 1000:10.1f} ms"
        if "pages" in measure:
            line += f"  {measure['pages']:6.0f} pages  {measure['seconds'] / measure['pages'] * 1000:6.2f} ms/page"
        if "charts" in measure:
            line += f"  {measure['charts']:4.0f} charts"
        if "cells" in measure:
            line += f"  {measure['cells']:8.0f} cells"
        if "pause" in measure:
            line += f"  {measure['findings']:5.0f} findings  (whole: {measure['full'] * 1000:.0f} ms, near names in a"
            line += f" pause: {measure['pause'] * 1000:.0f} ms)"
        elif "full" in measure:
            line += f"  {measure['tables']:6.0f} tables  (everything anew: {measure['full'] * 1000:.0f} ms)"
        line += f"  peak {measure['peak']:6.0f} MB  growth {growth:.2f} of linear\n"
        sys.stdout.write(line)
        families = {name.removeprefix("after "): cost for name, cost in measure.items() if name.startswith("after ")}
        if families:
            costs = "  ".join(f"{family} {cost * 1000:.2f}" for family, cost in families.items())
            sys.stdout.write(f"      of it by criterion, with what all have in common (ms): {costs}\n")


if __name__ == "__main__":
    main()
