"""Wine, where it is: a Windows of its own for the tests of the installer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TOOLS = ("wine", "wineboot", "wineserver")
_PATIENCE = 600  # seconds for one program
_VALUE = re.compile(r'^(?:"(?P<name>(?:[^"\\]|\\.)*)"|@)=(?P<data>.*)$')


def why_no_wine() -> str | None:
    """Why the tests that need Wine cannot run; None where they can."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    return f"no {', '.join(missing)} (Debian: apt-get install wine wine64)" if missing else None


class Wine:
    """A Windows whose disk C: is the folder `c`."""

    def __init__(self, prefix: Path) -> None:
        self.c = prefix / "drive_c"
        self._environment = {name: text for name, text in os.environ.items() if name != "DISPLAY"} | {
            "WINEPREFIX": str(prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",  # no questions, no menus on this desktop
            "LC_ALL": "C.UTF-8",
        }

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, with what it printed."""
        # Windows' Python does not start without a standard input of its own
        return subprocess.run(
            list(map(str, command)),
            env=self._environment,
            input="",
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )

    def code(self, program: Path, *arguments: str) -> int:
        """The exit code of a program of Windows."""
        return self.run("wine", program, *arguments).returncode

    def registry(self, key: str) -> dict[str, dict[str, str]]:
        """The values of a key (under "") and of its subkeys (under what follows the key), as a .reg file has them."""
        exported = self.c / "exported.reg"
        exported.unlink(missing_ok=True)
        self.run("wine", "regedit", "/E", "C:\\exported.reg", key)
        found: dict[str, dict[str, str]] = {}
        if not exported.exists():
            return found
        values: dict[str, str] = {}
        for line in exported.read_text(encoding="utf-16").splitlines():
            if line.startswith("["):
                values = found.setdefault(line[1:-1].removeprefix(key).lstrip("\\"), {})
            elif match := _VALUE.match(line):
                values[match["name"] or ""] = re.sub(r"\\(.)", r"\1", match["data"].removeprefix('"').removesuffix('"'))
        exported.unlink()
        return found


@contextmanager
def windows_10(prefix: Path) -> Iterator[Wine]:
    """A fresh Windows 10 under `prefix`; what still runs in it is ended afterwards."""
    wine = Wine(prefix)
    try:
        wine.run("wineboot", "--init")
        wine.run("wine", "winecfg", "-v", "win10")
        yield wine
    finally:
        wine.run("wineserver", "-k")
