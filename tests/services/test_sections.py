import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.domain.administration import Administration, Picture
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.texts import BlockKind, Run, Section, TextBlock
from perfdesk.services.book import sections
from perfdesk.storage import files

PICTURE = Picture("p1", "Logo", "image/png", b"data")
HEADING = TextBlock(BlockKind.HEADING, (Run("Başlık"),), 1)
FIRST = TextBlock(BlockKind.PARAGRAPH, (Run("Birinci "), Run("kalın", bold=True)))
SECOND = TextBlock(BlockKind.BULLET, (Run("İkinci"),))
FIGURE = TextBlock(BlockKind.PICTURE, picture="p1", caption="Yazısı")


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "a.perfdesk"
    own = (Section("foreword", blocks=(HEADING, FIRST, SECOND, FIGURE)),)
    files.create(
        path,
        Municipality(Administration("A", "town"), programmes=(Programme(2027, sections=own),), pictures=(PICTURE,)),
    )
    with files.open_store(path, writable=True) as store:
        yield store


def programme(store):
    return store.load().programmes[0]


def section(store, key="foreword"):
    return next((s for s in programme(store).sections if s.key == key), None)


def rows(store):
    return [block.row for block in section(store).blocks]


def write(store, *blocks, key="foreword", known=None):
    sections.set_blocks(store, programme(store).row, key, blocks, known)


def test_a_changed_block_keeps_its_row_and_the_others_theirs(store):
    before = rows(store)
    changed = TextBlock(BlockKind.PARAGRAPH, (Run("Başka"),))
    write(store, HEADING, changed, SECOND, FIGURE)
    assert section(store).blocks == (HEADING, changed, SECOND, FIGURE)
    assert rows(store) == before
    assert store.undo_label == "text of a section"


def test_a_new_block_between_moves_the_others_down(store):
    before = rows(store)
    new = TextBlock(BlockKind.PARAGRAPH, (Run("Yeni"),))
    write(store, HEADING, new, FIRST, SECOND, FIGURE)
    assert section(store).blocks == (HEADING, new, FIRST, SECOND, FIGURE)
    assert [row for row in rows(store) if row in before] == before


def test_what_is_so_already_is_no_step(store):
    write(store, HEADING, FIRST, TextBlock(BlockKind.PARAGRAPH), SECOND, FIGURE)
    assert store.undo_label == ""


def test_undo_takes_back_the_text_as_a_whole(store):
    write(store, FIGURE, SECOND)
    assert section(store).blocks == (FIGURE, SECOND)
    store.undo()
    assert section(store).blocks == (HEADING, FIRST, SECOND, FIGURE)


def test_an_emptied_section_goes_unless_it_has_a_title(store):
    write(store)
    assert section(store) is None
    store.undo()
    sections.set_title(store, programme(store).row, "foreword", "  Başkanın sunuşu ")
    write(store)
    assert section(store) == Section("foreword", "Başkanın sunuşu")
    sections.set_title(store, programme(store).row, "foreword", "")
    assert section(store) is None


def test_a_section_begins_with_its_first_text_or_title(store):
    write(store, key="other")
    sections.set_title(store, programme(store).row, "other", " ")
    assert section(store, "other") is None
    write(store, SECOND, key="other")
    assert section(store, "other").blocks == (SECOND,)
    sections.set_title(store, programme(store).row, "annexes", "Ekler")
    assert [s.key for s in programme(store).sections] == ["foreword", "other", "annexes"]


def test_a_new_picture_is_stored_with_the_text_that_shows_it(store):
    new = Picture("p2", "Harita", "image/jpeg", b"more")
    unused = Picture("p3", "Artık", "image/jpeg", b"unused")
    figure = TextBlock(BlockKind.PICTURE, picture="p2")
    write(store, figure, FIRST, known={"p2": new, "p3": unused, "p1": PICTURE})
    assert store.load().pictures == (PICTURE, new)
    store.undo()
    assert store.load().pictures == (PICTURE,)
    assert section(store).blocks == (HEADING, FIRST, SECOND, FIGURE)


@pytest.mark.parametrize(
    "block",
    [
        TextBlock(BlockKind.PARAGRAPH, (Run("a\x07b"),)),
        TextBlock(BlockKind.PICTURE, picture="p1", caption="a\x00"),
    ],
)
def test_control_characters_are_refused_with_a_sentence(store, block):
    with pytest.raises(UserError, match="U\\+00"):
        write(store, block)
    with pytest.raises(UserError, match="U\\+0007"):
        sections.set_title(store, programme(store).row, "foreword", "a\x07b")
    assert section(store).blocks == (HEADING, FIRST, SECOND, FIGURE)


def test_letters_are_composed_and_lines_end_in_one_way(store):
    write(store, TextBlock(BlockKind.PARAGRAPH, (Run("  Ag\u0306ac\u0327\u2028iki\r\nu\u0308c "),)))
    assert section(store).blocks == (TextBlock(BlockKind.PARAGRAPH, (Run("Ağaç\niki\nüc"),)),)


runs = st.builds(
    Run,
    st.text(st.sampled_from("aşİ \n\u2028\ufffcc\u0327\U0001f333"), max_size=5),
    st.sampled_from([None, False, True]),
)
blocks = st.builds(
    TextBlock,
    st.sampled_from(BlockKind),
    st.lists(runs, max_size=4).map(tuple),
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from(["", "p1"]),
    st.text(st.sampled_from("ab \n"), max_size=3),
)


@given(st.lists(blocks, max_size=6))
def test_what_is_tidy_stays_as_it_is(given_blocks):
    tidied = sections.tidy(given_blocks)
    assert sections.tidy(tidied) == tidied


@given(st.lists(blocks, max_size=6))
def test_tidying_loses_no_letter_and_no_weight(given_blocks):
    def letters(of):
        return [
            (letter, bool(run.bold) and block.kind is not BlockKind.HEADING)
            for block in of
            if block.kind is not BlockKind.PICTURE
            for run in block.runs
            for letter in run.text
            if letter in "aşİ\U0001f333"
        ]

    assert letters(sections.tidy(given_blocks)) == letters(given_blocks)


def test_a_part_of_ones_own_is_added_and_taken_back(store):
    programme = store.load().programmes[0]
    before = store.load()
    key = sections.add_part(store, programme.row)
    added = next(s for s in store.load().programmes[0].sections if s.key == key)
    assert added.title == "Yeni bölüm"
    sections.set_title(store, programme.row, key, "Kalite politikası")
    assert next(s for s in store.load().programmes[0].sections if s.key == key).title == "Kalite politikası"
    store.undo()
    store.undo()
    assert store.load() == before
