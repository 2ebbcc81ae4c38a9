"""Funding rolled up in a workbook: sheets of live formulas over the cells of an appendix, and many files in one."""
