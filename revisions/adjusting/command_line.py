"""What the command line offers of adjusting: `adjust`."""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from faults import InputFault, Lang
from workbook.arguments import AddCommand, Say, add_copy, add_given

if TYPE_CHECKING:
    from revisions.adjusting.demand import Demand


_ENDING = "-dieu-chinh"


def add_adjust(command: AddCommand, t: Say) -> None:
    """The command; rooms are imported when it runs."""
    sub = command(
        "adjust",
        "điều chỉnh kinh phí: cắt giảm theo hệ số, hoặc đưa về tổng được giao",
        "adjust the funding: by a factor, or to an assigned total",
        _adjust,
    )
    sub._negative_number_matcher = re.compile(r"^-\d")  # so that -5% is a value and no option
    add_given(sub, t)
    how = sub.add_mutually_exclusive_group(required=True)
    how.add_argument(
        "--scale",
        metavar=t("HỆ_SỐ", "FACTOR"),
        help=t("nhân với hệ số: 0,95 hoặc 95%% hoặc -5%%", "multiply by: 0.95 or 95%% or -5%%"),
    )
    how.add_argument(
        "--total",
        metavar=t("TỔNG", "TOTAL"),
        help=t(
            "tổng mới của cả phụ lục, theo đơn vị tính của phụ lục: 6.500",
            "the new total of the whole appendix, in its unit and with its dots: 6.500",
        ),
    )
    _add_choice(sub, t)
    add_copy(sub, t, _ENDING)


def _add_choice(sub: argparse.ArgumentParser, t: Say) -> None:
    """Which amounts are adjusted, and in which steps."""
    for option, metavar, vi, en in (
        ("--source", t("NGUỒN", "SOURCE"), "chỉ điều chỉnh nguồn vốn này", "adjust this source only"),
        ("--year", t("NĂM", "YEAR"), "chỉ điều chỉnh năm này", "adjust this year only"),
        (
            "--keep",
            t("MỤC", "ITEM"),
            "giữ nguyên mục này (số thứ tự như II.3, hoặc tên)",
            "keep this item (II.3, or name)",
        ),
    ):
        again = t("; có thể lặp lại", "; may be repeated")
        sub.add_argument(option, action="append", default=[], metavar=metavar, help=t(vi, en) + again)
    sub.add_argument(
        "--round",
        metavar=t("BƯỚC", "STEP"),
        help=t(
            "làm tròn đến, theo đơn vị tính của phụ lục (mặc định: số lẻ nhỏ nhất của phụ lục)",
            "round to, in the appendix's unit (default: the last place that the appendix uses)",
        ),
    )


def _adjust(options: argparse.Namespace, lang: Lang) -> int:
    from budget.loading.places import is_plan, plan_path
    from generators.given import workbook_of
    from revisions.adjusting.adjustment import adjusted
    from revisions.adjusting.choosing import Choice
    from revisions.adjusting.printing import printed
    from revisions.adjusting.writing import write_adjusted
    from validators.checking import examine
    from validators.readers.refusals import fault_in
    from validators.reports.extending import read_for_copy, suffix_of_copy

    demand, choice = _demand(options), Choice(options.source, options.year, options.keep)
    with tempfile.TemporaryDirectory() as scratch:
        path = workbook_of(options.given, Path(scratch))
        planned = is_plan(plan_path(options.given))
        book = read_for_copy(path)
        try:
            made = adjusted(examine(book), demand, choice)
        except InputFault as fault:
            raise fault_in(fault, options.given if planned else path) from fault
        folder = Path() if planned else path.parent
        target: Path = options.output or folder / f"{path.stem}{_ENDING}{suffix_of_copy(book)}"
        copy = write_adjusted(made, book, target, lang, force=options.force)
    print("\n".join(printed(made, book, copy, target, lang)))
    return 0


def _demand(options: argparse.Namespace) -> Demand:
    from revisions.adjusting.demand import Demand, parse_amount, parse_factor

    return Demand(
        factor=None if options.scale is None else parse_factor(options.scale),
        total=None if options.total is None else parse_amount("--total", options.total),
        step=None if options.round is None else parse_amount("--round", options.round),
    )
