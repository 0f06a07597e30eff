"""Sub-programmes and their objectives by what a person types: a code, a name, or a part that can mean only one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from perfdesk.domain import turkish
from perfdesk.domain.errors import UserError
from perfdesk.domain.plan import ProgrammeEntry, SubProgrammeEntry
from perfdesk.domain.programme import Programme, SubProgrammeObjective
from perfdesk.i18n import N_
from perfdesk.services.editing.fields import Choice
from perfdesk.tables.context import coded

# as many as a sentence can name
_NAMED: Final = 4
_Thing = TypeVar("_Thing", SubProgrammeEntry, SubProgrammeObjective)


def entry_names(programmes: Sequence[ProgrammeEntry]) -> dict[str, SubProgrammeEntry]:
    """Return the sub-programmes of the list by names of which no two are the same."""
    entries = [sub for entry in programmes for sub in entry.sub_programmes]
    names = [coded(sub.code, sub.name) for sub in entries]
    if len(set(names)) < len(names) or "" in names:
        # two of the same name, or none, are told apart by their place
        names = [f"{at}. {name}" for at, name in enumerate(names, 1)]
    return dict(zip(names, entries, strict=True))


def read_entry(programmes: Sequence[ProgrammeEntry], typed: str) -> SubProgrammeEntry | None:
    """Return the sub-programme that is meant; None for nothing.

    Raises:
        UserError: it is not in the list, or could be several.
    """
    named = entry_names(programmes)
    text = turkish.normalise(typed).strip()
    if not text or text in named:
        return named.get(text)
    found = _meant(text, named, lambda sub: (sub.code, sub.name))
    if not found:
        raise UserError(N_("“{typed}” is not in the list of sub-programmes. Choose one from it."), typed=text)
    if len(found) > 1:
        raise UserError(
            N_("“{typed}” could mean several sub-programmes: {names}. Choose one from the list."),
            typed=text,
            names=_listed(found),
        )
    return named[found[0]]


def objectives_of(programme: Programme | None) -> list[SubProgrammeObjective]:
    """Return the objectives of a year's sub-programmes, in order."""
    return [objective for sub in (programme.sub_programmes if programme else ()) for objective in sub.objectives]


def objective_names(programme: Programme | None) -> dict[str, SubProgrammeObjective]:
    """Return the objectives of a year's sub-programmes by names of which no two are the same."""
    # two of the same title, or none, are told apart by their place
    return {f"{at}. {one.title}": one for at, one in enumerate(objectives_of(programme), 1)}


def read_objective(programme: Programme | None, typed: str) -> SubProgrammeObjective | None:
    """Return the objective of a sub-programme that is meant; None for nothing.

    Raises:
        UserError: the year has none of that name, or several that it could be.
    """
    named = objective_names(programme)
    text = turkish.normalise(typed).strip()
    if not text or text in named:
        return named.get(text)
    found = _meant(text, named, lambda objective: (objective.title,))
    if not found:
        raise UserError(
            N_("“{typed}” is not among the objectives of the sub-programmes. Choose one from the list."), typed=text
        )
    if len(found) > 1:
        raise UserError(
            N_("“{typed}” could mean several objectives: {names}. Choose one from the list."),
            typed=text,
            names=_listed(found),
        )
    return named[found[0]]


def choices(names: Iterable[str]) -> list[Choice]:
    """Return what completes while typing."""
    return [Choice(name, turkish.fold(name)) for name in names]


def _meant(text: str, named: Mapping[str, _Thing], words: Callable[[_Thing], tuple[str, ...]]) -> list[str]:
    """Return the names of what is called just so, else of what has the text in its name."""
    folded = turkish.fold(text)
    exact = [name for name, thing in named.items() if folded in map(turkish.fold, words(thing)) and folded]
    return exact or [name for name in named if folded in turkish.fold(name)]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
