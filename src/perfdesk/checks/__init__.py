"""The checks: what an auditor would write about a programme, found before the council sees it."""
