import io
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dump import dump

from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import ProgrammeEntry
from perfdesk.exchange import sheets
from perfdesk.i18n import _
from perfdesk.services.files import programme_lists, programme_sheets
from perfdesk.services.files.sheet_state import State
from perfdesk.storage.store import Store

HEADS = "Program Kodu;Program Adı;Alt Program Kodu;Alt Program Adı;Ortak\n"
ROWS = "71;Planlı Kentleşme;71.1;İmar Planlama;\n;;71.2;Yapı Denetimi;\n72;Afet Yönetimi;72.10;Yangın;Evet\n"
Names = list[tuple[str, str, bool | None, list[tuple[str, str]]]]
EXPECTED: Names = [
    ("71", "Planlı Kentleşme", None, [("71.1", "İmar Planlama"), ("71.2", "Yapı Denetimi")]),
    ("72", "Afet Yönetimi", True, [("72.10", "Yangın")]),
]


def names(entries: tuple[ProgrammeEntry, ...]) -> Names:
    return [(e.code, e.name, e.joint, [(s.code, s.name) for s in e.sub_programmes]) for e in entries]


def parsed(text: str) -> tuple[ProgrammeEntry, ...]:
    return programme_sheets.parsed(sheets.read_sheet(text.encode()))


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Kapak"
    sheet = book.create_sheet("Liste")
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_file_of_any_usual_kind(encoding: str, separator: str) -> None:
    content = (HEADS + ROWS).replace(";", separator).encode(encoding)
    assert names(programme_sheets.parsed(sheets.read_sheet(content))) == EXPECTED


def test_a_workbook_with_a_title_above_and_numbers_for_codes() -> None:
    rows: list[list[object]] = [
        ["2027 Program Listesi"],
        [],
        ["PROGRAM KODU", "PROGRAM", "ALT PROGRAM KODU", "ALT PROGRAM", "FAALİYET ADI", "ORTAK MI?"],
        [71, "Planlı Kentleşme", 71.1, "İmar Planlama", "Planlar", None],
        [71, "Planlı Kentleşme", 71.1, "İmar Planlama", "Parselasyon", None],
        [None, None, 71.2, "Yapı Denetimi", None, None],
        [72.0, "Afet Yönetimi", "72.10", "Yangın", None, "x"],
    ]
    assert names(programme_sheets.parsed(sheets.read_sheet(workbook(rows)))) == EXPECTED


@pytest.mark.parametrize(
    "heads",
    [
        "PROG. KODU;PROGRAM;ALT PROG. KODU;ALT PROGRAM;ORTAK PROGRAM",
        "Programme code;Programme name;Sub-programme code;Sub-programme name;Joint",
        "Program No;Program Adı;Altprogram Kodu;Altprogram Adı;Ortak (Evet/Hayır)",
        "program  kodu ;Program adı:;Alt Program Kodu*;Alt Program;Ortak mı",
    ],
)
def test_heads_are_known_by_their_words(heads: str) -> None:
    assert names(parsed(f"{heads}\n{ROWS}")) == EXPECTED


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ad;Tutar\nx;1\n", f"{_('Programme name')}, {_('Sub-programme name')}"),
        ("Program Adı;Program Adı;Alt Program Adı\na;b;c\n", _("Programme name")),
        (HEADS, ""),
        (f"{HEADS};;71.1;İmar;\n", "2"),
        (f"{HEADS}71;;71.1;İmar;\n", "71"),
        (f"{HEADS}71;Kent;71.1;;\n", "71.1"),
        (f"{HEADS}71;Kent;71.1;İmar;\n71;Köy;71.2;Yapı;\n", "Köy"),
        (f"{HEADS}71;Kent;71.1;İmar;\n72;KENT;72.1;Yapı;\n", "KENT"),
        (f"{HEADS}71;Kent;71.1;İmar;\n71;Kent;71.1;Yapı;\n", "Yapı"),
        (f"{HEADS}71;Kent;71.1;İmar;\n72;Afet;71.1;İmar;\n", "71.1"),
        (f"{HEADS}71;Kent;71.1;İmar;belki\n", "belki"),
        (f"{HEADS}71;Kent;71.1;İmar;evet\n71;Kent;71.2;Yapı;hayır\n", "Kent"),
    ],
)
def test_what_cannot_be_or_contradicts_itself_is_refused(text: str, says: str) -> None:
    with pytest.raises(UserError) as refused:
        parsed(text)
    assert says in refused.value.sentence()


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a workbook", b"\xd0\xcf\x11\xe0old", b"\x00\x01\x02\xff\x81"])
def test_what_is_no_sheet_is_refused(content: bytes) -> None:
    with pytest.raises(UserError):
        sheets.read_sheet(content)


@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    with suppress(UserError):
        programme_sheets.parsed(sheets.read_sheet(content))


def test_a_sheet_that_is_too_large_is_refused() -> None:
    with pytest.raises(UserError):
        sheets.read_sheet(b"a;b\n" * (sheets.MAX_ROWS + 1))


def written(folder: Path, text: str) -> Path:
    path = folder / "liste.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_importing_is_one_step_and_keeps_what_refers_to_the_list(store: Store, tmp_path: Path) -> None:
    before = dump(store)
    (town, support) = store.load().programme_list
    sub = town.sub_programmes[0]
    source = written(tmp_path, f"{HEADS}72;Afet;72.1;Yangın;\n{town.code};Yeni Ad;{sub.code};Yeni Alt Ad;\n")
    done = programme_lists.import_list(store, source)
    listed = store.load().programme_list
    assert [entry.name for entry in listed] == ["Yeni Ad", support.name, "Afet"]
    again = next(entry for entry in listed if entry.id == town.id)
    assert (again.row, again.sub_programmes[0].id, again.sub_programmes[0].name) == (town.row, sub.id, "Yeni Alt Ad")
    # the sheet says nothing of it
    assert again.joint == town.joint
    assert support in listed
    assert (done.added, done.changed) == (2, 2)
    assert any(support.name in left for left in done.left)
    after = dump(store)
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after


def test_importing_the_same_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    source = written(tmp_path, HEADS + ROWS)
    assert programme_lists.import_list(store, source).added == 5
    before = dump(store)
    assert programme_lists.import_list(store, source).changed == 0
    assert dump(store) == before


@pytest.mark.parametrize(
    ("there", "sheet", "order"),
    [
        # as numbers, not as letters
        ("71.2;71.10;71.11", "71.9;71.1;71.10.1", "71.1;71.2;71.9;71.10;71.10.1;71.11"),
        # the clerk's own order stays, and the nearest code tells the place
        ("71.7;71.3;71.5", "71.4;71.8;71.1;71.5", "71.7;71.8;71.1;71.3;71.4;71.5"),
        ("", "71.3;71.1;71.2", "71.1;71.2;71.3"),
        ("K.2;K.3", "k.10;K.1", "K.1;K.2;K.3;k.10"),
    ],
)
def test_what_is_new_stands_by_its_code_and_what_was_there_stays(
    store: Store, tmp_path: Path, there: str, sheet: str, order: str
) -> None:
    def rows(text: str) -> str:
        return "".join(f";;{code};Alt {code};\n" for code in text.split(";") if code)

    imported(store, tmp_path, f"{HEADS}71;Kent;;;\n{rows(there)}")
    town = next(entry for entry in store.load().programme_list if entry.code == "71")
    by_code = {sub.code: sub.row for sub in town.sub_programmes}
    with store.step("as by hand"):
        store.reorder("sub_programme_entry", [by_code[code] for code in there.split(";") if code])
    for _again in range(2):
        imported(store, tmp_path, f"{HEADS}71;Kent;;;\n{rows(sheet)}")
        (town,) = (entry for entry in store.load().programme_list if entry.code == "71")
        assert [sub.code for sub in town.sub_programmes] == order.split(";")


def test_new_programmes_stand_among_those_of_the_file_and_what_has_no_code_behind_what_it_follows(
    store: Store, tmp_path: Path
) -> None:
    (first, second) = store.load().programme_list
    with store.step("codes"):
        store.update("programme_entry", first.row, code="2")
        store.update("programme_entry", second.row, code="30")
    imported(store, tmp_path, f"{HEADS}10;On;;;\n")
    text = f"{HEADS}40;Kırk;;;\n9;Dokuz;;;\n;Adsız;;;\n10;On;;;\n1;Bir;;;\n"
    imported(store, tmp_path, text)
    listed = [entry.name for entry in store.load().programme_list]
    assert listed == ["Bir", first.name, "Dokuz", "Adsız", "On", second.name, "Kırk"]
    before = dump(store)
    done = imported(store, tmp_path, text)
    assert (done.added, done.changed) == (0, 0)
    assert dump(store) == before


UNCODED = (
    "Program Adı;Alt Program Adı;Ortak\nPlanlı Kentleşme;İmar Planlama;\n;Yapı Denetimi;\nAfet Yönetimi;Yangın;Evet\n"
)


def imported(store: Store, folder: Path, text: str) -> programme_lists.Imported:
    return programme_lists.import_list(store, written(folder, text))


def previewed(store: Store, text: str) -> list[tuple[str, State, str]]:
    lines = programme_lists.preview(store.load().programme_list, parsed(text)).lines
    return [(line.code, line.state, line.before) for line in lines]


def test_codes_are_filled_in_where_the_list_was_typed_without_them(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path, UNCODED)
    before = store.load().programme_list[-2:]
    text = (HEADS + ROWS).replace("Afet Yönetimi", "AFET YÖNETİMİ")
    assert previewed(store, text) == [
        ("71", State.CHANGED, "Planlı Kentleşme"),
        ("71.1", State.CHANGED, "İmar Planlama"),
        ("71.2", State.CHANGED, "Yapı Denetimi"),
        ("72", State.CHANGED, "Afet Yönetimi"),
        ("72.10", State.CHANGED, "Yangın"),
    ]
    held = dump(store)
    done = imported(store, tmp_path, text)
    assert (done.added, done.changed) == (0, 5)
    after = store.load().programme_list[-2:]
    assert names(after) == [EXPECTED[0], ("72", "AFET YÖNETİMİ", *EXPECTED[1][2:])]
    assert [one.id for one in after] == [one.id for one in before]
    assert [sub.id for one in after for sub in one.sub_programmes] == [
        sub.id for one in before for sub in one.sub_programmes
    ]
    store.undo()
    assert dump(store) == held


def test_what_gets_its_code_from_the_sheet_takes_its_place_by_it(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path, "Program Adı;Alt Program Adı\nKent;Yapı\n;İmar\n;Elle yazılmış\n")
    imported(store, tmp_path, f"{HEADS}71;Kent;71.1;İmar;\n;;71.2;Yapı;\n")
    town = next(one for one in store.load().programme_list if one.name == "Kent")
    assert [sub.name for sub in town.sub_programmes] == ["İmar", "Yapı", "Elle yazılmış"]


def test_a_sheet_without_codes_takes_none_away(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path, HEADS + ROWS)
    before = dump(store)
    codes = ["71", "71.1", "71.2", "72", "72.10"]
    assert previewed(store, UNCODED) == [(code, State.SAME, "") for code in codes]
    done = imported(store, tmp_path, UNCODED)
    assert (done.added, done.changed) == (0, 0)
    assert dump(store) == before


def test_codes_of_programmes_may_be_on_one_side_and_those_of_sub_programmes_on_both(
    store: Store, tmp_path: Path
) -> None:
    imported(store, tmp_path, HEADS + ROWS)
    text = "Program Adı;Alt Program Kodu;Alt Program Adı\nPlanlı Kentleşme;71.1;İmar Planları\n"
    assert previewed(store, text) == [("71", State.SAME, ""), ("71.1", State.CHANGED, "71.1 İmar Planlama")]


@pytest.mark.parametrize(
    ("there", "sheet", "codes"),
    [
        # two in the file could be meant
        ("71;Kent;71.1;İmar;\n;;71.2;İmar;\n", "71;Kent;;İmar;\n", ["71.1", "71.2", ""]),
        # two of the sheet could mean it
        ("71;Kent;;İmar;\n", "71;Kent;71.1;İmar;\n;;71.2;İmar;\n", ["71.1", "71.2", ""]),
        # it is another one of the sheet already
        ("71;Kent;71.1;İmar;\n", "71;Kent;;İmar;\n;;71.1;İmar;\n", ["71.1", ""]),
        # both have a code
        ("71;Kent;71.1;İmar;\n", "71;Kent;71.2;İmar;\n", ["71.1", "71.2"]),
        # it stands under another programme
        ("72;Afet;;İmar;\n71;Kent;;Yapı;\n", "71;Kent;71.1;İmar;\n", ["71.1", ""]),
    ],
)
def test_a_name_that_could_mean_another_one_is_a_new_entry(
    store: Store, tmp_path: Path, there: str, sheet: str, codes: list[str]
) -> None:
    imported(store, tmp_path, HEADS + there)
    imported(store, tmp_path, HEADS + sheet)
    town = next(one for one in store.load().programme_list if one.name == "Kent")
    assert [sub.code for sub in town.sub_programmes] == codes


def test_a_programme_of_the_same_name_and_another_code_is_another_one(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path, f"{HEADS}71;Kent;;;\n")
    assert imported(store, tmp_path, f"{HEADS}72;Kent;;;\n").added == 1
    # of the two, none is meant by the name alone
    assert imported(store, tmp_path, f"{HEADS};Kent;;;\n").added == 1


def test_a_sub_programme_that_would_move_is_refused_whole(store: Store, tmp_path: Path) -> None:
    before = dump(store)
    sub = store.load().programme_list[0].sub_programmes[0]
    source = written(tmp_path, f"{HEADS}91;Yeni;91.1;Önce;\n92;Başka;{sub.code};{sub.name};\n")
    with pytest.raises(UserError) as refused:
        programme_lists.import_list(store, source)
    assert sub.code in refused.value.sentence()
    assert dump(store) == before


def test_a_file_that_is_not_there(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        programme_lists.import_list(store, tmp_path / "yok.csv")
