"""The one SQLite file: loads a municipality as a snapshot and writes single rows. Totals are never stored."""
