"""perfdesk: performance programmes of Turkish municipalities, from one local file to the printed book."""

__version__ = "0.1.0"
