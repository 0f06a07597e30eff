"""Keeps the index of the open file: made when first wanted."""

from perfdesk.gui.search.sliced import Sliced
from perfdesk.gui.session import Session
from perfdesk.services.search import search_index
from perfdesk.services.search.search_index import Index


class Indexer(Sliced[Index]):
    """Makes the index of a session's snapshot."""

    @property
    def index(self) -> Index | None:
        """The index: the current one where ``want`` says so."""
        return self.made

    def want(self, session: Session) -> bool:
        """Return whether the index is current; else it is being made, and ``ready`` will tell."""
        snapshot = session.municipality
        return self.is_made(snapshot, lambda: search_index.build(snapshot, self.index, session.context))

    def finish(self, session: Session) -> None:
        """Make the index current now, however long it takes."""
        while not self.want(session):
            self.advance()
