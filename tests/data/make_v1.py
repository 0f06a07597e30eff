"""Make the file of version 1. Only for the time before the first release: afterwards it is what it is.

python -m tests.data.make_v1
"""

from pathlib import Path

from tests.example import example

from perfdesk.exchange.writing import write
from perfdesk.storage import files

if __name__ == "__main__":
    folder = Path(__file__).parent
    (folder / "v1.perfdesk").unlink(missing_ok=True)
    files.create(folder / "v1.perfdesk", example())
    (folder / "v1.json").write_bytes(write(example()))
