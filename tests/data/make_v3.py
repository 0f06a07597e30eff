"""Make the file of version 3. Only for the time before the next version: afterwards it is what it is, as v1 and v2 are.

python -m tests.data.make_v3
"""

from pathlib import Path

from tests.example import YEAR, example

from perfdesk.exchange.writing import write
from perfdesk.services import versions
from perfdesk.storage import files

if __name__ == "__main__":
    folder = Path(__file__).parent
    (folder / "v3.perfdesk").unlink(missing_ok=True)
    files.create(folder / "v3.perfdesk", example())
    with files.open_store(folder / "v3.perfdesk", writable=True) as store:
        versions.freeze(store, YEAR, "2026-10-15", decision="2026/45", decision_date="2026-11-03", note="Oy birliği")
        with store.step("x"):
            store.update("target", store.rows("target")[0], title="Sonradan değiştirilmiş hedef")
        (folder / "v3.json").write_bytes(write(versions.whole(store)))
