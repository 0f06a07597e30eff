"""What all tests share: Hypothesis profiles and the reference programmes."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No deadline: a busy machine is no fault of ours. "ci" is the default; HYPOTHESIS_PROFILE=thorough looks longer.
settings.register_profile("ci", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("ci"), max_examples=10)
settings.register_profile("thorough", settings.get_profile("ci"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of the reference programmes, which lie beside the checkout and not in it."""
    if not REFERENCE.is_dir():
        pytest.skip(f"the reference programmes are not at {REFERENCE}")
    return REFERENCE
