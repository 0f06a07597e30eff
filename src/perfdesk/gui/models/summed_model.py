"""A grid of amounts with their sum below."""

from decimal import Decimal

from perfdesk.domain.money import total
from perfdesk.gui.grid.table_model import Content, GridCell, GridRow
from perfdesk.gui.models.record_model import RecordModel
from perfdesk.i18n import _
from perfdesk.services.editing.fields import Amount
from perfdesk.tables.table import Role


class SummedModel(RecordModel):
    """Rows with amounts, and below them their sum, which is computed."""

    def content(self) -> Content:
        """Return the rows and their sum."""
        content = super().content()
        records = self._records()
        if not records:
            return content
        cells = [GridCell(computed=True)] * len(content.columns)
        cells[0] = GridCell(_("Total"), computed=True)
        amounts = {"amount": total(record.amount for record in records), **self.sums()}
        for at, column in enumerate(content.columns):
            if column.key in amounts:
                amount = amounts[column.key]
                text = Amount("").show(amount, self.session.known) or "0"
                cells[at] = GridCell(text, text, amount, computed=True)
        return Content(content.columns, content.heads, (*content.rows, GridRow("total", tuple(cells), Role.TOTAL)))

    def sums(self) -> dict[str, Decimal]:
        """Return the sums of computed columns, by column."""
        return {}
