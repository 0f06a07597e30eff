"""What is closed is forgotten: neither sessions nor forms of files shown before stay in memory."""

import gc

from PySide6.QtWidgets import QApplication

from perfdesk.gui import memory
from perfdesk.gui.pages.page import Page
from perfdesk.gui.session import Session
from perfdesk.storage import files


class Ring:
    """Something that only the collector can free."""

    def __init__(self):
        self.itself = self


def alive(kind):
    return [one for one in gc.get_objects() if isinstance(one, kind)]


def test_what_was_taken_out_of_sight_is_freed_by_the_next_settling():
    ring = Ring()
    memory.settle()
    del ring
    memory.tidy()
    memory.settle()
    gc.unfreeze()
    assert alive(Ring) == []


def test_five_files_in_turn_leave_one(qtbot, window, file, tmp_path):
    settled = lambda: not window.session._settling.isActive()  # noqa: E731 - it is what is waited for
    qtbot.waitUntil(settled)
    gc.unfreeze()
    pages = len(alive(Page))
    gc.freeze()
    for number in range(5):
        path = tmp_path / f"{number}.perfdesk"
        files.create(path, window.session.municipality)
        window.open_path(path)
        qtbot.waitUntil(settled)
        QApplication.processEvents()
    gc.unfreeze()
    # what hangs on it alone would be collected by now, had it been let go of
    assert [session.store.path for session in alive(Session)] == [window.session.store.path]
    # forms of other tests' windows may go meanwhile, none may come to stay
    assert len(alive(Page)) <= pages
