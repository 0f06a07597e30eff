"""The {places} of printed texts in a person's words: {yıl} in the window for the {year} that a layout has."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from perfdesk.domain import turkish
from perfdesk.i18n import N_, _, printed

# by the place's own name; numbers counted in two ways and built in two ways need words to be told apart
_WORDS: Final[Mapping[str, str]] = {
    "amount": N_("amount"),
    "share": N_("share"),
    "year": N_("year"),
    "n": N_("position"),
    "N": N_("running number"),
    "caption": N_("name"),
    "code": N_("code"),
    "goal": N_("goal"),
    "objective": N_("objective"),
    "target": N_("target"),
    "page": N_("page"),
    "pages": N_("pages"),
    "roman": N_("roman"),
    "letter": N_("letter"),
    "number": N_("digit"),
    "path": N_("full number"),
    "path_letter": N_("full number with letter"),
}
_PLACE: Final = re.compile(r"\{([^{}]*)\}")


def in_words(text: str) -> str:
    """Return a layout's text as the window shows it."""
    return _PLACE.sub(lambda found: f"{{{_(_WORDS.get(found[1], found[1]))}}}", text)


def as_stored(typed: str, places: Collection[str]) -> str:
    """Return a typed text as the layout has it: each of these places under its own name, whichever it was called by.

    The words of both languages are understood, in whatever case; what is none of the places stays as it was typed.
    """
    names = {place[1:-1] for place in places}
    called = {turkish.fold(word): name for name in names for word in _called(name)}

    def stored(found: re.Match[str]) -> str:
        # {n} and {N} are two places: their own names count as they are written
        name = found[1] if found[1] in names else called.get(turkish.fold(found[1].strip()), found[1])
        return f"{{{name}}}"

    return _PLACE.sub(stored, typed)


def unknown(text: str, places: Collection[str]) -> list[str]:
    """Return what stands in braces and is none of these places."""
    return [found[0] for found in _PLACE.finditer(text) if found[0] not in places]


def has_stray_brace(text: str) -> bool:
    """Tell whether a brace stands alone."""
    return bool({"{", "}"} & {*_PLACE.sub("", text)})


def _called(name: str) -> tuple[str, ...]:
    word = _WORDS.get(name, name)
    return word, printed(word)
