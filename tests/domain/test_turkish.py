import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import texts

from perfdesk.domain import turkish
from perfdesk.domain.texts import typed

ALPHABET = "abcçdefgğhıijklmnoöprsştuüvyz"
CAPITALS = "ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ"
letters = st.text(ALPHABET + CAPITALS + "âîûÂÎÛ 0123456789.-", max_size=30)


def test_alphabet() -> None:
    assert turkish.upper(ALPHABET) == CAPITALS
    assert turkish.lower(CAPITALS) == ALPHABET
    assert sorted(CAPITALS, key=turkish.sort_key) == list(CAPITALS)


@pytest.mark.parametrize(
    ("small", "capital"),
    [
        ("ılgın", "ILGIN"),
        ("istanbul", "İSTANBUL"),
        ("diyarbakır", "DİYARBAKIR"),
        ("i̇zmir", "İZMİR"),
        ("kâğıt", "KÂĞIT"),
    ],
)
def test_case(small: str, capital: str) -> None:
    assert turkish.upper(small) == capital
    assert turkish.lower(capital) == small.replace("i\u0307", "i")


def test_marks_apart_from_their_letters() -> None:
    assert turkish.lower("I\u0307ZMI\u0307R") == "izmir"
    apart = unicodedata.normalize("NFD", "İŞÇİ ÖĞÜN ILICA")
    assert turkish.fold(apart) == turkish.fold("işçi öğün ılıca") == "isci ogun ilica"
    assert turkish.sort_key(apart) == turkish.sort_key("işçi öğün ılıca")


@given(letters)
def test_case_there_and_back(text: str) -> None:
    assert turkish.lower(turkish.upper(text)) == turkish.lower(text)
    assert turkish.upper(turkish.lower(text)) == turkish.upper(text)


@given(letters)
def test_search_ignores_case_and_dots(text: str) -> None:
    folded = turkish.fold(text)
    assert turkish.fold(turkish.upper(text)) == turkish.fold(turkish.lower(text)) == folded
    assert turkish.fold(unicodedata.normalize("NFD", text)) == folded
    assert folded.isascii()
    assert turkish.fold(folded) == folded


@given(letters, letters, letters)
def test_what_is_in_a_text_is_found_in_it(before: str, text: str, after: str) -> None:
    assert turkish.fold(text) in turkish.fold(before + text + after)


@given(st.lists(letters, max_size=8))
def test_order_is_that_of_the_alphabet(words: list[str]) -> None:
    order = " -.0123456789" + ALPHABET
    plain = str.maketrans("âîû", "aiu")

    def places(word: str) -> list[int]:
        return [order.index(letter) for letter in turkish.lower(word).translate(plain)]

    assert sorted(words, key=turkish.sort_key) == sorted(words, key=places)


def test_order_of_words() -> None:
    words = ["Âdem", "Adana", "Çorum", "Cizre", "Ilgaz", "İzmir", "Ünye", "Urfa", "Quart", "8.10", "8.2", "Öz", "Of"]
    assert sorted(words, key=turkish.sort_key) == [
        "8.10", "8.2", "Adana", "Âdem", "Cizre", "Çorum", "Ilgaz", "İzmir", "Of", "Öz", "Quart", "Urfa", "Ünye",
    ]  # fmt: skip


@given(texts())
def test_typed_text_is_normal(text: str) -> None:
    normal = typed(text)
    assert normal == turkish.normalise(normal) == unicodedata.normalize("NFC", normal).strip()
    assert "\r" not in normal


@given(st.text(max_size=40))
def test_any_text_has_all_forms(text: str) -> None:
    for function in (turkish.upper, turkish.lower, turkish.fold, turkish.sort_key, turkish.normalise):
        assert isinstance(function(text), str)
