"""Checks that do what no check should, by the name of the file. They stand in a module so that processes find them."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from faults import Text
from validators.findings import FileReport, Finding, Severity
from validators.rules import Rule

OVERRUN = 60.0  # seconds


def unruly(path: Path, rules: Sequence[Rule] | None) -> FileReport:
    """`treo` hangs, `chết` ends its process, `lỗi` raises, `đầy` is out of memory; others say how many rules ran."""
    match path.stem:
        case "treo":
            time.sleep(OVERRUN)
        case "chết":
            os._exit(3)
        case "lỗi":
            raise ZeroDivisionError("chia cho 0")
        case "đầy":
            raise MemoryError
    count = str(None if rules is None else len(rules))
    return FileReport(path, findings=(Finding("x", Severity.INFO, Text(count, count)),))
