"""Entries that were refused and wait to be mended: nothing is closed or printed without a word about them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality
from perfdesk.gui.dialogs import unsaved
from perfdesk.gui.refused import Spot, Wrong
from perfdesk.gui.window.desk import Desk
from perfdesk.i18n import _
from perfdesk.services.places import OF_ALL_YEARS, OF_PLANS, Key, Located, located

# the entries of the outline whose rows can go over to another one
_HOLDERS: Final = ("target", "sub_programme")
# letters of the name of a target that tell which one it is
_NAME: Final = 60


class _Found(NamedTuple):
    """An entry that was refused, and the year and the entry of the outline where it is met now."""

    spot: Spot
    wrong: Wrong
    year: int
    key: Key


class Refusals(QObject):
    """Tells which entries of the open file were refused, and leads to them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.widget)
        self._desk = desk

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Write what is being typed and return whether nothing is lost with the file; else ask, which may do ``then``.

        Nobody waits for the answer: ``then`` leaves once more, all the same.
        """
        unwritten = [] if self._desk.commit() else [_("The text being typed cannot be written just now.")]
        refused = self.found()
        if not unwritten and not refused:
            return True
        unsaved.ask(
            self._desk.widget,
            _("{count} entries were not saved.").format(count=len(unwritten) + len(refused)),
            [*unwritten, *self._lines(refused)],
            go_on=then,
            go_on_text=_("&Close all the same"),
            # what cannot be written is in the form shown, which must not be left
            show_first=None if unwritten else lambda: self._show(refused[0]),
        )
        return False

    def before_output(self, then: Callable[[], object], *, above: QDialog | None = None) -> None:
        """Do ``then``, which writes or prints the year in hand, but first say what will not be in it.

        Args:
            then: writes or prints.
            above: the dialog that asks for it; it is closed where somebody rather goes to an entry.
        """
        session = self._desk.session
        year = session.year if session is not None else 0
        missing = [one for one in self.found() if one.year == year]
        if not missing:
            then()
            return

        def show_first() -> None:
            if above is not None:
                above.reject()
            self._show(missing[0])

        unsaved.ask(
            above or self._desk.widget,
            _("{count} entries were not accepted, so they will not be in the book and the tables.").format(
                count=len(missing)
            ),
            self._lines(missing),
            go_on=then,
            go_on_text=_("Go &on without them"),
            show_first=show_first,
        )

    def show(self, spot: Spot) -> None:
        """Go to an entry that waits to be mended."""
        found = next((one for one in self.found() if one.spot == spot), None)
        if found is not None:
            self._show(found)

    def found(self) -> list[_Found]:
        """Return the entries that wait to be mended, with where in the book they are now."""
        session = self._desk.session
        if session is None or not session.refused:
            return []
        try:
            places = located(session.municipality, session.year)
        except UserError:
            # a year's form is one of a newer version: they are told where they were typed
            places = {}
        return [_Found(spot, wrong, *self._where(spot, wrong, places)) for spot, wrong in session.refused.items()]

    def _where(self, spot: Spot, wrong: Wrong, places: Mapping[tuple[str, int], Located]) -> tuple[int, Key]:
        """Return the year and the entry: those where it was typed, unless its row has gone elsewhere since."""
        session = self._desk.session
        assert session is not None
        municipality, (year, key) = session.municipality, wrong.here
        rows = [(one.table, one.id) for one in spot.anchor.rows if (one.table, one.id) in places]
        of_year = [places[one].place for one in rows if one[0] not in OF_ALL_YEARS]
        if of_year:
            found = of_year[0]
            if key[0] in _HOLDERS and found.entry[0] in _HOLDERS:
                key = found.entry
            elif key[0] == "goal" and found.table == "target":
                key = _goal_of(municipality, places[found.table, found.row].record.objective) or key
            return found.year, key
        is_of_plan = any(table in OF_PLANS for table, _row in rows)
        if is_of_plan and municipality.plan_of(year) is not municipality.plan_of(session.year):
            return year, key
        # what belongs to every year is in each year's book
        return session.year, key

    def _lines(self, refused: Sequence[_Found]) -> list[str]:
        return [f"{self._place(one)}: {one.wrong.error.sentence()}" for one in refused]

    def _place(self, refused: _Found) -> str:
        """Return in words where an entry was typed: its year if that is another one, the part of the book, the cell."""
        desk = self._desk
        is_here = desk.session is not None and desk.session.year == refused.year
        model = desk.navigation.model
        entry = model.entry(model.find(refused.key)) if is_here else None
        name = entry.text if entry else ""
        if len(name) > _NAME:
            name = name[: _NAME - 1].rstrip() + "…"
        return " › ".join(filter(None, ("" if is_here else str(refused.year), name, refused.wrong.place)))

    def _show(self, refused: _Found) -> None:
        desk = self._desk
        if desk.session is None:
            return
        desk.session.set_year(refused.year)
        desk.navigation.go_to(refused.key)
        if desk.pages.page is not None and desk.navigation.here == refused.key:
            desk.pages.page.show_refused(refused.spot)


def _goal_of(municipality: Municipality, objective: str) -> Key | None:
    """Return the entry of the goal that an objective stands under."""
    goals = (goal for plan in municipality.plans for goal in plan.goals)
    return next((("goal", goal.id) for goal in goals if any(one.id == objective for one in goal.objectives)), None)
