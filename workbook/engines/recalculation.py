"""What every engine gives back."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook.package import Value, formula_cells


class EngineFault(Exception):
    """An engine cannot calculate this workbook at all; the message is the engine's own."""


@dataclass(frozen=True, slots=True)
class Recalculation:
    """What an engine calculated: (sheet, cell) -> value. A formula cell that it could not judge is absent."""

    engine: str
    version: str
    values: Mapping[tuple[str, str], Value]


def cached_values(source: Path | bytes) -> dict[tuple[str, str], Value]:
    """The cached values of the formula cells of an .xlsx workbook, those that are there."""
    return {(cell.sheet, cell.cell): cell.cached for cell in formula_cells(source) if cell.cached is not None}


def find_office() -> str | None:
    """The command that starts LibreOffice, where it is on the PATH."""
    return shutil.which("soffice") or shutil.which("libreoffice")
