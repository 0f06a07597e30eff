"""Blocks from a spreadsheet: reading them, storing them in one step."""
