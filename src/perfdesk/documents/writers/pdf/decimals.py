"""Numbers below each other on their commas, whatever stands behind the commas: kuruş, one decimal, none, a unit."""

from typing import Final

from perfdesk.documents.writers.pdf.fonts import Font, fonts
from perfdesk.documents.writers.pdf.text import Measurer
from perfdesk.tables.table import NUMERIC, Cell, ColumnKind, Part, Role

# an amount as most documents print them
AMOUNT: Final = "0,00"


def tail(text: str) -> str:
    """Return what stands behind the last whole digit of a number: ",50", ",00 TL", " TL", or nothing."""
    comma = text.rfind(",")
    if comma > 0 and text[comma - 1].isdigit():
        return text[comma:]
    end = len(text)
    while end and not text[end - 1].isdigit():
        end -= 1
    return text[end:] if end else ""


def stands_on_comma(cell: Cell) -> bool:
    """Whether a cell in a column of numbers is aligned with them: a number or a mark, no words."""
    return bool(cell.text) and cell.span == 1 and (cell.number is not None or not any(map(str.isalpha, cell.text)))


def _marks_alone(part: Part, at: int) -> bool:
    """Whether nothing but marks for what is not there stands in a column."""
    texts = "".join(row.cells[at].text for row in part.rows)
    return bool(texts) and not any(map(str.isalnum, texts))


class Commas:
    """Where the commas of a part's columns stand, in thousandths of the font size.

    ``places`` tells how far left of the right edge of each column, ``stems`` how much its numbers take before it.
    """

    def __init__(self, part: Part, measure: Measurer, amount: str = AMOUNT) -> None:
        """``amount`` is one as the document prints them, for a part that has none of its own."""
        self._tails: dict[tuple[str, Font], int] = {}
        self.places = [0] * len(part.columns)
        self.stems = [0] * len(part.columns)
        numeric = [at for at, column in enumerate(part.columns) if column.kind in NUMERIC]
        for row in part.rows if numeric else ():
            for at in numeric:
                cell = row.cells[at]
                font = fonts().regular if row.role_of(cell) is Role.DETAIL else fonts().bold
                if cell.number is not None and cell.text and cell.span == 1:
                    measured = measure(font, cell.text)
                    behind = self._tail(measured.text, font)
                    self.places[at] = max(self.places[at], behind)
                    self.stems[at] = max(self.stems[at], measured.width - behind)
        # marks of amounts stand as they do among amounts, in a column or a table of nothing else too
        amounts = [at for at in numeric if part.columns[at].kind is ColumnKind.AMOUNT]
        alone = [at for at in amounts if _marks_alone(part, at)]
        own = [self.places[at] for at in amounts if at not in alone and self.stems[at]]
        for at in alone:
            self.places[at] = max(own) if own else self._tail(amount, fonts().regular)

    def shift(self, at: int, text: str, font: Font) -> int:
        """Return how far left of the right edge a text of a column ends."""
        return self.places[at] - self._tail(text, font) if self.places[at] else 0

    def _tail(self, text: str, font: Font) -> int:
        behind = tail(text)
        if not behind:
            return 0
        key = (behind, font)
        if key not in self._tails:
            self._tails[key] = font.width(behind)
        return self._tails[key]
