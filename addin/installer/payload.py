"""What the installer lays on the user's disk: Python with its packages, the add-in, the guide."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZipFile

#: Where this Python looks for modules. Without `import site` in this list, no other Python of the user, nor an
#: environment variable, adds to it.
SEARCH_PATH = ("python313.zip", ".", r"Lib\site-packages", r"Lib\site-packages\win32", r"Lib\site-packages\win32\lib")

#: What of the packages nothing of ours uses: their own tests, an editor, a help file.
_LEFT_OUT = re.compile(r"(numpy|pandas)/(.*/)?tests/|pythonwin/|PyWin32\.chm")

_COMMAND = b'@"%~dp0python\\python.exe" -m phuluc %*\r\n'


def lay_python(folder: Path, files: Mapping[str, bytes], wheels: Iterable[Path]) -> None:
    """Make `folder` a CPython of these files, by name, with these wheels installed."""
    for name, data in files.items():
        _write(folder / name, data)
    _write(folder / "python313._pth", "".join(f"{line}\r\n" for line in SEARCH_PATH).encode())
    for wheel in wheels:
        _lay_wheel(wheel, folder)


def lay_rest(folder: Path, root: Path) -> None:
    """Put the add-in, the guide, the licence and a command for the console into `folder`. Raises InputFault."""
    from addin.guide import written
    from addin.xlam.build import build

    build(folder / "phuluc.xlam", force=False)
    written(folder / "huong-dan")
    shutil.copyfile(root / "LICENSE", folder / "LICENSE.txt")
    _write(folder / "phuluc.cmd", _COMMAND)


def _lay_wheel(wheel: Path, python: Path) -> None:
    """Unpack a wheel as pip does on Windows: modules, and what belongs beside the interpreter; but no scripts."""
    modules = python / "Lib" / "site-packages"
    with ZipFile(wheel) as archive:
        for name in archive.namelist():
            base: Path | None = modules
            parts = name.split("/")
            if parts[0].endswith(".data"):  # <package>.data/<kind>/...
                base = {"data": python, "purelib": modules, "platlib": modules}.get(parts[1])
                parts = parts[2:]
            elif parts[0] == "pywin32_system32":  # DLLs for which Windows looks beside the program
                base, parts = python, parts[1:]
            if base is not None and parts[-1] and not _LEFT_OUT.match(name):
                _write(base.joinpath(*parts), archive.read(name))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
