"""The findings of the checks as a list: grouped, each with its place, its reason, and what was said to it."""
