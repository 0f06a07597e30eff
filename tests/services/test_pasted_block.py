import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.domain.errors import UserError
from perfdesk.services.paste import pasted_block
from perfdesk.services.paste.pasted_block import Block, read_html, read_text

# what a spreadsheet's cell can hold; its line ends are all of one kind
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='\n\t"'), max_size=12)


def quoted(text):
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if any(sign in text for sign in '\t\n"') else text


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1)))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_a_spreadsheet_writes_is_read_back(end, rows):
    text = end.join("\t".join(map(quoted, row)) for row in rows) + end
    assert read_text(text).rows == tuple(map(tuple, rows))


def test_the_last_line_may_lack_its_end():
    assert read_text("a\tb\r\nc\td").rows == (("a", "b"), ("c", "d"))


def test_short_lines_are_filled_up():
    assert read_text("a\nb\tc\n").rows == (("a", ""), ("b", "c"))


def test_quotation_marks_that_do_not_surround_a_cell_are_text():
    assert read_text('"Yeşil" kent\t"a\n').rows == (('"Yeşil" kent', '"a'),)


def test_nothing_is_no_block():
    assert read_text("") == Block()


def test_a_huge_block_is_refused_with_a_sentence():
    with pytest.raises(UserError, match="20"):
        read_text("1\n" * (pasted_block.MOST_ROWS + 1))
    with pytest.raises(UserError):
        read_text("\t" * (pasted_block.MOST_CELLS + 1))
    with pytest.raises(UserError):
        read_html("<table>" + "<tr><td>1" * (pasted_block.MOST_ROWS + 1) + "</table>")


def test_a_line_of_many_cells_makes_no_large_block_of_short_ones():
    with pytest.raises(UserError):
        read_text("\t" * 1000 + "\n" + "1\n" * 1000)


# as Excel writes it, with an accounting format and a line end inside a cell
EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=utf-8>
<style><!--table {mso-displayed-decimal-separator:"\\,";}--></style></head>
<body link="#0563C1"><!--StartFragment-->
<table border=0 cellpadding=0 width=192 style='border-collapse:collapse'><col width=64 span=3>
 <tr height=20><td height=20 class=xl65 align=right x:num="1234.5">1.234,50</td>
  <td class=xl66><span style='mso-spacerun:yes'>&nbsp;</span>₺ 12,00<span
  style='mso-spacerun:yes'>&nbsp;</span></td><td>Park ve<br>
    Bahçeler &amp; Fen</td></tr>
</table><!--EndFragment--></body></html>"""


def test_excels_table_gives_the_texts_as_shown():
    assert read_html(EXCEL) == Block((("1.234,50", "₺ 12,00", "Park ve\nBahçeler & Fen"),))


def test_libreoffices_table_gives_the_texts_as_shown():
    html = (
        '<html><head><title></title></head><body><table><colgroup width="8"></colgroup><tr>'
        '<td sdval="1234.5" sdnum="1055;"><font face="A">1.234,5</font></td><td><br></td></tr></table></body></html>'
    )
    assert read_html(html) == Block((("1.234,5", ""),))


def test_merged_cells_leave_the_covered_ones_blank():
    html = (
        "<table><tr><td rowspan=2 colspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>"
        "<tr><td>d</td><td>e</td><td rowspan=2>f</td></tr><tr><td>g</td><td>h</td></tr></table>"
    )
    assert read_html(html) == Block((("a", "", "b"), ("", "", "c"), ("d", "e", "f"), ("g", "h", "")), merged=2)


def test_long_text_that_only_reaches_over_blank_cells_is_not_merged():
    assert read_html("<table><tr><td colspan=2 style='mso-ignore:colspan'>a</td></tr></table>").merged == 0


@pytest.mark.parametrize(
    "html",
    [
        "<p>no table</p>",
        "<p>text</p><table><tr><td>a</td></tr></table>",
        "<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>",
        "<table></table>",
    ],
)
def test_what_is_more_or_less_than_one_table_is_left_to_the_text(html):
    assert read_html(html) is None


def test_a_table_within_a_cell_is_its_text():
    html = "<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>"
    assert read_html(html) == Block((("ab", "c"),))


@given(st.text(alphabet="<>/tabledrhnp =\"'\n&;#rowspncol123", max_size=120))
def test_broken_html_is_read_or_left(text):
    block = read_html("<table>" + text)
    assert block is None or len({len(row) for row in block.rows}) == 1
