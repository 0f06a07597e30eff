"""The thread beside the window: an error in drawing is told, and the thread goes on."""

import pytest

from perfdesk.gui.preview import raster
from perfdesk.gui.preview.worker import PagesWanted, Picture, Worker

T1 = ("target", "t1")


@pytest.fixture
def worker(qapp):
    worker = Worker()
    worker.start()
    yield worker
    worker.stop()


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
