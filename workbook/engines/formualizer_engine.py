"""formualizer: the engine that also fills our caches, started afresh on the finished file."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import formualizer

from workbook.engines.recalculation import EngineFault, Recalculation, cached_values


def recalculate(path: Path) -> Recalculation:
    """The value of each formula cell. Raises EngineFault for a circle of references, an external link, an .xlsm."""
    try:
        result = formualizer.recalculate_xlsx_bytes(path.read_bytes())
    except OSError as fault:
        raise EngineFault(str(fault)) from fault
    return Recalculation("formualizer", version("formualizer"), cached_values(result["bytes"]))
