"""The editor of a text of the book: tools, what is wrong, and the text itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPalette, QShowEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QScrollArea, QWidget

from perfdesk import paths
from perfdesk.domain.administration import Picture
from perfdesk.domain.texts import BlockKind, TextBlock
from perfdesk.gui import colours
from perfdesk.gui.forms.ui_text_editor import Ui_TextEditor
from perfdesk.gui.headings import colour_ground, colour_text
from perfdesk.gui.refused import refusal
from perfdesk.gui.text import changes, taking_pictures
from perfdesk.gui.text.difference import difference
from perfdesk.gui.text.structure import all_blocks, blocks_of, is_bold, text_block
from perfdesk.i18n import _
from perfdesk.services.book import pictures, sections

# after so many milliseconds without a key the text is told, so that a crash costs a few words
_IDLE: Final = 2_000
# at the latest so many milliseconds after the first key, however fast one types: undo takes back as much at a time
_LONGEST: Final = 8_000
_KINDS: Final = {
    "paragraph": (BlockKind.PARAGRAPH, None),
    "heading": (BlockKind.HEADING, 1),
    "subheading": (BlockKind.HEADING, 2),
    "bullets": (BlockKind.BULLET, None),
}

Chooser = Callable[[QWidget], Sequence[Path]]


def choose_pictures(parent: QWidget) -> list[Path]:
    """Let a person choose picture files."""
    kinds = _("Pictures ({patterns})").format(patterns="*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif")
    everything = _("All files ({patterns})").format(patterns="*")
    # beside the municipality's file, where the window says there is one
    folder = str(parent.window().property("folder") or "")
    names, _kind = QFileDialog.getOpenFileNames(parent, _("Choose pictures"), folder, f"{kinds};;{everything}", kinds)
    return [Path(name) for name in names]


class TextEditor(QWidget):
    """Shows and edits the blocks of a section.

    ``left`` carries the tuple of blocks when another one than stored is left, before Enter ends a paragraph, when
    nobody types for a while, and now and then while typing runs on. Whoever stores it shows what is stored then with
    ``show_blocks``; until that the text counts as typed and is kept.
    ``pictures`` are those the blocks may refer to, new ones among them, which are to be stored together with the text.
    ``problem_said`` carries why a picture was not taken.
    """

    left = Signal(object)
    problem_said = Signal(str)

    def __init__(self, parent: QWidget | None = None, chooser: Chooser = choose_pictures) -> None:
        super().__init__(parent)
        self.chooser = chooser
        self.pictures: dict[str, Picture] = {}
        self._stored: tuple[TextBlock, ...] = ()
        self._rows: list[int] = []
        # the blocks that the window's undo or redo changed last, until the text is typed in again
        self._changed = range(0)
        self._new: dict[str, Picture] = {}
        self._around: QScrollArea | None = None
        self.ui = Ui_TextEditor()
        self.ui.setupUi(self)  # type: ignore[no-untyped-call] # generated
        self.setFocusProxy(self.ui.area)
        # a label's mnemonic passes by what takes no focus itself
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.ui.problem.hide()
        self._prepare_buttons()
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(_IDLE)
        self.idle.timeout.connect(self.commit)
        self.longest = QTimer(self)
        self.longest.setSingleShot(True)
        self.longest.setInterval(_LONGEST)
        self.longest.timeout.connect(self.commit)
        area = self.ui.area
        area.textChanged.connect(self._on_typed)
        area.cursorPositionChanged.connect(self._show_state)
        area.currentCharFormatChanged.connect(self._show_state)
        area.selectionChanged.connect(self._show_state)
        area.ending.connect(self.commit)
        area.pictures_given.connect(self.add_pictures)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self._show_state()

    def setAccessibleName(self, name: str) -> None:
        # the keyboard is never on this widget itself
        self.ui.area.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        self.ui.area.setAccessibleDescription(description)

    def setReadOnly(self, read_only: bool) -> None:
        """Show the text for reading only."""
        area = self.ui.area
        area.setReadOnly(read_only)
        if read_only:
            area.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            colour_ground(area, colours.shade(self.palette()))
        self.ui.buttons.setVisible(not read_only)

    def isReadOnly(self) -> bool:
        """Whether the text can only be read."""
        return self.ui.area.isReadOnly()

    # --- showing and telling ----------------------------------------------------------------------------------------

    def show_blocks(self, blocks: Iterable[TextBlock], known: Mapping[str, Picture], *, another: bool = False) -> None:
        """Show the stored text; what is being typed just now stays, unless it is ``another`` text."""
        before, typed, given = self.blocks(), self.is_typed(), tuple(blocks)
        self._stored = sections.tidy(given)
        self._rows = [block.row for block in given if sections.tidy_block(block)]
        if another:
            self._new = {}
            self.say("")
        self.pictures = {**self._new, **known}
        self.ui.area.pictures = self.pictures
        if another or (self._stored != before and not typed):
            self._set(self._stored, None if another else before)
        elif self._stored == before:
            # what is stored is taken back by the window
            self.ui.area.document().clearUndoRedoStacks()
            self.ui.area.viewport().update()

    def show_row(self, row: int) -> None:
        """Put the cursor into the block of a row of the file; in it, or in what undo has just changed, it stays."""
        document = self.ui.area.document()
        written = [block for block in all_blocks(document) if sections.tidy_block(text_block(block))]
        changed, self._changed = self._changed, range(0)
        if row in self._rows and self._rows.index(row) < len(written):
            here, there = self.ui.area.textCursor().blockNumber(), written[self._rows.index(row)]
            if here != there.blockNumber() and not (here in changed and there.blockNumber() in changed):
                self.ui.area.setTextCursor(QTextCursor(there))
        self.ui.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def blocks(self) -> tuple[TextBlock, ...]:
        """Return the text as it stands."""
        return blocks_of(self.ui.area.document())

    def is_typed(self) -> bool:
        """Whether the text is another one than stored."""
        return not self.isReadOnly() and self.blocks() != self._stored

    def commit(self) -> bool:
        """Tell the text if it is another one than stored; return whether it is stored now."""
        self._stop_waiting()
        if self.is_typed():
            self.left.emit(self.blocks())
        return not self.is_typed()

    def revert(self) -> None:
        """Show what is stored."""
        self._set(self._stored, self.blocks())

    def say(self, sentence: str) -> None:
        """Say what is wrong, or nothing any more."""
        self.ui.problem.setText(refusal(sentence))
        self.ui.problem.setVisible(bool(sentence))
        if sentence:
            colour_text(self.ui.problem, colours.wrong(self.ui.area.palette()))
            self.problem_said.emit(sentence)

    def _set(self, blocks: tuple[TextBlock, ...], before: tuple[TextBlock, ...] | None) -> None:
        area = self.ui.area
        area.setter.show(area.document(), blocks)
        self._stop_waiting()
        if before is None:
            area.moveCursor(QTextCursor.MoveOperation.Start)
            return
        # the cursor goes to the end of what is another than before
        same = difference(blocks, before)
        last = area.document().blockCount() - 1 - same.below
        block = area.document().findBlockByNumber(max(last, 0))
        cursor = QTextCursor(block)
        if last >= 0:
            cursor.setPosition(block.position() + block.length() - 1 - same.letters)
        area.setTextCursor(cursor)
        self._changed = range(last - (len(blocks) - same.above - same.below) + 1, last + 1)

    def _on_typed(self) -> None:
        if not self.isReadOnly():
            self._changed = range(0)
            self.idle.start()
            if not self.longest.isActive():
                self.longest.start()
        self._show_state()

    def _stop_waiting(self) -> None:
        self.idle.stop()
        self.longest.stop()

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        # from the text to its own tools is not away
        if old is not None and self.isAncestorOf(old) and not (now is not None and self.isAncestorOf(now)):
            self.commit()

    # --- tools ------------------------------------------------------------------------------------------------------

    def _prepare_buttons(self) -> None:
        ui, area = self.ui, self.ui.area
        for name, (kind, level) in _KINDS.items():
            getattr(ui, name).clicked.connect(lambda _on=False, kind=kind, level=level: area.set_kind(kind, level))
        ui.bold.clicked.connect(area.toggle_bold)
        ui.picture.clicked.connect(self._choose)
        ui.move_up.clicked.connect(lambda: area.move_blocks(-1))
        ui.move_down.clicked.connect(lambda: area.move_blocks(1))
        for name in (*_KINDS, "bold", "picture", "move_up", "move_down"):
            button = getattr(ui, name)
            button.setIcon(QIcon(str(paths.resource("icons", f"{name}.svg"))))
            # a click on what is so already leaves it so
            button.clicked.connect(self._show_state)
        ui.buttons.take_buttons()
        # they lie over the text where it is scrolled
        ui.buttons.setBackgroundRole(QPalette.ColorRole.Base)
        ui.buttons.setAutoFillBackground(True)

    def _show_state(self) -> None:
        """Let the buttons say what the cursor is in."""
        cursor = self.ui.area.textCursor()
        kind, level = changes.here_is(cursor)
        heading = kind is BlockKind.HEADING
        is_so = {
            "paragraph": kind is BlockKind.PARAGRAPH,
            "heading": heading and level == 1,
            "subheading": heading and level > 1,
            "bullets": kind is BlockKind.BULLET,
        }
        for name, on in is_so.items():
            button = getattr(self.ui, name)
            button.setChecked(on)
            button.setEnabled(kind is not BlockKind.PICTURE or cursor.hasSelection())
        bold = any(changes.takes_bold(block) for block in changes.selected(cursor))
        self.ui.bold.setEnabled(bold)
        self.ui.bold.setChecked(bold and self._is_bold(cursor))

    def _is_bold(self, cursor: QTextCursor) -> bool:
        if cursor.hasSelection():
            return changes.all_bold(cursor)
        return is_bold(self.ui.area.currentCharFormat())

    # --- the tools stay in sight while the page around scrolls ------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        around = self.ui.area.scroll_area()
        if around is not None and around is not self._around:
            self._around = around
            around.verticalScrollBar().valueChanged.connect(self._keep_tools)

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        done = super().event(event)
        # while its window goes, what is in it may be gone already
        if kind in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show) and self.isVisible():
            self._keep_tools()
        return done

    def _keep_tools(self) -> None:
        """Move the tools down by as much as is out of sight above them."""
        tools, area = self.ui.buttons, self.ui.area
        area.covered = tools.height()
        if self._around is None or tools.isHidden():
            return
        hidden = -self.mapTo(self._around.viewport(), QPoint(0, 0)).y()
        tools.move(tools.x(), max(0, min(hidden, self.height() - 2 * tools.height())))
        tools.raise_()

    # --- pictures ---------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        chosen = self.chooser(self)
        self.ui.area.setFocus()
        self.add_pictures(taking_pictures.from_files(chosen))

    def add_pictures(self, given: Sequence[taking_pictures.Given]) -> None:
        """Add pictures at the cursor, and say what is wrong with those that cannot be."""
        taken, refused = taking_pictures.read(given)
        blocks = [TextBlock(BlockKind.PICTURE, picture=self._known(name, read)) for name, read in taken]
        if blocks:
            self.ui.area.insert_blocks(tuple(blocks))
        self.say(" ".join(error.sentence() for error in refused))
        self.commit()

    def _known(self, name: str, read: pictures.Read) -> str:
        """Return the id of a picture; what is in the file already is not kept twice."""
        same = pictures.same(self.pictures.values(), read.data)
        if same is None:
            same = pictures.new_picture(name, read)
            self._new[same.id] = same
            self.pictures[same.id] = same
        return same.id

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "ui"):
            colour_text(self.ui.problem, colours.wrong(self.ui.area.palette()))
