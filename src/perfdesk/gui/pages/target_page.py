"""The form of a performance target or sub-programme: its texts, its indicators, its activities and their cost."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from perfdesk.domain.costs import CostSheet
from perfdesk.domain.money import total
from perfdesk.domain.numbers import format_number
from perfdesk.domain.programme import Activity, Indicator, SubProgramme, Target
from perfdesk.gui.cards.card import Card
from perfdesk.gui.fields.bind import Binding, BoundField, FormField
from perfdesk.gui.forms.ui_target_page import Ui_TargetPage
from perfdesk.gui.grid.grid_section import GridSection
from perfdesk.gui.grid.table_view import TableView
from perfdesk.gui.marks import Marks
from perfdesk.gui.models.cost_model import CostModel
from perfdesk.gui.models.holder_model import HolderModel
from perfdesk.gui.models.indicator_model import IndicatorModel
from perfdesk.gui.pages import target_words
from perfdesk.gui.pages.linked_list import LinkedList
from perfdesk.gui.pages.objective_choice import ObjectiveChoice
from perfdesk.gui.pages.official_form import OfficialForm
from perfdesk.gui.pages.page import Page
from perfdesk.gui.pages.sheet_rows import IN_SHEETS, first_activity
from perfdesk.gui.pages.sub_programme_form import ObjectiveModel, bind_sub_programme
from perfdesk.gui.pages.target_commands import TargetCommands, offer, toggle
from perfdesk.gui.refused import FIELDS, Spot
from perfdesk.gui.session import Session
from perfdesk.i18n import _
from perfdesk.services.places import Key, Place
from perfdesk.services.programme_budgeting import is_used

# as much of an activity's name as stands beside a heading
_NAME_SHOWN: Final = 40
# what the weights of a target's indicators add up to, if they are given
_WHOLE: Final = Decimal(100)


class TargetPage(Page):
    """Shows and edits one target, or one sub-programme."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ui = Ui_TargetPage()
        self.add_content(self.ui)
        # the rows whose cards and cost form are shown, by their table
        self._in_hand = {"indicator": 0, "activity": 0}
        self._shown_entry: tuple[int, Key] | None = None
        self.neighbours: tuple[Key | None, Key | None] = (None, None)
        self._bind_texts()
        self.indicators = IndicatorModel(session, self)
        self.indicators.said.connect(self.problem_said)
        self.costs = CostModel(session, self)
        self.set_grid(self.ui.objectives, ObjectiveModel(session, self._sub, self))
        self.set_grid(self.ui.indicators, self.indicators)
        self.set_grid(self.ui.costs, self.costs)
        self.official_form = OfficialForm(self)
        for grid in (self.ui.costs.grid, self.ui.cost_form.grid):
            grid.numbers_selected.connect(self.numbers_selected)
        self.linked = LinkedList(self)
        self.linked.place_wanted.connect(self.place_wanted)
        self.ui.column.insertWidget(self.ui.column.indexOf(self.ui.indicators), self.linked)
        QWidget.setTabOrder(self.ui.objectives.grid, self.linked.view)
        self._cards: tuple[Card, ...] = (self.ui.indicator_card, self.ui.activity_card)
        self.ui.indicator_card.take(session, self._indicator)
        self.ui.activity_card.take(session, self.activity_in_hand)
        for card in self._cards:
            card.problem_said.connect(self.problem_said)
        for view in self.ui.activity_card.findChildren(TableView):
            view.numbers_selected.connect(self.numbers_selected)
        self._make_toggles()
        self.commands = TargetCommands(self)
        self._make_options()
        for table in self._in_hand:
            grid = self.section_of(table).grid
            grid.selectionModel().currentChanged.connect(lambda *_indexes, table=table: self._on_current(table))
        bar = self.ui.costs.grid.horizontalScrollBar()
        bar.valueChanged.connect(self._tell_activity)
        bar.rangeChanged.connect(self._tell_activity)
        for button, at in ((self.frame.previous, 0), (self.frame.next, 1)):
            button.clicked.connect(lambda _checked=False, at=at: self.entry_wanted.emit(self.neighbours[at]))

    # --- what the form is made of -------------------------------------------------------------------------------------

    def _bind_texts(self) -> None:
        ui = self.ui
        for field in (ui.description, ui.sub_description):
            field.several_lines = True
            field.fewest_lines = 2
            field.most_lines = 6
        widgets: dict[str, FormField] = {
            "title": ui.title,
            "description": ui.description,
            "code": ui.code,
            "deferred": ui.deferred,
        }
        self.texts = self.bind("target", self._target, widgets)
        self._objective = ObjectiveChoice(self.session)
        objective = BoundField(
            ui.objective, self._objective.shown, self._objective.move_target, self._objective.choices
        )
        for binding in (
            Binding(self.session, self._target, {"objective": objective}, self, table="target"),
            bind_sub_programme(self.session, ui, self._sub, self),
        ):
            binding.problem_said.connect(self.problem_said)
            self._bindings.append(binding)

    def _make_toggles(self) -> None:
        ui = self.ui
        keys = ("Ctrl+Return", "Ctrl+Enter")
        tip = _("Definition, method, source, weight and all values of the indicator in hand (Ctrl+Enter)")
        button, self.show_indicator_card = toggle(_("Card"), _("Indicator card"), tip, *keys)
        ui.indicators.head.insertWidget(2, button)
        offer(self.show_indicator_card, ui.indicators, ui.indicator_card)
        tip = _("Texts, cooperating units, division, transfers and other years of the activity in hand (Ctrl+Enter)")
        button, self.show_activity_card = toggle(_("Card"), _("Activity card"), tip, *keys)
        ui.costs.head.insertWidget(2, button)
        offer(self.show_activity_card, ui.costs, ui.cost_form, ui.activity_card)
        tip = _("The cost of the activity in hand as the official table prints it (F4)")
        button, self.show_cost_form = toggle(_("Official form"), _("Official form"), tip, "F4")
        ui.costs.head.insertWidget(2, button)
        offer(self.show_cost_form, self)
        for section, card in ((ui.indicators, self.show_indicator_card), (ui.costs, self.show_activity_card)):
            section.grid.details_wanted.connect(lambda _row, card=card: card.toggle())
        self.show_indicator_card.toggled.connect(lambda on: self._show_card(ui.indicator_card, "indicator", on))
        self.show_activity_card.toggled.connect(lambda on: self._show_card(ui.activity_card, "activity", on))
        self.show_cost_form.toggled.connect(self.official_form.show)
        for section in (ui.objectives, ui.indicators, ui.costs, ui.cost_form):
            # beside the commands there may be little room
            section.heading.setWordWrap(True)

    def _make_options(self) -> None:
        """Let the grids show more columns; the window has a command for all codes, too."""
        self.all_codes = QAction(_("All codes"), self)
        self.all_codes.setToolTip(_("Show every economic code and off-budget source, not only those in use"))
        self.weights = QAction(_("Column of weights"), self)
        self.sub_programmes = QAction(_("Column of sub-programmes"), self)
        self.sub_objectives = QAction(_("Column of sub-programme objectives"), self)
        for action, button, slot in (
            (self.all_codes, self.commands.of_activities, self.costs.set_show_all),
            (self.sub_programmes, self.commands.of_activities, self.costs.set_show_links),
            (self.weights, self.commands.of_indicators, self.indicators.set_show_weights),
            (self.sub_objectives, self.commands.of_indicators, self.indicators.set_show_links),
        ):
            action.setCheckable(True)
            action.toggled.connect(slot)
            button.menu().addAction(action)

    def actions_for_menu(self) -> Sequence[QAction]:
        """Return the commands for the target and the views of its grids."""
        views = (self.show_indicator_card, self.show_activity_card, self.show_cost_form)
        if not isinstance(self.holder, Target):
            return views
        return (*self.commands.of_target.menu().actions(), *views)

    def topic(self) -> str:
        """Return the page of the help about the grid, card or form that has the keyboard."""
        here = QApplication.focusWidget()
        parts = (
            (self.ui.indicator_card, "indicator_card"),
            (self.ui.indicators, "indicators"),
            (self.ui.cost_form, "cost_sheet"),
            (self.ui.activity_card, "costs"),
            (self.ui.costs, "costs"),
        )
        found = (topic for part, topic in parts if here is not None and part.isAncestorOf(here))
        return next(found, super().topic())

    # --- what is shown ------------------------------------------------------------------------------------------------

    @property
    def holder(self) -> Target | SubProgramme | None:
        """The target or sub-programme shown."""
        return self.session.holder(self.entry.key)

    def section_of(self, table: str) -> GridSection:
        """Return the grid of indicators or activities."""
        section: GridSection = self.ui.indicators if table == "indicator" else self.ui.costs
        return section

    def row_in_hand(self, table: str) -> int:
        """Return the indicator or activity in hand, or 0."""
        return self._in_hand[table]

    def activity_in_hand(self) -> Activity | None:
        """Return the activity whose card and cost form are shown, if there is one."""
        items: Sequence[Activity] = self.holder.activities if self.holder else ()
        return next((item for item in items if item.row == self._in_hand["activity"]), None)

    def selected_rows(self, table: str) -> list[int]:
        """Return the indicators or activities of the selection, from the top."""
        model = self._model(table)
        rows = (model.rows[index.row()].key for index in self.section_of(table).grid.selected())
        return [row for row in dict.fromkeys(rows) if isinstance(row, int) and row]

    def activity_sheet(self) -> CostSheet | None:
        """Return the cost sheet of the activity in hand, if it has one."""
        return self.official_form.model.sheet()

    def set_neighbours(self, before: Key | None, after: Key | None) -> None:
        """Say which targets come before and after the one shown."""
        self.neighbours = (before, after)

    def turn(self) -> None:
        """Take up another target."""
        self.indicators.set_entry(self.entry.key)
        self.costs.set_entry(self.entry.key)
        shown = (self.session.year, self.entry.key)
        for card in self._cards:
            card.turn(*shown)
        if shown != self._shown_entry:
            self._shown_entry = shown
            for table in self._in_hand:
                # else the grid would stay at the blank row, which every target has, and nothing would be in hand
                self.section_of(table).grid.setCurrentIndex(QModelIndex())
            self._in_hand = dict.fromkeys(self._in_hand, 0)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        holder, is_target = self.holder, self.entry.kind == "target"
        for widget, of_target in ((self.ui.target_form, True), (self.ui.sub_form, False), (self.ui.objectives, False)):
            widget.setVisible(is_target is of_target)
        self.linked.show_linked(self.session.context, self._sub())
        for table in self._in_hand:
            self._take_in_hand(table)
        self._show_cards()
        self._show_neighbours()
        self.commands.enable()
        ctx = self.session.context
        if ctx is None or holder is None:
            return
        code, title = ctx.holder_name(holder)
        self.frame.heading.setText(f"{code}  {title}".strip())
        self._tell_weights([indicator.weight for indicator in holder.indicators if indicator.weight is not None])
        self._tell_activity()
        self.sub_programmes.setVisible(is_used(ctx) and isinstance(holder, Target))
        self.sub_objectives.setVisible(is_used(ctx))
        self.say(target_words.deferral(ctx, holder))
        if isinstance(holder, Target):
            self.ui.code.setPlaceholderText(code)
            self.ui.code.setReadOnly(self.session.read_only or "target" in ctx.layout.always_numbered)
        self.frame.breadcrumb.setText(target_words.above(self.session.municipality, ctx, holder))
        self.frame.breadcrumb.show()

    def _tell_weights(self, weights: Sequence[Decimal]) -> None:
        """Say what the weights of the indicators add up to, where there are any; marked where it is not 100."""
        note = self.ui.indicators
        if not weights or total(weights) == _WHOLE:
            note.setNote(_("Weights add up to {sum}").format(sum=format_number(_WHOLE)) if weights else "")
        else:
            said = _("Weights add up to {sum}, not to {whole}")
            note.warn(said.format(sum=format_number(total(weights).normalize()), whole=format_number(_WHOLE)))

    def commit(self) -> bool:
        """Write whatever is being typed."""
        done = super().commit()
        for card in self._cards:
            card.commit()
        return done

    def show_refused(self, spot: Spot) -> None:
        """Go to the entry, in the card or official form that has it."""
        table, row = self._row_of(spot)
        of_form = spot.form == self.official_form.model.kind
        if table == "activity":
            self.show_cost_form.setChecked(False)
        card = next((card for card in self._cards if card.table == table), None)
        if card is None or not (of_form or spot.form == FIELDS or spot.form in card.forms):
            super().show_refused(spot)
            return
        self.section_of(table).grid.show_cell(row, "name")
        if of_form:
            self.show_cost_form.setChecked(True)
            super().show_refused(spot)
        else:
            (self.show_indicator_card if table == "indicator" else self.show_activity_card).setChecked(True)
            card.show_refused(spot)

    def _row_of(self, spot: Spot) -> tuple[str, int]:
        """Return the row that an entry belongs to, that of the activity for what is in its cost sheet."""
        table, row = spot.anchor.row.table, spot.anchor.row.id
        return ("activity", self._activity_of(table, row)) if table in IN_SHEETS else (table, row)

    def show_place(self, place: Place) -> None:
        """Bring a field or cell into sight and under the keyboard."""
        place = self.cell_of(place)
        table = place.table
        if table in IN_SHEETS:
            self._show_in_costs(place)
            return
        if table == "activity":
            self.show_cost_form.setChecked(False)
        if table in self._in_hand and place.column and self._model(table).column_of(place.column) < 0:
            self.section_of(table).grid.show_cell(place.row, "name")
            if self._show_in_card(table, place.column):
                return
        super().show_place(place)

    def cell_of(self, place: Place) -> Place:
        """Return the note of a cost sheet as the card has it: by its first activity."""
        if (place.table, place.column) == ("cost_sheet", "note"):
            row = self._activity_of(place.table, place.row)
            return replace(place, table="activity", row=row, column="sheet_note") if row else place
        return super().cell_of(place)

    def take_marks(self, marks: Marks) -> None:
        """Let fields, grids and cards have what was found in their rows."""
        super().take_marks(marks)
        for card in self._cards:
            card.take_marks(marks)

    def show_marks(self) -> None:
        """Show what was found, where nothing else is new."""
        super().show_marks()
        for card in self._cards:
            card.show_marks()

    # --- the row in hand ----------------------------------------------------------------------------------------------

    def _target(self) -> Target | None:
        holder = self.holder
        return holder if isinstance(holder, Target) else None

    def _sub(self) -> SubProgramme | None:
        holder = self.holder
        return holder if isinstance(holder, SubProgramme) else None

    def _indicator(self) -> Indicator | None:
        items: Sequence[Indicator] = self.holder.indicators if self.holder else ()
        return next((item for item in items if item.row == self._in_hand["indicator"]), None)

    def _model(self, table: str) -> HolderModel:
        return self.indicators if table == "indicator" else self.costs

    def _on_current(self, table: str) -> None:
        if self._take_in_hand(table):
            self._show_cards()
            self.commands.enable()
            self._tell_activity()

    def _take_in_hand(self, table: str) -> bool:
        """Take up the row the grid is at, the first where it is at none; return whether it is another one."""
        model, index = self._model(table), self.section_of(table).grid.currentIndex()
        at = index.row() if index.isValid() and model.is_row(index.row()) else 0
        key = model.rows[at].key if at < len(model.rows) else 0
        row = key if isinstance(key, int) else 0
        if row == self._in_hand[table]:
            return False
        # what is still being typed belongs to the row before
        self._cards[table == "activity"].commit()
        self._in_hand[table] = row
        return True

    def _show_cards(self) -> None:
        for card in self._cards:
            card.refresh()
        self.official_form.refresh()

    def _show_card(self, card: Card, table: str, shown: bool) -> None:
        if not shown:
            here = QApplication.focusWidget()
            had = here is not None and card.isAncestorOf(here)
            card.commit()
            card.hide()
            if had:
                form = table == "activity" and self.show_cost_form.isChecked()
                (self.ui.cost_form if form else self.section_of(table)).grid.setFocus()
            return
        card.show()
        card.refresh()
        self.frame.scroll.ensureWidgetVisible(card)
        here = QApplication.focusWidget()
        if card.record is not None and here is not None and self.section_of(table).isAncestorOf(here):
            # called from the grid by its keys, which bring back there, too
            card.begin()

    def _show_in_card(self, table: str, column: str) -> bool:
        """Go to a column that has no place in the grid; return whether the card has it."""
        (self.show_indicator_card if table == "indicator" else self.show_activity_card).setChecked(True)
        field = self._cards[table == "activity"].focus(column)
        if field is not None:
            self.frame.scroll.ensureWidgetVisible(field)
        return field is not None

    def _show_in_costs(self, place: Place) -> None:
        """Go to the activity whose cost sheet holds a row; to a transfer in its card."""
        row = self._activity_of(place.table, place.row)
        if not row:
            return
        self.show_cost_form.setChecked(False)
        self.ui.costs.grid.setFocus()
        self.ui.costs.grid.show_cell(row, "name")
        card = self.ui.activity_card.ui
        section = {"cost_transfer": card.transfers, "cost_other_amount": card.others}.get(place.table)
        if section is not None:
            self.show_activity_card.setChecked(True)
            section.grid.setFocus()
            section.grid.show_cell(place.row, place.column)

    def _activity_of(self, table: str, row: int) -> int:
        """Return the first activity whose cost sheet holds a row, or 0."""
        return first_activity(self.holder, table, row) if self.holder is not None else 0

    # --- heads --------------------------------------------------------------------------------------------------------

    def _tell_activity(self) -> None:
        """Say beside the heading what the width leaves out of sight: the name of the activity in hand, the total."""
        activity, holder, bar = self.activity_in_hand(), self.holder, self.ui.costs.grid.horizontalScrollBar()
        ctx = self.session.context
        note = _("TL")
        if holder is not None and ctx is not None and bar.maximum() > 0:
            amount = ctx.ledger.of_holder(holder).need.total
            note = _("Total {amount} TL").format(amount=format_number(amount, 2))
            if activity is not None and bar.value() > 0:
                note = activity.name if len(activity.name) <= _NAME_SHOWN else f"{activity.name[:_NAME_SHOWN]}…"
        self.ui.costs.setNote(note)

    def _show_neighbours(self) -> None:
        ctx = self.session.context
        for button, key, text in (
            (self.frame.previous, self.neighbours[0], "‹ {code}"),
            (self.frame.next, self.neighbours[1], "{code} ›"),
        ):
            code = ctx.codes.targets.get(key[1], "") if key and ctx else ""
            button.setVisible(bool(code))
            button.setText(text.format(code=code))
