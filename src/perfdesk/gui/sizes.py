"""The size a dialog opens with: as large as its texts need in this font, and never larger than the screen."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QTabWidget

# what the system draws around a dialog
_FRAME: Final = QSize(16, 48)


def fit(dialog: QDialog) -> None:
    """Give a dialog its size; call it when its texts are in place."""
    room = dialog.screen().availableSize() - _FRAME
    size = dialog.size().expandedTo(dialog.sizeHint()).boundedTo(room)
    layout = dialog.layout()
    if layout is not None:
        dialog.resize(size)
        layout.activate()
        # tabs that do not fit are scrolled, and so count as narrow in the dialog's own hint
        lacking = [tabs.tabBar().sizeHint().width() - tabs.width() for tabs in dialog.findChildren(QTabWidget)]
        size.setWidth(min(size.width() + max([0, *lacking]), room.width()))
    if layout is not None and layout.hasHeightForWidth():
        # a layout's least height counts on the widest lines, which wrap when the dialog is narrower
        size.setHeight(max(size.height(), min(layout.heightForWidth(size.width()), room.height())))
    dialog.resize(size)
