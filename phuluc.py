"""The command line: reads what the user asks, wires the rooms together, prints. Decides nothing.

Exit codes: 0 done, 1 `check` found an error or `verify` a disagreement, 2 the input cannot be used. Rooms are imported
inside the commands, so that `phuluc --help` imports neither pandas nor openpyxl.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

# In a checkout the rooms come before packages of the same name: PyPI has a `validators` too
if Path(__file__).with_name("pyproject.toml").exists():
    sys.path.insert(0, str(Path(__file__).parent))

from addin.command_line import add_addin, add_office
from faults import InputFault, Lang, Text
from revisions.adjusting.command_line import add_adjust
from revisions.differences.command_line import add_diff
from revisions.reading.command_line import add_read
from revisions.splitting.command_line import add_split
from rollup.command_line import add_rollup
from rollup.consolidation.command_line import add_consolidate
from validators.command_line import add_checking
from workbook.arguments import AddCommand, Say, add_folder, add_output, add_plan

if TYPE_CHECKING:
    from generators.generate import Generated

__version__ = "0.1.0"
DISAGREES, UNUSABLE = 1, 2
DEMO_FOLDER = Path("out")

#: What argparse says on its own, in Vietnamese.
_ARGPARSE_VI = {
    "usage: ": "cách dùng: ",
    "positional arguments": "đối số",
    "options": "tùy chọn",
    "show this help message and exit": "in phần trợ giúp này",
    "the following arguments are required: %s": "thiếu đối số: %s",
    "unrecognized arguments: %s": "đối số lạ: %s",
    "expected one argument": "cần một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "invalid choice: %(value)r (choose from %(choices)s)": "giá trị lạ: %(value)r (chọn một trong: %(choices)s)",
    "not allowed with argument %s": "không dùng cùng lúc với %s",
    "one of the arguments %s is required": "cần một trong các đối số %s",
    "argument %(argument_name)s: %(message)s": "đối số %(argument_name)s: %(message)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: lỗi: %(message)s\n",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    # Python has none of the two where the user closed it (`>&-`)
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the program runs
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Vietnamese must come through where the PC's own code page cannot; half a letter in a file name never does
            stream.reconfigure(encoding="utf-8", errors="replace")
    words = [_composed(word) for word in (sys.argv[1:] if arguments is None else arguments)]
    lang: Lang = "en" if _asks_english(words) else "vi"
    options = _parser(lang).parse_args(words)
    try:
        return int(options.run(options, lang))
    except InputFault as fault:
        print(f"phuluc: {fault.sentence(lang)}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # the reader, such as `head`, has gone: nothing is left to say, and to nobody
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print(
            Text("phuluc: đã dừng; không tệp nào bị ghi dở.", "phuluc: stopped; no file was left half-written.")[lang],
            file=sys.stderr,
        )
        return 130
    except OSError as fault:  # a full disk at the other end of `>`
        print(
            f"phuluc: {Text('không ghi được kết quả', 'the output cannot be written')[lang]}: {fault.strerror}",
            file=sys.stderr,
        )
        return UNUSABLE
    except Exception as fault:  # noqa: BLE001 - a stack trace tells the user nothing
        kind = f"{type(fault).__name__}: {fault}"
        sorry = Text("chương trình gặp lỗi ngoài dự kiến", "the program met with an unforeseen error")
        print(f"phuluc: {sorry[lang]} ({kind})", file=sys.stderr)
        return UNUSABLE


def _composed(word: str) -> str:
    """Text in NFC; the name of a file as it stands on the disk."""
    return word if os.path.exists(word) else unicodedata.normalize("NFC", word)


def _asks_english(words: Sequence[str]) -> bool:
    return "--lang=en" in words or any(a == "--lang" and b == "en" for a, b in itertools.pairwise(words))


class _Parser(argparse.ArgumentParser):
    """An argument parser whose refusals are one sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"{self.prog}: {message}\n")


def _parser(lang: Lang) -> argparse.ArgumentParser:
    argparse._ = (lambda text: _ARGPARSE_VI.get(text, text)) if lang == "vi" else (lambda text: text)  # type: ignore[attr-defined]

    def t(vi: str, en: str) -> str:
        return Text(vi, en)[lang]

    common = _Parser(add_help=False)
    common.add_argument("--lang", choices=("vi", "en"), default="vi", help=t("ngôn ngữ hiển thị", "language shown"))
    about = t("Lập và kiểm tra phụ lục kinh phí trong Excel.", "Makes and checks budget appendices in Excel.")
    parser = _Parser(prog="phuluc", description=about, parents=[common])
    parser.add_argument(
        "--version", action="version", version=f"phuluc {__version__}", help=t("in phiên bản", "print the version")
    )
    commands = parser.add_subparsers(metavar=t("LỆNH", "COMMAND"), required=True, title=t("các lệnh", "commands"))

    def command(name: str, vi: str, en: str, run: object) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=t(vi, en), description=t(vi, en), parents=[common])
        sub.set_defaults(run=run)
        return sub

    _add_making(command, t)
    add_checking(command, t)
    add_rollup(command, t)
    add_consolidate(command, t)
    add_read(command, t)
    add_adjust(command, t)
    add_diff(command, t)
    add_split(command, t)
    _add_verify(command, t)
    add_office(command, t)
    add_addin(command, t)
    return parser


def _add_making(command: AddCommand, t: Say) -> None:
    """What makes appendices."""
    sub = command("generate", "lập phụ lục từ một kế hoạch", "make the appendix workbook of a plan", _generate)
    add_plan(sub, t)
    add_output(
        sub, t, "tệp .xlsx sẽ ghi (mặc định: tên kế hoạch)", "the .xlsx file to write (default: the plan's name)"
    )
    sub.add_argument(
        "--protect", action="store_true", help=t("khóa công thức, không mật khẩu", "lock formulas, without a password")
    )
    sub.add_argument(
        "--rollup", action="store_true", help=t("thêm trang tổng hợp nguồn vốn", "add a roll-up of the funding")
    )

    sub = command("demo", "lập phụ lục của năm kế hoạch mẫu", "make the workbooks of the five reference plans", _demo)
    add_folder(sub, t, DEMO_FOLDER)
    _add_blank(command, t)


def _add_blank(command: AddCommand, t: Say) -> None:
    """What is made without a plan: empty appendices and entry workbooks, and the list of forms."""
    sub = command("new", "tạo phụ lục trống từ một biểu mẫu", "make an empty appendix on a form", _new)
    sub.add_argument(
        "--form",
        required=True,
        metavar=t("BIỂU_MẪU", "FORM"),
        help=t("tên biểu mẫu (xem: phuluc forms)", "the form's name (see: phuluc forms)"),
    )
    sub.add_argument("--years", required=True, metavar="2026-2030", help=t("giai đoạn", "the period"))
    sub.add_argument(
        "--sources",
        default="",
        metavar='"A,B"',
        help=t(
            "nguồn kinh phí, cách nhau bằng dấu phẩy hoặc chấm phẩy",
            "funding sources, separated by commas or semicolons",
        ),
    )
    add_output(sub, t, "tệp .xlsx sẽ ghi", "the .xlsx file to write", required=True)

    sub = command("entry", "tạo tệp nhập liệu trống", "make the empty entry workbook", _entry)
    add_output(sub, t, "tệp .xlsx sẽ ghi", "the .xlsx file to write", required=True)

    command("forms", "liệt kê biểu mẫu", "list the forms", _forms)


def _add_verify(command: AddCommand, t: Say) -> None:
    sub = command(
        "verify",
        "tính lại một tệp bằng các máy tính khác nhau",
        "recalculate a workbook with independent engines",
        _verify,
    )
    sub.add_argument("file", type=Path, metavar=t("TỆP", "FILE"), help=t("tệp .xlsx", "an .xlsx file"))
    sub.add_argument(
        "--engine",
        choices=("formulas", "formualizer", "libreoffice", "all"),
        default="all",
        help=t("máy tính lại (mặc định: all)", "the engine (default: all)"),
    )


def _generate(options: argparse.Namespace, lang: Lang) -> int:
    from budget.loading import load_plan
    from budget.loading.places import plan_path
    from generators.generate import generate

    path = plan_path(options.plan)
    plan = load_plan(path)
    target = options.output or Path(f"{plan.key}{'' if path.is_dir() else '-phu-luc'}.xlsx")
    if os.path.exists(target) and os.path.samefile(target, path):
        raise InputFault(
            Text("tệp đích chính là tệp nhập liệu", "the target is the entry workbook itself"),
            file=target,
            expected=Text("một tên khác", "another name"),
        )
    try:
        if options.rollup:
            from rollup.generating import generate_with_rollup

            made = generate_with_rollup(plan, target, lang, force=options.force, protect=options.protect)
        else:
            made = generate(plan, target, force=options.force, protect=options.protect)
        _report(made, lang)
    except InputFault as fault:
        if fault.file == plan.key:  # the generator knows the plan by its key, its user by where it stands
            fault.file = str(path)
        raise
    return 0


def _demo(options: argparse.Namespace, lang: Lang) -> int:
    from rich.console import Console
    from rich.progress import Progress

    from budget.loading import load_plan
    from budget.loading.places import plan_path, reference_plans
    from generators.generate import generate

    names = reference_plans()
    try:
        options.output.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        what = Text("không tạo được thư mục", "the folder cannot be made")
        raise InputFault(what, file=options.output, found=fault.strerror) from fault
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(Text("Lập phụ lục", "Making appendices")[lang], total=len(names))
        for name in names:
            plan = load_plan(plan_path(name))
            _report(generate(plan, options.output / f"{name}.xlsx", force=options.force), lang)
            progress.advance(task)
    return 0


def _report(made: Generated, lang: Lang) -> None:
    """One summary line: file, sheets, items, formulas, grand total in figures and words."""
    from budget.numbers import format_number

    total = format_number(made.total)
    print(
        Text(
            f"{made.path}: {made.sheets} trang, {made.items} hạng mục, {made.formulas} công thức, "
            f"tổng {total} đồng ({made.words})",
            f"{made.path}: {made.sheets} sheets, {made.items} items, {made.formulas} formulas, "
            f"total {total} đồng ({made.words})",
        )[lang]
    )


def _new(options: argparse.Namespace, lang: Lang) -> int:
    from budget.years import parse_years
    from generators.blank import blank_plan, parse_sources
    from generators.generate import generate

    names = parse_sources(options.sources)
    try:
        years = parse_years(options.years)
    except ValueError:
        what, expected = (
            Text("--years không phải là giai đoạn", "--years is no period"),
            Text("như 2026-2030", "such as 2026-2030"),
        )
        raise InputFault(what, found=options.years, expected=expected) from None
    plan = blank_plan(options.form, years, names)
    made = generate(plan, options.output, force=options.force)
    print(
        Text(
            f"{made.path}: {made.sheets} trang, {made.formulas} công thức",
            f"{made.path}: {made.sheets} sheets, {made.formulas} formulas",
        )[lang]
    )
    return 0


def _entry(options: argparse.Namespace, lang: Lang) -> int:
    from generators.entry import write_entry

    write_entry(options.output, force=options.force, lang=lang)
    print(options.output)
    return 0


def _forms(_: argparse.Namespace, lang: Lang) -> int:
    from generators.forms import form_names, load_form

    names, code = form_names(), 0
    width = max(map(len, names))
    for name in names:
        try:
            print(f"{name:<{width}}  {load_form(name).title[lang]}")
        except InputFault as fault:  # the others are still worth a line
            print(f"phuluc: {fault.sentence(lang)}", file=sys.stderr)
            code = UNUSABLE
    return code


def _verify(options: argparse.Namespace, lang: Lang) -> int:
    from workbook.engines import ENGINES
    from workbook.verify import verify

    report = verify(options.file, ENGINES if options.engine == "all" else (options.engine,))
    print(
        Text(f"{report.path}: {report.formulas} ô công thức", f"{report.path}: {report.formulas} formula cells")[lang]
    )
    for engine in report.judgements:
        judged = Text(f"tính lại được {engine.judged} ô", f"judged {engine.judged} cells")[lang]
        print(f"  {engine.engine} {engine.version}: {engine.problem or judged}")
    for name in report.missing:
        print(f"  {name}: {Text('chưa cài đặt', 'not installed')[lang]}")
    for cell in report.disagreements:
        values = ", ".join(f"{engine} = {value}" for engine, value in cell.calculated.items())
        stored = Text("đang lưu", "stored")[lang]
        print(f"  {cell.sheet}!{cell.cell}: {stored} {cell.cached}; {values}")
    verdict = Text("khớp", "agrees") if report.agrees else Text("KHÔNG KHỚP", "DISAGREES")
    print(f"  {verdict[lang]}")
    return 0 if report.agrees else DISAGREES


if __name__ == "__main__":
    sys.exit(main())
