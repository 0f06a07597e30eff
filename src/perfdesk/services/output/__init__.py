"""Books, sheets and pages: writing them, showing them, naming their files."""
