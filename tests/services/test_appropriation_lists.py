"""The budget's appropriations from sheets of all kinds: read with certainty or not at all, taken over in one step."""

import io
import re
import zipfile
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dump import dump

from perfdesk.domain.administration import Administration, Unit
from perfdesk.domain.control import AppropriationByCode, AppropriationByUnit, Appropriations
from perfdesk.domain.errors import UserError
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.exchange import sheets
from perfdesk.services.editing.fields import Known
from perfdesk.services.files import appropriation_lists, appropriation_sheets
from perfdesk.services.files.appropriation_sheets import Sheet
from perfdesk.services.files.sheet_state import State
from perfdesk.storage import files
from perfdesk.storage.store import Store
from perfdesk.tables.form import load_form

YEAR = 2027
MUNICIPALITY = Municipality(
    Administration("Güneyçam Belediyesi", "district"),
    units=(
        Unit("u1", "Fen İşleri Müdürlüğü", "FİM", row=1),
        Unit("u2", "Park ve Bahçeler Müdürlüğü", aliases=("Park Müdürlüğü",), row=2),
        Unit("u3", "Toplum Destek Müdürlüğü", row=3),
    ),
    programmes=(Programme(YEAR),),
)
KNOWN = Known(MUNICIPALITY, load_form(""))


def workbook(*rows: list[object], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def computed(*rows: list[object]) -> bytes:
    """Return a workbook as Excel saves it: with what each formula comes to, here an empty text."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(*rows))) as source, zipfile.ZipFile(packed, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            if member.endswith("sheet1.xml"):
                content, count = re.subn(rb'(<c r="\w+")(><f>[^<]*</f>)<v.*?</c>', rb'\1 t="str"\2<v></v></c>', content)
                assert count
            target.writestr(member, content)
    return packed.getvalue()


def parsed(content: bytes | str) -> Sheet:
    data = content.encode() if isinstance(content, str) else content
    return appropriation_sheets.parsed(sheets.read_cells(data), KNOWN, YEAR)


def codes(sheet: Sheet) -> dict[object, str]:
    return {one.key: str(one.amount) for one in sheet.by_code}


def units(sheet: Sheet) -> dict[object, str]:
    return {one.key: str(one.amount) for one in sheet.by_unit}


def whys(sheet: Sheet) -> dict[int, tuple[str, bool]]:
    return {one.row: (one.why, one.is_wrong) for one in sheet.not_taken}


# --- what is read -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (["Ekonomik Kod", "Açıklama", "Ödenek"], [["01", "Personel Giderleri", 1500.5], ["03", "Mal", "2.000,00"]]),
        (["Kod", "Ödenek (TL)"], [[1, 1500.5], [3, 2000]]),
        (["GİDER TÜRÜ", "2027 BÜTÇESİ"], [["01 - Personel Giderleri", "1.500,50"], ["03-Mal ve Hizmet", "2.000 TL"]]),
        (["Gider türü", "Tutar"], [["Personel Giderleri", "1500,50"], ["MAL VE HİZMET ALIM GİDERLERİ", 2000.0]]),
        (["Economic code", "Amount"], [["(01) Personel", 1500.50], ["03.", "₺2.000,00"]]),
        (["Kod", "2025", "2026 Ödeneği", "2027 Ödeneği"], [["01", 1, 2, 1500.5], ["03", 3, 4, 2000]]),
        (["Kod", 2026, 2027, 2028], [["01", 1, 1500.5, 3], ["03", 3, 2000, 4]]),
        (["Sıra No", "Kod", "Toplam"], [[1, "01", 1500.5], [2, "03", 2000]]),
        (["Bütçe Giderinin Türü", "Ödenek"], [["Personel Giderleri", 1500.5], ["03 Mal", 2000]]),
        (["2027 Yılı Bütçe Giderinin Türü", "2027 Ödeneği"], [["Personel Giderleri", 1500.5], ["03 Mal", 2000]]),
        (["Bütçe Gideri", "Ekonomik Kod", "Ödenek"], [["Personel", "01", 1500.5], ["Mal", "03", 2000]]),
        (["Kod", "Açıklama", "Bütçe Gideri"], [["01", "Personel", 1500.5], ["03", "Mal", 2000]]),
        (["Kod", "Açıklama", "2027 Bütçe Giderleri"], [["01", "Personel", 1500.5], ["03", "Mal", 2000]]),
        (["Kod", "Gider Bütçesi"], [["01", 1500.5], ["03", 2000]]),
        (["Kod", "Ödenek", "Bütçe İçindeki Payı (%)"], [["01", 1500.5, 43], ["03", 2000, 57]]),
        (["Kod", "Ödenek", "Bütçede Pay"], [["01", 1500.5, 43], ["03", 2000, 57]]),
        (["Kod", "Ödenek", "2027 Ödeneği (%25 artışla)"], [["01", 1, 1500.5], ["03", 2, 2000]]),
        (["Ad", "Ödenek"], [["Personel Giderleri", 1500.5], ["Mal ve Hizmet Alım Giderleri", 2000]]),
    ],
)
def test_codes_are_read_however_the_sheet_writes_them(heads: list[object], rows: list[list[object]]) -> None:
    sheet = parsed(workbook(["2027 Yılı Bütçe Ödenekleri"], [], heads, *rows))
    assert codes(sheet) == {"01": "1500.50", "03": "2000.00"}
    assert not sheet.by_unit
    assert not sheet.not_taken


def test_units_are_known_by_name_alias_and_abbreviation() -> None:
    sheet = parsed("Harcama Birimi;Ödenek\nfen işleri müdürlüğü;1.000,00\nPark Müdürlüğü;2.000,00\n")
    assert units(sheet) == {1: "1000.00", 2: "2000.00"}
    assert [one.name for one in sheet.by_unit] == ["Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü"]
    assert units(parsed("Birim;Ödenek\nFİM;1.000,00\n")) == {1: "1000.00"}


def test_units_stand_under_the_codes_that_the_budget_has_for_them() -> None:
    """“05” of a unit is none of current transfers."""
    sheet = parsed("Kod;Adı;Ödenek\n05;Fen İşleri Müdürlüğü;1.000,00\n46.36;Park Müdürlüğü;2.000,00\n")
    assert units(sheet) == {1: "1000.00", 2: "2000.00"}
    assert not sheet.by_code
    sheet = parsed("Birim Kodu;Birim;Ödenek\n05;Fen İşleri Müdürlüğü;1.000,00\n")
    assert units(sheet) == {1: "1000.00"}


def test_what_a_code_is_divided_into_counts_once() -> None:
    rows = "01;100\n01.1;60\n01.1.1;60\n01.2;40\n03.2;5\n03.3;7\n03.3.1;7\n"
    sheet = parsed(f"Kod;Ödenek\n{rows}")
    assert codes(sheet) == {"01": "100.00", "03": "12.00"}
    assert [one.rows for one in sheet.by_code] == [(2,), (6, 7)]
    assert {row: why for row, (why, _wrong) in whys(sheet).items()} == {
        3: "2. satırın parçası, alınmaz",
        4: "2. satırın parçası, alınmaz",
        5: "2. satırın parçası, alınmaz",
        8: "7. satırın parçası, alınmaz",
    }


def test_both_lists_may_stand_below_each_other() -> None:
    sheet = parsed(
        "Ekonomik Kod;Ödenek\n01;100\n03;50\nToplam;150\n\n"
        "Harcama Birimi;Ödenek\nFİM;90\nPark Müdürlüğü;60\nGENEL TOPLAM;150\n"
    )
    assert codes(sheet) == {"01": "100.00", "03": "50.00"}
    assert units(sheet) == {1: "90.00", 2: "60.00"}
    assert whys(sheet) == {4: ("toplam satırı, alınmaz", False), 9: ("toplam satırı, alınmaz", False)}
    assert [one.of_codes for one in sheet.not_taken] == [True, False]


def test_a_grid_of_units_and_codes_gives_both_lists() -> None:
    sheet = parsed(
        workbook(
            ["Birim", "01", "03 Mal ve Hizmet Alım Giderleri", "Toplam"],
            ["Fen İşleri Müdürlüğü", 10, 20.25, 30.25],
            ["Park Müdürlüğü", 5, None, 5],
            ["Toplum Destek Müdürlüğü", None, 1, 1],
            ["Toplam", 15, 21.25, 36.25],
        )
    )
    assert codes(sheet) == {"01": "15.00", "03": "21.25"}
    assert units(sheet) == {1: "30.25", 2: "5.00", 3: "1.00"}
    assert whys(sheet) == {5: ("toplam satırı, alınmaz", False)}


def test_a_list_of_units_and_codes_gives_both_lists() -> None:
    sheet = parsed("Birim;Ekonomik Kod;Ödenek\nFİM;01;10\nFİM;03;20\nPark Müdürlüğü;01;5\n")
    assert codes(sheet) == {"01": "15.00", "03": "20.00"}
    assert units(sheet) == {1: "30.00", 2: "5.00"}
    assert [one.rows for one in sheet.by_unit] == [(2, 3), (4,)]


def test_a_total_that_is_none_of_what_was_read_is_told() -> None:
    sheet = parsed("Kod;Ödenek\n01;100\n03;40\nToplam;150\n")
    assert whys(sheet)[4] == ("toplam satırı, alınmaz; üstündeki satırların toplamı 140,00 TL", True)


LEFT_OUT = (
    "toplam satırı, alınmaz; üstündeki satırlardan okunabilenlerin toplamı {} TL, bu toplama girmeyen satır sayısı: {}"
)


def test_a_sum_says_that_rows_which_cannot_be_read_are_left_out() -> None:
    sheet = parsed("Kod;Ödenek\n01;100\n13;50\n03;1.23\nToplam;150\n")
    assert whys(sheet)[5] == (LEFT_OUT.format("100,00", 2), True)
    assert [one.row for one in sheet.not_taken if one.is_total] == [5]


def test_rows_of_a_code_of_which_one_cannot_be_read_are_left_out_of_the_sum_together() -> None:
    sheet = parsed("Kod;Ödenek\n01;100\n03.1;50\n03.2;1.23\nToplam;250\n")
    assert whys(sheet)[5] == (LEFT_OUT.format("100,00", 2), True)


def test_what_a_list_leaves_out_is_not_told_of_the_next() -> None:
    heads = "Kod;Ad;Ödenek\n"
    text = f"{heads}01;P;10\n13;M;5\nToplam;;15\n{heads}46.1;FİM;9\n46.2;Park Müdürlüğü;6\nToplam;;16\n"
    found = whys(parsed(text))
    assert found[4] == (LEFT_OUT.format("10,00", 1), True)
    assert found[8] == ("toplam satırı, alınmaz; üstündeki satırların toplamı 15,00 TL", True)


def test_a_total_in_a_column_headed_ad_is_one() -> None:
    sheet = parsed("Kod;Ad;Ödenek\n01;Personel;10\n;TOPLAM;10\n")
    assert codes(sheet) == {"01": "10.00"}
    assert whys(sheet) == {3: ("toplam satırı, alınmaz", False)}


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        ("Birim;01;03", ["FİM;10;20", "Park Müdürlüğü;1;2", "TOPLAM;11;22"]),
        ("Birim;01;03;Toplam Ödenek", ["FİM;10;20;30", "Park Müdürlüğü;1;2;3", "TOPLAM;11;22;33"]),
        (
            "Birim;2026 Toplam Ödenek;01;03;2027 Toplamı",
            ["FİM;9;10;20;30", "Park Müdürlüğü;9;1;2;3", "Toplam;18;11;22;33"],
        ),
        ("Birim;01;03;2027 Toplamı;2026 Toplamı", ["FİM;10;20;30;9", "Park Müdürlüğü;1;2;3;9", "Toplam;11;22;33;18"]),
    ],
)
def test_each_total_of_a_grid_is_held_against_its_own_column(heads: str, rows: list[str]) -> None:
    sheet = parsed("\n".join([heads, *rows]))
    assert codes(sheet) == {"01": "11.00", "03": "22.00"}
    assert whys(sheet) == {4: ("toplam satırı, alınmaz", False)}
    assert sheet.not_taken[0].amount == 33


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Birim;01;03\nFİM;10;20\nToplam;11;20\n", "toplamları farklı: 01: 10,00 TL"),
        ("Birim;01;03\nFİM;10;20\nToplam;20;10\n", "toplamları farklı: 01: 10,00 TL, 03: 20,00 TL"),
        ("Birim;01;03;Toplam Ödenek\nFİM;10;20;30\nToplam;10;20;31\n", "toplamı 30,00 TL"),
    ],
)
def test_a_total_of_a_grid_that_is_another_is_told(text: str, says: str) -> None:
    sheet = parsed(text)
    assert whys(sheet)[3][1]
    assert whys(sheet)[3][0].endswith(says)


@pytest.mark.parametrize(
    "text",
    [
        # the total of all pages
        "Kod;Ad;Ödenek\n01;P;10\n03;M;5\nKod;Ad;Ödenek\n06;S;7\nGenel Toplam;;22\n",
        # that of each page
        "Kod;Ad;Ödenek\n01;P;10\n03;M;5\nToplam;;15\nKod;Ad;Ödenek\n06;S;7\nToplam;;7\n",
        # both
        "Kod;Ad;Ödenek\n01;P;10\n03;M;5\nToplam;;15\nKod;Ad;Ödenek\n06;S;7\nToplam;;7\nGenel toplam;;22\n",
    ],
)
def test_heads_repeated_on_each_page_are_those_of_one_list(text: str) -> None:
    sheet = parsed(text)
    assert codes(sheet) == {"01": "10.00", "03": "5.00", "06": "7.00"}
    assert set(whys(sheet).values()) == {("toplam satırı, alınmaz", False)}


def test_lists_below_the_same_heads_have_a_total_each() -> None:
    heads = "Kod;Ad;Ödenek\n"
    text = f"{heads}01;P;10\n03;M;5\nToplam;;{{}}\n{heads}46.1;FİM;9\n46.2;Park Müdürlüğü;6\nToplam;;{{}}\n"
    fine = ("toplam satırı, alınmaz", False)
    wrong = ("toplam satırı, alınmaz; üstündeki satırların toplamı 15,00 TL", True)
    assert whys(parsed(text.format(15, 15))) == {4: fine, 8: fine}
    assert whys(parsed(text.format(16, 15))) == {4: wrong, 8: fine}
    assert whys(parsed(text.format(15, 16))) == {4: fine, 8: wrong}


def test_numbers_that_computing_has_blurred_are_read() -> None:
    sheet = parsed(workbook(["Kod", "Ödenek"], ["01", 0.1 + 0.2], ["03", 85000000.1200001], ["06", 123.456]))
    assert codes(sheet) == {"01": "0.30", "03": "85000000.12"}
    assert "123,46" in whys(sheet)[4][0]


# --- what is not ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("13;100", "“13” bir ekonomik kod değil"),
        ("Bilinmeyen gider;100", "“Bilinmeyen gider” bir ekonomik kod değil"),
        ("01;1.234.50", "1.234,50"),
        ("01;-5", "“-5” negatif"),
        ("01;#REF!", "sayı değil"),
        ("01;99999999999999", "çok büyük"),
        (";100", "kod eksik"),
    ],
)
def test_what_is_not_certain_is_told_in_its_row_and_not_taken(row: str, says: str) -> None:
    sheet = parsed(f"Kod;Ödenek\n{row}\n03;50\n")
    assert codes(sheet) == {"03": "50.00"}
    ((at, (why, is_wrong)),) = whys(sheet).items()
    assert (at, is_wrong) == (2, True)
    assert says in why


def test_a_code_of_which_a_part_cannot_be_read_is_not_taken() -> None:
    """Its sum would be too small; where the code itself has an amount its parts do not matter."""
    sheet = parsed("Kod;Ödenek\n01;10\n01.1;x\n03.1;5\n03.2;1.234.50\n06;y\n06.1;7\n")
    assert codes(sheet) == {"01": "10.00"}
    assert {row: is_wrong for row, (_why, is_wrong) in whys(sheet).items()} == dict.fromkeys((3, 4, 5, 6, 7), True)
    assert whys(sheet)[4][0] == "5. satır aynı kodun parçası ve okunamıyor; alınmaz"


@pytest.mark.parametrize(
    ("rows", "left", "marked"),
    [
        # the second may be a part of 01
        ("01.1;Memurlar;10\n;İşçiler;20\n03;Mal;5\n", {"03": "5.00"}, {2}),
        ("01.1;Memurlar;10\nO1.2;İşçiler;20\n03;Mal;5\n", {"03": "5.00"}, {2}),
        ("01.1;Memurlar;10\n10.2;İşçiler;20\n03;Mal;5\n", {"03": "5.00"}, {2}),
        # a part without an amount has one, too
        ("06;Sermaye;5\n01;Personel;\n;Memurlar;20\n01.2;İşçiler;5\n", {"06": "5.00"}, {5}),
        # on the next page
        ("01.1;Memurlar;10\nKod;Açıklama;Ödenek\n;İşçiler;20\n03;Mal;5\n", {"03": "5.00"}, {2}),
        # what the code has is said by its own row
        ("01;Personel;30\n01.1;Memurlar;10\n;İşçiler;20\n03;Mal;5\n", {"01": "30.00", "03": "5.00"}, set()),
        # another code, which the budget does not have
        ("01;Personel;30\n13;Başka;20\n03;Mal;5\n", {"01": "30.00", "03": "5.00"}, set()),
        # after a unit there is no code to be a part of
        ("01;Personel;30\n46.1;FİM;20\n;Zabıta;5\n", {"01": "30.00"}, set()),
    ],
)
def test_a_row_whose_code_cannot_be_read_may_be_part_of_the_code_above(
    rows: str, left: dict[object, str], marked: set[int]
) -> None:
    sheet = parsed(f"Kod;Açıklama;Ödenek\n{rows}")
    assert codes(sheet) == left
    told = {one.row for one in sheet.not_taken if "kodu okunamıyor" in one.why and one.is_wrong}
    assert told == marked


@pytest.mark.parametrize("part", [";20", "01.2;x"])
def test_what_units_have_of_a_code_does_not_make_up_for_its_parts(part: str) -> None:
    sheet = parsed(f"Kod;Ödenek\n01.1;10\n{part}\n03;5\n\nBirim;01;03\nFİM;30;5\n")
    assert codes(sheet) == {"03": "5.00"}
    assert units(sheet) == {1: "35.00"}
    assert whys(sheet).keys() == {2, 3}


@pytest.mark.parametrize(
    "text",
    [
        "Birim;01;03\nFİM;10;x\nPark Müdürlüğü;5;5\n",
        "Birim;01;03\nFİM;10;5\nZabıta;5;5\n",
        "Birim;Kod;Ödenek\nFİM;01;5\n;03;5\n",
        "Birim;Kod;Ödenek\nFİM;01;5\nPark Müdürlüğü;13;5\n",
    ],
)
def test_sums_of_units_and_codes_need_every_row(text: str) -> None:
    with pytest.raises(UserError) as refused:
        parsed(text)
    assert "satır okunamıyor" in refused.value.sentence()


@pytest.mark.parametrize(
    ("unit", "says"),
    [
        ("Zabıta Müdürlüğü", "“Zabıta Müdürlüğü” harcama birimleri arasında yok"),
        # a part of "Destek", and perhaps what a unit is called that is missing here
        ("DES", "“DES” harcama birimleri arasında yok"),
        ("Fen İşleri", "“Fen İşleri” harcama birimleri arasında yok"),
    ],
)
def test_units_that_are_not_known_are_told(unit: str, says: str) -> None:
    sheet = parsed(f"Birim;Ödenek\n{unit};100\nFİM;50\n")
    assert units(sheet) == {1: "50.00"}
    assert says in whys(sheet)[2][0]
    assert whys(sheet)[2][1]


@pytest.mark.parametrize("heads", ["Birim;Ödenek\n", "Kod;Adı;Ödenek\n01;"])
def test_an_abbreviation_of_two_units_is_neither(heads: str) -> None:
    twice = replace(MUNICIPALITY, units=(*MUNICIPALITY.units, Unit("u4", "Fidanlık Müdürlüğü", "fim", row=4)))
    rows = sheets.read_cells(f"{heads}FİM;100\n".encode())
    sheet = appropriation_sheets.parsed(rows, Known(twice, load_form("")), YEAR)
    assert not sheet.by_unit
    assert not sheet.by_code
    assert "Fen İşleri Müdürlüğü, Fidanlık Müdürlüğü" in whys(sheet)[2][0]


def test_of_merged_cells_the_first_row_alone_has_a_name() -> None:
    content = workbook(
        ["2027 Ödenekleri", None, None],
        ["Kod", "Ödenek"],
        ["01", 100],
        [None, 50],
        ["03", 7],
        merged=("A1:C1", "A3:A4"),
    )
    sheet = parsed(content)
    # 01 may have both amounts
    assert codes(sheet) == {"03": "7.00"}
    assert "birleştirilmiş" in whys(sheet)[4][0]
    assert whys(sheet)[3] == ("4. satırın kodu okunamıyor, bu kod ya da bir parçası olabilir; alınmaz", True)


def test_formulas_that_were_never_computed_are_told() -> None:
    sheet = parsed(workbook(["Kod", "Ödenek"], ["01", "=50+50"], ["03", 7], ["Toplam", "=B2+B3"]))
    assert codes(sheet) == {"03": "7.00"}
    assert whys(sheet)[2][1]
    assert "Excel" in whys(sheet)[2][0]
    assert whys(sheet)[4] == ("toplam satırı, alınmaz", False)


def test_formulas_that_come_to_an_empty_text_are_no_amount() -> None:
    nothing = '=IF(1=1,"","")'
    sheet = parsed(computed(["Kod", "Ödenek"], ["01", 100], ["03", nothing]))
    assert codes(sheet) == {"01": "100.00"}
    assert whys(sheet) == {3: ("tutar yok, alınmaz", False)}
    sheet = parsed(computed(["Birim", "01", "03"], ["FİM", 100, nothing], ["Park Müdürlüğü", 1, 2]))
    assert units(sheet) == {1: "100.00", 2: "3.00"}


def test_rows_without_an_amount_are_shown() -> None:
    sheet = parsed("Kod;Ödenek\nGİDERLER;\n01;100\n04;\nHazırlayan: Mali Hizmetler;\n")
    assert codes(sheet) == {"01": "100.00"}
    assert whys(sheet) == dict.fromkeys((2, 4, 5), ("tutar yok, alınmaz", False))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "sütunlarını adlandıran"),
        ("Ad;Soyad\na;b\n", "sütunlarını adlandıran"),
        ("01;100\n03;50\n", "sütunlarını adlandıran"),
        ("Kod;Ödenek\n", "ödenek yok"),
        ("Kod;Ödenek\n01;100\n1;50\n", "2. ve 3. satırların"),
        ("Birim;Ödenek\nFİM;100\nFen İşleri Müdürlüğü;50\n", "Fen İşleri Müdürlüğü"),
        ("Kod;Ödenek;Tutar\n01;1;2\n", "“Ödenek”, “Tutar”"),
        ("Kod;2025 Ödeneği;2026 Ödeneği\n01;1;2\n", "başka yılların"),
    ],
)
def test_a_sheet_that_cannot_be_or_contradicts_itself_is_refused(text: str, says: str) -> None:
    with pytest.raises(UserError) as refused:
        parsed(text)
    assert says in refused.value.sentence()


def test_a_libreoffice_sheet_is_refused_with_what_to_do() -> None:
    content = b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" + b"\0" * 50
    with pytest.raises(UserError) as refused:
        parsed(content)
    assert ".ods" in refused.value.sentence()


@given(st.lists(st.lists(st.sampled_from(["", "Kod", "Birim", "Ödenek", "01", "01.1", "FİM", "Toplam", "5", "x;y"]))))
def test_any_sheet_is_read_or_refused(rows: list[list[str]]) -> None:
    with suppress(UserError):
        parsed("\n".join(";".join(row) for row in rows))


# --- taking over ------------------------------------------------------------------------------------------------------


@pytest.fixture
def entered(tmp_path: Path) -> Store:
    """A file whose year has appropriations already, one of them in two rows."""
    held = Appropriations(
        (
            AppropriationByCode("01", Decimal(60)),
            AppropriationByCode("01", Decimal(40)),
            AppropriationByCode("05", Decimal(5)),
        ),
        (AppropriationByUnit(Decimal(70), "u1"), AppropriationByUnit(Decimal(3))),
    )
    path = tmp_path / "a.perfdesk"
    files.create(path, replace(MUNICIPALITY, programmes=(replace(MUNICIPALITY.programmes[0], appropriations=held),)))
    return files.open_store(path, writable=True)


def known(store: Store) -> tuple[Known, Programme]:
    municipality = store.load()
    return Known(municipality, load_form("")), municipality.programmes[0]


def written(folder: Path, text: str) -> Path:
    path = folder / "ödenek.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_taking_over_is_one_step_and_leaves_what_the_sheet_lacks(entered: Store, tmp_path: Path) -> None:
    with entered as store:
        now, programme = known(store)
        sheet = appropriation_lists.read(written(tmp_path, "Kod;Ödenek\n03;50\n01;100\nToplam;150\n"), now, YEAR)
        told = appropriation_lists.preview(now, programme, sheet)
        assert [(line.name[:2], line.state) for line in told.lines] == [
            ("03", State.NEW),
            ("01", State.CHANGED),
            ("", State.NOT_TAKEN),
        ]
        assert told.by_code[1].before == 100
        # the list of units is not the sheet's
        assert told.left == ("05 Cari Transferler",)
        before = dump(store)
        appropriation_lists.take_over(store, now, programme, sheet)
        after = known(store)[1].appropriations
        assert [(one.code, one.amount) for one in after.by_code] == [("01", 100), ("05", 5), ("03", 50)]
        assert after.by_unit == programme.appropriations.by_unit
        done = dump(store)
        store.undo()
        assert dump(store) == before
        store.redo()
        assert dump(store) == done


def test_taking_the_same_again_changes_nothing(entered: Store, tmp_path: Path) -> None:
    with entered as store:
        source = written(tmp_path, "Birim;Ödenek\nFİM;100\nPark Müdürlüğü;50\n")
        for _again in range(2):
            now, programme = known(store)
            sheet = appropriation_lists.read(source, now, YEAR)
            told = appropriation_lists.preview(now, programme, sheet)
            appropriation_lists.take_over(store, now, programme, sheet)
        assert {line.state for line in told.lines} == {State.SAME}
        after = known(store)[1].appropriations.by_unit
        assert [(one.unit, one.amount) for one in after] == [("u1", 100), ("", 3), ("u2", 50)]
        store.undo()
        assert store.undo_label == ""


def test_a_sum_that_is_too_large_is_refused_whole(entered: Store, tmp_path: Path) -> None:
    with entered as store:
        source = written(tmp_path, "Kod;Ödenek\n03;9.999.999.999.999,99\n06;1\n")
        now, programme = known(store)
        sheet = appropriation_lists.read(source, now, YEAR)
        before = dump(store)
        with pytest.raises(UserError):
            appropriation_lists.take_over(store, now, programme, sheet)
        assert dump(store) == before


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        appropriation_lists.read(tmp_path / "yok.xlsx", KNOWN, YEAR)
