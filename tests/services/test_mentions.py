"""Texts that name a year."""

import pytest

from perfdesk.services.book import mentions


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2027 yılında dikilecek", "2027 yılında dikilecek"),
        ("İki\nsatır, 2027 yılı", "İki satır, 2027 yılı"),
        ("kelime " * 20 + "2027 yılı", "… " + "kelime " * 3 + "2027 yılı"),
        ("x" * 80 + "-2027 yılı", "x" * 80 + "-2027 yılı"),
        ("hiç yıl yok " * 10, ("hiç yıl yok " * 10).strip()),
    ],
)
def test_a_piece_of_a_text_shows_the_year(text, shown):
    assert mentions.around(text, 2027) == shown
