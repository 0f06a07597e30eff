"""Opens the file named and holds it until told to stop; for the tests of a second process."""

import sys
from pathlib import Path

from perfdesk.storage import files


def main() -> None:
    with files.open_store(Path(sys.argv[1]), writable=True) as store:
        sys.stdout.write("open\n")
        sys.stdout.flush()
        for line in sys.stdin:
            with store.step("x"):
                store.update("administration", 1, name=line.strip())
            sys.stdout.write("done\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
