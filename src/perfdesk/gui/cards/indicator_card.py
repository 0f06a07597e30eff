"""The card of an indicator: definition, method, source, owner, weight and the values of every year and kind."""

from typing import Any

from PySide6.QtWidgets import QWidget

from perfdesk.domain.programme import Indicator, Programme
from perfdesk.gui.cards.card import Card
from perfdesk.gui.fields.bind import Binding, BoundField, columns
from perfdesk.gui.forms.ui_indicator_card import Ui_IndicatorCard
from perfdesk.gui.headings import make_heading
from perfdesk.gui.models.value_model import ValueModel
from perfdesk.gui.session import Session
from perfdesk.i18n import _
from perfdesk.services.editing import sub_programmes
from perfdesk.services.editing.fields import Choice
from perfdesk.services.editing.programme_choices import choices, objective_names, objectives_of, read_objective
from perfdesk.tables.context import coded

_COLUMNS = (
    *("code", "type", "direction", "weight", "scale", "decimals", "roll_up", "baseline", "cumulative", "deferred"),
    *("owner", "definition", "method", "source", "numerator", "denominator"),
)


class IndicatorCard(Card):
    """Gösterge kartı."""

    table = "indicator"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_IndicatorCard()
        self.ui.setupUi(self)
        make_heading(self.ui.heading)
        for name in ("definition", "method", "source"):
            getattr(self.ui, name).several_lines = True

    def take(self, session: Session, record: Any) -> None:
        """Say whose row the card shows."""
        super().take(session, record)
        ui = self.ui
        fields = columns(session, "indicator", {name: getattr(ui, name) for name in _COLUMNS})
        self.bound(Binding(session, record, fields, self, table="indicator"))
        objective = BoundField(
            ui.sub_objective, self._objective, self._set_objective, self._objective_choices, is_closed=False
        )
        self.bound(Binding(session, record, {"sub_programme_objective": objective}, self, table="indicator"))
        self.values = ValueModel(session, record, self)
        self.holding(ui.values).set_model(self.values)

    def refresh(self) -> None:
        """Show the snapshot of now."""
        indicator: Indicator | None = self.record
        if self._session is None or self.isHidden():
            return
        ctx = self.session.context
        super().refresh()
        for part in (self.ui.fields, self.ui.values):
            part.setVisible(indicator is not None)
        if indicator is None or ctx is None:
            self.ui.heading.setText(_("Begin the indicator in the grid first: type its name."))
            return
        self.ui.heading.setText(coded(ctx.codes.indicators[indicator.id], indicator.name))
        self.ui.code.setPlaceholderText(ctx.codes.indicators[indicator.id])
        self.ui.code.setReadOnly(self.session.read_only or "indicator" in ctx.layout.always_numbered)
        has_objectives = bool(objectives_of(self._programme))
        self.ui.sub_objective.setVisible(has_objectives)
        self.ui.sub_objective_label.setVisible(has_objectives)

    # --- the sub-programme's objective --------------------------------------------------------------------------------

    @property
    def _programme(self) -> Programme | None:
        return self.session.context.programme if self.session.context else None

    def _objective(self, indicator: Indicator) -> str:
        named = objective_names(self._programme)
        return next((name for name, one in named.items() if one.id == indicator.sub_programme_objective), "")

    def _set_objective(self, indicator: Indicator, text: str) -> None:
        found = read_objective(self._programme, text)
        sub_programmes.set_indicator_objective(self.session.store, indicator.row, found.row if found else None)

    def _objective_choices(self) -> list[Choice]:
        return choices(objective_names(self._programme))
