"""The steps of the open file as the window counts them: what goes with a step can come and go with it."""

from enum import StrEnum


class Play(StrEnum):
    """How a change came about: by a new step, or by playing one back."""

    MADE = "made"
    UNDONE = "undone"
    REDONE = "redone"


class Steps:
    """Gives each step a number, from 1, and knows which of them are done and which undone."""

    def __init__(self) -> None:
        self._made = 0
        self._done: list[int] = []
        self._undone: list[int] = []
        # the step that was made, undone or done again last
        self.played = 0

    @property
    def last(self) -> int:
        """The number of the step done last, or 0."""
        return self._done[-1] if self._done else 0

    def follow(self, play: Play) -> None:
        """Note a step that was just made, undone or done again."""
        if play is Play.MADE:
            self.played = self._new()
            self._done.append(self.played)
            # what had been undone can no longer be done again
            self._undone.clear()
            return
        source, target = (self._done, self._undone) if play is Play.UNDONE else (self._undone, self._done)
        # a step from before anybody counted gets its number now
        self.played = source.pop() if source else self._new()
        target.append(self.played)

    def is_gone(self, step: int) -> bool:
        """Whether a step is neither done nor can be done again."""
        return step not in self._done and step not in self._undone

    def _new(self) -> int:
        self._made += 1
        return self._made
