"""The open file as the window sees it: its store, the snapshot of now, the year in hand."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality, SubProgramme, Target
from perfdesk.gui import memory
from perfdesk.gui.auditing import Auditing
from perfdesk.gui.refused import RefusedEntries, Row
from perfdesk.gui.steps import Play, Steps
from perfdesk.i18n import N_
from perfdesk.services.editing.fields import Known
from perfdesk.services.files import opening
from perfdesk.services.locating import changed_place
from perfdesk.services.output import exporting
from perfdesk.services.places import Key, Place
from perfdesk.storage.store import Store
from perfdesk.storage.undo import Change
from perfdesk.tables.context import Context
from perfdesk.tables.form import load_form

if TYPE_CHECKING:
    from perfdesk.checks.checking import Checked
    from perfdesk.services.control.audit import Audited

# without an edit for so long, nobody is typing; in milliseconds
_IDLE: Final = 20_000
REFUSED_ENTRY: Final = N_("refused entry")


class Session(QObject):
    """Holds the open store and reloads the snapshot after every step.

    ``changed`` carries the ``Change``, or None where only the year in hand is another. ``refused_changed`` says, once
    for all that come and go together, that what was refused is no longer the same. ``findings_changed`` tells that the
    findings of the year in hand have come, or are others without an edit.
    """

    changed = Signal(object)
    refused_changed = Signal()
    findings_changed = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.municipality: Municipality = store.load()
        self.context: Context | None = None
        # why the programme cannot be shown, where it cannot
        self.problem: UserError | None = None
        self.year = _newest(self.municipality)
        self.steps = Steps()
        self._refusing = QTimer(self)
        self._refusing.setSingleShot(True)
        self._refusing.timeout.connect(self.refused_changed)
        # what was typed in any of its forms and not taken; it knows the store and a clock alone: nothing keeps a
        # session let go of
        self.refused = RefusedEntries(self.steps, partial(_is_there, store), partial(self._refusing.start, 0))
        self._playing = Play.MADE
        self._auditing = Auditing(store, self)
        self._auditing.changed.connect(self.findings_changed)
        self._prepare()
        store.on_change = self._on_change
        # when the file shown before is gone, and has taken its forms with it
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(memory.settle)
        self._settling.start()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE)
        self._idle.timeout.connect(memory.tidy)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return not self.store.writable

    def set_year(self, year: int) -> None:
        """Turn to the programme of another year; one that the file does not hold cannot be turned to."""
        if year != self.year and self.municipality.programme(year) is not None:
            self.year = year
            self._prepare()
            self.changed.emit(None)

    def target(self, id_: str) -> Target | None:
        """Return a target of the year in hand."""
        targets = self.context.programme.targets if self.context else ()
        return next((target for target in targets if target.id == id_), None)

    def holder(self, entry: Key) -> Target | SubProgramme | None:
        """Return the target or sub-programme an entry of the outline is about."""
        kind, id_ = entry
        if kind == "target":
            return self.target(id_)
        subs = self.context.programme.sub_programmes if self.context and kind == "sub_programme" else ()
        return next((sub for sub in subs if sub.sub_programme == id_), None)

    @property
    def known(self) -> Known:
        """What a typed entry may refer to."""
        form = self.context.layout.form if self.context else load_form("")
        return Known(self.municipality, form)

    def audited(self) -> "Audited":
        """Return what the checks find in the year in hand; asked for the first time it takes a moment."""
        return self._auditing.now()

    def checked(self) -> "Checked | None":
        """Return the same as papers are made of it: held against what the council decided, and fit for a thread."""
        return self._auditing.checked()

    def audited_lately(self) -> "Audited":
        """Return the same to be shown after an edit; where it takes its time ``findings_changed`` tells of the rest."""
        return self._auditing.lately()

    @property
    def is_audited(self) -> bool:
        """Whether the checks have been asked about the year in hand, so that what they find now costs little."""
        return self._auditing.has_begun

    @property
    def undo_label(self) -> str:
        """What is taken back next, a msgid, or ""; it may be an entry that was refused."""
        return REFUSED_ENTRY if self.refused.newest is not None else self.store.undo_label

    @property
    def redo_label(self) -> str:
        """What is done again next, a msgid, or ""; it may be an entry that was refused."""
        return REFUSED_ENTRY if self.refused.dropped is not None else self.store.redo_label

    def undo(self, near: Key | None = None) -> Place | None:
        """Take the last step back; return what it changed, the entry ``near`` by preference."""
        return self._play(Play.UNDONE, self.store.undo, near)

    def redo(self, near: Key | None = None) -> Place | None:
        """Do again what was undone; return what it changed."""
        return self._play(Play.REDONE, self.store.redo, near)

    def close(self) -> None:
        """Let go of the file."""
        self._auditing.stop()
        self.store.on_change = None
        self.store.close()

    def _play(self, how: Play, play: Callable[[], Change | None], near: Key | None) -> Place | None:
        before = self.municipality
        self._playing = how
        try:
            change = play()
        finally:
            self._playing = Play.MADE
        return changed_place(before, self.municipality, change, self.year, near) if change else None

    def _on_change(self, change: Change) -> None:
        self.steps.follow(self._playing)
        self.municipality = self.store.refresh(self.municipality, change)
        self._idle.start()
        self._prepare()
        self.refused.follow(self._playing, change.tables)
        self.changed.emit(change)

    def _prepare(self) -> None:
        # what an edit did not touch is taken over
        before, self.context, self.problem = self.context, None, None
        if self.municipality.programme(self.year) is None:
            # a year that has been taken back
            self.year = _newest(self.municipality)
        if self.year:
            try:
                self.context = exporting.programme_context(self.municipality, self.year, before=before)
            except UserError as error:
                self.problem = error
        self._auditing.follow(self.context)


def _is_there(store: Store, row: Row) -> bool:
    return store.find(row.table, **dict(row.where)) is not None


def _newest(municipality: Municipality) -> int:
    return max((programme.year for programme in municipality.programmes), default=0)


def open_session(path: Path, parent: QObject | None = None) -> tuple[Session, str]:
    """Open a file, for reading only where it cannot be written; return why that is so, or "".

    Raises:
        UserError: the file cannot be opened at all.
    """
    store, reason = opening.open_file(path)
    try:
        return Session(store, parent), reason
    except BaseException:
        store.close()
        raise
