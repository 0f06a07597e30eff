"""Finding words anywhere in a programme."""
