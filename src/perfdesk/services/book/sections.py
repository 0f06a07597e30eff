"""Editing the texts of the book: a section's blocks and its title, one step each.

A text is kept tidy: empty paragraphs are not stored, because the space between paragraphs is the printed page's own;
neighbouring stretches of one weight are one; outer blanks of a paragraph go. What a person did not touch keeps its row.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from perfdesk.domain import texts
from perfdesk.domain.administration import Picture
from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.i18n import N_, printed
from perfdesk.services.book import pictures
from perfdesk.services.editing.order import new_identity
from perfdesk.services.editing.record_types import RECORD_TYPES
from perfdesk.storage.rows import runs_of
from perfdesk.storage.store import Store

# word processors end lines inside a paragraph in ways of their own
_LINE_END: Final = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
# places of embedded objects, which are no text and come along when text is copied
_OBJECTS: Final = re.compile("[\ufffc\ufdd0\ufdd1]")


# printed as it is until somebody changes it, so always in Turkish
_NEW_PART: Final = N_("New part")


def tidy(blocks: Iterable[TextBlock]) -> tuple[TextBlock, ...]:
    """Return blocks as they are stored: two texts that are tidied alike read and print alike."""
    tidied = (tidy_block(block) for block in blocks)
    return tuple(block for block in tidied if block is not None)


def tidy_block(block: TextBlock) -> TextBlock | None:
    """Return a block as it is stored, None where nothing of it is to be seen."""
    if block.kind is BlockKind.PICTURE:
        return TextBlock(block.kind, picture=block.picture, caption=tidy_text(block.caption).strip())
    runs = _tidy_runs(block.runs, weighted=block.kind is not BlockKind.HEADING)
    if not runs:
        return None
    return TextBlock(block.kind, runs, block.level or 1 if block.kind is BlockKind.HEADING else None)


def set_blocks(
    store: Store,
    programme: int,
    key: str,
    blocks: Iterable[TextBlock],
    known: Mapping[str, Picture] | None = None,
) -> None:
    """Change the text of a section of a programme; ``known`` has the pictures that are not in the file yet.

    Raises:
        UserError: it holds a character that cannot be stored or printed.
        KeyError: a picture is neither in the file nor known.
    """
    wanted = tidy(blocks)
    for block in wanted:
        texts.typed("".join(run.text for run in block.runs))
        texts.typed(block.caption)
    with store.step(N_("text of a section")):
        section = store.find("section", programme=programme, key=key)
        if section is None:
            if not wanted:
                return
            section = _new_section(store, programme, key)
        _write(store, section, wanted, known or {})
        _delete_if_nothing(store, section)


def set_title(store: Store, programme: int, key: str, title: str) -> None:
    """Change a section's own title; without one the form's title is printed.

    Raises:
        UserError: it holds a character that cannot be stored or printed.
    """
    new = texts.typed(title)
    with store.step(RECORD_TYPES["section"].fields["title"].label):
        section = store.find("section", programme=programme, key=key)
        if section is None:
            if not new:
                return
            section = _new_section(store, programme, key)
        store.update("section", section, title=new)
        _delete_if_nothing(store, section)


def add_part(store: Store, programme: int) -> str:
    """Add a part of the municipality's own at the end of the book and return its key; its title waits to be changed."""
    key = new_identity("part")
    with store.step(N_("new part of the book")):
        section = _new_section(store, programme, key)
        store.update("section", section, title=printed(_NEW_PART))
    return key


def is_new_title(title: str) -> bool:
    """Whether a part of the municipality's own still has the title it was added with."""
    return title == printed(_NEW_PART)


def _tidy_runs(runs: Sequence[Run], *, weighted: bool) -> tuple[Run, ...]:
    merged = [
        (bold, tidy_text("".join(run.text for run in stretch)))
        for bold, stretch in groupby(
            (run for run in runs if run.text), lambda run: True if weighted and run.bold else None
        )
    ]
    while merged and not merged[0][1].strip():
        merged.pop(0)
    while merged and not merged[-1][1].strip():
        merged.pop()
    if merged:
        merged[0] = merged[0][0], merged[0][1].lstrip()
        merged[-1] = merged[-1][0], merged[-1][1].rstrip()
    # a stretch that held nothing but an object's place leaves neighbours of one weight
    left = ((bold, text) for bold, text in merged if text)
    return tuple(Run("".join(text for _bold, text in same), bold) for bold, same in groupby(left, lambda run: run[0]))


def tidy_text(text: str) -> str:
    """Return letters as they are stored: composed, lines ending in one way, without the places of objects."""
    return unicodedata.normalize("NFC", _OBJECTS.sub("", _LINE_END.sub("\n", text)))


def _new_section(store: Store, programme: int, key: str) -> int:
    rows = store.rows("section", programme=programme)
    last = store.field("section", rows[-1], "position") if rows else -1
    return store.insert("section", programme=programme, position=int(last or 0) + 1, key=key)


def _write(store: Store, section: int, wanted: Sequence[TextBlock], known: Mapping[str, Picture]) -> None:
    rows = store.rows("section_block", section=section)
    stored = [tidy_block(_stored_block(store, row)) for row in rows]
    order: list[int] = []
    for tag, first, last, start, end in SequenceMatcher(None, stored, wanted, autojunk=False).get_opcodes():
        if tag == "equal":
            order += rows[first:last]
            continue
        old, new = rows[first:last], wanted[start:end]
        for n, block in enumerate(new):
            columns = _columns(store, block, known)
            if n < len(old):
                store.update("section_block", old[n], **columns)
                order.append(old[n])
            else:
                order.append(store.insert("section_block", section=section, position=start + n, **columns))
        for row in old[len(new) :]:
            store.delete("section_block", row)
    store.reorder("section_block", order)


def _stored_block(store: Store, row: int) -> TextBlock:
    kind, level, runs, picture, caption = (
        store.field("section_block", row, column) for column in ("kind", "level", "runs", "picture", "caption")
    )
    identity = store.field("picture", picture, "identity") if isinstance(picture, int) else ""
    return TextBlock(
        BlockKind(str(kind)), runs_of(str(runs)), level if isinstance(level, int) else None, str(identity), str(caption)
    )


def _columns(store: Store, block: TextBlock, known: Mapping[str, Picture]) -> dict[str, object]:
    picture = None
    if block.picture:
        picture = store.find("picture", identity=block.picture)
        if picture is None:
            picture = pictures.insert(store, known[block.picture])
    return {
        "kind": block.kind.value,
        "level": block.level,
        "runs": block.runs,
        "picture": picture,
        "caption": block.caption,
    }


def _delete_if_nothing(store: Store, section: int) -> None:
    if not store.field("section", section, "title") and not store.rows("section_block", section=section):
        store.delete("section", section)
