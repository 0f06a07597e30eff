"""Words in the user's language: one gettext catalogue for Python, the window and the documents.

msgids are English; Turkish is complete and the default. Texts are marked with ``N_`` where they are declared
and translated with ``_`` only where they are shown, so that the language can change while the program runs.
Printed documents are Turkish whatever the window speaks: they use ``printed``.
"""

from functools import cache
from typing import Final

from babel.support import NullTranslations, Translations

from perfdesk import paths

DOMAIN: Final = "perfdesk"
LANGUAGES: Final = ("tr", "en")

_language = "tr"


@cache
def _catalogue(language: str) -> NullTranslations:
    """Return the catalogue of a language; English needs none, its words are the msgids."""
    return Translations.load(paths.data("translations"), [language], DOMAIN)


def set_language(language: str) -> None:
    """Speak this language from now on: "tr" or "en"."""
    if language not in LANGUAGES:
        raise ValueError(language)
    global _language  # noqa: PLW0603 - the one setting gettext itself keeps globally
    _language = language


def language() -> str:
    """Return the language in use."""
    return _language


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, do not translate yet"
    """Mark a text for the catalogue; it is translated where it is shown."""
    return message


def _(message: str) -> str:
    """Return the text in the user's language."""
    return str(_catalogue(_language).ugettext(message)) if message else ""


def printed(message: str) -> str:
    """Return the text as printed documents say it: always in Turkish."""
    return str(_catalogue("tr").ugettext(message)) if message else ""
