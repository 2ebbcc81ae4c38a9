"""Versions of an appendix: read back into a plan, split among agencies, compared, adjusted to a given sum."""
