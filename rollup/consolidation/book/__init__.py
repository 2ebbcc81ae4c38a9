"""A consolidation as a workbook: each amount with its cell, live sums over them, and the proof that nothing is lost."""

from rollup.consolidation.book.writing import ROWS, write_workbook

__all__ = ["ROWS", "write_workbook"]
