"""What the command line offers of the checker: `check`, `show` and `rules`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from faults import Lang, Text
from workbook.arguments import AddCommand, Say

if TYPE_CHECKING:
    from validators.findings import FileReport


def add_checking(command: AddCommand, t: Say) -> None:
    """The three commands; rooms are imported when one of them runs."""
    sub = command("check", "kiểm tra phụ lục bất kỳ", "check any appendix for what does not add up", _check)
    sub.add_argument(
        "files",
        nargs="+",
        metavar=t("TỆP", "FILE"),
        help=t("tệp .xlsx .xlsm .xls .ods, hoặc thư mục", "an .xlsx, .xlsm, .xls or .ods file, or a folder of them"),
    )
    sub.add_argument(
        "--format",
        choices=("text", "json", "sarif"),
        default="text",
        help=t("dạng kết quả in ra (mặc định: text)", "what is printed (default: text)"),
    )
    sub.add_argument(
        "--report",
        type=Path,
        metavar=t("SỔ", "WORKBOOK"),
        help=t(
            "ghi kết quả vào bản sao có đánh dấu; nhiều tệp thì cho tên một thư mục",
            "write the findings into a marked copy; with several files, name a folder",
        ),
    )
    sub.add_argument("--force", action="store_true", help=t("ghi đè báo cáo đã có", "replace a report that exists"))
    for option, vi, en in (("--only", "chỉ", "only"), ("--skip", "bỏ qua", "leave out")):
        sub.add_argument(
            option,
            action="append",
            default=[],
            metavar=t("QUY_TẮC", "RULE"),
            help=t(f"{vi} những quy tắc này, cách nhau bằng dấu phẩy", f"{en} these rules, separated by commas"),
        )

    sub = command("show", "cho xem từng bảng được hiểu thế nào", "print how each table was understood", _show)
    sub.add_argument("files", nargs="+", type=Path, metavar=t("TỆP", "FILE"))

    sub = command("rules", "liệt kê hoặc giải thích các quy tắc", "list or explain the rules", _rules)
    sub.add_argument("name", nargs="?", metavar=t("QUY_TẮC", "RULE"), help=t("tên quy tắc", "the name of a rule"))


def _check(options: argparse.Namespace, lang: Lang) -> int:
    from validators.findings import exit_code
    from validators.rules import all_rules
    from validators.running import check_files, chosen_rules, workbook_files

    rules = chosen_rules(all_rules(), only=_names(options.only), skip=_names(options.skip))
    paths = workbook_files(options.files)
    reports = _watched(check_files(paths, rules), len(paths), lang)
    if options.format == "json":
        from validators.reports.json_report import json_report

        sys.stdout.write(json_report(reports, lang))
    elif options.format == "sarif":
        from validators.reports.sarif import sarif_report

        sys.stdout.write(sarif_report(reports, rules, lang, version("phuluc")))
    else:
        from validators.reports.text import print_lines, terminal_width, text_report

        print_lines(text_report(reports, rules, lang, width=terminal_width(sys.stdout)), sys.stdout)
    if options.report is not None:
        from validators.reports.workbook import report_targets, write_report_workbook

        for report, target in report_targets(reports, options.report):
            write_report_workbook(report, target, lang, rules=rules, force=options.force)
            print(f"{Text('Đã ghi', 'Written')[lang]}: {target}", file=sys.stderr)
    return exit_code(reports)


def _names(given: Sequence[str]) -> list[str]:
    """The values of an option that may be given again, and each time with several names."""
    return [name.strip() for each in given for name in each.split(",") if name.strip()]


def _watched(reports: Iterable[FileReport], total: int, lang: Lang) -> list[FileReport]:
    """The reports, when all are there; a bar shows how far it is where many are awaited at a terminal."""
    from validators.running import FEW

    if total <= FEW or not sys.stderr.isatty():
        return list(reports)
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    said = Text("Kiểm tra", "Checking")[lang]
    return list(track(reports, said, total=total, console=console, transient=True))


def _show(options: argparse.Namespace, lang: Lang) -> int:
    from validators.checking import examine
    from validators.readers import read_book
    from validators.reports.showing import shown

    for path in options.files:
        print("\n".join(shown(examine(read_book(path)), lang)))
    return 0


def _rules(options: argparse.Namespace, lang: Lang) -> int:
    from validators.reports.text import print_lines, rule_list, rule_text
    from validators.rules import all_rules
    from validators.running import named_rule

    rules = all_rules()
    print_lines(
        rule_text(named_rule(rules, options.name), lang) if options.name else rule_list(rules, lang), sys.stdout
    )
    return 0
