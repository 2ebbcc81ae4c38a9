"""Which typed totals become which formulas, worked out without a host."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.generated import generated
from support.reference import NAMES
from support.typed import typed_file

from addin.totals.formulas import sum_of
from addin.totals.live import Reason, live_totals
from validators.readers import read_book
from validators.tables.understanding import understand


def choices(folder: Path, text: str) -> tuple[dict[str, str], dict[str, Reason]]:
    """The totals that become formulas, and those that stay."""
    found = live_totals(read_book(typed_file(folder / "typed.xlsx", text)), "Phụ lục")
    formulas = {place.address: option.formula for place, option in sorted(found.formulas.items())}
    return formulas, {each.place.address: each.reason for each in found.untouched}


@pytest.mark.parametrize("plan", NAMES)
def test_a_generated_appendix_has_nothing_to_replace(plan: str, tmp_path: Path) -> None:
    path = tmp_path / f"{plan}.xlsx"
    path.write_bytes(generated(plan))
    book = read_book(path)
    for grid in book.sheets:
        found = live_totals(book, grid.name)
        assert (found.formulas, found.untouched) == ({}, []), grid.name


def test_a_total_goes_along_with_the_formulas_beside_it(tmp_path: Path) -> None:
    text = """
STT | Nội dung | Tổng | NSTW | NSĐP | Nguồn khác
1 | Hội nghị tập huấn | 15 | 4 | 6 | 5
2 | In ấn tài liệu | 27 | 8 | 12 | 7
 | Tổng cộng | 42 | =D2+D3 => 12 | =E2+E3 => 18 | =F2+F3 => 12
"""
    assert choices(tmp_path, text) == ({"C2": "SUM(D2:F2)", "C3": "SUM(D3:F3)", "C4": "SUM(C2:C3)"}, {})


def test_cells_that_are_blank_in_one_column_only_are_added_up(tmp_path: Path) -> None:
    text = """
STT | Nội dung | Tổng | NSTW | NSĐP | Nguồn khác
1 | Hội nghị tập huấn | 10 | 4 | 6 |
2 | In ấn tài liệu | 20 | - | 13 | 7
3 | Mua sắm thiết bị | 8 | | | 8
 | Tổng cộng | 38 | 4 | 19 | 15
"""
    assert choices(tmp_path, text) == (
        {
            "C2": "SUM(D2:F2)",
            "C3": "SUM(D3:F3)",
            "C4": "SUM(D4:F4)",
            "C5": "SUM(D5:F5)",
            "D5": "SUM(D2:D4)",
            "E5": "SUM(E2:E4)",
            "F5": "SUM(F2:F4)",
        },
        {},
    )


def test_parts_of_a_part_are_not_counted_beside_it(tmp_path: Path) -> None:
    text = """
STT | Nội dung | Năm 2026 | Năm 2027
I | Đào tạo | 30 | 18
1 | Hội nghị tập huấn | 10 | 6
2 | In ấn tài liệu | 20 | 12
II | Thiết bị | 25 |
1 | Mua sắm máy tính | 15 | 4
2 | Mua sắm máy in | 10 | 5
 | Tổng cộng | 55 | 27
"""
    assert choices(tmp_path, text) == (
        {
            "C2": "SUM(C3:C4)",
            "D2": "SUM(D3:D4)",
            "C5": "SUM(C6:C7)",
            "C8": "SUM(C2,C5)",
            "D8": "SUM(D2,D6:D7)",
        },
        {},
    )


def test_empty_rows_part_no_range(tmp_path: Path) -> None:
    text = "Nội dung | Kinh phí\nHội nghị | 10\nTài liệu | 20\n |\nThiết bị | 25\nTổng cộng | 55"
    assert choices(tmp_path, text) == ({"B6": "SUM(B2:B5)"}, {})


def test_a_sum_in_many_pieces(tmp_path: Path) -> None:
    (table,) = understand(
        read_book(typed_file(tmp_path / "typed.xlsx", "Nội dung | Kinh phí\nHội nghị | 10\nCộng | 10"))
    )
    assert sum_of(table, [(2, 2)], [(4, 2), (6, 3), (7, 3)]) == "SUM(B2)-SUM(B4,C6:C7)"
    found = sum_of(table, [(2, column) for column in range(2, 502, 2)], [])
    assert found is not None
    assert (found[:11], found.count("SUM("), found.count(",")) == ("SUM(B2,D2,F", 2, 248)
    assert sum_of(table, [(2, column) for column in range(2, 5002, 2)], []) is None


OF_WHICH = Reason.OF_WHICH


@pytest.mark.parametrize(
    ("text", "formulas", "reasons"),
    [
        (  # one list makes less than its row, so the other that equals it need not be all either
            """
STT | Nội dung | Năm 2026 | Năm 2027
1 | Hội nghị tập huấn | 10 | 20
 | Trong đó: chi lương | 3 | 20
2 | In ấn bản tin | 20 | 5
 | Trong đó: in ấn | 20 | 5
 | Tổng cộng | 30 | 25
""",
            {"C6": "SUM(C2,C4)", "D6": "SUM(D2,D4)"},
            {"C2": OF_WHICH, "C4": OF_WHICH, "D2": OF_WHICH, "D4": OF_WHICH},
        ),
        (  # one part alone is never all
            """
STT | Nội dung | Năm 2026 | Năm 2027
1 | Hội nghị tập huấn | 10 | 20
 | Trong đó: chi lương | 10 | 20
2 | In ấn bản tin | 20 | 5
 | Tổng cộng | 30 | 25
""",
            {"C5": "SUM(C2,C4)", "D5": "SUM(D2,D4)"},
            {"C2": OF_WHICH, "D2": OF_WHICH},
        ),
        (  # two parts, and every list makes up its row
            """
STT | Nội dung | Năm 2026 | Năm 2027
1 | Hội nghị tập huấn | 10 | 20
 | Trong đó: | |
 | - Chi lương | 4 | 15
 | - Chi in ấn | 6 | 5
2 | In ấn bản tin | 20 | 5
 | Trong đó: | |
 | - Chi lương | 13 | 2
 | - Chi in ấn | 7 | 3
 | Tổng cộng | 30 | 25
""",
            {
                "C2": "SUM(C4:C5)",
                "D2": "SUM(D4:D5)",
                "C6": "SUM(C8:C9)",
                "D6": "SUM(D8:D9)",
                "C10": "SUM(C2,C6)",
                "D10": "SUM(D2,D6)",
            },
            {},
        ),
        (  # another column of the same list does not add up
            """
STT | Nội dung | Năm 2026 | Năm 2027
1 | Hội nghị tập huấn | 10 | 20
 | Trong đó: | |
 | - Chi lương | 4 | 15
 | - Chi in ấn | 6 | 5
2 | In ấn bản tin | 20 | 25
 | Trong đó: | |
 | - Chi lương | 13 | 2
 | - Chi in ấn | 7 | 3
 | Tổng cộng | 30 | 45
""",
            {"C10": "SUM(C2,C6)", "D10": "SUM(D2,D6)"},
            {"C2": OF_WHICH, "C6": OF_WHICH, "D2": OF_WHICH, "D6": OF_WHICH},
        ),
    ],
)
def test_of_which_lines_make_a_row_up_only_where_they_name_all_of_it(
    text: str, formulas: dict[str, str], reasons: dict[str, Reason], tmp_path: Path
) -> None:
    assert choices(tmp_path, text) == (formulas, reasons)
