"""Many cells as few areas, and what a selection is called."""

from __future__ import annotations

import pytest

from addin.selecting import area_of, areas_of
from faults import InputFault
from workbook.addresses import Area, areas


def test_runs_of_one_height_are_one_area() -> None:
    cells = [(5, 3), (3, 3), (4, 3), (3, 4), (4, 4), (5, 4), (9, 4), (3, 6)]
    assert list(areas(cells)) == [Area(3, 3, 5, 4), Area(9, 4, 9, 4), Area(3, 6, 3, 6)]


def test_a_gap_is_bridged_where_all_of_it_may_be() -> None:
    cells = [(1, 1), (4, 1), (6, 1), (7, 1)]
    assert list(areas(cells, lambda cell: cell != (3, 1))) == [Area(1, 1, 1, 1), Area(4, 1, 7, 1)]
    assert list(areas(cells, lambda cell: True)) == [Area(1, 1, 7, 1)]
    assert list(areas([])) == []


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("$C$5", Area(5, 3, 5, 3)),
        ("$C$5:$AA$9", Area(5, 3, 9, 27)),
        ("C5:D9", Area(5, 3, 9, 4)),
        ("$C:$D", Area(1, 3, 1_048_576, 4)),
        ("$3:$5", Area(3, 1, 5, 16_384)),
        ("", None),
        ("Picture 1", None),
    ],
)
def test_area_of(text: str, area: Area | None) -> None:
    assert area_of(text) == area


def test_areas_of_a_selection() -> None:
    assert areas_of("$C$5:$D$9,$F$5") == [Area(5, 3, 9, 4), Area(5, 6, 5, 6)]
    assert areas_of("Picture 1") == []


def test_a_selection_that_excel_may_have_cut_off_is_refused() -> None:
    cells = [f"$C${row}" for row in range(1000, 1029)]  # 223 characters, and with the last one 231
    assert areas_of(",".join(cells[:28])) == [Area(row, 3, row, 3) for row in range(1000, 1028)]
    with pytest.raises(InputFault) as refused:
        areas_of(",".join(cells))
    assert refused.value.sentence("vi") == "đang chọn quá nhiều vùng rời nhau; cần chọn ít vùng hơn."
