import dataclasses
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.example import YEAR

from perfdesk.domain import turkish
from perfdesk.domain.administration import Administration
from perfdesk.domain.programme import Municipality, Programme, Target
from perfdesk.domain.texts import typed
from perfdesk.services.control.audit import Audit, Item
from perfdesk.services.output import exporting
from perfdesk.services.places import Place
from perfdesk.services.search import finding_records, record, search_index, searching
from perfdesk.storage.store import Store

TURKISH = "abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZâîû"
words = st.text(TURKISH, min_size=1, max_size=8)


def index_of(municipality, previous=None):
    """Build the index in one go."""
    steps = search_index.build(municipality, previous)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def search(store: Store, text: str, year: int = YEAR, limit: int = 60) -> searching.Finds:
    municipality = store.load()
    return searching.find(index_of(municipality), municipality, year, text, limit)


def places(finds: searching.Finds) -> list[tuple[str, str]]:
    return [(hit.place.table, hit.place.column) for hit in finds.hits]


def bold(marked: searching.Marked) -> list[str]:
    return [marked.text[begin:end] for begin, end in marked.spans]


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("çamlıova belediyesi", record.IDENTITY, ("administration", "name")),
        ("camliova.example", record.IDENTITY, ("administration", "web")),
        ("belediye başkanı", record.IDENTITY, ("administration", "signatories")),
        ("şirket personeli", record.IDENTITY, ("administration", "personnel_statuses")),
        ("park ve bahçeler", record.UNIT, ("unit", "name")),
        ("FİM", record.UNIT, ("unit", "abbreviation")),
        ("Fen Müd.", record.UNIT, ("unit", "aliases")),
        ("hizmet etmek", record.PLAN, ("plan", "mission")),
        ("yaşanır", record.PLAN, ("plan", "vision")),
        ("eşitlik", record.PLAN, ("plan", "values")),
        ("altyapı", record.GOAL, ("goal", "service_area")),
        ("çevre", record.GOAL, ("goal", "title")),
        ("yeşil alan", record.OBJECTIVE, ("objective", "title")),
        ("yolların yenilenmesi", record.TARGET, ("target", "title")),
        ("ikinci satır", record.TARGET, ("target", "description")),
        ("memnuniyet", record.INDICATOR, ("indicator", "name")),
        ("yenilenen yol not", record.INDICATOR, ("indicator", "note")),
        ("60 bin", record.INDICATOR, ("indicator", "target")),
        ("12,5", record.INDICATOR, ("indicator", "previous")),
        ("kaldırım", record.ACTIVITY, ("activity", "name")),
        ("birlikte", record.ACTIVITY, ("cost_sheet", "note")),
        ("il özel idaresi", record.ACTIVITY, ("cost_transfer", "recipient")),
        ("50,55", record.ACTIVITY, ("cost_transfer", "amount")),
        ("900 TL", record.ACTIVITY, ("activity", "06")),
        ("250", record.ACTIVITY, ("activity", "unclassified")),
        ("₺1.008,00", record.ACTIVITY, ("activity", "total")),
        ("1.100", record.ACTIVITY, ("cost_other_amount", "amount")),
        ("güvenli yol", record.SUB_PROGRAMME, ("sub_programme_objective", "title")),
        ("56.1", record.SUB_PROGRAMME, ("sub_programme", "")),
        ("yönetim ve destek", record.SUB_PROGRAMME, ("programme_entry", "name")),
        ("57.1", record.SUB_PROGRAMME, ("sub_programme_entry", "name")),
        ("ışıklandırma", record.ACTIVITY, ("activity", "name")),
        ("araçlar", record.RESOURCE, ("resource_table", "caption")),
        ("kiralık", record.RESOURCE, ("resource_table", "header")),
        ("kaynak: destek", record.RESOURCE, ("resource_table", "note")),
        ("kamyon", record.RESOURCE_ROW, ("resource_row", "0")),
        ("kalın ince", record.TEXT, ("section_block", "runs")),
        ("amblem", record.TEXT, ("section_block", "caption")),
        ("kalkınma planı", record.POLICY, ("policy_document", "document")),
        ("şehirler", record.POLICY, ("policy_document", "text")),
        ("kalkınma birliği", record.ADMINISTRATION_WIDE, ("transfer", "recipient")),
        ("4.000", record.ADMINISTRATION_WIDE, ("general_administration", "amount")),
        ("3.500", record.ADMINISTRATION_WIDE, ("other_general_administration", "amount")),
        ("fiziksel kaynaklar", record.PART, ("", "")),
    ],
)
def test_everything_is_found(store: Store, text: str, kind: str, place: tuple[str, str]) -> None:
    for typed_text in (text, turkish.upper(text), turkish.fold(text)):
        found = [(hit.kind, hit.place.table, hit.place.column) for hit in search(store, typed_text).hits]
        assert (kind, *place) in found, typed_text


def test_every_title_finds_its_record(store: Store) -> None:
    municipality = store.load()
    index = index_of(municipality)
    for year, shelf in index.years.items():
        for group in (*index.general.groups.values(), *shelf.groups.values()):
            for found, _folded in group.found:
                if found.is_named and found.title:
                    hits = searching.find(index, municipality, year, found.title, 1000).hits
                    assert (found.table, found.row) in [(hit.place.table, hit.place.row) for hit in hits]


def test_all_words_are_in_one_record_in_any_order(store: Store) -> None:
    assert places(search(store, "bakımı YOLLARIN")) == [("target", "title")]
    # one stands in the title, the other in the description; both are shown
    (hit,) = search(store, "satır yenilenmesi").hits
    assert bold(hit.title) == ["yenilenmesi"]
    assert bold(hit.excerpt) == ["satır"]
    assert not search(store, "kaldırım kamyon").hits
    assert not search(store, "   ").hits


def test_a_number_is_found_whole_and_however_it_is_written(store: Store) -> None:
    for text in ("1.000,01", "1000,01", "1000.01 TL", "1.000", "1000"):
        # an English point is none of ours
        assert (("general_administration", "amount") in places(search(store, text))) is (text != "1000.01 TL")
    # what the cell shows is the sum of its lines; both are found there
    for text in ("101", "100,10", "0,90"):
        assert ("activity", "03") in places(search(store, text))
    assert not search(store, "008").hits
    (hit,) = [hit for hit in search(store, "asfalt 900").hits if hit.kind == record.ACTIVITY]
    assert bold(hit.excerpt) == ["900,00"]


def test_the_code_itself_comes_first_then_beginnings(store: Store) -> None:
    first, *others = search(store, "1.1").hits
    assert first.kind == record.OBJECTIVE
    assert record.TARGET in {hit.kind for hit in others}
    for text in ("pg 8.10", "PG8.10"):
        assert search(store, text).hits[0].title.text == "PG 8.10 Memnuniyet"
    titles = [hit.title.text for hit in search(store, "yol").hits if hit.place.year == YEAR]
    begins = [turkish.fold(title).lstrip("0123456789.pg ").startswith("yol") for title in titles]
    assert begins.index(True) == 0
    assert titles.index("1.1 Yollar") < titles.index(next(title for title in titles if "Yenilenen yol" in title))


def test_rows_of_tables_come_after_what_has_a_code(store: Store) -> None:
    with store.step("x"):
        store.update("resource_row", store.rows("resource_row")[0], cells='["Asfalt plenti"]')
    tables = [hit.place.table for hit in search(store, "asfalt").hits if hit.place.year == YEAR]
    assert tables == ["activity", "resource_row"]


def test_a_single_letter_finds_only_what_begins_with_it(store: Store) -> None:
    titles = {hit.title.text for hit in search(store, "k").hits}
    assert {"Kamyon", "F.9 Kaldırım", "Kaza"} <= {title.removeprefix("1. ") for title in titles}
    # these hold it elsewhere
    assert not titles & {"Park ve Bahçeler Müdürlüğü", "Binek"}


def test_the_year_in_hand_comes_first(store: Store) -> None:
    years = [hit.place.year for hit in search(store, "yol").hits]
    assert years == sorted(years, reverse=True)
    assert {YEAR, 2024} == set(years)
    years = [hit.place.year for hit in search(store, "yol", 2024).hits]
    assert years == sorted(years)


def test_what_two_years_say_alike_is_shown_once(store: Store) -> None:
    with store.step("x"):
        for row in store.rows("activity", name="Asfaltlama"):
            store.update("activity", row, name="Asfalt")
    (hit,) = [hit for hit in search(store, "asfalt").hits if hit.kind == record.ACTIVITY]
    assert (hit.place.year, hit.others) == (YEAR, (2024,))
    (hit,) = [hit for hit in search(store, "asfalt", 2024).hits if hit.kind == record.ACTIVITY]
    assert (hit.place.year, hit.others) == (2024, (YEAR,))


def test_where_it_stands(store: Store) -> None:
    def where(text: str) -> set[str]:
        return {hit.where for hit in search(store, text).hits if hit.place.year == YEAR}

    assert where("memnuniyet") == {"1.1.1 Yolların <yenilenmesi> & bakımı"}
    assert "1. Ulaşım › 1.1 Yollar" in where("yenilenmesi")
    assert where("kamyon") == {"Fiziksel Kaynaklar › Araçlar"}
    assert search(store, "kamyon").hits[0].place.entry[0] == "resource_table"
    assert search(store, "memnuniyet").hits[0].place.entry == ("target", "t1")


def test_where_there_is_too_much_no_kind_goes_without(store: Store) -> None:
    everything = search(store, "a e", limit=1000)
    kinds = {hit.kind for hit in everything.hits if hit.place.year == YEAR}
    assert not everything.has_more
    few = search(store, "a e", limit=len(kinds))
    assert few.has_more
    assert {hit.kind for hit in few.hits} == kinds


def test_an_excerpt_is_a_stretch_around_what_was_found(store: Store) -> None:
    long = "başlangıç " * 40 + "aranan sözcük " + "son " * 100
    with store.step("x"):
        store.update("target", store.rows("target", title="Parklar")[0], description=long)
    (hit,) = search(store, "ARANAN").hits
    assert bold(hit.excerpt) == ["aranan"]
    assert hit.excerpt.text.startswith("…başlangıç")
    assert hit.excerpt.text.endswith("son…")
    assert len(hit.excerpt.text) < 130


@given(st.text(max_size=20), words, st.text(max_size=20), st.booleans())
def test_what_is_marked_is_what_was_searched_for(before: str, word: str, after: str, apart: bool) -> None:
    text = f"{before} {word} {after}"
    marked = searching._Query(word)._marked(unicodedata.normalize("NFD", text) if apart else text)
    assert marked.spans
    for stretch in bold(marked):
        # what follows without a gap is one stretch
        assert set(search_index.fold(stretch)) == set(search_index.fold(word))


@given(st.text(max_size=30), st.text(max_size=200))
def test_any_text_can_be_searched_for_and_in(query: str, text: str) -> None:
    programme = Programme(YEAR, targets=(Target("t", "o", title=text, row=1),))
    municipality = Municipality(Administration("Belediye", "district"), programmes=(programme,))
    finds = searching.find(index_of(municipality), municipality, YEAR, query, 10)
    for hit in finds.hits:
        for marked in (hit.title, hit.excerpt):
            assert all(0 <= begin < end <= len(marked.text) for begin, end in marked.spans)


@given(st.decimals(0, Decimal("9999999999999.99"), places=2), st.decimals(0, 10_000, places=2))
def test_a_number_is_meant_by_itself_and_by_its_whole_lira(amount: Decimal, other: Decimal) -> None:
    assert search_index.is_meant(amount, amount.quantize(Decimal("0.0000")))
    roughly = other >= 1000 and other == int(other) and int(amount) == other
    assert search_index.is_meant(amount, other) is (amount == other or roughly)


CHANGES = [
    ("target", {"title": "Başka"}),
    ("target", {"code": "X.9"}),
    ("goal", {"title": "Başka"}),
    ("goal", {"code": "77"}),
    ("objective", {"code": "88"}),
    ("unit", {"name": "Başka"}),
    ("indicator", {"name": "Başka"}),
    ("activity", {"position": 99}),
    ("cost_line", {"amount": Decimal("77.77")}),
    ("sub_programme_entry", {"name": "Başka"}),
    ("resource_row", {"cells": '["Başka"]'}),
    ("resource_table", {"caption": "Başka"}),
    ("section", {"key": "authority"}),
    ("policy_document", {"document": "Başka"}),
    ("general_administration", {"amount": Decimal("77.77")}),
    ("other_general_administration", {"amount": Decimal("77.77")}),
    ("transfer", {"recipient": "Başka"}),
    ("programme", {"layout": "plain"}),
    ("administration", {"name": "Başka"}),
]


@pytest.mark.parametrize(("table", "fields"), CHANGES)
def test_an_index_taken_over_is_the_one_made_anew(store: Store, table: str, fields: dict[str, object]) -> None:
    before = store.load()
    index = index_of(before)
    changes = []
    store.on_change = changes.append
    with store.step("x"):
        store.update(table, store.rows(table)[0], **fields)
    after = store.refresh(before, changes[-1])
    taken, anew = index_of(after, index), index_of(after)
    assert found(taken) == found(anew)
    assert found(taken) != found(index)


def found(index: search_index.Index) -> list[object]:
    shelves = (index.general, *index.years.values())
    return [[(key, group.found) for key, group in shelf.groups.items()] for shelf in shelves]


def test_an_edit_leaves_other_groups_as_they_are(store: Store) -> None:
    before = store.load()
    index = index_of(before)
    changes = []
    store.on_change = changes.append
    with store.step("x"):
        row = store.rows("target", title="Parklar")[0]
        store.update("target", row, title="Yeni")
    now = index_of(store.refresh(before, changes[-1]), index)
    assert now.years[2024] is index.years[2024]
    others = [key for key, group in now.years[YEAR].groups.items() if group is not index.years[YEAR].groups.get(key)]
    assert others == [("target", row)]


def test_a_year_that_cannot_be_shown_is_not_found(store: Store) -> None:
    municipality = store.load()
    strange = tuple(
        dataclasses.replace(programme, layout="nobody's") if programme.year == YEAR else programme
        for programme in municipality.programmes
    )
    municipality = dataclasses.replace(municipality, programmes=strange)
    finds = searching.find(index_of(municipality), municipality, YEAR, "yol", 50)
    assert {hit.place.year for hit in finds.hits} == {2024}
    assert searching.find(index_of(municipality), municipality, YEAR, "fim", 50).hits


def test_a_place_names_the_form_and_the_cell(store: Store) -> None:
    row = store.rows("unit", abbreviation="FİM")[0]
    (hit,) = search(store, "fim").hits
    assert hit.place == Place(YEAR, ("units", ""), "unit", row, "abbreviation")
    assert typed(hit.title.text) == "Fen İşleri Müdürlüğü"


# --- what the checks found --------------------------------------------------------------------------------------------


def audited(store: Store) -> tuple[Municipality, list[Item]]:
    municipality = store.load()
    return municipality, list(Audit().of(exporting.programme_context(municipality, YEAR)).open)


def ready(items: list[Item]) -> tuple[search_index.Group, ...]:
    steps = finding_records.groups(items)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def test_every_finding_is_found_by_its_words_without_their_dots(store: Store) -> None:
    municipality, items = audited(store)
    groups, index = ready(items), index_of(municipality)
    placed = [item for item in items if item.place is not None]
    assert placed
    for item in items:
        sentence = turkish.fold(item.finding.sentence())
        finds = searching.find(index, municipality, YEAR, sentence, 60, groups)
        assert item.finding in [hit.finding for hit in finds.hits]
    for item in placed:
        sentence = turkish.fold(item.finding.sentence())
        finds = searching.find(index, municipality, YEAR, sentence, 60, groups)
        assert item.place in [hit.place for hit in finds.hits if hit.kind == record.FINDING]
        by_rule = searching.find(index, municipality, YEAR, item.rule.id.lower(), 60, groups)
        assert item.place in [hit.place for hit in by_rule.hits]


def test_what_a_finding_says_is_shown_though_its_title_has_the_words(store: Store) -> None:
    municipality, items = audited(store)
    (item,) = [item for item in items if item.place is not None][:1]
    finds = searching.find(index_of(municipality), municipality, YEAR, item.rule.id, 60, ready([item]))
    (hit,) = [hit for hit in finds.hits if hit.kind == record.FINDING]
    assert hit.title.text.startswith(item.rule.id)
    assert hit.excerpt.text.rstrip("…") in item.finding.sentence()
    assert hit.label == item.finding.severity


def test_findings_come_behind_what_they_are_about_and_are_those_of_the_year_in_hand(store: Store) -> None:
    municipality, items = audited(store)
    groups, index = ready(items), index_of(municipality)
    (item,) = [item for item in items if item.place is not None and item.place.table == "indicator"][:1]
    (indicator,) = [
        one
        for holder in municipality.programme(YEAR).holders()
        for one in holder.indicators
        if one.row == item.place.row
    ]
    finds = searching.find(index, municipality, YEAR, indicator.name, 60, groups)
    kinds = [hit.kind for hit in finds.hits]
    assert record.FINDING in kinds
    assert kinds.index(record.INDICATOR) < kinds.index(record.FINDING)
    other = next(programme.year for programme in municipality.programmes if programme.year != YEAR)
    finds = searching.find(index, municipality, other, indicator.name, 60, ())
    assert record.FINDING not in [hit.kind for hit in finds.hits]
