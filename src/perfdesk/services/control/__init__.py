"""Kontrol: what the checks find in the open file, where it stands, and what was accepted."""
