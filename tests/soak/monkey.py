"""The monkey: one random action after another, and after each of them what must hold."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Final, TextIO

from PySide6.QtWidgets import QMessageBox
from tests.soak import dialogs, oracles, typing_actions, window_actions
from tests.soak.hands import Hands
from tests.soak.world import World, top_widget

from perfdesk.domain.programme import Municipality
from perfdesk.gui.session import Session
from perfdesk.storage.store import Store

LAST: Final = 50
# every so many steps: the whole file against the snapshot, SQLite's own checks, and all there is to undo
_COMPARE_EVERY: Final = 5
_FILE_EVERY: Final = 50
# a dialog that is still there after so many actions in it is closed with Esc
_PATIENCE: Final = 12

Action = Callable[["Monkey"], str]
ACTIONS: Final[tuple[tuple[int, Action], ...]] = (*typing_actions.ACTIONS, *window_actions.ACTIONS)


class Failure(Exception):  # noqa: N818 - it is what is looked for
    """Something that must never be."""


class Monkey:
    """Works on the file that is open. ``expect`` takes what must be true of the file after the action in hand."""

    def __init__(self, world: World, seed: int, file: Path, log: TextIO, *, undo_every: int = 200) -> None:
        self.world = world
        self.rng = Random(seed)
        self.file = file
        self.hands = Hands(world, lambda top: dialogs.answer(self, top))
        # what the next file dialog is answered with; None is Esc
        self.next_path: Path | None = None
        self.expect: list[Callable[[Municipality], Iterable[str]]] = []
        self.done: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.last: deque[str] = deque(maxlen=LAST)
        self.steps = 0
        self._log = log
        self._undo_every = undo_every
        self._in_dialog = 0
        self._store: Store | None = None
        self._opened: Municipality | None = None
        self._before: Municipality | None = None
        self._floor = 0

    # --- running ----------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the file."""
        self.world.start(self.file)
        self._check()

    def step(self) -> None:
        """Do one thing and look whether all is well."""
        self.steps += 1
        began = time.monotonic()
        top = top_widget()
        if top is not None:
            self._in_dialog += 1
            name = "dialog"
            said = dialogs.act(self, top, patient=self._in_dialog < _PATIENCE)
        else:
            self._in_dialog = 0
            self.world.activate()
            weights, actions = zip(*ACTIONS, strict=True)
            action = self.rng.choices(actions, weights)[0]
            name = action.__name__
            self.note(f"{name}…")
            said = self._do(action)
        self.done[name if said else "nothing to do"] += 1
        self.note(f"{name}: {said or 'not possible'}")
        self.settle()
        if top_widget() is None or self._in_dialog > 3 * _PATIENCE:
            self._check()
        where = f"{self._where()} ({time.monotonic() - began:.2f} s)"
        self.last[-1] += f"  {where}"
        self._write(f"      {where}")

    def _do(self, action: Action) -> str:
        """Do what a person might; return in words what it was, or "" where it was not possible."""
        window = self.world.window
        try:
            return action(self)
        except RuntimeError:
            # a question whether to speak another language is answered whenever it comes up: what was in hand went with
            # the former window
            if self.world.window is window:
                raise
            return ""

    def finish(self) -> None:
        """Close everything, open the file again, and compare: with before, by SQLite, through the exchange format."""
        self.leave_dialogs()
        # where the round ended within a dialog, its keys are for the window from now on
        self.world.activate()
        session = self.world.session
        if session is None:
            return
        # what is still being typed is written by closing
        self.world.window.commit()
        before, path = session.municipality, session.store.path
        window_actions.close_and_open(self)
        self.settle()
        self._check()
        self._demand("finish", oracles.difference(before, oracles.on_disk(path)))
        for found in (*oracles.file_is_whole(path), *oracles.exchanged(path, before)):
            self._demand("finish", found)
        session = self.world.session
        for found in oracles.book(session) if session else ():
            self._demand("finish", found)
        self.world.window.close()
        self.settle()
        self.world.end()
        self._demand("finish", "\n".join(self.world.faults))

    def settle(self) -> None:
        """Let the program become idle; menus left open are closed."""
        self.world.settle()
        self.hands.close_popups()

    def leave_dialogs(self) -> None:
        """Close whatever stands above the window."""
        for _ in range(20):
            top = top_widget()
            if top is None:
                # without a screen the keyboard does not come back by itself from a dialog above a dialog
                self.world.window.activateWindow()
                self.settle()
                return
            dialogs.escape(self, top)
            self.settle()
        self._demand("a dialog cannot be closed", repr(top_widget()))

    def note(self, text: str) -> None:
        """Log what is being done, at once: a crash leaves no time."""
        if self.last and self.last[-1].endswith("…"):
            self.last.pop()
        self.last.append(f"{self.steps:5} {text}")
        self._write(self.last[-1])

    def _write(self, text: str) -> None:
        self._log.write(text + "\n")
        self._log.flush()

    def _where(self) -> str:
        session = self.world.session
        where = f"{session.year} {self.world.window.here}" if session else "start page"
        top = top_widget()
        return f"{where} under {type(top).__name__}" if top else where

    # --- looking ----------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        self.world.watch_models()
        session, window = self.world.session, self.world.window
        self._demand("fault", "\n".join(self.world.faults))
        if session is None:
            self._store = None
            self.expect.clear()
            return
        if session.store is not self._store:
            # what was expected of another file cannot be looked up in this one
            self.expect.clear()
            self._store, self._opened, self._before = session.store, session.municipality, session.municipality
            if session.read_only:
                self._demand("opened", f"for reading only: {window.ui.banner.texts()}")
            # what was done in the very step that opened the file is not undone with the rest
            self._floor = len(session.store._log._undo)
        if len(session.store._log._undo) < self._floor:
            self._floor, self._opened = len(session.store._log._undo), session.municipality
        self._count(session)
        found = [
            *oracles.sums(window, session),
            *oracles.shown(window),
            *oracles.refused(window, session),
            *oracles.labels(window, session),
            *oracles.undo_log_is_whole(session),
        ]
        if self.expect or not self.steps % _COMPARE_EVERY:
            disk = oracles.on_disk(session.store.path)
            found.append(oracles.difference(session.municipality, disk))
            found += [problem for expected in self.expect for problem in expected(disk)]
            self.expect.clear()
        if not self.steps % _FILE_EVERY:
            found += oracles.file_is_whole(session.store.path)
        for problem in found:
            self._demand("check", problem)
        if self.steps and not self.steps % self._undo_every:
            self.undo_all(session)

    def _count(self, session: Session) -> None:
        if session.municipality is not self._before:
            self.counts["edits"] += 1
            self._before = session.municipality

    def undo_all(self, session: Session) -> None:
        """Undo all since opening, compare with what was opened; redo it, compare with before."""
        if session.read_only:
            return
        self.note("undo all, redo all")
        self.world.activate()
        window_actions.leave_fields(self)
        before, steps = session.municipality, self._play_all(session, "undo")
        self._demand("after undoing all", oracles.difference(self._opened, session.municipality))
        self._demand("on disk after undoing all", oracles.difference(self._opened, oracles.on_disk(session.store.path)))
        self._play_all(session, "redo", steps)
        self._demand("after redoing all", oracles.difference(before, session.municipality))
        self._demand("on disk after redoing all", oracles.difference(before, oracles.on_disk(session.store.path)))
        self._demand("fault", "\n".join(self.world.faults))
        self.counts["undone"] += steps
        self.counts["redone"] += steps

    def _play_all(self, session: Session, name: str, steps: int | None = None) -> int:
        """Press Ctrl+Z or Ctrl+Y so often, or as long as there is a step; return how often."""
        log = session.store._log
        todo = len(log._undo) - self._floor if steps is None else steps
        for _ in range(todo):
            # an entry that was refused after the step goes, or comes back, before it
            while (session.refused.newest if name == "undo" else session.refused.dropped) is not None:
                refused = len(session.refused)
                self._press(name)
                if abs(len(session.refused) - refused) != 1:
                    self._demand(f"{name} all", f"there were {refused} refused entries, then {len(session.refused)}")
            left = len(log._undo), len(log._redo)
            self._press(name)
            by = -1 if name == "undo" else 1
            if (len(log._undo), len(log._redo)) != (left[0] + by, left[1] - by):
                now = (len(log._undo), len(log._redo))
                top = top_widget()
                said = top.text() if isinstance(top, QMessageBox) else f"{top}"
                self._demand(f"{name} all", f"(undo, redo) went from {left} to {now} under {said}")
        return todo

    def _press(self, name: str) -> None:
        # a text in which it goes on would take the keys itself
        self.world.window.ui.outline.setFocus()
        window_actions.shortcut(self, getattr(self.world.window.ui, name))
        self.world.settle()

    def _demand(self, what: str, problem: str) -> None:
        if problem:
            raise Failure(f"{what}: {problem}")
