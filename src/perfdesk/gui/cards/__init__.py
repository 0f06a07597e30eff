"""Cards: what a grid's row has beyond its columns, below the grid."""
