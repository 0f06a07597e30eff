"""Texts, pictures and resource tables of the book."""
