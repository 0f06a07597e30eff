"""The colours of a book, the same in every writer: the municipality's own made readable, its tints, ink and greys."""

import re
from typing import Final

# red, green and blue, each from 0 to 1
Colour = tuple[float, float, float]

DEFAULT_ACCENT: Final = (0x1F, 0x5F, 0x66)
INK: Final = (0.10, 0.12, 0.14)
GREY: Final = (0.36, 0.41, 0.45)
HAIRLINE: Final = (0.77, 0.80, 0.82)
# how much of the municipality's colour is in a tint
TINT: Final = 0.09
LIGHT_TINT: Final = 0.05


def accent(colour: str) -> Colour:
    """Return the colour of titles and rules: the municipality's (#rrggbb), dark enough to be read on white."""
    return _readable(_parsed(colour))


def mixed(colour: Colour, share: float) -> Colour:
    """Return a tint that has a share of a colour, the rest white."""
    red, green, blue = (1 - share + part * share for part in colour)
    return (red, green, blue)


def _parsed(colour: str) -> Colour:
    match = re.fullmatch(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", colour)
    red, green, blue = (int(part, 16) for part in match.groups()) if match else DEFAULT_ACCENT
    return (red / 255, green / 255, blue / 255)


def _readable(colour: Colour) -> Colour:
    """Darken a colour until text in it has the contrast to white that WCAG asks for (4,5 : 1)."""
    while 1.05 / (_luminance(colour) + 0.05) < 4.5:
        colour = (colour[0] * 0.94, colour[1] * 0.94, colour[2] * 0.94)
    return colour


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
