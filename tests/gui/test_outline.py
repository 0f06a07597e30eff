"""The outline in the window: what its signs say, and what stays unfolded."""

from PySide6.QtCore import Qt
from tests.gui.hands import press

from perfdesk import i18n
from perfdesk.gui import application, translator
from perfdesk.gui.settings import Settings
from perfdesk.services.editing import records
from perfdesk.services.places import TARGETS

TIP, SPOKEN = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole


def test_a_sign_is_said_in_words(window):
    model = window.navigation.model
    index = model.find(("target", "t2"))
    name, tip = index.data(), index.data(TIP)
    assert tip.startswith(f"{name}\n◐ ")
    why = tip.partition("◐ ")[2]
    assert "gösterge" in why
    assert index.data(SPOKEN) == f"{name}, {why}"
    # what has no sign has its name, which may be cut in the tree
    layout = model.find(("layout", ""))
    assert layout.data(TIP) == layout.data() == layout.data(SPOKEN)


def test_a_sign_follows_what_is_entered(window):
    model, session = window.navigation.model, window.session
    before = model.find(("target", "t2")).data(TIP)
    told = []
    model.dataChanged.connect(lambda first, _last: told.append(model.entry(first).key))
    row = next(target.row for target in session.context.programme.targets if target.id == "t2")
    records.add(session.store, "indicator", target=row, sub_programme=None)
    assert ("target", "t2") in told
    assert model.find(("target", "t2")).data(TIP) != before


def test_another_language_keeps_what_is_unfolded_and_chosen(qapp, file, tmp_path):
    windows = application.Windows(qapp, Settings(tmp_path / "own.ini"))
    try:
        windows.window.open_path(file)
        windows.window.go_to(("target", "t2"))
        tree, navigation = windows.window.ui.outline, windows.window.navigation
        tree.collapse(navigation.model.find(("cover", "")))
        unfolded = navigation.unfolded
        assert {TARGETS, ("goal", "g1")} <= unfolded
        assert ("cover", "") not in unfolded
        windows.speak("en")
        assert windows.window.navigation is not navigation
        assert windows.window.navigation.unfolded == unfolded
        assert windows.window.here == ("target", "t2")
    finally:
        i18n.set_language("tr")
        translator.install(qapp)
        windows.window.close()
        windows.deleteLater()


def test_a_new_part_is_there_to_be_named_and_undo_leads_back_beside_it(window):
    window.go_to(("part", "foreword"))
    window.ui.add_part.trigger()
    added = window.here
    title = window.pages.page.section_ui.title
    assert title.hasFocus()
    assert title.textCursor().selectedText() == "Yeni bölüm"
    for letter in "Ekip":
        press(title, Qt.Key.Key_unknown, letter)
    press(title, Qt.Key.Key_Return)
    (section,) = window.session.context.programme.sections
    assert (section.key, section.title) == (added[1], "Ekip")
    keys = window.navigation.model.all_keys()
    window.undo()
    window.undo()
    assert window.session.context.programme.sections == ()
    # the part that stood before it
    assert window.here == keys[keys.index(added) - 1]


def test_a_deleted_target_leaves_one_beside_the_one_before(window):
    window.go_to(("target", "t2"))
    row = next(target.row for target in window.session.context.programme.targets if target.id == "t2")
    records.delete(window.session.store, "target", row)
    assert window.here == ("target", "t1")
