"""What is told of a consolidation, on the command line, on the ribbon and in the workbook, and what its sheets are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from budget.money import Unit, convert
from budget.numbers import number_text
from faults import Text
from rollup.consolidation.rows import Summary

FILES, OVERLAPS, SYNONYMS = (
    Text("Theo tệp", "By file"),
    Text("Trùng và mâu thuẫn", "Overlaps"),
    Text("Từ đồng nghĩa", "Synonyms"),
)
LEFT_OUT = Text("Chưa đọc được, chưa cộng", "Not read, not added")
CHECKED = Text("Kết quả kiểm tra", "Findings")


def done(summary: Summary, unit: Unit, target: Path) -> Text:
    """What was added up, and where it stands."""
    total = number_text(convert(summary.total, Unit.DONG, unit))
    files, rows = number_text(summary.files), number_text(summary.rows)
    return Text(
        f"Đã hợp nhất {files.vi} tệp, {rows.vi} dòng: {total.vi} {unit.label}. Kết quả: {target}",
        f"Files: {files.en}, rows: {rows.en}, total: {total.en} {unit.label}. Result: {target}",
    )


def left_out(summary: Summary, named: str) -> Text:
    """How many files were not added up, and which."""
    failed = number_text(summary.failed)
    return Text(f"{failed.vi} tệp không cộng được: {named}", f"Not added: {failed.en}: {named}")


def notes(summary: Summary, *, sheets: bool) -> Iterator[Text]:
    """What a reader should look at, a sentence each. `sheets`: with the sheet on which it stands."""
    said = (
        (
            summary.unproven,
            Text("tệp có số không khớp tổng ghi trong tệp", "Files whose amounts do not make their stated totals"),
            FILES,
        ),
        (
            summary.doubted,
            Text("tệp có thể có bảng bị cộng trùng", "Files of which tables may be added twice"),
            LEFT_OUT,
        ),
        (
            summary.unread,
            Text(
                "tệp có ô ghi chữ hoặc lỗi ở chỗ của số tiền, chưa cộng",
                "Files with words or errors for amounts",
            ),
            LEFT_OUT,
        ),
        (
            summary.hidden,
            Text("tệp có số tiền ở trang ẩn, không cộng", "Files with amounts on hidden sheets, not added"),
            LEFT_OUT,
        ),
        (
            summary.conflicts,
            Text(
                "hạng mục được các tệp ghi khác nhau, đều đang được cộng",
                "Items that files state differently, all added",
            ),
            OVERLAPS,
        ),
        (
            summary.repeated,
            Text(
                "hạng mục được nhiều tệp ghi như nhau, có thể bị cộng trùng",
                "Items that files state alike, perhaps twice",
            ),
            OVERLAPS,
        ),
    )
    for count, what, sheet in said:
        if count:
            where = Text(f": xem trang “{sheet.vi}”", f"; see “{sheet.en}”") if sheets else Text("", "")
            many = number_text(count)
            yield Text(f"{many.vi} {what.vi}{where.vi}.", f"{what.en}: {many.en}{where.en}.")
