"""The worksheet functions, thin: a value or a range in, one call of the domain, a value or a block out.

What the user sees is Vietnamese, the names of the arguments too, which Excel's function wizard shows and which must be
ASCII. No function raises: what cannot be used is answered with a sentence. The wizard shows 255 characters of a text.
"""

# ruff: noqa: N802 - the names are those of worksheet functions

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import xlwings as xw

from addin import amounts
from addin.journal import journal
from addin.reading import AsGiven, grid_of
from faults import InputFault
from validators.grid import Book

CATEGORY = "Phụ lục kinh phí"
_RANGE = "Vùng ô của bảng, có cả các dòng tiêu đề và nếu được cả dòng “Đơn vị tính”, ví dụ A4:H40."
_AMOUNT = "Số tiền, hoặc ô chứa số tiền; số gõ dạng chữ như 1.234.567 cũng được."

Block = list[list[float | str]]
Answer = float | str | Block


def _answered(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """The function, with a sentence for whatever it raises."""

    @wraps(function)
    def answered(*given: object) -> Answer:
        try:
            return function(*given)
        except InputFault as fault:
            return f"{function.__name__}: {fault.sentence('vi')}"
        except Exception:  # noqa: BLE001 - Excel never sees an exception
            journal().exception(function.__name__)
            return f"{function.__name__}: chương trình gặp lỗi ngoài dự kiến; chi tiết ở tệp nhật ký."

    return answered


@xw.func(category=CATEGORY)
@xw.arg("so", AsGiven, doc=_AMOUNT)
@xw.arg("don_vi", AsGiven, doc="Đơn vị của số tiền: đồng (mặc định), nghìn đồng, triệu đồng hoặc tỷ đồng.")
@xw.arg("kieu", AsGiven, doc="Cách đọc: tỷ hoặc tỉ, nghìn hoặc ngàn, dấu phẩy, chẵn; cách nhau bằng dấu phẩy.")
@xw.ret("default", doc="Đọc số tiền thành chữ. Chữ “chẵn” chỉ có ở số tròn triệu đồng.")
@_answered
def PL_BANGCHU(so: Any, don_vi: Any = None, kieu: Any = None) -> Answer:
    """The amount in words; "" for a blank cell."""
    return amounts.in_words(so, don_vi, kieu)


@xw.func(category=CATEGORY)
@xw.arg("so", AsGiven, doc=_AMOUNT)
@xw.ret("default", doc="Đọc số tiền (đồng) thành chữ, như PL_BANGCHU.")
@_answered
def VND(so: Any) -> Answer:
    """The amount of đồng in words, under the name that everybody knows."""
    return amounts.in_words(so)


@xw.func(category=CATEGORY)
@xw.arg("chu", AsGiven, doc="Số viết dạng chữ: 1.234.567, 46,3 triệu đồng, hoặc một triệu hai trăm nghìn đồng.")
@xw.ret("default", doc="Đổi số gõ dạng chữ, hoặc số tiền bằng chữ, thành số để tính toán.")
@_answered
def PL_SO(chu: Any) -> Answer:
    """The number that a text states; "" for a blank cell and for a dash."""
    return amounts.number_in(chu)


@xw.func(category=CATEGORY, call_in_wizard=False)
@xw.arg("vung", AsGiven, doc=_RANGE)
@xw.ret("default", doc="Kiểm tra bảng kinh phí: liệt kê từng chỗ sai, ô nào, số đúng và nguyên nhân.")
@_answered
def PL_KIEMTRA(vung: Any) -> Answer:
    """The findings of the tables in a range as a block with headings."""
    from addin import answers

    return answers.findings_block(answers.report_of(_book(vung)))


@xw.func(category=CATEGORY, call_in_wizard=False)
@xw.arg("vung", AsGiven, doc=_RANGE)
@xw.ret("default", doc="Số lỗi trong bảng kinh phí; 0 là không thấy lỗi nào.")
@_answered
def PL_SOLOI(vung: Any) -> Answer:
    """How many errors the tables in a range have."""
    from addin import answers

    return answers.errors_in(answers.report_of(_book(vung)))


@xw.func(category=CATEGORY, call_in_wizard=False)
@xw.arg("vung", AsGiven, doc=_RANGE)
@xw.arg("nguon", AsGiven, doc="Tên một nguồn vốn, như bảng viết; bỏ trống là tất cả các nguồn.")
@xw.arg("nam", AsGiven, doc="Một năm, ví dụ 2026; bỏ trống là tất cả các năm.")
@xw.ret("default", doc="Kinh phí theo nguồn vốn và năm: cả bảng tổng hợp, hoặc một số nếu cho nguồn hoặc năm.")
@_answered
def PL_NGUON(vung: Any, nguon: Any = None, nam: Any = None) -> Answer:
    """The funding by source and year, in the unit of the tables: the whole block, or the one sum that is asked for."""
    from addin import answers

    return answers.funding_of(_book(vung)).answer(nguon, nam)


@xw.func(category=CATEGORY, call_in_wizard=False)
@xw.arg("vung", AsGiven, doc=_RANGE)
@xw.ret("default", doc="Cơ cấu nguồn vốn: số tiền và tỷ lệ của từng nguồn (định dạng cột tỷ lệ là %).")
@_answered
def PL_TYLE(vung: Any) -> Answer:
    """The share of each source, as a block with headings."""
    from addin import answers

    return answers.funding_of(_book(vung)).shares()


def _book(given: object) -> Book:
    """A workbook of that range alone."""
    from pathlib import Path

    return Book(Path(), "xlsx", (grid_of(given),))
