"""Workbooks of several tables compared: which table is which, and what went from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from support.typed import typed_file

from revisions.differences.changes import Differences, differences
from revisions.differences.reading import version_of
from validators.checking import examine
from validators.readers import read_book

_Rows = Sequence[tuple[str, int]]
_A = (("Tập huấn", 10), ("Khảo sát", 5), ("In ấn", 7))
_B = (("Tập huấn", 20), ("Khảo sát", 8), ("Mua máy", 30))
_OLD = {"KINH PHÍ SỞ A": _A, "KINH PHÍ SỞ B": _B}


def _compared(tmp_path: Path, old: dict[str, _Rows], new: dict[str, _Rows]) -> Differences:
    """Workbooks of a sheet for each caption."""
    versions = []
    for name, tables in (("cu.xlsx", old), ("moi.xlsx", new)):
        sheets = {f"PL{number}": _typed(*table) for number, table in enumerate(tables.items(), 1)}
        versions.append(version_of(examine(read_book(typed_file(tmp_path / name, sheets))), name))
    return differences(*versions)


def _typed(caption: str, rows: _Rows) -> str:
    lines = [f"{number} | {title} | {amount}" for number, (title, amount) in enumerate(rows, 1)]
    total = f" | *Tổng cộng* | {sum(amount for _, amount in rows)}"
    return "\n".join([caption, "Đơn vị tính: triệu đồng", "STT | Nội dung | Kinh phí", *lines, total])


def _told(found: Differences) -> list[tuple[str, str, str, str]]:
    """Kind of change, row, and before and after: amounts in millions."""
    return [
        (each.what.value, (each.new or each.old).name, _short(each.before), _short(each.after))  # type: ignore[union-attr]
        for each in found.changes
    ]


def _short(value: object) -> str:
    return str(value).removesuffix("000000")


def test_tables_in_another_order_are_the_same_tables(tmp_path: Path) -> None:
    """Amounts are compared with those of the same agency, and the tables are told to stand elsewhere."""
    dearer = {"KINH PHÍ SỞ B": (("Tập huấn", 21), *_B[1:]), "KINH PHÍ SỞ A": (("Tập huấn", 11), *_A[1:])}
    found = _compared(tmp_path, _OLD, dearer)
    assert _told(found) == [
        ("amount", "1 Tập huấn", "20", "21"),
        ("reordered", "KINH PHÍ SỞ A", "", ""),
        ("amount", "1 Tập huấn", "10", "11"),
    ]
    assert [found.new.path(each.new)[:1] for each in found.changes if each.new] == [
        ("KINH PHÍ SỞ B",), (), ("KINH PHÍ SỞ A",),
    ]  # fmt: skip


@pytest.mark.parametrize("shared", [_A, (*_A, ("Thuê xe", 3))])
def test_what_goes_to_another_table_has_moved(tmp_path: Path, shared: _Rows) -> None:
    """Also where the lists of both tables are nearly the same."""
    old = {"KINH PHÍ SỞ A": shared, "KINH PHÍ SỞ B": _B}
    found = _compared(tmp_path, old, {"KINH PHÍ SỞ A": [*shared[:2], *shared[3:]], "KINH PHÍ SỞ B": [*_B, shared[2]]})
    assert ("moved", "4 In ấn", "KINH PHÍ SỞ A", "KINH PHÍ SỞ B") in _told(found)
    assert {each.what.value for each in found.changes} <= {"moved", "renumbered"}


def test_agencies_whose_lists_are_alike_are_told_apart_by_their_captions(tmp_path: Path) -> None:
    old = {"KINH PHÍ SỞ A": _A, "KINH PHÍ SỞ B": [(title, amount * 2) for title, amount in _A]}
    new = {"KINH PHÍ SỞ A": [*_A, ("Thuê xe", 3)], "KINH PHÍ SỞ B": [(title, amount * 2) for title, amount in _A]}
    found = _compared(tmp_path, old, new)
    assert _told(found) == [("added", "4 Thuê xe", "None", "3")]


def test_captions_that_change_places_are_told(tmp_path: Path) -> None:
    """Other captions that changed are not: those of a plan's workbook and of a printed one seldom are the same."""
    old = {"Phụ lục 1": _A, "Phụ lục 2": (("Thuê đường truyền", 40), ("Mua máy", 30))}
    swapped = _compared(tmp_path, old, dict(zip(old, reversed(old.values()), strict=True)))
    assert [each for each in _told(swapped) if each[0] == "renamed"] == [
        ("renamed", "Phụ lục 1", "Phụ lục 2", "Phụ lục 1"),
        ("renamed", "Phụ lục 2", "Phụ lục 1", "Phụ lục 2"),
    ]
    assert {each[0] for each in _told(swapped)} == {"renamed", "reordered"}
    other = _compared(tmp_path, old, dict(zip(("Biểu 01", "Biểu 02"), old.values(), strict=True)))
    assert not other


def test_a_table_that_is_gone_is_told_with_its_rows(tmp_path: Path) -> None:
    found = _compared(tmp_path, _OLD, {"KINH PHÍ SỞ B": _B})
    assert _told(found) == [
        ("removed", "KINH PHÍ SỞ A", "22", "None"),
        ("removed", "1 Tập huấn", "10", "None"),
        ("removed", "2 Khảo sát", "5", "None"),
        ("removed", "3 In ấn", "7", "None"),
    ]


def test_the_only_tables_are_one_whatever_they_hold(tmp_path: Path) -> None:
    found = _compared(tmp_path, {"Phụ lục": _A}, {"Biểu số 3": (("Thuê xe", 3),)})
    assert [each[:2] for each in _told(found)] == [
        ("added", "1 Thuê xe"), ("removed", "1 Tập huấn"), ("removed", "2 Khảo sát"), ("removed", "3 In ấn"),
    ]  # fmt: skip
    assert found.new.path(found.changes[0].new) == ()  # type: ignore[arg-type]
