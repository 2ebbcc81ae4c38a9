"""A Fiscal Data Package: a zip of datapackage.json and of the rows, the files and the findings as CSV.

The descriptor follows the Fiscal Data Package 1.0 (https://specs.frictionlessdata.io/fiscal-data-package/, 1.0-rc.1),
its `columnType`s the budget taxonomy (https://specs.frictionlessdata.io/fiscal-data-package--budgets/). What a name was
taken for is the code of a classification, the name as it is written its label. It also has the `model` of version 0.3:
the JSON schema that the specification names still demands one.

Its `profile` is that of the Tabular Data Package, which a Fiscal Data Package extends: so the earlier official schema
wants it, and for the profile `fiscal-data-package` frictionless fetches the schema from the network, which an office
may not have. `columnTypes` says that it is a fiscal one.

A zip and no folder: it is one file, which is sent and put in place whole, and frictionless reads it as it is. Unlike
the CSV for spreadsheets its texts are as they are, so that no program has to know our apostrophes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from faults import Lang, Text
from rollup.consolidation.exports.records import FILES, FINDINGS, ROWS, Export, Field, Kind, fields
from rollup.consolidation.exports.tables import write_table
from rollup.consolidation.rows import Row

_TAXONOMY = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"
_LINE = {"id": Kind.TEXT, **ROWS}
_TYPES = {Kind.TEXT: "string", Kind.TEXTS: "string", Kind.COUNT: "integer", Kind.AMOUNT: "number"}
_FISCAL: Mapping[str, str] = {
    "id": "budget-line-id",
    "item": "activity:generic:project:code",
    "item_written": "activity:generic:project:label",
    "groups": "activity:generic:program:code",
    "agency": "administrative-classification:generic:code",
    "agency_written": "administrative-classification:generic:label",
    "source": "fin-source:generic:code",
    "source_written": "fin-source:generic:label",
    "year": "date:fiscal-year",
    "amount": "value",
}
_REQUIRED = {"id", "file", "amount", "printed", "status", "rule", "severity"}
_CURRENCY, _DIRECTION = "VND", "expenditure"
#: What every row of the table has, without a column of its own.
_CONSTANTS = (("currency", "value-currency:code", _CURRENCY), ("direction", "direction", _DIRECTION))
_DIALECT = {"delimiter": ",", "doubleQuote": True, "quoteChar": '"', "lineTerminator": "\r\n", "header": True}
_TITLES: Mapping[str, Text] = {
    "id": Text("Mã dòng", "Line"),
    "file": Text("Tệp", "File"),
    "table": Text("Bảng", "Table"),
    "sheet": Text("Trang", "Sheet"),
    "cell": Text("Ô", "Cell"),
    "number": Text("Số thứ tự", "Number"),
    "item": Text("Nội dung", "Item"),
    "item_written": Text("Nội dung (như ghi)", "Item (as written)"),
    "groups": Text("Các nhóm, từ ngoài vào, cách nhau bằng ›", "Groups, from the outermost, with › between"),
    "agency": Text("Đơn vị thực hiện", "Agency"),
    "agency_written": Text("Đơn vị thực hiện (như ghi)", "Agency (as written)"),
    "source": Text("Nguồn vốn", "Funding source"),
    "source_written": Text("Nguồn vốn (như ghi)", "Funding source (as written)"),
    "year": Text("Năm", "Year"),
    "amount": Text("Số tiền (đồng)", "Amount (đồng)"),
    "printed": Text("Số ghi trong tệp", "Figure in the file"),
    "unit": Text("Đơn vị tính của số ghi", "Unit of the figure"),
    "note": Text("Ghi chú", "Note"),
    "status": Text("Kết quả đọc", "Status"),
    "reason": Text("Lý do không cộng được", "Why it was not added up"),
    "tables": Text("Số bảng", "Tables"),
    "rows": Text("Số dòng", "Rows"),
    "total": Text("Tổng các dòng (đồng)", "Sum of the rows (đồng)"),
    "stated": Text("Tổng ghi trong tệp (đồng)", "Total stated (đồng)"),
    "errors": Text("Số lỗi kiểm tra", "Errors found"),
    "rule": Text("Quy tắc", "Rule"),
    "severity": Text("Mức độ", "Severity"),
    "message": Text("Phát hiện", "Finding"),
}


def write_package(path: Path, export: Export, lang: Lang) -> None:
    """The package; the rows are gone through once."""
    years: set[int] = set()
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        lines = fields(_noted(export.rows, years), ROWS)
        _write_csv(package, "rows.csv", _LINE, ([str(number), *line] for number, line in enumerate(lines, 1)))
        _write_csv(package, "files.csv", FILES, fields(export.files, FILES))
        _write_csv(package, "findings.csv", FINDINGS, fields(export.findings, FINDINGS))
        described = json.dumps(
            _descriptor(sum(not file.reason for file in export.files), years, lang), ensure_ascii=False, indent=2
        )
        package.writestr(_entry("datapackage.json"), described + "\n")


def _entry(name: str) -> ZipInfo:
    """A packed entry without the time, so that the same rows make the same bytes."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _write_csv(package: ZipFile, name: str, heads: Iterable[str], lines: Iterable[Sequence[Field]]) -> None:
    with (
        package.open(_entry(name), "w", force_zip64=True) as entry,
        io.TextIOWrapper(entry, encoding="utf-8", newline="") as stream,
    ):
        write_table(stream, heads, lines, guarded=False)


def _noted(rows: Iterable[Row], years: set[int]) -> Iterator[Row]:
    """The rows; the years that they are about are added to `years`."""
    for row in rows:
        if row.year is not None:
            years.add(row.year)
        yield row


def _descriptor(files: int, years: set[int], lang: Lang) -> dict[str, Any]:
    title = Text(f"Kinh phí hợp nhất từ {files} tệp phụ lục", f"Funding of {files} appendices")
    descriptor: dict[str, Any] = {
        "profile": "tabular-data-package",
        "columnTypes": [_TAXONOMY],
        "name": "phuluc-consolidation",
        "title": title[lang],
        "countryCode": "VN",
        "granularity": "aggregated",
        "resources": [
            _resource("rows", _LINE, lang, "id", belongs=True),
            _resource("files", FILES, lang, "file"),
            _resource("findings", FINDINGS, lang, belongs=True),
        ],
        "model": _model(),
    }
    if years:
        descriptor["fiscalPeriod"] = {"start": f"{min(years):04}-01-01", "end": f"{max(years):04}-12-31"}
    return descriptor


def _resource(
    name: str, columns: Mapping[str, Kind], lang: Lang, key: str | None = None, *, belongs: bool = False
) -> dict[str, Any]:
    """A table. `key`: the column that tells its records apart; `belongs`: each record belongs to one of the files."""
    schema: dict[str, Any] = {
        "fields": [_field(column, kind, lang) for column, kind in columns.items()],
        "missingValues": [""],
    }
    if key:
        schema["primaryKey"] = [key]
    if belongs:
        schema["foreignKeys"] = [{"fields": ["file"], "reference": {"resource": "files", "fields": ["file"]}}]
    if name == "rows":
        schema["extraFields"] = [
            {"name": constant, "type": "string", "columnType": column_type, "constant": value}
            for constant, column_type, value in _CONSTANTS
        ]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "schema": schema,
    }


def _field(name: str, kind: Kind, lang: Lang) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "title": _TITLES[name][lang], "type": _TYPES[kind]}
    if name in _FISCAL:
        field["columnType"] = _FISCAL[name]
    if name in _REQUIRED:
        field["constraints"] = {"required": True}
    return field


def _model() -> dict[str, Any]:
    """What is measured and by what it can be told apart, as version 0.3 describes it."""
    amount = {"source": "amount", "resource": "rows", "currency": _CURRENCY, "direction": _DIRECTION}
    return {
        "measures": {"amount": amount},
        "dimensions": {
            "line": _dimension("fact", ["id"]),
            "year": _dimension("datetime", ["year"]),
            "source": _dimension("other", ["source"], source_written="source"),
            "agency": {
                **_dimension("classification", ["agency"], agency_written="agency"),
                "classificationType": "administrative",
            },
            "activity": _dimension("activity", ["groups", "item"], item_written="item"),
        },
    }


def _dimension(kind: str, keys: Sequence[str], **labels: str) -> dict[str, Any]:
    """A dimension told apart by these columns. `labels`: columns that show what others mean."""
    attributes: dict[str, dict[str, str]] = {key: {"source": key, "resource": "rows"} for key in keys}
    attributes |= {label: {"source": label, "resource": "rows", "labelfor": of} for label, of in labels.items()}
    return {"dimensionType": kind, "primaryKey": list(keys), "attributes": attributes}
