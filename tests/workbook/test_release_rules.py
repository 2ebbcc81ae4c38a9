"""Which rules of a sheet stay: those of which everything stays that they look at where somebody sees them."""

from __future__ import annotations

import io
from itertools import product
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.package_checks import parts_of

from workbook.release import release
from workbook.release.references import Area, references
from workbook.release.remains import Hidden, Remains


class TestReferences:
    @pytest.mark.parametrize(
        ("formula", "expected"),
        [
            ("B2+$C3", [(None, (2, 2, 2, 2)), (None, (3, 3, 3, 3))]),
            ("=SUM('Phụ lục 1'!$A$1:B9)>0", [("Phụ lục 1", (1, 1, 9, 2))]),
            ("'Q''I'!D4:C3", [("Q'I", (3, 3, 4, 4))]),
            ("Tổng!A:B", [("Tổng", (1, 1, 1_048_576, 2))]),
            ("COUNTA($3:4)", [(None, (3, 1, 4, 16_384))]),
            ('"A1"&"x!B2"', []),
            ("IF(TRUE,#N/A,1.5)", []),
            ("A1,B2", [(None, (1, 1, 1, 1)), (None, (2, 2, 2, 2))]),
        ],
    )
    def test_cells_that_a_formula_names(self, formula: str, expected: list[object]) -> None:
        found = references(formula)
        assert found is not None
        assert [(each.sheet, tuple(each.area)) for each in found] == expected

    @pytest.mark.parametrize(
        "formula",
        [
            "Tổng+1", "Bảng[Số tiền]", "[1]Sheet1!A1", "'[so.xlsx]Trang 1'!A1", "Một:Ba!A1", "'Một:Ba'!A1", "S!#REF!",
            'INDIRECT("A"&1)', "offset(A1,1,1)", "SUM(A1:INDEX(B1:B9,3))", 'IF(A1="',
        ],
    )  # fmt: skip
    def test_what_cannot_be_followed(self, formula: str) -> None:
        assert references(formula) is None


pytestmark = pytest.mark.filterwarnings(  # what openpyxl says while it reads our copies back
    "ignore:Unknown extension", "ignore:Conditional Formatting extension", "ignore:Sparkline Group extension"
)

BAR = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}dataBar"
BAR_2010 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}dataBar"
Cell = tuple[int, int]
SIDE = 5
numbers = st.sets(st.integers(1, SIDE))
spots = st.sets(st.tuples(st.integers(1, SIDE), st.integers(1, SIDE)))
spans = st.tuples(st.integers(1, SIDE), st.integers(1, SIDE), st.integers(1, SIDE), st.integers(1, SIDE)).map(
    lambda ends: Area(min(ends[0], ends[2]), min(ends[1], ends[3]), max(ends[0], ends[2]), max(ends[1], ends[3]))
)


@given(numbers, numbers, spots, st.lists(spans, min_size=1, max_size=3), spans, st.tuples(*[st.booleans()] * 4))
def test_a_rule_stays_unless_a_cell_that_somebody_sees_needs_one_that_goes(
    rows: set[int],
    columns: set[int],
    held: set[tuple[int, int]],
    cells: list[Area],
    named: Area,
    fixed: tuple[bool, ...],
) -> None:
    """Held against moving the formula from cell to cell, as a spreadsheet program does."""
    filled = {(row, column) for row, column in held if row in rows or column in columns}
    remains = Remains()
    remains.add("S", Hidden(rows, columns, filled))
    signs = ["$" if each else "" for each in fixed]
    first = f"{signs[0]}{'ABCDE'[named.left - 1]}{signs[1]}{named.top}"
    last = f"{signs[2]}{'ABCDE'[named.right - 1]}{signs[3]}{named.bottom}"
    formula = f"SUM({first}:{last})"
    origin = min(area.top for area in cells), min(area.left for area in cells)

    def reached(row: int, column: int) -> set[Cell]:
        down, right = row - origin[0], column - origin[1]
        lefts = [named.left + right * (not fixed[0]), named.right + right * (not fixed[2])]
        tops = [named.top + down * (not fixed[1]), named.bottom + down * (not fixed[3])]
        return set(product(range(min(tops), max(tops) + 1), range(min(lefts), max(lefts) + 1)))

    seen = {
        (row, column)
        for area in cells
        for row, column in product(range(area.top, area.bottom + 1), range(area.left, area.right + 1))
        if row not in rows and column not in columns
    }
    needed = set().union(*(reached(*cell) for cell in seen)) if seen else set()
    assert remains.has_all_of(formula, "S", cells) == (not needed & filled)


def ruled(path: Path) -> bytes:
    """C is hidden and row 5; there is something in A1:D8."""
    with xlsxwriter.Workbook(path) as book:
        sheet, hidden = book.add_worksheet("S"), book.add_worksheet("Ẩn")
        look = book.add_format({"bold": True})
        for row in range(8):
            sheet.write_row(row, 0, [row, row, row, row])
        sheet.set_column("C:C", None, None, {"hidden": True})
        sheet.set_row(4, None, None, {"hidden": True})
        hidden.hide()

        def custom(cells: str, formula: str) -> None:
            sheet.conditional_format(cells, {"type": "formula", "criteria": formula, "format": look})

        custom("A1:A8", "=A1>B1")
        custom("D1:D8", "=C1>1")
        custom("B5:C6", "=$C$5>1")  # it is seen in B6
        custom("B5", "=$C$5>1")  # nobody sees it
        custom("A6:A8", "=A5>1")  # what A6 looks at is hidden
        custom("A7:A8", "=A6>1")
        custom("B1", "=Ẩn!A1>1")
        sheet.conditional_format("A6:B8", {"type": "top", "value": 1, "format": look})
        sheet.conditional_format("A1:B8", {"type": "duplicate", "format": look})
        for cell in ("$D$6", "$C$1"):
            bar = {"type": "data_bar", "data_bar_2010": True, "min_type": "formula", "min_value": f"={cell}"}
            sheet.conditional_format("D6:D8", bar)
        sheet.data_validation("A1:A8", {"validate": "list", "source": ["Có", "Không"]})
        sheet.data_validation("B1:B8", {"validate": "list", "source": "=$C$1:$C$8"})
        sheet.data_validation("D1:D8", {"validate": "custom", "value": "=D1>Ẩn!$A$1"})
        for place, options in {
            "E1": {"range": "S!A1:D1"},
            "E2": {"range": "S!A2:D2", "show_hidden": True},
            "E3": {"range": "S!A3:B3", "show_hidden": True},
            "E4": {"range": "Ẩn!A1:D1"},
        }.items():
            sheet.add_sparkline(place, options)
    return path.read_bytes()


class TestPruning:
    def test_conditional_formats(self, tmp_path: Path) -> None:
        taken = release(ruled(tmp_path / "a.xlsx"))
        sheet = openpyxl.load_workbook(io.BytesIO(taken.data))["S"]
        left = [
            (str(cells.sqref), rule.type, rule.formula)
            for cells in sheet.conditional_formatting
            for rule in cells.rules
            if rule.type != "dataBar"
        ]
        assert left == [
            ("A1:A8", "expression", ["A1>B1"]),
            ("B5", "expression", ["$C$5>1"]),
            ("A7:A8", "expression", ["A6>1"]),
            ("A6:B8", "top10", []),
        ]

    def test_data_bars_in_both_places_where_they_are_kept(self, tmp_path: Path) -> None:
        root = etree.fromstring(parts_of(release(ruled(tmp_path / "a.xlsx")).data)["xl/worksheets/sheet1.xml"])
        bars = root.iter(BAR, BAR_2010)
        places = [[each.get("val") or each.findtext("{*}f") for each in bar.iter("{*}cfvo")] for bar in bars]
        assert places == [["$D$6", None]] * 2

    def test_validations(self, tmp_path: Path) -> None:
        sheet = openpyxl.load_workbook(io.BytesIO(release(ruled(tmp_path / "a.xlsx")).data))["S"]
        assert [(str(each.sqref), each.formula1) for each in sheet.data_validations.dataValidation] == [
            ("A1:A8", '"Có,Không"')
        ]

    def test_sparklines_that_show_hidden_cells_need_them(self, tmp_path: Path) -> None:
        root = etree.fromstring(parts_of(release(ruled(tmp_path / "a.xlsx")).data)["xl/worksheets/sheet1.xml"])
        assert [each.text for each in root.iterfind(".//{*}sparkline/{*}sqref")] == ["E3", "E1"]
        assert len(root.findall(".//{*}sparklineGroup")) == 2

    def test_they_are_counted(self, tmp_path: Path) -> None:
        """Five conditional formats, a data bar in two places, two validations, two sparklines."""
        assert release(ruled(tmp_path / "a.xlsx")).rules == 11

    def test_extensions_that_hold_nothing_any_more_are_gone(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
            sheet, hidden = book.add_worksheet("S"), book.add_worksheet("Ẩn")
            hidden.hide()
            sheet.add_sparkline("A1", {"range": "Ẩn!A1:D1"})
        data = release((tmp_path / "a.xlsx").read_bytes()).data
        assert b"extLst" not in parts_of(data)["xl/worksheets/sheet1.xml"]
