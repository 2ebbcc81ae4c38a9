"""An export in one of the formats, put where the user wants it: whole, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

from faults import Lang
from rollup.consolidation.exports.datapackage import write_package
from rollup.consolidation.exports.json_file import write_json
from rollup.consolidation.exports.parquet_file import refuse_without_pyarrow, write_parquet
from rollup.consolidation.exports.records import ROWS, Export, fields
from rollup.consolidation.exports.tables import write_table
from workbook.placing import in_place, refuse_target

Format = Literal["csv", "json", "parquet", "datapackage"]

FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: Mapping[Format, str] = {"csv": ".csv", "json": ".json", "parquet": ".parquet", "datapackage": ".zip"}


def refuse_export(target: Path, form: Format, *, force: bool) -> None:
    """Raise InputFault where an export in that format cannot stand at `target`; see `refuse_target`.

    To be asked before many files are read; a package that is missing is refused too.
    """
    refuse_target(target, SUFFIXES[form], force=force)
    if form == "parquet":
        refuse_without_pyarrow()


def write_export(export: Export, target: Path, form: Format, lang: Lang, *, force: bool) -> None:
    """Write the export beside the target, row by row, and put it in place. Raises InputFault as `refuse_export` does.

    CSV and Parquet hold the rows alone, JSON and the data package the files and the findings too. The CSV begins with a
    byte order mark: without one Excel reads Vietnamese as the code page of the PC has it.
    """
    refuse_export(target, form, force=force)
    with in_place(target) as path:
        match form:
            case "csv":
                with path.open("w", encoding="utf-8-sig", newline="") as stream:
                    write_table(stream, ROWS, fields(export.rows, ROWS), guarded=True)
            case "json":
                with path.open("w", encoding="utf-8", newline="\n") as stream:
                    write_json(stream, export)
            case "parquet":
                write_parquet(path, export)
            case "datapackage":
                write_package(path, export, lang)
