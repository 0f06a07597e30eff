"""The example of a layout: the printed part of its pages, drawn as wide as there is room."""

from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from perfdesk.gui.headings import make_quiet
from perfdesk.i18n import _
from perfdesk.services.layout.layout_example import Clip, Example

# pixels for a point: what can still be read, and what is larger than print
_SMALLEST: Final = 0.85
_LARGEST: Final = 1.5
# white left around what is printed, in points
_EDGE: Final = 6


class LayoutExample(QScrollArea):
    """Shows an ``Example``, or a sentence in its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Example(b"")
        self._drawn_for = 0
        self._at_end = False
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(8)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        make_quiet(self.note)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        self._pages: list[QLabel] = []
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        # the page's width changes with the bar; with one always there it does not
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self._draw)
        self.horizontalScrollBar().rangeChanged.connect(self._go_to_end)

    def show_example(self, shown: Example, *, at_end: bool = False) -> None:
        """Show an example; of one that is too wide its right end where that is what counts."""
        self._at_end = at_end
        self._shown = shown
        said = _("In the words of the sample municipality, for the programme has no targets yet.")
        self.say(said if shown.borrowed else "" if shown.pdf else _("This layout does not print it."))
        self.setAccessibleDescription(shown.text)
        self._draw()
        self._go_to_end()

    def say(self, note: str) -> None:
        """Say something above the example."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def pictures(self) -> list[QPixmap]:
        """Return what is drawn."""
        return [label.pixmap() for label in self._pages]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._room() != self._drawn_for:
            self._due.start()

    def _go_to_end(self) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(bar.maximum() if self._at_end else bar.minimum())

    def _room(self) -> int:
        margins = self._column.contentsMargins()
        return self.viewport().width() - margins.left() - margins.right()

    def _draw(self) -> None:
        # the window opens faster without the renderer
        from perfdesk.gui.preview.raster import Pages

        self._drawn_for = self._room()
        clips = self._shown.clips
        while len(self._pages) > len(clips):
            self._pages.pop().deleteLater()
        while len(self._pages) < len(clips):
            label = QLabel()
            self._pages.append(label)
            self._column.insertWidget(len(self._pages), label)
        if not clips:
            return
        with Pages(self._shown.pdf) as pages:
            for label, clip in zip(self._pages, clips, strict=True):
                label.setPixmap(self._picture(pages, clip))
        self._content.setMinimumWidth(
            max(label.pixmap().deviceIndependentSize().toSize().width() for label in self._pages) + 16
        )

    def _picture(self, pages: "Pages", clip: Clip) -> QPixmap:  # type: ignore[name-defined] # noqa: F821 - imported late
        width, height = self._shown.pages[clip.page]
        left, top = max(clip.left - _EDGE, 0), max(clip.top - _EDGE, 0)
        right, bottom = min(clip.right + _EDGE, width), min(clip.bottom + _EDGE, height)
        ratio = self.devicePixelRatioF()
        scale = min(max(self._drawn_for / (right - left), _SMALLEST), _LARGEST) * ratio
        rows = (round(top * scale), round(bottom * scale))
        band = pages.draw(clip.page, round(width * scale), round(height * scale), top=rows[0], rows=rows[1] - rows[0])
        cut = QRect(round(left * scale), 0, round((right - left) * scale), band.height())
        picture = QPixmap.fromImage(band.copy(cut))
        picture.setDevicePixelRatio(ratio)
        return picture
