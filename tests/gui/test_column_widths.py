"""How wide columns are: where little is lacking the texts give it, and no column is out of sight."""

import pytest

from perfdesk.gui.grid.column_widths import Room, fitted
from perfdesk.tables.table import Column, ColumnKind

LETTER = 8
COLUMNS = (
    Column("code", "", ColumnKind.CODE, 1),
    Column("name", "", ColumnKind.TEXT, 8),
    Column("units", "", ColumnKind.TEXT, 3.5),
    Column("amount", "", ColumnKind.AMOUNT, 2),
    Column("total", "", ColumnKind.AMOUNT, 2),
)
CONTENTS = (50, 500, 200, 90, 100)
# what they take where nobody is short of room: letters by kind and weight, figures as wide as they are
WHOLE = 56 + (10 + 16) * LETTER + (10 + 7) * LETTER + 90 + 100


def widths(room, *, words=(90, 80), heads=(56, 70, 70, 20, 40), chosen=None):
    return fitted(
        COLUMNS,
        Room(room, LETTER, weighs_letters=False),
        contents=CONTENTS,
        heads=heads,
        words=lambda places: words[-len(places) :],
        chosen=chosen or {},
    )


def test_with_room_enough_texts_have_what_is_left():
    assert sum(widths(1000)) == 1000


@pytest.mark.parametrize("lack", [1, 7, 40, 90])
def test_what_is_lacking_comes_from_the_widest_text_first(lack):
    found = widths(WHOLE - lack)
    assert sum(found) == WHOLE - lack
    # figures keep all of theirs
    assert (found[0], found[3], found[4]) == (56, 90, 100)
    assert found[1] >= found[2] - 1 >= 12 * LETTER - 1


def test_a_little_that_is_lacking_leaves_the_narrower_text_alone():
    assert widths(WHOLE - 40)[2] == 17 * LETTER


def test_a_long_word_is_kept_whole_as_long_as_that_is_enough():
    found = widths(WHOLE - 50, words=(190, 80))
    assert found[1] >= 190
    assert sum(found) == WHOLE - 50
    # else it is cut rather than a column of figures
    assert sum(widths(WHOLE - 130, words=(190, 130))) == WHOLE - 130


def test_where_that_is_not_enough_nothing_is_squeezed():
    # part is out of sight in any case: then by more than a few pixels
    least = 56 + 2 * 12 * LETTER + 90 + 100
    assert sum(widths(least)) == least
    assert sum(widths(least - 1)) == WHOLE


def test_a_width_that_was_chosen_stays():
    assert widths(WHOLE - 40, chosen={"name": 26 * LETTER})[1] == 26 * LETTER
