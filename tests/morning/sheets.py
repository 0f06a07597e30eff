"""What the clerk has in a spreadsheet: indicators and costs as a unit has sent them, and as LibreOffice copies them."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Final

Row = tuple[str | Decimal, ...]
INDICATORS: Final = 40
COSTS: Final = 25
COST_HEADS: Final = ("Faaliyet", "Sorumlu birim", "01", "02", "03", "06")
_THINGS: Final = ("Sulanan ağaç", "Bakımı yapılan park", "Döşenen çim", "Yenilenen oyun alanı", "Eğitilen görevli")
_UNITS: Final = ("adet", "m²", "%", "kişi", "ton")
_OFFICES: Final = ("Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü", "Mali Hizmetler Müdürlüğü")


def indicators() -> list[Row]:
    """Return the rows of indicators: name, unit, two years and the target, a note."""
    rows: list[Row] = []
    for n in range(1, INDICATORS + 1):
        name = f"{_THINGS[n % len(_THINGS)]} göstergesi {n}"
        values = (Decimal(1234 * n) / 10, Decimal(1000 + n), Decimal(2000 * n))
        rows.append((name, _UNITS[n % len(_UNITS)], *values, f"Şube {n} bildirdi" if n % 3 == 0 else ""))
    return rows


def costs() -> list[Row]:
    """Return the rows of costs: activity, unit, an amount for each code of the heads."""
    rows: list[Row] = []
    for n in range(1, COSTS + 1):
        amounts: tuple[str | Decimal, ...] = (
            Decimal(100_000 * n) + Decimal("0.35"),
            Decimal(12_500 * n),
            Decimal(4_321 * n) / 4,
            Decimal(1_000_000 * n) if n % 2 else "",
        )
        rows.append((f"Sulama işi {n}: İlçe çeşmesi", _OFFICES[n % len(_OFFICES)], *amounts))
    return rows


def write(rows: Sequence[Sequence[str | Decimal]], html: Path, text: Path) -> None:
    """Write cells as LibreOffice puts them on the clipboard: a table, with numbers beside what is shown; and tabs."""
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in rows)
    html.write_text(
        '<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv="content-type" content="text/html; charset=utf-8"/>\n'
        '<meta name="generator" content="LibreOffice 7.4"/>\n</head>\n<body>\n<table cellspacing="0" border="0">\n'
        f'<colgroup span="{len(rows[0])}"></colgroup>\n{lines}</table>\n</body>\n</html>\n',
        "utf-8",
    )
    text.write_text("".join("\t".join(map(shown, row)) + "\n" for row in rows), "utf-8")


def shown(cell: str | Decimal) -> str:
    """Return what a Turkish spreadsheet shows in a cell."""
    return cell if isinstance(cell, str) else f"{cell:,}".translate(str.maketrans(",.", ".,"))


def _cell(cell: str | Decimal) -> str:
    if isinstance(cell, str):
        return f'<td height="17" align="left">{escape(cell) or "<br>"}</td>'
    return f'<td align="right" sdval="{cell}" sdnum="1055;0;#.##0,##">{shown(cell)}</td>'
