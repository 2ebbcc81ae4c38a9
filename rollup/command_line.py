"""What the command line offers of rolling up: `rollup`."""

from __future__ import annotations

import argparse
import tempfile
from contextlib import suppress
from pathlib import Path

from budget.money import Unit, parse_unit
from budget.rollup import By
from faults import InputFault, Lang, Text
from workbook.arguments import AddCommand, Say, add_copy, add_given

_ENDING = "-tong-hop"


def add_rollup(command: AddCommand, t: Say) -> None:
    """`phuluc rollup FILE|PLAN`; rooms are imported when it runs."""
    sub = command(
        "rollup",
        "thêm trang tổng hợp nguồn vốn vào bản sao của một phụ lục",
        "add a roll-up of the funding to a copy of an appendix",
        _rollup,
    )
    add_given(sub, t)
    add_copy(sub, t, _ENDING)
    names = ",".join(By)
    sub.add_argument(
        "--by",
        metavar=names,
        help=t("tổng hợp theo những gì (mặc định: source,agency,group)", "the tables (default: source,agency,group)"),
    )
    sub.add_argument(
        "--unit",
        metavar=t("ĐƠN_VỊ", "UNIT"),
        help=t('đơn vị tính, như "triệu đồng" (mặc định: của phụ lục)', 'such as "triệu đồng" (default: the file\'s)'),
    )


def _rollup(options: argparse.Namespace, lang: Lang) -> int:
    from budget.loading.places import is_plan, plan_path
    from generators.given import workbook_of
    from rollup.extending import extended, source_of
    from rollup.kinds import BY_SOURCE, kind_of
    from rollup.summary import summary
    from workbook.placing import put_in_place, refuse_target

    kind = BY_SOURCE if options.by is None else kind_of(_axes(options.by))
    unit = None if options.unit is None else unit_named(options.unit)
    with tempfile.TemporaryDirectory() as scratch:
        path = workbook_of(options.given, Path(scratch))
        planned = is_plan(plan_path(options.given))
        try:
            source = source_of(path, kind, unit)
        except InputFault as fault:
            fault.file = options.given if planned else fault.file  # nobody knows the workbook made of the plan
            raise
        folder = Path() if planned else path.parent
        target: Path = options.output or folder / f"{path.stem}{_ENDING}{source.suffix}"
        refuse_target(target, source.suffix, force=options.force, source=path)
        made = extended(source, kind, lang)
    put_in_place(made.data, target)
    print("\n".join(summary(source, kind, made, target, lang)))
    return 0


def _axes(given: str) -> list[By]:
    """The axes that the user names, separated by commas."""
    try:
        return [By(name.strip().lower()) for name in given.split(",")]
    except ValueError:
        known = ", ".join(By)
        what = Text("--by không dùng được", "--by cannot be used")
        expected = Text(f"những tên trong: {known}", f"names among: {known}")
        raise InputFault(what, found=given, expected=expected) from None


def unit_named(given: str) -> Unit:
    """The unit that a user names, in short too: "tỷ", "triệu". Raises InputFault."""
    for spelt in (given, f"{given} đồng"):
        with suppress(ValueError):
            return parse_unit(spelt)
    known = ", ".join(unit.label for unit in Unit)
    what = Text("--unit không phải đơn vị tính", "--unit is no unit of money")
    raise InputFault(what, found=given, expected=Text(f"một trong: {known}", f"one of: {known}"))
