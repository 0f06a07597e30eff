"""The thread beside the window: it gives way to whoever types, and an error in drawing is told and survived."""

import sys
import time

import pytest

from perfdesk.gui.preview import raster
from perfdesk.gui.preview import worker as worker_module
from perfdesk.gui.preview.worker import PagesWanted, Picture, Worker

T1 = ("target", "t1")


@pytest.fixture
def worker(qapp):
    turns = sys.getswitchinterval()
    worker = Worker()
    worker.start()
    yield worker
    worker.stop()
    sys.setswitchinterval(turns)


@pytest.fixture
def ages(monkeypatch):
    """After a key nobody types for an hour."""
    monkeypatch.setattr(worker_module, "QUIET", 3600)


def test_takes_short_turns_at_python(qtbot, session, worker):
    with qtbot.waitSignal(worker.was_set, timeout=10_000):
        worker.set_pages(PagesWanted(1, session.context, T1, None, None))
    assert sys.getswitchinterval() <= 0.001


def test_sets_nothing_while_somebody_types_and_then_what_was_asked_last(qtbot, session, worker, ages):
    worker.stand_aside()
    with qtbot.assertNotEmitted(worker.was_set, wait=300):
        worker.set_pages(PagesWanted(1, session.context, T1, None, None))
    worker._quiet_at = 0
    with qtbot.waitSignal(worker.was_set, timeout=10_000) as made:
        worker.set_pages(PagesWanted(2, session.context, T1, None, None))
    assert made.args[0].number == 2
    assert made.args[1].pdf
    assert made.args[2] > 0


def test_what_is_under_way_stands_still_at_a_key_and_goes_on_where_it_was(qtbot, monkeypatch, session, worker):
    monkeypatch.setattr(worker_module, "QUIET", 0.05)
    told, waits_until = [], []
    tell = Worker._on_progress

    def typed_at_the_first_block(self, done, total):
        if done and not waits_until:
            self.stand_aside()
            waits_until.append(self._quiet_at)
        tell(self, done, total)
        told.append((done, time.monotonic()))

    monkeypatch.setattr(Worker, "_on_progress", typed_at_the_first_block)
    with qtbot.waitSignal(worker.was_set, timeout=10_000) as made:
        worker.set_pages(PagesWanted(1, session.context, T1, None, None))
    assert made.args[1].pdf
    blocks = [done for done, _when in told]
    assert blocks == sorted(blocks)
    assert all((when >= waits_until[0]) == (done > 0) for done, when in told)


def test_what_stands_still_is_given_up_with_its_file(qtbot, session, worker, ages):
    worker.stand_aside()
    worker.set_pages(PagesWanted(1, session.context, T1, None, None))
    qtbot.waitUntil(lambda: worker._wanted is None)
    worker.forget()
    worker._quiet_at = 0
    with qtbot.waitSignal(worker.was_set, timeout=10_000) as made:
        worker.set_pages(PagesWanted(2, session.context, T1, None, None))
    assert made.args[0].number == 2


def test_what_stands_still_is_ended_with_the_window(qtbot, session, worker, ages):
    worker.stand_aside()
    worker.set_pages(PagesWanted(1, session.context, T1, None, None))
    qtbot.waitUntil(lambda: worker._wanted is None)
    worker.stop()
    assert worker.isFinished()


@pytest.mark.parametrize("is_thumbnail", [False, True])
def test_a_page_that_cannot_be_drawn_is_told_and_the_next_is_drawn(qtbot, monkeypatch, session, worker, is_thumbnail):
    setting = PagesWanted(1, session.context, T1, None, None)
    with qtbot.waitSignal(worker.was_set, timeout=10_000) as made:
        worker.set_pages(setting)
    picture = Picture(made.args[1], 0, 90)
    error = RuntimeError("no memory")
    fails = [True]
    draw = raster.Pages.draw

    def sometimes(self, *args):
        if fails:
            raise error
        return draw(self, *args)

    monkeypatch.setattr(raster.Pages, "draw", sometimes)

    def ask():
        if is_thumbnail:
            worker.draw_thumbnails([picture])
        else:
            worker.draw(picture)

    with qtbot.waitSignal(worker.failed, timeout=10_000) as failed:
        ask()
    assert failed.args == [setting, error]
    fails.clear()
    with qtbot.waitSignal(worker.thumbnail if is_thumbnail else worker.drawn, timeout=10_000) as drawn:
        ask()
    assert drawn.args[0] == picture
    assert drawn.args[1].width() == 90
