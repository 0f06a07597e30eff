from hypothesis import given
from hypothesis import strategies as st

from perfdesk.domain.texts import BlockKind, Run, TextBlock
from perfdesk.gui.text.difference import difference


def paragraph(text):
    return TextBlock(BlockKind.PARAGRAPH, (Run(text),))


def text(*words):
    return tuple(map(paragraph, words))


def test_what_is_added_is_found():
    assert difference(text("a", "b", "c"), text("a", "c")) == (1, 1, 0)
    assert difference(text("a", "b"), ()) == (0, 0, 0)
    # of two that are the same the lower one is new
    assert difference(text("a", "a"), text("a")) == (1, 0, 0)


def test_what_is_gone_is_found():
    assert difference(text("a"), text("a", "b", "c")) == (1, 0, 0)
    assert difference(text("c"), text("a", "c")) == (0, 1, 0)


def test_of_the_last_block_the_letters_below_are_counted():
    assert difference(text("a", "Yeni park yapılır"), text("a", "Yeni yapılır")) == (1, 0, len("yapılır"))
    # never letters that are the same from above
    assert difference(text("aaa"), text("aa")).letters == 0
    assert difference(text("😀b"), text("😁b")).letters == 1
    caption = TextBlock(BlockKind.PICTURE, picture="p", caption="Park")
    assert difference((caption,), (TextBlock(BlockKind.PICTURE, picture="p", caption="Yeni Park"),)).letters == 4
    bold = TextBlock(BlockKind.PARAGRAPH, (Run("a", bold=True),))
    assert difference((bold,), text("a")).letters == 0


@given(*[st.lists(st.sampled_from("abc"), max_size=6)] * 2)
def test_what_is_the_same_is_the_same_and_never_counted_twice(now, before):
    above, below, _letters = difference(text(*now), text(*before))
    assert above + below <= min(len(now), len(before))
    assert now[:above] == before[:above]
    assert now[len(now) - below :] == before[len(before) - below :]
