"""Moments as they are named everywhere: the time alone today, else with the day and, of another year, the year."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale

from perfdesk.i18n import language


def said(moment: datetime, now: datetime | None = None) -> str:
    """Return a moment as it is said, e.g. "14 Ekim 16:20"."""
    today = (now or datetime.now().astimezone()).date()
    time = f"{moment:%H:%M}"
    if moment.date() == today:
        return time
    form = "d MMMM" if moment.year == today.year else "d MMMM yyyy"
    return f"{QLocale(language()).toString(QDate(moment.year, moment.month, moment.day), form)} {time}"
