"""Entries that were refused and wait to be mended: nothing is closed or printed without a word about them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from perfdesk.gui.dialogs import unsaved
from perfdesk.gui.refused import RefusedInput
from perfdesk.i18n import _
from perfdesk.services.places import COVER, PICTURES, UNITS

if TYPE_CHECKING:
    from perfdesk.gui.main_window import MainWindow

# what belongs to every year is in each year's book
_OF_ALL_YEARS: Final = (COVER, UNITS, PICTURES)
# letters of the name of a target that tell which one it is
_NAME: Final = 60


class Refusals(QObject):
    """Tells which entries of the open file were refused, and leads to them."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Write what is being typed and return whether nothing is lost with the file; else ask, which may do ``then``.

        Nobody waits for the answer: ``then`` leaves once more, all the same.
        """
        unwritten = [] if self._window.commit() else [_("The text being typed cannot be written just now.")]
        refused = self._window.pages.refused()
        if not unwritten and not refused:
            return True
        unsaved.ask(
            self._window,
            _("{count} entries were not saved.").format(count=len(unwritten) + len(refused)),
            [*unwritten, *self._lines(refused)],
            go_on=then,
            go_on_text=_("&Close all the same"),
            # what cannot be written is in the form shown, which must not be left
            show_first=None if unwritten else lambda: self._show(refused[0]),
        )
        return False

    def before_output(self, then: Callable[[], object]) -> None:
        """Do ``then``, which writes or prints the year in hand, but first say what will not be in it."""
        session = self._window.session
        year = session.year if session is not None else 0
        missing = [one for one in self._window.pages.refused() if one.year == year or one.key in _OF_ALL_YEARS]
        if not missing:
            then()
            return
        unsaved.ask(
            self._window,
            _("{count} entries were not accepted, so they will not be in the book and the tables.").format(
                count=len(missing)
            ),
            self._lines(missing),
            go_on=then,
            go_on_text=_("Go &on without them"),
            show_first=lambda: self._show(missing[0]),
        )

    def _lines(self, refused: Sequence[RefusedInput]) -> list[str]:
        return [f"{self._place(one)}: {one.error.sentence()}" for one in refused]

    def _place(self, refused: RefusedInput) -> str:
        """Return in words where an entry was typed: its year if that is another one, the part of the book, the cell."""
        window = self._window
        is_here = window.session is not None and window.session.year == refused.year
        model = window.navigation.model
        entry = model.entry(model.find(refused.key)) if is_here else None
        name = entry.text if entry else ""
        if len(name) > _NAME:
            name = name[: _NAME - 1].rstrip() + "…"
        return " › ".join(filter(None, ("" if is_here else str(refused.year), name, refused.field)))

    def _show(self, refused: RefusedInput) -> None:
        window = self._window
        if window.session is None:
            return
        window.session.set_year(refused.year)
        window.go_to(refused.key)
        if window.pages.page is not None and window.here == refused.key:
            window.pages.page.show_refused(refused)
