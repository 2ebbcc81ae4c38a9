"""A check that no process can begin with: to import it ends the process, but for the one that asked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from multiprocessing import current_process
from pathlib import Path

from validators.findings import FileReport
from validators.rules import Rule

if current_process().name != "MainProcess":
    os._exit(3)


def stillborn(path: Path, rules: Sequence[Rule] | None) -> FileReport:
    """Never called."""
    raise AssertionError((path, rules))
