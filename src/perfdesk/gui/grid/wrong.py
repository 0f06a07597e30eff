"""Entries that were refused: each stays in its cell, marked, until it is mended or given up."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from perfdesk.domain.errors import NumberError, UserError
from perfdesk.gui.steps import Steps
from perfdesk.i18n import _

# the key of a row, and of a column
Place = tuple[int, str]


class Wrong(NamedTuple):
    """An entry that was refused, with the sentence that says why."""

    text: str
    error: UserError

    @property
    def suggestion(self) -> str:
        """What may have been meant, or ""."""
        return self.error.suggestion if isinstance(self.error, NumberError) else ""

    def told(self) -> str:
        """Return why it was refused, and with which key a suggestion is taken."""
        key = _("(Alt+Enter enters {suggestion})").format(suggestion=self.suggestion) if self.suggestion else ""
        return f"{self.error.sentence()} {key}".strip()


@dataclass(slots=True)
class _Noted:
    """What a step changed in the refused entries of a subject: by place, what was there before and after it."""

    entries: dict[Place, Wrong]
    changed: dict[Place, tuple[Wrong | None, Wrong | None]]
    done: bool = True

    def play(self, *, done: bool) -> None:
        """Let the entries be as they are with the step, or without it; what has become otherwise since stays."""
        for place, (before, after) in self.changed.items():
            there, wanted = (before, after) if done else (after, before)
            if self.entries.get(place) is not there:
                continue
            if wanted is None:
                self.entries.pop(place, None)
            else:
                self.entries[place] = wanted
        self.done = done


class WrongEntries(MutableMapping[Place, Wrong]):
    """The refused entries of the subject in hand, by place. Those of other subjects stay with them.

    What comes and goes with a step of the file comes and goes with its undo and redo.
    """

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._of_subject: dict[object, dict[Place, Wrong]] = {}
        self._now: dict[Place, Wrong] = {}
        self._noted: dict[int, _Noted] = {}

    def __getitem__(self, place: Place) -> Wrong:
        return self._now[place]

    def __setitem__(self, place: Place, wrong: Wrong) -> None:
        self._now[place] = wrong

    def __delitem__(self, place: Place) -> None:
        del self._now[place]

    def __iter__(self) -> Iterator[Place]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)

    def turn(self, subject: object) -> None:
        """Turn to the entries of another subject."""
        self._now = self._of_subject.setdefault(subject, {})

    def take_over(self, former: object) -> None:
        """Take up what was refused under another subject, which has become the one in hand."""
        self._now.update(self._of_subject.pop(former, {}))

    def newest(self) -> Place | None:
        """Return where an entry was refused last, if there is one."""
        return next(reversed(self._now), None)

    def of_all(self) -> list[tuple[object, Wrong]]:
        """Return the entries of all subjects, with these."""
        kept = {id(wrong): (subject, wrong) for subject, wrong in self._of_subject.items()}
        kept.setdefault(id(self._now), (None, self._now))
        return [(subject, one) for subject, wrong in kept.values() for one in wrong.values()]

    def place_of(self, wrong: Wrong) -> Place | None:
        """Return where an entry is that was refused, of whatever subject."""
        places = (
            place for kept in (self._now, *self._of_subject.values()) for place, one in kept.items() if one is wrong
        )
        return next(places, None)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note what the step made within changes; where it fails as a whole, leave the entries as they were."""
        now, before, last = self._now, dict(self._now), self._steps.last
        try:
            yield
        except BaseException:
            now.clear()
            now.update(before)
            raise
        step = self._steps.last
        places = before.keys() | now.keys()
        changed = {place: (before.get(place), now.get(place)) for place in places}
        changed = {place: pair for place, pair in changed.items() if pair[0] is not pair[1]}
        if step != last and changed:
            self._noted[step] = _Noted(now, changed)

    def follow(self) -> None:
        """Let entries go with the steps that were undone since, and come back with those done again."""
        steps = self._steps
        for step in [step for step in self._noted if steps.is_gone(step)]:
            del self._noted[step]
        turned = [step for step in sorted(self._noted) if self._noted[step].done != steps.is_done(step)]
        for step in reversed([step for step in turned if not steps.is_done(step)]):
            self._noted[step].play(done=False)
        for step in (step for step in turned if steps.is_done(step)):
            self._noted[step].play(done=True)
