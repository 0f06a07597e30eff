"""Random use as `dev.py soak` does it for an hour, here for as long as a suite allows."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = (20261, 20262)
# CI asks for five; whoever waits for the suite gets a look
MINUTES = float(os.environ.get("PERFDESK_SOAK_MINUTES") or 1 / 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_random_use_breaks_nothing(seed, tmp_path):
    """The seeds share the time, side by side where there are cores for it."""
    command = [sys.executable, ROOT / "tests" / "soak" / "run.py", "--seed", str(seed)]
    done = subprocess.run(
        [*command, "--minutes", str(MINUTES / len(SEEDS)), "--keep", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-8000:]}\n{done.stderr[-4000:]}"
    assert "exceptions 0" in done.stdout
