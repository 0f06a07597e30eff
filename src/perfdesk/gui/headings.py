"""How headings look on pages: larger or bold, in the system's font."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from perfdesk.gui import colours


def make_heading(label: QLabel, size: float = 1.0) -> None:
    """Make a label a heading, so many times as large as the text."""
    font = label.font()
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * size)
    label.setFont(font)


def make_quiet(widget: QWidget) -> None:
    """Say a label's text in passing."""
    # not of the widget's own palette, which has this very colour once it is quiet: it would fade with each time
    colour_text(widget, colours.muted(QApplication.palette(widget)))


def colour_text(widget: QWidget, colour: QColor) -> None:
    """Give a label's text a colour, on paper and on the window's ground."""
    palette = widget.palette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, colour)
    widget.setPalette(palette)


def colour_ground(widget: QWidget, colour: QColor) -> None:
    """Give a label or field another ground."""
    palette = widget.palette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, colour)
    widget.setPalette(palette)


def make_page(widget: QWidget) -> None:
    """Give a page the ground of paper."""
    widget.setBackgroundRole(QPalette.ColorRole.Base)
    widget.setAutoFillBackground(True)
