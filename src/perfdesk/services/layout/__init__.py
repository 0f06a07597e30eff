"""The print layout's settings and the example that shows them."""
