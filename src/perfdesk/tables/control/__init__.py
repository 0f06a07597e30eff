"""Kontrol raporu: what the checks found in a programme, as tables, and which cells of other tables it stands at."""
