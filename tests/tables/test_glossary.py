"""Every kind, column and closing row that the program prints is explained in the glossary."""

import importlib
import pkgutil
import re
from pathlib import Path

from perfdesk import tables
from perfdesk.exchange.reading import read
from perfdesk.paths import resource
from perfdesk.services.output.exporting import programme_context
from perfdesk.tables.catalogue import book_tables
from perfdesk.tables.layout import LAYOUTS
from perfdesk.tables.table import Column, Role

GLOSSARY = (Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
# the words for code alone explain nothing that is printed
EXPLAINED = set(re.findall(r"`([\w-]+)`", GLOSSARY.split("## Names in code")[0]))


def declared(value: object) -> set[str]:
    """Return the keys of all columns within a module's constant."""
    if isinstance(value, Column):
        return {value.key}
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, (tuple, list)):
        return {key for inner in value for key in declared(inner)}
    return set()


def test_every_declared_column_and_kind_is_explained() -> None:
    keys: set[str] = set()
    for info in pkgutil.walk_packages(tables.__path__, "perfdesk.tables."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            if name.isupper():
                keys |= declared(value)
        keys |= {vars(module)["KIND"]} if "KIND" in vars(module) else set()
    assert {"budget_share", "performance_target", "weight", "difference"} <= keys
    assert keys <= EXPLAINED, f"not in docs/glossary.md: {sorted(keys - EXPLAINED)}"


def test_every_closing_row_is_explained() -> None:
    municipality = read(resource("sample", "guneycam.json").read_bytes())
    keys = {
        row.key
        for layout in LAYOUTS
        for table in book_tables(programme_context(municipality, 2027, layout))
        if table.kind != "resource_table"
        for part in table.parts
        for row in part.rows
        if row.role in (Role.SUBTOTAL, Role.TOTAL) and ":" not in row.key
    }
    assert "targets_total" in keys
    assert keys <= EXPLAINED, f"not in docs/glossary.md: {sorted(keys - EXPLAINED)}"
