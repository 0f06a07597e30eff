"""İdare: the municipality, its spending units, signatories and pictures."""

from dataclasses import dataclass, field
from typing import Final

KINDS: Final = ("metropolitan", "province", "metropolitan_district", "district", "town")


@dataclass(frozen=True, slots=True)
class Signatory:
    """İmza sahibi: who signs the foreword or a declaration."""

    role: str
    name: str = ""
    titles: tuple[str, ...] = ()
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Population:
    """Nüfus: the people of a year, as the statistics office counts them."""

    year: int
    people: int
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PersonnelStatus:
    """Personel statüsü: one of the municipality's own list."""

    name: str
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Administration:
    """İdare: the municipality whose programme this is."""

    name: str
    kind: str
    province: str = ""
    population: tuple[Population, ...] = ()
    short_name: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    web: str = ""
    email: str = ""
    logo: str = ""
    colour: str = ""
    signatories: tuple[Signatory, ...] = ()
    personnel_statuses: tuple[PersonnelStatus, ...] = ()


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
