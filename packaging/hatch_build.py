"""Generated files: windows compiled from ui/*.ui, catalogues compiled from translations/*/LC_MESSAGES/*.po.

The build hook of hatchling, so that ``pip install .`` and ``pip install -e .`` give a working program;
``packaging/dev.py build`` runs the same step in a checkout. Nothing generated is committed. A wheel carries the data
folders inside the package; an editable install reads those of the checkout (``perfdesk.paths`` looks in this order).
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = ("resources", "translations")
FORMS = Path("src", "perfdesk", "gui", "forms")
FORMS_INIT = '"""Windows and dialogs, generated from ui/*.ui: do not edit, `packaging/dev.py build` writes them."""\n'
# uic as PySide6 starts it, without relying on its console script being on PATH.
UIC = (sys.executable, "-c", "from PySide6.scripts.pyside_tool import uic; uic()")


class PerfdeskBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # generic in a name hatchling hides
    """Generates before the wheel is packed or the editable install is made, and packs the data folders."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Generate everything; version is "standard" or "editable"."""
        generate(Path(self.root))
        if version != "editable":  # which would copy them once and never again
            for folder in DATA:
                build_data["force_include"][folder] = f"perfdesk/_data/{folder}"


def generate(root: Path) -> list[Path]:
    """Compile all windows and catalogues below the project's root; return the files written or found current."""
    return compile_forms(root) + compile_catalogues(root)


def compile_forms(root: Path) -> list[Path]:
    """Compile ui/<name>.ui into src/perfdesk/gui/forms/ui_<name>.py and remove what has no source any more.

    uic's own ``retranslateUi`` stays as it is: the program's translator answers its calls from the catalogue.
    """
    sources = sorted((root / "ui").glob("*.ui"))
    target = root / FORMS
    forms = {target / f"ui_{source.stem}.py": source for source in sources}
    for stale in set(target.glob("ui_*.py")) - set(forms):
        stale.unlink()
    if not forms:
        return []
    target.mkdir(parents=True, exist_ok=True)
    _write(target / "__init__.py", FORMS_INIT.encode())
    for form, source in forms.items():
        uic = subprocess.run([*UIC, "-g", "python", str(source)], capture_output=True, check=False)
        if uic.returncode:
            raise SystemExit(f"uic failed on {source}:\n{uic.stderr.decode(errors='replace')}")
        _write(form, uic.stdout)
    return [target / "__init__.py", *forms]


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every translations/<language>/LC_MESSAGES/perfdesk.po into the .mo beside it."""
    written = []
    for source in sorted((root / "translations").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name, abort_invalid=True)
        target = source.with_suffix(".mo")
        temporary = target.with_suffix(".mo.new")
        with temporary.open("wb") as file:
            write_mo(file, catalogue)
        temporary.replace(target)  # a program that runs meanwhile reads the old one or the new one, never half
        written.append(target)
    return written


def _write(path: Path, content: bytes) -> None:
    """Write a file unless it already has this content, so that its time says when it last changed."""
    if not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)


if __name__ == "__main__":
    made = generate(Path(__file__).resolve().parent.parent)
    print(f"{len(made)} files generated: {', '.join(path.name for path in made)}" if made else "nothing to generate")
