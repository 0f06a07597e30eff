"""A card below a grid: the other fields of the row in hand, folded away until they are wanted."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from perfdesk.gui import colours
from perfdesk.gui.fields.bind import Binding
from perfdesk.gui.grid.grid_section import GridSection
from perfdesk.gui.headings import colour_ground, make_heading
from perfdesk.gui.marks import NOTHING, Marks
from perfdesk.gui.refused import Spot
from perfdesk.gui.session import Session
from perfdesk.services.places import Key


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
        for binding in self._bindings:
            binding.here = (year, entry)
        for section in self._sections:
            section.grid.grid().here = (year, entry)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        if self.isHidden() or self._session is None:
            return
        for binding in self._bindings:
            binding.refresh()
        for section in self._sections:
            section.grid.grid().refresh()

    def take_marks(self, marks: Marks) -> None:
        """Take up what the checks found; ``refresh`` or ``show_marks`` shows it."""
        for binding in self._bindings:
            binding.marks = marks.get(binding.table, NOTHING)

    def show_marks(self) -> None:
        """Show what was found in the row in hand."""
        if not self.isHidden():
            for binding in self._bindings:
                binding.show_marks()

    def commit(self) -> None:
        """Write whatever is being typed."""
        for binding in self._bindings:
            binding.commit()
        for section in self._sections:
            section.grid.commit_editor()

    def show_refused(self, spot: Spot) -> None:
        """Put the keyboard to what was refused in the card of the row in hand."""
        section = next((one for one in self._sections if one.grid.grid().kind == spot.form), None)
        if section is not None:
            section.show_refused(spot)
        else:
            self.focus(spot.column)

    @property
    def forms(self) -> set[str]:
        """The grids of the card, by the tables of their rows."""
        return {section.grid.grid().kind for section in self._sections}

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
