"""The window asks services, never the storage: of that it knows no more than the types that services hand over."""

import ast
import inspect
from importlib import import_module
from pathlib import Path
from types import UnionType

from perfdesk import gui

STORAGE = "perfdesk.storage"


def crossing(source):
    """Return what a module takes from the storage, module by module and name by name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(STORAGE):
            found += [(node.module, name.name) for name in node.names]
        elif isinstance(node, ast.Import):
            found += [(name.name, "") for name in node.names if name.name.startswith(STORAGE)]
    return found


def is_type(module, name):
    taken = getattr(import_module(module), name, None) if name else None
    # a name for several types is one, too
    return inspect.isclass(taken) or isinstance(taken, UnionType)


def test_only_types_cross():
    modules = sorted(Path(gui.__file__).parent.rglob("*.py"))
    found = [(path.name, *taken) for path in modules for taken in crossing(path.read_text("utf-8"))]
    assert ("session.py", f"{STORAGE}.store", "Store") in found
    assert [taken for taken in found if not is_type(*taken[1:])] == []


def test_functions_and_modules_are_told_from_types():
    taken = crossing("from perfdesk.storage import files\nimport perfdesk.storage.lock\n"
                     "from perfdesk.storage.files import create, NotWritableError")  # fmt: skip
    assert [name for module, name in taken if not is_type(module, name)] == ["files", "", "create"]
