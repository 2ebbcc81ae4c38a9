"""Reading a plan from disk: two containers, the same raw tables, one builder."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from budget.plan import Plan
from faults import InputFault, Text

WORKBOOK = ".xlsx"


def load_plan(path: Path | str) -> Plan:
    """The plan in a folder (plan.toml, items.csv, estimates.csv) or in an entry workbook (.xlsx).

    The schema is `budget.schema`, documented in plans/README.md. Raises InputFault for whatever breaks it, naming file,
    row, column, what was found and what was expected.
    """
    from budget.loading.book import read_book  # here, since the readers need pandas
    from budget.loading.build import build_plan
    from budget.loading.folder import read_folder

    path = Path(path)
    if path.is_dir():
        return build_plan(unicodedata.normalize("NFC", path.resolve().name), read_folder(path))
    if path.is_file() and path.suffix.lower() == WORKBOOK:
        return build_plan(unicodedata.normalize("NFC", path.stem), read_book(path))
    expected = Text("một thư mục kế hoạch hoặc một tệp .xlsx", "a plan's folder or an .xlsx file")
    if path.exists():
        raise InputFault(Text("không phải là một kế hoạch", "this is no plan"), file=path, expected=expected)
    raise InputFault(
        Text("không có tệp hay thư mục này", "there is no such file or folder"), file=path, expected=expected
    )
