"""The workbooks of the parts of a plan: all of them in their folder, or none."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from faults import InputFault, Text
from generators.generate import generate
from revisions.splitting.parting import Part
from workbook.placing import refuse_target

SUFFIX = ".xlsx"


def write_parts(parts: Sequence[Part], folder: Path, *, force: bool = False) -> list[Path]:
    """Write a workbook for each part into `folder`, which is made where it is missing; its other files stay.

    Raises InputFault, and writes nothing, where the folder of `folder` is missing, `folder` is a file, one of the
    workbooks is there already and `force` is not given, a form cannot print a part, or the disk takes no file.
    """
    targets = [folder / f"{part.name}{SUFFIX}" for part in parts]
    _refuse(folder, targets, force=force)
    scratch = folder.absolute().parent / f".phuluc-{secrets.token_hex(8)}.tmp"
    try:
        scratch.mkdir()
        for part, target in zip(parts, targets, strict=True):
            _generate(part, scratch / target.name)
        if os.path.isdir(folder):
            for target in targets:
                os.replace(scratch / target.name, target)
        else:
            os.replace(scratch, folder)
    except OSError as fault:
        what = Text("không ghi được thư mục", "the folder cannot be written")
        raise InputFault(what, file=folder, found=fault.strerror) from fault
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return targets


def _generate(part: Part, target: Path) -> None:
    try:
        generate(part.plan, target)
    except InputFault as fault:
        if fault.file == part.plan.key:
            fault.file = part.title
        raise


def _refuse(folder: Path, targets: Sequence[Path], *, force: bool) -> None:
    if not os.path.isdir(folder.absolute().parent):
        raise InputFault(Text("không có thư mục chứa thư mục đích", "the folder of the target is missing"), file=folder)
    if not os.path.lexists(folder):
        return
    if not os.path.isdir(folder):
        raise InputFault(Text("đích là một tệp", "the target is a file"), file=folder)
    for target in targets:
        refuse_target(target, SUFFIX, force=force)
