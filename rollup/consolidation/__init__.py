"""Many appendices in one workbook: every amount with the cell that it came from, and the proof that none is lost."""
