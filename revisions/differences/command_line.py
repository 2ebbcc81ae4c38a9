"""What the command line offers of comparing: `diff`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from faults import InputFault, Lang, Text
from workbook.arguments import AddCommand, Say

if TYPE_CHECKING:
    from validators.rules.base import Checked

DIFFERS = 1


def add_diff(command: AddCommand, t: Say) -> None:
    """`phuluc diff OLD NEW`; rooms are imported when it runs."""
    sub = command("diff", "so sánh hai bản của một phụ lục", "compare two versions of an appendix", _diff)
    said = t(
        "phụ lục .xlsx .xlsm .xls .ods, thư mục kế hoạch, tệp nhập liệu, hoặc tên kế hoạch mẫu",
        "an .xlsx, .xlsm, .xls or .ods file, a plan's folder, an entry workbook, or a reference plan",
    )
    sub.add_argument("old", metavar=t("BẢN_CŨ", "OLD"), help=said)
    sub.add_argument("new", metavar=t("BẢN_MỚI", "NEW"), help=t("như trên", "likewise"))
    sub.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help=t("dạng kết quả in ra (mặc định: text)", "what is printed (default: text)"),
    )
    sub.add_argument(
        "--report",
        type=Path,
        metavar=t("SỔ", "WORKBOOK"),
        help=t("ghi bản mới có đánh dấu các thay đổi vào tệp này", "write the new version with the changes marked"),
    )
    sub.add_argument("--force", action="store_true", help=t("ghi đè báo cáo đã có", "replace a report that exists"))


def _diff(options: argparse.Namespace, lang: Lang) -> int:
    from budget.loading.places import plan_path
    from revisions.differences.changes import differences
    from revisions.differences.json_report import json_report
    from revisions.differences.reading import version_of
    from revisions.differences.text import text_report
    from revisions.differences.writing import write_marked

    with tempfile.TemporaryDirectory() as scratch:
        old, new = (_read(given, Path(scratch) / name) for given, name in ((options.old, "old"), (options.new, "new")))
        found = differences(version_of(old, options.old), version_of(new, options.new))
        notes = []
        if options.report is not None:
            inputs = [new.book.path, plan_path(options.old), plan_path(options.new)]
            notes = write_marked(found, new.book, options.report, lang, inputs=inputs, force=options.force)
    if options.format == "json":
        sys.stdout.write(json_report(found, lang))
    else:
        print("\n".join(text_report(found, lang)))
    if options.report is not None:
        print(f"{Text('Đã ghi', 'Written')[lang]}: {options.report}", *(note[lang] for note in notes), file=sys.stderr)
    return DIFFERS if found else 0


def _read(given: str, scratch: Path) -> Checked:
    from generators.given import workbook_of
    from validators.checking import examine
    from validators.readers import read_book

    scratch.mkdir()
    path = workbook_of(given, scratch)
    try:
        return examine(read_book(path))
    except InputFault as fault:
        fault.file = given  # of a plan the user knows no workbook
        raise
