"""The forms of the open file, each made when it is first shown."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from perfdesk.gui.outline import Entry
from perfdesk.gui.pages.annex_page import AnnexPage
from perfdesk.gui.pages.goal_page import GoalPage
from perfdesk.gui.pages.identity_page import IdentityPage
from perfdesk.gui.pages.layout_page import LayoutPage
from perfdesk.gui.pages.need_page import NeedPage
from perfdesk.gui.pages.overview_page import OverviewPage
from perfdesk.gui.pages.page import Page
from perfdesk.gui.pages.pictures_page import PicturesPage
from perfdesk.gui.pages.plan_page import PlanPage
from perfdesk.gui.pages.policies_page import PoliciesPage
from perfdesk.gui.pages.resource_table_page import ResourceTablePage
from perfdesk.gui.pages.resources_page import ResourcesPage
from perfdesk.gui.pages.section_page import SectionPage
from perfdesk.gui.pages.target_page import TargetPage
from perfdesk.gui.pages.targets_page import TargetsPage
from perfdesk.gui.pages.units_page import UnitsPage
from perfdesk.gui.session import Session
from perfdesk.services.places import Key, Place

# the form of each kind of entry; that of a part goes by what the part holds
_PAGES: Final[dict[str, type[Page]]] = {
    "cover": IdentityPage,
    "units": UnitsPage,
    "pictures": PicturesPage,
    "layout": LayoutPage,
    "goal": GoalPage,
    "target": TargetPage,
    "sub_programme": TargetPage,
    "resource_table": ResourceTablePage,
}
_PARTS: Final[dict[str, type[Page]]] = {
    "": SectionPage,
    "policy_documents": PoliciesPage,
    "goals": PlanPage,
    "targets": TargetsPage,
    "resource_tables": ResourcesPage,
    "resource_need": NeedPage,
    "responsible_units": AnnexPage,
}


class PageStack(QStackedWidget):
    """Shows one form at a time, and passes on what they tell."""

    entry_wanted = Signal(object)
    numbers_selected = Signal(object)
    problem_said = Signal(str)
    page_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._pages: dict[type[Page], Page] = {}

    def set_session(self, session: Session | None) -> None:
        """Drop the forms of the former file; those of this one come when they are wanted."""
        for page in self._pages.values():
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._session = session

    @property
    def page(self) -> Page | None:
        """The form shown."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Page) else None

    def show_entry(self, entry: Entry, above: str, neighbours: tuple[Key | None, Key | None]) -> None:
        """Show an entry's form; ``neighbours`` are the targets before and after it."""
        page = self._page_of(entry)
        if self.page is not None and self.page is not page:
            self.page.commit()
        if isinstance(page, TargetPage):
            page.set_neighbours(*neighbours)
        page.show_entry(entry, above)
        self.setCurrentWidget(page)

    def show_place(self, place: Place) -> None:
        """Go to a field or cell of the form shown."""
        if self.page is not None:
            self.page.show_place(place)

    def refresh(self) -> None:
        """Show the snapshot of now; the other forms follow when they are shown again."""
        if self.page is not None:
            self.page.refresh()

    def commit(self) -> bool:
        """Write whatever is being typed; return False where some of it could not be written and would be lost."""
        return self.page is None or self.page.commit()

    def _page_of(self, entry: Entry) -> Page:
        assert self._session is not None
        kind = self._class_of(entry)
        if kind not in self._pages:
            page = self._pages[kind] = kind(self._session)
            page.entry_wanted.connect(self.entry_wanted)
            page.numbers_selected.connect(self.numbers_selected)
            page.problem_said.connect(self.problem_said)
            self.addWidget(page)
            self.page_made.emit(page)
        return self._pages[kind]

    def _class_of(self, entry: Entry) -> type[Page]:
        ctx = self._session.context if self._session else None
        if entry.kind != "part" or ctx is None:
            return _PAGES.get(entry.kind, OverviewPage)
        holds = next((part.holds for part in ctx.layout.form.outline if part.key == entry.id), "")
        return _PARTS.get(holds, OverviewPage)
