"""Two hundred edits that are the same every time, for the tests that kill the program in the middle of them.

Run as a program it is given folders on standard input, one a line, and forks a writer for each: the writer opens
``a.perfdesk`` there and acknowledges each edit that is committed through the pipe ``acknowledged``.
"""

import os
import signal
import sys
from decimal import Decimal
from pathlib import Path

from perfdesk.domain.value import Value, ValueKind
from perfdesk.services.editing import costing, records, values
from perfdesk.storage import files
from perfdesk.storage.store import Store

EDITS = 200


def edit(store: Store, n: int) -> None:
    target = store.rows("target")[0]
    programme = store.rows("programme")[0]
    activities = store.rows("activity", target=target)
    form = n % 8
    # one transaction each, so that whatever the moment an edit is there or not
    if n % 16 == 8:
        store.redo()
    elif form == 0:
        with store.step("many rows"):
            for position in range(40):
                store.insert("transfer", programme=programme, position=position, code="05", amount=Decimal(n))
    elif form == 1:
        with store.step("many deletions"):
            for row in store.rows("transfer", programme=programme)[:35]:
                store.delete("transfer", row)
    elif form == 2:
        with store.step("activity"):
            store.insert("activity", programme=programme, target=target, position=n, identity=f"new {n}")
    elif form == 3:
        costing.set_cost(store, activities[-1], "03", Decimal(n))
    elif form == 4:
        records.set_field(store, "target", target, "description", f"{n} " + "ş" * (n * 50))
    elif form == 5:
        records.delete(store, "activity", activities[-1])
    elif form == 6:
        indicator = store.rows("indicator", target=target)[0]
        values.set_value(store, indicator, 2025, ValueKind.TARGET, Value(Decimal(n)))
    else:
        store.undo()


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        folder = Path(line.rstrip("\n"))
        child = os.fork()
        if child:
            continue
        try:
            with (
                (folder / "acknowledged").open("w") as pipe,
                files.open_store(folder / "a.perfdesk", writable=True) as store,
            ):
                pipe.write(f"{os.getpid()}\n")
                pipe.flush()
                for n in range(EDITS):
                    edit(store, n)
                    pipe.write(f"{n + 1}\n")
                    pipe.flush()
        finally:
            os._exit(0)


if __name__ == "__main__":
    main()
