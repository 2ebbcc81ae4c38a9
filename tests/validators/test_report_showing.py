"""`phuluc show`: how each table was understood."""

from __future__ import annotations

from support.understood import examined

from validators.reports.showing import shown

SHEET = """
ĐVT: Tiệu đồng | | | |
STT | Nội dung | Kinh phí | < | <
^ | ^ | Tổng | Năm 2024 | Năm 2025
I | Hạ tầng | 33 | 11 | 22
1 | Máy chủ (2 bộ x 10tr/bộ) | 20 | 5 | 15
2 | Mạng | 13 | 6 | 8
 | Tổng cộng | 33 | 11 | 22
 | Trong đó: | | |
 | - Ngân sách tỉnh | 33 | 11 | 22
"""


def test_roles_rows_and_equations_are_shown_with_what_fails() -> None:
    assert list(shown(examined(SHEET), "vi")) == [
        "Trang “Phụ lục”, A2:E9",
        "  Đơn vị tính: triệu đồng (“Tiệu đồng”)",
        "  Cột:",
        "    A   số thứ tự                          STT",
        "    B   nội dung                           Nội dung",
        "    C   tổng                               Kinh phí / Tổng",
        "    D   năm, 2024                          Kinh phí / Năm 2024",
        "    E   năm, 2025                          Kinh phí / Năm 2025",
        "  Dòng:",
        "       4 I Hạ tầng",
        "       5   1 Máy chủ (2 bộ x 10tr/bộ)",
        "       6   2 Mạng",
        "       7 Tổng cộng [tổng]",
        "       8   Trong đó: [trong đó]",
        "       9     - Ngân sách tỉnh [trong đó]",
        "  Đẳng thức (15):",
        "    ✓ C4 = D4+E4  (33)",
        "    ✓ C5 = D5+E5  (20)",
        "    ✗ C6 = D6+E6  (13)",
        "    ✓ C7 = D7+E7  (33)",
        "    ✓ C9 = D9+E9  (33)",
        "    ✓ C4 = C5+C6  (33)",
        "    ✓ D4 = D5+D6  (11)",
        "    ✗ E4 = E5+E6  (22)",
        "    ✓ C7 = C9  (33)",
        "    ✓ D7 = D9  (11)",
        "    ✓ E7 = E9  (22)",
        "    ✓ C7 = C4  (33)",
        "    ✓ D7 = D4  (11)",
        "    ✓ E7 = E4  (22)",
        "    ✓ B5 = C5",
        "",
    ]


def test_a_sheet_without_tables() -> None:
    assert list(shown(examined("Kế hoạch công tác | tháng 5"), "en")) == ["No table of figures was found."]
