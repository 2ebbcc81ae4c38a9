"""Files to grids: .xlsx, .xlsm, .xls and .ods."""

from validators.readers.reading import read_book

__all__ = ["read_book"]
