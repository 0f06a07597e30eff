"""Writes a sheet that has been laid out: cells, sizes, and how it is shown and printed."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from perfdesk.documents.blocks import Workbook
from perfdesk.documents.writers.xlsx import measures, numbers, texts, trends
from perfdesk.documents.writers.xlsx.formulas import SheetFormulas
from perfdesk.documents.writers.xlsx.layout import Line, Link, PlacedPart, SheetLayout
from perfdesk.documents.writers.xlsx.styles import Look, Styles, Zero
from perfdesk.tables.table import Column, ColumnKind, Role

_A4: Final = 9
_LAST_CELL: Final = "XFD1048576"
_HEADER_MARGIN: Final = 0.3
# on a guarded sheet, besides typing into open cells
_ALLOWED: Final = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
# enough of a text to tell that it needs no care
_SHORT: Final = texts.MAX_TEXT // 2


class SheetWriter:
    """Writes one sheet."""

    def __init__(
        self, worksheet: Any, layout: SheetLayout, styles: Styles, formulas: SheetFormulas, *, guarded: bool = False
    ) -> None:
        self._sheet = worksheet
        self._layout = layout
        self._styles = styles
        self._formulas = formulas.texts
        self._marks = formulas.marks
        self._zero = _zero_of(layout)
        self._guarded = guarded

    def write(self, workbook: Workbook) -> None:
        """Write the sheet."""
        self._set_up(workbook)
        for column, width in enumerate(self._layout.widths):
            self._sheet.set_column(column, column, width)
        for row, points in self._layout.fixed.items():
            self._sheet.set_row(row, points)
        for placed in self._layout.tables:
            if placed.caption:
                is_title = self._layout.lists and placed is self._layout.tables[0]
                self._across(placed.caption, self._styles.title if is_title else self._styles.caption)
            for fact in placed.facts:
                self._fact(fact)
            for part in placed.parts:
                self._heads(part)
                self._rows(part)
            for line in placed.below:
                self._across(line, self._styles.note)
        self._write_links()
        self._write_marks()
        if self._guarded:
            self._sheet.protect("", _ALLOWED)

    def _set_up(self, workbook: Workbook) -> None:
        sheet, layout = self._sheet, self._layout
        sheet.set_paper(_A4)
        if layout.landscape:
            sheet.set_landscape()
        else:
            sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        left, right, top, bottom = measures.MARGINS
        sheet.set_margins(left=left, right=right, top=top, bottom=bottom)
        sheet.center_horizontally()
        sheet.hide_gridlines(1)
        sheet.set_zoom(100)
        sheet.set_default_row(measures.ROW)
        margin = {"margin": _HEADER_MARGIN}
        sheet.set_header(texts.header(*workbook.running_head), margin)
        sheet.set_footer(texts.footer(workbook.page_label, workbook.stamp), margin)
        sheet.set_h_pagebreaks(layout.breaks)
        # codes such as 01 are texts, and sums leave out what is not theirs: nothing to warn of
        everywhere = f"A1:{_LAST_CELL}"
        sheet.ignore_errors(
            {"number_stored_as_text": everywhere, "formula_range": everywhere, "formula_differs": everywhere}
        )
        single = layout.single
        if layout.back:
            # the link is of no use on paper
            sheet.print_area(layout.back.row + 1, 0, max(len(layout.heights) - 1, 1), layout.width - 1)
            sheet.freeze_panes(layout.back.row + 1, 0)
        if single and single.part.head:
            sheet.freeze_panes(single.head_bottom + 1, 0)
            sheet.repeat_rows(single.head_top, single.head_bottom)
            if layout.sheet.filtered:
                sheet.autofilter(single.head_bottom, 0, single.tops[-1] - 1, layout.width - 1)

    def _write_links(self) -> None:
        layout = self._layout
        if layout.back:
            self._link(layout.back, layout.sheet.back)
        if layout.lists:
            self._across(layout.lists, self._styles.caption)
        for link in layout.links:
            self._link(link, link.to)

    def _link(self, link: Link, text: str) -> None:
        place = link.to.replace("'", "''")
        self._sheet.write_url(link.row, 0, f"internal:'{place}'!A1", self._styles.link, text)

    def _write_marks(self) -> None:
        column = self._layout.width
        if self._marks:
            self._sheet.set_column(column, column, None, None, {"hidden": True})
        for row, mark in self._marks.items():
            self._sheet.write_string(row, column, mark)

    # --- texts across the columns ------------------------------------------------------------------------------------

    def _across(self, line: Line, looks: tuple[Any, Any]) -> None:
        self._block(line.top, 0, line.bottom, self._layout.width - 1, line.text, looks)

    def _fact(self, line: Line) -> None:
        start = 0 if self._layout.width == 1 else 1
        if start:
            self._block(line.top, 0, line.bottom, 0, line.label, self._styles.label)
        looks = self._styles.subject if line.strong else self._styles.fact
        self._block(line.top, start, line.bottom, self._layout.width - 1, line.text, looks)

    def _block(self, top: int, left: int, bottom: int, right: int, text: str, looks: tuple[Any, Any]) -> None:
        """Write a text into cells that become one; ``looks``: plain, and of what looks like a formula."""
        fitted, risky = _checked(text)
        look = looks[risky]
        self._merge(top, left, bottom, right, look)
        if text:
            self._sheet.write_string(top, left, fitted, look)
        else:
            self._sheet.write_blank(top, left, None, look)

    def _merge(self, top: int, left: int, bottom: int, right: int, look: Any) -> None:
        if top != bottom or left != right:
            # as a blank: what merge_range itself writes, it guesses the type of
            self._sheet.merge_range(top, left, bottom, right, "", look)

    # --- columns -----------------------------------------------------------------------------------------------------

    def _heads(self, placed: PlacedPart) -> None:
        starts, last = placed.starts, placed.head_bottom
        for y, line in enumerate(placed.part.head):
            for x, head in enumerate(line):
                if head is None:
                    continue
                top = placed.head_top + y
                bottom = min(top + head.down - 1, last)
                right = starts[min(x + head.span, len(line))] - 1
                look = self._styles.head_upright if (y, x) in placed.rotated else self._styles.head
                self._block(top, starts[x], bottom, right, head.text, (look, look))

    def _rows(self, placed: PlacedPart) -> None:
        columns, starts, tops = placed.part.columns, placed.starts, placed.tops
        looks = self._looks(columns, is_open=False)
        open_looks = self._looks(columns, is_open=True) if self._guarded else looks
        has_trend = any(column.kind is ColumnKind.TREND for column in columns)
        alone = [column.slots == 1 for column in columns]
        # for each column the row from which it is free of a merge that began above
        free = [0] * len(columns)
        for at, row in enumerate(placed.part.rows):
            top = tops[at]
            tall = tops[at + 1] - top > 1
            row_looks, row_open_looks = looks[row.role], open_looks[row.role]
            next_free = 0
            for x, cell in enumerate(row.cells):
                if x < next_free or free[x] > at:
                    continue
                text, number, span, down, formula, _, typed, _, apart = cell
                look = row_open_looks[x] if typed else row_looks[x]
                if apart:
                    look = (open_looks if typed else looks)[Role.DETAIL][x]
                style = look.text if number is None else look.numbers[text.translate(numbers.SHAPE)]
                if tall or span > 1 or down > 1 or not alone[x]:
                    next_free = min(x + span, len(columns))
                    below = min(at + down, len(tops) - 1)
                    self._merge(top, starts[x], tops[below] - 1, starts[next_free] - 1, style or look.text)
                    if down > 1:
                        free[x:next_free] = [below] * (next_free - x)
                if number is None or style is None:
                    self._text(top, starts[x], text, look)
                else:
                    self._number(top, starts[x], number, style, live=formula is not None)
            if has_trend:
                trends.draw(self._sheet, placed, row, top)

    def _looks(self, columns: Sequence[Column], *, is_open: bool) -> dict[Role, list[Look]]:
        zero = self._zero
        return {
            role: [self._styles.look(column.kind, role, zero, is_open=is_open) for column in columns] for role in Role
        }

    def _number(self, row: int, column: int, number: Decimal, style: Any, *, live: bool) -> None:
        formula = self._formulas.get((row, column)) if live else None
        if formula:
            self._sheet.write_formula(row, column, formula, style, float(number))
        else:
            self._sheet.write_number(row, column, float(number), style)

    def _text(self, row: int, column: int, text: str, look: Look) -> None:
        if not text:
            self._sheet.write_blank(row, column, None, look.text)
        elif text[0] in texts.RISKY or len(text) > _SHORT or not text.isprintable():
            fitted, risky = _checked(text)
            self._sheet.write_string(row, column, fitted, look.quoted if risky else look.text)
        else:
            self._sheet.write_string(row, column, text, look.text)


def _checked(text: str) -> tuple[str, bool]:
    """Return a text as a cell can hold it, and whether an edit of the cell would make a formula of it."""
    return texts.fit(text), text[:1] in texts.RISKY


def _zero_of(layout: SheetLayout) -> Zero:
    """Return how the sheet's amounts look, and the word that stands for zero on it, if any."""
    code = word = ""
    for placed in layout.tables:
        for part in placed.parts:
            at = [x for x, column in enumerate(part.part.columns) if column.kind is ColumnKind.AMOUNT]
            for row in part.part.rows:
                for x in at:
                    text, number = row.cells[x].text, row.cells[x].number
                    if number is None:
                        continue
                    if number and not code:
                        code = numbers.code_of(text.translate(numbers.SHAPE), ColumnKind.AMOUNT) or ""
                    elif not number and not word and numbers.is_word(text):
                        word = text
                    if code and word:
                        return Zero(code, word)
    return Zero(code or numbers.DEFAULT, word)
