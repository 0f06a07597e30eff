"""How whoever makes a document tells how far it is."""

from collections.abc import Callable

# what is done, and what there is to do
Progress = Callable[[int, int], object]
