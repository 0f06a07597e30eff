"""Random use as `dev.py soak` does it for an hour, here for as long as a suite allows; and that it would notice."""

import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from tests.gui.conftest import MUNICIPALITY
from tests.soak import oracles

from perfdesk.gui.models.indicator_model import IndicatorModel

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


# --- it would notice --------------------------------------------------------------------------------------------------


def test_a_difference_is_told_with_its_place():
    programme = replace(MUNICIPALITY.programmes[1], year=2028)
    other = replace(MUNICIPALITY, programmes=(MUNICIPALITY.programmes[0], programme))
    assert oracles.difference(MUNICIPALITY, MUNICIPALITY) == ""
    assert oracles.difference(MUNICIPALITY, other) == ".programmes[1].year: 2027 ≠ 2028"


def test_another_row_number_is_a_difference(session):
    unit = session.municipality.units[0]
    assert unit == replace(unit, row=99)
    assert "row: 1 ≠ 99" in oracles.difference(unit, replace(unit, row=99))


def test_what_the_window_did_not_hear_of_is_seen_on_the_disk(session, file):
    assert oracles.difference(session.municipality, oracles.on_disk(file)) == ""
    session.store._db.execute("UPDATE unit SET name = 'x' WHERE id = 1")
    assert ".units[0].name" in oracles.difference(session.municipality, oracles.on_disk(file))


def test_a_sum_that_is_not_that_of_its_leaves_is_seen(window):
    assert list(oracles.sums(window, window.session)) == []
    window.foot.programme_sum.setText("1,00")
    assert len(list(oracles.sums(window, window.session))) == 1
    assert oracles.programme_total(MUNICIPALITY.programmes[1]) == Decimal("10050500.00")


def test_a_form_that_shows_what_was_is_seen(window):
    assert list(oracles.shown(window)) == []
    page = window.pages.page
    model = next(view.model() for view in page.grids if isinstance(view.model(), IndicatorModel))
    model.rows[0] = model.rows[1]
    page.ui.title.setPlainText("x")
    page.ui.title.clearFocus()
    found = list(oracles.shown(window))
    assert len(found) == 2
    assert found[0].startswith("IndicatorModel shows")
    assert found[1].startswith("the field target.title shows 'x'")


def test_a_hole_in_the_undo_log_is_seen(session):
    with session.store.step("x"):
        session.store.update("unit", 1, name="x")
    assert list(oracles.undo_log_is_whole(session)) == []
    session.store._db.execute("DELETE FROM undo_log")
    assert "has no entries" in next(iter(oracles.undo_log_is_whole(session)))


def test_a_reference_to_nothing_is_seen(session, file):
    assert list(oracles.file_is_whole(file)) == []
    session.store._db.execute("PRAGMA foreign_keys=OFF")
    session.store._db.execute("DELETE FROM unit")
    assert "foreign_key_check" in next(iter(oracles.file_is_whole(file)))
