"""Changes one setting of a layout: a list, a yes or no, choices in an order, or texts; each in its suitable field."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perfdesk.domain.errors import UserError
from perfdesk.gui import colours
from perfdesk.gui.fields.ordered_choices import OrderedChoices
from perfdesk.gui.fields.text_field import TextField
from perfdesk.gui.headings import colour_text, make_heading, make_quiet
from perfdesk.gui.refused import refusal
from perfdesk.i18n import _
from perfdesk.services.layout.layout_catalogue import Described
from perfdesk.tables.layout import SettingKind

# with a click the cursor goes where somebody points to
_COMING: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class SettingEditor(QWidget):
    """Shows a setting. ``given`` carries its key and the value a person chose; ``reset`` its key."""

    given = Signal(str, object)
    reset = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.one: Described | None = None
        self._field: _Field | None = None
        self._before: QWidget | None = None
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        make_heading(self.name, 1.05)
        self.tells, self.places, self.preset = QLabel(), QLabel(), QLabel()
        self.problem = QLabel()
        for label in (self.tells, self.places, self.preset, self.problem):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for label in (self.tells, self.places, self.preset):
            make_quiet(label)
        colour_text(self.problem, colours.wrong(self.problem.palette()))
        self.back = QPushButton(_("R&eset"))
        self.back.setToolTip(_("Take back the change of this setting"))
        self.back.clicked.connect(lambda: self.one and self.reset.emit(self.one.key))
        self._place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.tells)
        column.addLayout(self._place)
        column.addWidget(self.problem)
        column.addWidget(self.places)
        foot = QHBoxLayout()
        foot.addWidget(self.preset, 1)
        foot.addWidget(self.back)
        column.addLayout(foot)
        column.addStretch(1)

    def follow(self, before: QWidget) -> None:
        """Let what a setting is changed in come after a widget of its form when Tab goes through it."""
        self._before = before

    def show_setting(
        self, one: Described, value: object, *, preset: str, read_only: bool, written: bool = False
    ) -> None:
        """Show a setting's value; ``preset`` says what the layout has where it was changed, or is "".

        What is being typed stays, unless it has just been ``written``: then its stored form takes its place.
        """
        if self.one is None or one.key != self.one.key or self._field is None:
            self._build(one)
            self.tell(None)
        self.one = one
        assert self._field is not None
        self._field.show_value(value, written=written)
        self._field.setEnabled(not read_only)
        self.preset.setText(_("In the layout: {value}").format(value=preset) if preset else "")
        self.preset.setVisible(bool(preset))
        self.back.setVisible(bool(preset))
        self.back.setEnabled(not read_only)

    def tell(self, error: UserError | None) -> None:
        """Say why a value was refused, or no longer."""
        said = refusal(error.sentence()) if error else ""
        self.problem.setText(said)
        self.problem.setVisible(bool(said))
        if self._field is not None:
            self._field.mark(wrong=bool(said))
            self._field.setAccessibleDescription(said or self.tells.text())

    def take_focus(self) -> None:
        """Put the keyboard into the field."""
        if self._field is not None:
            self._field.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Tell what is being typed."""
        if self._field is not None:
            self._field.commit()

    def _build(self, one: Described) -> None:
        if self._field is not None:
            self._place.removeWidget(self._field)
            self._field.hide()
            self._field.deleteLater()
        key = one.key
        self.name.setText(one.name)
        self.tells.setText(one.tells)
        self._field = _FIELDS[one.setting.kind](one, lambda value: self.given.emit(key, value))
        self._place.addWidget(self._field)
        # at once: the next Tab may come before the layout shows it
        self._field.show()
        places = one.places()
        self.places.setText(places)
        self.places.setVisible(bool(places))
        self._chain(self._field)

    def _chain(self, field: "_Field") -> None:
        """Let Tab go through what a field consists of, and then to the reset; what is made last came last."""
        before = self._before
        if before is None:
            return
        for part in (*field.findChildren(QWidget), self.back):
            # what drops down from a list is a window of its own
            if part.window() != self.window() or not part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                continue
            QWidget.setTabOrder(before, part)
            before = part


class _Field(QWidget):
    """What a setting is changed in. ``first`` takes the keyboard; as a proxy it would be come to by Tab twice."""

    def __init__(self, one: Described, give: Callable[[object], None]) -> None:
        super().__init__()
        self.first: QWidget = self
        self.one = one
        self.give = give
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 4, 0, 4)
        self.column.setSpacing(4)

    def hold(self, widget: QWidget) -> None:
        """Take the one widget that the field consists of."""
        widget.setAccessibleName(self.one.name)
        self.column.addWidget(widget)
        self.first = widget

    def show_value(self, value: object, *, written: bool = False) -> None:
        """Show a value; what is being typed stays unless it has been ``written``."""
        raise NotImplementedError

    def mark(self, *, wrong: bool) -> None:
        """Draw the edge of an entry that was refused, or no longer; the sentence alone may be enough."""

    def commit(self) -> None:
        """Tell what is being typed."""


class _Choice(_Field):
    def __init__(self, one: Described, give: Callable[[object], None]) -> None:
        super().__init__(one, give)
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value in one.setting.choices:
            self.box.addItem(one.options[value], value)
        self.box.activated.connect(lambda _at: give(self.box.currentData()))
        self.hold(self.box)

    def show_value(self, value: object, *, written: bool = False) -> None:  # noqa: ARG002 - nothing is typed here
        self.box.setCurrentIndex(self.box.findData(value))


class _Flag(_Field):
    def __init__(self, one: Described, give: Callable[[object], None]) -> None:
        super().__init__(one, give)
        self.box = QCheckBox(one.name)
        self.box.clicked.connect(give)
        self.hold(self.box)

    def show_value(self, value: object, *, written: bool = False) -> None:  # noqa: ARG002 - nothing is typed here
        self.box.setChecked(value is True)


class _Several(_Field):
    def __init__(self, one: Described, give: Callable[[object], None]) -> None:
        super().__init__(one, give)
        in_order = one.setting.kind is SettingKind.SEQUENCE
        self.list = OrderedChoices(one.setting.choices, one.options, in_order=in_order)
        self.list.chosen.connect(give)
        self.hold(self.list)
        self.list.setFocusProxy(None)  # type: ignore[arg-type] # the stubs do not know that there may be none
        self.first = self.list.list

    def show_value(self, value: object, *, written: bool = False) -> None:  # noqa: ARG002 - nothing is typed here
        assert isinstance(value, Sequence)
        self.list.show_chosen(tuple(value))


class _Line(TextField):
    """A text that is chosen whole when the keyboard comes into it: what is typed takes its place."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _COMING:
            self.selectAll()


class _Text(_Field):
    def __init__(self, one: Described, give: Callable[[object], None]) -> None:
        super().__init__(one, give)
        self.field = _Line()
        self.field.left.connect(give)
        self.hold(self.field)

    def show_value(self, value: object, *, written: bool = False) -> None:
        self.field.show_text(str(value), another=written)

    def mark(self, *, wrong: bool) -> None:
        self.field.mark(wrong=wrong)

    def commit(self) -> None:
        self.field.commit()

    def setEnabled(self, enabled: bool) -> None:
        # a text can be read and copied even where it cannot be changed
        self.field.setReadOnly(not enabled)


class _Texts(_Field):
    def __init__(self, one: Described, give: Callable[[object], None]) -> None:
        super().__init__(one, give)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self.fields = [_Line() for _part in one.parts]
        for row, (name, field) in enumerate(zip(one.parts, self.fields, strict=True)):
            label = QLabel(name)
            label.setBuddy(field)
            field.setAccessibleName(f"{one.name}, {name}")
            field.left.connect(lambda _text: give(tuple(one.toPlainText() for one in self.fields)))
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self.column.addLayout(grid)
        self.first = self.fields[0]

    def show_value(self, value: object, *, written: bool = False) -> None:
        assert isinstance(value, Sequence)
        for field, text in zip(self.fields, value, strict=True):
            field.show_text(text, another=written)

    def mark(self, *, wrong: bool) -> None:
        for field in self.fields:
            field.mark(wrong=wrong)

    def commit(self) -> None:
        for field in self.fields:
            field.commit()

    def setEnabled(self, enabled: bool) -> None:
        for field in self.fields:
            field.setReadOnly(not enabled)


_FIELDS: Final[dict[SettingKind, type[_Field]]] = {
    SettingKind.CHOICE: _Choice,
    SettingKind.FLAG: _Flag,
    SettingKind.SET: _Several,
    SettingKind.SEQUENCE: _Several,
    SettingKind.TEXT: _Text,
    SettingKind.TEXTS: _Texts,
}
