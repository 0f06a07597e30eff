"""The open file as the window sees it: undo and redo say where the view goes."""

from perfdesk.services.editing import records
from perfdesk.services.places import Place


def test_undo_and_redo_say_what_they_changed(session):
    row = session.target("t1").row
    records.write(session.store, session.known, "target", row, "title", "x")
    place = Place(2027, ("target", "t1"), "target", row, "title")
    assert session.undo(("target", "t2")) == place
    assert session.redo(("target", "t2")) == place
    assert session.target("t1").title == "x"


def test_nothing_to_undo_is_nowhere(session):
    assert session.undo() is None
    assert session.redo() is None


def test_a_year_that_the_file_does_not_hold_cannot_be_turned_to(qtbot, session):
    with qtbot.assertNotEmitted(session.changed):
        session.set_year(1999)
    assert session.year == 2027
    assert session.context is not None
