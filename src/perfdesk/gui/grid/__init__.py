"""The grid that types like a spreadsheet: models, view, editors, clipboard."""
