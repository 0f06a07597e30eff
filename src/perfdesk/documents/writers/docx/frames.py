"""Running heads and feet: for upright and for turned pages, and none for covers."""

from typing import Final

from docx.document import Document as WordFile

from perfdesk.documents.blocks import Document
from perfdesk.documents.writers.docx.body import Frames, Pages
from perfdesk.documents.writers.docx.measures import TEXT, TURNED_TEXT, twips
from perfdesk.documents.writers.docx.xml import Element, add, add_field, add_run, line

_FIELDS: Final = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_BETWEEN: Final = " · "


def add_frames(file: WordFile, document: Document) -> dict[Pages, Frames]:
    """Add heads and feet to a file; return where they are."""
    bare = _frames(file, document, None)
    upright = _frames(file, document, TEXT)
    turned = _frames(file, document, TURNED_TEXT)
    return {Pages.BARE: bare, Pages.UPRIGHT: upright, Pages.TURNED: turned}


def _frames(file: WordFile, document: Document, width: float | None) -> Frames:
    head, head_key = file.part.add_header_part()  # type: ignore[no-untyped-call] # the library's types have gaps
    foot, foot_key = file.part.add_footer_part()  # type: ignore[no-untyped-call] # as above
    _fill(head.element, "header", document.running_head, document, width)
    # a copy to be edited is that version no longer: it says where it came from, but not on its cover
    left = _BETWEEN.join(text for text in (document.foot, document.stamp) if text)
    _fill(foot.element, "footer", (left, document.page_label), document, width)
    return Frames(head_key, foot_key)


def _fill(root: Element, style: str, sides: tuple[str, str], document: Document, width: float | None) -> None:
    """Put one text to the left and one to the right; nothing where no width is given."""
    for child in list(root):
        root.remove(child)
    made = add(root, "p")
    look = add(made, "pPr")
    add(look, "pStyle", val=style if width else "Normal")
    if not width:
        return
    add(add(look, "tabs"), "tab", val="right", pos=twips(width))
    left, right = sides
    add_run(made, line(left))
    if right:
        add_run(made, "\t")
    for piece in _pieces(line(right)):
        if piece == "{pages}" and document.pages:
            add_run(made, str(document.pages))
        elif piece in _FIELDS:
            add_field(made, _FIELDS[piece], "1")
        else:
            add_run(made, piece)


def _pieces(label: str) -> list[str]:
    """Return a label cut at the places of numbers."""
    pieces = [label]
    for place in _FIELDS:
        cut: list[str] = []
        for piece in pieces:
            before, found, after = piece.partition(place)
            cut += [before, found, after] if found else [piece]
        pieces = cut
    return [piece for piece in pieces if piece]
