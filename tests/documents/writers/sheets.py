"""Helpers for tests of workbooks: a small one, what a spreadsheet shows under Turkish settings, what formulas give."""

import io
import re
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
from openpyxl.utils import coordinate_to_tuple

from perfdesk.documents.blocks import Sheet, Workbook
from perfdesk.tables.table import (
    COVERED,
    EMPTY,
    Cell,
    Column,
    ColumnKind,
    Fact,
    Formula,
    Head,
    Op,
    Part,
    Ref,
    Role,
    Row,
    Table,
)

COST = (
    Column("code", "", ColumnKind.CODE, 1),
    Column("name", "", ColumnKind.TEXT, 6),
    Column("amount", "", ColumnKind.AMOUNT, 3),
)
NEED = (
    Column("code", "", ColumnKind.CODE, 1),
    Column("name", "", ColumnKind.TEXT, 5),
    Column("activities", "", ColumnKind.AMOUNT, 3),
    Column("share", "", ColumnKind.SHARE, 1),
)


def lira(amount, formula=None, **merge):
    number = Decimal(amount)
    text = f"{number:,.2f}".translate(str.maketrans(",.", ".,")) if number else "-"
    return Cell(f"₺{text}" if number else text, number, formula=formula, **merge)


def sums(*refs, plus="0"):
    return Formula(Op.SUM, tuple(refs), Decimal(plus))


def cost_table(id_, amounts):
    """Return a table as cost sheets are: codes with amounts, and their total."""
    rows = [
        Row(Role.DETAIL, code, (Cell(code), Cell(f"Ekonomik kod {code}"), lira(amount)))
        for code, amount in amounts.items()
    ]
    of_all = sums(*(Ref("cost", id_, code, "amount") for code in amounts))
    total = sum(map(Decimal, amounts.values()), Decimal(0))
    rows.append(Row(Role.TOTAL, "total", (EMPTY, Cell("Toplam"), lira(total, of_all if amounts else None))))
    head = ((Head("Kod"), Head("Ekonomik Kod"), Head("2025 (TL)")),)
    facts = (Fact("units", "Sorumlu Harcama Birimi", f"Birim {id_}"), Fact("subject", "Faaliyet", "=1+1", strong=True))
    return Table("cost", id_, f"Tablo {id_} Faaliyet Maliyetleri", (Part("cost", COST, head, tuple(rows)),), facts)


def need_table(tables):
    """Return a table that adds up cost tables by code, with shares; ``tables`` by id, their amounts by code."""
    by_code = {}
    for id_, amounts in tables.items():
        for code, amount in amounts.items():
            by_code.setdefault(code, []).append((id_, Decimal(amount)))
    grand = sum((amount for lines in by_code.values() for _, amount in lines), Decimal(0))
    rows = []

    def add(role, key, name, amount, formula):
        share = (amount * 100 / grand).quantize(Decimal("0.01"), ROUND_HALF_UP) if grand else Decimal(0)
        of_grand = Formula(Op.SHARE, (Ref("need", "", key, "activities"), Ref("need", "", "total", "activities")))
        shown = Cell(f"{share}%".replace(".", ","), share, formula=of_grand)
        rows.append(
            Row(role, key, (Cell(key if role is Role.DETAIL else ""), Cell(name), lira(amount, formula), shown))
        )

    for code, lines in sorted(by_code.items()):
        refs = (Ref("cost", id_, code, "amount") for id_, _ in lines)
        add(Role.DETAIL, code, f"Ekonomik kod {code}", sum((a for _, a in lines), Decimal(0)), sums(*refs))
    total = sums(*(Ref("need", "", code, "activities") for code in sorted(by_code)))
    add(Role.TOTAL, "total", "Genel Toplam", grand, total if by_code else None)
    head = (
        (Head("Kod", down=2), Head("Ekonomik Kod", down=2), Head("Toplam", span=2), None),
        (None, None, Head("(TL)"), Head("Pay (%)")),
    )
    return Table("need", "", "Toplam Kaynak İhtiyacı", (Part("need", NEED, head, tuple(rows)),))


def small_workbook():
    """Return a workbook with one of everything."""
    costs = {
        "a": {"01": "1250.50", "03": "0.00", "06": "9999999748749.14"},
        "b": {"01": "0.10", "03": "250000.00"},
        "c": {"03": "0.25"},
    }
    two = (
        Column("name", "", ColumnKind.TEXT, 7, slots=2),
        Column("value", "", ColumnKind.VALUE, 2),
        Column("flag", "", ColumnKind.FLAG, 1),
    )
    four = tuple(Column(f"column:{n}", "", ColumnKind.TEXT if n < 3 else ColumnKind.VALUE, 2) for n in (1, 2, 3, 4))
    indicators = (
        Row(Role.DETAIL, "1", (Cell("Açılan kurs sayısı"), Cell("12,50", Decimal("12.50")), Cell("✓"))),
        Row(Role.DETAIL, "2", (Cell("+90 ile başlayan"), Cell("-5", Decimal(-5)), EMPTY)),
        Row(Role.DETAIL, "3", (Cell("Açıklama: bütün satır", span=3), COVERED, COVERED)),
        Row(Role.DETAIL, "4", (Cell("Uzun sayı"), Cell("0," + "1" * 20, Decimal("0." + "1" * 20)), Cell("X"))),
    )
    quantities = (
        Row(
            Role.DETAIL,
            "1",
            (Cell("Merkez", down=2), Cell("• bir\n• iki", bullets=("bir", "iki")), *numbers("1,5", "2")),
        ),
        Row(Role.DETAIL, "2", (COVERED, Cell("@bina"), *numbers("1234", "0,125"))),
        Row(
            Role.TOTAL,
            "total",
            (
                Cell("Toplam", span=2),
                COVERED,
                Cell("1.235,5", Decimal("1235.5"), formula=sums(*(Ref("mixed", "", n, "column:3") for n in "12"))),
                Cell("2,125", Decimal("2.125"), formula=sums(*(Ref("mixed", "", n, "column:4") for n in "12"))),
            ),
        ),
        Row(
            Role.DETAIL,
            "gone",
            (Cell("Başka dosyadan"), EMPTY, Cell("7", Decimal(7), formula=sums(Ref("?", "", "", ""))), EMPTY),
        ),
    )
    mixed = Table(
        "mixed",
        "",
        "Karışık tablo",
        (
            Part("one", two, ((Head("Gösterge"), Head("Değer"), Head("")),), indicators),
            Part("two", four, ((Head("Yer"), Head("Bina"), Head("Alan"), Head("Pay")),), quantities),
        ),
        note="Kaynak: müdürlükler.",
    )
    return Workbook(
        "Örnek Belediyesi 2025 Yılı Performans Programı",
        "Örnek Belediyesi",
        ("ÖRNEK BELEDİYESİ", "2025 YILI PERFORMANS PROGRAMI"),
        "Sayfa {page} / {pages}",
        (
            Sheet("cost", "Faaliyet Maliyetleri", tuple(cost_table(id_, amounts) for id_, amounts in costs.items())),
            Sheet("need", "Toplam Kaynak İhtiyacı", (need_table(costs),), landscape=True),
            Sheet("mixed", "Karışık", (mixed, Table("mixed", "2", "Boş tablo", (), empty="Veri yok"))),
        ),
    )


def numbers(*texts):
    return tuple(Cell(text, Decimal(text.replace(".", "").replace(",", "."))) for text in texts)


# --- reading ------------------------------------------------------------------------------------------------------


def load(data, *, results=False):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=results)


def turkish(value, code):
    """Return what a number format shows of a number under Turkish settings."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    sections = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', code)
    if number == 0 and len(sections) > 2:
        section, sign = sections[2], ""
    elif number < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    else:
        section, sign = sections[0], "-" * (number < 0)
    text = sign
    for quoted, escaped, core, other in re.findall(r'"([^"]*)"|\\(.)|((?:#,##)?0(?:\.0+)?)|(.)', section):
        if core:
            places = len(core.partition(".")[2])
            rounded = abs(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            text += f"{rounded:{',' * core.startswith('#')}f}".translate(str.maketrans(",.", ".,"))
        else:
            text += quoted or escaped or other
    return text


_REF = re.compile(r"(?:'((?:[^']|'')+)'!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


class Evaluator:
    """Computes the formulas of a workbook anew, from its plain numbers alone."""

    def __init__(self, data):
        self._book = load(data)
        self._known = {}

    def cell(self, sheet, row, column):
        key = (sheet, row, column)
        if key not in self._known:
            value = self._book[sheet].cell(row, column).value
            if isinstance(value, str) and self._book[sheet].cell(row, column).data_type == "f":
                value = self._formula(sheet, value)
            elif isinstance(value, int | float):
                value = Decimal(repr(value))
            self._known[key] = value
        return self._known[key]

    def formulas(self):
        """Yield (sheet, row, column, result) of every formula."""
        for sheet in self._book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        yield sheet.title, cell.row, cell.column, self.cell(sheet.title, cell.row, cell.column)

    def _formula(self, sheet, text):
        ranges = []

        def keep(match):
            name, left, top, right, bottom = match.groups()
            first = coordinate_to_tuple(left + top)
            last = coordinate_to_tuple(right + bottom) if right else first
            ranges.append(
                [
                    self.cell((name or sheet).replace("''", "'"), row, column)
                    for row in range(first[0], last[0] + 1)
                    for column in range(first[1], last[1] + 1)
                ]
            )
            return f"_r[{len(ranges) - 1}]"

        strings = re.findall(r'"[^"]*"', text)
        parts = re.split(r'"[^"]*"', text[1:])
        code = ""
        for n, part in enumerate(parts):
            named = _REF.sub(keep, part).replace("=0,", "==0,")
            exact = re.sub(r"(?<![\w.\[])(\d+(?:\.\d+)?)(?![\w.\]])", r"Decimal('\1')", named)
            code += re.sub(r"\bIF\(_r\[(\d+)\]==", r"IF(_one(_r[\1])==", exact)
            code += strings[n] if n < len(strings) else ""
        scope = {"_r": [_Cells(values) for values in ranges], "Decimal": Decimal, "_one": _one, **_FUNCTIONS}
        return _one(eval(code, scope))


class _Cells(list):
    def __truediv__(self, other):
        return _one(self) / _one(other) if _one(other) else Decimal(0)

    def __add__(self, other):
        return _one(self) + other

    def __sub__(self, other):
        return _one(self) - _one(other)


def _one(value):
    if isinstance(value, list):
        assert len(value) == 1
        value = value[0]
    return value if value is not None else Decimal(0)


def _sum(*arguments):
    flat = [item for argument in arguments for item in (argument if isinstance(argument, list) else [argument])]
    return sum((item for item in flat if isinstance(item, Decimal)), Decimal(0))


def _sumif(keys, wanted, amounts):
    # as loosely as spreadsheets compare: without case, numbers as numbers
    assert not re.search(r"[*?~]", wanted)
    assert not wanted.replace(".", "").isdigit()
    return sum((a for k, a in zip(keys, amounts, strict=True) if str(k).lower() == wanted.lower() and a), Decimal(0))


_FUNCTIONS = {
    "SUM": _sum,
    "SUMIF": _sumif,
    "IF": lambda test, yes, no: yes if test else no,
    "ROUND": lambda value, places: _one(value).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP),
}
