"""What is said of the amounts that count."""

from __future__ import annotations

import pytest
from support.understood import examined

from validators.funding import funding
from validators.funding.counted import Counted
from validators.reports.counting import in_doubt


def doubts(typed: str) -> list[str]:
    checked = examined("| | Đơn vị: triệu đồng\n" + typed)
    return [text.vi for text in in_doubt(Counted(checked, funding(checked)))]


def test_what_is_taken_in_and_what_is_spent_in_one_sum() -> None:
    assert doubts("""
        STT | Nội dung | Dự toán
        A | TỔNG NGUỒN THU NGÂN SÁCH | 500
        1 | Thu nội địa | 500
        B | TỔNG CHI NGÂN SÁCH | 480
        1 | Chi đầu tư | 480
    """) == [
        "Có cả khoản thu và khoản chi, đều được cộng vào một tổng; các dòng thu: Phụ lục A4."
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [("Chi đầu tư", "Chi thường xuyên"), ("Thu gom rác", "Chi thường xuyên"), ("Thu phí", "Chi cục Thuế")],
)
def test_spending_alone(first: str, second: str) -> None:
    assert doubts(f"""
        STT | Nội dung | Dự toán
        1 | {first} | 500
        2 | {second} | 480
    """) == []  # fmt: skip
