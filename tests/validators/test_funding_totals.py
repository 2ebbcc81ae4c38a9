"""What a table is counted from where its totals and its rows do not agree, or stand in unusual places."""

from __future__ import annotations

from decimal import Decimal

from support.funded import funded, leaf_lines, table_lines

HEAD = "| | Đơn vị: triệu đồng\n"


def test_rows_that_exceed_a_doubtful_total_a_little_count_and_leave_it_unproven() -> None:
    (found,) = funded(
        HEAD
        + """
        STT | Nội dung | Năm 2024 | Năm 2025 | Năm 2026
        1 | Hội nghị | 402 | 601 | 601
        2 | Tập huấn | 501 | 501 | 501
         | Tổng cộng | 898 | 1097 | 1098
    """
    )
    assert leaf_lines(found.leaves) == [
        "C4 402 2024", "D4 601 2025", "E4 601 2026", "C5 501 2024", "D5 501 2025", "E5 501 2026",
    ]  # fmt: skip
    assert table_lines([found]) == ["Phụ lục A3:E6 3107000000 of 3093000000 ?"]
    assert found.difference == Decimal(14_000_000)
