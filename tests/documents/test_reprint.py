"""The pages to print again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.documents.reprint import ranges, reprint


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([], ""),
        ([12], "12"),
        ([12, 13], "12, 13"),
        ([12, 15, 16, 17, 18], "12, 15–18"),
        ([1, 2, 3, 5, 6, 8], "1–3, 5, 6, 8"),
    ],
)
def test_ranges(numbers: list[int], text: str) -> None:
    assert ranges(numbers) == text


@given(st.sets(st.integers(1, 400)))
def test_ranges_name_the_pages_and_no_others(numbers: set[int]) -> None:
    named: list[int] = []
    for part in filter(None, ranges(sorted(numbers)).split(", ")):
        first, _, last = part.partition("–")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted(numbers)


def test_reprint() -> None:
    assert reprint("abc", "abc") == (3, (), ())
    assert reprint("abc", "axcd") == (4, (2, 4), ())
    assert reprint("abcd", "ab") == (2, (), (3, 4))
    # what is put in between moves all that follows to other pages
    assert reprint("abcd", "axbcd") == (5, (2, 3, 4, 5), ())


@given(st.lists(st.text("ab", max_size=1)), st.lists(st.text("ab", max_size=1)))
def test_old_book_with_new_pages_is_the_new_book(old: list[str], new: list[str]) -> None:
    pages, changed, gone = reprint(old, new)
    book = dict(enumerate(old, 1)) | {n: new[n - 1] for n in changed}
    for n in gone:
        del book[n]
    assert [book[n] for n in sorted(book)] == new
    assert len(new) == pages
