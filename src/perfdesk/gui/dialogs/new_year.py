"""The new year: what is wished of it at the left, what will happen at the right, and then the roll-over."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QLabel, QLineEdit, QTreeWidgetItem, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Programme
from perfdesk.gui import colours, sizes
from perfdesk.gui.dialogs import new_year_preview
from perfdesk.gui.forms.ui_new_year import Ui_NewYear
from perfdesk.gui.headings import colour_text, make_heading, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.gui.session import Session
from perfdesk.i18n import _
from perfdesk.services import planning, rolling
from perfdesk.services.editing.fields import read_year
from perfdesk.services.output import exporting
from perfdesk.services.rolling import NextPlan, Options
from perfdesk.tables import mentions

_ID: Final = Qt.ItemDataRole.UserRole
# letters of a text in a list; the whole text is the tooltip
_LONGEST: Final = 120
# and of the name of what it is of, which usually fits
_WIDEST: Final = 45


class NewYear(QDialog):
    """Asks, previews, and makes the year after the last programme's; ``made`` carries the year."""

    made = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        year = rolling.new_year_of(session.municipality)
        if year is None:
            raise ValueError("a new year is made from a programme")
        self.year = year
        self.ui = ui = Ui_NewYear()
        ui.setupUi(self)
        offer_help(self, "new_year")
        self._prepare_texts()
        self._prepare_plan()
        self._prepare_targets()
        # what does not fit is scrolled up and down, never sideways
        bar = ui.scroll.verticalScrollBar().sizeHint().width()
        ui.scroll.setMinimumWidth(ui.choices.minimumSizeHint().width() + bar)
        # the ground of the tab, not another one
        for ground in (ui.preview_scroll.viewport(), ui.preview):
            ground.setAutoFillBackground(False)
        self._connect()
        self._show()
        sizes.fit(self)

    @staticmethod
    def possible(session: Session) -> bool:
        """Whether a new year can be made in a file: it holds a programme, and can be written."""
        return not session.read_only and rolling.new_year_of(session.municipality) is not None

    def _prepare_texts(self) -> None:
        ui = self.ui
        years = {"year": self.year, "last": self.year - 1, "before": self.year - 2}
        ui.heading.setText(f"{self.year - 1} → {self.year}")
        make_heading(ui.heading, 1.35)
        ui.explanation.setText(
            _(
                "The programme of {year} is made from that of {last}, which stays as it is. One undo takes it back."
            ).format(**years)
        )
        for label in (ui.explanation, ui.plan_why):
            make_quiet(label)
        for label in (ui.sums_heading, ui.examples_heading):
            make_heading(label)
        for label in (ui.rate_said, ui.period_said, ui.problem):
            colour_text(label, colours.wrong(self.palette()))
            label.hide()
        ui.rate.setText("0")
        ui.targets_as_estimates.setText(_("Propose the targets of {last} as &estimates").format(**years))
        ui.estimates_as_realised.setText(_("Take the estimates of {before} as &realised").format(**years))
        ui.forecasts.setText(_("Take the &forecasts of {year} as targets").format(**years))
        ui.mentions_explanation.setText(
            _("These texts are copied with the year {last} in them. Look through them in the new year.").format(**years)
        )
        ui.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(
            _("&Make the programme of {year}").format(**years)
        )

    def _prepare_plan(self) -> None:
        ui = self.ui
        proposed = rolling.next_plan_of(self._session.municipality, self.year)
        ui.plan.setVisible(proposed is not None)
        if proposed is not None:
            ui.plan_why.setText(
                _("No plan period of the file covers {year}: the next one begins with it.").format(year=self.year)
            )
            ui.first_year.setText(str(proposed.first_year))
            ui.last_year.setText(str(proposed.last_year))

    def _prepare_targets(self) -> None:
        """List the last programme's targets under their goals and objectives, all ticked."""
        tree, municipality = self.ui.targets, self._session.municipality
        source = municipality.programme(self.year - 1)
        if source is None:
            return
        codes = self._codes(source)
        above: dict[str, QTreeWidgetItem] = {}
        for goal, objective in municipality.objectives_of(source.year).values():
            targets = [target for target in source.targets if target.objective == objective.id]
            if not targets:
                continue
            if goal.id not in above:
                above[goal.id] = _item(tree.invisibleRootItem(), codes.get(goal.id, ""), goal.title)
            item = _item(above[goal.id], codes.get(objective.id, ""), objective.title)
            for target in targets:
                _item(item, codes.get(target.id, ""), target.title).setData(0, _ID, target.id)
        tree.expandAll()
        # goals close: the whole list is long, and what continues is the rule
        for item in above.values():
            item.setExpanded(False)

    def _codes(self, source: Programme) -> dict[str, str]:
        try:
            codes = exporting.programme_context(self._session.municipality, source.year).codes
        except UserError:
            # a layout this version does not know: names say enough
            return {}
        return {**codes.goals, **codes.objectives, **codes.targets}

    def _connect(self) -> None:
        ui = self.ui
        for button in (
            ui.with_rate,
            ui.whole_lira,
            ui.targets_as_estimates,
            ui.estimates_as_realised,
            ui.forecasts,
            ui.texts,
            ui.notes,
            ui.with_goals,
        ):
            button.toggled.connect(self._show)
        for field in (ui.rate, ui.first_year, ui.last_year):
            field.textEdited.connect(self._show)
        # ticking a goal ticks all below it: one preview for all of them
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show)
        ui.targets.itemChanged.connect(self._show_soon)
        ui.buttons.accepted.connect(self._make)

    def _show_soon(self) -> None:
        self._soon.start()

    # --- what is wished ---------------------------------------------------------------------------------------------

    def _options(self) -> Options | None:
        """Return what is wished; None where a field is wrong, which then says so."""
        ui = self.ui
        rate = Decimal(0)
        if ui.with_rate.isChecked():
            read = self._told(ui.rate_said, self._rate, ui.rate)
            if read is None:
                return None
            rate = read
        else:
            ui.rate_said.hide()
        plan = None
        if not ui.plan.isHidden():
            plan = self._told(ui.period_said, self._next_plan, ui.first_year)
            if plan is None:
                return None
        return Options(
            rate=rate if ui.with_rate.isChecked() else None,
            whole_lira=ui.whole_lira.isChecked(),
            targets_as_estimates=ui.targets_as_estimates.isChecked(),
            estimates_as_realised=ui.estimates_as_realised.isChecked(),
            forecasts=ui.forecasts.isChecked(),
            notes=ui.notes.isChecked(),
            texts=ui.texts.isChecked(),
            without=frozenset(self._unticked()),
            next_plan=plan,
        )

    def _rate(self) -> Decimal:
        return rolling.read_rate(self.ui.rate.text())

    def _next_plan(self) -> NextPlan:
        ui = self.ui
        first, last = read_year(ui.first_year.text()), read_year(ui.last_year.text())
        planning.check_period(first, last, self.year)
        return NextPlan(first, last, ui.with_goals.isChecked())

    def _unticked(self) -> list[str]:
        found, items = [], [self.ui.targets.invisibleRootItem()]
        while items:
            item = items.pop()
            items += [item.child(n) for n in range(item.childCount())]
            id_ = item.data(0, _ID)
            if id_ is not None and item.checkState(0) == Qt.CheckState.Unchecked:
                found.append(id_)
        return found

    def _told(self, label: QLabel, read: Callable[[], Any], field: QLineEdit) -> Any:
        try:
            value = read()
        except UserError as error:
            label.setText(error.sentence())
            label.show()
            field.setAccessibleDescription(error.sentence())
            return None
        label.hide()
        field.setAccessibleDescription("")
        return value

    # --- what will happen -------------------------------------------------------------------------------------------

    def _show(self) -> None:
        ui = self.ui
        for widget in (ui.rate_label, ui.rate, ui.whole_lira):
            widget.setEnabled(ui.with_rate.isChecked())
        options = self._options()
        preview = None
        if options is None:
            ui.problem.hide()
        else:
            preview = self._told(
                ui.problem, lambda: rolling.preview(self._session.municipality, self.year, options), ui.rate
            )
        ui.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(preview is not None)
        ui.preview.setEnabled(preview is not None)
        if preview is None:
            # what was shown last stays, greyed: it is not what would happen now
            return
        ui.happens.setText("\n".join(f"• {sentence}" for sentence in new_year_preview.sentences(preview)))
        new_year_preview.fill_sums(ui.sums, preview)
        new_year_preview.fill_examples(ui.examples, preview)
        self._show_mentions(preview)

    def _show_mentions(self, preview: rolling.NewYearPreview) -> None:
        tree = self.ui.mentions
        tree.clear()
        for mention in preview.mentions:
            item = QTreeWidgetItem(tree, [mention.name, mentions.around(mention.text, self.year - 1)[:_LONGEST]])
            item.setToolTip(0, mention.name)
            item.setToolTip(1, mention.text)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        tree.setColumnWidth(0, min(tree.sizeHintForColumn(0), tree.fontMetrics().averageCharWidth() * _WIDEST))
        tabs = self.ui.tabs
        title = _("Te&xts to revise") + (f" ({len(preview.mentions)})" if preview.mentions else "")
        tabs.setTabText(tabs.indexOf(self.ui.mentions_tab), title)

    # --- doing it ---------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        options = self._options()
        if options is None:
            return
        row = self._told(
            self.ui.problem, lambda: rolling.roll_over(self._session.store, self.year, options), self.ui.rate
        )
        if row is not None:
            self._session.set_year(self.year)
            self.made.emit(self.year)
            self.accept()


def _item(parent: QTreeWidgetItem, code: str, title: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem(parent, [f"{code} {title}".strip()])
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
    item.setCheckState(0, Qt.CheckState.Checked)
    item.setToolTip(0, title)
    return item
