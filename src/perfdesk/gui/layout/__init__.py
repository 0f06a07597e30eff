"""The form of the print layout: settings, their editors, the example beside them."""
