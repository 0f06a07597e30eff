"""How long a start takes, beside that of a bare window with one table: warm and cold, offscreen and on a screen."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_LAUNCH = Path(__file__).with_name("launch.py")
_CACHES = Path("/proc/sys/vm/drop_caches")
BARE = "bare window"
STARTED = ("start page", "sample, a target")

# by what was started: the runs' seconds of wall and of processor time
Runs = dict[str, list[tuple[float, float]]]


@contextmanager
def screen() -> Iterator[dict[str, str] | None]:
    """Give the environment of a virtual screen, or None where there is no Xvfb."""
    if shutil.which("Xvfb") is None:
        yield None
        return
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"} if number else None
    finally:
        server.terminate()
        server.wait()


def forget_files() -> bool:
    """Let the system forget what it has read from the disk; return whether it may be asked to."""
    try:
        os.sync()
        _CACHES.write_text("3")
    except OSError:
        return False
    return True


def starts(platform: dict[str, str], rounds: int, *, cold: bool) -> Runs:
    """Start the program on its start page and with the sample, and the bare window, in turns."""
    runs: Runs = {name: [] for name in (BARE, *STARTED)}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sample.perfdesk"
        subprocess.run(
            [sys.executable, "-m", "perfdesk", "import", ROOT / "resources" / "sample" / "guneycam.json", file],
            check=True,
            capture_output=True,
        )
        arguments = {BARE: ["bare"], STARTED[0]: ["perfdesk"], STARTED[1]: ["perfdesk", str(file)]}
        environment = {**os.environ, **platform, "XDG_CONFIG_HOME": folder, "HOME": folder}
        if not cold:
            for words in arguments.values():
                _start(words, environment)
        for _ in range(rounds):
            for name, words in arguments.items():
                if cold:
                    forget_files()
                runs[name].append(_start(words, environment))
    return runs


def _start(words: list[str], environment: dict[str, str]) -> tuple[float, float]:
    command = [sys.executable, str(_LAUNCH), *words]
    told = subprocess.run(
        command,
        env={**environment, "BEGAN": str(time.monotonic_ns())},
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    ).stdout
    result = json.loads(told.splitlines()[-1])
    return result["wall"], result["processor"]


def report(title: str, runs: Runs) -> str:
    """Return the lines that say how long it took and how often as long as the bare window."""
    lines = [f"start, {title}"]
    bare = [statistics.median(times) for times in zip(*runs[BARE], strict=True)]
    for name, measured in runs.items():
        walls, processors = zip(*measured, strict=True)
        wall, processor = statistics.median(walls), statistics.median(processors)
        line = f"  {name:18} {wall * 1000:7.0f} ms  least {min(walls) * 1000:6.0f}  processor {processor * 1000:6.0f}"
        if name != BARE:
            line += f"  {wall / bare[0]:.2f} of bare, least {min(walls) / min(w for w, _p in runs[BARE]):.2f}"
            line += f", processor {processor / bare[1]:.2f}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def main(rounds: int) -> None:
    """Measure and print."""
    with screen() as shown:
        platforms = {"offscreen": {"QT_QPA_PLATFORM": "offscreen"}}
        if shown is None:
            sys.stdout.write("no Xvfb here: offscreen only\n")
        else:
            platforms["Xvfb"] = shown
        for name, platform in platforms.items():
            sys.stdout.write(report(f"warm, {name}", starts(platform, max(rounds, 5), cold=False)))
            sys.stdout.flush()
        if not forget_files():
            sys.stdout.write(f"no cold start: {_CACHES} cannot be written (only root may)\n")
            return
        name, platform = list(platforms.items())[-1]
        sys.stdout.write(report(f"cold, {name}", starts(platform, rounds, cold=True)))
