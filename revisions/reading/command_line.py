"""What the command line offers: `read`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from faults import Lang, Text
from workbook.arguments import AddCommand, Say, add_folder

if TYPE_CHECKING:
    from budget.plan import Appendix, Plan
    from revisions.reading.reading import Reading


def add_read(command: AddCommand, t: Say) -> None:
    """The command; rooms are imported when it runs."""
    sub = command("read", "đọc phụ lục thành kế hoạch", "turn an appendix into a plan", _read)
    sub.add_argument(
        "file",
        type=Path,
        metavar=t("TỆP", "FILE"),
        help=t("phụ lục .xlsx .xlsm .xls .ods, do phuluc lập hoặc tự lập", "an appendix, generated or hand-made"),
    )
    add_folder(sub, t)


def _read(options: argparse.Namespace, lang: Lang) -> int:
    from budget.saving import refuse_folder, save_plan
    from revisions.reading.reading import read_plan

    refuse_folder(options.output, force=options.force)
    reading = read_plan(options.file)
    save_plan(reading.plan, options.output, force=options.force)
    print("\n".join(_told(reading, options.file, lang)))
    print(f"{Text('Đã ghi', 'Written')[lang]}: {options.output}")
    return 0


def _told(reading: Reading, file: Path, lang: Lang) -> Iterator[str]:
    """What was read, what was assumed, what was left out, and that no money was lost."""
    exact = Text("sổ do phuluc lập, đọc lại đúng từng ô", "made by phuluc, read back cell by cell")
    others = Text("bảng tự lập, đọc theo cách hiểu bảng", "hand-made, read as its tables are understood")
    yield f"{file.name}: {(exact if reading.exact else others)[lang]}"
    for appendix in reading.plan.appendices:
        yield f"  {_appendix(reading.plan, appendix, lang)}"
    for texts, vi, en in (
        (reading.assumed, "Đã giả định", "Assumed"),
        (reading.left_out, "Không đưa được vào kế hoạch", "Left out of the plan"),
    ):
        if texts:
            yield f"{Text(vi, en)[lang]} ({len(texts)}):"
            yield from (f"  - {text[lang]}" for text in texts)
    yield _proof(reading, lang)


def _appendix(plan: Plan, appendix: Appendix, lang: Lang) -> str:
    from budget.money import Unit, convert
    from budget.numbers import number_text
    from budget.tables import years_text
    from revisions.reading.reading import totals

    parts = [Text(f"biểu mẫu {appendix.form}", f"form {appendix.form}")[lang]]
    names = {source.key: source.name for source in plan.sources}
    if items := plan.items_of(appendix.key):
        parts.append(Text(f"{len(items)} hạng mục", f"{len(items)} items")[lang])
    if appendix.sources:
        sources = ", ".join(appendix.labels.get(key, names[key]) for key in appendix.sources)
        parts.append(f"{Text('nguồn', 'sources')[lang]}: {sources}")
    if appendix.years:
        parts.append(f"{Text('năm', 'years')[lang]} {years_text(appendix.years)}")
    if items:
        total = number_text(convert(totals(plan)[appendix.key], Unit.DONG, appendix.unit))
        parts.append(f"{Text('tổng', 'total')[lang]} {total[lang]} {appendix.unit.label}")
    if costings := sum(each.appendix == appendix.key for each in plan.estimates):
        parts.append(Text(f"{costings} bảng dự toán", f"{costings} costings")[lang])
    return f"“{appendix.sheet}”: {'; '.join(parts)}"


def _proof(reading: Reading, lang: Lang) -> str:
    from budget.numbers import number_text

    total = number_text(reading.total)
    if reading.counted is None:
        return Text(f"Tổng các số gốc: {total.vi} đồng.", f"Sum of the leaves: {total.en} đồng.")[lang]
    counted = number_text(reading.counted)
    if abs(reading.counted - reading.total) < 1:
        vi, en = (
            f"Tổng các số gốc {total.vi} đồng, bằng tổng của tệp.",
            f"The leaves add up to {total.en} đồng, as the file does.",
        )
    else:
        vi = f"Tổng các số gốc {total.vi} đồng, tệp ghi {counted.vi} đồng: còn lệch."
        en = f"The leaves add up to {total.en} đồng, the file says {counted.en} đồng: they differ."
    return Text(vi, en)[lang]
