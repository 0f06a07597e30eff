"""The objective a target stands under, as a choice out of the plan's."""

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Target
from perfdesk.gui.session import Session
from perfdesk.i18n import N_
from perfdesk.services.editing import targets
from perfdesk.services.editing.fields import Choice
from perfdesk.tables.context import coded


class ObjectiveChoice:
    """Shows, offers and changes it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def choices(self) -> list[Choice]:
        """Return the plan's objectives as they are chosen."""
        return [Choice(name, turkish.fold(name)) for name in self._names().values()]

    def shown(self, target: Target) -> str:
        """Return the objective of a target, "" where the plan does not have it."""
        ctx = self._session.context
        found = ctx.objectives.get(target.objective) if ctx else None
        return self._names()[found[1].row] if found else ""

    def move_target(self, target: Target, text: str) -> None:
        """Let a target stand under another objective.

        Raises:
            UserError: the text names none.
        """
        row = next((row for row, name in self._names().items() if name == text), None)
        if row is None:
            raise UserError(N_("A target stands under an objective of the strategic plan. Choose one from the list."))
        targets.move_target(self._session.store, target.row, row)

    def _names(self) -> dict[int, str]:
        ctx = self._session.context
        pairs = ctx.objectives.items() if ctx else ()
        return {one.row: coded(ctx.codes.objectives[id_], one.title) for id_, (_goal, one) in pairs} if ctx else {}
