"""The window: shows snapshots and calls services; the only package that knows Qt."""
