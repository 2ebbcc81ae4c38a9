"""Arguments that several commands of the command line share. `t` says a text in the language of the user."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

AddCommand = Callable[[str, str, str, object], argparse.ArgumentParser]  # name, help in two languages, what it runs
Say = Callable[[str, str], str]


def add_given(sub: argparse.ArgumentParser, t: Say) -> None:
    """An appendix or a plan, as `given`."""
    sub.add_argument(
        "given",
        metavar=t("TỆP|KẾ_HOẠCH", "FILE|PLAN"),
        help=t("phụ lục .xlsx .xlsm .xls .ods, hoặc một kế hoạch", "an .xlsx, .xlsm, .xls or .ods file, or a plan"),
    )


def add_plan(sub: argparse.ArgumentParser, t: Say) -> None:
    """A plan, as `plan`."""
    sub.add_argument(
        "plan",
        metavar=t("KẾ_HOẠCH", "PLAN"),
        help=t(
            "thư mục, tệp nhập liệu .xlsx, hoặc tên kế hoạch mẫu",
            "a folder, an entry workbook, or the name of a reference plan",
        ),
    )


def add_output(sub: argparse.ArgumentParser, t: Say, vi: str, en: str, *, required: bool = False) -> None:
    """The file that a command writes, as `output`, and `force`."""
    sub.add_argument("-o", "--output", type=Path, required=required, metavar=t("TỆP", "FILE"), help=t(vi, en))
    sub.add_argument("--force", action="store_true", help=t("ghi đè tệp đã có", "replace a file that exists"))


def add_folder(sub: argparse.ArgumentParser, t: Say, default: Path | None = None) -> None:
    """The folder that a command writes files into, as `output`, and `force`."""
    usual = "" if default is None else t(f" (mặc định: {default})", f" (default: {default})")
    sub.add_argument(
        "-o",
        "--output",
        type=Path,
        default=default,
        required=default is None,
        metavar=t("THƯ_MỤC", "FOLDER"),
        help=t("thư mục sẽ ghi", "the folder to write to") + usual,
    )
    sub.add_argument(
        "--force", action="store_true", help=t("ghi đè tệp đã có trong thư mục", "replace files that are there")
    )


def add_copy(sub: argparse.ArgumentParser, t: Say, ending: str) -> None:
    """The copy that a command writes beside a workbook, as `output`, and `force`; `ending`: of its name."""
    add_output(
        sub, t, f"tệp sẽ ghi (mặc định: TỆP{ending}.xlsx bên cạnh)", f"the file to write (default: FILE{ending}.xlsx)"
    )
