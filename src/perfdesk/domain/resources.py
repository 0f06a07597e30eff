"""Kaynak tabloları: physical, technological and human resources, typed or free-form."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A row of texts as typed."""

    cells: tuple[str, ...]
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ResourceTable:
    """Kaynak tablosu: neighbouring equal texts in a header row are one cell, "" belongs to the cell above.

    ``total_row`` and ``total_column`` ask for computed totals; these are never among ``rows``.
    """

    section: str = ""
    caption: str = ""
    header: tuple[tuple[str, ...], ...] = ()
    rows: tuple[ResourceRow, ...] = ()
    kind: str = ""
    total_row: bool | None = None
    total_column: bool | None = None
    side_by_side: int | None = None
    note: str = ""
    row: int = field(default=0, compare=False)

    @property
    def width(self) -> int:
        """The number of columns, computed ones not counted."""
        return max((len(line) for line in (*self.header, *(row.cells for row in self.rows))), default=0)
