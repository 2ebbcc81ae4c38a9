"""The workbooks of the parts of a plan: all of them in their folder, or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from budget.folders import in_place, refuse_place
from faults import InputFault
from generators.generate import generate
from revisions.splitting.parting import Part
from workbook.placing import refuse_target

SUFFIX = ".xlsx"


def write_parts(parts: Sequence[Part], folder: Path, *, source: Path | None = None, force: bool = False) -> list[Path]:
    """Write a workbook for each part into `folder`, which is made where it is missing; its other files stay.

    `source`: the file that the plan was read from. Raises InputFault, and writes nothing, where the folder of `folder`
    is missing, `folder` is a file, one of the workbooks is the source, or is there already and `force` is not given, a
    form cannot print a part, or the disk takes no file.
    """
    targets = [folder / f"{part.name}{SUFFIX}" for part in parts]
    refuse_place(folder)
    if os.path.isdir(folder):
        for target in targets:
            refuse_target(target, SUFFIX, force=force, source=source)
    with in_place(folder) as scratch:
        for part, target in zip(parts, targets, strict=True):
            _generate(part, scratch / target.name, target)
    return targets


def _generate(part: Part, written: Path, target: Path) -> None:
    """Write a part at a place that no user knows of: it is for `target`."""
    try:
        generate(part.plan, written)
    except InputFault as fault:
        known = {part.plan.key: part.title, str(written): str(target)}
        fault.file = known.get(fault.file or "", fault.file)
        raise
