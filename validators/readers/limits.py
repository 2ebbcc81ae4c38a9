"""How large a file may be. An appendix has some hundred rows and some hundred kB; these are far beyond any, and keep
the worst of hostile files under 10 seconds and 1 GB.
"""

from __future__ import annotations

MAX_FILE = 64 * 2**20  # bytes on disk: it is read whole. Scanned pictures in a workbook are the largest honest ones
MAX_XLS = 16 * 2**20  # bytes of an .xls, which nothing compresses: 65 536 rows of ten columns
MAX_RECORDS = 500_000  # of an .xls: one for each cell that is no blank, one for each row
MAX_TOKENS = 3_000_000  # bytes of the formulas of an .xls, shared ones counted in each of their cells
MAX_ENTRIES = 2_000  # parts of a package: 255 sheets with drawings, comments and relationships
MAX_EXPANDED = 96 * 2**20  # bytes of all parts together: they are held in memory while they are read
MAX_RATIO = 100  # expanded to packed bytes of one part; sheets of nothing but styled cells reach 40 ...
RATIO_FROM = 4 * 2**20  # ... and small parts may be as repetitive as they like
MAX_MARKUP = 4_000_000  # tags and attributes of all parts: each costs memory out of all proportion to its bytes
MAX_TOKEN = 2**18  # bytes of a tag, a comment or a text: expat before 2.6 reads long ones over and over
MAX_CELLS = 250_000  # cells that a sheet stores and that a book holds: 5 000 rows of 50 columns
MAX_SHEETS = 1_000  # of a book
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384  # of a sheet, in Excel 2007 and later: a cell beyond is nowhere
MAX_AREA = 32 * 2**20  # rows x columns that the cells of the sheets span: whole columns, but not two far corners
MAX_ROWS_LISTED = 500_000  # rows of all merged areas and hidden ranges: each is listed
MAX_TEXT = 65_536  # characters of one cell; Excel allows 32 767, LibreOffice 65 535
MAX_FORMULA_TEXT = 8_000_000  # characters of all formulas, shared ones counted in each of their cells

# Calculation (formualizer has no limit that it keeps to while it works on one formula)
MAX_FORMULAS = 50_000  # up to a tenth of a millisecond each
MAX_JUDGED_TEXT = 4_000_000  # characters of all formulas: 80 for each
MAX_WORK = 200_000_000  # cells visited, as `recalculation` weighs them: at most about three seconds
MAX_CALCULATED_TEXT = 4_096  # characters of a text that a formula builds: texts that double would fill the memory
MAX_TEXT_WORK = 256 * 2**20  # characters of all formulas' texts, were each as long as the longest
