"""The form of the part with the higher policy documents."""

from typing import Final

from perfdesk.gui.forms.ui_policies_page import Ui_PoliciesPage
from perfdesk.gui.models.record_model import Above, RecordColumn, RecordModel
from perfdesk.gui.pages.section_page import SectionPage
from perfdesk.i18n import N_
from perfdesk.tables.table import ColumnKind

_COLUMNS: Final = (
    RecordColumn("document", N_("Document"), weight=4),
    RecordColumn("section", N_("Section"), weight=2),
    RecordColumn("reference", N_("Heading / item"), weight=2),
    RecordColumn("text", N_("Text"), weight=8),
    RecordColumn("first_year", N_("First\nyear"), ColumnKind.VALUE, tip=N_("From which year on the document holds")),
    RecordColumn("last_year", N_("Last\nyear"), ColumnKind.VALUE, tip=N_("Until which year the document holds")),
)


class PoliciesPage(SectionPage):
    """Temel politika ve öncelikler."""

    def add_own_content(self) -> None:
        """Put the grid of documents above the text."""
        self.ui = Ui_PoliciesPage()
        self.add_content(self.ui)
        session = self.session

        def above() -> Above | None:
            return {"programme": session.context.programme.row} if session.context else None

        self.policies = RecordModel(
            session,
            "policy_document",
            _COLUMNS,
            lambda: session.context.programme.policy_documents if session.context else (),
            above,
            self,
        )
        self.set_grid(self.ui.policies, self.policies)
