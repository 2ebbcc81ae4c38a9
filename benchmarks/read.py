"""What reading costs: `read_book` against `pandas.read_excel` (openpyxl) on the same files in the same run.

    python benchmarks/read.py [--runs 3] [--files 200] [--rows 60 5000]

The small files have as many rows as an appendix, and a sum in each; the large one has 5 000. Their formulas have
stored values, as files from Excel do. `read_book` also reads formulas and looks, calculates every formula and holds it
against its stored value; pandas reads values alone. Each figure is the fastest of the runs; imports are not timed.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pandas as pd
import xlsxwriter

from validators.readers import read_book

COLUMNS = 10  # of figures
HEADS = ("files", "rows", "cells", "read_book s", "pandas s", "ratio", "ms per file", "peak MB")


def write(path: Path, rows: int, seed: int) -> None:
    """A table of items with a total to the right of each and one below."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Phụ lục"), book.add_format({"bold": True, "num_format": "#,##0"})
        sheet.write_row(
            0, 0, ["STT", "Nội dung", *(f"Năm {2020 + year}" for year in range(COLUMNS)), "Tổng cộng"], bold
        )
        totals = [0] * COLUMNS
        for row in range(1, rows + 1):
            figures = [(row * 37 + column * 11 + seed) % 5000 for column in range(COLUMNS)]
            totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
            sheet.write_row(row, 0, [row, f"Hạng mục đầu tư số {row} của tệp {seed}", *figures])
            sheet.write_formula(row, COLUMNS + 2, f"=SUM(C{row + 1}:L{row + 1})", None, sum(figures))
        for column, total in enumerate(totals, 2):
            letter = chr(65 + column)
            sheet.write_formula(rows + 1, column, f"=SUM({letter}2:{letter}{rows + 1})", bold, total)


def seconds(read: Callable[[Path], object], paths: Sequence[Path]) -> float:
    """How long it takes to read all of them, one after another."""
    start = time.perf_counter()
    for path in paths:
        read(path)
    return time.perf_counter() - start


def line(files: int, rows: int, runs: int) -> list[str]:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.xlsx" for number in range(files)]
        for number, path in enumerate(paths):
            write(path, rows, number)
        ours = theirs = float("inf")
        for _ in range(runs):  # in turns, so that a busy machine is busy for both
            ours = min(ours, seconds(read_book, paths))
            theirs = min(theirs, seconds(lambda path: pd.read_excel(path, engine="openpyxl"), paths))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux: KiB
    cells = (rows + 1) * (COLUMNS + 3)
    counts = [str(files), str(rows), str(cells), f"{ours:.2f}", f"{theirs:.2f}"]
    return [*counts, f"{theirs / ours:.1f}", f"{1000 * ours / files:.1f}", f"{peak:.0f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--rows", type=int, nargs=2, default=[60, 5000], metavar=("SMALL", "LARGE"))
    asked = parser.parse_args()
    widths = [max(len(head), 6) for head in HEADS]
    print("  ".join(head.rjust(width) for head, width in zip(HEADS, widths, strict=True)))
    for files, rows in zip((asked.files, 1), asked.rows, strict=True):
        cells = line(files, rows, asked.runs)
        print("  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True)), flush=True)


if __name__ == "__main__":
    main()
