"""What a roll-over would do, in words and in two small tables, for the dialog of the new year."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from perfdesk.domain.new_year import Origin
from perfdesk.domain.numbers import format_number
from perfdesk.domain.value import Value
from perfdesk.i18n import N_, _
from perfdesk.services.rolling import Example, NewYearPreview

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FROM: Final = {
    Origin.TARGET: N_("{count} indicators: the target of {last} is proposed as the estimate of {last}."),
    Origin.KNOWN: N_("{count} indicators: the estimate of {last} that is known already stays."),
}
_REALISED: Final = {
    Origin.RESULT: N_("{count} indicators: the value realised in {before} is taken from that year's results."),
    Origin.KNOWN: N_("{count} indicators: the value realised in {before} that is known already stays."),
    Origin.ESTIMATE: N_("{count} indicators: the estimate of {before} is taken as realised."),
}
_TARGETS: Final = {
    Origin.FORECAST: N_("{count} indicators: the forecast of {year} is taken as the target of {year}."),
}
_NAMED: Final = 3
_PADDING: Final = 8


def sentences(preview: NewYearPreview) -> Iterator[str]:
    """Yield what happens, a sentence each: what is new, copied, moved, emptied, left."""
    years = {"year": preview.year, "last": preview.year - 1, "before": preview.year - 2}
    copied = preview.copied
    if preview.plan_is_new:
        yield _("The plan period {first}-{last} begins.").format(
            first=preview.plan.first_year, last=preview.plan.last_year
        )
    yield _(
        "Copied: {targets} targets, {indicators} indicators, {activities} activities, {sheets} cost sheets."
    ).format(
        targets=copied.targets, indicators=copied.indicators, activities=copied.activities, sheets=copied.cost_sheets
    )
    yield _("Copied: {tables} resource tables, {sections} sections, {policies} policy documents.").format(
        tables=copied.resource_tables, sections=copied.sections, policies=copied.policy_documents
    )
    yield _("The amounts of {last} are kept as last year's budget.").format(**years)
    for counts, words in ((preview.realised, _REALISED), (preview.estimates, _FROM), (preview.targets, _TARGETS)):
        for origin, text in words.items():
            if counts[origin]:
                yield _(text).format(count=counts[origin], **years)
    for counts, text in (
        (preview.realised, N_("{count} indicators: the value realised in {before} is empty.")),
        (preview.estimates, N_("{count} indicators: the estimate of {last} is empty.")),
        (preview.targets, N_("{count} indicators: the target of {year} is empty; it is yours to set.")),
    ):
        empty = copied.indicators - sum(counts.values())
        if empty:
            yield _(text).format(count=empty, **years)
    yield from _left_behind(preview)


def _left_behind(preview: NewYearPreview) -> Iterator[str]:
    last = preview.year - 1
    for count, text in (
        (preview.notes, N_("{count} notes are not copied.")),
        (preview.deferred, N_("{count} marks “deferred” are removed.")),
        (preview.results, N_("{count} results stay with {last}.")),
        (len(preview.stopped), N_("{count} targets do not continue.")),
    ):
        if count:
            yield _(text).format(count=count, last=last)
    if preview.lost:
        names = "; ".join(preview.lost[:_NAMED]) + ("…" if len(preview.lost) > _NAMED else "")
        yield _("{count} targets cannot be taken over, for the plan period has no objective for them: {names}").format(
            count=len(preview.lost), names=names
        )
    if preview.mentions:
        yield _("{count} texts still name the year {last}; look through them.").format(
            count=len(preview.mentions), last=last
        )


def fill_sums(table: QTableWidget, preview: NewYearPreview) -> None:
    """Show the totals of both years, with kuruş where any of a year's has some."""
    before = _amounts([one.before for one in preview.sums])
    after = _amounts([one.after for one in preview.sums])
    rows = [[_(one.label), *amounts] for one, *amounts in zip(preview.sums, before, after, strict=True)]
    _fill(table, ["", str(preview.year - 1), str(preview.year)], rows, numbers=2)
    # the last row is the total
    font = table.font()
    font.setBold(True)
    for c in range(table.columnCount()):
        item = table.item(len(rows) - 1, c)
        if item is not None:
            item.setFont(font)


def _amounts(amounts: Sequence[Decimal]) -> list[str]:
    places = 2 if any(amount != amount.to_integral_value() for amount in amounts) else 0
    return [format_number(amount, places) for amount in amounts]


def fill_examples(table: QTableWidget, preview: NewYearPreview) -> None:
    """Show the values of the first indicators, in the last programme and beside it in the new one."""
    last, year = preview.year - 1, preview.year
    heads = [
        _("Indicator"),
        *(
            _("In the\n{programme} book:\n{value}").format(programme=programme, value=_(value).format(year=of))
            for programme, value, of in (
                (last, N_("{year} estimate"), last - 1),
                (last, N_("{year} target"), last),
                (year, N_("{year} realised"), year - 2),
                (year, N_("{year} estimate"), year - 1),
                (year, N_("{year} target"), year),
            )
        ),
    ]
    _fill(table, heads, [_example(example) for example in preview.examples], numbers=5)


def _example(example: Example) -> list[str]:
    name = f"{example.name} ({example.unit})" if example.unit else example.name
    return [name, *map(_value, (*example.before[1:], *example.after))]


def _value(value: Value) -> str:
    return _("empty") if value.is_blank else value.display()


def _fill(table: QTableWidget, heads: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: int) -> None:
    """Show rows in full height; the first column takes the room, the last ones hold numbers."""
    table.setColumnCount(len(heads))
    table.setRowCount(len(rows))
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(table.fontMetrics().lineSpacing() + _PADDING)
    header = table.horizontalHeader()
    sides = [_RIGHT if c >= len(heads) - numbers else _LEFT for c in range(len(heads))]
    for c, (head, side) in enumerate(zip(heads, sides, strict=True)):
        table.setHorizontalHeaderItem(c, _cell(head, side))
        mode = QHeaderView.ResizeMode.ResizeToContents if c else QHeaderView.ResizeMode.Stretch
        header.setSectionResizeMode(c, mode)
    for r, row in enumerate(rows):
        for c, (text, side) in enumerate(zip(row, sides, strict=True)):
            table.setItem(r, c, _cell(text, side))
    if table.findChild(QTimer) is None:
        # columns tell their widths one by one; with the last one the rows can be fitted
        settled = QTimer(table)
        settled.setSingleShot(True)
        settled.setInterval(0)
        settled.timeout.connect(lambda: _fit(table))
        header.sectionResized.connect(lambda *_sizes: settled.start())
    _fit(table)


def _fit(table: QTableWidget) -> None:
    """Make a table as high as its rows; long names go on in a second line in the width that their column has."""
    table.resizeRowsToContents()
    height = table.horizontalHeader().sizeHint().height() + table.verticalHeader().length()
    table.setFixedHeight(height + 2 * table.frameWidth())


def _cell(text: str, side: Qt.AlignmentFlag) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(side)
    item.setToolTip(text)
    return item
