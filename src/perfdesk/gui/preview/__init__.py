"""The printed page beside the form: set and drawn in a thread, shown in a pane."""
