"""A table as a system of equations."""
