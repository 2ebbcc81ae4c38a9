"""What the command line offers of splitting: `split`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from faults import InputFault, Lang, Text
from workbook.arguments import AddCommand, Say, add_folder, add_plan

if TYPE_CHECKING:
    from budget.plan import Plan
    from revisions.splitting.parting import Part

_MOST_NAMED = 5
_LONGEST = 60  # letters of an agency's or a group's name in a line


def add_split(command: AddCommand, t: Say) -> None:
    """`phuluc split PLAN`; rooms are imported when it runs."""
    sub = command(
        "split",
        "chia kế hoạch thành mỗi đơn vị một phụ lục để điền",
        "part a plan into one appendix to fill for each agency",
        _split,
    )
    add_plan(sub, t)
    sub.add_argument(
        "--by",
        choices=("agency", "group"),
        default="agency",
        help=t("chia theo đơn vị (mặc định) hoặc theo nhóm", "by agency (the default) or by group"),
    )
    add_folder(sub, t)


def _split(options: argparse.Namespace, lang: Lang) -> int:
    from budget.loading.places import plan_path
    from revisions.splitting.parting import Split, parted
    from revisions.splitting.writing import write_parts
    from validators.running import folder_files

    path = plan_path(options.plan)
    plan = _plan(options.plan, path)
    try:
        parts = parted(plan, Split(options.by))
    except InputFault as fault:
        fault.file = options.plan  # its user knows it by where it stands
        raise
    before = folder_files(options.output) if options.output.is_dir() else []
    targets = write_parts(parts, options.output, source=path, force=options.force)
    told = [*_told(plan, parts, targets, lang), *_beside(before, targets, lang)]
    print("\n".join([*told, *(_joint(plan, lang) if options.by == Split.AGENCY else ())]))
    return 0


def _plan(given: str, path: Path) -> Plan:
    """The plan that the user names. Raises InputFault for an appendix, which must be turned into a plan first."""
    from budget.loading import load_plan
    from budget.loading.places import is_plan

    if path.is_file() and not is_plan(path):
        raise InputFault(
            Text("tệp này không phải kế hoạch hay tệp nhập liệu", "this is neither a plan nor an entry workbook"),
            file=given,
            expected=Text("một kế hoạch; phuluc read lập kế hoạch từ phụ lục", "a plan; phuluc read makes one"),
        )
    return load_plan(path)


def _joint(plan: Plan, lang: Lang) -> Iterator[str]:
    """The items that several agencies share."""
    from revisions.splitting.parting import named_jointly
    from validators.reports.wording import shortened

    names = (f"{item.number} {item.title}".strip() for item in named_jointly(plan))
    items = [f"“{shortened(name, _LONGEST)}”" for name in names]
    if items:
        yield Text(
            f"Hạng mục ghi nhiều đơn vị chỉ nằm trong tệp của đơn vị ghi đầu: {_listed(items)}.",
            f"Items that name several agencies are in the file of the first one alone: {_listed(items)}.",
        )[lang]


def _listed(names: Sequence[str]) -> str:
    return "; ".join([*names[:_MOST_NAMED], *("…" for _ in names[_MOST_NAMED : _MOST_NAMED + 1])])


def _beside(before: Sequence[Path], targets: Sequence[Path], lang: Lang) -> Iterator[str]:
    """The workbooks that lay in the folder before: they would be consolidated with the parts."""
    others = [path.name for path in before if path not in targets]
    if others:
        yield Text(
            f"Thư mục còn {len(others)} sổ tính khác, sẽ bị cộng thêm nếu hợp nhất cả thư mục: {_listed(others)}.",
            f"Other workbooks in the folder, which are added too where the folder is consolidated: {_listed(others)}.",
        )[lang]


def _told(plan: Plan, parts: Sequence[Part], targets: Sequence[Path], lang: Lang) -> Iterator[str]:
    """A line for each file, and the proof that they are the whole."""
    from revisions.splitting.parting import total_of
    from validators.reports.wording import shortened, shown

    for part, target in zip(parts, targets, strict=True):
        items, total, title = len(part.own), shown(part.total, lang), shortened(part.title, _LONGEST)
        vi = f"{target}: {title}, {items} hạng mục, {total} đồng"
        yield Text(vi, f"{target}: {title}, items: {items}, {total} đồng")[lang]
    whole, items = shown(total_of(plan), lang), sum(len(part.own) for part in parts)
    yield Text(
        f"Cộng {len(parts)} tệp: {items} hạng mục, {whole} đồng, bằng kế hoạch.",
        f"All {len(parts)} files: items: {items}, {whole} đồng, the same as the plan.",
    )[lang]
    for shared in dict.fromkeys(each for part in parts for each in part.shared):
        yield shared.said[lang]
    left_out = min(part.left_out for part in parts)
    if left_out:
        yield Text(
            f"Không đưa {left_out} số kiểm soát của cả kế hoạch vào các tệp.",
            f"Control totals of the whole plan that are in no file: {left_out}.",
        )[lang]
