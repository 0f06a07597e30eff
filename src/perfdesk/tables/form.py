"""The form of a year: captions, economic codes, outline and kinds of resource tables, read from ``resources/forms``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from perfdesk import paths
from perfdesk.domain.errors import UserError
from perfdesk.i18n import N_

DEFAULT_FORM: Final = "classic"
PROGRAMME_BUDGET: Final = "programme_budget"
# every file in the folder is a form; names come from people's data and are looked up here, never made into paths
FORMS: Final = frozenset(path.stem for path in paths.resource("forms").glob("*.toml"))
# words of what is printed beside the book, and of tables that a year of any form can print; a form may differ
_SHARED: Final = ("papers.toml", "programme_tables.toml", "versions.toml")


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A part of the book: its key, printed title and level; what it holds besides its own text.

    ``matches`` are folded beginnings of words by which a resource table's own section name is placed here. ``place``
    is "front" or "back" for a text that prints on a page of its own, outside the run of the parts. ``charts`` are those
    that close the part, where the layout prints them; "organisation" is drawn from the units.
    """

    key: str
    title: str
    level: int
    unnumbered: bool = False
    holds: str = ""
    matches: tuple[str, ...] = ()
    place: str = ""
    charts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceKind:
    """A typed resource table a clerk can start from.

    ``matches`` are folded parts of captions by which a table of no kind is known to be of this one. Where
    ``statuses_across``, the columns behind the first are personnel statuses, and give way to the administration's own.
    """

    key: str
    section: str
    caption: str
    header: tuple[tuple[str, ...], ...]
    total_row: bool = False
    total_column: bool = False
    matches: tuple[str, ...] = ()
    statuses_across: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """Everything printed that belongs to the form of a year and not to the municipality.

    ``references`` and ``quotes`` are the words by which running text refers to a place of the book or quotes one of its
    figures; ``support_programme`` the folded words by which the list's programme of general administration is known.
    Each form is read once, so that identity tells them apart.
    """

    name: str
    title: str
    economic_codes: Mapping[str, str]
    off_budget_sources: Mapping[str, str]
    labels: Mapping[str, str]
    captions: Mapping[str, str]
    outline: tuple[OutlinePart, ...]
    resource_kinds: tuple[ResourceKind, ...] = field(default=())
    references: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)
    support_programme: tuple[str, ...] = ()


@cache
def load_form(name: str) -> Form:
    """Return a form by name; "" is the classic form.

    Raises:
        UserError: there is no such form.
    """
    chosen = name or DEFAULT_FORM
    if chosen not in FORMS:
        raise UserError(N_("This version of the program does not know the form “{form}”."), form=name)
    data = _read(f"{chosen}.toml")
    shared = [_read("shared", name) for name in _SHARED]
    return Form(
        name=data["name"],
        title=data["title"],
        economic_codes={entry["code"]: entry["name"] for entry in data["economic_codes"]},
        off_budget_sources=data["off_budget_sources"],
        labels=_merged("labels", *shared, data),
        captions=_merged("captions", *shared, data),
        outline=tuple(_part(part) for part in data["outline"]),
        resource_kinds=tuple(
            ResourceKind(
                **{**kind, "header": tuple(map(tuple, kind["header"])), "matches": tuple(kind.get("matches", ()))}
            )
            for kind in data.get("resource_kinds", ())
        ),
        references=data.get("references", {}),
        quotes=data.get("quotes", {}),
        support_programme=next(tuple(f["support_programme"]) for f in (data, *shared) if "support_programme" in f),
    )


def _read(*parts: str) -> dict[str, Any]:
    """Return what a file says; what it says nothing of is as in the form it extends."""
    data: dict[str, Any] = tomllib.loads(paths.resource("forms", *parts).read_text(encoding="utf-8"))
    if "extends" not in data:
        return data
    base = _read(f"{data['extends']}.toml")
    return {**base, **data, **{key: _merged(key, base, data) for key in ("labels", "captions")}}


def _merged(key: str, *files: Mapping[str, Any]) -> dict[str, str]:
    return {name: text for file in files for name, text in file.get(key, {}).items()}


def _part(data: Mapping[str, Any]) -> OutlinePart:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return OutlinePart(**fields)
