"""What a reader sees and prints of a released workbook is what it was, whatever program has saved the original."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from support.generated import generated
from support.office_book import DETAIL, SHEET, office_file
from support.package_checks import damage_of, everything_in
from support.planted import planted
from support.reference import NAMES
from support.uno_session import OfficeSession

from validators.grid import Grid, Value
from validators.readers import read_book
from workbook.addresses import Area
from workbook.release import release

pytestmark = pytest.mark.filterwarnings(  # what openpyxl says while it reads our copies back
    "ignore:Unknown extension", "ignore:Conditional Formatting extension", "ignore:Sparkline Group extension"
)


def seen(grid: Grid, rows: set[int], columns: set[int]) -> dict[tuple[int, int], Value]:
    """The values outside of hidden rows and columns, and those of merged cells that reach out of them."""

    def is_shown(row: int, column: int) -> bool:
        area = grid.merge_at(row, column) or Area(row, column, row, column)
        shown = set(range(area.top, area.bottom + 1)) - rows
        return bool(shown and set(range(area.left, area.right + 1)) - columns)

    return {place: cell.value for place, cell in grid.cells.items() if is_shown(*place)}


values = st.one_of(
    st.integers(-(10**12), 10**12),
    st.decimals(-1000, 1000, places=2).map(float),
    st.text("aăâđêô ơư<&>\"'\n=+", max_size=12),
    st.booleans(),
)
SIDE = 6
places = st.tuples(st.integers(1, SIDE), st.integers(1, SIDE))
lines = st.sets(st.integers(1, SIDE), max_size=3)
merges = st.tuples(st.integers(1, SIDE), st.integers(1, SIDE), st.integers(0, 2), st.integers(0, 2))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(st.tuples(st.integers(1, SIDE), st.integers(1, SIDE)), values),
    lines,
    lines,
    st.lists(merges, max_size=2),
)
def test_cells_are_seen_as_before_and_those_that_are_not_are_empty(
    tmp_path: Path,
    cells: dict[tuple[int, int], object],
    rows: set[int],
    columns: set[int],
    spans: list[tuple[int, int, int, int]],
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for (row, column), value in cells.items():
        cell = sheet.cell(row, column)
        cell.value = value
        cell.data_type = "s" if isinstance(value, str) else cell.data_type
    for row in rows:
        sheet.row_dimensions[row].hidden = True
    for column in columns:
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    taken: set[tuple[int, int]] = set()
    for top, left, down, right in spans:
        covered = {(row, column) for row in range(top, top + down + 1) for column in range(left, left + right + 1)}
        if len(covered) > 1 and not covered & taken:
            taken |= covered
            sheet.merge_cells(start_row=top, start_column=left, end_row=top + down, end_column=left + right)
    book.save(tmp_path / "a.xlsx")
    data = release((tmp_path / "a.xlsx").read_bytes()).data
    (tmp_path / "b.xlsx").write_bytes(data)
    before, after = read_book(tmp_path / "a.xlsx").sheets[0], read_book(tmp_path / "b.xlsx").sheets[0]
    assert {place: cell.value for place, cell in after.cells.items()} == seen(before, rows, columns)
    assert after.merges == before.merges
    assert damage_of(data) == []


def printed(office: OfficeSession, data: bytes, folder: Path) -> tuple[list[str], int]:
    """The words that LibreOffice prints, without hyphens, and on how many pages."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path, pdf = folder / "in.xlsx", folder / "in.pdf"
    path.write_bytes(data)
    with office.open(path) as book:
        book.save_as(pdf)
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"-\n?", "", text).split(), text.count("\f")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_printed_stays(office: OfficeSession, name: str, tmp_path: Path) -> None:
    words, pages = printed(office, generated(name), tmp_path)
    assert len(words) > 300
    assert printed(office, release(generated(name)).data, tmp_path) == (words, pages)


def test_the_office_book_prints_as_before(office: OfficeSession, tmp_path: Path) -> None:
    data = office_file(tmp_path / "so.xlsx").read_bytes()
    words, pages = printed(office, data, tmp_path)
    assert {"Tổng", "cộng", "Thấy", "Quý"} <= set(words)
    assert printed(office, release(planted(data)).data, tmp_path) == (words, pages)


def test_a_workbook_that_libreoffice_has_saved(office: OfficeSession, tmp_path: Path) -> None:
    saved = tmp_path / "lo.xlsx"
    with office.open(office_file(tmp_path / "so.xlsx")) as book:
        strings = [book.strings(SHEET, "A1:B3"), book.strings(SHEET, "A8:E9"), book.strings(DETAIL, "C1:D5")]
        book.save_as(saved)
    taken = release(saved.read_bytes())
    assert (taken.sheets, taken.notes, taken.formulas) == (("Tính MẬT", "Nguồn MẬT"), 1, 11)
    assert "MẬT" not in everything_in(taken.data)
    assert damage_of(taken.data) == []
    (tmp_path / "ra.xlsx").write_bytes(taken.data)
    with office.open(tmp_path / "ra.xlsx") as book:
        assert book.sheets() == [SHEET, DETAIL]
        shown = [book.strings(SHEET, "A1:B3"), book.strings(SHEET, "A8:E9"), book.strings(DETAIL, "C1:D5")]
    strings[1] = [[*row[:2], "", *row[3:]] for row in strings[1]]  # column C is hidden
    strings[2][2] = ["", ""]  # and row 3 of the other sheet
    assert shown == strings


def test_marks_of_an_add_in_go(tmp_path: Path) -> None:
    data = office_file(tmp_path / "so.xlsx").read_bytes()
    assert '"phuluc"="phuluc"' in everything_in(data)
    taken = release(data)
    assert '"phuluc"' not in everything_in(taken.data)
    sheet = openpyxl.load_workbook(io.BytesIO(taken.data))[SHEET]
    assert [str(cells.sqref) for cells in sheet.conditional_formatting] == ["D2:D9", "B2:B9", "D2:D8", "E9:E10"]
