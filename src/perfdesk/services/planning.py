"""New files: a municipality, its plan period and an empty programme."""

from pathlib import Path
from typing import Final

from perfdesk.domain import texts
from perfdesk.domain.administration import Administration
from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import Plan
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.i18n import N_
from perfdesk.storage import files

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2199
# strategic plans of local governments follow the local elections: 2020-2024, 2025-2029
_PERIOD: Final = 5


def new_file(path: Path, *, name: str, kind: str, year: int, layout: str = "") -> None:
    """Make a file with an empty programme of the year, in the plan period the year falls into.

    Raises:
        UserError: the name is empty or cannot be printed, the year cannot be, or the file exists already.
    """
    name = texts.typed(name)
    if not name:
        raise UserError(N_("The municipality needs a name."))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError(N_("The year must lie between {first} and {last}."), first=FIRST_YEAR, last=LAST_YEAR)
    first = year - year % _PERIOD
    files.create(
        path,
        Municipality(
            Administration(name=name, kind=kind),
            plans=(Plan(first, first + _PERIOD - 1),),
            programmes=(Programme(year, layout=layout),),
        ),
    )
