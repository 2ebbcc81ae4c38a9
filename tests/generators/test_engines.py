"""What a generated file holds in its caches is what the model computes, and what every engine and reader sees."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from openpyxl.utils.cell import coordinate_to_tuple
from python_calamine import CalamineWorkbook
from support.figure_cells import FigureCells
from support.generated import generated, opened
from support.reference import NAMES, reference

from workbook.engines import available_engines
from workbook.package import formula_cells
from workbook.rounding import as_shown
from workbook.verify import verify

ENGINES = [
    pytest.param("formulas"),
    pytest.param("formualizer"),
    pytest.param(
        "libreoffice",
        marks=[
            pytest.mark.office,
            pytest.mark.skipif("libreoffice" not in available_engines(), reason="LibreOffice is not on the PATH"),
        ],
    ),
]


@pytest.mark.parametrize("name", NAMES)
def test_the_caches_hold_the_figures_of_the_model(name: str) -> None:
    """A cell without a number is one for which nothing is stated, or a costing line that prints dashes."""
    values, cells = opened(name, values=True), FigureCells(reference(name), opened(name, values=False))
    for (sheet, address), figure in cells.values(cells.plan).items():
        value = values[sheet][address].value
        if isinstance(value, int | float):
            assert as_shown(float(value), None) == figure, (sheet, address)
        else:
            assert (value, figure) in {(None, 0), ("-", None)}, (sheet, address)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", NAMES)
def test_an_engine_judges_every_formula_and_agrees(name: str, engine: str, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(generated(name))
    report = verify(file, [engine])
    assert report.disagreements == ()
    assert [(one.judged, one.problem) for one in report.judgements] == [(report.formulas, None)]


@pytest.mark.parametrize("name", NAMES)
def test_pandas_and_calamine_see_the_value_of_every_formula(name: str) -> None:
    """The readers that previews and scripts build on, which calculate nothing."""
    frames = pd.read_excel(
        io.BytesIO(generated(name)), sheet_name=None, header=None, dtype=object, na_filter=False, engine="openpyxl"
    )
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(generated(name)))
    rows = {sheet: calamine.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in calamine.sheet_names}
    cells = list(formula_cells(generated(name)))
    assert cells
    for cell in cells:
        row, column = (index - 1 for index in coordinate_to_tuple(cell.cell))
        assert cell.cached not in {None, ""}, cell
        assert frames[cell.sheet].iat[row, column] == cell.cached, cell
        assert rows[cell.sheet][row][column] == cell.cached, cell


@pytest.mark.parametrize(
    ("name", "cell", "total"),
    [
        ("binh-dinh-2021-2025", "C66", 6860),
        ("can-tho-2021-2025", "C22", 5241.5),
        ("dong-nai-2021-2025", "J22", 5385),
        ("dong-thap-2011-2015", "C18", 3_050_000_000),
        ("nghe-an-2021-2025", "D44", 15_800),
    ],
)
def test_pandas_reads_the_grand_total(name: str, cell: str, total: float) -> None:
    frame = pd.read_excel(io.BytesIO(generated(name)), sheet_name=0, header=None, engine="openpyxl")
    row, column = coordinate_to_tuple(cell)
    assert frame.iat[row - 1, column - 1] == total
