"""Tiện ích: words of amounts, texts that are numbers, units, and what may leave the office."""

from __future__ import annotations

from addin.commands.base import Command, Desk
from budget.money import Unit
from faults import InputFault, Text

_UNITS = {"dong": Unit.DONG, "million": Unit.MILLION}


def _words(desk: Desk) -> Text:
    from addin.words.spelling import spell

    return spell(desk)


def _text_to_numbers(desk: Desk) -> Text:
    from addin.typed_numbers import to_numbers

    return to_numbers(desk)


def _unit(desk: Desk) -> Text:
    from addin.units.converting import convert_sheet

    target = _UNITS.get(desk.answer("to"))
    if target is None:
        what = Text("chưa chọn đơn vị để đổi sang", "the unit to convert to is not chosen")
        either = Text("to=dong hoặc to=million", "to=dong or to=million")
        raise InputFault(what, found=desk.answer("to") or None, expected=either)
    return convert_sheet(desk, target)


def _release(desk: Desk) -> Text:
    from addin.releasing import release_book

    return release_book(desk)


COMMANDS = (
    Command(
        "words",
        Text("Đọc số thành chữ", "Amount in words"),
        Text(
            "Viết số tiền ở ô đang chọn bằng chữ: vào dòng “Bằng chữ” của bảng, dòng trống dưới bảng, hoặc ô bên phải. "
            "Chữ tự đổi theo số, không cần phần bổ trợ.",
            "Writes the selected amount in words: into the table's line for them, a blank row below it, or the cell "
            "beside. The words follow the figure, without the add-in.",
        ),
        _words,
        changes=True,
    ),
    Command(
        "text-to-numbers",
        Text("Chuyển chữ thành số", "Text to numbers"),
        Text(
            "Chuyển các số gõ dưới dạng chữ (1.234.567) thành số thật, trong vùng chọn hoặc cả trang; số có thể hiểu "
            "hai cách thì để nguyên và liệt kê.",
            "Turns figures stored as text (1.234.567) into numbers, in the selection or on the sheet; those that can "
            "be read in two ways are listed and left alone.",
        ),
        _text_to_numbers,
        changes=True,
    ),
    Command(
        "unit",
        Text("Đổi đơn vị", "Change the unit"),
        Text(
            "Đổi các bảng của trang đang mở giữa đồng và triệu đồng: số, định dạng, dòng đơn vị tính; công thức giữ "
            "nguyên và được tính lại.",
            "Brings the tables of the active sheet from đồng to triệu đồng or back: figures, formats, the unit line; "
            "formulas stay alive and are recalculated.",
        ),
        _unit,
        changes=True,
        asks=("to",),
    ),
    Command(
        "release",
        Text("Bản phát hành", "Release"),
        Text(
            "Lập bản sao để gửi đi bên cạnh tệp, kèm PDF: chỉ có giá trị, không trang ẩn, ghi chú, tác giả, liên kết.",
            "Makes a copy to be sent, and a PDF, beside the book: values only, no hidden sheets, notes, links.",
        ),
        _release,
    ),
)
