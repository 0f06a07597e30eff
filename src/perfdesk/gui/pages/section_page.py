"""The form of a part of the book: its text and its own title; forms of parts that hold more begin with that."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from perfdesk.domain.texts import Section, TextBlock
from perfdesk.gui.fields.bind import Binding, BoundField
from perfdesk.gui.fields.finding_sign import FindingSign, row_with
from perfdesk.gui.forms.ui_section_page import Ui_SectionPage
from perfdesk.gui.headings import make_heading
from perfdesk.gui.marks import NOTHING, Marks
from perfdesk.gui.pages.page import Page
from perfdesk.gui.refused import FIELDS, Anchor, Row, Spot
from perfdesk.gui.session import Session
from perfdesk.i18n import N_, _
from perfdesk.services.book import sections
from perfdesk.services.places import Place
from perfdesk.tables.form import OutlinePart

# the part shown, whatever its row in the file, and its text
_OF_PART: Final = 1
_TEXT: Final = "text"


class _PageOfItsOwn(NamedTuple):
    """What is printed of a part that is a page before or behind the others, a msgid.

    ``page`` is its name in the layout's setting; ``title`` is what the title is there, a msgid, or "" where none is
    printed.
    """

    said: str
    page: str = ""
    title: str = ""


_PAGES: Final[Mapping[str, _PageOfItsOwn]] = {
    "cover": _PageOfItsOwn(N_("The first picture here is printed on the cover; a text is not.")),
    "imprint": _PageOfItsOwn(
        N_(
            "Printed on the inner cover, below the address, phone and web of “Cover and identity”: a paragraph for "
            "each line, such as “Published: October 2026”."
        ),
        "inner_cover",
    ),
    "quotation": _PageOfItsOwn(
        N_("Printed on a page of its own before the foreword, with a picture if there is one."),
        "quotation",
        N_("&Who said it"),
    ),
    "back_cover": _PageOfItsOwn(
        N_(
            "Printed at the foot of the back cover. Where nothing is written, the address and contacts are printed "
            "there."
        ),
        "back_cover",
    ),
}


class SectionPage(Page):
    """Metin bölümü."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.add_own_content()
        self.section_ui = ui = Ui_SectionPage()
        self.add_content(ui)
        make_heading(ui.text_label, 1.05)
        self.text_sign = FindingSign()
        at = ui.column.indexOf(ui.text_label)
        head = row_with(ui.text_label, self.text_sign)
        head.addStretch(1)
        ui.column.insertLayout(at, head)
        # what the page has room for beyond its content is the text's
        column = self.frame.column
        column.setStretchFactor(self.body, 1)
        column.setStretch(column.count() - 1, 0)
        self.body.setStretch(self.body.count() - 1, 1)
        # whose text the editor shows: another one replaces what is being typed
        self._shown: tuple[int, str] = (0, "")
        title = BoundField(ui.title, self._shown_title, self._write_title)
        self._title = Binding(
            session,
            lambda: self._subject,
            {"title": title},
            self,
            table="section",
            anchor=self._anchor_of,
        )
        self._title.problem_said.connect(self.problem_said)
        self._bindings.append(self._title)
        ui.text.left.connect(self._write_text)
        ui.text.problem_said.connect(self.problem_said)
        ui.text.setReadOnly(session.read_only)

    def add_own_content(self) -> None:
        """Put what the part holds besides its text above it."""

    @property
    def section(self) -> Section | None:
        """The section as it is in the snapshot, None where nothing has been written yet."""
        ctx = self.session.context
        return next((s for s in ctx.programme.sections if s.key == self.entry.id), None) if ctx else None

    @property
    def part(self) -> OutlinePart | None:
        """The part of the form; None for a section that the municipality has added."""
        ctx = self.session.context
        return next((p for p in ctx.layout.form.outline if p.key == self.entry.id), None) if ctx else None

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        section, part, ui = self.section, self.part, self.section_ui
        here = self._subject
        pictures = {picture.id: picture for picture in self.session.municipality.pictures}
        ui.text.show_blocks(section.blocks if section else (), pictures, another=here != self._shown)
        own = _PAGES.get(self.entry.id)
        for widget in (ui.title_label, ui.title):
            widget.setVisible(own is None or bool(own.title) or bool(section and section.title))
        ui.title_label.setText(_(own.title) if own and own.title else _("&Title"))
        ui.title.setPlaceholderText(part.title if part and not own else "")
        self.say(self.note())
        self._shown = here

    def note(self) -> str:
        """Return what is said below the heading."""
        own, ctx = _PAGES.get(self.entry.id), self.session.context
        if own is not None and ctx is not None:
            is_printed = not own.page or own.page in ctx.layout.pages
            left_out = "" if is_printed else _("This year's print layout leaves the page out (“Pages of the book”).")
            return f"{_(own.said)} {left_out}".rstrip()
        if self.section is None and self.part is not None and not self.part.holds:
            return _("Nothing has been written here yet. Parts without content are left out of the book.")
        return ""

    def begin(self, *, first: bool = False) -> None:
        """Put the keyboard into the form; the title of a part that was just added is there to be typed over."""
        title = self.section_ui.title
        if first and self.section is not None and sections.is_new_title(self.section.title):
            title.setFocus(Qt.FocusReason.TabFocusReason)
            title.selectAll()
        else:
            super().begin(first=first)

    def cell_of(self, place: Place) -> Place:
        """Return the text as a whole for what is found in one of its blocks, or about the part."""
        if place.table in ("section", "section_block"):
            is_title = place.table == "section" and place.column == "title"
            return replace(place, table="section", row=_OF_PART, column="title" if is_title else _TEXT)
        return super().cell_of(place)

    def has_place_for(self, cell: Place) -> bool:
        """Whether a grid or a field shows it, or the text."""
        return (cell.table, cell.column) == ("section", _TEXT) or super().has_place_for(cell)

    def take_marks(self, marks: Marks) -> None:
        """Let the text have what was found in it, too."""
        super().take_marks(marks)
        found = marks.get("section", NOTHING).get(_OF_PART)
        mark = found.cells.get(_TEXT) if found is not None else None
        self.text_sign.show_mark(mark)
        self.section_ui.text.setAccessibleDescription(mark.told if mark is not None else "")

    def show_place(self, place: Place) -> None:
        """Put the keyboard into the text or the title."""
        if place.table == "section" and place.column == "title":
            self.section_ui.title.setFocus(Qt.FocusReason.OtherFocusReason)
        elif place.table in ("section", "section_block"):
            self.section_ui.text.setFocus(Qt.FocusReason.OtherFocusReason)
            self.section_ui.text.show_row(place.row if place.table == "section_block" else 0)
        else:
            super().show_place(place)

    def show_refused(self, spot: Spot) -> None:
        """Put the keyboard into the title, or to another entry that was refused."""
        if spot.form == FIELDS and spot.anchor.part == self.entry.id:
            self.section_ui.title.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().show_refused(spot)

    def commit(self) -> bool:
        """Write whatever is being typed; a text that a full disk does not take stays here."""
        done = super().commit()
        return self.section_ui.text.commit() and done

    def _write_text(self, blocks: tuple[TextBlock, ...]) -> None:
        ctx = self.session.context
        year, key = self._shown
        if ctx is not None and year == ctx.programme.year:
            sections.set_blocks(self.session.store, ctx.programme.row, key, blocks, self.section_ui.text.pictures)

    @property
    def _subject(self) -> tuple[int, str]:
        """The year and the part whose text is shown."""
        return (self.session.year, self.entry.id)

    def _anchor_of(self, _subject: object) -> Anchor:
        """Return what the title belongs to: a part of the form is there without a section, too."""
        ctx, section = self.session.context, self.section
        above = (Row.of("programme", ctx.programme.row),) if ctx is not None else ()
        own = (Row.of("section", section.row),) if section is not None and self.part is None else ()
        return Anchor((*own, *above), self.entry.id)

    def _shown_title(self, _subject: object) -> str:
        return self.section.title if self.section else ""

    def _write_title(self, subject: tuple[int, str], title: str) -> None:
        ctx = self.session.context
        if ctx is not None:
            sections.set_title(self.session.store, ctx.programme.row, subject[1], title)
