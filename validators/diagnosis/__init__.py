"""Failing equations explained by as few wrong cells as possible."""
