"""How the text looks: Word's own styles where there is one, ours beside them, so that a change is made once.

The names of our own styles are read in Word's list of styles, so they are Turkish like all that is printed.
"""

from dataclasses import dataclass, replace
from typing import Final

from perfdesk.documents.writers import colours
from perfdesk.documents.writers.docx.measures import TEXT, twips
from perfdesk.documents.writers.docx.xml import Element, add
from perfdesk.documents.writers.pdf.style import BULLET_INDENT, ROW_PAD, SMALLER, SMALLEST, TABLE_SIZE
from perfdesk.i18n import N_, printed

LANGUAGE: Final = "tr-TR"
FONT: Final = "Noto Sans"
# what Word takes where the font is neither in the file nor on the computer
SUBSTITUTE: Final = "Segoe UI"
TABLE: Final = "BookTable"

# the numbers of the lists: of running text, and of cells
_BULLETS: Final = 1
_CELL_BULLETS: Final = 2
_BULLET_INDENT: Final = 12.0
# of what the font itself asks for: so that two cost tables fit on a page as they do on paper
CAPTION_SIZE: Final = 10.5
_TABLE_LEADING: Final = 0.95
# Word adds the line between two rows to their height
_LINE: Final = 0.5
# above and below the text of a row: a little closer than on paper, for the same reason
_PAD: Final = ROW_PAD - _LINE / 2 - 0.35
# of a list of tables or figures: what goes on below the first line stands about where their names begin
_LISTED: Final = 42
# the styles of cells are there in each size that tables are set in
SIZES: Final = {TABLE_SIZE: "", SMALLER: "Small", SMALLEST: "Smallest"}
_SIZE_NAMES: Final = {"Small": N_("small"), "Smallest": N_("smallest")}


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style; measures in points, what is not given is inherited."""

    id: str
    name: str
    based: str = "Normal"
    size: float = 0
    colour: str = ""
    bold: bool | None = None
    italic: bool = False
    before: float | None = None
    after: float | None = None
    leading: float = 0
    align: str = ""
    keep: bool = False
    fresh: bool = False
    rule: str = ""
    outline: int | None = None
    left: float = 0
    right: float = 0
    hanging: float = 0
    tabs: tuple[tuple[str, float], ...] = ()
    bullets: int = 0
    next: str = ""
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a document, as Word writes them."""

    accent: str
    ink: str
    grey: str
    tint: str
    light_tint: str
    hairline: str


def palette(colour: str) -> Palette:
    """Return the colours of a document in the municipality's colour."""
    accent = colours.accent(colour)
    return Palette(
        _hex(accent),
        _hex(colours.INK),
        _hex(colours.GREY),
        _hex(colours.mixed(accent, colours.TINT)),
        _hex(colours.mixed(accent, colours.LIGHT_TINT)),
        _hex(colours.HAIRLINE),
    )


def _hex(colour: colours.Colour) -> str:
    return "".join(f"{round(part * 255):02X}" for part in colour)


def _texts(look: Palette) -> list[_Style]:
    """Return the styles of running text and its headings."""
    accent, grey = look.accent, look.grey
    heading = _Style("", "", bold=True, keep=True, next="BodyText", ours=False)
    return [
        _Style("BodyText", "Body Text", before=7, leading=1.1, ours=False),
        _Style(
            "ListBullet",
            "List Bullet",
            before=3,
            leading=1.1,
            left=_BULLET_INDENT,
            hanging=_BULLET_INDENT,
            bullets=_BULLETS,
            ours=False,
        ),
        replace(
            heading,
            id="Heading1",
            name="heading 1",
            size=18,
            colour=accent,
            after=9,
            outline=0,
            fresh=True,
            rule=accent,
        ),
        replace(heading, id="Heading2", name="heading 2", size=13, colour=accent, before=22, after=2, outline=1),
        replace(heading, id="Heading3", name="heading 3", size=11, before=16, after=2, outline=2),
        replace(heading, id="Heading4", name="heading 4", size=10, before=12, after=2, outline=3),
        _Style("Signature", "Signature", bold=True, align="center", left=TEXT - 210, keep=True, ours=False),
        _Style("SignatureTitle", N_("Signature title"), "Signature", bold=False),
        _Style("Quote", "Quote", size=14, colour=accent, before=10, leading=1.15, left=48, right=48, ours=False),
        _Style("QuoteSource", N_("Quotation source"), colour=grey, before=16, align="right", left=48, right=48),
        _Style("header", "header", size=8, colour=grey, rule=look.hairline, ours=False),
        _Style("footer", "footer", size=8, colour=grey, ours=False),
    ]


def _front(look: Palette) -> list[_Style]:
    """Return the styles of covers and dividers."""
    accent, grey = look.accent, look.grey
    return [
        _Style("CoverName", N_("Cover name"), size=20, bold=True, before=8),
        _Style("CoverYear", N_("Cover year"), size=62, bold=True, colour=accent, leading=0.9),
        _Style("Title", "Title", size=30, colour=accent, ours=False),
        _Style("CoverFoot", N_("Cover foot"), size=9.5, colour=grey, before=2),
        _Style("CoverPicture", N_("Cover picture"), before=12),
        _Style("Imprint", N_("Imprint"), size=9.5, before=4, left=85, hanging=85, tabs=(("left", 85),)),
        _Style("DividerNumber", N_("Divider number"), before=200, size=40, bold=True, colour=accent, leading=0.95),
        _Style("DividerTitle", N_("Divider title"), size=26, bold=True, colour=accent, after=16, rule=accent),
        _Style("DividerItem", N_("Divider item"), size=11, colour=grey, before=6),
    ]


def _captions(look: Palette) -> list[_Style]:
    """Return the styles of captions and of the lists that are made of them and of the headings."""
    tab = (("right", TEXT),)
    heading = _Style(
        "", "", size=18, bold=True, colour=look.accent, after=9, keep=True, fresh=True, rule=look.accent, ours=False
    )
    entry = _Style("", "", size=9.5, tabs=tab, ours=False)
    return [
        _Style(
            "Caption",
            "caption",
            size=CAPTION_SIZE,
            bold=True,
            colour=look.accent,
            before=18,
            after=5,
            keep=True,
            ours=False,
        ),
        # the contents have what has a level in the outline
        _Style("CaptionListed", N_("Caption in the contents"), "Caption", outline=3),
        _Style("FigureCaption", N_("Figure caption"), size=8, italic=True, colour=look.grey, before=5, align="center"),
        _Style("Figure", N_("Figure"), before=12, align="center", keep=True),
        replace(heading, id="TOCHeading", name="TOC Heading"),
        replace(heading, id="ListHeading", name=N_("Heading of a list"), ours=True),
        replace(entry, id="TOC1", name="toc 1", size=10.5, bold=True, before=7, after=2),
        replace(entry, id="TOC2", name="toc 2", left=12, after=2),
        replace(entry, id="TOC3", name="toc 3", left=24, after=2),
        replace(entry, id="TOC4", name="toc 4", size=8.5, left=36, after=1),
        replace(entry, id="TableofFigures", name="table of figures", after=2, left=_LISTED, hanging=_LISTED),
    ]


def _cells(look: Palette) -> list[_Style]:
    """Return the styles of cells, in the size of most tables."""
    grey = look.grey
    return [
        _Style("TableText", N_("Table text"), size=TABLE_SIZE, leading=_TABLE_LEADING),
        _Style("TableNumber", N_("Table number"), "TableText", align="right"),
        _Style("TableFlag", N_("Table mark"), "TableText", align="center"),
        _Style("TableCode", N_("Table code"), "TableText", colour=grey),
        _Style(
            "TableBullet", N_("Table bullet"), "TableText", left=BULLET_INDENT, hanging=BULLET_INDENT,
            bullets=_CELL_BULLETS,
        ),
        _Style("TableTotal", N_("Table total"), "TableText", bold=True),
        _Style("TableTotalNumber", N_("Table total number"), "TableTotal", align="right"),
        _Style("TableTotalFlag", N_("Table total mark"), "TableTotal", align="center"),
        _Style("TableHead", N_("Table head"), "TableText", bold=True),
        _Style("TableHeadNumber", N_("Table head of numbers"), "TableHead", align="right"),
        _Style("TableHeadCentre", N_("Table head over several columns"), "TableHead", align="center"),
    ]  # fmt: skip


def _all(look: Palette) -> list[_Style]:
    cells = _cells(look)
    found = [*_texts(look), *_front(look), *_captions(look), *cells]
    for size, suffix in SIZES.items():
        if suffix:
            found += [
                replace(
                    style,
                    id=style.id + suffix,
                    name=f"{printed(style.name)} ({printed(_SIZE_NAMES[suffix])})",
                    based=style.id if style.id == "TableText" else style.based + suffix,
                    size=size if style.id == "TableText" else 0,
                )
                for style in cells
            ]
    found.append(_Style("TableNote", N_("Table note"), size=8, italic=True, colour=look.grey, before=4))
    # between tables that would otherwise become one, and where nothing else can end a section
    found.append(_Style("TableGap", N_("Between tables"), size=1, leading=-9))
    found.append(_Style("SectionEnd", N_("End of a section"), size=1, leading=-1))
    return found


def fill_styles(root: Element, colour: str) -> Palette:
    """Put our styles in place of all that are there; return the colours of the document."""
    look = palette(colour)
    for child in list(root):
        root.remove(child)
    defaults = add(root, "docDefaults")
    run = add(add(defaults, "rPrDefault"), "rPr")
    add(run, "rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    add(run, "color", val=look.ink)
    add(run, "sz", val=20)
    add(run, "szCs", val=20)
    add(run, "lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi=LANGUAGE)
    add(add(add(defaults, "pPrDefault"), "pPr"), "spacing", before=0, after=0, line=240, lineRule="auto")
    normal = add(root, "style", type="paragraph", default=1, styleId="Normal")
    add(normal, "name", val="Normal")
    add(normal, "qFormat")
    character = add(root, "style", type="character", default=1, styleId="DefaultParagraphFont")
    add(character, "name", val="Default Paragraph Font")
    for style in _all(look):
        _add_style(root, style)
    _add_table_styles(root, look)
    return look


def _add_style(root: Element, style: _Style) -> None:
    made = add(root, "style", type="paragraph", styleId=style.id, customStyle=1 if style.ours else None)
    add(made, "name", val=printed(style.name) if style.ours else style.name)
    add(made, "basedOn", val=style.based)
    if style.next:
        add(made, "next", val=style.next)
    add(made, "qFormat")
    _paragraph_look(add(made, "pPr"), style)
    run = add(made, "rPr")
    if style.bold is not None:
        add(run, "b", val=int(style.bold))
    if style.italic:
        add(run, "i")
    if style.colour:
        add(run, "color", val=style.colour)
    if style.size:
        add(run, "sz", val=round(style.size * 2))
        add(run, "szCs", val=round(style.size * 2))


def _paragraph_look(look: Element, style: _Style) -> None:
    """Add the properties of paragraphs, in the order Word wants."""
    if style.keep:
        add(look, "keepNext")
        add(look, "keepLines")
    if style.fresh:
        add(look, "pageBreakBefore")
    if style.bullets:
        add(add(look, "numPr"), "numId", val=style.bullets)
    if style.rule:
        add(add(look, "pBdr"), "bottom", val="single", sz=6, space=4, color=style.rule)
    if style.tabs:
        tabs = add(look, "tabs")
        for kind, at in style.tabs:
            add(tabs, "tab", val=kind, leader="dot" if kind == "right" else None, pos=twips(at))
    _add_spacing(look, style)
    if style.left or style.right:
        add(look, "ind", left=twips(style.left), right=twips(style.right), hanging=twips(style.hanging) or None)
    if style.align:
        add(look, "jc", val=style.align)
    if style.outline is not None:
        add(look, "outlineLvl", val=style.outline)


def _add_spacing(look: Element, style: _Style) -> None:
    """Add the distances of lines and paragraphs; a leading below zero is an exact one in points."""
    if style.before is None and style.after is None and not style.leading:
        return
    exact = style.leading < 0
    add(
        look,
        "spacing",
        before=None if style.before is None else twips(style.before),
        after=None if style.after is None else twips(style.after),
        line=(twips(-style.leading) if exact else round(style.leading * 240)) or None,
        lineRule=("exact" if exact else "auto") if style.leading else None,
    )


def _add_table_styles(root: Element, look: Palette) -> None:
    plain = add(root, "style", type="table", default=1, styleId="TableNormal")
    add(plain, "name", val="Normal Table")
    add(plain, "uiPriority", val=99)
    margins = add(add(plain, "tblPr"), "tblCellMar")
    for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108)):
        add(margins, side, w=width, type="dxa")
    ours = add(root, "style", type="table", customStyle=1, styleId=TABLE)
    add(ours, "name", val=printed(N_("Book table")))
    add(ours, "basedOn", val="TableNormal")
    add(ours, "qFormat")
    properties = add(ours, "tblPr")
    borders = add(properties, "tblBorders")
    add(borders, "bottom", val="single", sz=4, space=0, color=look.hairline)
    add(borders, "insideH", val="single", sz=4, space=0, color=look.hairline)
    margins = add(properties, "tblCellMar")
    for side in ("top", "bottom"):
        add(margins, side, w=twips(_PAD), type="dxa")


def fill_lists(root: Element) -> None:
    """Put our two lists in place of all that are there."""
    for child in list(root):
        root.remove(child)
    lists = ((_BULLETS, "ListBullet", _BULLET_INDENT), (_CELL_BULLETS, "TableBullet", BULLET_INDENT))
    for number, style, indent in lists:
        made = add(root, "abstractNum", abstractNumId=number)
        add(made, "multiLevelType", val="singleLevel")
        level = add(made, "lvl", ilvl=0)
        add(level, "start", val=1)
        add(level, "numFmt", val="bullet")
        add(level, "pStyle", val=style)
        add(level, "lvlText", val="•")
        add(level, "lvlJc", val="left")
        add(add(level, "pPr"), "ind", left=twips(indent), hanging=twips(indent))
    for number, _, _ in lists:
        add(add(root, "num", numId=number), "abstractNumId", val=number)
