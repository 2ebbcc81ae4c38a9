"""What generating a workbook costs, by its size, and how that compares to XlsxWriter writing the very same cells.

    python benchmarks/generate.py [--sizes 50 500 5000] [--runs 3]

`seconds` is from the plan to the file that stands verified on the disk with its cached values; `ratio` divides it by
what XlsxWriter takes to write the values, formulas and cell formats of all its sheets from a ready list: no layout, no
merged cells, no checks, nothing calculated, nothing read back. Seconds are processor time, so that other programs do
not count; each run is a process of its own, imports are not timed, and the table has the fastest run and the highest
peak of memory.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHAPES = {"items-years-sources": (3, 4), "groups-sources-years": (5, 2)}  # form -> years, sources
HEADS = ("form", "items", "rows", "cells", "formulas", "seconds", "peak MB", "XlsxWriter s", "ratio", "ms per item")
VERTICAL = {"top": "top", "center": "vcenter", "bottom": "bottom"}  # openpyxl's word -> XlsxWriter's

Run = dict[str, float]


def measure_generate(form: str, items: int, file: Path) -> Run:
    """Generates a plan."""
    from support.synthetic import synthetic_plan

    from generators.generate import generate

    years, sources = SHAPES[form]
    plan = synthetic_plan(form, items=items, years=years, sources=sources, leaf=lambda year, source: 10 * year + source)
    start = time.process_time()
    generate(plan, file, force=True)
    seconds = time.process_time() - start
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}  # KiB on Linux


def measure_xlsxwriter(file: Path) -> Run:
    """Writes the cells of a workbook anew."""
    import openpyxl
    import xlsxwriter

    book = openpyxl.load_workbook(file)
    places: dict[str, list[tuple[Any, ...]]] = {}
    looks: dict[int, dict[str, object]] = {}
    for sheet in book:
        cells: list[Any] = [cell for row in sheet for cell in row if cell.value is not None or cell.has_style]
        places[sheet.title] = [(cell.row - 1, cell.column - 1, cell.value, cell.style_id) for cell in cells]
        looks |= {cell.style_id: _looks(cell) for cell in cells}
    rows = book.worksheets[0].max_row
    formulas = sum(str(value).startswith("=") for sheet in places.values() for _, _, value, _ in sheet)
    del book, sheet, cells
    gc.collect()
    start = time.process_time()
    with xlsxwriter.Workbook(file.with_suffix(".xlsxwriter.xlsx")) as target:
        formats = {style: target.add_format(look) for style, look in looks.items()}
        for name, sheet_places in places.items():
            write = target.add_worksheet(name).write
            for row, column, value, style in sheet_places:
                write(row, column, value, formats[style])
    seconds = time.process_time() - start
    return {"seconds": seconds, "rows": rows, "cells": sum(map(len, places.values())), "formulas": formulas}


def _looks(cell: Any) -> dict[str, object]:
    font, alignment, edge = cell.font, cell.alignment, cell.border.left
    looks = {
        "font_name": font.name,
        "font_size": font.sz,
        "bold": font.b,
        "italic": font.i,
        "num_format": cell.number_format,
        "align": alignment.horizontal,
        "valign": VERTICAL.get(alignment.vertical),
        "text_wrap": alignment.wrap_text,
        "border": 1 if edge and edge.style else 0,
    }
    return {name: value for name, value in looks.items() if value}


def measured(*arguments: str) -> Run:
    """One measurement in a process of its own."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, __file__, "--measure", *arguments],
        env=os.environ | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        check=True,
    )
    run: Run = json.loads(done.stdout)
    return run


def table(sizes: list[int], runs: int) -> Iterator[tuple[str, ...]]:
    """The lines of the table; the two ways take turns, so that a slow moment of the machine meets both."""
    yield HEADS
    with tempfile.TemporaryDirectory() as folder:
        for form, items in product(SHAPES, sizes):
            file = str(Path(folder) / f"{form}-{items}.xlsx")
            pairs = [(measured(form, str(items), file), measured(file)) for _ in range(runs)]
            seconds, other = (min(run["seconds"] for run in way) for way in zip(*pairs, strict=True))
            counts = pairs[0][1]
            yield (
                *(form, str(items), *(f"{counts[name]}" for name in ("rows", "cells", "formulas"))),
                *(f"{seconds:.2f}", f"{max(ours['peak'] for ours, _ in pairs):.0f}"),
                *(f"{other:.2f}", f"{seconds / other:.1f}", f"{1000 * seconds / items:.2f}"),
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    match asked.measure:
        case [form, items, file]:
            print(json.dumps(measure_generate(form, int(items), Path(file))))
        case [file]:
            print(json.dumps(measure_xlsxwriter(Path(file))))
        case _:
            widths = [max(map(len, SHAPES)), *(max(len(head), 7) for head in HEADS[1:])]
            for line in table(asked.sizes, asked.runs):
                print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)), flush=True)


if __name__ == "__main__":
    main()
