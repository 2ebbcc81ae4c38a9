"""Why a file is not read: what more than one reader says."""

from __future__ import annotations

from faults import InputFault, Text

DAMAGED = Text("tệp hỏng, không đọc được như một sổ tính", "the file is damaged and cannot be read as a workbook")
ENCRYPTED = Text(
    "tệp có mật khẩu; hãy mở tệp, bỏ mật khẩu rồi lưu lại",
    "the file has a password; open it, remove the password and save it again",
)
CROWDED = Text("tệp có quá nhiều ô", "the file has too many cells")

LONG_FORMULAS = Text("các công thức của tệp dài quá mức", "the formulas of the file are too long")
OUTSIDE = Text("tệp có ô nằm ngoài trang tính", "the file has a cell that lies outside the sheet")


def refuse(what: Text, *, found: object = None, expected: Text | None = None, place: Text | None = None) -> InputFault:
    """A refusal, to be raised; `read_book` adds the file."""
    return InputFault(what, found=found, expected=expected, place=place)


def too_much(what: Text, found: int, limit: int, *, place: Text | None = None) -> InputFault:
    """A refusal of a file that is too large in one way; `what` is a whole statement."""
    return refuse(what, found=found, expected=Text(f"nhiều nhất {limit}", f"at most {limit}"), place=place)


def fault_at(fault: InputFault, place: Text) -> InputFault:
    """The same refusal, with the place it is about."""
    return InputFault(fault.what, place=fault.place or place, found=fault.found, expected=fault.expected)


def fault_in(fault: InputFault, file: object) -> InputFault:
    """The same refusal, with the file it is about."""
    return InputFault(fault.what, file=file, place=fault.place, found=fault.found, expected=fault.expected)
