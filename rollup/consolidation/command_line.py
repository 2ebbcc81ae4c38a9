"""What the command line offers of many files: `consolidate`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from faults import Lang
from workbook.arguments import AddCommand, Say, add_output

if TYPE_CHECKING:
    from rich.progress import Progress

_NOT_ALL = 1  # exit code: some file could not be read, or holds nothing to add up
_FORMS = ("xlsx", "csv", "json", "parquet", "datapackage")


def add_consolidate(command: AddCommand, t: Say) -> None:
    """`phuluc consolidate FILES... -o OUT`; rooms are imported when it runs."""
    sub = command(
        "consolidate",
        "hợp nhất nhiều phụ lục vào một tệp",
        "bring the funding of many appendices into one file",
        _consolidate,
    )
    sub.add_argument(
        "files",
        nargs="+",
        metavar=t("TỆP", "FILE"),
        help=t("tệp .xlsx .xlsm .xls .ods, hoặc thư mục", "an .xlsx, .xlsm, .xls or .ods file, or a folder of them"),
    )
    add_output(sub, t, "tệp sẽ ghi", "the file to write", required=True)
    sub.add_argument(
        "--unit",
        metavar=t("ĐƠN_VỊ", "UNIT"),
        help=t('đơn vị tính, như "triệu đồng" (mặc định: của đa số)', 'such as "triệu đồng" (default: that of most)'),
    )
    sub.add_argument(
        "--synonyms",
        type=Path,
        metavar=t("TỆP", "FILE"),
        help=t(
            "bảng từ đồng nghĩa đã sửa: tệp kết quả lần trước, hoặc .csv",
            "the edited list of synonyms: an earlier result, or a .csv",
        ),
    )
    sub.add_argument(
        "--format", choices=_FORMS, default=_FORMS[0], help=t("dạng kết quả (mặc định: xlsx)", "default: xlsx")
    )


def _consolidate(options: argparse.Namespace, lang: Lang) -> int:
    from rollup.command_line import unit_named
    from rollup.consolidation.consolidating import Asked, consolidate, named_by
    from rollup.consolidation.officer import NOTHING_CHOSEN, read_choices
    from rollup.consolidation.saying import done, left_out, notes

    unit = None if options.unit is None else unit_named(options.unit)
    choices = NOTHING_CHOSEN if options.synonyms is None else read_choices(options.synonyms)
    with _progress(lang) as progress:
        task = progress.add_task("", total=None)
        made = consolidate(
            named_by(options.files),
            options.output,
            lang,
            Asked(options.format, unit, choices, options.force),
            told=lambda read, of, name: progress.update(task, completed=read, total=of, description=name),
        )
    said = [done(made.summary, made.unit, options.output)]
    if made.summary.failed:
        said.append(left_out(made.summary, made.failed))
    said += notes(made.summary, sheets=options.format == _FORMS[0])
    print("\n".join(text[lang] for text in said))
    return _NOT_ALL if made.summary.failed > made.summary.skipped else 0


def _progress(lang: Lang) -> Progress:
    """A bar on stderr, where somebody looks at it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from faults import Text

    columns = (
        TextColumn(Text("Đọc tệp", "Reading")[lang]),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
