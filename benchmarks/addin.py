"""From click to result: what a command of the add-in takes, and how much of it is the spreadsheet program's own time.

    python benchmarks/addin.py [--rows 60 500 5000] [--commands check-book to-formulas by-source] [--runs 3]

The host is LibreOffice through the add-in's engine. A book of so many rows is open, with one wrong total and one typed
one; the command is clicked. `cold` is a new Python process, interpreter and imports included, whose first click it is;
`warm` the next click in the same process. Of each, `host` are the seconds in which Python waits for the host (a copy is
saved, cells are marked, a sheet is placed), `python` all others: the aim is cold under 1.5 s and warm under 0.3 s of
those for 500 rows. `calls` are the calls to the host of the warm click. Starting LibreOffice counts nowhere: in an
office it runs already. The peer, on the same file in the same run, is `pandas.read_excel` (openpyxl), cold in a process
of its own and warm; the last two columns are its seconds by those of Python's part. The fastest of the runs counts.

`--imports` prints what is imported on the way of the first click, and how long the longest ones take.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

HEADS = (
    "command",
    "rows",
    "cold python",
    "cold host",
    "warm python",
    "warm host",
    "calls",
    "pandas cold",
    "pandas warm",
)
RATIOS = ("pandas/python cold", "pandas/python warm")
PANDAS = (
    "import sys, time; import pandas; pandas.read_excel(sys.argv[1], engine='openpyxl'); start = time.perf_counter();"
    "pandas.read_excel(sys.argv[1], engine='openpyxl'); print(time.perf_counter() - start)"
)


def write(path: Path, rows: int) -> None:
    """An appendix by years with one total that is wrong, and one that is right and typed."""
    from check import write as write_clean

    write_clean(path, rows, 1)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["C5"] = 1  # a group's total
    sheet["H6"] = sum(cell.value for cell in sheet["C6:G6"][0])
    book.save(path)


def click(path: Path, command: str, began: float) -> None:
    """In a process of its own: the first click and the second one, printed as JSON. `began`: when it was started."""
    from addin.ribbon import perform

    imported = time.time() - began
    from addin.engines.libreoffice import office

    with office() as app:
        waited = 0.0
        call = app.impl.office.call

        def timed(*arguments: object) -> object:
            nonlocal waited
            start = time.perf_counter()
            try:
                return call(*arguments)
            finally:
                waited += time.perf_counter() - start

        app.impl.office.call = timed
        said = []
        for first in (imported, 0.0):
            book = app.books.open(str(path))
            waited, calls, start = 0.0, app.impl.calls, time.perf_counter()
            outcome = perform(command, app, {})
            spent = time.perf_counter() - start
            if not outcome.done:
                raise RuntimeError(outcome.message.en)
            said.append({"python": first + spent - waited, "host": waited, "calls": app.impl.calls - calls})
            book.close()
    print(json.dumps(said))


def measured(path: Path, command: str) -> list[dict[str, float]]:
    """Cold and warm click of a command, in a new process."""
    arguments = [sys.executable, __file__, "--click", str(path), command, repr(time.time())]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    cold_and_warm: list[dict[str, float]] = json.loads(done.stdout)
    return cold_and_warm


def peer(path: Path) -> tuple[float, float]:
    """Seconds that pandas takes for the file: cold, in a new process, and warm."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", PANDAS, str(path)], capture_output=True, text=True, check=True)
    warm = float(done.stdout)
    return time.perf_counter() - start - warm, warm


def table(asked: argparse.Namespace, folder: Path) -> Iterator[Sequence[str]]:
    """The lines of the table."""
    yield (*HEADS, *RATIOS)
    for rows in asked.rows:
        path = folder / f"{rows}.xlsx"
        write(path, rows)
        pandas = [peer(path) for _ in range(asked.runs)]
        cold_pandas, warm_pandas = (min(each) for each in zip(*pandas, strict=True))
        for command in asked.commands:
            runs = [measured(path, command) for _ in range(asked.runs)]
            cold, warm = (min(each, key=lambda click: click["python"]) for each in zip(*runs, strict=True))
            figures = (cold["python"], cold["host"], warm["python"], warm["host"])
            yield (
                command,
                str(rows),
                *(f"{figure:.2f}" for figure in figures),
                f"{warm['calls']:.0f}",
                f"{cold_pandas:.2f}",
                f"{warm_pandas:.2f}",
                f"{cold_pandas / cold['python']:.2f}",
                f"{warm_pandas / warm['python']:.2f}",
            )


def print_imports() -> None:
    """What the first click imports, the twenty that take longest (with all that they bring along), in milliseconds."""
    code = "from addin.ribbon import perform; from addin.commands import all_commands; all_commands()"
    options = [sys.executable, "-X", "importtime", "-c", code]
    done = subprocess.run(options, capture_output=True, text=True, check=True, cwd=ROOT)
    lines = [line.split("|") for line in done.stderr.splitlines()[1:]]
    for _, spent, name in sorted(lines, key=lambda line: -int(line[1]))[:20]:
        print(f"{int(spent) / 1000:8.1f}  {name.strip()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[60, 500, 5000])
    parser.add_argument("--commands", nargs="+", default=["check-book", "to-formulas", "by-source"])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--imports", action="store_true")
    parser.add_argument("--click", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.click:
        path, command, began = asked.click
        click(Path(path), command, float(began))
    elif asked.imports:
        print_imports()
    else:
        with tempfile.TemporaryDirectory() as folder:
            for line in table(asked, Path(folder)):
                print("| " + " | ".join(line) + " |", flush=True)


if __name__ == "__main__":
    main()
