"""Lập phụ lục: new appendices, further rows, live totals."""

from __future__ import annotations

from addin import drafting
from addin.commands.base import Command
from addin.rows import inserting
from addin.totals import mending
from faults import Text

COMMANDS = (
    Command(
        "new",
        Text("Phụ lục mới", "New appendix"),
        Text(
            "Tạo phụ lục trống theo biểu mẫu đã chọn, mọi số tổng là công thức, và mở ra để điền.",
            "Makes an empty appendix on a form, every total a formula, and opens it to be filled in.",
        ),
        drafting.new,
        asks=("form", "years", "sources"),
    ),
    Command(
        "from-entry",
        Text("Tạo từ bảng nhập liệu", "From an entry workbook"),
        Text(
            "Lập phụ lục từ tệp nhập liệu đang mở và ghi thành tệp mới bên cạnh.",
            "Makes the appendix of the entry workbook that is open, in a new file beside it.",
        ),
        drafting.from_entry,
    ),
    Command(
        "add-row",
        Text("Thêm dòng", "Add a row"),
        Text(
            "Thêm một hạng mục dưới dòng đang chọn, cùng định dạng và công thức; mọi số tổng tính cả dòng mới.",
            "Adds an item below the selected row, with its formats and formulas; every total counts it in.",
        ),
        inserting.add_row,
        changes=True,
    ),
    Command(
        "to-formulas",
        Text("Thay số cứng bằng công thức", "Live totals"),
        Text(
            "Số tổng gõ tay bằng đúng tổng các phần thì thành công thức; số nào không khớp thì liệt kê và để nguyên.",
            "Typed totals that equal the sum of their parts become formulas; the others are listed and left alone.",
        ),
        mending.to_formulas,
        changes=True,
    ),
)
