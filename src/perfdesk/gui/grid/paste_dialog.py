"""Before a block is pasted: where its cells go, how each is read, and what does not fit."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidgetItem, QMessageBox, QWidget

from perfdesk.domain.errors import UserError
from perfdesk.domain.numbers import shortened
from perfdesk.gui import colours, sizes
from perfdesk.gui.forms.ui_paste import Ui_Paste
from perfdesk.gui.headings import colour_text, make_heading, make_quiet
from perfdesk.gui.help.offer import offer_help
from perfdesk.gui.refused import REFUSED_SIGN, refusal
from perfdesk.i18n import _
from perfdesk.services.paste import pasting
from perfdesk.services.paste.ground import PasteCell, Verdict
from perfdesk.services.paste.pasted_block import Block
from perfdesk.services.paste.pasting import Choices, PastePlan

_Index = QModelIndex | QPersistentModelIndex
# sentences that are listed; the others stand at their cells
_MOST_LISTED: Final = 200
_WIDEST: Final = 260
# rows that decide how wide a column of the preview is
_LOOKED_AT: Final = 100
# columns of the block that a sentence can name
_MOST_NAMED: Final = 6
_PLACE: Final = Qt.ItemDataRole.UserRole


class PasteDialog(QDialog):
    """Shows a plan and asks. ``decided`` carries it, and whether what does not fit is pasted too, to be mended."""

    decided = Signal(object, bool)

    def __init__(self, block: Block, plan: PastePlan, at: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._block, self._at = block, at
        self.plan = plan
        # whether numbers are taken as what they may have meant
        self._suggested = False
        self.ui = ui = Ui_Paste()
        ui.setupUi(self)
        offer_help(self, "paste")
        make_heading(ui.heading)
        make_quiet(ui.happens)
        colour_text(ui.said, colours.wrong(self.palette()))
        ui.by_heads.setChecked(True)
        ui.by_heads.setVisible(self.plan.heads)
        ui.accept_all.clicked.connect(self._accept_suggestions)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.all = ui.buttons.addButton(_("&Paste"), role)
        self.fitting = ui.buttons.addButton(_("Paste only what &fits"), role)
        self.all.clicked.connect(lambda: self._decide(unfit=True))
        self.fitting.clicked.connect(lambda: self._decide(unfit=False))
        self.model = PlanModel(self.plan, self)
        ui.cells.setModel(self.model)
        ui.cells.selectionModel().currentChanged.connect(self._say)
        ui.unfit.currentItemChanged.connect(self._go_to)
        for box in (ui.by_heads, ui.english):
            box.toggled.connect(self._plan_anew)
        self._show()
        sizes.fit(self)

    @staticmethod
    def refuse(parent: QWidget, error: UserError) -> None:
        """Say why a block cannot be pasted at all; the program does not wait for the answer."""
        box = QMessageBox(QMessageBox.Icon.Information, "perfdesk", error.sentence())
        box.setParent(parent, box.windowFlags())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.ui.unfit if self.plan.unfit else self.all).setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self, *, unfit: bool) -> None:
        # the dialog closes first: what follows gives the keyboard back to the grid
        plan = self.plan
        self.accept()
        self.decided.emit(plan, unfit)

    def _accept_suggestions(self) -> None:
        self._suggested = True
        self._plan_anew()
        # the button has done its work
        (self.all if self.all.isEnabled() else self.ui.cells).setFocus(Qt.FocusReason.OtherFocusReason)

    def _plan_anew(self) -> None:
        choices = Choices(
            by_heads=self.ui.by_heads.isChecked(), english=self.ui.english.isChecked(), suggested=self._suggested
        )
        self.plan = pasting.plan(self._block, self.plan.ground, *self._at, choices)
        self.model.set_plan(self.plan)
        self._show()

    def _show(self) -> None:
        ui, plan = self.ui, self.plan
        ui.heading.setText(_summary(plan))
        ui.happens.setText("\n".join(_happenings(plan)))
        ui.english.setVisible(bool(plan.english))
        ui.english.setText(
            _("Read En&glish numbers, 1,234.56 as 1.234,56, in: {columns}").format(columns=", ".join(plan.english))
        )
        self._size_columns()
        ui.unfit.clear()
        for row, column in plan.unfit[:_MOST_LISTED]:
            ui.unfit.addItem(self._listed(row, column))
        for widget in (ui.unfit, ui.unfit_label, ui.accept_all):
            widget.setVisible(bool(plan.unfit))
        ui.accept_all.setEnabled(plan.suggestions > 0)
        can_paste = bool(plan.fitting or plan.unfit)
        self.all.setEnabled(can_paste)
        self.all.setText(_("&Paste all; mend the rest later") if plan.unfit else _("&Paste"))
        self.fitting.setVisible(bool(plan.unfit))
        self.fitting.setEnabled(bool(plan.fitting))
        self.all.setDefault(not plan.unfit)
        self._say()

    def _listed(self, row: int, column: int) -> QListWidgetItem:
        cell = self.plan.rows[row][column]
        place = _("Row {row}, {column}:").format(row=self.plan.places[row] + 1, column=self.model.head(column))
        item = QListWidgetItem(refusal(f"{place} {cell.error.sentence() if cell.error else ''}"))
        item.setData(_PLACE, (row, column))
        return item

    def _size_columns(self) -> None:
        view = self.ui.cells
        view.horizontalHeader().setResizeContentsPrecision(_LOOKED_AT)
        view.resizeColumnsToContents()
        for at in range(self.model.columnCount()):
            view.setColumnWidth(at, min(view.columnWidth(at) + 8, _WIDEST))

    def _go_to(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            index = self.model.index(*item.data(_PLACE))
            self.ui.cells.setCurrentIndex(index)
            self.ui.cells.scrollTo(index)

    def _say(self) -> None:
        """Say below the cells why the one in hand does not fit, where the list does not reach so far."""
        index = self.ui.cells.currentIndex()
        cell = self.plan.rows[index.row()][index.column()] if index.isValid() else None
        text = refusal(cell.error.sentence()) if cell and cell.error else ""
        self.ui.said.setText(text)
        self.ui.said.setVisible(bool(text) and len(self.plan.unfit) > _MOST_LISTED)


class PlanModel(QAbstractTableModel):
    """The cells of a plan as they would be stored; what does not fit with a sign and its sentence."""

    def __init__(self, plan: PastePlan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan

    def set_plan(self, plan: PastePlan) -> None:
        """Show another plan."""
        self.beginResetModel()
        self._plan = plan
        self.endResetModel()

    def head(self, column: int) -> str:
        """Return the name of the column that a column of the block goes to."""
        at = self._plan.columns[column]
        if at >= 0:
            return self._plan.ground.columns[at].head
        return _("(left out: {column})").format(column=_named(self._plan, column))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._plan.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._plan.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.head(section)
        place = self._plan.places[section]
        if place < 0:
            return "–"
        return str(place + 1) if place < self._plan.ground.rows else _("{row} new").format(row=place + 1)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._plan.rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (
                    f"{REFUSED_SIGN} {cell.text}" if cell.error else f"→ {cell.shown}" if cell.altered else cell.shown
                )
            case Qt.ItemDataRole.ToolTipRole:
                return _why(cell)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{cell.shown}: {_why(cell)}" if _why(cell) else cell.shown
            case Qt.ItemDataRole.ForegroundRole:
                return _colour(cell, self)
            case Qt.ItemDataRole.BackgroundRole:
                return colours.tint(_palette(self)) if cell.altered else None
            case Qt.ItemDataRole.TextAlignmentRole:
                at = self._plan.columns[index.column()]
                right = at >= 0 and self._plan.ground.columns[at].numeric
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None


def _why(cell: PasteCell) -> str | None:
    """Return why a cell does not go into the grid, or that it is read otherwise than it stands there."""
    if cell.error is not None:
        return cell.error.sentence()
    match cell.verdict:
        case Verdict.SKIPPED:
            return _("Nothing can be typed here; the cell is skipped.")
        case Verdict.DROPPED:
            return _("There is no cell for this in the grid.")
    return _("“{text}” is read as this.").format(text=shortened(cell.text.strip())) if cell.altered else None


def _colour(cell: PasteCell, model: PlanModel) -> Any:
    if cell.error is not None:
        return colours.wrong(_palette(model))
    return None if cell.verdict is Verdict.FITS else colours.muted(_palette(model))


def _palette(model: PlanModel) -> QPalette:
    dialog = model.parent()
    assert isinstance(dialog, QWidget)
    return dialog.palette()


def _summary(plan: PastePlan) -> str:
    counts = {"rows": len(plan.rows), "columns": len(plan.columns), "unfit": len(plan.unfit)}
    if plan.unfit:
        return _("{rows} rows, {columns} columns; {unfit} cells do not fit").format(**counts)
    if not plan.fitting:
        return _("{rows} rows, {columns} columns; there is nothing here to paste them into").format(**counts)
    if plan.dropped:
        return _("{rows} rows, {columns} columns; {left} columns are left out").format(**counts, left=len(plan.dropped))
    if plan.dropped_rows:
        return _("{rows} rows, {columns} columns; {left} rows are left out").format(**counts, left=plan.dropped_rows)
    return _("{rows} rows, {columns} columns; everything fits").format(**counts)


def _named(plan: PastePlan, column: int) -> str:
    """Return what a column of the block is to be called: by its head, or else by its place and what it begins with."""
    if plan.names:
        return shortened(plan.names[column].strip()) or str(column + 1)
    first = next((row[column].text.strip() for row in plan.rows if row[column].text.strip()), "")
    if not first:
        return str(column + 1)
    return _("column {number} (“{first}”)").format(number=column + 1, first=shortened(first))


def _readings(plan: PastePlan) -> str:
    """Return the words that are read as others, with what they are read as."""
    pairs = dict.fromkeys((cell.text.strip(), cell.shown) for row in plan.rows for cell in row if cell.altered)
    said = [f"{shortened(text)} → {shortened(shown)}" for text, shown in list(pairs)[:_MOST_NAMED]]
    return "; ".join(said) + ("…" if len(pairs) > _MOST_NAMED else "")


def _happenings(plan: PastePlan) -> list[str]:
    said = []
    if plan.overwritten:
        said.append(_("{count} filled cells are written over.").format(count=plan.overwritten))
    if plan.added:
        said.append(_("{count} rows are added.").format(count=plan.added))
    if plan.dropped_rows:
        said.append(_("{count} rows have no place in the grid and are left out.").format(count=plan.dropped_rows))
    if plan.dropped:
        names = ", ".join(_named(plan, column) for column in plan.dropped[:_MOST_NAMED])
        names += "…" if len(plan.dropped) > _MOST_NAMED else ""
        said.append(_("Left out, as the grid has no column for them: {columns}.").format(columns=names))
    brought = [
        plan.ground.columns[at].head for at in plan.columns if at >= 0 and plan.ground.columns[at].key in plan.brought
    ]
    if brought:
        said.append(_("Columns that come into sight: {columns}.").format(columns=", ".join(brought)))
    if plan.altered:
        said.append(
            _("{count} cells are read as other words than they hold: {words}.").format(
                count=plan.altered, words=_readings(plan)
            )
        )
    if plan.skipped:
        said.append(_("Computed columns are skipped: {columns}.").format(columns=", ".join(plan.skipped)))
    if plan.merged:
        said.append(
            _("{count} merged cells: the value stands in the first cell, the others of it are blank.").format(
                count=plan.merged
            )
        )
    return [" ".join(said)] if said else []
