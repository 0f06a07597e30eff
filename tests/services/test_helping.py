"""Every form has its page, in both languages, and every page can be found."""

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.i18n import LANGUAGES
from perfdesk.paths import resource
from perfdesk.services import helping
from perfdesk.tables.form import FORMS, load_form

KINDS = ("cover", "units", "programme_list", "pictures", "layout", "goal", "target", "resource_table", "sub_programme")
TOPICS = {topic.key for topic in helping.topics("tr")}
# pages about a form have the same parts; the others tell how something is done
FORM_PAGES = set(tomllib.loads(resource("help", "contents.toml").read_text("utf-8"))["parts"].values()) - {"programme"}
FORM_PAGES |= {
    "cover",
    "units",
    "programme_list",
    "sub_programme",
    "pictures",
    "layout",
    "target",
    "indicators",
    "indicator_card",
    "costs",
    "cost_sheet",
}
SHAPE = {
    "tr": ("Bu bölüm ne işe yarar", "Mevzuat ne ister", "Ne ya", "Örnek", "Sık yapılan yanlışlar"),
    "en": ("What this part is for", "What the law asks", "What to", "Example", "Common mistakes"),
}


def keys(language, query):
    return [hit.topic for hit in helping.search(query, language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_and_the_folder_hold_the_same_pages(language):
    files = {path.stem for path in resource("help", language).iterdir()}
    assert files == {topic.key for topic in helping.topics(language)}


def test_both_languages_list_the_same_pages_in_the_same_order():
    turkish, english = ([topic.key for topic in helping.topics(language)] for language in ("tr", "en"))
    assert turkish == english
    assert len(turkish) == len(set(turkish))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_page(language):
    links = {
        (topic, link) for topic in TOPICS for link in re.findall(r"\]\(([^)]*)\)", helping.page(topic, language).text)
    }
    assert links
    assert {link for _topic, link in links} <= TOPICS, sorted(pair for pair in links if pair[1] not in TOPICS)


def test_the_commands_that_pages_name_are_those_of_the_window():
    catalogue = Path(__file__).parents[2] / "translations/tr/LC_MESSAGES/perfdesk.po"
    with catalogue.open("rb") as file:
        texts = {_as_read(str(message.string)) for message in read_po(file)}
    named = {
        (topic, name)
        for topic in TOPICS
        for name in re.findall(
            r"`([^`]+)`(?: \([^)]*\))?\s(?:düğme|komut|menü|sekme|pencere)", helping.page(topic, "tr").text
        )
    }
    assert len(named) > 30
    # signs and the name of a program are the same in every language
    plain = {"Excel", "‹", "›", "−", "+"}
    assert {pair for pair in named if pair[1] not in texts | plain} == set()


def _as_read(text):
    """Return a text of the window as it is read there; what it fills in is a gap."""
    return re.sub(r"\{\w+\}", "…", text.replace("&", "").removesuffix(" ▾"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_but_the_first_is_linked_to_from_another_or_is_of_the_menu(language):
    linked = {
        link
        for topic in TOPICS
        for link in re.findall(r"\]\((\w+)\)", helping.page(topic, language).text)
        if link != topic
    }
    assert TOPICS - linked <= {
        "first_steps",
        "programme",
        "keyboard",
        "numbers",
        "search",
        "file_safety",
        "policies",
    } | {
        "responsible_units",
        "targets",
    }


def test_every_part_of_every_form_has_a_page_of_its_own_choice():
    named = tomllib.loads(resource("help", "contents.toml").read_text("utf-8"))["parts"]
    parts = {part.key for name in FORMS for part in load_form(name).outline}
    assert parts <= set(named)
    assert {helping.topic_for(("part", part)) for part in parts} <= TOPICS


def test_every_kind_of_entry_has_a_page():
    topics = {kind: helping.topic_for((kind, "any id")) for kind in KINDS}
    assert set(topics.values()) <= TOPICS
    assert topics["target"] == "target"
    assert topics["units"] == "units"


def test_what_has_no_page_is_a_text_or_begins_at_the_beginning():
    assert helping.topic_for(("part", "a part of a later form")) == "section"
    assert helping.topic_for(("unheard of", "")) == helping.FIRST


@pytest.mark.parametrize("topic", sorted(FORM_PAGES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_about_forms_have_the_same_shape(language, topic):
    headings = re.findall(r"^## (.+)$", helping.page(topic, language).text, re.MULTILINE)
    at = 0
    for part in SHAPE[language]:
        found = [n for n, heading in enumerate(headings) if heading.startswith(part)]
        assert found, (topic, part)
        assert found[0] >= at, (topic, part)
        at = found[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_written_in_composed_letters_and_begin_with_their_title(language):
    for topic in helping.topics(language):
        text = helping.page(topic.key, language).text
        assert text == unicodedata.normalize("NFC", text)
        assert text.startswith(f"# {topic.title}\n")
        assert "�" not in text


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("gösterge", "indicators"),
        ("GÖSTERGELER", "indicators"),
        ("gosterge karti", "indicator_card"),
        ("harcama birimleri", "units"),
        ("klavye", "keyboard"),
        ("sunuş", "foreword"),
        ("kesme işareti", "numbers"),
        ("ILK ADIMLAR", "first_steps"),
        ("tüm kodlar", "costs"),
        ("ağırlık sütunu", "indicators"),
        ("bu yıl ertelendi", "target"),
        ("dönemlerin birleşmesi", "indicator_card"),
        ("hizmet alanı", "goals"),
        ("yeni tablo", "resource_tables"),
        ("uymayan hücreler", "paste"),
    ],
)
def test_the_page_about_it_comes_first(query, first):
    assert keys("tr", query)[0] == first


def test_words_that_stand_together_come_before_scattered_ones(monkeypatch):
    texts = {"costs": "# A\n\nx **Bir kod** y", "cover": "# B\n\nkod bir", "units": "# C\n\nşu bir kod", "paste": "# D"}
    monkeypatch.setattr(helping, "_text", lambda topic, _language: texts.get(topic, "# Z"))
    assert keys("tr", "bir kod") == ["costs", "units", "cover"]


def test_all_words_must_be_on_the_page():
    both = set(keys("tr", "transfer yedek"))
    assert "resource_need" in both
    assert both == set(keys("tr", "transfer")) & set(keys("tr", "yedek"))
    assert keys("tr", "transfer qqqq") == []
    assert keys("tr", "  ") == []


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("birim, birimler", "birim", [0, 7]),
        ("alt birim ve 'birim'", "birim", [4, 14]),
        ("önbirim", "birim", []),
        ("ctrl+z tuşu", "+z", [4]),
        ("ctrl+z tuşu", "z", [5]),
    ],
)
def test_a_word_is_found_where_a_word_begins(text, word, found):
    assert helping.places(text, word) == found


def test_a_hit_shows_what_stands_around_the_word_without_signs():
    hit = next(hit for hit in helping.search("yuvarlanır", "tr") if hit.topic == "resource_need")
    assert "yuvarlanır" in hit.excerpt
    assert not set(hit.excerpt) & set("*`[]#|")


def test_a_table_that_the_window_gives_is_shown_and_found():
    tables = {"grid_keys": "| `Ctrl+Ş` | qwerty |"}
    assert "qwerty" in helping.page("keyboard", "tr", tables).text
    assert [hit.topic for hit in helping.search("qwerty", "tr", tables)] == ["keyboard"]
    assert "@" not in helping.page("keyboard", "tr").text


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_any_query_is_answered_with_pages_that_hold_its_words(query, language):
    for hit in helping.search(query, language):
        text = helping.searchable(helping.plain_text(helping.page(hit.topic, language).text))
        assert all(word in text for word in helping.words_of(query))
        assert "\n" not in hit.excerpt
