"""Tiện ích: words of amounts, texts that are numbers, units, and what may leave the office."""

from __future__ import annotations

from addin.commands.base import Command, Desk
from budget.money import Unit
from faults import InputFault, Text

_UNITS = {"dong": Unit.DONG, "million": Unit.MILLION}


def _unit(desk: Desk) -> Text:
    from addin.units.converting import convert_sheet

    target = _UNITS.get(desk.answer("to"))
    if target is None:
        what = Text("chưa chọn đơn vị để đổi sang", "the unit to convert to is not chosen")
        raise InputFault(what, found=desk.answer("to"), expected=Text("to=dong hoặc to=million", "to=dong or to=million"))
    return convert_sheet(desk, target)


COMMANDS = (
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
)
