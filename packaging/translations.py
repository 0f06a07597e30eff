"""The catalogues: collects the msgids of the program and of ui/*.ui, updates perfdesk.pot and the .po files.

``packaging/dev.py translations`` runs it; with ``--check`` it changes nothing and fails where a catalogue is behind
the sources or Turkish is incomplete.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree as ET

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("tr", "en")
# Besides gettext's own names: what perfdesk.i18n offers for texts of printed documents.
KEYWORDS = {**DEFAULT_KEYWORDS, "printed": None}
COMMENT_TAG = "Translators:"
# Head lines left out: dates and tools change without a word changing (git has the history), the rest are placeholders.
NOISE = tuple(
    f'"{name}:'.encode()
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)


def extract_ui(
    fileobj: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield the texts of a Designer file as Babel wants them: everything shown, but no shortcut keys."""
    del keywords, comment_tags, options  # Babel's signature
    root = ET.parse(fileobj).getroot()  # noqa: S314 - our own files
    hidden = {
        text
        for property_ in root.iter("property")
        if property_.get("name") in {"shortcut", "shortcuts"}
        for text in property_.iter("string")
    }
    for strings in root.iter("stringlist"):
        if strings.get("notr") == "true":
            hidden.update(strings.iter("string"))
    for text in root.iter("string"):
        if text in hidden or text.get("notr") == "true" or not (text.text or "").strip():
            continue
        comments = [comment for key in ("comment", "extracomment") if (comment := text.get(key))]
        yield 0, None, text.text or "", comments


def extract(root: Path) -> Catalog:
    """Return the template: every msgid of the sources, with the files that use it."""
    template = Catalog(fuzzy=False, charset="utf-8")
    template.header_comment = "# perfdesk's words. Updated by packaging/dev.py translations."
    for folder, methods in (
        ("src/perfdesk", [("gui/forms/**", "ignore"), ("**.py", "python")]),
        ("ui", [("**.ui", extract_ui)]),
    ):
        method_map: Iterable[Any] = methods  # a callable is allowed, which Babel's annotation does not say
        for file, _line, message, comments, context in extract_from_dir(
            root / folder, method_map, keywords=KEYWORDS, comment_tags=(COMMENT_TAG,), strip_comment_tags=True
        ):
            template.add(message, None, [(f"{folder}/{file}", 0)], auto_comments=comments, context=context)
    return template


def updated(root: Path) -> dict[Path, bytes]:
    """Return what the template and the catalogues should contain, by path."""
    template = extract(root)
    contents = {root / "translations" / "perfdesk.pot": _po(template)}
    for language in LANGUAGES:
        path = root / "translations" / language / "LC_MESSAGES" / "perfdesk.po"
        catalogue = Catalog(locale=language, fuzzy=False, charset="utf-8")
        if path.is_file():
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language, abort_invalid=True)
        # No guesses from similar texts: a guess looks like a translation. What is gone is gone; git remembers it.
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=True)
        catalogue.obsolete.clear()
        contents[path] = _po(catalogue)
    return contents


def untranslated(po: bytes, language: str) -> list[str]:
    """Return the msgids that a catalogue leaves empty or marks as unsure."""
    missing = []
    for message in read_po(io.BytesIO(po), locale=language):
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(texts)):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def _po(catalogue: Catalog) -> bytes:
    """Return a catalogue as text: by file, without line numbers and dates, so that it changes when words change."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, sort_by_file=True, include_lineno=False)
    return b"".join(line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(NOISE))


def main(arguments: list[str]) -> int:
    """Update the catalogues, or check them; 1 when the check fails."""
    check = arguments == ["--check"]
    if arguments and not check:
        print("usage: translations.py [--check]", file=sys.stderr)
        return 2
    wrong = False
    for path, content in updated(ROOT).items():
        shown = path.relative_to(ROOT)
        current = path.read_bytes() if path.is_file() else None
        if current == content:
            print(f"{shown}: current")
        elif check:
            wrong = True
            print(f"{shown}: behind the sources; run packaging/dev.py translations")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            print(f"{shown}: updated")
        # English needs no translations: its words are the msgids.
        if path.suffix == ".po" and path.parents[1].name != "en":
            missing = untranslated(content, path.parents[1].name)
            wrong = wrong or (check and bool(missing))
            for message in missing:
                print(f"{shown}: not translated: {message!r}")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
