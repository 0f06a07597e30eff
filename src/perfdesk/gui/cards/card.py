"""A card below a grid: the other fields of the row in hand, folded away until they are wanted."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from perfdesk.gui import colours
from perfdesk.gui.fields.bind import Binding
from perfdesk.gui.grid.grid_section import GridSection
from perfdesk.gui.headings import colour_ground, make_heading
from perfdesk.gui.refused import RefusedInput
from perfdesk.gui.session import Session
from perfdesk.services.places import COVER, Key


class Card(QWidget):
    """Shows one row of the file. ``problem_said`` carries the sentence of an entry that has just been refused."""

    problem_said = Signal(str)
    # the table whose rows have such a card
    table: str = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._record: Callable[[], Any] = lambda: None
        self._bindings: list[Binding] = []
        self._sections: list[GridSection] = []
        # the year and the entry of the outline under which the card is shown
        self.here: tuple[int, Key] = (0, COVER)
        self.setAutoFillBackground(True)
        colour_ground(self, colours.shade(self.palette()))
        self.hide()

    @property
    def session(self) -> Session:
        """The open file."""
        assert self._session is not None
        return self._session

    @property
    def record(self) -> Any:
        """The row in hand as the snapshot has it, or None."""
        return self._record()

    def take(self, session: Session, record: Callable[[], Any]) -> None:
        """Say whose row the card shows: ``record`` gives the one in hand, or None."""
        self._session = session
        self._record = record

    def bound(self, binding: Binding) -> Binding:
        """Take part in what a binding tells."""
        binding.problem_said.connect(self.problem_said)
        self._bindings.append(binding)
        return binding

    def holding(self, section: GridSection) -> GridSection:
        """Take part in what a grid of the card tells; its heading is one of a lower order."""
        section.problem_said.connect(self.problem_said)
        make_heading(section.heading, 0.95)
        self._sections.append(section)
        return section

    def turn(self, year: int, entry: Key) -> None:
        """Take up another entry of the outline: what is refused from now on was typed there."""
        self.here = (year, entry)
        for binding in self._bindings:
            binding.subject = self.here

    def subject(self, *below: int) -> tuple[object, ...]:
        """Return what refused entries of the card's grids stay with: the row in hand, and what is ``below`` it."""
        record = self.record
        return (*self.here, record.row if record else 0, *below)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        if self.isHidden() or self._session is None:
            return
        for binding in self._bindings:
            binding.refresh()
        for section in self._sections:
            section.grid.grid().refresh()

    def commit(self) -> None:
        """Write whatever is being typed."""
        for binding in self._bindings:
            binding.commit()
        for section in self._sections:
            section.grid.commit_editor()

    def refused(self) -> list[RefusedInput]:
        """Return the entries that were refused and wait to be mended, of whatever row."""
        found = []
        for binding in self._bindings:
            for one in binding.refused():
                assert isinstance(one.subject, tuple)
                assert isinstance(one.row, int)
                year, key = one.subject
                found.append(RefusedInput(year, key, one.text, one.error, self.table, one.row, one.name))
        for section in self._sections:
            for subject, wrong in section.grid.grid().all_refused():
                if isinstance(subject, tuple):
                    year, key, row = subject[:3]
                    field = section.where(wrong)
                    found.append(RefusedInput(year, key, wrong.text, wrong.error, self.table, row, field))
        return found

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        first = next((field for binding in self._bindings for field in binding.widgets.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus(self, column: str) -> QWidget | None:
        """Put the keyboard into the field of a column and return it, if there is one."""
        for binding in self._bindings:
            field = binding.focus(column)
            if field is not None:
                return field
        return None
