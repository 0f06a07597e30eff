"""Writers: each turns blocks into one file format."""
