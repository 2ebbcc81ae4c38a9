"""LibreOffice: a real spreadsheet program, started without a window and with a profile of its own.

Traps, measured with LibreOffice 7.4: it trusts cached values unless the profile says OOXMLRecalcMode 0 (always); it
ends with code 0 when it could not load; two processes cannot share a profile. The profile's locale is Vietnamese, as
on the PCs of the users: `#,##0` prints dots, and a formula whose text depends on the locale shows that it does.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from workbook.engines.recalculation import EngineFault, Recalculation, cached_values, find_office

TIMEOUT = 300  # seconds; a conversion of 5 000 items takes about ten
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi-VN</value></prop></item>
</oor:items>
"""


def recalculate(path: Path) -> Recalculation:
    """The value of each formula cell. Raises EngineFault where LibreOffice is missing, fails or takes too long."""
    with tempfile.TemporaryDirectory(prefix="phuluc-") as folder:
        converted = _convert(path, Path(folder), "xlsx:Calc MS Excel 2007 XML")
        return Recalculation("libreoffice", _version(), cached_values(converted))


def to_pdf(path: Path, folder: Path) -> Path:
    """Print the workbook, recalculated, to a PDF of the same name in `folder`. Raises EngineFault."""
    target = folder / f"{path.stem}.pdf"
    with tempfile.TemporaryDirectory(prefix="phuluc-") as work:
        shutil.copyfile(_convert(path, Path(work), "pdf:calc_pdf_Export"), target)
    return target


def make_profile(folder: Path) -> str:
    """Set up a user profile in `folder` (made where missing); the option that makes LibreOffice use it."""
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return f"-env:UserInstallation={folder.resolve().as_uri()}"


def _convert(path: Path, folder: Path, kind: str) -> Path:
    """Convert a copy, so that no lock file stands beside the user's, under a name that every locale can read."""
    source = folder / f"book{path.suffix}"
    shutil.copyfile(path, source)
    profile, target = make_profile(folder / "profile"), folder / "out"
    said = _run([profile, "--headless", "--norestore", "--convert-to", kind, "--outdir", str(target), str(source)])
    converted = target / f"book.{kind.partition(':')[0]}"
    if not converted.exists():
        raise EngineFault(f"LibreOffice wrote nothing: {said}")
    return converted


def _run(options: Sequence[str]) -> str:
    """Run LibreOffice to its end; what it said."""
    office = find_office()
    if office is None:
        raise EngineFault("LibreOffice is not installed")
    with subprocess.Popen(
        [office, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired as fault:
            raise EngineFault(f"LibreOffice took longer than {TIMEOUT} seconds") from fault
        finally:
            _end(process)
    return said.strip()


def _end(process: subprocess.Popen[str]) -> None:
    """End the process and its children: the command is a script that starts the program proper."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


@cache
def _version() -> str:
    """It says `LibreOffice 7.4.7.2 40(Build:2)`."""
    return _run(["--version"]).removeprefix("LibreOffice").split()[0]
