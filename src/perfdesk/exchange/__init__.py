"""The exchange format: JSON that holds a whole file without loss (docs/exchange.md)."""
