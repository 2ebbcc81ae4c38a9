"""Figures that come from another file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from faults import Text
from validators.findings import Finding, Severity
from validators.grid import Book, Place
from validators.rules._figures import label_of
from validators.rules.base import Checked, Rule

# 'D:\So lieu\[du toan.xlsx]Trang 1'!A1, [1]Sheet1!A1, [1]!Ten; a column of an Excel table has its name before the `[`
_LINK = re.compile(r"(?<!')'(?:[^'\[\]]|'')*\[([^\[\]]+)\](?:[^'\[\]]|'')*'!|(?<![\w\])])\[([^\[\]]+)\][\w.]*!")
_STRING = re.compile(r'"[^"]*"')


def _check(checked: Checked) -> Iterator[Finding]:
    used = _used(checked.book)
    for file in dict.fromkeys([*checked.book.external_links, *used]):
        places = used.get(file, [])
        place = places[0] if places else None
        name = unquote(re.split(r"[\\/]", file)[-1]) or file
        yield Finding(
            rule=RULE.name,
            severity=RULE.severity,
            message=Text(
                f"Sổ lấy số liệu từ tệp khác: {name}" + (f" ({len(places)} ô)" if places else ""),
                f"The workbook takes figures from another file: {name}"
                + (f" (cells: {len(places)})" if places else ""),
            ),
            place=place,
            label=label_of(checked, place) if place else "",
            found=file,
        )


def _used(book: Book) -> dict[str, list[Place]]:
    """The cells whose formulas refer to other files, by file; `[1]` is the first of the book's links."""
    found: dict[str, list[Place]] = {}
    for grid in book.sheets:
        for (row, column), cell in grid.cells.items():
            if cell.formula and "[" in cell.formula:
                links = _LINK.finditer(_STRING.sub("", cell.formula))
                for file in dict.fromkeys(_file(book, link[1] or link[2]) for link in links):
                    found.setdefault(file, []).append(Place(grid.name, row, column))
    return found


def _file(book: Book, written: str) -> str:
    if written.isdigit() and 0 < int(written) <= len(book.external_links):
        return book.external_links[int(written) - 1]
    return next((link for link in book.external_links if unquote(link).endswith(written)), written)


RULE = Rule(
    name="external-link",
    severity=Severity.WARNING,
    title=Text("Lấy số liệu từ tệp khác", "A link to another file"),
    explanation=Text(
        "Công thức trỏ tới một tệp khác. Người nhận phụ lục không có tệp đó: Excel sẽ hỏi cập nhật liên kết, số liệu "
        "có thể cũ hoặc thành #REF!. Mỗi tệp được nêu một lần, ở ô đầu tiên dùng tới nó.",
        "Formulas refer to another file. Whoever receives the appendix does not have it: Excel asks to update the "
        "links, and figures may be old or become #REF!. Each file is named once, at the first cell that uses it.",
    ),
    example=Text(
        "Ô D8 chứa ='[Dự toán 2024.xlsx]Tổng hợp'!C12.",
        "D8 holds ='[Dự toán 2024.xlsx]Tổng hợp'!C12.",
    ),
    remedy=Text(
        "Dùng Data > Edit Links > Break Link để giữ lại số, hoặc chép bảng nguồn vào một trang của sổ này.",
        "Use Data > Edit Links > Break Link to keep the figures, or copy the source into a sheet of this workbook.",
    ),
    check=_check,
)
