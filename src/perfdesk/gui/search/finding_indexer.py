"""Keeps the findings of the open file ready to be searched."""

from perfdesk.gui.search.sliced import Sliced
from perfdesk.gui.session import Session
from perfdesk.services.search.search_index import Group


class FindingIndexer(Sliced[tuple[Group, ...]]):
    """Makes ready what the checks have found; it never asks them."""

    def groups(self, session: Session) -> tuple[Group, ...]:
        """Return the findings of the year in hand; none as long as there are none or they are not ready yet."""
        return (self.made or ()) if self._want(session) else ()

    def finish(self, session: Session) -> None:
        """Make ready what was found, however long it takes."""
        self._want(session)
        while self.is_being_made:
            self.advance()

    def _want(self, session: Session) -> bool:
        if not session.is_audited:
            return False
        # the checks are loaded by now
        from perfdesk.services.search import finding_records

        found = session.audited_lately()
        return self.is_made(found, lambda: finding_records.groups(found.open))
