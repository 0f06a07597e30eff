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
# every file in the folder is a form; names come from people's data and are looked up here, never made into paths
FORMS: Final = frozenset(path.stem for path in paths.resource("forms").glob("*.toml"))


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A part of the book: its key, printed title and level; what it holds besides its own text.

    ``matches`` are folded beginnings of words by which a resource table's own section name is placed here.
    """

    key: str
    title: str
    level: int
    unnumbered: bool = False
    holds: str = ""
    matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceKind:
    """A typed resource table a clerk can start from."""

    key: str
    section: str
    caption: str
    header: tuple[tuple[str, ...], ...]
    total_row: bool = False
    total_column: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """Everything printed that belongs to the form of a year and not to the municipality.

    Each is read once, so that identity tells them apart.
    """

    name: str
    title: str
    economic_codes: Mapping[str, str]
    off_budget_sources: Mapping[str, str]
    labels: Mapping[str, str]
    captions: Mapping[str, str]
    outline: tuple[OutlinePart, ...]
    resource_kinds: tuple[ResourceKind, ...] = field(default=())


@cache
def load_form(name: str) -> Form:
    """Return a form by name; "" is the classic form.

    Raises:
        UserError: there is no such form.
    """
    chosen = name or DEFAULT_FORM
    if chosen not in FORMS:
        raise UserError(N_("This version of the program does not know the form “{form}”."), form=name)
    data: dict[str, Any] = tomllib.loads(paths.resource("forms", f"{chosen}.toml").read_text(encoding="utf-8"))
    return Form(
        name=data["name"],
        title=data["title"],
        economic_codes={entry["code"]: entry["name"] for entry in data["economic_codes"]},
        off_budget_sources=data["off_budget_sources"],
        labels=data["labels"],
        captions=data["captions"],
        outline=tuple(OutlinePart(**{**part, "matches": tuple(part.get("matches", ()))}) for part in data["outline"]),
        resource_kinds=tuple(
            ResourceKind(**{**kind, "header": tuple(map(tuple, kind["header"]))})
            for kind in data.get("resource_kinds", ())
        ),
    )
