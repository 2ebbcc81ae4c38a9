"""Files that LibreOffice writes: completed where it forgets something, and put in place only when they are whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from faults import InputFault, Text
from workbook.package import elements, workbook_part
from workbook.parts import Parts

KINDS = (".xlsx", ".xlsm", ".xls", ".ods", ".pdf")
_PACKAGES = (".xlsx", ".xlsm")
_VERY_HIDDEN = "veryHidden"


@dataclass(frozen=True)
class States:
    """What LibreOffice does not read of an Excel workbook: the sheets that only a macro can show, and whether sheets
    may neither be added nor removed.
    """

    very_hidden: frozenset[str] = frozenset()
    locked: bool = False


def states(path: Path) -> States:
    """The states of a file that LibreOffice could open."""
    if path.suffix.lower() not in _PACKAGES or not is_zipfile(path):  # encrypted ones are no packages
        return States()
    with ZipFile(path) as archive:
        part = workbook_part(archive)
        hidden = (each.attrib["name"] for each in elements(archive, part, "sheet") if each.get("state") == _VERY_HIDDEN)
        protections = elements(archive, part, "workbookProtection")
        return States(frozenset(hidden), any(each.get("lockStructure") in ("1", "true") for each in protections))


@contextmanager
def placed(target: Path, very_hidden: Collection[str]) -> Iterator[Path]:
    """A file to write to, which then takes the place of `target`. Raises InputFault where it cannot."""
    _refuse(target)
    with tempfile.TemporaryDirectory(prefix=".phuluc-", dir=target.parent) as folder:
        temporary = Path(folder) / f"book{target.suffix.lower()}"
        yield temporary
        if very_hidden and target.suffix.lower() in _PACKAGES:
            _hide(temporary, very_hidden)
        if target.exists():
            shutil.copymode(target, temporary)
        os.replace(temporary, target)


def _refuse(target: Path) -> None:
    if target.suffix.lower() not in KINDS:
        expected = Text(f"đuôi {', '.join(KINDS)}", f"the suffix {', '.join(KINDS)}")
        raise InputFault(
            Text("không ghi được loại tệp này", "no such file can be written"), file=target, expected=expected
        )
    if not target.parent.is_dir():
        raise InputFault(Text("không có thư mục của tệp đích", "the folder of the target is missing"), file=target)
    for lock in (f"~${target.name}", f".~lock.{target.name}#"):  # Excel's and LibreOffice's
        if target.with_name(lock).exists():
            close = Text("đóng tệp rồi chạy lại", "the file closed first")
            in_use = Text("tệp đích đang được mở", "the target is open in another program")
            raise InputFault(in_use, file=target, found=lock, expected=close)
    if target.exists() and not os.access(target, os.W_OK):  # os.replace would not ask
        raise InputFault(Text("tệp đích chỉ cho đọc", "the target is read-only"), file=target)


def _hide(file: Path, names: Collection[str]) -> None:
    """LibreOffice knows hidden sheets only, which anybody can show."""
    parts = Parts(file.read_bytes())
    with parts.edited(parts.workbook) as workbook:
        for sheet in workbook.iter():
            if isinstance(sheet.tag, str) and sheet.tag.endswith("}sheet") and sheet.get("name") in names:
                sheet.set("state", _VERY_HIDDEN)
    file.write_bytes(parts.packed())
