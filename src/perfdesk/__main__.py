"""Entry point: a command runs without Qt; anything else opens the window."""

import os
import sys
from collections.abc import Sequence

from perfdesk import cli, i18n


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    wanted = os.environ.get("PERFDESK_LANGUAGE")
    if wanted in i18n.LANGUAGES:
        i18n.set_language(wanted)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and (given[0] in cli.COMMANDS or given[0].startswith("-")):
        return cli.run(given)
    # Qt is imported only where there is a window
    from perfdesk.gui.app import run_window

    return run_window(given)


if __name__ == "__main__":
    sys.exit(main())
