"""The clerk's morning: from an empty start page to a restored backup, by keys and mouse alone.

Each step does what a hand does, waits until another process reads from the file what was typed, and keeps a picture of
the screen. Run it by itself to look at the pictures: python tests/morning/morning.py FOLDER
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final

import openpyxl
from PIL import Image

# run by itself it finds its neighbours as pytest does
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.morning import sheets
from tests.morning.desk import Desk

from perfdesk.domain.programme import Indicator, Municipality, Programme, Target
from perfdesk.domain.resources import ResourceTable
from perfdesk.domain.texts import BlockKind
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
# where the preview draws the sheet; its ground alone has fewer colours, a page with writing on it has many more
_SHEET: Final = (1100, 110, 1340, 480)
_COLOURS: Final = 40


class Morning:
    """The steps in their order, and what they leave to one another."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.file = desk.home / "Belgeler" / f"{NAME}.perfdesk"
        self.done: list[str] = []
        # the file after each thing that is to be undone
        self.states: list[Municipality] = []
        self.yesterday: Municipality | None = None
        self.last: Municipality | None = None

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
            self.mend_findings,
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
            self.done.append(step.__name__)
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

    # --- the steps --------------------------------------------------------------------------------------------------

    def make_file(self) -> None:
        """From the empty start page: four questions, all of them answered with the keyboard."""
        desk = self.desk
        desk.start()
        desk.shot("start-page")
        desk.key("ctrl+n")
        self.dialog("Yeni belediye dosyası")
        desk.type(NAME)
        # the year after that of the clock would be proposed; this morning is the same in every year
        desk.key("alt+y")
        desk.type(str(YEAR))
        desk.shot("new-file")
        desk.key("Return")
        desk.window(f"{NAME} – {YEAR}")
        made = self.now()
        assert (made.administration.name, made.administration.kind) == (NAME, "district")
        assert [(plan.first_year, plan.last_year) for plan in made.plans] == [(2025, 2029)]
        assert [programme.year for programme in made.programmes] == [YEAR]

    def enter_plan(self) -> None:
        """Mission, vision, values and the goal of the strategic plan."""
        desk = self.desk
        self.go_by_outline("A Am")
        desk.key("alt+m")
        desk.type("Halkımıza eşit ve çağdaş hizmet sunmak\t")
        desk.type("Sağlıklı, yeşil ve güçlü bir İlçe\t")
        desk.type("Şeffaflık")
        desk.key("shift+Return")
        desk.type("Ölçülülük")
        # the code is left to the program
        desk.key("alt+a", "Home", "Right")
        desk.type(f"{GOAL}\n")
        self.written(lambda: bool(self.now().plans[0].goals), "the goal")
        plan = self.now().plans[0]
        assert plan.mission == "Halkımıza eşit ve çağdaş hizmet sunmak"
        assert plan.vision == "Sağlıklı, yeşil ve güçlü bir İlçe"
        assert plan.values == ("Şeffaflık", "Ölçülülük")
        assert [(goal.code, goal.title) for goal in plan.goals] == [("", GOAL)]

    def enter_units(self) -> None:
        """Spending units, one below the other, as in a spreadsheet."""
        self.go_by_outline("Harcama")
        self.desk.key("alt+r")
        self.desk.type("".join(f"{unit}\n" for unit in UNITS))
        self.written(lambda: tuple(unit.name for unit in self.now().units) == UNITS, "the units")

    def enter_goal(self) -> None:
        """An objective under the goal, and two performance targets under it."""
        self.go_by_outline("Amaç 1")
        self.desk.key("alt+f", "Home", "Right")
        self.desk.type(f"{OBJECTIVE}\n")
        self.written(lambda: bool(self.now().plans[0].goals[0].objectives), "the objective")
        self.desk.key("alt+r", "Home", "Right")
        self.desk.type(f"{TREES}\n{WATER}\n")
        self.written(lambda: [target.title for target in self.programme().targets] == [TREES, WATER], "the targets")
        objective = self.now().plans[0].goals[0].objectives[0]
        assert objective.title == OBJECTIVE
        assert {target.objective for target in self.programme().targets} == {objective.id}

    def type_indicators(self) -> None:
        """The first target's text and indicators; decimals with either decimal key of a keypad."""
        desk = self.desk
        self.go_by_search("1.1.1")
        desk.key("alt+a")
        desk.type(DESCRIPTION)
        desk.key("ctrl+shift+i")
        desk.type("Dikilen ağaç sayısı\tadet\t3.150\t4200\t5000\tYeni sayım yöntemi")
        desk.key("ctrl+shift+i")
        desk.type("Dikilen fidanların tutma oranı\t%\t82")
        desk.key("KP_Separator")
        desk.type("5\t1.234,5\t80")
        desk.key("KP_Decimal")
        desk.type("25\t")
        self.written(
            lambda: self._values() == [_values("3150", "4200", "5000"), _values("82.5", "1234.5", "80.25")], "it"
        )
        trees = self.target(TREES)
        assert trees.description == DESCRIPTION
        assert [(one.name, one.unit, one.note) for one in trees.indicators] == [
            ("Dikilen ağaç sayısı", "adet", "Yeni sayım yöntemi"),
            ("Dikilen fidanların tutma oranı", "%", ""),
        ]

    def _values(self) -> list[dict[tuple[int, ValueKind], Value]]:
        return [dict(one.values) for one in self.target(TREES).indicators]

    def type_costs(self) -> None:
        """Two activities with their units and amounts, to the kuruş."""
        desk = self.desk
        desk.key("ctrl+shift+a")
        # of the list that opens the first letters are enough; nothing typed ahead of it may be lost
        desk.type("Fidan temini ve dikimi\tPark\t2400000\t410000")
        desk.key("KP_Separator")
        desk.type("75\t3.150.000,5")
        desk.key("ctrl+shift+a")
        desk.type("Damla sulama hattı\tFen\t\t\t800000,01\t")
        expected = [
            (UNITS[1], {"01": Decimal(2_400_000), "02": Decimal("410000.75"), "03": Decimal("3150000.5")}),
            (UNITS[0], {"03": Decimal("800000.01")}),
        ]
        self.written(lambda: self._costs(TREES) == expected, "the costs")
        assert [one.name for one in self.target(TREES).activities] == ["Fidan temini ve dikimi", "Damla sulama hattı"]

    def _costs(self, title: str, year: int = YEAR) -> list[tuple[str, dict[str | None, Decimal]]]:
        """Return the unit and the amounts of each activity, in order."""
        names = {unit.id: unit.name for unit in self.now().units}
        target = self.target(title, year)
        sheets_by = {id_: sheet for sheet in target.cost_sheets for id_ in sheet.activities}
        found = [sheets_by[activity.id] for activity in target.activities if activity.id in sheets_by]
        return [
            (", ".join(names[unit] for unit in sheet.units), {line.code: line.amount for line in sheet.lines})
            for sheet in found
        ]

    def type_second_target(self) -> None:
        """The second target is reached with the key to the next one."""
        desk = self.desk
        desk.key("alt+Next")
        desk.key("ctrl+shift+i")
        desk.type("Sulama hattı döşenen yol\tkm\t1,4\t2\t6\t")
        desk.key("ctrl+shift+a")
        desk.type("Kuyu açılması\tMali\t\t\t\t\t4500000,99\t")
        self.written(lambda: self._costs(WATER) == [(UNITS[2], {"06": Decimal("4500000.99")})], "the second target")
        assert dict(self.target(WATER).indicators[0].values) == _values("1.4", "2", "6")

    def mend_findings(self) -> None:
        """What the checks found, beside the form: a slip and a leap without a reason are mended, one more stays."""
        desk = self.desk
        desk.key("shift+F7")
        desk.shot("findings")
        slip = {("OLC-06", "1.1.1.2"), ("OLC-07", "1.1.1.2"), ("OLC-08", "1.1.1.2")}
        leap, undefined = ("OLC-08", "1.1.2.1"), ("TNM-02", "1.1.1.2")
        before = self.findings()
        assert before >= slip | {leap, undefined}
        # by the keyboard from the form into the list, and from a finding there to the cell where it is mended
        desk.key("F6")
        desk.key("Down", times=8)
        desk.shot("finding-in-hand")
        desk.key("Return")
        desk.still()
        desk.type("78,5\t")
        self.written(lambda: self._values()[1] == _values("82.5", "78.5", "80.25"), "the right value")
        assert self.findings() == before - slip
        desk.shot("slip-mended")
        # the next one has taken the room of those; its reason goes into the cell beside the value
        desk.key("F8")
        desk.still()
        desk.type("\tYeni hatların ihalesi tamamlandı\t")
        self.written(lambda: self.target(WATER).indicators[0].note == "Yeni hatların ihalesi tamamlandı", "the reason")
        assert self.findings() == before - slip - {leap}
        desk.key("F8")
        desk.still()
        reason = "Payı ve paydası stratejik planda tanımlıdır"
        self._accept(reason)
        self.written(lambda: bool(self.programme().acceptances), "the acceptance")
        (acceptance,) = self.programme().acceptances
        assert (acceptance.rule, acceptance.reason) == (undefined[0], reason)
        assert self.findings() == before - slip - {leap, undefined}
        desk.shot("one-accepted")
        desk.key("shift+F7")
        self.go_by_search("1.1.2")

    def _accept(self, reason: str) -> None:
        """Accept the finding in hand by its menu in the list."""
        self.desk.key("F6", "Menu")
        self.desk.still()
        self.desk.key("Down", "Down", "Return")
        self.dialog("Bulguyu kabul et")
        self.desk.type(reason)
        self.desk.shot("accept-finding")
        self.desk.key("Return")
        self.desk.gone("Bulguyu kabul et")

    def findings(self) -> set[tuple[str, str]]:
        """Return the open findings on indicators as the command line tells them: rule and code."""
        command = [sys.executable, "-m", "perfdesk", "check", str(self.file), "--year", str(YEAR), "--json"]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        return {
            (one["id"], one["message"].split()[1])
            for one in told
            if one["where"]["kind"] == "indicator" and not one.get("accepted")
        }

    def paste_indicators(self) -> None:
        """Forty indicators from a spreadsheet: shown first, then one step."""
        self.states.append(self.now())
        self._paste("ctrl+shift+i", sheets.indicators(), "indicators")
        expected = sheets.INDICATORS + 1
        self.written(lambda: len(self.target(WATER).indicators) == expected, "the pasted indicators")
        pasted = self.target(WATER).indicators[1:]
        for one, (name, unit, *numbers, note) in zip(pasted, sheets.indicators(), strict=True):
            assert (one.name, one.unit, one.note) == (name, unit, note)
            assert dict(one.values) == _values(*numbers)
        self.states.append(self.now())

    def paste_costs(self) -> None:
        """Twenty-five activities with a row of heads: each amount goes to its code."""
        self._paste("ctrl+shift+a", [sheets.COST_HEADS, *sheets.costs()], "costs")
        self.written(lambda: len(self.target(WATER).activities) == sheets.COSTS + 1, "the pasted costs")
        names = [one.name for one in self.target(WATER).activities[1:]]
        assert names == [row[0] for row in sheets.costs()]
        expected = [
            (unit, {code: amount for code, amount in zip(sheets.COST_HEADS[2:], amounts, strict=True) if amount})
            for _name, unit, *amounts in sheets.costs()
        ]
        assert self._costs(WATER)[1:] == expected
        self.states.append(self.now())

    def _paste(self, begin: str, rows: list[sheets.Row], name: str) -> None:
        """Copy in the other program, paste into the blank row of a grid, look at what will happen, and agree."""
        desk = self.desk
        html, text = desk.home / f"{name}.html", desk.home / f"{name}.txt"
        sheets.write(rows, html, text)
        desk.copy_elsewhere(html, text)
        desk.key(begin, "ctrl+v")
        self.dialog("Yapıştır")
        desk.shot(f"before-pasting-{name}")
        desk.key("Return")
        desk.gone("Yapıştır")

    def move_target(self) -> None:
        """The second target becomes the first, by the menu of its form; codes follow. Then two more edits."""
        desk = self.desk
        desk.key("alt+l")
        desk.shot("menu-of-the-target")
        desk.key("u")
        self.written(lambda: [target.title for target in self.programme().targets] == [WATER, TREES], "the new order")
        self.states.append(self.now())
        for key, text in (("alt+b", "Sulama altyapısını baştan kurmak"), ("alt+a", "Önce çeşmeler.")):
            desk.key(key, "ctrl+a")
            desk.type(f"{text}\t")
            before = self.states[-1]
            self.written(lambda before=before: self.now() != before, text)
            self.states.append(self.now())

    def undo_and_redo(self) -> None:
        """Five steps back, among them both pastes, and three of them again."""
        desk = self.desk
        for state in self.states[-2::-1]:
            desk.key("ctrl+z")
            self.written(lambda state=state: self.now() == state, "the step undone")
        desk.shot("five-undone")
        for state in self.states[1:4]:
            desk.key("ctrl+y")
            self.written(lambda state=state: self.now() == state, "the step redone")

    def add_table(self) -> None:
        """A resource table of a ready kind; Tab goes on from row to row."""
        desk = self.desk
        self.go_by_outline("Fiziksel")
        desk.key("alt+o")
        self.dialog("Yeni tablo")
        desk.key("Down")
        desk.shot("kinds-of-tables")
        desk.key("Return")
        desk.gone("Yeni tablo")
        desk.still()
        desk.key("alt+s")
        desk.type("Arsa\t12\t34.567,5\tBina\t4\t12.000,25\t")
        expected = [("Arsa", "12", "34.567,5"), ("Bina", "4", "12.000,25")]
        self.written(lambda: [row.cells for row in self._table().rows] == expected, "the table")
        assert self._table().caption == "Taşınmazlar"

    def _table(self) -> ResourceTable:
        return next(iter(self.programme().resource_tables))

    def add_picture(self) -> None:
        """Text of the same part, and a picture by the button of the text's tools and the path typed."""
        desk = self.desk
        picture = desk.home / "Belgeler" / "Şehir parkı.png"
        Image.linear_gradient("L").resize((640, 320)).save(picture)
        self.go_by_outline("A Fiz")
        desk.key("alt+t")
        desk.type("Belediyemizin taşınmazları aşağıdadır.\n")
        # the tools are one stop of the Tab key, the arrows go from one to the next
        desk.key("shift+Tab", *("Right",) * 5, "space")
        self.dialog("Resim seçin")
        desk.shot("choose-picture")
        desk.type(f"{picture}\n")
        desk.gone("Resim seçin")
        desk.still()
        desk.type("Parkımız")
        self.go_by_outline("Resimler")
        self.written(lambda: bool(self.now().pictures), "the picture")
        (kept,) = self.now().pictures
        assert kept.name == "Şehir parkı"
        (section,) = self.programme().sections
        text, shown = section.blocks
        assert "".join(run.text for run in text.runs) == "Belediyemizin taşınmazları aşağıdadır."
        assert (shown.kind, shown.picture, shown.caption) == (BlockKind.PICTURE, kept.id, "Parkımız")

    def preview(self) -> None:
        """The page as it will be printed, beside the form."""
        self.go_by_outline("A Fiz")
        before = self.desk.still().crop(_SHEET)
        self.desk.key("F7")

        def drawn() -> bool:
            # first the empty ground is there, then the page, which comes from a thread
            now = self.desk.picture().crop(_SHEET)
            return now != before and now.getcolors(_COLOURS) is None

        self.desk.until(drawn, "the page")
        self.desk.shot("preview-of-part")
        self.desk.key("F7")

    def back_up(self) -> None:
        """A backup on request, which tomorrow is yesterday's."""
        self.desk.key("alt+d", "d")
        self.desk.until(lambda: self._backups("asked"), "the backup")
        self.yesterday = self.now()

    def _backups(self, reason: str) -> list[Path]:
        return sorted((self.desk.home / ".local/share/perfdesk/backups").glob(f"*/* {reason}.perfdesk"))

    def roll_over(self) -> None:
        """The next year with a rise of ten per cent; its first target value is typed."""
        desk = self.desk
        desk.key("alt+p", "y")
        self.dialog("Yeni yıl")
        desk.key("alt+a", "ctrl+a")
        desk.type("10")
        desk.shot("new-year")
        desk.key("Return")
        desk.window(f"{NAME} – {YEAR + 1}")
        assert self.yesterday is not None
        assert self.programme() == self.yesterday.programme(YEAR)
        assert [target.title for target in self.programme(YEAR + 1).targets] == [WATER, TREES]
        for title in (WATER, TREES):
            expected = [
                (unit, {code: (amount * RATE).quantize(Decimal(1), ROUND_HALF_UP) for code, amount in amounts.items()})
                for unit, amounts in self._costs(title)
            ]
            assert self._costs(title, YEAR + 1) == expected
        proposed = [dict(one.values).get((YEAR, ValueKind.ESTIMATE)) for one in self._all_indicators(YEAR + 1)]
        assert proposed == [one.values[AIM] for one in self._all_indicators(YEAR)]
        self.go_by_search("Dikilen ağaç")
        desk.key("Tab", times=4)
        desk.type("5.500\t")
        wanted = (YEAR + 1, ValueKind.TARGET)
        self.written(
            lambda: dict(self.target(TREES, YEAR + 1).indicators[0].values).get(wanted) == Value(Decimal(5500)),
            "the new year's target",
        )

    def _all_indicators(self, year: int) -> list[Indicator]:
        return [one for target in self.programme(year).targets for one in target.indicators]

    def export(self) -> None:
        """The book and the workbook beside the file; the figures in them are those of the file."""
        book = self._exported("ctrl+shift+p", "PDF kitap", ".pdf")
        text = subprocess.run(["pdftotext", "-layout", book, "-"], capture_output=True, text=True, check=True).stdout
        workbook = openpyxl.load_workbook(self._exported("ctrl+shift+e", "Excel çalışma kitabı", ".xlsx"))
        cells = {cell.value for sheet in workbook for row in sheet.iter_rows() for cell in row}
        numbers = {Decimal(str(value)) for value in cells if isinstance(value, int | float)}
        amounts = [
            amount for title in (WATER, TREES) for _unit, by in self._costs(title, YEAR + 1) for amount in by.values()
        ]
        assert len(amounts) > 3 * sheets.COSTS
        assert not [amount for amount in amounts if sheets.shown(amount) not in text]
        assert set(amounts) <= numbers
        names = [one.name for target in self.programme(YEAR + 1).targets for one in target.activities]
        assert set(names) <= cells
        assert "5.500" in text
        assert Decimal(5500) in numbers
        assert "Parkımız" in text

    def _exported(self, keys: str, title: str, suffix: str) -> Path:
        """Export with the name proposed, look at the message and close it."""
        desk = self.desk
        path = self.file.with_name(f"{NAME} {YEAR + 1}{suffix}")
        desk.key(keys)
        self.dialog(title)
        desk.shot(f"export{suffix}")
        desk.key("Return")
        desk.until(lambda: desk.title == "perfdesk", "the message that it is written")
        desk.shot(f"exported{suffix}")
        desk.key("Escape")
        desk.window(f"{NAME} – {YEAR + 1}")
        assert path.is_file()
        return path

    def close(self) -> None:
        """Leave the program; it has said nothing on its terminal, and the file is free."""
        self.desk.key("ctrl+q")
        assert self.desk.stopped() == 0
        assert not self.desk.said()
        assert not list(self.file.parent.glob("*.lock"))

    def reopen(self) -> None:
        """The next day: the file stands on the start page and opens where one was."""
        (made,) = self._backups("asked")
        when = datetime.now().astimezone() - timedelta(days=1)
        made.rename(made.with_name(f"{when:%Y-%m-%d %H%M%S} asked.perfdesk"))
        self.last = self.now()
        self.desk.start()
        self.desk.key("alt+s", "Return")
        self.desk.window(f"{NAME} – {YEAR + 1}")
        assert self.now() == self.last

    def restore(self) -> None:
        """Yesterday's backup comes back: there is no next year in it."""
        desk = self.desk
        desk.key("alt+d", "l")
        self.dialog("Yedekten geri yükle")
        desk.key("End")
        desk.shot("backups")
        desk.key("alt+g")
        desk.gone("Yedekten geri yükle")
        self.written(lambda: self.now() == self.yesterday, "yesterday's content")
        desk.window(f"{NAME} – {YEAR}")

    def undo_restoring(self) -> None:
        """And it is a step like any other."""
        self.desk.key("ctrl+z")
        self.written(lambda: self.now() == self.last, "today's content")


def _values(
    realised: str | Decimal, estimate: str | Decimal, target: str | Decimal
) -> dict[tuple[int, ValueKind], Value]:
    pairs = zip((REALISED, ESTIMATE, AIM), (realised, estimate, target), strict=True)
    return {key: Value(Decimal(number)) for key, number in pairs}


@contextmanager
def morning(shots: Path) -> Iterator[Morning]:
    """Set up a desk with a home of its own; pictures of the screen go to a folder."""
    prefix = "perfdesk-morning-"
    with (
        tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as home,
        Desk(Path(home), shots) as desk,
    ):
        yield Morning(desk)


if __name__ == "__main__":
    with morning(Path(sys.argv[1])) as here:
        here.run()
