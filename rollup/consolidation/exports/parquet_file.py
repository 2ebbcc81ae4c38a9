"""The rows as Parquet: a column for each field, amounts as exact decimals; needs pyarrow (`phuluc[parquet]`)."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from faults import InputFault, Text
from rollup.consolidation.exports.records import ROWS, Export, Field, Kind, fields

if TYPE_CHECKING:
    import pyarrow

_BATCH = 20_000  # rows that are in memory at once
#: Digits in all and of them decimals. What 20 digits before the point and 18 behind do not hold takes the second.
_USUAL, _LONG = (38, 18), (76, 38)


def refuse_without_pyarrow() -> None:
    """Raise InputFault where the package that writes Parquet is not installed."""
    if find_spec("pyarrow") is None:
        missing = Text("thiếu gói pyarrow để ghi Parquet", "the package pyarrow, which writes Parquet, is missing")
        install = Text("pip install “phuluc[parquet]”, hoặc --format csv", "pip install “phuluc[parquet]”, or csv")
        raise InputFault(missing, expected=install)


def write_parquet(path: Path, export: Export) -> None:
    """The rows. Raises InputFault for an amount of more digits than Parquet holds."""
    import pyarrow

    try:
        _write(path, export.rows, *_USUAL)
    except pyarrow.ArrowInvalid:
        try:
            _write(path, export.rows, *_LONG)
        except pyarrow.ArrowInvalid as fault:
            raise InputFault(Text("số tiền quá dài", "an amount has too many digits"), found=fault) from fault


def _write(path: Path, rows: Iterable[object], digits: int, decimals: int) -> None:
    import pyarrow
    from pyarrow import parquet

    amounts = pyarrow.decimal128(digits, decimals) if digits == _USUAL[0] else pyarrow.decimal256(digits, decimals)
    types = {
        Kind.TEXT: pyarrow.string(),
        Kind.TEXTS: pyarrow.list_(pyarrow.string()),
        Kind.COUNT: pyarrow.int32(),
        Kind.AMOUNT: amounts,
    }
    schema = pyarrow.schema([(name, types[kind]) for name, kind in ROWS.items()])
    lines = fields(rows, ROWS)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(lines, _BATCH)):
            writer.write_batch(_batch(batch, schema))


def _batch(rows: list[list[Field]], schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    import pyarrow

    columns = zip(*rows, strict=True)
    arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)
