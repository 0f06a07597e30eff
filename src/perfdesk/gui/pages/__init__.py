"""What stands in the window's middle: one page a kind of entry of the outline."""
