"""What stands side by side where there is room, and one above the other where there is not."""

from PySide6.QtWidgets import QBoxLayout, QWidget


def set_direction(row: QBoxLayout, width: int, around: QWidget, least: int = 0) -> None:
    """Put a row's parts side by side if they fit into a page's width.

    Args:
        row: the parts.
        width: of the page.
        around: what the parts stand in; its margins are not theirs.
        least: the narrowest a part may be where it would fit even narrower.
    """
    layout = around.layout()
    margins = layout.contentsMargins() if layout is not None else around.contentsMargins()
    room = width - margins.left() - margins.right()
    parts = [row.itemAt(n) for n in range(row.count())]
    needed = sum(max(part.minimumSize().width(), least) for part in parts) + row.spacing() * (len(parts) - 1)
    way = QBoxLayout.Direction.LeftToRight if needed <= room else QBoxLayout.Direction.TopToBottom
    if row.direction() != way:
        row.setDirection(way)
