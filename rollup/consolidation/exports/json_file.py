"""The whole export as one JSON document, for programs; written row by row.

    {"total": "21860000000",              the sum of all files, in đồng; amounts are texts: exact decimals without
                                          exponent, grouping and trailing zeros
     "files": [{
         "file": "Sở Y tế/du-toan.xlsx",
         "status": "added",               or "failed"
         "reason": null,                  why it was not added up
         "tables": 2, "rows": 31,
         "total": "6860000000",           the sum of its rows, in đồng
         "stated": "6860000000",          its own grand totals; null where a table states none
         "errors": 0                      found by the check
     }],
     "spellings": [{"of": "source", "written": "NSTW", "name": "Ngân sách trung ương"}],
     "findings": [{"file": ..., "rule": ..., "severity": ..., "sheet": ..., "cell": ..., "message": ...}],
     "rows": [{"file": ..., "table": ..., "sheet": "Phụ lục", "cell": "D9", "number": "1", "item": ...,
         "item_written": ..., "groups": ["I Tuyên truyền"], "agency": ..., "agency_written": ..., "source": ...,
         "source_written": ..., "year": 2021, "amount": "40000000", "printed": "40", "unit": "triệu đồng",
         "note": null}]}

Null is what nobody says. Each record stands on a line of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TextIO

from rollup.consolidation.exports.records import FILES, FINDINGS, ROWS, SPELLINGS, Export, Field, fields
from validators.reports.json_report import decimal_text


def write_json(stream: TextIO, export: Export) -> None:
    """The document, with a line feed at its end."""
    stream.write(f'{{"total": {_dumped(export.total)}')
    for name, records, columns in (
        ("files", export.files, FILES),
        ("spellings", export.spellings, SPELLINGS),
        ("findings", export.findings, FINDINGS),
        ("rows", export.rows, ROWS),
    ):
        stream.write(f',\n"{name}": [')
        _write_records(stream, list(columns), fields(records, columns))
        stream.write("]")
    stream.write("}\n")


def _write_records(stream: TextIO, heads: Sequence[str], lines: Iterable[Sequence[Field]]) -> None:
    between = "\n"
    for line in lines:
        pairs = (f'"{name}": {_dumped(field)}' for name, field in zip(heads, line, strict=True))
        stream.write(f"{between}{{{', '.join(pairs)}}}")
        between = ",\n"


def _dumped(field: Field) -> str:
    return json.dumps(decimal_text(field) if isinstance(field, Decimal) else field, ensure_ascii=False)
