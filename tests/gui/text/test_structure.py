import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.gui.text import changes
from perfdesk.gui.text.structure import Setter, blocks_of, kind_of
from perfdesk.services.book.sections import tidy

SETTER = Setter(16, lambda _id: 100.0)
LETTERS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t\u2028\u00a0\U0001f333 ığşİ"), max_size=8
)

runs = st.lists(st.builds(Run, LETTERS, st.sampled_from([None, False, True])), max_size=4).map(tuple)
blocks = st.builds(
    TextBlock,
    st.sampled_from(BlockKind),
    runs,
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from(["", "p1", "p2"]),
    LETTERS,
)
texts = st.lists(blocks, max_size=6)

PARAGRAPH = TextBlock(BlockKind.PARAGRAPH, (Run("Bir"),))
OTHER = TextBlock(BlockKind.PARAGRAPH, (Run("İki"),))
BULLET = TextBlock(BlockKind.BULLET, (Run("Madde "), Run("kalın", bold=True)))
HEADING = TextBlock(BlockKind.HEADING, (Run("Başlık"),), 1)
PICTURE = TextBlock(BlockKind.PICTURE, picture="p1", caption="Yazısı")
BARE = TextBlock(BlockKind.PICTURE, picture="p1")


def document_of(*given_blocks):
    document = QTextDocument()
    SETTER.show(document, given_blocks)
    return document


def cursor_in(document, first, start=0, last=None, end=0):
    """A cursor by number of block and letter, with a selection up to another."""
    cursor = QTextCursor(document.findBlockByNumber(first))
    cursor.setPosition(cursor.position() + start)
    if last is not None:
        cursor.setPosition(document.findBlockByNumber(last).position() + end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def words(document):
    """What a document has, empty blocks too."""
    found = []
    for number in range(document.blockCount()):
        block = document.findBlockByNumber(number)
        found.append((kind_of(block).value, block.text()))
    return found


@given(texts)
@example([TextBlock(BlockKind.HEADING, (Run("a\ufdd0b\ufffc\r\u2029"),))])
def test_a_text_comes_back_as_it_was(qapp, given_blocks):
    document = document_of(*given_blocks)
    assert blocks_of(document) == tidy(given_blocks)
    assert not document.isUndoAvailable()


@given(texts, texts, st.data())
def test_what_is_inserted_is_all_there_and_undo_takes_all_of_it_back(qapp, there, new, data):
    document = document_of(*tidy(there))
    before = blocks_of(document)
    cursor = QTextCursor(document)
    cursor.setPosition(data.draw(st.integers(0, document.characterCount() - 1)))
    into_caption = changes.here_is(cursor)[0] is BlockKind.PICTURE
    changes.insert(cursor, SETTER, tidy(new))
    after = blocks_of(document)
    wanted = [block.picture for block in (*before, *tidy(new)) if block.kind is BlockKind.PICTURE]
    assert sorted(block.picture for block in after if block.kind is BlockKind.PICTURE) == sorted(wanted)
    if not into_caption:
        assert _letters(after) == sorted(_letters(before) + _letters(tidy(new)))
    while document.isUndoAvailable():
        document.undo()
    assert blocks_of(document) == before


def _letters(of):
    return sorted(c for b in of for run in (*b.runs, Run(b.caption)) for c in run.text if c.isalpha() and c.isascii())


@given(texts, st.data())
def test_any_selection_can_be_removed_and_taken_back(qapp, there, data):
    document = document_of(*tidy(there))
    before = blocks_of(document)
    ends = sorted(data.draw(st.tuples(*[st.integers(0, document.characterCount() - 1)] * 2)))
    cursor = QTextCursor(document)
    cursor.setPosition(ends[0])
    cursor.setPosition(ends[1], QTextCursor.MoveMode.KeepAnchor)
    changes.remove(cursor, SETTER)
    assert kind_of(document.firstBlock()) is not BlockKind.PICTURE
    for block in blocks_of(document):
        assert block.kind is not BlockKind.PICTURE or block.picture in {b.picture for b in before}
    while document.isUndoAvailable():
        document.undo()
    assert blocks_of(document) == before


@given(st.lists(st.sampled_from([PARAGRAPH, BULLET, HEADING, PICTURE]), min_size=1), st.data())
def test_moving_changes_only_the_order(qapp, there, data):
    document = document_of(*there)
    number = data.draw(st.integers(0, document.blockCount() - 1))
    cursor = cursor_in(document, number)
    own = kind_of(cursor.block()), cursor.block().text()
    changes.move(cursor, SETTER, data.draw(st.sampled_from([-1, 1])))
    assert sorted(map(repr, blocks_of(document))) == sorted(map(repr, there))
    assert (kind_of(cursor.block()), cursor.block().text()) == own


def test_a_text_that_begins_with_a_picture_has_room_above(qapp):
    document = document_of(PICTURE)
    assert words(document) == [("paragraph", ""), ("picture", "Yazısı")]
    assert blocks_of(document) == (PICTURE,)


@pytest.mark.parametrize(
    ("start", "at", "after"),
    [
        (PARAGRAPH, 1, [("paragraph", "B"), ("paragraph", "ir")]),
        (BULLET, 12, [("bullet", "Madde kalın"), ("bullet", "")]),
        (HEADING, 6, [("heading", "Başlık"), ("paragraph", "")]),
        (HEADING, 0, [("paragraph", ""), ("heading", "Başlık")]),
        (HEADING, 3, [("heading", "Baş"), ("paragraph", "lık")]),
    ],
)
def test_enter(qapp, start, at, after):
    document = document_of(start)
    changes.new_block(cursor_in(document, 0, min(at, document.firstBlock().length() - 1)), SETTER)
    assert words(document) == after


def test_enter_in_a_caption_goes_on_below_the_picture(qapp):
    document = document_of(PARAGRAPH, PICTURE)
    changes.new_block(cursor_in(document, 1, 6), SETTER)
    assert words(document)[1:] == [("picture", "Yazısı"), ("paragraph", "")]
    document = document_of(PARAGRAPH, BARE)
    changes.new_block(cursor_in(document, 1), SETTER)
    assert words(document)[1:] == [("picture", ""), ("paragraph", "")]


def test_enter_in_an_empty_bullet_ends_the_list(qapp):
    document = document_of(BULLET)
    cursor = cursor_in(document, 0, 11)
    changes.new_block(cursor, SETTER)
    changes.new_block(cursor, SETTER)
    assert words(document) == [("bullet", "Madde kalın"), ("paragraph", "")]


def test_backspace_at_the_start(qapp):
    for block in (HEADING, BULLET):
        document = document_of(PARAGRAPH, block)
        assert changes.erase_back(cursor_in(document, 1), SETTER)
        assert words(document)[1][0] == "paragraph"
    document = document_of(PARAGRAPH, BARE, OTHER)
    # a caption does not swallow what is below, an empty paragraph there goes
    assert changes.erase_back(cursor_in(document, 2), SETTER)
    assert blocks_of(document) == (PARAGRAPH, BARE, OTHER)
    cursor = cursor_in(document, 2, 0, 2, 3)
    changes.remove(cursor, SETTER)
    assert changes.erase_back(cursor, SETTER)
    assert words(document) == [("paragraph", "Bir"), ("picture", "")]
    # without a caption the picture goes
    assert changes.erase_back(cursor, SETTER)
    assert words(document) == [("paragraph", "Bir"), ("paragraph", "")]


def test_delete_at_the_end_spares_pictures(qapp):
    document = document_of(PARAGRAPH, PICTURE, OTHER)
    for number, letters in ((0, 3), (1, 6)):
        assert changes.erase_forward(cursor_in(document, number, letters))
    assert blocks_of(document) == (PARAGRAPH, PICTURE, OTHER)


def test_a_picture_selected_with_its_caption_goes(qapp):
    document = document_of(PARAGRAPH, PICTURE, OTHER)
    changes.remove(cursor_in(document, 1, 0, 2, 1), SETTER)
    assert words(document) == [("paragraph", "Bir"), ("paragraph", "ki")]


@pytest.mark.parametrize("sign", ["-", "*", "•"])
def test_a_sign_and_a_blank_begin_a_bullet(qapp, sign):
    document = document_of(TextBlock(BlockKind.PARAGRAPH, (Run(f"{sign}metin"),)))
    assert changes.bullet_typed(cursor_in(document, 0, 1), SETTER)
    assert words(document) == [("bullet", "metin")]
    assert not changes.bullet_typed(cursor_in(document, 0, 1), SETTER)


def test_bold_is_for_paragraphs_and_bullets(qapp):
    document = document_of(HEADING, PARAGRAPH, PICTURE)
    cursor = cursor_in(document, 0, 0, 2, 4)
    changes.set_bold(cursor, bold=True)
    assert changes.all_bold(cursor)
    assert blocks_of(document) == (HEADING, TextBlock(BlockKind.PARAGRAPH, (Run("Bir", bold=True),)), PICTURE)
