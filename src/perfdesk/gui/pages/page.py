"""What every form of the book has in common: where in the book it is, its heading, its fields and grids."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from perfdesk.gui.fields.bind import Binding, FormField, columns
from perfdesk.gui.fields.choice_field import ChoiceField
from perfdesk.gui.fields.finding_sign import FindingSign, row_with
from perfdesk.gui.fields.text_field import TextField
from perfdesk.gui.forms.ui_page import Ui_Page
from perfdesk.gui.grid.edit_model import EditModel
from perfdesk.gui.grid.grid_section import GridSection
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.headings import make_heading, make_page, make_quiet
from perfdesk.gui.marks import NOTHING, Marks
from perfdesk.gui.refused import FIELDS, Spot
from perfdesk.gui.session import Session
from perfdesk.services import helping
from perfdesk.services.outline import Entry
from perfdesk.services.places import COVER, Key, Place

if TYPE_CHECKING:
    from perfdesk.gui.findings.grouping import LineKey
    from perfdesk.services.control.audit import Audited

_HEADING: Final = 1.35
# what is found of the form as a whole goes by no table, and by this row
_WHOLE: Final = 1


class Page(QWidget):
    """A form; its own content goes into ``body``. The window shows an entry, and tells when the snapshot is another.

    ``entry_wanted`` carries the key of an entry to turn to, ``place_wanted`` a field or cell of one.
    """

    entry_wanted = Signal(object)
    place_wanted = Signal(object)
    numbers_selected = Signal(object)
    problem_said = Signal(str)
    # the id of a spending unit whose file is wanted, and whether on paper or as PDF
    unit_file_wanted = Signal(str, bool)
    # the name of a short paper that is wanted
    paper_wanted = Signal(str)
    # whether the form itself lists all findings, so that no other list is wanted beside it
    lists_findings = False
    # the command that shows every economic code, in the form that has it
    all_codes: QAction | None = None
    # the commands that print or write something, which cannot be given while something else is being written
    output_actions: Sequence[QAction] = ()
    # the tables of whose rows findings are shown that are mended in another form, too
    shows_findings_of: Sequence[str] = ()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.entry = Entry(*COVER, "")
        self.frame = Ui_Page()
        self.frame.setupUi(self)
        self.body = self.frame.body
        # where a note was said last
        self._said: tuple[int, Key] | None = None
        self._bindings: list[Binding] = []
        self._sections: dict[str, GridSection] = {}
        # what the checks found in the form, and what that was taken from
        self._marks: Marks = {}
        self._marks_from: tuple[Audited | None, int, Key, frozenset[str]] = (None, 0, COVER, frozenset())
        make_page(self.frame.content)
        make_heading(self.frame.heading, _HEADING)
        # of what was found that no field and no grid of the form shows
        self.sign = FindingSign()
        at = self.frame.column.indexOf(self.frame.heading)
        self.frame.column.insertLayout(at, row_with(self.frame.heading, self.sign, first=True))
        make_quiet(self.frame.breadcrumb)
        make_quiet(self.frame.note)
        for widget in (self.frame.previous, self.frame.next, self.frame.note):
            widget.hide()

    # --- what a form is made of -------------------------------------------------------------------------------------

    def add_content(self, ui: Any) -> None:
        """Put the widgets of a compiled Designer file into the page."""
        content = QWidget()
        ui.setupUi(content)
        layout = content.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(content)

    def bind(self, table: str, record: Any, widgets: Mapping[str, FormField]) -> Binding:
        """Bind fields to the columns of a row, by column; see ``Binding``."""
        binding = Binding(self.session, record, columns(self.session, table, widgets), self, table=table)
        binding.problem_said.connect(self.problem_said)
        self._bindings.append(binding)
        return binding

    def set_grid(self, section: GridSection, model: EditModel) -> None:
        """Let a section show a model; undo finds it by the model's table."""
        section.set_model(model)
        section.problem_said.connect(self.problem_said)
        self._sections[model.kind] = section

    def actions_for_menu(self) -> Sequence[QAction]:
        """Return the form's own commands, which the window's menu offers while the form is shown."""
        return ()

    def set_neighbours(self, before: Key | None, after: Key | None) -> None:
        """Say which targets come before and after the one shown; for the form of a target."""

    def begin_row(self, table: str) -> None:
        """Go to the blank row of a grid, by its table; nowhere if there is none of that table."""
        section = self._sections.get(table)
        if section is not None:
            section.grid.go_to_new()

    def topic(self) -> str:
        """Return the page of the help about what has the keyboard, or about the form."""
        return helping.topic_for(self.entry.key)

    @property
    def grids(self) -> list[TableView]:
        """The tables of the form."""
        return self.findChildren(TableView)

    # --- showing ----------------------------------------------------------------------------------------------------

    def show_entry(self, entry: Entry, above: str) -> None:
        """Turn to an entry of the outline; ``above`` says where in the book it stands."""
        another = entry.key != self.entry.key
        if another:
            self.commit()
        self.entry = entry
        self.frame.breadcrumb.setText(above)
        self.frame.breadcrumb.setVisible(bool(above))
        self.frame.heading.setText(entry.text)
        here = (self.session.year, entry.key)
        for section in self._sections.values():
            section.grid.grid().here = here
        for binding in self._bindings:
            binding.here = here
        self.turn()
        self.refresh()
        if another:
            self.frame.scroll.verticalScrollBar().setValue(0)

    def turn(self) -> None:
        """Take up another entry, where the grids' rows depend on it."""

    def refresh(self) -> None:
        """Show the snapshot of now."""
        if self._find_marks():
            self.take_marks(self._marks)
        for binding in self._bindings:
            binding.refresh()
        for section in self._sections.values():
            section.grid.grid().refresh()

    # --- findings ---------------------------------------------------------------------------------------------------

    def follow_findings(self) -> None:
        """Show the findings of the checks that have come without an edit."""
        if self._find_marks():
            self.take_marks(self._marks)
            self.show_marks()

    def take_marks(self, marks: Marks) -> None:
        """Let fields and grids have what was found in their rows; ``refresh`` or ``show_marks`` shows it."""
        for binding in self._bindings:
            binding.marks = marks.get(binding.table, NOTHING)
        for table, section in self._sections.items():
            section.grid.grid().marks = marks.get(table, NOTHING)
        found = marks.get("", NOTHING).get(_WHOLE)
        if self.sign.show_mark(found.whole if found is not None else None):
            self.setAccessibleDescription(found.whole.told if found is not None else "")

    def show_marks(self) -> None:
        """Show what was found, where nothing else is new."""
        for binding in self._bindings:
            binding.show_marks()
        for section in self._sections.values():
            section.grid.grid().show_marks()

    def cell_of(self, place: Place) -> Place:
        """Return a place as the form has it, where its grids and fields go by other names than the file."""
        return place

    def _find_marks(self) -> bool:
        """Look for the marks of the form where findings may be others; return whether the marks are."""
        session = self.session
        audited = session.audited_lately() if session.is_audited else None
        hidden = frozenset(table for table, section in self._sections.items() if section.isHidden())
        wanted = (audited, session.year, self.entry.key, hidden)
        if audited is self._marks_from[0] and wanted[1:] == self._marks_from[1:]:
            return False
        before, self._marks, self._marks_from = self._marks, {}, wanted
        if audited is not None:
            # with the checks, which are not loaded before they are asked
            from perfdesk.gui.findings.marking import marks_of

            self._marks = marks_of(audited.items, self._is_here, self._marked_at)
        return self._marks != before

    def _marked_at(self, place: Place) -> Place:
        """Return the cell or field that shows a place; the form as a whole where none does."""
        cell = self.cell_of(place)
        return cell if self.has_place_for(cell) else replace(cell, table="", row=_WHOLE, column="")

    def has_place_for(self, cell: Place) -> bool:
        """Whether a grid in sight shows the rows of a table, or a field the column; without a row the blank one."""
        if not cell.row and (not cell.column or cell.table not in self._sections or self.session.read_only):
            return False
        section = self._sections.get(cell.table)
        fields = (binding for binding in self._bindings if binding.table == cell.table)
        is_in_grid = section is not None and not section.isHidden()
        return is_in_grid or any(cell.column in binding.widgets for binding in fields)

    def _is_here(self, place: Place) -> bool:
        return place.entry == self.entry.key or place.table in self.shows_findings_of

    def say(self, note: str) -> None:
        """Say below the heading what the form is for, or why it is empty.

        Where it has been said its room stays until the entry is left, or the form would jump under the hands.
        """
        here, label = (self.session.year, self.entry.key), self.frame.note
        keeps_room = not note and self._said == here
        label.setMinimumHeight(label.height() if keeps_room else 0)
        label.setText(note)
        label.setVisible(bool(note) or keeps_room)
        if note:
            self._said = here

    def begin(self, *, first: bool = False) -> None:
        """Put the keyboard into the form: where it was, or into its ``first`` field or grid."""
        # none where the keyboard has never been in the form, which Qt's stubs do not know
        last: QWidget | None = self.focusWidget()
        fields = (widget for widget in self.frame.content.findChildren(QWidget) if _takes_typing(widget))
        here = last if last is not None and last.isVisible() and not first else next(fields, None)
        if here is not None:
            here.setFocus(Qt.FocusReason.TabFocusReason)

    def begin_findings(self, key: "LineKey | None" = None) -> bool:  # noqa: ARG002 - for the form that has a list
        """Put the keyboard into the form's own list of findings, at one of them; return whether it has a list."""
        return False

    def show_place(self, place: Place) -> None:
        """Bring a field or cell into sight and under the keyboard."""
        cell = self.cell_of(place)
        section = self._sections.get(cell.table)
        if section is not None:
            section.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            section.grid.show_cell(cell.row, cell.column)
            return
        if not self._focus_field(cell.table, cell.column) and cell.column:
            self._leave_fields()

    def _leave_fields(self) -> None:
        """Take the keyboard from a field that is not meant, where the form does not show what is: typing does nothing.

        What is said of it stands at the heading.
        """
        focus: QWidget | None = QApplication.focusWidget()
        if focus is not None and self.frame.content.isAncestorOf(focus):
            self.frame.scroll.setFocus(Qt.FocusReason.OtherFocusReason)
            self.frame.scroll.verticalScrollBar().setValue(0)

    @property
    def needed_width(self) -> int:
        """How wide it must be to be seen whole."""
        scroll = self.frame.scroll
        beside = scroll.verticalScrollBar().sizeHint().width() + 2 * scroll.frameWidth()
        return scroll.widget().minimumSizeHint().width() + beside

    def bring_into_sight(self) -> None:
        """Scroll to what has the keyboard; a form that has just been opened has its size only now."""
        # none where the keyboard has never been in the form, which Qt's stubs do not know
        here: QWidget | None = self.focusWidget()
        if isinstance(here, TableView):
            here.scrollTo(here.currentIndex())
        elif here is not None and not isinstance(here, QTextEdit):
            # a text scrolls to its cursor by itself
            self.frame.scroll.ensureWidgetVisible(here)

    def show_refused(self, spot: Spot) -> None:
        """Bring an entry that was refused into sight and under the keyboard."""
        section = self._sections.get(spot.form)
        if section is not None:
            section.show_refused(spot)
        elif spot.form == FIELDS:
            self._focus_field(spot.anchor.row.table, spot.column)

    def _focus_field(self, table: str, column: str) -> bool:
        """Put the keyboard into the field of a column; return whether the form has it."""
        binding = next((b for b in self._bindings if b.table == table and column in b.widgets), None)
        field = binding.focus(column) if binding else None
        if field is not None:
            self.frame.scroll.ensureWidgetVisible(field)
        return field is not None

    # --- writing ----------------------------------------------------------------------------------------------------

    def commit(self) -> bool:
        """Write whatever is being typed; return False where some of it could not be written and would be lost."""
        for binding in self._bindings:
            binding.commit()
        for section in self._sections.values():
            section.grid.commit_editor()
        return True


def _takes_typing(widget: QWidget) -> bool:
    return widget.isVisible() and isinstance(widget, TextField | ChoiceField | TableView | QTextEdit)
