"""When Python looks for cycles: never between a key and its paint.

Snapshots and tables are trees of immutable objects; they are freed when nothing points to them, and hold no cycles. The
collector would walk them all the same, for half a second in a very large file, in the middle of an edit.
"""

import gc
from typing import Final

# young objects as ever; all of them only when asked for
_THRESHOLDS: Final = (700, 10, 1_000_000)


def settle() -> None:
    """Take what has been loaded out of the collector's sight, and leave full collections to ``tidy``.

    What was taken out before is looked at once more: cycles that held what has been closed since go now or never.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


def tidy() -> None:
    """Collect what cycles there are; for a moment in which nobody types."""
    gc.collect()
