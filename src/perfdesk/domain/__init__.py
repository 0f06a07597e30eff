"""What a performance programme is: frozen dataclasses and pure functions. No Qt, no SQL, no files."""
