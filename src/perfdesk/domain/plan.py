"""Stratejik plan: periods, goals and objectives; and the imported list of budget programmes."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Objective:
    """Stratejik hedef: an objective under a goal."""

    id: str
    code: str = ""
    title: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Goal:
    """Stratejik amaç: a goal of the plan."""

    id: str
    code: str = ""
    title: str = ""
    service_area: str = ""
    objectives: tuple[Objective, ...] = ()
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """Stratejik plan: one period with its mission, vision, values and goals."""

    first_year: int
    last_year: int
    mission: str = ""
    vision: str = ""
    values: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    row: int = field(default=0, compare=False)

    def covers(self, year: int) -> bool:
        """Whether the year lies in the period."""
        return self.first_year <= year <= self.last_year


@dataclass(frozen=True, slots=True)
class SubProgrammeEntry:
    """Alt program: an entry of the imported list."""

    id: str
    code: str = ""
    name: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ProgrammeEntry:
    """Program: an entry of the imported list of budget programmes, with its sub-programmes."""

    id: str
    code: str = ""
    name: str = ""
    joint: bool | None = None
    sub_programmes: tuple[SubProgrammeEntry, ...] = ()
    row: int = field(default=0, compare=False)
