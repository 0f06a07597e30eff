"""Every table of the book, declared once and computed from the one ledger."""
