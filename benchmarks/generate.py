"""What generating costs: seconds and peak memory by size, and the ratio to XlsxWriter writing the very same cells.

    python benchmarks/generate.py [--sizes 50 500 5000] [--runs 3]

XlsxWriter is given the cells of the generated workbook (all sheets) as a ready list and writes values, formulas and
cell formats; it lays nothing out, merges nothing, calculates nothing and verifies nothing. Every run is a process of
its own; the table shows the fastest of the runs and the highest peak. Imports are not timed.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, product
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import openpyxl
import xlsxwriter
from openpyxl.cell import Cell
from support.synthetic import synthetic_plan

from generators.generate import generate

SHAPES = {"items-years-sources": (3, 4), "groups-sources-years": (5, 2)}  # form -> years, sources
HEADS = (
    ("form", "items", "rows", "cells", "formulas")
    + ("seconds", "peak MB", "XlsxWriter s", "ratio", "ms per item")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A cell as XlsxWriter wants it: which method writes it, and what with."""

    method: str
    arguments: tuple[object, ...]
    style: int


def measure_generate(form: str, items: int, file: Path) -> dict[str, float]:
    """Composes, calculates and saves a plan."""
    years, sources = SHAPES[form]
    plan = synthetic_plan(form, items=items, years=years, sources=sources, leaf=lambda year, source: year + source + 1)
    start = time.perf_counter()
    generate(plan, file, force=True)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}  # Linux: KiB


def measure_xlsxwriter(file: Path) -> dict[str, float]:
    """Writes the cells of a workbook anew."""
    book = openpyxl.load_workbook(file)
    sheets = {sheet.title: list(_places(sheet)) for sheet in book}
    styles = {cell.style_id: _format(cell) for sheet in book for row in sheet for cell in row if cell.has_style}
    rows = book.worksheets[0].max_row
    del book
    gc.collect()
    start = time.perf_counter()
    with xlsxwriter.Workbook(file.with_suffix(".xlsxwriter.xlsx")) as target:
        formats = {style: target.add_format(looks) for style, looks in styles.items()}
        for name, places in sheets.items():
            sheet = target.add_worksheet(name)
            for place in places:
                getattr(sheet, place.method)(*place.arguments, formats.get(place.style))
    seconds = time.perf_counter() - start
    formulas = sum(place.method == "write_formula" for places in sheets.values() for place in places)
    return {"seconds": seconds, "rows": rows, "cells": sum(map(len, sheets.values())), "formulas": formulas}


def _places(sheet: object) -> Iterator[Place]:
    methods = {"f": "write_formula", "s": "write_string", "n": "write_number"}
    for row in sheet:  # type: ignore[attr-defined]
        for cell in row:
            at = (cell.row - 1, cell.column - 1)
            if cell.value is not None:
                yield Place(methods[cell.data_type], (*at, cell.value), cell.style_id)
            elif cell.has_style:
                yield Place("write_blank", (*at, None), cell.style_id)


def _format(cell: Cell) -> dict[str, object]:
    font, alignment, edge = cell.font, cell.alignment, cell.border.left
    looks = {
        "font_name": font.name, "font_size": font.sz, "bold": font.b, "italic": font.i,
        "num_format": cell.number_format, "align": alignment.horizontal, "text_wrap": alignment.wrap_text,
        "border": 1 if edge and edge.style else 0,
    }  # fmt: skip
    return {name: value for name, value in looks.items() if value}


def fastest(runs: int, *arguments: str) -> dict[str, float]:
    """The figures of the fastest of some runs of this script, with the highest peak of all."""
    command = [sys.executable, __file__, *arguments]
    found = [json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout) for _ in range(runs)]
    return {**min(found, key=lambda run: run["seconds"]), "peak": max(run.get("peak", 0) for run in found)}


def report(sizes: list[int], runs: int) -> Iterator[tuple[str, ...]]:
    """The lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        for form, items in product(SHAPES, sizes):
            file = str(Path(folder) / f"{form}-{items}.xlsx")
            ours = fastest(runs, "--generate", form, str(items), file)
            theirs = fastest(runs, "--xlsxwriter", file)
            yield (
                form, str(items), *(f"{theirs[name]:.0f}" for name in ("rows", "cells", "formulas")),
                f"{ours['seconds']:.2f}", f"{ours['peak']:.0f}", f"{theirs['seconds']:.2f}",
                f"{ours['seconds'] / theirs['seconds']:.1f}", f"{1000 * ours['seconds'] / items:.2f}",
            )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--generate", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--xlsxwriter", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.generate:
        form, items, file = asked.generate
        print(json.dumps(measure_generate(form, int(items), Path(file))))
    elif asked.xlsxwriter:
        print(json.dumps(measure_xlsxwriter(Path(asked.xlsxwriter))))
    else:
        widths = [max(len(head), 8) for head in HEADS]
        widths[0] = max(map(len, SHAPES))
        for line in chain((HEADS,), report(asked.sizes, asked.runs)):
            print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)), flush=True)


if __name__ == "__main__":
    main()
