"""What checking costs: `phuluc check` against `pandas.read_excel` (openpyxl) on the same files in the same run.

    python benchmarks/check.py [--runs 3] [--files 1000] [--rows 60 5000]

The small files have as many rows as an appendix, the large one has 5 000: groups of items by year, with a title, a
unit, and formulas with stored values, as files from Excel have. The first line is a cold start: a new process that is
given one small file, interpreter and imports included. The others are processes that have imported everything. Seconds
are what a clock shows, the fastest run counts, and the two ways take turns. `peak MB` is that of the largest process;
`check` uses as many processes as there are processors, `check, one process` does not, and pandas has one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).parents[1]
GROUP = 12  # rows of a group: its own and those of its items
YEARS = range(2026, 2031)
HEADS = ("what", "files", "rows", "check s", "pandas s", "times as fast", "files/s", "peak MB", "pandas MB")
COLD_PANDAS = "import sys, pandas; pandas.read_excel(sys.argv[1], engine='openpyxl')"

Run = dict[str, float]


def write(path: Path, rows: int, seed: int) -> None:
    """An appendix: groups, their items by year, totals at the right of each row, on each group and below."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Phụ lục")
        bold, plain = (book.add_format({"bold": strong, "num_format": "#,##0"}) for strong in (True, False))
        sheet.write(0, 0, "PHỤ LỤC", bold)
        sheet.write(1, 0, f"KINH PHÍ THỰC HIỆN KẾ HOẠCH SỐ {seed} GIAI ĐOẠN 2026-2030", bold)
        sheet.write(2, 7, "Đơn vị tính: triệu đồng")
        sheet.write_row(3, 0, ["STT", "Nội dung", *(f"Năm {year}" for year in YEARS), "Tổng cộng"], bold)
        groups: list[int] = []
        totals = [0] * len(YEARS)
        for first in range(4, 4 + rows, GROUP):
            last = min(first + GROUP, 4 + rows) - 1
            sums = [0] * len(YEARS)
            for row in range(first + 1, last + 1):
                figures = [(row * 37 + column * 11 + seed) % 5000 + 5 for column in range(len(YEARS))]
                sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
                sheet.write_row(
                    row, 0, [f"{len(groups) + 1}.{row - first}", f"Hạng mục đầu tư số {row}", *figures], plain
                )
                sheet.write_formula(row, 7, f"=SUM(C{row + 1}:G{row + 1})", plain, sum(figures))
            sheet.write_row(first, 0, [str(len(groups) + 1), f"Nhóm nhiệm vụ {len(groups) + 1}"], bold)
            for column, total in enumerate(sums):
                letter = "CDEFG"[column]
                sheet.write_formula(first, column + 2, f"=SUM({letter}{first + 2}:{letter}{last + 1})", bold, total)
            sheet.write_formula(first, 7, f"=SUM(C{first + 1}:G{first + 1})", bold, sum(sums))
            groups.append(first + 1)
            totals = [total + figure for total, figure in zip(totals, sums, strict=True)]
        sheet.write(4 + rows, 1, "Tổng cộng", bold)
        for letter, total in zip("CDEFGH", (*totals, sum(totals)), strict=True):
            sheet.write_formula(4 + rows, "ABCDEFGH".index(letter), _adding(letter, groups), bold, total)


def _adding(letter: str, rows: Sequence[int]) -> str:
    """A sum of single cells, in portions of what one SUM takes."""
    cells = [f"{letter}{row}" for row in rows]
    portions = (cells[start : start + 200] for start in range(0, len(cells), 200))
    return "=" + "+".join(f"SUM({','.join(portion)})" for portion in portions)


def measure(way: str, paths: Sequence[Path]) -> Run:
    """How long one way takes over all files, in this process and those that it starts."""
    sys.path.insert(0, str(ROOT))
    import pandas as pd

    from validators.rules import all_rules
    from validators.running import check_files

    all_rules()
    start = time.perf_counter()
    if way == "pandas":
        for path in paths:
            pd.read_excel(path, engine="openpyxl")
    else:
        reports = list(check_files(paths, jobs=1 if way == "check-one" else None))
        wrong = [report.path.name for report in reports if report.reason or report.findings]
        if wrong:
            raise RuntimeError(f"the files of a benchmark must be clean: {wrong[:5]}")
    return {"seconds": time.perf_counter() - start}


def spent(command: Sequence[str]) -> Run:
    """Seconds and peak memory of a process, or what it measured itself."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} ended with {process.returncode}")
    run: Run = {"seconds": time.perf_counter() - start}
    if said.startswith("{"):
        run = json.loads(said)
    return run | {"peak": usage.ru_maxrss / 1024}  # Linux: KiB


def compared(commands: Sequence[Sequence[str]], runs: int) -> list[Run]:
    """The fastest run of each command; they take turns, so that a busy machine is busy for all."""
    done = [[spent(command) for command in commands] for _ in range(runs)]
    return [min(each, key=lambda run: run["seconds"]) for each in zip(*done, strict=True)]


def table(asked: argparse.Namespace, folder: Path) -> Iterator[tuple[str, ...]]:
    """The lines of the table."""
    yield HEADS
    few, many = asked.rows
    small, large = folder / "small", folder / "large"
    for path, count, rows in ((small, asked.files, few), (large, 1, many)):
        path.mkdir()
        for number in range(count):
            write(path / f"{number:05}.xlsx", rows, number)
    first = str(small / "00000.xlsx")
    cold = ([sys.executable, "-m", "phuluc", "check", first], [sys.executable, "-c", COLD_PANDAS, first])
    yield _line("cold start", 1, few, compared(cold, asked.runs))
    ways = {way: [sys.executable, __file__, "--measure", way, "--folder"] for way in ("check", "check-one", "pandas")}
    one = compared([[*ways[way], str(large)] for way in ("check", "pandas")], asked.runs)
    yield _line("large file", 1, many, one)
    parallel, alone, pandas = compared([[*ways[way], str(small)] for way in ways], asked.runs)
    yield _line("many files", asked.files, few, [parallel, pandas])
    yield _line("many files, one process", asked.files, few, [alone, pandas])


def _line(what: str, files: int, rows: int, runs: Sequence[Run]) -> tuple[str, ...]:
    ours, theirs = runs
    seconds = (f"{ours['seconds']:.2f}", f"{theirs['seconds']:.2f}", f"{theirs['seconds'] / ours['seconds']:.2f}")
    return (
        what,
        str(files),
        str(rows),
        *seconds,
        f"{files / ours['seconds']:.1f}",
        f"{ours['peak']:.0f}",
        f"{theirs['peak']:.0f}",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rows", type=int, nargs=2, default=[60, 5000], metavar=("SMALL", "LARGE"))
    parser.add_argument("--measure", choices=("check", "check-one", "pandas"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measure(asked.measure, sorted(asked.folder.iterdir()))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for line in table(asked, Path(folder)):
            print(f"| {' | '.join(line)} |", flush=True)
            if line is HEADS:
                print(f"|{'---|' * len(HEADS)}")


if __name__ == "__main__":
    main()
