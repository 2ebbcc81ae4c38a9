"""Forms: what is installed, and what a broken one says."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from faults import InputFault
from generators.forms import SHEET, form_names, load_form, read_form


def broken(change: Callable[[Worksheet], None], name: str = "items-total") -> io.BytesIO:
    """An installed form's workbook with one change."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    target = workbook.create_sheet(SHEET)
    source = load_form(name).sheet
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                target.cell(cell.row, cell.column, cell.value)
    for merged in source.merged_cells.ranges:
        target.merge_cells(str(merged))
    change(target)
    stream = io.BytesIO()
    workbook.save(stream)
    stream.seek(0)
    return stream


def sentence(change: Callable[[Worksheet], None], name: str = "items-total") -> str:
    with pytest.raises(InputFault) as caught:
        read_form("mine", broken(change, name))
    return caught.value.sentence("en")


def test_eight_forms_are_installed_with_a_line_each() -> None:
    assert form_names() == (
        "cost-breakdowns",
        "cost-tables",
        "groups-agencies",
        "groups-sources-years",
        "items-quantities",
        "items-total",
        "items-years-sources",
        "sources-years",
    )
    for name in form_names():
        title = load_form(name).title
        assert len(title.vi) > 20
        assert len(title.en) > 20


def test_a_form_knows_its_axes_and_layouts() -> None:
    assert load_form("items-years-sources").axes == {"year", "source"}
    assert load_form("groups-sources-years").axes == {"year", "source"}
    assert load_form("items-quantities").axes == {"source"}
    assert load_form("items-total").axes == set()
    assert load_form("cost-tables").layouts == ("quantity-price-note", "lump-sum", "quantity-price")


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputFault, match="no such form; found “can-tho”; expected one of: cost-breakdowns"):
        load_form("can-tho")


def test_a_form_without_its_sheet_is_refused() -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    stream.seek(0)
    with pytest.raises(InputFault, match=r"mine\.xlsx: the form has no sheet “Biểu mẫu”"):
        read_form("mine", stream)


def test_an_unknown_row_names_its_cell() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A6"] = "hader"

    said = sentence(change)
    assert said.startswith("mine.xlsx: sheet “Biểu mẫu”, cell A6: what the row is is unclear; found “hader”")


def test_an_unknown_repetition_names_its_cell() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D1"] = "each month"

    assert sentence(change) == (
        "mine.xlsx: sheet “Biểu mẫu”, cell D1: what the column repeats along is unclear; found “each month”; "
        "expected “each year”, “each source”, “each year and source” or nothing."
    )


def test_an_unknown_token_names_its_cell() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C8"] = "{contents}"

    assert sentence(change).startswith("mine.xlsx: sheet “Biểu mẫu”, cell C8: an unknown token; found “{contents}”")


def test_a_stray_brace_names_its_cell() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C8"] = "{content"

    assert "cell C8: a stray brace; found “{content”" in sentence(change)


def test_a_missing_row_is_named() -> None:
    def change(sheet: Worksheet) -> None:
        row = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "item")
        sheet.cell(row, 1).value = "subitem"

    assert sentence(change) == "mine.xlsx: sheet “Biểu mẫu”, cell A1: the form lacks a row “item”."


def test_a_missing_costing_line_is_named() -> None:
    def change(sheet: Worksheet) -> None:
        row = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "lump-sum: line")
        sheet.cell(row, 1).value = "lump-sum: header"

    assert sentence(change, "cost-tables").endswith("the form lacks a row “lump-sum: line”.")


def test_a_merge_across_kinds_of_rows_is_refused() -> None:
    def change(sheet: Worksheet) -> None:
        row = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "group")
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=2, end_column=2)

    assert "a merged cell joins two kinds of row; found “group, item”" in sentence(change)


def test_styled_but_empty_rows_and_columns_are_not_part_of_a_form() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(60, 9).number_format = "0.00"

    form = read_form("mine", broken(change))
    assert [row.role for row in form.rows][-1] == "footer"
    assert len(form.columns) == 3


def test_a_form_that_shows_no_amount_is_refused() -> None:
    def change(sheet: Worksheet) -> None:
        for row in range(1, 20):
            if sheet.cell(row, 1).value in {"group", "item", "subitem"}:
                sheet.cell(row, 4).value = None

    assert "no row of items holds {amount}" in sentence(change)


def test_neighbouring_columns_of_equal_width_keep_it() -> None:
    """Excel and LibreOffice store them as one entry."""

    def change(sheet: Worksheet) -> None:
        sheet.column_dimensions["B"].width = 9
        sheet.column_dimensions["B"].min, sheet.column_dimensions["B"].max = 2, 3

    assert [column.width for column in read_form("mine", broken(change)).columns][:2] == [9, 9]


def test_a_file_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(InputFault, match=r"mine\.xlsx: the form is no \.xlsx file"):
        read_form("mine", io.BytesIO(b"not a workbook"))
