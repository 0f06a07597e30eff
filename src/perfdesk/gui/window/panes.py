"""The panes side by side: the outline, the form and the preview, and who gives way where there is little room."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.pages.stack import PageStack
from perfdesk.gui.preview.pane import PreviewPane
from perfdesk.gui.settings import Settings

_OUTLINE_WIDTH: Final = 260
# in which more of a target's title is read, where the form has room enough beside it: from this width of the window on
_WIDE_OUTLINE: Final = 300
_ROOM_FOR_WIDE: Final = 1366
# narrower windows have no room for three panes of which each can be worked with, in pixels of the desktop's own scale
_ROOM_FOR_THREE: Final = 1600
# in which an upright page can be read; what a wide window has more is for the form and its grids
_PREVIEW_WIDTH: Final = 616
_PREVIEW_SHARE: Final = 45
# a narrower one shows nothing; a form that leaves less is moved sideways
_LEAST_PREVIEW: Final = 300
_BESIDE: Final = "outline_beside_preview"


class Panes(QObject):
    """Shows and hides the panes as the menu says, and remembers how wide they are.

    In a small window the outline gives way to the preview and comes back when it is closed; somebody who calls it back
    (F9) has it beside the preview from then on.
    """

    def __init__(
        self, ui: Ui_MainWindow, pages: PageStack, preview: PreviewPane, settings: Settings, window: QWidget
    ) -> None:
        super().__init__(window)
        self._ui = ui
        self._pages = pages
        self._preview = preview
        self._settings = settings
        self._window = window
        self._is_open = False
        # whether the outline is hidden only as long as the preview is there
        self._gave_way = False
        # whether the outline is hidden or shown by this, not by somebody
        self._is_making_room = False
        splitter = ui.splitter
        splitter.addWidget(preview)
        # the form and the preview share what the window has more or less
        for at, stretch in enumerate((0, 1, 1)):
            splitter.setStretchFactor(at, stretch)
        ui.show_preview.setChecked(settings.flag("preview", default=False))
        preview.hide()
        ui.show_outline.toggled.connect(self._on_outline)
        ui.show_preview.toggled.connect(self._on_preview)
        splitter.splitterMoved.connect(self._on_moved)
        # runs out when a form that has come has been laid out
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self._leave_room)
        pages.currentChanged.connect(lambda _at: self._settled.start())

    def show(self, *, is_open: bool) -> None:
        """Show the panes of an open file, or the start page alone."""
        self._is_open = is_open
        self._show()

    def _show(self) -> None:
        ui, with_preview = self._ui, self._is_open and self._ui.show_preview.isChecked()
        appears = with_preview and self._preview.isHidden()
        if appears:
            self._make_room()
        elif self._gave_way and not with_preview:
            self._gave_way = False
            self._check_outline(shown=True)
        ui.outline.setVisible(self._is_open and ui.show_outline.isChecked())
        self._preview.setVisible(with_preview)
        self._set_widths()

    def _make_room(self) -> None:
        narrow = self._window.width() < _ROOM_FOR_THREE
        if narrow and self._ui.show_outline.isChecked() and not self._settings.flag(_BESIDE, default=False):
            self._gave_way = True
            self._check_outline(shown=False)

    def _check_outline(self, *, shown: bool) -> None:
        self._is_making_room = True
        self._ui.show_outline.setChecked(shown)
        self._is_making_room = False

    def _set_widths(self) -> None:
        """Give the outline its width and the preview its share of the window; the form gets the rest."""
        ui, settings = self._ui, self._settings
        width = ui.splitter.width()
        outline = settings.outline_width or (_WIDE_OUTLINE if width >= _ROOM_FOR_WIDE else _OUTLINE_WIDTH)
        chosen = settings.preview_share
        preview = width * chosen // 100 if chosen else min(width * _PREVIEW_SHARE // 100, _PREVIEW_WIDTH)
        rest = width - sum((outline * (not ui.outline.isHidden()), preview * (not self._preview.isHidden())))
        # what is hidden has a width, too, or it would come back with none
        ui.splitter.setSizes([outline, rest, preview])
        self._leave_room()

    def _leave_room(self) -> None:
        """Let the preview give way to a form that needs more, unless somebody has said how wide it is."""
        ui, preview, page = self._ui, self._preview, self._pages.page
        if preview.isHidden() or page is None or self._settings.preview_share:
            return
        outline, form, shown = ui.splitter.sizes()
        missing = min(page.needed_width - form, shown - _LEAST_PREVIEW)
        if missing > 0:
            ui.splitter.setSizes([outline, form + missing, shown - missing])

    def _on_preview(self, shown: bool) -> None:
        self._settings.keep_flag("preview", on=shown)
        self._show()

    def _on_outline(self, shown: bool) -> None:
        if self._is_making_room:
            return
        if not self._preview.isHidden() and self._window.width() < _ROOM_FOR_THREE:
            self._gave_way = not shown
            self._settings.keep_flag(_BESIDE, on=shown)
        self._show()

    def _on_moved(self, _at: int, handle: int) -> None:
        width, outline = self._ui.splitter.width(), self._ui.outline
        if width and self._ui.splitter.widget(handle) is self._preview:
            self._settings.preview_share = round(self._preview.width() * 100 / width)
        elif not outline.isHidden():
            self._settings.outline_width = outline.width()
