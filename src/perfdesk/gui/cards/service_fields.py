"""Fields of a form that are no single column of one row: each says how it is shown and which service writes it."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from perfdesk.gui.fields.bind import Binding, FormField
from perfdesk.gui.fields.choice_field import ChoiceField
from perfdesk.gui.session import Session
from perfdesk.services.editing.fields import Choice


@dataclass(frozen=True, slots=True)
class ServiceField:
    """A field: the text a record is shown with, the service that takes a typed one, and what it is chosen from."""

    widget: FormField
    show: Callable[[Any], str]
    write: Callable[[Any, str], None]
    choices: Callable[[], Sequence[Choice]] = tuple


class ServiceBinding(Binding):
    """Binds fields to services; refused entries stay and are marked as in any form.

    ``same`` says what stays the same while the record is the same thing; its row where it is not given.
    """

    def __init__(
        self,
        session: Session,
        record: Callable[[], Any],
        fields: Mapping[str, ServiceField],
        parent: QWidget,
        same: Callable[[Any], Hashable] | None = None,
    ) -> None:
        super().__init__(session, "", record, {name: field.widget for name, field in fields.items()}, parent)
        self._fields = fields
        self._same = same

    def _row_of(self, record: Any) -> Hashable:
        return super()._row_of(record) if self._same is None or record is None else self._same(record)

    def _show(self, column: str, record: Any, *, another: bool) -> None:
        field = self._fields[column]
        if isinstance(field.widget, ChoiceField):
            field.widget.offer(field.choices(), closed=True)
        field.widget.show_text(field.show(record) if record is not None else "", another=another)

    def _store(self, column: str, text: str) -> None:
        self._fields[column].write(self._record(), text)
