"""Failing equations explained by as few wrong figures as possible, with what most likely happened."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.understood import diagnoses, examined

from validators.diagnosis.causes import digit_cause
from validators.findings import Cause

TABLE = [
    ["STT", "Nội dung", "Tổng", "NSTW", "NSĐP"],
    ["I", "Hạ tầng", 4635, 1210, 3425],
    ["1", "Máy chủ", 3150, 850, 2300],
    ["2", "Đường truyền", 1485, 360, 1125],
    ["II", "Đào tạo", 2790, 1260, 1530],
    ["1", "Tập huấn", 1840, 790, 1050],
    ["2", "Hội thảo", 950, 470, 480],
    ["", "Tổng cộng", 7425, 2470, 4955],
]


def typed(changes: dict[str, object]) -> str:
    """The table with some cells changed, in the notation of `support.typed`."""
    rows = [list(row) for row in TABLE]
    for cell, value in changes.items():
        rows[int(cell[1:]) - 1]["ABCDE".index(cell[0])] = value
    return "\n".join(" | ".join(map(str, row)) for row in rows)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"C3": 3510}, ["C3 3510 -> 3150 digits-swapped"]),
        ({"D6": 79}, ["D6 79 -> 790 decimal-shifted"]),
        ({"E4": 11125}, ["E4 11125 -> 1125 digit-doubled"]),
        ({"E4": 115}, ["E4 115 -> 1125 digit-dropped"]),
        ({"D3": 850000000}, ["D3 850000000 -> 850 wrong-unit"]),
        ({"E7": -480}, ["E7 -480 -> 480 sign"]),
        ({"D5": 1206}, ["D5 1206 -> 1260 digits-swapped"]),
        ({"C8": 7245}, ["C8 7245 -> 7425 digits-swapped"]),
        ({"D8": 2570}, ["D8 2570 -> 2470 digit-changed"]),
    ],
)
def test_one_wrong_figure_is_one_finding(changes: dict[str, object], found: list[str]) -> None:
    assert diagnoses(examined(typed(changes))) == found


def test_a_row_left_out_in_all_columns_is_one_slip() -> None:
    (slip,) = examined(typed({"C8": 4635, "D8": 1210, "E8": 3425})).diagnoses
    assert (slip.place.address, slip.found, slip.expected, slip.cause) == ("C8", 4635, 7425, Cause.ROW_LEFT_OUT)
    assert [place.address for place in slip.detail] == ["C5"]
    assert [place.address for place in slip.together] == ["D8", "E8"]


def test_a_row_counted_twice_and_carried_up_is_one_slip() -> None:
    changes = {"C5": 3740, "D5": 1730, "E5": 2010, "C8": 8375, "D8": 2940, "E8": 5435}
    (slip,) = examined(typed(changes)).diagnoses
    assert (slip.place.address, slip.expected, slip.cause) == ("C5", 2790, Cause.COUNTED_TWICE)
    assert [place.address for place in slip.detail] == ["C7"]


def test_a_mistake_is_followed_into_what_was_computed_from_it() -> None:
    assert diagnoses(
        examined("""
STT | Nội dung | Số lượng | Đơn giá (đồng) | Thành tiền (đồng)
I | Thiết bị | | | 75500000
1 | Máy tính | 3 | 15000000 | 54000000
2 | Máy in | 5 | 4300000 | 21500000
II | Tập huấn | | | 8000000
1 | Giảng viên | 4 | 2000000 | 8000000
 | Tổng cộng | | | 83500000
""")
    ) == ["E3 54000000 -> 45000000 digits-swapped or D3 C3"]


def test_two_mistakes_in_one_row_are_two_findings() -> None:
    assert diagnoses(examined(typed({"D6": 970, "E6": 1500}))) == [
        "D6 970 -> 790 digits-swapped",
        "E6 1500 -> 1050 digits-swapped",
    ]


def test_words_that_state_another_amount() -> None:
    sheet = "Đơn vị tính: triệu đồng\n" + typed({}) + "\nBằng chữ: Bảy tỷ bốn trăm năm mươi hai triệu đồng"
    assert diagnoses(examined(sheet)) == ["A10 7452000000 -> 7425000000 digits-swapped"]


def test_a_single_sum_names_all_who_could_be_wrong() -> None:
    assert diagnoses(
        examined("""
STT | Nội dung | Số tiền
1 | Thuê hội trường | 7500000
2 | Nước uống | 3100000
3 | Tài liệu | 1500000
 | Cộng | 12000000
""")
    ) == ["C5 12000000 -> 12100000 digit-changed or C2 C3 C4"]


def test_broken_figures_are_read_so_that_the_sums_hold() -> None:
    assert diagnoses(
        examined("""
STT | Nội dung | Số lượng | Đơn giá (đồng) | Thành tiền (đồng)
1 | Phần mềm thu thập | 20 | 10000000 | 200000000
2 | Phần mềm phân tích | 20 | 10000000 | 2000.000.000
3 | Phần mềm báo cáo | 20 | 10000000 | 2000.000.000
 | Tổng cộng | | | 600000000
""")
    ) == ["E3 broken -> 200000000", "E4 broken -> 200000000"]


def test_what_rounding_explains_is_told_apart() -> None:
    table = """
STT | Nội dung | Tổng | NSTW | NSĐP
1 | A | 33.3 | 16.7 | 16.7
2 | B | 33.3 | 16.6 | 16.7
3 | C | 20.5 | 10.1 | 10.4
 | Cộng | 87.1 | 43.4 | 43.8
"""
    assert diagnoses(examined(table)) == ["C2 33.3 -> 33.4 rounding", "C5 87.1 -> 87.2 rounding"]


@pytest.mark.parametrize(
    ("found", "expected", "cause"),
    [
        ("3235", "3325", Cause.DIGITS_SWAPPED), ("46.3", "43.6", Cause.DIGITS_SWAPPED),
        ("325", "3325", Cause.DIGIT_DROPPED), ("33325", "3325", Cause.DIGIT_DOUBLED),
        ("3825", "3325", Cause.DIGIT_CHANGED), ("332.5", "3325", Cause.DECIMAL_SHIFTED),
        ("3325000", "3325", Cause.WRONG_UNIT), ("0.003325", "3325", Cause.WRONG_UNIT),
        ("-3325", "3325", Cause.SIGN), ("9999", "3325", None), ("0", "3325", None),
    ],
)  # fmt: skip
def test_causes_told_by_digits(found: str, expected: str, cause: Cause | None) -> None:
    assert digit_cause(Decimal(found), Decimal(expected)) == cause


@settings(max_examples=200, deadline=None)
@given(st.integers(10, 10**12), st.integers(0, 10))
def test_a_dropped_and_a_doubled_digit_are_each_others_inverse(number: int, at: int) -> None:
    digits = str(number)
    at = at % len(digits)
    shorter = int(digits[:at] + digits[at + 1 :])
    if shorter > 0 and len(str(shorter)) == len(digits) - 1 and Decimal(number) / shorter not in (10, 1000, 10**6):
        assert digit_cause(Decimal(shorter), Decimal(number)) in (Cause.DIGIT_DROPPED, Cause.DECIMAL_SHIFTED)
        assert digit_cause(Decimal(number), Decimal(shorter)) in (Cause.DIGIT_DOUBLED, Cause.DECIMAL_SHIFTED)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([f"{column}{row}" for row in range(2, 9) for column in "CDE"]), st.integers(1, 900))
def test_any_one_wrong_figure_is_found_at_its_cell_with_its_value(cell: str, by: int) -> None:
    right = TABLE[int(cell[1:]) - 1]["ABCDE".index(cell[0])]
    assert isinstance(right, int)
    (found,) = examined(typed({cell: right + 3 + by})).diagnoses
    assert (found.place.address, found.expected) == (cell, right)
