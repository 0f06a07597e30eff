"""Fields of forms, and what ties them to the records of the file."""
