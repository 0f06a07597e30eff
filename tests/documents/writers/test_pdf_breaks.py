"""Where pages end: several breaks are weighed together, and no page is worse for it than it has to be."""

from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.documents.writers.pdf.breaks import breaks
from perfdesk.documents.writers.pdf.strip import NEVER, NOT_HERE, Mark, Strip

PAGE = 100.0


def blocks(*heights: float, penalty: int = NOT_HERE) -> list[Strip]:
    """Return blocks of strips of ten points that are better kept whole."""
    return [Strip(10, penalty=penalty if at else 0) for height in heights for at in range(round(height / 10))]


def cut(strips: list[Strip]) -> list[int]:
    return breaks(strips, PAGE, complete=True)


def test_what_fits_on_a_page_is_one() -> None:
    assert cut(blocks(40, 60)) == [10]


def test_blocks_stay_whole_where_that_costs_less_than_half_a_page() -> None:
    assert cut(blocks(60, 60, 60)) == [6, 12, 18]


def test_a_table_stays_whole_where_cutting_it_only_moves_the_white_on() -> None:
    """By itself the first page were better filled with a part of the table; the page behind it would not be."""
    table = blocks(30, 60)
    table[3].penalty = 9
    assert cut([*blocks(60), *table, *blocks(50, 50)]) == [6, 15, 25]
    # here what follows fills the page on which the table goes on
    assert cut([*blocks(60), *table, *blocks(40, 100)]) == [9, 19, 29]


def test_a_table_that_is_cut_fills_its_page() -> None:
    """Sharing the white out among the pages would leave a table cut with room for more of its rows below it."""
    caption = Mark("m", 0, "Tablo")
    rows = [Strip(5, penalty=6 if n else 0, mark=None if n else caption) for n in range(15)]
    after = blocks(50, 90)
    after[0].mark = caption
    # the second page keeps white whatever is done; half of it were on the first one if it were shared
    assert cut([*blocks(30), *rows, *after]) == [16, 23, 32]


def test_a_strip_taller_than_a_page_has_one() -> None:
    assert cut([Strip(10), Strip(250), Strip(10)])[-1] == 3
    assert cut([Strip(250)]) == [1]
    assert cut([Strip(10), Strip(250, penalty=NEVER), Strip(250, penalty=NEVER)]) == [1, 2, 3]


def test_of_a_run_that_goes_on_the_last_page_is_left_open() -> None:
    strips = blocks(*[50] * 9)
    assert breaks(strips, PAGE, complete=False) == [10, 20, 30, 40]


STRIPS = st.lists(
    st.builds(
        Strip,
        st.floats(5, 60),
        gap=st.sampled_from([0.0, 0.0, 12.0]),
        penalty=st.sampled_from([0, 0, 6, 25, 60, NOT_HERE, NEVER]),
        slack=st.sampled_from([0.0, 2.2]),
    ),
    min_size=1,
    max_size=60,
)


@settings(deadline=None)
@given(STRIPS)
def test_every_page_holds_what_is_put_on_it(strips: list[Strip]) -> None:
    for complete in (True, False):
        ends = breaks(strips, PAGE, complete=complete)
        assert ends
        assert ends == sorted(set(ends))
        assert ends[-1] == len(strips) if complete else ends[-1] <= len(strips)
        for start, end in zip([0, *ends], ends, strict=False):
            page = strips[start:end]
            least = sum(strip.height + strip.gap - strip.spare for strip in page)
            least += page[0].spare - page[0].slack - page[0].gap
            assert least <= PAGE + 0.1 or len(page) == 1
            # nothing is parted that belongs together where there was another way
            if end < len(strips) and strips[end].penalty >= NEVER:
                assert all(strip.penalty >= NEVER for strip in page[1:])
