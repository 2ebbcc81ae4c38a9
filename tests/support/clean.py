"""The clean budget tables of `tests/validators/clean/` as files."""

from __future__ import annotations

from pathlib import Path

from .reference import ROOT
from .typed import typed_file

CLEAN = sorted((ROOT / "tests" / "validators" / "clean").glob("*.txt"))


def clean_file(file: Path, folder: Path) -> Path:
    """The typed sheets of a clean file, without the looks that only its checks need."""
    sheets: dict[str, str] = {}
    name = "Phụ lục"
    for line in file.read_text(encoding="utf-8").split("\n"):
        if line.startswith("=== "):
            name = line[4:]
        elif not line.startswith("# "):
            sheets[name] = sheets.get(name, "") + line + "\n"
    return typed_file(folder / "clean.xlsx", sheets)
