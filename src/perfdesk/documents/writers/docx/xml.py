"""The elements of a Word file: made in its namespace, with texts that any XML file can hold."""

import re
from typing import Any, Final

# lxml publishes no types
Element = Any

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# what XML cannot hold; tabs and the ends of lines are elements of their own
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECES: Final = re.compile("([\t\n])")


def named(name: str) -> str:
    """Return a name with Word's namespace."""
    return f"{{{NAMESPACE}}}{name}"


class _Names(dict[str, str]):
    """Names with their namespace, each made once."""

    def __missing__(self, name: str) -> str:
        made = self[name] = named(name)
        return made


_names: Final = _Names()


def add(parent: Element, name: str, /, **attributes: object) -> Element:
    """Add an element of Word's and return it; attributes of None are left out."""
    made = parent.makeelement(
        _names[name], {_names[key]: str(value) for key, value in attributes.items() if value is not None}
    )
    parent.append(made)
    return made


def relate(element: Element, key: str) -> None:
    """Let an element mean another part of the file."""
    element.set(f"{{{_RELATIONS}}}id", key)


def fit(text: str) -> str:
    """Return a text as XML can hold it; what it cannot becomes the replacement character."""
    if text.isprintable():
        return text
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(fit(text).split())


def add_run(parent: Element, text: str, *, bold: bool = False, style: str = "", size: float = 0) -> None:
    """Add a text in one look; its line ends and tabs stay."""
    if not text:
        return
    run = add(parent, "r")
    if bold or style or size:
        look = add(run, "rPr")
        if style:
            add(look, "rStyle", val=style)
        if bold:
            add(look, "b")
        if size:
            add(look, "sz", val=round(size * 2))
    add_text(run, text)


def add_text(run: Element, text: str) -> None:
    """Add a text to a run."""
    clean = fit(text)
    if "\n" not in clean and "\t" not in clean:
        _add_piece(run, clean)
        return
    for piece in _PIECES.split(clean):
        if piece == "\n":
            add(run, "br")
        elif piece == "\t":
            add(run, "tab")
        elif piece:
            _add_piece(run, piece)


def _add_piece(run: Element, text: str) -> None:
    made = add(run, "t")
    made.text = text
    if text[:1] == " " or text[-1:] == " " or "  " in text:
        made.set(_SPACE, "preserve")


def open_field(parent: Element, code: str, *, hidden: bool = False) -> None:
    """Begin a field; what is added until ``close_field`` is what it shows until Word works it out again."""
    add(_field_run(parent, hidden=hidden), "fldChar", fldCharType="begin")
    instruction = add(_field_run(parent, hidden=hidden), "instrText")
    instruction.text = f" {code} "
    instruction.set(_SPACE, "preserve")
    add(_field_run(parent, hidden=hidden), "fldChar", fldCharType="separate")


def close_field(parent: Element, *, hidden: bool = False) -> None:
    """End a field."""
    add(_field_run(parent, hidden=hidden), "fldChar", fldCharType="end")


def add_hidden_field(parent: Element, code: str, result: str) -> None:
    """Add a field that nobody sees."""
    open_field(parent, code, hidden=True)
    add(_field_run(parent, hidden=True), "t").text = result
    close_field(parent, hidden=True)


def _field_run(parent: Element, *, hidden: bool) -> Element:
    run = add(parent, "r")
    if hidden:
        add(add(run, "rPr"), "vanish")
    return run


def add_field(parent: Element, code: str, shown: str) -> None:
    """Add a field with what it shows until Word works it out again."""
    open_field(parent, code)
    add_run(parent, shown)
    close_field(parent)
