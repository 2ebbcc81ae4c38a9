"""Funding rolled up: sheets of live formulas over the cells of one appendix, and many appendices in one workbook."""
