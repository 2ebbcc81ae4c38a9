"""What is downloaded to make the installer: pinned by hash, kept in `build/installer/` for the next time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from faults import InputFault, Text

_WINDOWS = ("--only-binary=:all:", "--platform=win_amd64", "--python-version=3.13", "--implementation=cp")


def wheels(requirements: Path, cache: Path) -> list[Path]:
    """The wheels for CPython 3.13 on 64-bit Windows that a requirements file pins. Raises InputFault."""
    return sorted(_downloaded(requirements, cache, *_WINDOWS).glob("*.whl"))


def sources(requirements: Path, cache: Path) -> list[Path]:
    """The source packages that a requirements file pins. Raises InputFault.

    pip runs the `setup.py` of such a package to learn its name; which one that is, its hash says.
    """
    return sorted(_downloaded(requirements, cache, "--no-binary=:all:").glob("*.tar.gz"))


def _downloaded(requirements: Path, cache: Path, *options: str) -> Path:
    """The folder with what was downloaded for these requirements, whole or not at all."""
    folder = cache / f"{requirements.stem}-{hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]}"
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache) as scratch:
        packages = Path(scratch, "packages")
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", *options]
        done = subprocess.run(
            [*pip, "--dest", str(packages), "--requirement", str(requirements)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise InputFault(
                Text("không tải được các gói đã ghim", "the pinned packages cannot be downloaded"),
                file=requirements,
                found=(done.stderr.strip().splitlines() or [f"pip: {done.returncode}"])[-1],
                expected=Text("kết nối tới PyPI", "a connection to PyPI"),
            )
        packages.rename(folder)
    return folder
