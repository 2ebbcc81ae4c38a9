"""LibreOffice, started with a profile and a pipe of its own, and spoken to one call at a time.

LibreOffice's `uno` belongs to the Python that it was packaged for, hardly ever the one that runs this. So the package
`bridge` runs under that Python and is spoken to over its standard input and output: one JSON line there, one back.
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
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from faults import InputFault, Text
from workbook.engines.libreoffice import make_profile
from workbook.engines.recalculation import find_office

CALL_SECONDS = 120
_END_SECONDS = 5
_BRIDGE = Path(__file__).with_name("bridge")
_REFUSED: Mapping[str, tuple[Text, Text | None]] = {
    "protected": (
        Text("trang này đang được bảo vệ", "this sheet is protected"),
        Text(
            "bỏ bảo vệ trang trước (Review > Unprotect Sheet)", "the sheet unprotected first (Review > Unprotect Sheet)"
        ),
    ),
    "structure": (
        Text("cấu trúc của tệp đang được bảo vệ", "the structure of this book is protected"),
        Text(
            "bỏ bảo vệ tệp trước (Review > Protect Workbook)", "the book unprotected first (Review > Protect Workbook)"
        ),
    ),
    "stuck": (
        Text("ô gộp hoặc công thức mảng cản việc chèn, xóa ô ở đây", "merged cells or an array formula are in the way"),
        Text("chèn hoặc xóa cả dòng, hay bỏ gộp ô trước", "whole rows, or the cells unmerged first"),
    ),
    "array": (
        Text("không sửa được một phần của công thức mảng", "a part of an array formula cannot be changed"),
        None,
    ),
}


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


def why_not() -> Text | None:
    """Why LibreOffice cannot be driven here; None: it can."""
    if find_office() is None:
        return Text("không tìm thấy LibreOffice (soffice) trên máy này", "LibreOffice (soffice) is not on the PATH")
    if bridge_python() is None:
        return Text(
            "không có Python nào nạp được uno, cầu nối của LibreOffice (gói python3-uno)",
            "no Python here can import uno, LibreOffice's Python bridge (package python3-uno)",
        )
    return None


class Office:
    """A running LibreOffice. `calls` counts the calls made so far; `version` is LibreOffice's own.

    Raises InputFault where LibreOffice or a Python with `uno` is missing, OfficeError where it does not start.
    """

    def __init__(self) -> None:
        reason = why_not()
        if reason is not None:
            raise InputFault(
                reason, expected=Text("cài LibreOffice và python3-uno", "LibreOffice and python3-uno installed")
            )
        self.calls = 0
        self.folder = Path(tempfile.mkdtemp(prefix="phuluc-office-"))
        pipe = self.folder.name
        profile = make_profile(self.folder / "profile")
        options = ("--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;")
        # its temporary files go with the folder, even when it has to be killed
        surroundings = {**os.environ, "TMPDIR": str(self.folder)}
        self._office = self._start([str(find_office()), profile, *options], silent=True, env=surroundings)
        self._bridge = self._start([str(bridge_python()), "-B", "-m", "bridge", pipe], cwd=_BRIDGE.parent)
        try:
            self.version = str(self.call("version"))
        except BaseException:
            self.kill()
            raise

    @staticmethod
    def _start(command: Sequence[str], *, silent: bool = False, **options: Any) -> subprocess.Popen[str]:
        stream = subprocess.DEVNULL if silent else subprocess.PIPE
        return subprocess.Popen(
            command,
            stdin=stream,
            stdout=stream,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,
            **options,
        )

    @property
    def pid(self) -> int:
        """The process of LibreOffice."""
        return self._office.pid

    @property
    def alive(self) -> bool:
        """Whether it still answers."""
        return self._bridge.poll() is None

    def call(self, operation: str, *arguments: object) -> Any:
        """One call to the bridge.

        Raises InputFault for what a user can mend (protection, password), and OfficeError where the call fails or takes
        longer than two minutes: LibreOffice is ended then.
        """
        self.calls += 1
        timer = threading.Timer(CALL_SECONDS, self._end_processes)
        timer.start()
        try:
            self._bridge.stdin.write(json.dumps([operation, *arguments]) + "\n")  # type: ignore[union-attr]
            self._bridge.stdin.flush()  # type: ignore[union-attr]
            line = self._bridge.stdout.readline()  # type: ignore[union-attr]
        except (BrokenPipeError, ValueError):  # it ended, or was ended
            line = ""
        finally:
            timer.cancel()
        if not line:
            raise OfficeError(f"LibreOffice ended during {operation}")
        answer = json.loads(line)
        if "refused" in answer:
            raise _fault(*answer["refused"])
        if "error" in answer:
            raise OfficeError(f"{operation}{_short(arguments)}: {answer['error']}")
        return answer["result"]

    def quit(self) -> None:
        """Close every book without saving and end LibreOffice; by force where it does not go."""
        if self.alive:
            with suppress(OSError, subprocess.TimeoutExpired):  # it is killed then
                self._bridge.stdin.close()  # type: ignore[union-attr]
                self._bridge.wait(_END_SECONDS)
                self._office.wait(_END_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End LibreOffice by force."""
        self._end_processes()
        for process in (self._bridge, self._office):
            process.wait()
        for stream in (self._bridge.stdin, self._bridge.stdout):
            with suppress(OSError):  # what was still to be sent cannot be
                stream.close()  # type: ignore[union-attr]
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end_processes(self) -> None:
        """The command that starts LibreOffice is a script: its children have to go too."""
        for process in (self._office, self._bridge):
            if process.poll() is not None:
                continue
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()


def _fault(code: str, file: str | None, sheet: str | None) -> InputFault:
    what, expected = _REFUSED[code]
    place = None if sheet is None else Text(f"trang “{sheet}”", f"sheet “{sheet}”")
    return InputFault(what, file=file, place=place, expected=expected)


def _short(arguments: Sequence[object]) -> str:
    text = repr(arguments)
    return text if len(text) <= 200 else text[:200] + "...)"
