"""Fields of a form and what is stored: shows it, writes what is left, marks what is refused.

A field is a column of a row of the file (``columns``), or says itself how it is shown and which service writes it.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui import colours
from perfdesk.gui.fields.choice_field import ChoiceField
from perfdesk.gui.fields.text_field import TextField
from perfdesk.gui.headings import colour_text
from perfdesk.gui.session import Session
from perfdesk.services.editing import records
from perfdesk.services.editing.fields import Choice
from perfdesk.services.editing.record_types import RECORD_TYPES

FormField = TextField | ChoiceField


class RefusedField(NamedTuple):
    """What was refused in a field: where the form was then, the row of the file, what was typed, and why.

    ``name`` is what the field is called.
    """

    subject: object
    row: Hashable
    text: Any
    error: UserError
    name: str = ""


class RefusedFields:
    """What was refused in the fields of a form; it stays with its row until it is mended or taken back."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Hashable, str], RefusedField] = {}

    def keep(self, column: str, refused: RefusedField) -> None:
        """Keep what was refused in a column."""
        self._kept[refused.row, column] = refused

    def drop(self, row: Hashable, column: str) -> bool:
        """Let go of what was refused in a field; return whether there was anything."""
        return self._kept.pop((row, column), None) is not None

    def drop_row(self, row: Hashable) -> None:
        """Let go of what was refused in any field of a row."""
        self._kept = {key: one for key, one in self._kept.items() if key[0] != row}

    def find(self, row: Hashable, column: str) -> RefusedField | None:
        """Return what was refused in a field, if anything."""
        return self._kept.get((row, column))

    def of_row(self, row: Hashable) -> dict[str, RefusedField]:
        """Return what was refused in the fields of a row, by column."""
        return {column: one for (of, column), one in self._kept.items() if of == row}

    def all(self) -> list[RefusedField]:
        """Return what was refused, of whatever row."""
        return list(self._kept.values())


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
    row: int = getattr(record, "row", 1)
    return row


class Binding(QObject):
    """Binds fields to what they show. ``problem_said`` carries the sentence of an entry that has just been refused.

    ``record`` gives the object in the snapshot of now that the fields are of, or None; ``same`` says what stays the
    same while it is the same thing: its row where it is not given. ``table`` is the one whose columns the fields are,
    by which undo finds them. A widget is put into a box of its own in its place, so that its sentence stands below it.
    """

    problem_said = Signal(str)

    def __init__(
        self,
        session: Session,
        record: Callable[[], Any],
        fields: Mapping[str, BoundField],
        parent: QWidget,
        *,
        table: str = "",
        same: Callable[[Any], Hashable] = row_of,
    ) -> None:
        super().__init__(parent)
        self.table = table
        self.widgets = {column: field.widget for column, field in fields.items()}
        self._fields = fields
        self._record = record
        self._same = same
        self._row: Hashable = 0
        # where the fields are shown, as whoever shows them says; what is refused is found again by it
        self.subject: object = None
        self._refused = RefusedFields()
        self._problems = {column: _boxed(widget) for column, widget in self.widgets.items()}
        for column, widget in self.widgets.items():
            widget.left.connect(partial(self._write, column))
            widget.reverted.connect(partial(self._give_up, column))
            widget.setReadOnly(session.read_only)

    def refresh(self) -> None:
        """Show the snapshot of now; what is being typed or was refused stays with its row."""
        record = self._record()
        row = self._row_of(record)
        for column, widget in self.widgets.items():
            self._show(column, record, another=row != self._row)
            refused = self._refused.find(row, column)
            if row != self._row:
                self._tell(column, refused.error if refused else None)
                if refused:
                    widget.put(refused.text)
        self._row = row

    def commit(self) -> None:
        """Write what is being typed."""
        for widget in self.widgets.values():
            widget.commit()

    def refused(self) -> list[RefusedField]:
        """Return what was refused and waits to be mended, of whatever row."""
        return self._refused.all()

    def focus_refused(self, error: UserError) -> QWidget | None:
        """Put the keyboard into the field that was refused for this reason and return the field, if it is here."""
        refused = self._refused.of_row(self._row)
        column = next((column for column, one in refused.items() if one.error is error), None)
        return self.focus(column) if column is not None else None

    def focus(self, column: str) -> QWidget | None:
        """Put the keyboard into a column's field and return the field."""
        widget = self.widgets.get(column)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return widget

    def _row_of(self, record: Any) -> Hashable:
        """Return what stays the same while the record is the same thing; 0 where there is none."""
        return 0 if record is None else self._same(record)

    def _show(self, column: str, record: Any, *, another: bool) -> None:
        field = self._fields[column]
        if isinstance(field.widget, ChoiceField):
            field.widget.offer(field.choices(), closed=field.is_closed)
        field.widget.show_text(field.show(record) if record is not None else "", another=another)

    def _write(self, column: str, text: str) -> None:
        record = self._record()
        row = self._row_of(record)
        refused = self._refused.find(row, column)
        if row == 0 or (refused is not None and refused.text == text):
            return
        try:
            self._fields[column].write(record, text)
        except UserError as error:
            name = self._fields[column].widget.accessibleName()
            self._refused.keep(column, RefusedField(self.subject, row, text, error, name))
            self._tell(column, error)
        else:
            self._give_up(column)
            # as it is stored, which may be said in other words than typed
            self._show(column, self._record(), another=True)

    def _give_up(self, column: str) -> None:
        self._refused.drop(self._row, column)
        self._tell(column, None)

    def _tell(self, column: str, error: UserError | None) -> None:
        label, widget = self._problems[column], self.widgets[column]
        said = f"! {error.sentence()}" if error else ""
        if not said and not label.text():
            return
        label.setText(said)
        label.setVisible(bool(said))
        widget.mark(wrong=bool(said))
        widget.setAccessibleDescription(said)
        if said:
            self.problem_said.emit(said)


def _boxed(widget: QWidget) -> QLabel:
    """Put a field into a box with room for a sentence below it, and return the sentence's label."""
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
    column.addWidget(widget)
    column.addWidget(label)
    return label
