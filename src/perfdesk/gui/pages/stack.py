"""The forms of the open file, each made when it is first shown."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from perfdesk.gui.fields.words import choose_words
from perfdesk.gui.pages.page import Page
from perfdesk.gui.session import Session
from perfdesk.services.outline import Entry
from perfdesk.services.places import Key, Place

if TYPE_CHECKING:
    from perfdesk.gui.findings.grouping import LineKey

# The form of each kind of entry, by module and class; each is imported when it is first shown, so that the window is
# there in half the time.
_PAGES: Final = {
    "cover": ("identity_page", "IdentityPage"),
    "units": ("units_page", "UnitsPage"),
    "programme_list": ("programme_list_page", "ProgrammeListPage"),
    "pictures": ("pictures_page", "PicturesPage"),
    "layout": ("layout_page", "LayoutPage"),
    "control": ("control_page", "ControlPage"),
    "appropriations": ("appropriations_page", "AppropriationsPage"),
    "goal": ("goal_page", "GoalPage"),
    "target": ("target_page", "TargetPage"),
    "sub_programme": ("target_page", "TargetPage"),
    "resource_table": ("resource_table_page", "ResourceTablePage"),
}
# that of a part goes by what the part holds besides its text
_PARTS: Final = {
    "": ("section_page", "SectionPage"),
    "policy_documents": ("policies_page", "PoliciesPage"),
    "goals": ("plan_page", "PlanPage"),
    "targets": ("targets_page", "TargetsPage"),
    "resource_tables": ("resources_page", "ResourcesPage"),
    "resource_need": ("need_page", "NeedPage"),
    "responsible_units": ("annex_page", "AnnexPage"),
}


class PageStack(QStackedWidget):
    """Shows one form at a time, and passes on what they tell."""

    entry_wanted = Signal(object)
    place_wanted = Signal(object)
    numbers_selected = Signal(object)
    problem_said = Signal(str)
    unit_file_wanted = Signal(str, bool)
    paper_wanted = Signal(str)
    page_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._pages: dict[tuple[str, str], Page] = {}
        self._may_write = True
        # runs out when a form has been laid out
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self._bring_into_sight)

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
        page.set_neighbours(*neighbours)
        page.show_entry(entry, above)
        self.setCurrentWidget(page)

    def show_place(self, place: Place) -> None:
        """Go to a field or cell of the form shown."""
        if self.page is not None:
            self.page.show_place(place)
            if place.words:
                choose_words(self.page.focusWidget(), place.words)
            self._settled.start()

    def _bring_into_sight(self) -> None:
        if self.page is not None:
            self.page.bring_into_sight()

    def refresh(self) -> None:
        """Show the snapshot of now; the other forms follow when they are shown again."""
        if self.page is not None:
            self.page.refresh()

    def follow_findings(self) -> None:
        """Show the findings that have come since, where the form shows any."""
        if self.page is not None:
            self.page.follow_findings()

    def begin_findings(self, key: "LineKey | None" = None) -> bool:
        """Put the keyboard into the list of findings that the form shown has itself; return whether it has one."""
        return self.page is not None and self.page.begin_findings(key)

    def enable_output(self, enabled: bool) -> None:
        """Let the forms print or write documents, or not."""
        self._may_write = enabled
        for page in self._pages.values():
            _enable_output(page, enabled=enabled)

    def commit(self) -> bool:
        """Write whatever is being typed; return False where some of it could not be written and would be lost."""
        return self.page is None or self.page.commit()

    def _page_of(self, entry: Entry) -> Page:
        assert self._session is not None
        kind = self._kind_of(entry)
        if kind not in self._pages:
            module, name = kind
            make: type[Page] = getattr(import_module(f"perfdesk.gui.pages.{module}"), name)
            page = self._pages[kind] = make(self._session)
            page.entry_wanted.connect(self.entry_wanted)
            page.place_wanted.connect(self.place_wanted)
            page.numbers_selected.connect(self.numbers_selected)
            page.problem_said.connect(self.problem_said)
            page.unit_file_wanted.connect(self.unit_file_wanted)
            page.paper_wanted.connect(self.paper_wanted)
            _enable_output(page, enabled=self._may_write)
            self.addWidget(page)
            self.page_made.emit(page)
        return self._pages[kind]

    def _kind_of(self, entry: Entry) -> tuple[str, str]:
        ctx = self._session.context if self._session else None
        if entry.kind != "part" or ctx is None:
            return _PAGES[entry.kind]
        holds = next((part.holds for part in ctx.layout.form.outline if part.key == entry.id), "")
        return _PARTS[holds]


def _enable_output(page: Page, *, enabled: bool) -> None:
    for action in page.output_actions:
        action.setEnabled(enabled)
