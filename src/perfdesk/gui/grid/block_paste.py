"""Pasting into a grid: at once where there is nothing to ask, else the window that shows how a block is read."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt

from perfdesk.domain.errors import UserError
from perfdesk.gui.grid import clipboard
from perfdesk.gui.grid.paste_dialog import PasteDialog
from perfdesk.i18n import _
from perfdesk.services.paste import pasting
from perfdesk.services.paste.pasted_block import Block
from perfdesk.services.paste.pasting import PastePlan

if TYPE_CHECKING:
    from perfdesk.gui.grid.grid_view import GridView


class BlockPaste:
    """Pastes what is on the clipboard into a grid's cells, from the selection's top left on."""

    def __init__(self, view: "GridView") -> None:
        self._view = view

    def begin(self) -> None:
        """Paste what is on the clipboard, or show first how it would be."""
        view = self._view
        rect = view.selected_rect()
        if view.grid().session.read_only or rect is None:
            return
        try:
            block = clipboard.block_of(clipboard.held())
        except UserError as error:
            PasteDialog.refuse(view.window(), error)
            return
        if not block.rows:
            return
        is_value = block.is_one and rect.is_whole
        if rect.is_whole:
            block = pasting.repeated(block, rect.rows, rect.columns)
        self._paste_at(block, rect.top, rect.left, is_value=is_value)

    def _paste_at(self, block: Block, top: int, left: int, *, is_value: bool) -> None:
        view, model = self._view, self._view.grid()
        index = model.index(top, left)
        if block.is_one and model.takes_text(index, block.rows[0][0]):
            # one text in one cell is as if it were typed there
            model.setData(index, block.rows[0][0])
            return
        plan = pasting.plan(block, model.ground(), top, left)
        # one value needs no telling how it is read
        is_clear = is_value and plan.fitting and not plan.unfit
        if is_clear or plan.needs_no_asking(own=block.own):
            self._put(plan, unfit=False)
            return
        dialog = PasteDialog(block, plan, (top, left), view.window())
        dialog.decided.connect(self._put)
        dialog.open()

    def _put(self, plan: PastePlan, unfit: bool) -> None:
        """Do what was decided, say so, and select what was pasted."""
        view = self._view
        keys = [plan.ground.columns[at].key for at in plan.columns if at >= 0]
        with view.told():
            has_changed = view.grid().paste(plan, unfit=unfit)
            # what was refused has a sentence of its own
            if not view.grid().has_problems:
                view.said.emit(_sentence(plan, has_changed=has_changed))
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        model = view.grid()
        rows = [at for at in plan.places if 0 <= at < model.rowCount()]
        # pasting may have brought columns into sight
        columns = [at for at in map(model.column_of, keys) if at >= 0]
        if rows and columns:
            first = model.index(min(rows), min(columns))
            view.put(first)
            pasted = QItemSelection(first, model.index(max(rows), max(columns)))
            view.selectionModel().select(pasted, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def _sentence(plan: PastePlan, *, has_changed: bool) -> str:
    if not has_changed:
        return _("The cells hold this already; nothing has changed.")
    return _("{count} cells were pasted; Ctrl+Z takes them back.").format(count=plan.fitting)
