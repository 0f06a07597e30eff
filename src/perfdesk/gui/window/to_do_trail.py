"""The way through what is left to do: from a line of the list to where it is done, and from there on to the next."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.window.desk import Desk
from perfdesk.i18n import _
from perfdesk.services.book.left_to_do import ToDo
from perfdesk.services.places import TO_DO, Key, Place


class ToDoTrail(QObject):
    """Remembers which thing of the list is in hand, for as long as its form is in sight."""

    def __init__(
        self, desk: Desk, ui: Ui_MainWindow, go_to: Callable[[Key], object], go_to_place: Callable[[Place], object]
    ) -> None:
        super().__init__(desk.widget)
        self._desk = desk
        self._ui = ui
        self._go_to_place = go_to_place
        # what was gone to last, and where it stood in the list
        self._item: ToDo | None = None
        self._at = 0
        ui.to_do_bar.set_next(ui.next_to_do)
        ui.to_do_bar.back_wanted.connect(lambda: go_to(TO_DO))
        ui.next_to_do.triggered.connect(lambda _checked=False: self.go_on())
        desk.pages.place_wanted.connect(self._on_place)
        desk.navigation.turned.connect(self._show)
        desk.navigation.shown.connect(self._show)

    def go_on(self) -> None:
        """Go to what is to be done after what is in hand, or to what is first."""
        if not self._desk.commit_or_say():
            return
        items = self._items()
        if not items:
            self._desk.foot.say(_("Nothing is left to do that the program could find."))
            return
        self._at = self._next(items) % len(items)
        self._item = items[self._at]
        self._go_to_place(self._item.place)
        self._show()

    def _items(self) -> Sequence[ToDo]:
        return self._desk.session.left_to_do() if self._desk.session is not None else ()

    def _next(self, items: Sequence[ToDo]) -> int:
        """Return the place in the list of what comes next."""
        if self._item is None:
            return 0
        if self._item in items:
            return items.index(self._item) + 1
        # some of it was done: the rest comes first; where all of it was, what followed has moved up
        rest = self._same(items)
        return self._at if rest is None else rest

    def _same(self, items: Sequence[ToDo]) -> int | None:
        """Return where the thing in hand stands now, also with less of it left."""
        wanted = _kind(self._item) if self._item is not None else None
        return next((at for at, item in enumerate(items) if _kind(item) == wanted), None)

    def _on_place(self, place: Place) -> None:
        items = self._items()
        at = next((at for at, item in enumerate(items) if item.place == place), None)
        # other forms lead to places, too
        if self._desk.navigation.here == TO_DO and at is not None:
            self._at, self._item = at, items[at]

    def _show(self) -> None:
        session, item = self._desk.session, self._item
        items = self._items()
        self._ui.next_to_do.setEnabled(bool(items))
        here = (session.year, self._desk.navigation.here) if session is not None else None
        if item is None or here != (item.place.year, item.place.entry):
            self._ui.to_do_bar.say("")
            return
        at = self._same(items)
        if at is None:
            self._ui.to_do_bar.say(_("Done. Left to do: {count}").format(count=len(items)))
        else:
            now = items[at]
            place = _("{n} of {count}").format(n=at + 1, count=len(items))
            self._ui.to_do_bar.say(" · ".join(filter(None, (place, now.what, now.which))))


def _kind(item: ToDo) -> tuple[object, ...]:
    """Return what stays the same while a thing is being done: values and costs leave it one by one."""
    place = item.place
    row = 0 if place.table in ("indicator", "activity") and not place.words else place.row
    return (item.what, place.entry, place.table, place.column, row)
