"""A workbook read back into a plan."""
