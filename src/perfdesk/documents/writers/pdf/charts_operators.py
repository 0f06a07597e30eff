"""From the shapes of a drawing to PDF operators, so that a page takes them as it is filled.

The library's own way to a page goes through its canvas, whose pages must be drawn one after the other, and takes
several times as long.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from reportlab.graphics.shapes import Circle, Group, Path, PolyLine, Rect
from reportlab.lib.colors import Color

# how far from the ends of a quarter of a circle its control points are, in radii
_ROUND: Final = 0.5523
# a path's operators in the order in which the library numbers them, and how many numbers each takes
_OPERATORS: Final = (("m", 2), ("l", 2), ("c", 6), ("h", 0))


def operators(shapes: Group, top: float) -> Iterator[str]:
    """Yield what draws shapes that hang from ``top``, measured from the foot of the page."""
    yield f"q 1 0 0 1 0 {top:.2f} cm"
    for shape in shapes.contents:
        yield from _state(shape)
        yield f"{_path(shape)} {_painted(shape)}"
    yield "Q"


# the kinds of shapes have no type in common that has both a filling and a line
def _state(shape: Any) -> Iterator[str]:
    if _filling(shape):
        yield f"{_colour(shape.fillColor)} rg"
    if shape.strokeColor:
        dashes = " ".join(f"{length:g}" for length in shape.strokeDashArray or ())
        yield f"{_colour(shape.strokeColor)} RG {shape.strokeWidth:g} w [{dashes}] 0 d {shape.strokeLineJoin or 0} j"


def _filling(shape: Any) -> Color | None:
    filling: Color | None = getattr(shape, "fillColor", None)
    return filling


def _colour(colour: Color) -> str:
    return "{:.3f} {:.3f} {:.3f}".format(*colour.rgb())


def _painted(shape: Any) -> str:
    if not _filling(shape):
        return "S"
    return "B" if shape.strokeColor else "f"


def _path(shape: Any) -> str:
    match shape:
        case Rect():
            return f"{_numbers((shape.x, shape.y, shape.width, shape.height))} re"
        case PolyLine():
            points = zip(shape.points[::2], shape.points[1::2], strict=True)
            return " ".join(f"{_numbers(point)} {'l' if at else 'm'}" for at, point in enumerate(points))
        case Circle():
            return _circle(shape.cx, shape.cy, shape.r)
        case Path():
            return _drawn([int(kind) for kind in shape.operators], shape.points)
    raise TypeError(shape)


def _drawn(kinds: Sequence[int], points: Sequence[float]) -> str:
    parts: list[str] = []
    at = 0
    for kind in kinds:
        operator, count = _OPERATORS[kind]
        parts += [*map(_number, points[at : at + count]), operator]
        at += count
    return " ".join(parts)


def _circle(x: float, y: float, r: float) -> str:
    k = r * _ROUND
    points = (x + r, y, x + r, y + k, x + k, y + r, x, y + r, x - k, y + r, x - r, y + k, x - r, y)
    back = (x - r, y - k, x - k, y - r, x, y - r, x + k, y - r, x + r, y - k, x + r, y)
    return _drawn((0, 2, 2, 2, 2, 3), (*points, *back))


def _numbers(numbers: Sequence[float]) -> str:
    return " ".join(map(_number, numbers))


def _number(number: float) -> str:
    return f"{number:.2f}"
