"""Entries that were refused: each stays where it was typed, marked, until it is mended or given up.

The open file keeps them for all its forms, by what they belong to in the file and not by what is shown: another form,
year or row in hand changes nothing about them, and what is gone from the file takes its own with it.
"""

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Self

from perfdesk.domain.errors import NumberError, UserError
from perfdesk.gui.steps import Play, Steps
from perfdesk.i18n import _
from perfdesk.services.places import COVER, Key

# the form of what is no grid; a grid is named by the table of its rows
FIELDS: Final = ""
# before what was refused; the signs of findings are letters
REFUSED_SIGN: Final = "!"
WITH_STEP: Final = -1


def refusal(sentence: str) -> str:
    """Return what is said of a refusal with its sign before it; "" stays as it is."""
    return f"{REFUSED_SIGN} {sentence}" if sentence else ""


class Row(NamedTuple):
    """A row of the file: its table, and the columns it is found by."""

    table: str
    where: tuple[tuple[str, int], ...]

    @property
    def id(self) -> int:
        """Its id, or 0 where it is found by others."""
        return dict(self.where).get("id", 0)

    @classmethod
    def of(cls, table: str, id_: int) -> Self:
        """Return a row by its id."""
        return cls(table, (("id", id_),))


class Anchor(NamedTuple):
    """What an entry belongs to: rows of the file, the most telling first, and ``part``, which of several things there.

    It goes with any of the rows. What belongs to no row is there as long as the file.
    """

    rows: tuple[Row, ...] = ()
    part: object = 0

    @property
    def row(self) -> Row:
        """The first of its rows."""
        return self.rows[0] if self.rows else Row.of("", 0)


class Spot(NamedTuple):
    """Where an entry was typed: in which form, for what, in which column."""

    form: str
    anchor: Anchor
    column: str


# eq=False: two entries with the same text are two entries
@dataclass(eq=False, slots=True)
class Wrong:
    """An entry that was refused: what was typed, which may be no text in a setting, and why it was not taken.

    ``here`` is the year and the entry of the outline where it was typed, ``place`` says in words where in the form.
    ``after`` is the number of the step that was the last one then; None before it is known, and ``WITH_STEP`` where it
    came with a step, of which it is a part.
    """

    text: Any
    error: UserError
    place: str = ""
    here: tuple[int, Key] = (0, COVER)
    after: int | None = None

    @property
    def suggestion(self) -> str:
        """What may have been meant, or ""."""
        return self.error.suggestion if isinstance(self.error, NumberError) else ""

    def told(self) -> str:
        """Return why it was refused, and with which key a suggestion is taken."""
        key = _("(Alt+Enter enters {suggestion})").format(suggestion=self.suggestion) if self.suggestion else ""
        return f"{self.error.sentence()} {key}".strip()


class Shift(NamedTuple):
    """Where spots are with a step that moves what they are about, and without it; None where they are not at all."""

    with_step: Callable[[Spot], Spot | None]
    without_step: Callable[[Spot], Spot | None]


Entries = dict[Spot, Wrong]


@dataclass(slots=True)
class _Noted:
    """What a step changed: by spot what was there before and after it, where spots went, and what was lost so."""

    shift: Shift | None = None
    changed: dict[Spot, tuple[Wrong | None, Wrong | None]] = field(default_factory=dict)
    lost: Entries = field(default_factory=dict)

    def play(self, entries: Entries, *, done: bool) -> None:
        """Let the entries be as they are with the step, or without it; what has become otherwise since stays."""
        if done:
            self._shift(entries, done=True)
        for spot, (before, after) in self.changed.items():
            there, wanted = (before, after) if done else (after, before)
            if entries.get(spot) is not there:
                continue
            if wanted is None:
                del entries[spot]
            else:
                entries[spot] = wanted
        if not done:
            self._shift(entries, done=False)

    def _shift(self, entries: Entries, *, done: bool) -> None:
        if self.shift is not None:
            found, self.lost = self.lost, shift(entries, self.shift.with_step if done else self.shift.without_step)
            entries.update(found)


def shift(entries: Entries, way: Callable[[Spot], Spot | None]) -> Entries:
    """Let entries go to other spots, and return those that have none any more."""
    before = dict(entries)
    entries.clear()
    lost = {}
    for spot, wrong in before.items():
        to = way(spot)
        if to is None:
            lost[spot] = wrong
        else:
            entries[to] = wrong
    return lost


class RefusedEntries(MutableMapping[Spot, Wrong]):
    """The refused entries of an open file, the newest last. What comes with a step comes and goes with it.

    Typing something that is refused is no step of the file, but whoever takes back what was done last means it too:
    see ``newest`` and ``drop``. ``is_there`` tells whether the file holds a row; ``told`` is called when entries come
    or go.
    """

    def __init__(self, steps: Steps, is_there: Callable[[Row], bool], told: Callable[[], object]) -> None:
        self._steps = steps
        self._is_there = is_there
        self._told = told
        self._entries: Entries = {}
        # those given up by undo, the last one last; what else is done makes an end of them
        self._dropped: list[tuple[Spot, Wrong]] = []
        self._noted: dict[int, _Noted] = {}
        # whether a step is being noted, which does more than the file tells
        self._is_noting = False

    def __getitem__(self, spot: Spot) -> Wrong:
        return self._entries[spot]

    def __setitem__(self, spot: Spot, wrong: Wrong) -> None:
        if wrong.after is None:
            wrong.after = self._steps.last
            self._dropped.clear()
        self._entries.pop(spot, None)
        self._entries[spot] = wrong
        self._told()

    def __delitem__(self, spot: Spot) -> None:
        del self._entries[spot]
        self._told()

    def __iter__(self) -> Iterator[Spot]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def newest(self) -> Spot | None:
        """Where something was refused after the last step that is done; None where nothing was."""
        last = self._steps.last
        return next((spot for spot in reversed(self._entries) if self._entries[spot].after == last), None)

    def drop(self) -> None:
        """Give up the newest entry."""
        spot = self.newest
        if spot is not None:
            self._dropped.append((spot, self._entries.pop(spot)))
            self._told()

    @property
    def dropped(self) -> Spot | None:
        """Where the entry belongs that ``drop`` gave up last; None where something else was done since."""
        if not self._dropped:
            return None
        spot, wrong = self._dropped[-1]
        is_next = wrong.after == self._steps.last and spot not in self._entries
        return spot if is_next and all(map(self._is_there, spot.anchor.rows)) else None

    def take_up(self) -> None:
        """Take up again the entry that was given up last."""
        if self.dropped is not None:
            spot, wrong = self._dropped.pop()
            self._entries[spot] = wrong
            self._told()

    @contextmanager
    def noted(self, moves: Shift | None = None) -> Iterator[None]:
        """Note what the step made within changes; without a step that is done, leave what it ``moves``.

        Where it fails as a whole the entries are left as they were.
        """
        before, last, outer = dict(self._entries), self._steps.last, self._is_noting
        lost = shift(self._entries, moves.with_step) if moves is not None else {}
        shifted = dict(self._entries)
        self._is_noting = True
        try:
            yield
        except BaseException:
            self._restore(before)
            raise
        finally:
            self._is_noting = outer
        if self._steps.last == last:
            if moves is not None:
                self._restore(before)
        elif not outer:
            known = {id(wrong) for wrong in before.values()}
            for wrong in self._entries.values():
                if id(wrong) not in known:
                    wrong.after = WITH_STEP
            self._note(_Noted(moves, _difference(shifted, self._entries), lost))

    def follow(self, play: Play, tables: frozenset[str]) -> None:
        """Let entries come and go with a step just made, undone or redone, which touched these tables."""
        steps = self._steps
        if play is Play.MADE:
            self._dropped.clear()
        self._noted = {step: noted for step, noted in self._noted.items() if not steps.is_gone(step)}
        noted = self._noted.get(steps.played)
        if play is not Play.MADE and noted is not None:
            noted.play(self._entries, done=play is Play.REDONE)
        gone = self._forget_gone(tables)
        if not gone or (play is Play.MADE and self._is_noting):
            return
        if noted is None:
            noted = self._noted[steps.played] = _Noted()
        # without the step that was undone, or with the one made or redone, there are none of them
        undone = play is Play.UNDONE
        noted.changed |= {spot: (None, wrong) if undone else (wrong, None) for spot, wrong in gone.items()}

    def _forget_gone(self, tables: frozenset[str]) -> Entries:
        """Forget the entries of which a row is gone, and return them."""
        touched = {one for spot in self._entries for one in spot.anchor.rows if one.table in tables}
        lost = {one for one in touched if not self._is_there(one)}
        gone = {spot: wrong for spot, wrong in self._entries.items() if lost.intersection(spot.anchor.rows)}
        for spot in gone:
            del self._entries[spot]
        return gone

    def _note(self, noted: _Noted) -> None:
        if noted.changed or noted.shift is not None:
            self._noted[self._steps.last] = noted

    def _restore(self, entries: Entries) -> None:
        self._entries.clear()
        self._entries.update(entries)


def _difference(before: Entries, after: Entries) -> dict[Spot, tuple[Wrong | None, Wrong | None]]:
    pairs = {spot: (before.get(spot), after.get(spot)) for spot in before.keys() | after.keys()}
    return {spot: pair for spot, pair in pairs.items() if pair[0] is not pair[1]}
