import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.domain.administration import Administration, Unit
from perfdesk.domain.numbers import parse_number
from perfdesk.domain.programme import Municipality
from perfdesk.services.editing.fields import Known
from perfdesk.services.paste.ground import Ground, PasteColumn, Verdict
from perfdesk.services.paste.pasted_block import Block, read_text
from perfdesk.services.paste.pasting import Choices, plan, repeated
from perfdesk.services.paste.readers import reader
from perfdesk.services.paste.reading import turkish_number
from perfdesk.tables.form import load_form
from perfdesk.tables.table import Column, ColumnKind

KNOWN = Known(
    Municipality(Administration("Güneyçam", "district"), units=(Unit("u1", "Fen İşleri Müdürlüğü", "FİM", row=7),)),
    load_form(""),
)


def column(key, kind=ColumnKind.TEXT, table="indicator"):
    read = reader(KNOWN, table, Column(key, key, kind))
    return PasteColumn(key, key.title(), read, kind in (ColumnKind.VALUE, ColumnKind.AMOUNT))


COLUMNS = (
    PasteColumn("code", "Kod", None),
    column("name"),
    column("unit"),
    column("previous", ColumnKind.VALUE),
    column("target", ColumnKind.VALUE),
)
GROUND = Ground(COLUMNS, 3, can_add=True)


def planned(text, row=0, at=1, ground=GROUND, **choices):
    return plan(read_text(text), ground, row, at, Choices(**choices))


def test_each_cell_is_read_as_it_will_be_stored():
    made = planned("Park\tadet\t1234,50\tx")
    assert [cell.shown for cell in made.rows[0]] == ["Park", "adet", "1.234,50", "X"]
    assert not made.unfit
    assert made.added == 0


def test_an_english_number_does_not_fit_and_has_a_suggestion():
    made = planned("Park\tadet\t1,234.50")
    assert made.unfit == ((0, 2),)
    assert "1.234,50" in made.rows[0][2].error.sentence()
    assert made.rows[0][2].text == "1,234.50"


def test_a_block_reaches_over_the_last_row_into_new_ones():
    made = planned("a\nb\n\nc\n", row=2)
    # a blank row makes no row
    assert made.places == (2, 3, -1, 4)
    assert (made.added, made.dropped_rows) == (2, 0)


def test_a_grid_without_new_rows_leaves_them_out():
    made = planned("a\nb\n", row=2, ground=Ground(COLUMNS, 3))
    assert made.places == (2, -1)
    assert (made.added, made.dropped_rows) == (0, 1)
    assert made.rows[1][0].verdict is Verdict.DROPPED


def test_columns_beyond_the_grid_are_dropped_and_computed_ones_skipped():
    made = planned("PG1\tPark\tadet\t1\t2\tmore", at=0)
    assert made.dropped == (5,)
    assert made.skipped == ("Kod",)
    assert made.chosen(unfit=True)[0][0].keys() == {"name", "unit", "previous", "target"}


def test_a_cell_that_takes_no_entry_is_skipped():
    made = planned("a\nb\n", ground=Ground(COLUMNS, 3, takes=lambda row, _column: row == 0))
    assert [row[0].verdict for row in made.rows] == [Verdict.FITS, Verdict.SKIPPED]


def test_blank_cells_empty_rows_of_the_grid_and_are_nothing_in_new_ones():
    present, new = planned("a\t\nb\t\n", row=2).chosen(unfit=True)
    assert present[2].keys() == {"name", "unit"}
    assert [texts.keys() for texts in new] == [{"name"}]


def test_only_what_fits_makes_no_row_of_what_does_not():
    made = planned("1.5\n2\n", row=3, at=3)
    assert [list(row) for row in made.chosen(unfit=False)[1]] == [["previous"]]
    assert [list(row) for row in made.chosen(unfit=True)[1]] == [["previous"], ["previous"]]


HEADED = "NAME\tTarget\tSorumlu\nPark\t12\tAli\n"


def test_a_first_row_of_heads_puts_columns_under_their_names():
    made = planned(HEADED, row=1)
    assert made.heads
    assert made.columns == (1, 4, -1)
    assert made.places == (1,)
    assert [cell.shown for cell in made.rows[0]] == ["Park", "12", "Ali"]


def test_heads_can_be_taken_as_they_stand():
    made = planned(HEADED, row=1, by_heads=False)
    assert made.heads
    assert made.columns == (1, 2, 3)
    assert len(made.rows) == 2


@pytest.mark.parametrize("text", ["Park\tadet\nYol\tkm\n", "Name\n", "Name\tx\ty\nPark\n"])
def test_a_first_row_that_is_mostly_other_names_is_a_row(text):
    assert not planned(text).heads


def test_a_column_of_english_numbers_is_offered_and_read_only_on_request():
    text = "1,234.50\t1\n12\t1.5\n1,000\t1,5\n"
    offered = planned(text, at=3)
    # the second column holds a Turkish number, too
    assert offered.english == ("Previous",)
    assert (0, 0) in offered.unfit
    read = planned(text, at=3, english=True)
    assert [row[0].shown for row in read.rows] == ["1.234,50", "12", "1.000"]
    assert [row[0].text for row in read.rows] == ["1.234,50", "12", "1.000"]
    assert read.unfit == ((1, 1),)


@pytest.mark.parametrize("text", ["1.234\n2.500\n", "12\n13\n", "a\n1,234.50\n"])
def test_a_column_that_may_be_turkish_is_not_offered(text):
    assert planned(text, at=3).english == ()


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_an_english_number_means_the_same_in_turkish(number):
    assert parse_number(turkish_number(f"{number:,}")) == number
    assert parse_number(turkish_number(f"{number}")) == number


def test_a_column_too_narrow_for_its_number_is_said_to_be():
    made = planned("####", at=3)
    assert "####" in made.rows[0][0].error.sentence()
    assert "kesme" not in made.rows[0][0].error.sentence()


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
def test_a_block_is_repeated_where_it_goes_exactly(rows, columns, down, across):
    block = Block(tuple(tuple(f"{y}{x}" for x in range(columns)) for y in range(rows)))
    large = repeated(block, rows * down, columns * across)
    assert (len(large.rows), large.width) == (rows * down, columns * across)
    assert all(text == f"{y % rows}{x % columns}" for y, row in enumerate(large.rows) for x, text in enumerate(row))
    assert repeated(block, rows * down + 1, columns * across) == block or rows == 1


@pytest.mark.parametrize(
    ("table", "key", "kind", "typed", "shown"),
    [
        ("activity", "03", ColumnKind.AMOUNT, "₺ 1.250,5", "1.250,50"),
        ("activity", "03", ColumnKind.AMOUNT, "-", ""),
        ("activity", "units", ColumnKind.TEXT, "fen isleri", "Fen İşleri Müdürlüğü"),
        ("indicator", "owner", ColumnKind.TEXT, "FİM", "Fen İşleri Müdürlüğü"),
        ("indicator", "cumulative", ColumnKind.FLAG, "e", "Evet"),
        ("indicator", "weight", ColumnKind.VALUE, "12,50", "12,50"),
        ("resource_row", "c1", ColumnKind.VALUE, "1.5", "1.5"),
    ],
)
def test_columns_are_read_as_their_grids_write_them(table, key, kind, typed, shown):
    assert reader(KNOWN, table, Column(key, "", kind))(typed) == shown


def test_equal_texts_are_read_once():
    calls = []
    ground = Ground((PasteColumn("n", "N", lambda text: calls.append(text) or text),), 0, can_add=True)
    plan(read_text("a\na\nb\n"), ground, 0, 0)
    assert calls == ["a", "b"]


COSTS = Ground(
    (
        PasteColumn("name", "Faaliyet", str.strip),
        PasteColumn("01", "01", str.strip, numeric=True, names=("Personel Giderleri",), code="01"),
        PasteColumn("total", "Toplam", None),
        PasteColumn("03", "03", str.strip, numeric=True, names=("Mal ve Hizmet Alım Giderleri",), code="03"),
        PasteColumn("foreign", "Yurt dışı", str.strip, numeric=True, names=("Yurt Dışı",)),
    ),
    3,
    can_add=True,
    unshown=2,
)


@pytest.mark.parametrize(
    ("head", "at"),
    [
        ("03", 3),
        ("03 Mal ve hizmet…", 3),
        ("03-MAL VE HİZMET", 3),
        ("(03) Mal", 3),
        ("03.Mal", 3),
        ("mal ve hizmet alım giderleri", 3),
        ("YURT DIŞI", 4),
        # other codes
        ("03.2", -1),
        ("03 2", -1),
        ("031", -1),
        ("3", -1),
        ("Not", -1),
    ],
)
def test_a_head_goes_to_its_code_or_source_also_out_of_sight(head, at):
    made = planned(f"Faaliyet\t01 Personel\t{head}\nPark\t1\t2\n", at=0, ground=COSTS)
    assert made.columns == (0, 1, at)
    assert made.brought == ((COSTS.columns[at].key,) if at > 0 else ())
    assert made.dropped == ((2,) if at < 0 else ())
    assert made.names == ("Faaliyet", "01 Personel", head)


def test_numbered_names_are_no_heads():
    made = planned("01 Park bakımı\n03 Yol bakımı\n", at=0, ground=COSTS)
    assert not made.heads
    assert [row[0].text for row in made.rows] == ["01 Park bakımı", "03 Yol bakımı"]


def test_without_heads_columns_out_of_sight_take_nothing():
    made = planned("Park\t1\t2\t3\t4\n", at=0, ground=COSTS)
    assert made.columns == (0, 1, 2, -1, -1)
    assert made.dropped == (3, 4)
    assert made.brought == ()
    assert made.names == ()


def test_a_blank_column_beyond_the_grid_is_no_loss():
    assert planned("Park\t1\t\t\n", at=0, ground=COSTS).dropped == ()


# --- what needs no asking ---------------------------------------------------------------------------------------------


def held(*rows):
    """A grid that holds these texts from the column of names on."""
    return Ground(COLUMNS, len(rows), can_add=True, holds=lambda row, at: rows[row][at - 1] if at else "")


def test_only_cells_that_hold_something_else_count_as_overwritten():
    ground = held(("Park", "adet", "1.234,5", ""), ("Yol", "", "", "7"))
    made = planned("park\tadet\t1234,5\t3\nYol\tkm\t8\t", ground=ground)
    # another case, and a value that is emptied; the same number in other notation is the same
    assert made.overwritten == 2
    assert planned("Park\tadet\t1234,5\t3", ground=ground).overwritten == 0


def test_a_refused_entry_that_stands_there_counts_as_overwritten():
    assert planned("5", at=3, ground=held(("Park", "adet", "1.5", ""))).overwritten == 1


@pytest.mark.parametrize(
    ("text", "own", "asked"),
    [
        ("Park\tadet\t5", False, False),
        ("Park\tadet\t1.5", False, True),
        ("Park\tadet\t5\t6\t7", False, True),
        ("Name\tUnit\nPark\tadet", False, True),
        ("\t\t", False, False),
    ],
)
def test_what_fits_and_is_read_as_it_stands_needs_no_asking(text, own, asked):
    made = planned(text, ground=held(("", "", "", "")))
    assert made.needs_no_asking(own=own) is not asked


def test_only_our_own_cells_go_over_others_and_beside_computed_columns_without_asking():
    ground = held(("Yol", "", "", ""))
    over = planned("Park\tadet", ground=ground)
    assert (over.needs_no_asking(own=False), over.needs_no_asking(own=True)) == (False, True)
    computed = planned("01\tYol\tadet", at=0, ground=ground)
    assert (computed.needs_no_asking(own=False), computed.needs_no_asking(own=True)) == (False, True)


def test_our_own_cells_that_find_no_place_are_asked_about():
    ground = Ground(COLUMNS, 1, takes=lambda _row, at: at != 2)
    assert not planned("Park\tadet", ground=ground).needs_no_asking(own=True)


def test_other_words_than_stand_there_are_told():
    ground = Ground([column("units", table="activity")], 1)
    assert planned("FİM", at=0, ground=ground).altered == 1
    assert planned("fen işleri  müdürlüğü", at=0, ground=ground).altered == 0


def test_suggestions_are_taken_where_that_is_wanted():
    text = "a\tb\t1.5\nc\td\tyok"
    assert planned(text).suggestions == 1
    made = planned(text, suggested=True)
    assert made.rows[0][2].text == "1,5"
    assert made.unfit == ((1, 2),)


def test_a_column_is_read_by_what_stands_beside_it():
    def read(unit):
        return lambda text: f"{text} {unit}"

    columns = (column("unit"), PasteColumn("target", "Target", read(""), beside="unit", read_beside=read))
    ground = Ground(columns, 2, can_add=True, holds=lambda row, at: f"unit {row}" if at == 0 else "")
    # in the block, else in the row of the grid, and nothing in a new row
    assert [row[1].shown for row in planned("km\t1\nha\t1", at=0, ground=ground).rows] == ["1 km", "1 ha"]
    shown = [row[0].shown for row in planned("1\n1\n1", at=1, ground=ground).rows]
    assert shown == ["1 unit 0", "1 unit 1", "1 "]


@pytest.mark.parametrize(
    ("table", "key", "typed", "shown"),
    [
        # by its short name, and stored by its row
        ("unit", "parent", "FİM", "Fen İşleri Müdürlüğü"),
        ("resource_table", "side_by_side", "02", "2"),
        ("resource_table", "section", "  %s ", "%s"),
        ("cost_transfer", "code", "3", "03"),
        ("unit", "inactive", "e", "Evet"),
    ],
)
def test_a_field_is_shown_as_it_will_be_once_it_is_stored(table, key, typed, shown):
    part = next(part.title for part in KNOWN.form.outline if part.holds == "resource_tables")
    typed, shown = (text.replace("%s", part) for text in (typed, shown))
    assert reader(KNOWN, table, Column(key, key))(typed) == shown
