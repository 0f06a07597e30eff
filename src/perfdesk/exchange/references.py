"""Going through lists of exchange data: their paths, unique ids, and references to them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from perfdesk.domain.errors import UserError
from perfdesk.exchange.decoding import Json
from perfdesk.exchange.errors import ExchangeError, Path
from perfdesk.i18n import N_


def each(data: Mapping[str, Json], name: str, path: Path = ()) -> Iterator[tuple[Path, dict[str, Json]]]:
    """Yield the objects of a list, if it is there, each with its path."""
    for n, item in enumerate(data.get(name) or ()):
        yield (*path, name, n), item


def unique_ids(data: Mapping[str, Json], name: str, path: Path = (), seen: set[str] | None = None) -> set[str]:
    """Return the ids of a list, adding to ``seen``; refuse one that is there already."""
    ids = set() if seen is None else seen
    for item_path, item in each(data, name, path):
        if item["id"] in ids:
            raise ExchangeError((*item_path, "id"), N_("“{id}” stands twice in this list."), id=item["id"])
        ids.add(item["id"])
    return ids


def check_known(path: Path, id_: str | None, known: set[str]) -> None:
    """Refuse a reference to what is not there; none at all is no reference."""
    if id_ is not None and id_ not in known:
        raise ExchangeError(path, N_("There is nothing with the id “{id}” to refer to."), id=id_)


@contextmanager
def told_at(path: Path) -> Iterator[None]:
    """Refuse with its place what the tables refuse without one."""
    try:
        yield
    except UserError as error:
        raise ExchangeError(path, N_("{reason}"), reason=error) from None
