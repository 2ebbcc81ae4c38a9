"""What consolidating a folder costs: `phuluc consolidate` against a loop of `pandas.read_excel` (openpyxl).

    python benchmarks/consolidate.py [--files 100 1000 10000] [--generated 50 100 25 0] [--pandas-limit 1000]

Each folder is one of `benchmarks/folder.py`, and a part of it damaged: generated and hand-made workbooks in mixed
layouts, `generated` of a hundred the former: 100, what comes back of `phuluc split`; 0, what nobody asked for.
`consolidate` reads all of it, understands and checks every table, writes the workbook of a province (or, in the second
line, the CSV of the same rows), in a process of its own, interpreter and imports included, with as many further
processes as there are processors. The loop of pandas is one process that reads the same good files and keeps nothing:
every sheet of each (`sheet_name=None`), or the first alone; `times as fast` is against the one and the other.
`seconds` are what a clock shows, `CPU s` what all processes spent, which a busy machine changes less.
`peak MB` is the memory of all processes at once, seen every 50 ms (pages that they share count in each), `largest MB`
that of the largest of them as the system knows it.

Every sum of each file is held against the manifest of the folder; a difference ends the benchmark.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from threading import Event, Thread

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.folder import MANIFEST, disagreements, make_folder

ROOT = Path(__file__).parents[1]
_EVERY = 0.05  # seconds between two looks at the memory
_PAGE = resource.getpagesize()
_HEADS = ("what", "files", "generated", "seconds", "CPU s", "files/s", "times as fast", "peak MB", "largest MB")
_SHEETS = {"every": "null", "first": "0"}  # of a workbook, that pandas reads: `sheet_name` as JSON
_LOOP = """
import json, sys, pandas
folder, manifest, sheet = sys.argv[1:]
for each in json.load(open(manifest, encoding="utf-8"))["files"]:
    pandas.read_excel(f"{folder}/{each['file']}", sheet_name=json.loads(sheet), engine="openpyxl")
"""


@dataclass(frozen=True)
class Spent:
    """What a command took."""

    seconds: float
    cpu: float  # seconds of all its processes
    peak: float  # MB, of all its processes at once
    largest: float  # MB, of one process


def spent(command: Sequence[str], codes: Sequence[int] = (0,)) -> Spent:
    """Run a command to its end and measure it. RuntimeError where it ends with another code than those."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    ended, peaks = Event(), [0.0]
    watcher = Thread(target=_watch, args=(process.pid, ended, peaks))
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    ended.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        raise RuntimeError(f"{' '.join(command[:4])} ended with {process.returncode}")
    return Spent(seconds, usage.ru_utime + usage.ru_stime, peaks[0], usage.ru_maxrss / 1024)  # Linux: KiB


def _watch(pid: int, ended: Event, peaks: list[float]) -> None:
    while not ended.wait(_EVERY):
        peaks[0] = max(peaks[0], sum(map(_resident, _family(pid))) / 2**20)


def _family(pid: int) -> Iterator[int]:
    """A process and those that come of it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has ended
        return
    for child in children:
        yield from _family(int(child))


def _resident(pid: int) -> int:
    """Bytes of memory that a process has."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def consolidated(folder: Path, form: str) -> Spent:
    """Consolidate a folder as a workbook or as CSV; the CSV is held against the manifest."""
    target = folder.with_name(f"{folder.name}{form}")
    options = ["--format", "csv"] if form == ".csv" else []
    command = [sys.executable, "-m", "phuluc", "consolidate", str(folder), "-o", str(target), *options]
    took = spent(command, codes=(0, 1))  # 1: some of the files could not be read
    if form == ".csv":
        with target.open(encoding="utf-8-sig", newline="") as stream:
            wrong = list(disagreements(folder, csv.DictReader(stream)))
        if wrong:
            raise RuntimeError("\n".join(["the sums are not those of the manifest:", *wrong[:20]]))
    return took


def looped(folder: Path, sheet: str) -> Spent:
    """The loop of pandas over the good files of a folder."""
    return spent([sys.executable, "-c", _LOOP, str(folder), str(folder / MANIFEST), sheet])


def table(asked: argparse.Namespace, work: Path) -> Iterator[tuple[str, ...]]:
    """The lines of the table."""
    yield _HEADS
    for generated, files in product(asked.generated, asked.files):
        folder = work / f"{files}-{generated}"
        make_folder(folder, files, asked.seed, generated=generated)
        ours = {f"consolidate, {form}": consolidated(folder, form) for form in (".xlsx", ".csv")}
        theirs = {}
        if files <= asked.pandas_limit:
            theirs = {f"pandas, {what} sheet": looped(folder, sheet) for what, sheet in _SHEETS.items()}
        for what, took in ours.items():
            ratios = [each.seconds / took.seconds for each in theirs.values()]
            yield (what, str(files), f"{generated} %", *_figures(files, took, ratios))
        for what, took in theirs.items():
            yield (what, str(files), f"{generated} %", *_figures(files, took, []))


def _figures(files: int, took: Spent, ratios: Sequence[float]) -> tuple[str, ...]:
    figures = (took.seconds, took.cpu, files / took.seconds)
    return (
        *(f"{figure:.1f}" for figure in figures),
        " / ".join(f"{ratio:.1f}" for ratio in ratios),
        *(f"{memory:.0f}" for memory in (took.peak, took.largest)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--generated", type=int, nargs="+", default=[50], help="so many of a hundred workbooks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pandas-limit", type=int, default=1000, help="larger folders are not read by pandas")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        for line in table(asked, Path(work)):
            print(f"| {' | '.join(line)} |", flush=True)
            if line is _HEADS:
                print(f"|{'---|' * len(_HEADS)}")


if __name__ == "__main__":
    main()
