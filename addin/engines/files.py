"""Files that LibreOffice writes: completed where it forgets something, and put in place only when they are whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from faults import InputFault, Text
from workbook.package import elements, local_name, workbook_part
from workbook.parts import Parts

KINDS = (".xlsx", ".xlsm", ".xls", ".ods", ".pdf")
_PACKAGES = (".xlsx", ".xlsm")
_VERY_HIDDEN = "veryHidden"


@dataclass(frozen=True)
class States:
    """What LibreOffice does not read of an Excel workbook: the sheets that only a macro can show, and the protection of
    its structure, as the attributes of that element.
    """

    very_hidden: frozenset[str] = frozenset()
    protection: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_locked(self) -> bool:
        """Whether sheets may neither be added nor removed."""
        return self.protection.get("lockStructure") in ("1", "true")


def states(path: Path) -> States:
    """The states of a file that LibreOffice could open."""
    if path.suffix.lower() not in _PACKAGES or not is_zipfile(path):  # encrypted ones are no packages
        return States()
    with ZipFile(path) as archive:
        part = workbook_part(archive)
        hidden = (each.attrib["name"] for each in elements(archive, part, "sheet") if each.get("state") == _VERY_HIDDEN)
        protection = next((dict(each.attrib) for each in elements(archive, part, "workbookProtection")), {})
        return States(frozenset(hidden), protection)


@contextmanager
def placed(target: Path, known: States) -> Iterator[Path]:
    """A file to write to, which then takes the place of `target`. Raises InputFault where it cannot."""
    _refuse(target)
    try:
        with tempfile.TemporaryDirectory(prefix=".phuluc-", dir=target.parent) as folder:
            temporary = Path(folder) / f"book{target.suffix.lower()}"
            yield temporary
            if target.suffix.lower() in _PACKAGES and known != States():
                _complete(temporary, known)
            if target.exists():
                shutil.copymode(target, temporary)
            os.replace(temporary, target)
    except OSError as fault:
        unwritten = Text("không ghi được tệp này", "the file cannot be written")
        raise InputFault(unwritten, file=target, found=fault.strerror) from fault


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


def _complete(file: Path, known: States) -> None:
    """Write what LibreOffice does not know: sheets are only hidden to it, and no structure is protected."""
    parts = Parts(file.read_bytes())
    with parts.edited(parts.workbook) as workbook:
        for element in workbook.iter():
            name = local_name(str(element.tag))
            if name == "sheet" and element.get("name") in known.very_hidden:
                element.set("state", _VERY_HIDDEN)
            elif name == "workbookProtection" and known.is_locked:
                element.attrib.clear()
                for attribute, value in known.protection.items():
                    element.set(attribute, value)
    file.write_bytes(parts.packed())
