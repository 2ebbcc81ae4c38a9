"""Typed totals that become live formulas."""
