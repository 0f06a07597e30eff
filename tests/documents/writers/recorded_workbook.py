"""Records what the writer asks of XlsxWriter, and asks it again of a bare book: the floor of its running time."""

import io

import xlsxwriter

_RECORDED = frozenset(
    {"write_string", "write_number", "write_formula", "write_blank", "merge_range", "set_row", "set_column"}
)


class RecordedSheet:
    """Passes calls on to a worksheet and keeps those that write cells and sizes."""

    def __init__(self, worksheet):
        self._worksheet = worksheet
        self.calls = []

    def __getattr__(self, name):
        method = getattr(self._worksheet, name)
        if name not in _RECORDED:
            return method

        def call(*args):
            self.calls.append((name, args))
            return method(*args)

        return call


class RecordedBook:
    """Passes calls on to a book and keeps the formats it makes."""

    def __init__(self, book):
        self._book = book
        self.sheets = []
        self.formats = {}

    def add_worksheet(self, name):
        sheet = RecordedSheet(self._book.add_worksheet(name))
        self.sheets.append((name, sheet.calls))
        return sheet

    def add_format(self, properties):
        made = self._book.add_format(properties)
        self.formats[made] = properties
        return made

    def __getattr__(self, name):
        return getattr(self._book, name)


def record(workbook, save):
    """Return the recorded book of a workbook; ``save`` is the writer's."""
    book = RecordedBook(xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}))
    save(workbook, book)
    return book


def replay(recorded):
    """Write the same cells, sizes, merges and formats into a bare book; return its bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = {made: book.add_format(properties) for made, properties in recorded.formats.items()}
    for name, calls in recorded.sheets:
        sheet = book.add_worksheet(name)
        for method, args in calls:
            getattr(sheet, method)(*[formats.get(arg, arg) if type(arg) not in _PLAIN else arg for arg in args])
    book.close()
    return stream.getvalue()


_PLAIN = frozenset({int, float, str, dict, type(None)})
