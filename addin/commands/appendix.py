"""Lập phụ lục: new appendices, further rows, live totals."""

from __future__ import annotations

from addin.commands.base import Command, Desk
from faults import Text


def _new(desk: Desk) -> Text:
    from addin.drafting import new

    return new(desk)


def _from_entry(desk: Desk) -> Text:
    from addin.drafting import from_entry

    return from_entry(desk)


def _add_row(desk: Desk) -> Text:
    from addin.rows.inserting import add_row

    return add_row(desk)


def _to_formulas(desk: Desk) -> Text:
    from addin.totals.mending import to_formulas

    return to_formulas(desk)


COMMANDS = (
    Command(
        "new",
        Text("Phụ lục mới", "New appendix"),
        Text(
            "Tạo phụ lục trống theo biểu mẫu đã chọn, mọi số tổng là công thức, và mở ra để điền.",
            "Makes an empty appendix on a form, every total a formula, and opens it to be filled in.",
        ),
        _new,
        asks=("form", "years", "sources"),
    ),
    Command(
        "from-entry",
        Text("Tạo từ bảng nhập liệu", "From an entry workbook"),
        Text(
            "Lập phụ lục từ tệp nhập liệu đang mở và ghi thành tệp mới bên cạnh.",
            "Makes the appendix of the entry workbook that is open, in a new file beside it.",
        ),
        _from_entry,
    ),
    Command(
        "add-row",
        Text("Thêm dòng", "Add a row"),
        Text(
            "Thêm một hạng mục dưới dòng đang chọn, cùng định dạng và công thức; mọi số tổng tính cả dòng mới.",
            "Adds an item below the selected row, with its formats and formulas; every total counts it in.",
        ),
        _add_row,
        changes=True,
    ),
    Command(
        "to-formulas",
        Text("Thay số cứng bằng công thức", "Live totals"),
        Text(
            "Số tổng gõ tay bằng đúng tổng các phần thì thành công thức; số nào không khớp thì liệt kê và để nguyên.",
            "Typed totals that equal the sum of their parts become formulas; the others are listed and left alone.",
        ),
        _to_formulas,
        changes=True,
    ),
)
