"""Saving a workbook: all or nothing, with a cached value in every formula cell."""

from __future__ import annotations

import io
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import IO, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import formualizer
from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from faults import InputFault, Text, cell_place
from workbook.package import sheets
from workbook.placing import refuse_target

FORMULA_LIMIT = 8192  # characters of a formula (Excel specifications and limits)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip entry can have

# A formula, and a formula cell with a value, in the XML that openpyxl and formualizer write. `workbook.package` reads
# what anybody writes, at fifteen times the cost. Were their way of writing to change, the two counts would differ and
# `save` would refuse. (Where openpyxl finds no lxml it writes `<v />`, which formualizer fills as `<v >`.)
_FORMULA = re.compile(rb"<f[ >/]")
_VALUED = re.compile(
    rb'<c r="(?P<cell>[A-Z]+[0-9]+)"(?P<attributes>[^>]*)>'
    rb"<f(?:/>|[^>]*>(?P<formula>[^<]*)</f>)<v ?>(?P<value>[^<]*)</v>"
)


@dataclass(frozen=True, slots=True)
class SaveReport:
    """What was saved: `errors` are the cells (sheet, cell, error value) whose formula gives an error value."""

    path: Path
    formulas: int
    errors: tuple[tuple[str, str, str], ...]


class _TimelessZip(ZipFile):
    """A zip whose entries do not say when they were written: equal content gives equal bytes."""

    def open(
        self,
        name: str | ZipInfo,
        mode: Literal["r", "w"] = "r",
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        if mode == "w" and isinstance(name, ZipInfo):
            name.date_time, name.external_attr = _ZIP_EPOCH, 0
        return super().open(name, mode, pwd, force_zip64=force_zip64)


def save(workbook: Workbook, target: Path, *, force: bool, allow_errors: bool = False) -> SaveReport:
    """Write `workbook` with its cached values to `target`: the verified file stands there, or nothing has changed.

    The file is written beside the target under another name, read back, and put in place with `os.replace`. The
    document properties are the caller's (`workbook.properties`; openpyxl's own saving would overwrite `modified`);
    workbooks equal in content and properties give equal bytes.

    Raises InputFault where the target exists and `force` is not given, is open in Excel or LibreOffice (a lock file
    stands beside it), is no .xlsx file or cannot be written; where a formula cannot be calculated, is longer than 8192
    characters, or gives an error value and `allow_errors` is not given.
    """
    named, target = target, Path(os.path.realpath(target))  # a link is written through, not replaced
    refuse_target(target, ".xlsx", force=force)
    package = _package(workbook)
    formulas = sum(len(_FORMULA.findall(xml)) for _, xml in sheets(package))
    data = with_cached_values(package)
    temporary = target.with_name(f".phuluc-{secrets.token_hex(8)}.tmp")
    try:
        _write(temporary, data, target)
        errors = _verified(temporary, workbook.sheetnames, formulas)
        if errors and not allow_errors:
            sheet, cell, error = errors[0]
            raise InputFault(
                Text("công thức cho giá trị lỗi", "the formula gives an error value"),
                place=cell_place(sheet, cell),
                found=error,
            )
        refuse_target(target, ".xlsx", force=force)  # it may have come, or been opened, while we calculated
        os.replace(temporary, target)
    except OSError as fault:
        unwritten = Text("không ghi được tệp", "the file cannot be written")
        raise InputFault(unwritten, file=target, found=fault.strerror) from fault
    finally:
        temporary.unlink(missing_ok=True)
    return SaveReport(named, formulas, errors)


def with_cached_values(data: bytes) -> bytes:
    """The workbook `data` (the bytes of an .xlsx file) with the value of each formula cell in its cache.

    All other parts stay as they are. Raises InputFault where a formula cannot be calculated: a circle of references,
    an external link.
    """
    try:
        result = formualizer.recalculate_xlsx_bytes(data)
    except OSError as fault:
        raise InputFault(
            Text("không tính được các công thức của sổ", "the formulas of the workbook cannot be calculated"),
            found=fault,
        ) from fault
    filled: bytes = result["bytes"]
    return filled


def _package(workbook: Workbook) -> bytes:
    """The workbook as openpyxl writes it, its formula cells without values."""
    buffer = io.BytesIO()
    with _TimelessZip(buffer, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()
    return buffer.getvalue()


def _write(temporary: Path, data: bytes, target: Path) -> None:
    """Write and flush to disk, with the permissions of the file that is replaced, or else those of any new file."""
    with temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if os.path.exists(target):
        shutil.copymode(target, temporary)


def _verified(file: Path, names: list[str], formulas: int) -> tuple[tuple[str, str, str], ...]:
    """Read the file back; the error values in it. RuntimeError: what stands there is not what was to be written."""
    saved = dict(sheets(file))
    valued, errors = 0, []
    for sheet, xml in saved.items():
        for cell in _VALUED.finditer(xml):
            address, value = cell["cell"].decode(), cell["value"].decode()
            valued += value != "" or b't="str"' in cell["attributes"]
            _refuse_long_formula(sheet, address, cell["formula"] or b"")
            if b't="e"' in cell["attributes"]:
                errors.append((sheet, address, value))
    if list(saved) != names or valued != formulas:
        raise RuntimeError(f"sheets {list(saved)}, expected {names}; {valued} formulas of {formulas} have a value")
    return tuple(errors)


def _refuse_long_formula(sheet: str, address: str, formula: bytes) -> None:
    if len(formula) <= FORMULA_LIMIT:  # escapes only lengthen it
        return
    length = len(unescape(formula.decode()))
    if length > FORMULA_LIMIT:
        raise InputFault(
            Text("công thức dài hơn Excel cho phép", "the formula is longer than Excel allows"),
            place=cell_place(sheet, address),
            found=length,
            expected=Text(f"nhiều nhất {FORMULA_LIMIT} ký tự", f"at most {FORMULA_LIMIT} characters"),
        )
