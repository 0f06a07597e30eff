"""What the book of a programme has besides its parts: its first and last pages, and references."""
