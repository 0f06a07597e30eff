"""The fonts are read once, also where two documents are set at the same time."""

import subprocess
import sys

# in a process of its own: what has been read is kept for good
_TWO_AT_ONCE = """
import time
from concurrent.futures import ThreadPoolExecutor
from perfdesk.documents.writers.pdf import fonts

class Slow(fonts.Font):
    def __init__(self, *file):
        time.sleep(0.05)
        super().__init__(*file)

fonts.Font = Slow
with ThreadPoolExecutor(2) as threads:
    first, second = threads.map(lambda _n: fonts.fonts(), range(2))
assert first is second
"""


def test_two_documents_at_once_have_the_same_fonts() -> None:
    done = subprocess.run([sys.executable, "-c", _TWO_AT_ONCE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
