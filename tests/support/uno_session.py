"""LibreOffice kept running while tests use it: open a workbook, change it, look at what follows.

LibreOffice's `uno` belongs to the Python that it was packaged for, hardly ever the one that runs the tests. So
`uno_server.py` runs under that Python and is spoken to over its standard input and output.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from workbook.engines.libreoffice import make_profile
from workbook.engines.recalculation import find_office

CALL_SECONDS = 120
SERVER = Path(__file__).with_name("uno_server.py")


class OfficeError(Exception):
    """LibreOffice refused a call, or ended."""


@cache
def bridge_python() -> str | None:
    """A Python that can import `uno`: this one, the system's, or the one beside LibreOffice."""
    office = find_office()
    beside = str(Path(office).resolve().parent) if office else ""
    for python in (sys.executable, shutil.which("python3", path=os.defpath), shutil.which("python", path=beside)):
        if python and subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return python
    return None


def why_no_office() -> str | None:
    """Why there can be no session here; None: there can."""
    if find_office() is None:
        return "LibreOffice (soffice) is not on the PATH"
    if bridge_python() is None:
        return "no Python here can import uno, LibreOffice's Python bridge (package python3-uno)"
    return None


class Book:
    """A workbook open in LibreOffice. Cells and ranges are addressed as `B3` and `B3:D9`, rows from 1."""

    def __init__(self, session: OfficeSession, number: int) -> None:
        self._session, self._number = session, number

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _call(self, operation: str, *arguments: object) -> Any:
        return self._session.call(operation, self._number, *arguments)

    def sheets(self) -> list[str]:
        """The names of the sheets, in order."""
        return list(self._call("sheets"))

    def used(self, sheet: str) -> str:
        """The used area of a sheet, such as `A1:K50`."""
        return str(self._call("used", sheet))

    def calculate(self) -> None:
        """Calculate every formula anew."""
        self._call("calculate")

    def set(self, sheet: str, cell: str, value: float | Decimal | str | None) -> None:
        """Type a number or a text (never read as a formula) into a cell; None empties it."""
        self._call("set", sheet, cell, float(value) if isinstance(value, Decimal) else value)

    def set_formula(self, sheet: str, cell: str, formula: str) -> None:
        """Type a formula, with its `=`, in English."""
        self._call("set_formula", sheet, cell, formula)

    def insert_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Insert `count` rows above `row`."""
        self._call("insert_rows", sheet, row, count)

    def delete_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Delete `count` rows from `row` on."""
        self._call("delete_rows", sheet, row, count)

    def value(self, sheet: str, cell: str) -> float | str:
        """The value of one cell, as in `values`."""
        return self.values(sheet, cell)[0][0]

    def values(self, sheet: str, address: str) -> list[list[float | str]]:
        """Rows of values: float, str (empty: ""), 1.0 or 0.0 for TRUE or FALSE, an error as it is shown."""
        return list(self._call("values", sheet, address))

    def formulas(self, sheet: str, address: str) -> list[list[str]]:
        """Rows of what the formula bar shows: `=A1+1`, `12`, `text`, and `'=1+1` for a text that looks like one."""
        return list(self._call("formulas", sheet, address))

    def strings(self, sheet: str, address: str) -> list[list[str]]:
        """Rows of what a reader sees, in the Vietnamese locale."""
        return list(self._call("strings", sheet, address))

    def save_as(self, path: Path) -> None:
        """Save a copy, as .xlsx, .xls, .ods or .pdf by its suffix."""
        self._call("save_as", path.resolve().as_uri())

    def close(self) -> None:
        """Close without saving."""
        self._call("close")


class OfficeSession:
    """LibreOffice with a profile and a pipe of its own, until the `with` block ends."""

    def __enter__(self) -> OfficeSession:
        self._folder = Path(tempfile.mkdtemp(prefix="phuluc-office-"))
        self._opened = 0
        pipe = self._folder.name
        profile = make_profile(self._folder / "profile")
        accept = f"--accept=pipe,name={pipe};urp;"
        self._office = self._start([str(find_office()), profile, "--headless", "--norestore", accept], silent=True)
        self._server = self._start([str(bridge_python()), str(SERVER), pipe])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        shutil.rmtree(self._folder, ignore_errors=True)

    @staticmethod
    def _start(command: Sequence[str], *, silent: bool = False) -> subprocess.Popen[str]:
        stream = subprocess.DEVNULL if silent else subprocess.PIPE
        return subprocess.Popen(
            command, stdin=stream, stdout=stream, stderr=subprocess.DEVNULL, text=True, start_new_session=True
        )

    def _end(self) -> None:
        for process in (self._server, self._office):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def open(self, path: Path) -> Book:
        """Open a copy of `path` (no lock file appears beside it); every formula is calculated on loading."""
        self._opened += 1
        copy = self._folder / f"{self._opened}{path.suffix}"
        shutil.copyfile(path, copy)
        return Book(self, self.call("open", copy.as_uri()))

    def call(self, operation: str, *arguments: object) -> Any:
        """One call to the server. Raises OfficeError where it fails, or takes longer than two minutes."""
        timer = threading.Timer(CALL_SECONDS, self._end)
        timer.start()
        try:
            self._server.stdin.write(json.dumps([operation, *arguments]) + "\n")  # type: ignore[union-attr]
            self._server.stdin.flush()  # type: ignore[union-attr]
            line = self._server.stdout.readline()  # type: ignore[union-attr]
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        if not line:
            raise OfficeError(f"LibreOffice ended during {operation}")
        answer = json.loads(line)
        if "error" in answer:
            raise OfficeError(f"{operation}{arguments}: {answer['error']}")
        return answer["result"]
