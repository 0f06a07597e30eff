"""Whole files: opening, copying, importing, backing up, comparing."""
