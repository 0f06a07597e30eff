"""The form of the file's pictures: added from files, dragged or pasted; named, used as logo, deleted."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from perfdesk.domain.errors import UserError
from perfdesk.gui import colours
from perfdesk.gui.forms.ui_pictures_page import Ui_PicturesPage
from perfdesk.gui.grid import clipboard
from perfdesk.gui.headings import colour_text
from perfdesk.gui.pages.page import Page
from perfdesk.gui.pages.side_by_side import set_direction
from perfdesk.gui.refused import refusal
from perfdesk.gui.session import Session
from perfdesk.gui.text import taking_pictures
from perfdesk.gui.text.text_editor import choose_pictures
from perfdesk.i18n import _
from perfdesk.services.book import pictures
from perfdesk.services.editing import records
from perfdesk.services.places import COVER, Key, Place


class PicturesPage(Page):
    """Resimler."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        chooser: Callable[[QWidget], Sequence[Path]] = choose_pictures,
    ) -> None:
        super().__init__(session, parent)
        self.chooser = chooser
        self.ui = ui = Ui_PicturesPage()
        self.add_content(ui)
        # the list takes what the window has, not the blank at its foot
        self.frame.column.setStretch(self.frame.column.indexOf(self.frame.body), 1)
        self.frame.column.setStretch(self.frame.column.count() - 1, 0)
        colour_text(ui.problem, colours.wrong(ui.problem.palette()))
        ui.problem.hide()
        ui.pictures.setReadOnly(session.read_only)
        self.setAcceptDrops(not session.read_only)
        for key, do in (
            (QKeySequence(QKeySequence.StandardKey.Paste), self.paste),
            (QKeySequence(Qt.Key.Key_Delete), self._remove),
        ):
            QShortcut(key, ui.pictures, do, context=Qt.ShortcutContext.WidgetShortcut)
        ui.add.clicked.connect(self._choose)
        ui.rename.clicked.connect(self._edit_name)
        ui.logo.clicked.connect(self._use_as_logo)
        ui.go.clicked.connect(self._go)
        ui.remove.clicked.connect(self._remove)
        ui.pictures.pictures.renamed.connect(self._rename)
        ui.pictures.chosen.connect(lambda _id: self._go())
        ui.pictures.selectionModel().currentChanged.connect(lambda *_indexes: self._show_choice())

    # --- showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the snapshot of now."""
        super().refresh()
        municipality = self.session.municipality
        self.ui.pictures.show_pictures(municipality)
        self.ui.pictures.setVisible(bool(municipality.pictures))
        self.say(
            _("The pictures of the texts, and the logo. Drag files here, paste one with Ctrl+V, or choose files.")
            if municipality.pictures
            else _(
                "There are no pictures yet. They illustrate the texts of the book, one is the logo on the cover. Add "
                "the first one: choose its file, drag it here or paste it."
            )
        )
        if municipality.pictures and not self.ui.pictures.current_id():
            self.ui.pictures.select_picture(municipality.pictures[0].id)
        self._show_choice()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_direction(self.ui.buttons, event.size().width(), self.frame.content)

    def show_place(self, place: Place) -> None:
        """Take a picture in hand."""
        found = next((p for p in self.session.municipality.pictures if p.row == place.row), None)
        if found is not None:
            self.ui.pictures.select_picture(found.id)
            self.ui.pictures.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_choice(self) -> None:
        """Offer what can be done with the picture in hand."""
        ui, id_ = self.ui, self.ui.pictures.current_id()
        can_write = not self.session.read_only
        ui.add.setEnabled(can_write)
        for button in (ui.rename, ui.remove):
            button.setEnabled(bool(id_) and can_write)
        is_logo = id_ == self.session.municipality.administration.logo
        ui.logo.setEnabled(bool(id_) and can_write and not is_logo)
        ui.go.setEnabled(self._place_of_use() is not None)

    def _place_of_use(self) -> Key | None:
        """Return where the picture in hand is used, in the year in hand."""
        for use in pictures.uses(self.session.municipality, self.ui.pictures.current_id()):
            if not use.year:
                return COVER
            if use.year == self.session.year:
                return ("part", use.key)
        return None

    def _tell(self, errors: Iterable[UserError] = ()) -> None:
        said = "\n".join(refusal(error.sentence()) for error in errors)
        self.ui.problem.setText(said)
        self.ui.problem.setVisible(bool(said))
        if said:
            self.problem_said.emit(said.replace("\n", " "))

    # --- adding -----------------------------------------------------------------------------------------------------

    def paste(self) -> None:
        """Add the picture or the picture files on the clipboard."""
        if not self.session.read_only:
            self._take(taking_pictures.from_mime(clipboard.held()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if taking_pictures.holds_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take(taking_pictures.from_mime(event.mimeData()))

    def _choose(self) -> None:
        self._take(taking_pictures.from_files(self.chooser(self)))

    def _take(self, given: Sequence[taking_pictures.Given]) -> None:
        if not given:
            return
        taken, refused = taking_pictures.take(self.session, given)
        self._tell(refused)
        if taken:
            # the session tells of the step only when it is over, so that the list has them by now
            self.refresh()
            self.ui.pictures.select_picture(taken[-1])
            self.ui.pictures.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is done with the one in hand ----------------------------------------------------------------------------

    def _edit_name(self) -> None:
        view = self.ui.pictures
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        view.edit(view.currentIndex())

    def _rename(self, row: int, name: str) -> None:
        self._try(lambda: pictures.rename(self.session.store, row, name))

    def _use_as_logo(self) -> None:
        id_ = self.ui.pictures.current_id()
        self._try(lambda: records.set_field(self.session.store, "administration", 1, "logo", id_))

    def _remove(self) -> None:
        id_ = self.ui.pictures.current_id()
        if id_ and not self.session.read_only:
            self._try(lambda: pictures.delete_picture(self.session.store, self.session.municipality, id_))

    def _try(self, change: Callable[[], object]) -> None:
        try:
            change()
        except UserError as error:
            self._tell([error])
        else:
            self._tell()

    def _go(self) -> None:
        place = self._place_of_use()
        if place is not None:
            self.entry_wanted.emit(place)
