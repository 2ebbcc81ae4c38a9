"""Where a plan is: what a user names may be a plan's folder, an entry workbook, or one of the reference plans."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from budget.loading.raw import fold, names_of
from budget.schema import TABLES


def reference_plans() -> tuple[str, ...]:
    """The names of the reference plans that are installed, sorted."""
    return tuple(sorted(f.name for f in files("plans").iterdir() if (f / "plan.toml").is_file()))


def plan_path(given: str) -> Path:
    """What the user named: a path, or else a reference plan."""
    path = Path(given)
    if not os.path.exists(path) and given in reference_plans():  # unlike Path.exists, silent on a name too long
        return Path(str(files("plans") / given))
    return path


def is_plan(path: Path) -> bool:
    """Whether a path is a plan's folder or an entry workbook, by its file names or the names of its sheets alone."""
    if os.path.isdir(path):
        return os.path.isfile(path / "plan.toml")
    try:
        with ZipFile(path) as archive:
            return is_entry_workbook(_sheet_names(archive.read("xl/workbook.xml")))
    except (OSError, BadZipFile, KeyError, ValueError, SyntaxError):
        return False


def is_entry_workbook(sheets: list[str]) -> bool:
    """Whether a workbook with these sheets is an entry workbook: it has a sheet for each table that a plan needs."""
    named = set(map(fold, sheets))
    return all(not named.isdisjoint(map(fold, names_of(table))) for table in TABLES if not table.optional)


def _sheet_names(workbook: bytes) -> list[str]:
    from xml.etree import ElementTree

    return [each.get("name", "") for each in ElementTree.fromstring(workbook).iter() if each.tag.endswith("}sheet")]
