"""Fields of a form and what is stored: shows it, writes what is left, marks what is refused.

A field is a column of a row of the file (``columns``), or says itself how it is shown and which service writes it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui import colours
from perfdesk.gui.fields.check_field import CheckField
from perfdesk.gui.fields.choice_field import ChoiceField
from perfdesk.gui.fields.finding_sign import FindingSign, row_with
from perfdesk.gui.fields.text_field import TextField
from perfdesk.gui.headings import colour_text
from perfdesk.gui.marks import NOTHING
from perfdesk.gui.refused import FIELDS, Anchor, Row, Spot, Wrong, refusal
from perfdesk.gui.session import Session
from perfdesk.services.editing import records
from perfdesk.services.editing.fields import Choice
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.services.places import COVER, Key

FormField = TextField | ChoiceField | CheckField


@dataclass(frozen=True, slots=True)
class BoundField:
    """A field: the text a record is shown with, the service that takes a typed one, and what it is chosen from.

    ``write`` raises UserError where it refuses; ``is_closed`` where no other text than a choice can be entered.
    """

    widget: FormField
    show: Callable[[Any], str]
    write: Callable[[Any, str], None]
    choices: Callable[[], Sequence[Choice]] = tuple
    is_closed: bool = True


def columns(session: Session, table: str, widgets: Mapping[str, FormField]) -> dict[str, BoundField]:
    """Return the fields that are columns of a row of a table; ``widgets`` are keyed by column."""
    return {column: _column(session, table, column, widget) for column, widget in widgets.items()}


def _column(session: Session, table: str, column: str, widget: FormField) -> BoundField:
    kind = RECORD_TYPES[table].fields[column]

    def show(record: Any) -> str:
        return kind.show(getattr(record, column), session.known)

    def write(record: Any, text: str) -> None:
        records.write(session.store, session.known, table, row_of(record), column, text)

    return BoundField(widget, show, write, lambda: kind.choices(session.known), kind.is_closed)


def row_of(record: Any) -> int:
    """Return a record's row in the file."""
    # the administration is the one row without a number of its own
    id_: int = getattr(record, "row", 1)
    return id_


class Binding(QObject):
    """Binds fields to what they show. ``problem_said`` carries the sentence of an entry that has just been refused.

    ``record`` gives the object in the snapshot of now that the fields are of, or None. ``table`` is that of its row, by
    which undo finds the fields; ``anchor`` says what they belong to where that is not just the row. A widget is put
    into a box of its own in its place, so that its sentence stands below it.
    """

    problem_said = Signal(str)

    def __init__(
        self,
        session: Session,
        record: Callable[[], Any],
        fields: Mapping[str, BoundField],
        parent: QWidget,
        *,
        table: str,
        anchor: Callable[[Any], Anchor] | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = table
        self.widgets = {column: field.widget for column, field in fields.items()}
        self._fields = fields
        self._record = record
        self._anchor = anchor or (lambda record: Anchor((Row.of(table, row_of(record)),)))
        # what an entry belongs to that is typed into what is shown
        self._shown: Anchor | None = None
        # the year and the entry of the outline under which the fields are shown
        self.here: tuple[int, Key] = (0, COVER)
        self._refused = session.refused
        # what is marked, by column
        self._told: dict[str, Wrong | None] = {}
        # what the checks found in rows of the table; ``refresh`` shows it, ``show_marks`` where nothing else is new
        self.marks = NOTHING
        self.signs = {column: FindingSign(in_field=True) for column in self.widgets}
        self._problems = {column: _boxed(widget, self.signs[column]) for column, widget in self.widgets.items()}
        for column, widget in self.widgets.items():
            widget.left.connect(partial(self._write, column))
            widget.reverted.connect(partial(self._give_up, column))
            widget.setReadOnly(session.read_only)

    def refresh(self) -> None:
        """Show the snapshot of now; what is being typed stays with its row, as does what was refused."""
        record = self._record()
        anchor = self._anchor_of(record)
        another = anchor != self._shown
        self._shown = anchor
        for column, widget in self.widgets.items():
            refused = self._found(column)
            other = self._told.get(column) is not refused
            # what was refused and is so no more, because a step was done again, does not stay as if it were being typed
            self._show(column, record, another=another or (other and refused is None))
            if another or other:
                self._tell(column, refused)
                if refused is not None:
                    widget.put(refused.text)
        self.show_marks()

    def show_marks(self) -> None:
        """Show what was found in the row in hand beside its fields; where an entry was refused that is said alone."""
        record = self._record()
        found = self.marks.get(row_of(record)) if record is not None and self.marks else None
        for column, sign in self.signs.items():
            mark = found.cells.get(column) if found is not None else None
            if sign.show_mark(mark if self._told.get(column) is None else None):
                self._describe(column)

    def commit(self) -> None:
        """Write what is being typed."""
        for widget in self.widgets.values():
            widget.commit()

    def focus(self, column: str) -> QWidget | None:
        """Put the keyboard into a column's field and return the field."""
        widget = self.widgets.get(column)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return widget

    def _anchor_of(self, record: Any) -> Anchor | None:
        """Return what an entry belongs to that is typed now; None where there is nothing to type for."""
        return None if record is None else self._anchor(record)

    def _found(self, column: str) -> Wrong | None:
        """Return what was refused in a field of what is shown."""
        return self._refused.get(Spot(FIELDS, self._shown, column)) if self._shown is not None else None

    def _show(self, column: str, record: Any, *, another: bool) -> None:
        field = self._fields[column]
        if isinstance(field.widget, ChoiceField):
            field.widget.offer(field.choices(), closed=field.is_closed)
        field.widget.show_text(field.show(record) if record is not None else "", another=another)

    def _write(self, column: str, text: str) -> None:
        record = self._record()
        anchor = self._anchor_of(record)
        if anchor is None or anchor != self._shown:
            # what it was typed for is gone, or no longer in hand
            return
        spot = Spot(FIELDS, anchor, column)
        refused = self._refused.get(spot)
        if refused is not None and refused.text == text:
            return
        with self._refused.noted():
            self._refused.pop(spot, None)
            try:
                self._fields[column].write(record, text)
            except UserError as error:
                name = self._fields[column].widget.accessibleName()
                self._refused[spot] = Wrong(text, error, name, self.here)
        self._tell(column, self._refused.get(spot))
        if spot not in self._refused:
            # as it is stored, which may be said in other words than typed
            self._show(column, self._record(), another=True)

    def _give_up(self, column: str) -> None:
        if self._shown is not None:
            self._refused.pop(Spot(FIELDS, self._shown, column), None)
        self._tell(column, None)

    def _tell(self, column: str, wrong: Wrong | None) -> None:
        self._told[column] = wrong
        label, widget = self._problems[column], self.widgets[column]
        said = refusal(wrong.error.sentence()) if wrong else ""
        if not said and not label.text():
            return
        label.setText(said)
        label.setVisible(bool(said))
        widget.mark(wrong=bool(said))
        self._describe(column)
        self.show_marks()
        if said:
            self.problem_said.emit(said)

    def _describe(self, column: str) -> None:
        """Let be read out what is said of a field."""
        mark = self.signs[column].mark
        said = self._problems[column].text() or (mark.told if mark is not None else "")
        self.widgets[column].setAccessibleDescription(said)


def _boxed(widget: QWidget, sign: FindingSign) -> QLabel:
    """Put a field into a box with a sign beside it and room for a sentence below it; return the sentence's label."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.hide()
    colour_text(label, colours.wrong(label.palette()))
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    above = widget.parentWidget()
    layout = above.layout() if above is not None else None
    if layout is not None:
        layout.replaceWidget(widget, box, Qt.FindChildOption.FindChildrenRecursively)
    column.addLayout(row_with(widget, sign))
    column.addWidget(label)
    return label
