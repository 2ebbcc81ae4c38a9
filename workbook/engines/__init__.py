"""Engines that nobody here wrote and that calculate a workbook anew, each in a module of its own.

The modules are imported when they are used: each brings a library, or a program, that may not be installed.
"""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from pathlib import Path

from workbook.engines.recalculation import EngineFault, Recalculation, find_office

__all__ = ["ENGINES", "EngineFault", "Recalculation", "available_engines", "recalculate"]

_MODULES = {
    "formulas": "workbook.engines.formulas_engine",
    "formualizer": "workbook.engines.formualizer_engine",
    "libreoffice": "workbook.engines.libreoffice",
}
ENGINES = tuple(_MODULES)


def available_engines() -> tuple[str, ...]:
    """The names of the engines that are installed here."""
    installed = {"libreoffice"} if find_office() else set()
    installed |= {name for name in ("formulas", "formualizer") if find_spec(name)}
    return tuple(name for name in ENGINES if name in installed)


def recalculate(engine: str, path: Path) -> Recalculation:
    """Calculate every formula of the workbook `path` anew with `engine`, one of `available_engines()`.

    Raises EngineFault where the engine cannot read the workbook.
    """
    calculated: Recalculation = importlib.import_module(_MODULES[engine]).recalculate(path)
    return calculated
