"""A month of random use in an hour: python3 packaging/dev.py soak [--minutes N] [--seed S].

Works with the window as hands do, on the sample and on a small empty municipality in turn, and looks after every step
whether all is well. The same seed does the same again. Ends with 1 and the last steps at the first thing that is not.
"""

import argparse
import faulthandler
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

# a run on one file; then another file begins, with a seed of its own
STEPS: Final = 600
# no step takes so long, not even undoing and redoing all (seconds)
_HANGS: Final = 300


def main() -> int:
    """Run for so long; each round in a process of its own, so that a crash is told like any fault."""
    parser = argparse.ArgumentParser(prog="dev.py soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0, help="how long (60)")
    parser.add_argument("--seed", type=int, default=None, help="repeat this one round; without it by the clock")
    parser.add_argument("--steps", type=int, default=STEPS, help=f"steps of a round ({STEPS})")
    parser.add_argument("--keep", type=Path, help="a folder for each seed's file and log, which are kept")
    parser.add_argument("--one", type=float, metavar="SECONDS", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        return _one(options.seed, options.one, options.steps, options.keep)
    end = time.monotonic() + options.minutes * 60
    seed = options.seed if options.seed is not None else int(time.time())
    totals: Counter[str] = Counter()
    while (left := end - time.monotonic()) > 0:
        code = _round(seed, left, options.steps, options.keep, totals)
        if code:
            return code
        seed += 1
    print(_summary(totals))
    return 0


def _round(seed: int, seconds: float, steps: int, keep: Path | None, totals: Counter[str]) -> int:
    """Run one round in a process and print what it tells; with its last steps where it ended badly."""
    with tempfile.TemporaryDirectory(prefix="perfdesk-soak-", ignore_cleanup_errors=True) as temporary:
        folder = keep / f"{seed}" if keep else Path(temporary)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        command = [sys.executable, __file__, "--one", str(seconds), "--seed", str(seed), "--steps", str(steps)]
        # sets of texts are gone through in the same order the next time
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        process = subprocess.Popen(
            [*command, "--keep", str(folder)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("#"):
                name, _blank, count = line[1:].strip().rpartition(" ")
                totals[name] += int(count)
            else:
                print(line, end="", flush=True)
        code = process.wait()
        if code:
            log = folder / "log.txt"
            last = log.read_text("utf-8", "replace").splitlines()[-100:] if log.is_file() else []
            print(*last, sep="\n")
            print(
                f"soak: seed {seed} ended with {code}; again: python3 packaging/dev.py soak --seed {seed}", flush=True
            )
    return code


def _one(seed: int, seconds: float, steps: int, folder: Path) -> int:
    faulthandler.enable()
    from tests.soak.world import World, prepare_surroundings

    prepare_surroundings(folder)
    from tests.soak.files import municipality
    from tests.soak.monkey import Failure, Monkey

    file = municipality(folder, Random(seed).random() < 0.5)
    world = World(folder)
    began = told = time.monotonic()
    with (folder / "log.txt").open("w", encoding="utf-8", errors="replace") as log:
        monkey = Monkey(world, seed, file, log)
        print(f"soak: seed {seed}, {file.stem}", flush=True)
        problem = ""
        try:
            monkey.begin()
            while monkey.steps < steps and time.monotonic() - began < seconds:
                # whoever hangs is told where
                faulthandler.dump_traceback_later(_HANGS, exit=True)
                monkey.step()
                if time.monotonic() - told > 60:
                    told = time.monotonic()
                    print(f"soak: seed {seed}, step {monkey.steps}, {dict(monkey.counts)}", flush=True)
            faulthandler.dump_traceback_later(_HANGS, exit=True)
            monkey.finish()
        except Failure as failure:
            problem = f"{failure}"
        except BaseException:
            # nobody else would tell: what Python tells of exceptions is watched
            problem = "\n".join(["the monkey itself:", traceback.format_exc(), *world.faults])
        if problem:
            log.write(f"\n{problem}\n")
    for name, count in (*monkey.done.items(), *((f"total: {name}", n) for name, n in monkey.counts.items())):
        print(f"#{name} {count}")
    print(f"#total: steps {monkey.steps}")
    sys.stdout.flush()
    # what Qt does at the end of a process is not of interest here
    os._exit(1 if problem else 0)


def _summary(totals: Counter[str]) -> str:
    actions = sorted((name, count) for name, count in totals.items() if not name.startswith("total: "))
    lines = [f"  {name:20} {count:6}" for name, count in actions]
    sums = ", ".join(f"{name[7:]} {count}" for name, count in sorted(totals.items()) if name.startswith("total: "))
    return "\n".join(["soak: by kind of action", *lines, f"soak: {sums}; exceptions 0, differences 0"])


if __name__ == "__main__":
    sys.exit(main())
