import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.domain.texts import UNPRINTABLE, BlockKind, Run, TextBlock
from perfdesk.gui.text import pasting
from perfdesk.services.book.sections import tidy

KINDS = {"heading": "h", "paragraph": "p", "bullet": "•", "picture": "r"}


def told(blocks):
    """Blocks as short texts: the kind, the level, bold between stars."""
    return [
        f"{KINDS[b.kind]}{b.level or ''} " + "".join(f"*{run.text}*" if run.bold else run.text for run in b.runs)
        for b in blocks
    ]


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><title>Belge</title>
<style><!-- p.MsoNormal {font-size:11.0pt} --></style></head><body lang=TR><!--StartFragment-->
<h2>Hizmet <span style='mso-spacerun:yes'> </span>bölgeleri<o:p></o:p></h2>
<p class=MsoNormal style='margin-bottom:0cm'><b><span style='color:red'>Kalın</span></b> ve
<i>eğik</i> <span style='font-family:"Arial",sans-serif'>yazı</span><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Park</p>
<p style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>
<!--[endif]-->Sıralı</p>
<h3>Alt başlık</h3><!--EndFragment--></body></html>"""


def test_a_word_processors_text_keeps_its_structure():
    assert told(pasting.from_html(WORD)) == [
        "h1 Hizmet bölgeleri",
        "p *Kalın* ve eğik yazı",
        "• Park",
        "p 1. Sıralı",
        "h2 Alt başlık",
    ]


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ('<b style="font-weight:normal"><p><span style="font-weight:700">A</span> b</p></b>', ["p *A* b"]),
        ("<p>bir<p>iki<div>üç</div>dört", ["p bir", "p iki", "p üç", "p dört"]),
        ("<ul><li>a<li><p>b</p></ul><ol start=3><li>c<li>d</ol>", ["• a", "• b", "p 3. c", "p 4. d"]),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", ["• a", "• b", "• c"]),
        (
            "<table><tr>\n <td>Ad</td>\n <th>Sayı</th></tr><tr><td><p>a<br>b</p></td><td>2</td></tr></table>",
            ["p Ad\t*Sayı*", "p a b\t2"],
        ),
        ("bir<br>iki &amp; üç<script>alert(1)</script><span style='display:none'>gizli</span>", ["p bir\niki & üç"]),
        ("<h3>A</h3><h5>B</h5><h4>C</h4>", ["h1 A", "h2 B", "h2 C"]),
        ("<img src='https://example.org/a.png'>", []),
        ("a\x07b", ["p ab"]),
        ("<p>x</b></td></p>", ["p x"]),
        ("<![if !x]><![endif]><p>y", ["p y"]),
    ],
)
def test_pages(page, blocks):
    assert told(pasting.from_html(page)) == blocks


def test_plain_text_is_parted_into_paragraphs_and_bullets():
    text = "Giriş\r\n\r\n• bir\n- iki\n▪\tüç\n-4 derece\n  dört  \x07\n"
    assert told(pasting.from_text(text)) == ["p Giriş", "• bir", "• iki", "• üç", "p -4 derece", "p dört"]


@given(st.text(st.sampled_from("<>/!-[]&;=\"' \nabphilutdr1")))
def test_no_page_is_too_broken(page):
    pasting.from_html(page)


runs = st.lists(
    st.builds(Run, st.text(st.sampled_from("abış<&\n "), max_size=6), st.sampled_from([None, True])), max_size=3
).map(tuple)
kinds = st.sampled_from([BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.HEADING])
texts = st.lists(st.builds(TextBlock, kinds, runs, st.sampled_from([1, 2])), max_size=5).map(tidy)


@given(texts)
def test_what_goes_to_a_word_processor_can_come_back(blocks):
    def plain(of):
        """Without what a page cannot say: blanks in a row, and which heading is the highest."""
        return [(b.kind, "".join("".join(f"{run.text}" for run in b.runs).split())) for b in of]

    assert plain(pasting.from_html(pasting.to_html(blocks))) == plain(blocks)


@given(texts)
def test_our_own_come_back_exactly(blocks):
    given_blocks = (*blocks, TextBlock(BlockKind.PICTURE, picture="p1", caption="Yazı"))
    assert pasting.from_own(pasting.to_own(given_blocks)) == given_blocks


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"[[1,2]]", b'[["table",null,[],"",""]]', b"\xff"])
def test_other_data_under_our_name_are_nothing(data):
    assert pasting.from_own(data) == ()


@given(st.text())
def test_pasted_text_holds_nothing_that_cannot_be_printed(text):
    for block in (*pasting.from_text(text), *pasting.from_html(text)):
        assert not any(UNPRINTABLE.search(run.text) for run in block.runs)
