"""Days as they are typed and printed in Turkey, 20.10.2026; stored they are ISO texts."""

import re
from datetime import date
from typing import Final

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.numbers import shortened
from perfdesk.i18n import N_

# day, month, year, as they are written here; the year with four digits, for two of them could be a day
_TURKISH: Final = re.compile(r"(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})")
_ISO: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
# a year before the municipalities of today is a slip of the keys
_FIRST_YEAR: Final = 1900


def read_date(typed: str) -> str:
    """Return a typed day as ISO text; besides 20.10.2026 that form itself is read.

    Raises:
        UserError: nothing is typed, or it is no day of the calendar.
    """
    text = turkish.normalise(typed)
    if not text:
        raise UserError(N_("Enter a date such as “20.10.2026”."))
    found = _TURKISH.fullmatch(text) or _ISO.fullmatch(text)
    try:
        day = date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        # the 31st of February
        day = None
    if day is None or day.year < _FIRST_YEAR:
        raise UserError(N_("“{value}” is not a date such as “20.10.2026”."), value=shortened(text))
    return day.isoformat()


def printed_date(iso: str) -> str:
    """Return a day as it is printed and typed: 20.10.2026; "" stays so."""
    return f"{date.fromisoformat(iso):%d.%m.%Y}" if iso else ""
