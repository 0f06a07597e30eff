"""Fields of a form that are no single column of one row: each says how it is shown and which service writes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui.bind import Binding, FormField
from perfdesk.gui.choice_field import ChoiceField
from perfdesk.gui.session import Session
from perfdesk.services.fields import Choice


@dataclass(frozen=True, slots=True)
class ServiceField:
    """A field: the text a record is shown with, the service that takes a typed one, and what it is chosen from."""

    widget: FormField
    show: Callable[[Any], str]
    write: Callable[[Any, str], None]
    choices: Callable[[], Sequence[Choice]] = tuple


class ServiceBinding(Binding):
    """Binds fields to services; refused entries stay and are marked as in any form."""

    def __init__(
        self, session: Session, record: Callable[[], Any], fields: Mapping[str, ServiceField], parent: QWidget
    ) -> None:
        super().__init__(session, "", record, {name: field.widget for name, field in fields.items()}, parent)
        self._fields = fields

    def refresh(self) -> None:
        """Show the snapshot of now; what is being typed or was refused stays while the row is the same."""
        record = self._record()
        row = self._row_of(record)
        for name, field in self._fields.items():
            if isinstance(field.widget, ChoiceField):
                field.widget.offer(field.choices(), closed=True)
            text, error = self._refused.get((row, name), ("", None))
            if row != self._row:
                field.widget.show_text("", another=True)
                self._tell(name, error)
            if error is None:
                field.widget.show_text(field.show(record) if record is not None else "")
            elif row != self._row:
                field.widget.show_text(text)
        self._row = row

    def _write(self, column: str, text: str) -> None:
        record = self._record()
        if record is None:
            return
        row = self._row_of(record)
        try:
            self._fields[column].write(record, text)
        except UserError as error:
            self._refused[row, column] = (text, error)
            self._tell(column, error)
        else:
            self._refused.pop((row, column), None)
            self._tell(column, None)
            self.refresh()
