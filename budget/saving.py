"""A plan on its way to disk: the folder that `budget.loading` reads, written whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from budget.folders import in_place, refuse_place
from budget.loading import load_plan
from budget.loading.folder import CSV_TABLES, DECISION, TOML, TOML_TABLES
from budget.numbers import format_number
from budget.plan import Plan
from budget.schema import ITEMS
from budget.tables import Cell, Row, plan_rows
from faults import InputFault, Text

FILES = (TOML, *(f"{table.key}.csv" for table in CSV_TABLES))
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")  # the loader refuses it: it may be an English thousand


def refuse_folder(folder: Path, *, force: bool) -> None:
    """Raise InputFault where a plan cannot be written to `folder`: `refuse_place` says why, or it holds something and
    `force` is not given.
    """
    refuse_place(folder)
    if os.path.isdir(folder) and os.listdir(folder) and not force:
        use_force = Text("tên khác, hoặc --force để thay các tệp kế hoạch", "another name, or --force")
        raise InputFault(
            Text("thư mục đích đã có và không trống", "the target folder exists and is not empty"),
            file=folder,
            expected=use_force,
        )


def save_plan(plan: Plan, folder: Path, *, force: bool = False) -> None:
    """Write a plan as a folder. What is there already stays, but for the files of a plan, which `force` replaces.

    The files are written beside their places, read back and compared first. Raises InputFault for what `refuse_folder`
    refuses, and where the disk takes no file.
    """
    refuse_folder(folder, force=force)
    with in_place(folder, among=FILES) as scratch:
        for name, text in plan_files(plan).items():
            (scratch / name).write_bytes(text.encode("utf-8"))
        _demand_same(plan, scratch)


def plan_files(plan: Plan) -> dict[str, str]:
    """The texts of the files of a plan, by name; there is no file of estimates where there are none."""
    rows = plan_rows(plan)
    head = rows["plan"][0]
    blocks = [_entries({k: v for k, v in head.items() if not k.startswith(f"{DECISION}.")})]
    decision = {k.removeprefix(f"{DECISION}."): v for k, v in head.items() if k.startswith(f"{DECISION}.")}
    blocks.append(f"[{DECISION}]\n{_entries(decision)}")
    blocks += [f"[[{table.key}]]\n{_entries(row)}" for table in TOML_TABLES for row in rows[table.key]]
    files = {TOML: "\n".join(blocks)}
    for table in CSV_TABLES:
        if rows[table.key] or table is ITEMS:
            order = [column.key for column in table.columns]
            files[f"{table.key}.csv"] = _csv(rows[table.key], order, [c.key for c in table.columns if c.required])
    return files


def _demand_same(plan: Plan, folder: Path) -> None:
    if replace(load_plan(folder), key=plan.key) != plan:
        raise InputFault(Text("kế hoạch ghi ra đọc lại không giống", "the plan that was written reads differently"))


def _entries(row: Mapping[str, Cell]) -> str:
    return "".join(f"{key} = {_toml(cell)}\n" for key, cell in row.items())


def _csv(rows: Iterable[Row], order: list[str], least: list[str]) -> str:
    """A table with the columns that its rows fill, in the order of the schema, amounts behind."""
    rows = list(rows)
    used = {*least, *(key for row in rows for key in row)}
    amounts = dict.fromkeys(key for row in rows for key in row if key not in order)
    text = io.StringIO()
    writer = csv.DictWriter(text, [*(key for key in order if key in used), *amounts], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _number(c) if isinstance(c, Decimal) else c for key, c in row.items()} for row in rows)
    return text.getvalue()


def _toml(cell: object) -> str:
    match cell:
        case bool():
            return str(cell).lower()
        case Decimal() if cell == cell.to_integral_value():
            return str(int(cell))
        case Decimal():
            return f"{cell:f}"
        case date():
            return cell.isoformat()
        case list() if any(len(str(each)) > 30 for each in cell):  # one a line
            return "[\n" + "".join(f"    {_toml(each)},\n" for each in cell) + "]"
        case list():
            return "[" + ", ".join(map(_toml, cell)) + "]"
        case dict():
            return "{ " + ", ".join(f"{_key(key)} = {_toml(each)}" for key, each in cell.items()) + " }"
    return _quoted(str(cell))


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(key)


def _quoted(text: str) -> str:
    escaped = "".join(f"\\U{ord(c):08x}" if c in '"\\' or not c.isprintable() else c for c in text)
    return f'"{escaped}"'


def _number(value: Decimal) -> str:
    text = format_number(value)
    return f"{text}0" if _AMBIGUOUS.fullmatch(text) else text
