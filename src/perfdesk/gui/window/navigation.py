"""Turning to the entries of the outline: which one is shown, what comes before and after it, what stays unfolded."""

from collections.abc import Callable, Container

from PySide6.QtCore import QModelIndex, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from perfdesk.gui.session import Session
from perfdesk.gui.window.outline_model import OutlineModel
from perfdesk.gui.window.outline_view import OutlineView
from perfdesk.services import outline
from perfdesk.services.outline import Entry
from perfdesk.services.places import COVER, TARGETS, Key


class Navigation(QObject):
    """Knows where somebody is in the open file.

    ``turned`` tells that another entry is to be shown, ``shown`` that the outline is that of now. An entry is left only
    where ``may_leave`` allows it, which writes what is being typed: otherwise the outline stays where it was.
    """

    turned = Signal()
    shown = Signal()

    def __init__(self, tree: OutlineView, may_leave: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._tree = tree
        self._may_leave = may_leave
        self.model = OutlineModel(self)
        # of the tree while it is built anew: what was unfolded (None: nothing was there), and what was chosen
        self._unfolded: set[Key] | None = None
        self._former: Key | None = None
        self._order: list[Key] = []
        tree.setModel(self.model)
        self.model.modelAboutToBeReset.connect(self._before_reset)
        self.model.modelReset.connect(self._after_reset)
        tree.selectionModel().currentChanged.connect(self._on_current)

    @property
    def entry(self) -> Entry | None:
        """The entry that is shown."""
        return self.model.entry(self._tree.currentIndex())

    @property
    def here(self) -> Key | None:
        """What the entry that is shown is about."""
        entry = self.entry
        return entry.key if entry else None

    @property
    def above(self) -> str:
        """Under what the entry that is shown stands."""
        entry = self.model.entry(self._tree.currentIndex().parent())
        return entry.text if entry else ""

    @property
    def neighbours(self) -> tuple[Key | None, Key | None]:
        """The targets before and after the one shown."""
        here, targets = self.here, self.model.keys("target")
        if here not in targets:
            return None, None
        at = targets.index(here)
        return (targets[at - 1] if at else None), (targets[at + 1] if at + 1 < len(targets) else None)

    def show(self, session: Session | None) -> None:
        """Show the outline of the snapshot of now."""
        entries: list[Entry] = []
        if session is not None:
            # where the checks have not been asked yet their signs come with the next pause
            audited = session.audited_lately() if session.is_audited else None
            entries = outline.entries(session.municipality, session.context, audited)
        self.model.show(entries)
        self.shown.emit()

    def go_to(self, key: Key) -> None:
        """Turn to an entry, where there is one."""
        index = self.model.find(key)
        if index.isValid():
            self._tree.setCurrentIndex(index)
            self._tree.scrollTo(index)

    def go_by(self, by: int) -> None:
        """Turn to the target before or after the one shown."""
        key = self.neighbours[by > 0]
        if key:
            self.go_to(key)

    @property
    def unfolded(self) -> set[Key]:
        """What is unfolded."""
        return {key for key in self.model.all_keys() if self._tree.isExpanded(self.model.find(key))}

    def unfold(self, keys: Container[Key]) -> None:
        """Unfold these entries, and fold all others."""
        for key in self.model.all_keys():
            self._tree.setExpanded(self.model.find(key), key in keys)

    def forget(self) -> None:
        """Choose nothing: an entry just like the former file's would not tell that it is chosen in the next."""
        chosen = self._tree.selectionModel()
        with QSignalBlocker(chosen):
            chosen.clearCurrentIndex()

    def begin(self) -> None:
        """Turn to where work in a file begins."""
        self.go_to(next(iter(self.model.keys("target")), COVER))

    def stay_near(self, here: Key | None) -> None:
        """Turn to what stood before what was shown where that is gone, or is not in this year."""
        if here is not None and self.model.find(here).isValid():
            return
        at = self._order.index(here) if here in self._order else 0
        before = (key for key in reversed(self._order[:at]) if self.model.find(key).isValid())
        self.go_to(next(before, COVER))

    def _on_current(self, index: QModelIndex, before: QModelIndex) -> None:
        tree, wanted = self._tree, self.model.entry(index)
        with QSignalBlocker(tree.selectionModel()):
            if before.isValid():
                # what is written now is written by the form that is shown, and what it changes is shown there
                tree.setCurrentIndex(before)
            may_leave = self._may_leave()
            # the outline may have been built anew meanwhile
            found = self.model.find(wanted.key) if wanted is not None else QModelIndex()
            if may_leave and found.isValid():
                tree.setCurrentIndex(found)
        tree.viewport().update()
        if may_leave:
            self.turned.emit()

    def _before_reset(self) -> None:
        """Note which entries are unfolded: the tree is about to be built anew."""
        self._order = self.model.all_keys()
        self._unfolded = self.unfolded if self.model.all_keys() else None
        self._former = self.here

    def _after_reset(self) -> None:
        """Unfold what was, and find the entry that was chosen by what it is about."""
        tree = self._tree
        if self._unfolded is None:
            tree.expandToDepth(0)
            self._unfolded = {TARGETS}
        for key in (*self._unfolded, *([self._former] if self._former else [])):
            # also what was chosen and has got its first entry below it
            tree.expand(self.model.find(key))
        if self._former is not None:
            self.go_to(self._former)
