"""What a person can do, as functions: each change is one step of the store."""
