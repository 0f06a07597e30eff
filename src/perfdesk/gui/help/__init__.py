"""The help: its window, how its pages are set, and the keys they name."""
