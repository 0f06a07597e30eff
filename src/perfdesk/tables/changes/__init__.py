"""What changed between two states of a year's programme."""
