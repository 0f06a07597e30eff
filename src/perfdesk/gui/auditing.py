"""When the checks are asked: first in a pause, then with each edit, of large programmes soon after; names in pauses."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Programme
from perfdesk.gui.typing_watch import TypingWatch
from perfdesk.storage.store import Store
from perfdesk.tables.context import Context

if TYPE_CHECKING:
    from perfdesk.checks.checking import Checked
    from perfdesk.services.control.audit import Audit, Audited

# without a key or click for so long nobody is typing, and what is to be done meanwhile goes on so soon; in milliseconds
_PAUSE: Final = 400
_NEXT: Final = 30
# so soon after an edit what was found before it is looked at again where that takes its time: totals come first
_SOON: Final = 120
# so many indicators and activities are asked about within the time that a key may take
_LARGE: Final = 1500


class Auditing(QObject):
    """Keeps the findings of the year in hand current.

    A file opens without them. ``changed`` tells that they have come, or that a pause has found something.
    """

    changed = Signal()

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._ctx: Context | None = None
        self._audit: Audit | None = None
        # the year that was asked for, and whether it was told that its findings have come
        self._year = 0
        self._is_told = False
        # what was found last, in which snapshot, and whether it is shown although there is another one
        self._answer: Audited | None = None
        self._of: Context | None = None
        self._lags = False
        # what the council decided on, and what that depends on
        self._decided: Programme | None = None
        self._rests_on: tuple[object, ...] = ()
        self._typing = TypingWatch(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._go_on)
        self._typing.noticed.connect(self._stand_aside)

    @property
    def has_begun(self) -> bool:
        """Whether the findings of the year in hand have been asked for: they are current at no cost to speak of."""
        return self._ctx is not None and self._ctx.programme.year == self._year

    def now(self) -> "Audited":
        """Return the findings of the snapshot of now."""
        # the checks are loaded when they are first asked: the window is sooner there
        from perfdesk.services.control.audit import Audit, Audited

        ctx = self._ctx
        if ctx is None:
            return Audited()
        if not self.has_begun:
            self._is_told = False
        if self._audit is None:
            self._audit = Audit()
        answer = self._audit.of(ctx, self._frozen(ctx))
        self._year = ctx.programme.year
        self._answer, self._of = answer, ctx
        if not self._is_told or self._audit.is_behind:
            self._wait()
        return answer

    def checked(self) -> "Checked | None":
        """Return what the checks find in the snapshot of now, as papers are made of it; None without a programme."""
        if self._ctx is None:
            return None
        self.now()
        return self._audit.checked if self._audit is not None else None

    def lately(self) -> "Audited":
        """Return the findings to be shown: of a large programme those of before an edit, until a pause has come."""
        if self._answer is None or self._of is self._ctx or not self.has_begun or not self._is_large():
            return self.now()
        self._lags = True
        self._typing.watch(True)
        self._pause.start(_SOON)
        return self._answer

    def _is_large(self) -> bool:
        holders = self._ctx.programme.holders() if self._ctx is not None else ()
        return sum(len(holder.indicators) + len(holder.activities) for holder in holders) > _LARGE

    def follow(self, ctx: Context | None) -> None:
        """Take up another snapshot; where it is of another year its findings come in the next pause."""
        self._ctx = ctx
        if ctx is not None and not self.has_begun:
            self._wait()

    def stop(self) -> None:
        """Ask no more."""
        self._pause.stop()
        self._typing.watch(False)

    def _wait(self) -> None:
        if not self._pause.isActive():
            self._pause.start(_PAUSE)
            self._typing.watch(True)

    def _stand_aside(self) -> None:
        self._pause.start(_PAUSE)

    def _go_on(self) -> None:
        if self._ctx is None:
            self.stop()
            return
        self.now()
        is_new, self._is_told = not self._is_told or self._lags, True
        self._lags = False
        # those that have just come took their time
        found = not is_new and self._audit is not None and self._audit.catch_up()
        if self._audit is not None and self._audit.is_behind:
            self._pause.start(_NEXT)
        else:
            self.stop()
        if is_new or found:
            self.changed.emit()

    def _frozen(self, ctx: Context) -> Programme | None:
        """Return what the council decided on, read again only where another version may be meant."""
        programme = ctx.programme
        rests_on = (programme.year, programme.versions, bool(programme.results.indicators))
        if rests_on != self._rests_on:
            from perfdesk.services.control import checking

            self._rests_on = rests_on
            try:
                self._decided = checking.decided(self._store, ctx.municipality, programme.year)
            except UserError:
                # a damaged version is told of where versions are shown; nothing can be held against it
                self._decided = None
        return self._decided
