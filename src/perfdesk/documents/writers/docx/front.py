"""Pages that have no running head: covers, imprint, quotation, dividers."""

from collections.abc import Sequence
from typing import Final

from perfdesk.documents.blocks import BackCover, Cover, Divider, InnerCover, Quotation
from perfdesk.documents.writers.docx.body import Body, Pages
from perfdesk.documents.writers.docx.measures import TEXT, TEXT_HEIGHT, twips
from perfdesk.documents.writers.docx.pictures import Pictures
from perfdesk.documents.writers.docx.xml import Element, add, add_run, fit
from perfdesk.domain.texts import Run
from perfdesk.i18n import N_, printed

_LOGO: Final = 96.0
_PICTURE: Final = 0.36
# where a page begins that has its text about its middle
_MIDDLE: Final = 200.0
_LOGO_SAYS: Final = N_("Logo of {administration}")
_PICTURE_SAYS: Final = N_("Cover picture")

Front = Cover | InnerCover | Quotation | Divider | BackCover


class FrontWriter:
    """Writes covers and what is like them, each on a page of its own."""

    def __init__(self, body: Body, pictures: Pictures) -> None:
        self._body = body
        self._pictures = pictures

    def write(self, block: Front) -> None:
        """Write a page."""
        self._body.turn_to(Pages.BARE, fresh=True)
        match block:
            case Cover():
                self._cover(block)
            case InnerCover():
                self._inner_cover(block)
            case Quotation():
                self._quotation(block)
            case Divider():
                self._divider(block)
            case BackCover():
                self._back_cover(block)

    def _cover(self, cover: Cover) -> None:
        self._logo(cover.logo, cover.administration)
        self._line("CoverName", cover.administration)
        pictured = bool(cover.picture) and self._picture(cover.picture, printed(_PICTURE_SAYS))
        self._line("CoverYear", cover.year, before=40 if pictured else 150)
        self._line("Title", cover.title)
        self._lines("CoverFoot", cover.foot, before=60 if pictured else 190)

    def _inner_cover(self, cover: InnerCover) -> None:
        self._logo(cover.logo, cover.administration)
        self._line("CoverName", cover.administration)
        self._line("Title", f"{cover.year} {cover.title}".strip(), before=120)
        gap = 160.0
        for label, text in cover.imprint:
            made = self._line("Imprint", "", before=gap)
            add_run(made, label, bold=True)
            add_run(made, f"\t{text}")
            gap = 0

    def _quotation(self, quotation: Quotation) -> None:
        pictured = bool(quotation.picture) and self._picture(quotation.picture, quotation.source)
        before = 24.0 if pictured else _MIDDLE
        for runs in quotation.paragraphs:
            add_runs(self._line("Quote", "", before), runs)
            before = 0
        self._line("QuoteSource", quotation.source)

    def _divider(self, divider: Divider) -> None:
        self._line("DividerNumber", divider.number)
        self._line("DividerTitle", divider.title)
        self._lines("DividerItem", divider.holds)

    def _back_cover(self, cover: BackCover) -> None:
        logo = self._logo(cover.logo, cover.administration, before=_MIDDLE)
        self._line("CoverName", cover.administration, before=0 if logo else _MIDDLE)
        self._lines("CoverFoot", cover.foot, before=24)

    def _line(self, style: str, text: str, before: float = 0) -> Element:
        made = self._body.paragraph(style)
        if before:
            add(made[0], "spacing", before=twips(before))
        add_run(made, fit(text))
        return made

    def _lines(self, style: str, texts: Sequence[str], before: float = 0) -> None:
        for text in texts:
            self._line(style, text, before)
            before = 0

    def _logo(self, data: bytes, administration: str, before: float = 0) -> bool:
        """Place the logo; say whether there is one."""
        size = self._pictures.add(data) if data else None
        if size:
            words = printed(_LOGO_SAYS).format(administration=administration)
            self._pictures.place(self._line("CoverPicture", "", before), size, (_LOGO, _LOGO), words)
        return size is not None

    def _picture(self, data: bytes, words: str) -> bool:
        """Place a picture over the width of the text; say whether there is one."""
        size = self._pictures.add(data)
        if size:
            room = (TEXT, TEXT_HEIGHT * _PICTURE)
            self._pictures.place(self._body.paragraph("CoverPicture"), size, room, words)
        return size is not None


def add_runs(paragraph: Element, runs: Sequence[Run]) -> None:
    """Add running text."""
    for run in runs:
        add_run(paragraph, run.text, bold=bool(run.bold))
