"""İdare: the municipality, its spending units, signatories and pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

KINDS: Final = ("metropolitan", "province", "metropolitan_district", "district", "town")


@dataclass(frozen=True, slots=True)
class Signatory:
    """İmza sahibi: who signs the foreword or a declaration."""

    role: str
    name: str = ""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Administration:
    """İdare: the municipality whose programme this is."""

    name: str
    kind: str
    province: str = ""
    population: Mapping[int, int] = field(default_factory=dict)
    short_name: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    web: str = ""
    email: str = ""
    logo: str = ""
    colour: str = ""
    signatories: tuple[Signatory, ...] = ()
    personnel_statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Harcama birimi: a spending unit with one canonical name, an abbreviation and aliases."""

    id: str
    name: str = ""
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()
    parent: str = ""
    inactive: bool | None = None
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """Resim: a picture used in texts or on the cover."""

    id: str
    name: str
    media_type: str
    data: bytes
    row: int = field(default=0, compare=False)
