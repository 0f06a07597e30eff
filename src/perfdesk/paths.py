"""Where the program's own read-only data lies: resources and translations."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data(kind: str) -> Path:
    """Return the folder of shipped data of a kind ("resources", "translations").

    A wheel carries the folders inside the package; a checkout has them at its top level.
    """
    shipped = _PACKAGE / "_data" / kind
    return shipped if shipped.is_dir() else _PACKAGE.parent.parent / kind


def resource(*parts: str) -> Path:
    """Return the path of a shipped resource, for example ``resource("layouts", "plain.toml")``."""
    return data("resources").joinpath(*parts)
