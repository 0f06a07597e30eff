"""The clerk's morning in the suite; PERFDESK_SCREENSHOTS names a folder that keeps the pictures of its steps."""

import os
from pathlib import Path

import pytest
from tests.morning.desk import missing
from tests.morning.morning import morning


@pytest.mark.screen
@pytest.mark.poppler
@pytest.mark.slow
@pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")
def test_the_clerks_morning(tmp_path):
    # a failed test's folder is kept by pytest, and the last picture shows where it was
    shots = Path(os.environ.get("PERFDESK_SCREENSHOTS") or tmp_path / "screenshots")
    with morning(shots) as today:
        today.run()
    assert len(list(shots.glob("*.png"))) >= len(today.done)
