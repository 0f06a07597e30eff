"""The rows that cost sheets hold, and the activities they are met at in a target's form."""

from typing import Final

from perfdesk.domain.programme import SubProgramme, Target

# the rows that a cost sheet holds, and the sheet
IN_SHEETS: Final = ("cost_sheet", "cost_line", "cost_transfer", "cost_other_amount")


def first_activity(holder: Target | SubProgramme, table: str, row: int) -> int:
    """Return the first activity whose cost sheet holds a row of one of these tables, or 0."""
    for sheet in holder.cost_sheets:
        held = {
            "cost_sheet": [sheet.row],
            "cost_line": [line.row for line in sheet.lines],
            "cost_transfer": [transfer.row for transfer in sheet.transfers],
            "cost_other_amount": [other.row for other in sheet.other_amounts],
        }
        if row in held[table]:
            return next(activity.row for activity in holder.activities if activity.id in sheet.activities)
    return 0
