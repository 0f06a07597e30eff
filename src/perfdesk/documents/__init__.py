"""Documents as lists of blocks, and the writers that loop over them."""
