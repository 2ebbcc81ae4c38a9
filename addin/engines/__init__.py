"""Spreadsheet programs that xlwings does not drive itself."""
