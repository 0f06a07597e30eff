"""The clerk's morning: from an empty start page to a restored backup, by keys and mouse alone.

Each step does what a hand does, waits until another process reads from the file what was typed, and keeps a picture of
the screen. Run it by itself to look at the pictures: python tests/morning/morning.py FOLDER
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import openpyxl
from PIL import Image

# run by itself it finds its neighbours as pytest does
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.morning import sheets
from tests.morning.desk import Desk

from perfdesk.domain.programme import Municipality, Programme, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.value import Value, ValueKind
from perfdesk.storage import files

NAME: Final = "İğdeşözü Çığlık Belediyesi"
YEAR: Final = 2027
RATE: Final = Decimal("1.1")
UNITS: Final = ("Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü", "Mali Hizmetler Müdürlüğü")
GOAL: Final = "Yeşil ve dayanıklı kent"
OBJECTIVE: Final = "Kişi başına düşen yeşil alanı artırmak"
TREES: Final = "Ağaçlandırmayı artırmak"
WATER: Final = "Sulama altyapısını güçlendirmek"
DESCRIPTION: Final = "Yol kenarlarında gölge veren yerli türlerle ağaçlandırma yapılır."
REALISED: Final = (YEAR - 2, ValueKind.REALISED)
ESTIMATE: Final = (YEAR - 1, ValueKind.ESTIMATE)
AIM: Final = (YEAR, ValueKind.TARGET)
# the first entry of the outline, below the toolbar at the left; letters typed there go to the entry that begins so
_OUTLINE: Final = (100, 87)


class Morning:
    """The steps in their order, and what they leave to one another."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.file = desk.home / "Belgeler" / f"{NAME}.perfdesk"
        # the file after each thing that is to be undone
        self.states: list[Municipality] = []
        self.yesterday: Municipality | None = None

    def run(self) -> None:
        """Live through the morning."""
        steps: tuple[Callable[[], None], ...] = (
            self.make_file,
            self.enter_plan,
            self.enter_units,
            self.enter_goal,
            self.type_indicators,
            self.type_costs,
            self.type_second_target,
            self.paste_indicators,
            self.paste_costs,
            self.move_target,
            self.undo_and_redo,
            self.add_table,
            self.add_picture,
            self.preview,
            self.back_up,
            self.roll_over,
            self.export,
            self.close,
            self.reopen,
            self.restore,
            self.undo_restoring,
        )
        for step in steps:
            step()
            self.desk.shot(step.__name__.replace("_", "-"))
        self.close()

    # --- what is on the disk ----------------------------------------------------------------------------------------

    def now(self) -> Municipality:
        """Return what the file holds, as another process reads it."""
        with files.open_store(self.file, writable=False) as store:
            return store.load()

    def programme(self, year: int = YEAR) -> Programme:
        """Return a year's programme as it is on the disk."""
        found = self.now().programme(year)
        assert found is not None
        return found

    def target(self, title: str, year: int = YEAR) -> Target:
        """Return a target as it is on the disk, by its title."""
        return next(target for target in self.programme(year).targets if target.title == title)

    def written(self, right: Callable[[], bool], what: str) -> None:
        """Wait until the file says so."""

        def look() -> bool:
            try:
                return right()
            except StopIteration:
                # not there yet
                return False

        self.desk.until(look, f"{what} in the file")

    # --- ways about the window --------------------------------------------------------------------------------------

    def go_by_outline(self, letters: str) -> None:
        """Choose an entry of the outline by its first letters."""
        self.desk.click(*_OUTLINE)
        self.desk.still()
        self.desk.type(letters)
        self.desk.still()

    def go_by_search(self, text: str) -> None:
        """Find something with the search field and go to what is found first."""
        self.desk.key("ctrl+f")
        self.desk.type(text)
        self.desk.still()
        self.desk.key("Return")
        self.desk.still()

    def dialog(self, title: str) -> None:
        """Wait until a dialog stands there and has the keyboard."""
        self.desk.window(title)
        self.desk.still()
