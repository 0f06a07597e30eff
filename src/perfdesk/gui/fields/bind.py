"""Fields of a form and the columns of a row: shows what is stored, writes what is left, marks what is refused."""

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui import colours
from perfdesk.gui.fields.choice_field import ChoiceField
from perfdesk.gui.fields.text_field import TextField
from perfdesk.gui.pages.headings import colour_text
from perfdesk.gui.session import Session
from perfdesk.services.editing import records
from perfdesk.services.editing.record_types import RECORD_TYPES

FormField = TextField | ChoiceField


class RefusedField(NamedTuple):
    """What was refused in a field: where the binding was then, the row of the file, what was typed, and why."""

    subject: object
    row: Hashable
    text: str
    error: UserError


class Binding(QObject):
    """Binds the fields of one row. ``problem_said`` carries the sentence of an entry that has just been refused.

    ``record`` gives the row's object in the snapshot of now, or None; ``widgets`` are keyed by column. A widget is put
    into a box of its own in its place, so that its sentence stands below it.
    """

    problem_said = Signal(str)

    def __init__(
        self,
        session: Session,
        table: str,
        record: Callable[[], Any],
        widgets: Mapping[str, FormField],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.table = table
        self.widgets = widgets
        self._record = record
        self._row: Hashable = 0
        # where the fields are shown, as whoever shows them says; what is refused is found again by it
        self.subject: object = None
        # what was refused stays with its row until it is mended or taken back, by row and column
        self._refused: dict[tuple[Hashable, str], RefusedField] = {}
        self._problems = {column: _boxed(widget) for column, widget in widgets.items()}
        for column, widget in widgets.items():
            widget.left.connect(partial(self._write, column))
            widget.reverted.connect(partial(self._give_up, column))
            widget.setReadOnly(session.read_only)

    def refresh(self) -> None:
        """Show the snapshot of now; what is being typed or was refused stays with its row."""
        record = self._record()
        row = self._row_of(record)
        for column, widget in self.widgets.items():
            self._show(column, record, another=row != self._row)
            refused = self._refused.get((row, column))
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
        return list(self._refused.values())

    def focus(self, column: str) -> QWidget | None:
        """Put the keyboard into a column's field and return the field."""
        widget = self.widgets.get(column)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return widget

    def _row_of(self, record: Any) -> Hashable:
        """Return what stays the same while the record is the same thing; 0 where there is none."""
        # the administration is the one row without a number of its own
        return 0 if record is None else getattr(record, "row", 1)

    def _show(self, column: str, record: Any, *, another: bool) -> None:
        field, known, widget = RECORD_TYPES[self.table].fields[column], self.session.known, self.widgets[column]
        if isinstance(widget, ChoiceField):
            widget.offer(field.choices(known), closed=field.is_closed)
        widget.show_text(field.show(getattr(record, column), known) if record is not None else "", another=another)

    def _store(self, column: str, text: str) -> None:
        """Give a typed text to its service.

        Raises:
            UserError: it is refused.
        """
        row = self._row_of(self._record())
        assert isinstance(row, int)
        records.write(self.session.store, self.session.known, self.table, row, column, text)

    def _write(self, column: str, text: str) -> None:
        row = self._row_of(self._record())
        refused = self._refused.get((row, column))
        if row == 0 or (refused is not None and refused.text == text):
            return
        try:
            self._store(column, text)
        except UserError as error:
            self._refused[row, column] = RefusedField(self.subject, row, text, error)
            self._tell(column, error)
        else:
            self._give_up(column)
            # as it is stored, which may be said in other words than typed
            self._show(column, self._record(), another=True)

    def _give_up(self, column: str) -> None:
        self._refused.pop((self._row, column), None)
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
