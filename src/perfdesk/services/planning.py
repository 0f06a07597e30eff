"""New files: a municipality, its plan period and an empty programme."""

import re
from pathlib import Path
from typing import Final

from perfdesk.domain import texts, turkish
from perfdesk.domain.administration import Administration
from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import Plan
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.i18n import N_
from perfdesk.services.editing.fields import check_year
from perfdesk.services.output import naming
from perfdesk.storage import files
from perfdesk.storage.publishing import refuse_existing
from perfdesk.tables.layout import form_for

# strategic plans of local governments follow the local elections: 2020-2024, 2025-2029
_PERIOD: Final = 5
# what stands in the names of municipalities in small letters
_SMALL: Final = ("ve", "ile")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


def proposed_period(year: int) -> tuple[int, int]:
    """Return the first and last year of the plan period that a year falls into."""
    first = year - year % _PERIOD
    return first, first + _PERIOD - 1


def check_period(first_year: int, last_year: int, year: int) -> None:
    """Refuse a plan period that ends before it begins or misses the programme's year.

    Raises:
        UserError: it does.
    """
    check_year(first_year)
    check_year(last_year)
    if last_year < first_year:
        raise UserError(N_("The plan period ends before it begins."))
    if not first_year <= year <= last_year:
        raise UserError(
            N_("The programme's year {year} must lie within the plan period {first}-{last}."),
            year=year,
            first=first_year,
            last=last_year,
        )


def checked_name(text: str) -> str:
    """Return a municipality's typed name as it is stored.

    Raises:
        UserError: it is empty or cannot be printed.
    """
    name = texts.typed(text)
    if not name:
        raise UserError(N_("The municipality needs a name."))
    return name


def checked_place(text: str) -> Path:
    """Return where a new file is to be put, with our suffix where none was typed.

    Raises:
        UserError: no file is named, its folder is not there, or a file of that name is.
    """
    typed = text.strip()
    named = Path(typed).expanduser()
    if not named.name or not named.is_absolute():
        raise UserError(N_("Name the file with its folder, or choose it with “Browse…”."))
    path = naming.file_name(named)
    if not path.parent.is_dir():
        raise UserError(N_("There is no folder “{folder}”. Choose another one."), folder=path.parent)
    refuse_existing(path)
    return path


def proposed_name(name: str) -> str:
    """Return a name in the usual capitals, "ILGIN BELEDİYESİ" as "Ilgın Belediyesi"; the same where it is so."""
    return _WORD.sub(lambda match: _capital(match[0]), name)


def _capital(word: str) -> str:
    small = turkish.lower(word)
    if small in _SMALL:
        return small
    # inner capitals that stand beside small letters were meant
    rest = word[1:]
    return turkish.upper(word[0]) + (small[1:] if turkish.upper(rest) == rest else rest)


def new_file(
    path: Path,
    *,
    name: str,
    kind: str,
    year: int,
    layout: str = "",
    first_year: int | None = None,
    last_year: int | None = None,
) -> None:
    """Make a file with an empty programme of the year, in the given plan period or the one the year falls into.

    Raises:
        UserError: the name is empty or cannot be printed, the years cannot be, or the file exists already.
    """
    name = checked_name(name)
    check_year(year)
    first, last = proposed_period(year)
    first = first if first_year is None else first_year
    last = last if last_year is None else last_year
    check_period(first, last, year)
    files.create(
        path,
        Municipality(
            Administration(name=name, kind=kind),
            plans=(Plan(first, last),),
            programmes=(Programme(year, form=form_for(layout), layout=layout),),
        ),
    )
