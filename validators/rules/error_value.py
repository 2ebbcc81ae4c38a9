"""A cell shows an error instead of a figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from faults import Text
from validators.findings import Finding, Severity
from validators.grid import Place
from validators.rules._figures import formula_at, label_of, table_at
from validators.rules._formulas import footprint, roots
from validators.rules._wording import cells
from validators.rules.base import Checked, Rule
from workbook.package import CellError

_MEANS: Mapping[str, Text] = MappingProxyType(
    {
        "#REF!": Text("công thức trỏ tới ô đã bị xóa", "the formula refers to a cell that was deleted"),
        "#DIV/0!": Text("công thức chia cho 0 hoặc ô trống", "the formula divides by zero or by an empty cell"),
        "#VALUE!": Text("công thức tính với ô chứa chữ", "the formula reckons with a cell that holds text"),
        "#N/A": Text("công thức không tìm thấy giá trị cần tra", "the formula does not find what it looks up"),
        "#NAME?": Text(
            "Excel không biết tên hàm hoặc tên vùng trong công thức", "the formula uses a name that Excel does not know"
        ),
        "#NUM!": Text("kết quả không phải là số tính được", "the result is no number that can be reckoned"),
        "#NULL!": Text("hai vùng trong công thức không có ô chung", "the areas in the formula share no cell"),
    }
)
_UNKNOWN = Text("công thức không cho kết quả", "the formula gives no result")


def _check(checked: Checked) -> Iterator[Finding]:
    errors = {
        Place(grid.name, row, column): str(cell.value)
        for grid in checked.book.sheets
        for (row, column), cell in grid.cells.items()
        if isinstance(cell.value, CellError) or (isinstance(cell.value, str) and cell.value in _MEANS)
    }
    begun = roots(checked.book, errors)
    alike: dict[tuple[object, ...], list[Place]] = defaultdict(list)
    for place in begun:
        formula = formula_at(checked, place) or ""
        told = footprint(formula, place.row, place.column) if formula else ""
        alike[place.sheet, place.column, errors[place], told].append(place)
    carried = len(errors) - len(begun)
    for places in alike.values():
        yield _finding(checked, places, errors[places[0]], carried if len(alike) == 1 else 0)


def _finding(checked: Checked, places: list[Place], error: str, carried: int) -> Finding:
    """One cause: a cell, or cells of one column with the same formula; `carried`: cells that only show it too."""
    place = places[0]
    means = _MEANS.get(error, _UNKNOWN)
    vi, en = f"Ô báo lỗi {error}: {means.vi}", f"The cell shows {error}: {means.en}"
    if len(places) > 1:
        vi, en = f"{vi}; cùng lỗi ở {cells(places[1:])}", f"{en}; likewise {cells(places[1:])}"
    if carried:
        vi, en = f"{vi}; {carried} ô khác bị lỗi theo", f"{en}; {carried} other cells follow it"
    return Finding(
        rule=RULE.name,
        severity=Severity.ERROR if table_at(checked, place) else Severity.WARNING,
        message=Text(vi, en),
        place=place,
        label=label_of(checked, place),
        found=error,
    )


RULE = Rule(
    name="error-value",
    severity=Severity.ERROR,
    title=Text("Ô báo lỗi công thức", "A cell shows an error"),
    explanation=Text(
        "Ô hiện #REF!, #DIV/0!, #VALUE!, #N/A, #NAME? thay cho số liệu. Mọi tổng có cộng ô này cũng báo lỗi; ở đây chỉ "
        "nêu ô gốc. Ngoài bảng số liệu thì chỉ là cảnh báo.",
        "A cell shows #REF!, #DIV/0!, #VALUE!, #N/A or #NAME? instead of a figure. Every total that adds it up shows "
        "the error too; only the cell where it begins is named. Outside of a table it is a warning.",
    ),
    example=Text(
        "Xóa dòng 8 làm công thức =C7+C8 thành =C7+#REF!, và tổng cộng cũng thành #REF!.",
        "Deleting row 8 turns =C7+C8 into =C7+#REF!, and the grand total into #REF! too.",
    ),
    remedy=Text(
        "Sửa công thức của ô gốc: trỏ lại ô đã mất, thêm IF để tránh chia cho 0, hoặc sửa ô chứa chữ.",
        "Mend the formula of the cell: point it to the right cell, keep it from dividing by zero, or correct the cell "
        "that holds text.",
    ),
    check=_check,
)
