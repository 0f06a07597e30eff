from datetime import datetime
from threading import Event

import pytest

from perfdesk.domain.errors import UserError
from perfdesk.gui.jobs import Job
from perfdesk.gui.settings import Settings
from perfdesk.gui.window import safety as module
from perfdesk.gui.window.safety import Safety
from perfdesk.services.files import backing_up
from perfdesk.storage.backups import Reason


@pytest.fixture
def settings(tmp_path):
    settings = Settings(tmp_path / "ayarlar.ini")
    settings.backup_folder = tmp_path / "Yedekler"
    return settings


@pytest.fixture
def safety(session, settings, monkeypatch):
    monkeypatch.setattr(module, "_AFTER_OPENING", 0)
    safety = Safety(session, settings)
    safety.said = []
    safety.failed.connect(safety.said.append)
    yield safety
    safety.close()


@pytest.fixture
def opened(safety, qtbot):
    """With the backup on opening made."""
    with qtbot.waitSignal(safety.backed_up):
        pass
    qtbot.waitUntil(lambda: safety._job is None)
    return safety


def reasons(session, settings):
    return [backup.reason for backup in reversed(backing_up.backups(session.store.path, settings.backup_folder))]


def edit(session, name):
    with session.store.step("x"):
        session.store.update("administration", 1, name=name)


def hour_passes(safety):
    safety._hourly.timeout.emit()


def test_backup_after_opening(session, settings, safety, qtbot):
    assert reasons(session, settings) == []
    with qtbot.waitSignal(safety.backed_up) as told:
        pass
    assert reasons(session, settings) == [Reason.OPENED]
    (when,) = told.args
    assert isinstance(when, datetime)
    assert when == safety.last


def test_hourly_only_where_there_were_edits(session, settings, opened, qtbot):
    hour_passes(opened)
    assert opened._job is None
    edit(session, "b")
    with qtbot.waitSignal(opened.backed_up):
        hour_passes(opened)
    qtbot.waitUntil(lambda: opened._job is None)
    assert reasons(session, settings) == [Reason.OPENED, Reason.HOURLY]
    hour_passes(opened)
    assert opened._job is None


def test_another_year_is_no_edit(session, opened):
    session.set_year(2026)
    hour_passes(opened)
    assert opened._job is None


def test_edit_while_one_is_being_written_is_in_the_next(session, settings, opened, qtbot, monkeypatch):
    go_on = Event()
    make = backing_up.stored.make

    def slow(*arguments, **named):
        go_on.wait(30)
        return make(*arguments, **named)

    monkeypatch.setattr(backing_up.stored, "make", slow)
    edit(session, "b")
    hour_passes(opened)
    # the window goes on
    edit(session, "c")
    hour_passes(opened)
    with qtbot.waitSignal(opened.backed_up):
        go_on.set()
    qtbot.waitUntil(lambda: opened._job is None)
    with qtbot.waitSignal(opened.backed_up):
        hour_passes(opened)
    qtbot.waitUntil(lambda: opened._job is None)
    found = backing_up.backups(session.store.path, settings.backup_folder)
    assert [backing_up.content_of(backup).administration.name for backup in found][:2] == ["c", "b"]


def test_before_what_changes_a_lot(session, settings, opened):
    edit(session, "b")
    assert opened.before(Reason.BEFORE_NEW_YEAR)
    assert reasons(session, settings) == [Reason.OPENED, Reason.BEFORE_NEW_YEAR]
    # nothing was edited since
    hour_passes(opened)
    assert opened._job is None


def test_before_waits_for_the_one_being_written(session, settings, safety, qtbot):
    safety._soon.timeout.emit()
    assert isinstance(safety._job, Job)
    edit(session, "b")
    told = []
    safety.backed_up.connect(told.append)
    assert safety.before(Reason.BEFORE_NEW_YEAR)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert reasons(session, settings) == [Reason.OPENED, Reason.BEFORE_NEW_YEAR]
    # what is told does not go back in time
    assert told == sorted(told)
    assert safety.last == told[-1]


def test_failure_is_said_once_and_tried_again(session, settings, opened, qtbot, tmp_path):
    (tmp_path / "taken").write_text("a file")
    good = settings.backup_folder
    settings.backup_folder = tmp_path / "taken"
    edit(session, "b")
    with qtbot.waitSignal(opened.failed):
        hour_passes(opened)
    qtbot.waitUntil(lambda: opened._job is None)
    assert str(tmp_path / "taken") in opened.said[0]
    hour_passes(opened)
    qtbot.waitUntil(lambda: opened._job is None)
    assert not opened.before(Reason.BEFORE_NEW_YEAR)
    assert len(opened.said) == 1
    settings.backup_folder = good
    with qtbot.waitSignal(opened.backed_up):
        hour_passes(opened)
    assert reasons(session, settings)[-1] is Reason.HOURLY


def test_disk_that_is_full(session, opened, qtbot, monkeypatch):
    def full(*_arguments, **_named):
        raise UserError("disk full")

    monkeypatch.setattr(backing_up.stored, "make", full)
    edit(session, "b")
    with qtbot.waitSignal(opened.failed) as told:
        hour_passes(opened)
    assert told.args == ["disk full"]
    edit(session, "c")
    assert session.municipality.administration.name == "c"


def test_our_own_faults_are_not_hidden(session, opened, qtbot, monkeypatch):
    def fault(*_arguments, **_named):
        raise ZeroDivisionError

    monkeypatch.setattr(backing_up.stored, "make", fault)
    edit(session, "b")
    with qtbot.captureExceptions() as caught:
        hour_passes(opened)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_file_that_was_deleted_is_backed_up(session, settings, opened, qtbot):
    edit(session, "typed before")
    session.store.path.unlink()
    with qtbot.waitSignal(opened.backed_up):
        hour_passes(opened)
    (newest, *_older) = backing_up.backups(session.store.path, settings.backup_folder)
    assert backing_up.content_of(newest).administration.name == "typed before"


def test_file_for_reading_gets_none(reading, settings, qapp):
    safety = Safety(reading, settings)
    assert not safety._soon.isActive()
    assert not safety._hourly.isActive()
    assert not safety.before(Reason.BEFORE_NEW_YEAR)
    assert reasons(reading, settings) == []
    safety.close()


def test_closing_finishes_what_is_being_written(session, settings, safety):
    safety._soon.timeout.emit()
    safety.close()
    assert reasons(session, settings) == [Reason.OPENED]
    assert not safety.before(Reason.ASKED)
    safety._soon.timeout.emit()
    assert safety._job is None


def test_hours_follow_the_settings(safety, settings):
    assert safety._hourly.interval() == 3_600_000
    settings.backup_hours = 4
    safety.follow_settings()
    assert safety._hourly.interval() == 4 * 3_600_000
