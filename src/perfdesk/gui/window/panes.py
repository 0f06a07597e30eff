"""The panes side by side: the outline, the form and what stands at the right, and who gives way in a small window."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from perfdesk.gui.forms.ui_main_window import Ui_MainWindow
from perfdesk.gui.pages.stack import PageStack
from perfdesk.gui.preview.pane import PreviewPane
from perfdesk.gui.settings import Settings
from perfdesk.gui.window.findings_pane import FindingsPane

_OUTLINE_WIDTH: Final = 260
# in which more of a target's title is read, where the form has room enough beside it: from this width of the window on
_WIDE_OUTLINE: Final = 300
_ROOM_FOR_WIDE: Final = 1366
# narrower windows have no room for three panes of which each can be worked with, in pixels of the desktop's own scale
_ROOM_FOR_THREE: Final = 1600
# a narrower one shows nothing; a form that leaves less is moved sideways
_LEAST_SIDE: Final = 300
_BESIDE: Final = "outline_beside_preview"


@dataclass(frozen=True, slots=True)
class _Side:
    """What can stand at the right: its widget and command, the name of its settings, its share of the window.

    ``most`` is as wide as it becomes by itself: what a wide window has more is for the form and its grids.
    """

    widget: QWidget
    action: QAction
    name: str
    share: int
    most: int


class Panes(QObject):
    """Shows and hides the panes as the menu says, and remembers how wide they are.

    At the right stands the preview or the findings. In a small window the outline gives way to them and comes back
    when they are closed; somebody who calls it back (F9) has it beside them from then on. As long as the form shown
    lists the findings itself they stand in no pane beside it; their command leads into its list.
    """

    def __init__(
        self,
        ui: Ui_MainWindow,
        pages: PageStack,
        preview: PreviewPane,
        findings: FindingsPane,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._ui = ui
        self._pages = pages
        self._settings = settings
        self._window = window
        self._is_open = False
        # whether the outline is hidden only as long as something stands at the right
        self._gave_way = False
        # whether the outline is hidden or shown by this, not by somebody
        self._is_making_room = False
        # whether the command of the findings is set back, or gives way to the preview's
        self._is_setting = False
        # in the first an upright page can be read, in the second a sentence
        self._sides = (
            _Side(preview, ui.show_preview, "preview", 45, 616),
            _Side(findings, ui.show_findings, "findings", 33, 440),
        )
        self._findings = self._sides[1]
        self._side = QStackedWidget()
        # a pane that is not shown takes no room
        self._shown: _Side | None = None
        splitter = ui.splitter
        splitter.addWidget(self._side)
        # the form and what is at the right share what the window has more or less
        for at, stretch in enumerate((0, 1, 1)):
            splitter.setStretchFactor(at, stretch)
        for side in self._sides:
            self._side.addWidget(side.widget)
            is_other = any(other.action.isChecked() for other in self._sides)
            side.action.setChecked(settings.flag(side.name, default=False) and not is_other)
            side.action.toggled.connect(lambda shown, side=side: self._on_side(side, shown=shown))
        self._side.hide()
        ui.show_outline.toggled.connect(self._on_outline)
        splitter.splitterMoved.connect(self._on_moved)
        # runs out when a form that has come has been laid out
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self._leave_room)
        pages.currentChanged.connect(lambda _at: self._on_page())

    def show(self, *, is_open: bool) -> None:
        """Show the panes of an open file, or the start page alone."""
        self._is_open = is_open
        self._show()

    def _show(self) -> None:
        ui = self._ui
        wanted = self._wanted() if self._is_open else None
        if wanted is not None and self._shown is None:
            self._make_room()
        elif self._gave_way and wanted is None:
            self._gave_way = False
            self._check_outline(shown=True)
        self._shown = wanted
        ui.outline.setVisible(self._is_open and ui.show_outline.isChecked())
        if wanted is not None:
            self._side.setCurrentWidget(wanted.widget)
        self._side.setVisible(wanted is not None)
        self._set_widths()

    def _wanted(self) -> _Side | None:
        """Return what is to stand at the right."""
        side = next((side for side in self._sides if side.action.isChecked()), None)
        return None if side is self._findings and self._is_listed else side

    @property
    def _is_listed(self) -> bool:
        """Whether the form shown lists the findings itself."""
        return self._is_open and self._pages.page is not None and self._pages.page.lists_findings

    def _on_page(self) -> None:
        if self._is_open and self._pages.page is not None and self._wanted() is not self._shown:
            self._show()
        self._settled.start()

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
        """Give the outline its width and what is at the right its share of the window; the form gets the rest."""
        ui, settings = self._ui, self._settings
        width = ui.splitter.width()
        outline = settings.outline_width or (_WIDE_OUTLINE if width >= _ROOM_FOR_WIDE else _OUTLINE_WIDTH)
        side = self._shown or self._sides[0]
        chosen = settings.side_share(side.name)
        right = width * chosen // 100 if chosen else max(min(width * side.share // 100, side.most), _LEAST_SIDE)
        rest = width - sum((outline * (not ui.outline.isHidden()), right * (not self._side.isHidden())))
        # what is hidden has a width, too, or it would come back with none
        ui.splitter.setSizes([outline, rest, right])
        self._leave_room()

    def _leave_room(self) -> None:
        """Let what is at the right give way to a form that needs more, unless somebody has said how wide it is."""
        ui, side, page = self._ui, self._shown, self._pages.page
        if side is None or page is None or self._settings.side_share(side.name):
            return
        outline, form, shown = ui.splitter.sizes()
        missing = min(page.needed_width - form, shown - _LEAST_SIDE)
        if missing > 0:
            ui.splitter.setSizes([outline, form + missing, shown - missing])

    def _on_side(self, side: _Side, *, shown: bool) -> None:
        if side is self._findings and self._is_listed and not self._is_setting:
            # the list is in sight already; what is at the right of other forms stays as it is
            self._set(side, shown=not shown)
            self._pages.begin_findings()
            return
        self._settings.keep_flag(side.name, on=shown)
        if shown:
            for other in self._sides:
                if other is not side and other.action.isChecked():
                    # which calls this for the other one, too; the pane stays, with another content
                    self._set(other, shown=False)
        if shown or not any(other.action.isChecked() for other in self._sides):
            self._show()

    def _set(self, side: _Side, *, shown: bool) -> None:
        self._is_setting = True
        side.action.setChecked(shown)
        self._is_setting = False

    def _on_outline(self, shown: bool) -> None:
        if self._is_making_room:
            return
        if self._shown is not None and self._window.width() < _ROOM_FOR_THREE:
            self._gave_way = not shown
            self._settings.keep_flag(_BESIDE, on=shown)
        self._show()

    def _on_moved(self, _at: int, handle: int) -> None:
        width, outline = self._ui.splitter.width(), self._ui.outline
        if width and self._shown is not None and self._ui.splitter.widget(handle) is self._side:
            self._settings.keep_side_share(self._shown.name, round(self._side.width() * 100 / width))
        elif not outline.isHidden():
            self._settings.outline_width = outline.width()
