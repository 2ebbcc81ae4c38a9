"""What the installation reads in the add-in's file, which is a zip of XML parts."""

from __future__ import annotations

import ntpath
import re
import zipfile
from html import unescape
from pathlib import Path, PureWindowsPath

_RIBBON = "customUI/customUI14.xml"
_PLACE = re.compile(r">([^<>]*pythonw\.exe)<")


def is_addin(path: Path) -> bool:
    """Whether a file is an add-in of phuluc, of whatever version."""
    try:
        with zipfile.ZipFile(path) as package:
            return b"phuluc" in package.read(_RIBBON)
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def places(path: Path) -> list[Path]:
    """Where the add-in looks for Python, the first place first.

    As its VBA reads them: `%NAME%` is of the environment, and what is no full name is beside the add-in.
    """
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/")]
    found = [ntpath.expandvars(unescape(place)) for sheet in sheets for place in _PLACE.findall(sheet)]
    return [_beside(path, place) for place in found]


def _beside(path: Path, place: str) -> Path:
    parts = PureWindowsPath(place)
    return Path(place) if parts.anchor else path.parent.joinpath(*parts.parts)
