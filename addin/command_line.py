"""What the command line offers of the add-in: its commands without Excel, its build, its installation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from faults import InputFault, Lang, Text
from workbook.arguments import AddCommand, Say, add_output

if TYPE_CHECKING:
    import xlwings as xw

_REFUSED = 2


def add_office(command: AddCommand, t: Say) -> None:
    """`phuluc office COMMAND FILE`: a command of the ribbon, run in LibreOffice on a copy of the file."""
    sub = command(
        "office", "chạy một lệnh của thẻ Excel bằng LibreOffice", "run a command of the ribbon in LibreOffice", _office
    )
    sub.add_argument(
        "name", nargs="?", metavar=t("LỆNH", "COMMAND"), help=t("bỏ trống: liệt kê các lệnh", "left out: list them")
    )
    sub.add_argument("file", nargs="?", type=Path, metavar=t("TỆP", "FILE"), help=t("sổ đang có", "a workbook"))
    add_output(sub, t, "sổ kết quả (mặc định: TỆP-LỆNH.xlsx)", "the resulting workbook (default: FILE-COMMAND.xlsx)")
    sub.add_argument(
        "--at", metavar="'Phụ lục!C12'", help=t("ô hoặc vùng được chọn", "the cell or range that is selected")
    )
    sub.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar=t("TÊN=GIÁ_TRỊ", "NAME=VALUE"),
        help=t("điều mà lệnh hỏi, như to=dong; dùng được nhiều lần", "what the command asks, as to=dong; repeatable"),
    )


def _office(options: argparse.Namespace, lang: Lang) -> int:
    from addin.commands import all_commands

    if options.name is None:
        for name, each in all_commands().items():
            print(f"{name:<16} {each.title[lang]}: {each.about[lang]}")
            if each.asks:
                print(f"{'':<16} --answer {' '.join(f'{ask}=…' for ask in each.asks)}")
        return 0
    if options.name.partition(".")[0] not in all_commands():
        listed = Text("một lệnh mà “phuluc office” liệt kê", "a command that `phuluc office` lists")
        raise InputFault(Text("không có lệnh này", "there is no such command"), found=options.name, expected=listed)
    return _run(options, lang)


def _run(options: argparse.Namespace, lang: Lang) -> int:
    """Run the command in the user's file, to which nothing is written: what comes of it is another workbook."""
    from addin import host
    from addin.engines.libreoffice import office
    from addin.ribbon import answered, perform

    output = None if options.file is None else _target(options)
    with office() as app:
        book = None
        if options.file is not None:
            book = app.books.open(str(options.file.resolve()))
            if options.at:
                _select(book, options.at)
        outcome = perform(options.name, app, answered(options.answer), lang)
        print(outcome.message[lang], file=sys.stdout if outcome.done else sys.stderr)
        if outcome.done and book is not None and output is not None and host.is_changed(book):
            book.save(str(output))
            print(f"{Text('Đã ghi', 'Written')[lang]}: {output}")
    return 0 if outcome.done else _REFUSED


def _target(options: argparse.Namespace) -> Path:
    """Where the resulting workbook goes. Raises InputFault, before any work is done, where it cannot go there."""
    from workbook.placing import refuse_target

    source: Path = options.file
    if not source.is_file():
        raise InputFault(Text("không có tệp này", "there is no such file"), file=source)
    target = options.output or source.with_name(f"{source.stem}-{options.name}.xlsx")
    refuse_target(target, ".xlsx", force=options.force, source=source)
    return target.resolve()


def _select(book: xw.Book, at: str) -> None:
    """Select `'Phụ lục'!C12`, or `C12` on the sheet that the book shows. Raises InputFault for a place there is not."""
    sheet, _, cells = at.rpartition("!")
    name = sheet.strip("'").replace("''", "'")
    try:
        target = (book.sheets[name] if name else book.sheets.active).range(cells)
        target.sheet.activate()
        target.select()
    except Exception as fault:
        what = Text("không có ô hoặc vùng này trong tệp", "the workbook has no such cell or range")
        raise InputFault(
            what, file=book.name, found=at, expected=Text("như 'Phụ lục'!C12", "such as 'Sheet1'!C12")
        ) from fault


def add_addin(command: AddCommand, t: Say) -> None:
    """`phuluc addin build|install|uninstall|status`: the add-in for Excel."""
    sub = command(
        "addin", "làm, cài, gỡ phần bổ trợ của Excel", "build, install or remove the add-in for Excel", _addin
    )
    sub.add_argument(
        "task",
        choices=tuple(_TASKS),
        metavar="build|install|uninstall|status",
        help=t(
            "làm tệp phuluc.xlam; cài; gỡ; xem tình trạng", "make phuluc.xlam; install it; remove it; say how it is"
        ),
    )
    sub.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("phuluc.xlam"),
        metavar=t("TỆP", "FILE"),
        help=t("tệp mà build ghi (mặc định: phuluc.xlam)", "the file that build writes (default: phuluc.xlam)"),
    )
    sub.add_argument(
        "--force", action="store_true", help=t("build ghi đè tệp đã có", "build replaces a file that exists")
    )


def _addin(options: argparse.Namespace, lang: Lang) -> int:
    return _TASKS[options.task](options, lang)


def _build(options: argparse.Namespace, lang: Lang) -> int:
    from addin.xlam.build import build

    print(f"{Text('Đã ghi', 'Written')[lang]}: {build(options.output, force=options.force)}")
    return 0


def _install(_: argparse.Namespace, lang: Lang) -> int:
    from addin.install import install

    return _said(install(), lang)


def _uninstall(_: argparse.Namespace, lang: Lang) -> int:
    from addin.install import uninstall

    return _said(uninstall(), lang)


def _said(sentences: Iterable[Text], lang: Lang) -> int:
    for sentence in sentences:
        print(sentence[lang])
    return 0


def _status(_: argparse.Namespace, lang: Lang) -> int:
    """0 where the add-in can run, 1 where something stands in its way."""
    from addin.install import status

    lines = status()
    for line in lines:
        print(f"{'✓' if line.good else '✗'} {line.text[lang]}")
    return 0 if all(line.good for line in lines) else 1


_TASKS: Mapping[str, Callable[[argparse.Namespace, Lang], int]] = {
    "build": _build,
    "install": _install,
    "uninstall": _uninstall,
    "status": _status,
}
