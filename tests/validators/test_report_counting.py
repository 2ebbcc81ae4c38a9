"""What is said of the amounts that count."""

from __future__ import annotations

import pytest
from support.understood import examined

from validators.funding import funding
from validators.funding.counted import Counted
from validators.reports.counting import ADDED, in_doubt, left_out


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


def test_sources_that_state_their_parts_in_one_cell() -> None:
    """ "Chương trình 135" and the number of a decision are names, and so is a source without its part."""
    assert doubts("""
        STT | Nội dung | Kinh phí | Nguồn vốn
        1 | Mua máy tính | 70 | Ngân sách tỉnh: 50; Xã hội hóa: 20
        2 | Hội nghị | 45.5 | NSTW 25,5 triệu đồng + NSĐP 20 triệu đồng
        3 | Tập huấn | 10 | 70% NSTW, 30% NSĐP
        4 | Nhà văn hóa | 1.500 | NSTW: 1,2 tỷ, dân góp: 0,3 tỷ
        5 | Đường liên xã | 100 | Chương trình 135; Nghị quyết 20
        6 | Chi khác | 10 | NSTW, NSĐP
    """) == [
        "Ô nguồn vốn ghi số tiền hoặc tỷ lệ của từng nguồn, chưa tách ra: "
        "Phụ lục C4 (“Ngân sách tỉnh: 50; Xã hội hóa: 20”), "
        "Phụ lục C5 (“NSTW 25,5 triệu đồng + NSĐP 20 triệu đồng”), Phụ lục C6 (“70% NSTW, 30% NSĐP”), "
        "Phụ lục C7 (“NSTW: 1,2 tỷ, dân góp: 0,3 tỷ”)."
    ]  # fmt: skip


def test_an_axis_that_stands_apart_is_named() -> None:
    typed = """
        STT | Nội dung | Tổng số | Phân kỳ | < | Phân nguồn | <
         | | | 2026 | 2027 | TW | ĐP
        1 | Nhiệm vụ A | 90 | 40 | 50 | 60 | 30
        2 | Nhiệm vụ B | 60 | 20 | 40 | 45 | 15
         | Cộng | 150 | 60 | 90 | 105 | 45
    """
    assert doubts(typed) == [
        "Số chia theo năm nằm ở cột hoặc dòng riêng, không ghép được với cách chia ở đây: Phụ lục."
    ]


def test_a_column_of_another_currency_is_said_to_be_left_out() -> None:
    checked = examined("| | Đơn vị: triệu đồng\nSTT | Nội dung | Kinh phí | Kinh phí (USD)\n1 | Đường | 2400 | 100")
    said = [text.en for text in left_out(Counted(checked, funding(checked)), ADDED)]
    assert said == ["Columns that are no part of the total of their table are not added: Phụ lục, D (Kinh phí (USD))."]
