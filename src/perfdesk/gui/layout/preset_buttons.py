"""The choice of a print layout: a button for each preset, and what tells it from the others."""

from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QWidget

from perfdesk.domain.programme import Programme
from perfdesk.gui.headings import make_quiet
from perfdesk.i18n import _
from perfdesk.services.layout.layout_catalogue import DIFFERENCES
from perfdesk.tables.layout import DEFAULT_LAYOUT, LAYOUTS, layout_of


class PresetButtons(QButtonGroup):
    """The buttons with their explanations, which whoever shows them puts into the form."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # a layout that somebody added speaks by its title alone
        self.rows: list[tuple[QRadioButton, QLabel | None]] = []
        for number, name in enumerate(LAYOUTS):
            button = QRadioButton(layout_of(Programme(0), name).title)
            difference = None
            if name in DIFFERENCES:
                difference = QLabel(_(DIFFERENCES[name]))
                difference.setWordWrap(True)
                make_quiet(difference)
                button.setAccessibleDescription(difference.text())
            self.addButton(button, number)
            self.rows.append((button, difference))
        self.choose(DEFAULT_LAYOUT)

    @property
    def chosen(self) -> str:
        """The name of the layout chosen."""
        return LAYOUTS[self.checkedId()]

    def choose(self, name: str) -> None:
        """Choose a layout by its name."""
        self.button(LAYOUTS.index(name)).setChecked(True)

    def follow(self, before: QWidget) -> None:
        """Let the buttons come after a widget of their form when Tab goes through it."""
        for button, _difference in self.rows:
            QWidget.setTabOrder(before, button)
            before = button
