"""A document as an .xlsx file, its formulas with their stored values, and as text for a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from benchmarks.synthetic.document import Document, Law, Look, Way, Words
from budget.numbers import plain
from validators.grid import Place
from workbook.addresses import address


def write(document: Document, path: Path) -> None:
    """Write the document to an .xlsx file."""
    with xlsxwriter.Workbook(path) as book:
        looks: dict[Look, Format] = {}
        sheets = {name: book.add_worksheet(name) for name in document.sheets}
        for sheet in sheets.values():
            sheet.set_column(0, 0, 6)
            sheet.set_column(1, 1, 48)
            sheet.set_column(2, 40, 14)
        for name, top, left, bottom, right in document.areas:
            look = _format(book, looks, document.looks[Place(name, top, left)])
            sheets[name].merge_range(top - 1, left - 1, bottom - 1, right - 1, "", look)
        for place, look in document.looks.items():
            _write(document, sheets[place.sheet], place, _format(book, looks, look))


def _format(book: Workbook, looks: dict[Look, Format], look: Look) -> Format:
    if look not in looks:
        looks[look] = book.add_format(
            {
                "font_name": "Times New Roman",
                "bold": look.bold,
                "italic": look.italic,
                "align": look.align,
                "border": int(look.border),
                "num_format": look.format,
                "indent": look.indent,
                "text_wrap": look.border,
            }
        )
    return looks[look]


def _write(document: Document, sheet: Worksheet, place: Place, look: Format) -> None:
    row, column = place.row - 1, place.column - 1
    if place in document.texts:
        sheet.write_string(row, column, document.texts[place], look)
        return
    value, show = document.values[place], document.shows[place]
    if document.live and place in document.definitions and not isinstance(show, Words):
        sheet.write_formula(row, column, formula(document.definitions[place]), look, float(value))
        return
    shown = show(value)
    if shown is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(shown, str):
        sheet.write_string(row, column, shown, look)
    else:
        sheet.write_number(row, column, float(shown), look)


def formula(law: Law) -> str:
    """The formula of a law: a range or ranges within SUM, a product, a rounded quotient."""
    match law.way:
        case Way.SUM:
            text = _sum(law)
        case Way.PRODUCT:
            text = "*".join(_name(place, law) for _, place in law.parts)
        case Way.QUOTIENT:
            text = "/".join(_name(place, law) for _, place in law.parts)
    if law.scale != 1:
        text += f"/{plain(1 / law.scale):f}" if law.scale < 1 else f"*{plain(law.scale):f}"
    return f"={text}" if law.decimals is None else f"=ROUND({text},{law.decimals})"


def _sum(law: Law) -> str:
    """Signed cells, or where all are added the ranges that they form; a cell that stands twice is added again."""
    if any(sign < 0 for sign, _ in law.parts) or len(law.parts) == 1:
        terms = [("-" if sign < 0 else "+" if place else "") + _name(part, law)
                 for place, (sign, part) in enumerate(law.parts)]  # fmt: skip
        return "".join(terms)
    ranges = _ranges([place for _, place in law.parts])
    if all(first == last for first, last in ranges):
        return "+".join(_name(first, law) for first, _ in ranges)
    shown = [_name(first, law) if first == last else f"{_name(first, law)}:{last.address}" for first, last in ranges]
    return f"SUM({','.join(shown)})"


def _ranges(places: Sequence[Place]) -> list[tuple[Place, Place]]:
    """Neighbours in one row or one column as ranges, in order."""
    ranges: list[tuple[Place, Place]] = []
    for place in places:
        if ranges:
            first, last = ranges[-1]
            down = place == last._replace(row=last.row + 1) and first.column == last.column
            right = place == last._replace(column=last.column + 1) and first.row == last.row
            if (down and (first == last or first.row < last.row)) or (
                right and (first == last or first.column < last.column)
            ):
                ranges[-1] = (first, place)
                continue
        ranges.append((place, place))
    return ranges


def _name(place: Place, law: Law) -> str:
    return place.address if place.sheet == law.total.sheet else f"'{place.sheet}'!{place.address}"


def as_text(document: Document, marked: Collection[Place] = (), *, width: int = 26) -> str:
    """The sheets as text, one line a row with its number; formulas are shown with their values; `>` marks cells."""
    lines = []
    for name in document.sheets:
        cells = {place: _shown(document, place, width) for place in document.looks if place.sheet == name}
        lines.append(f"[{name}]")
        columns = sorted({place.column for place in cells})
        for row in range(1, max(place.row for place in cells) + 1):
            shown = [
                (">" if Place(name, row, column) in marked else "") + cells.get(Place(name, row, column), "")
                for column in columns
            ]
            if any(shown):
                lines.append(f"{row:3} " + " | ".join(shown).rstrip(" |"))
        lines.append("    columns " + " ".join(address(1, column)[:-1] for column in columns))
    return "\n".join(lines)


def _shown(document: Document, place: Place, width: int) -> str:
    if place in document.texts:
        return document.texts[place][:width]
    value, show = document.values[place], document.shows[place]
    shown = show(value)
    text = "" if shown is None else f'"{shown}"' if isinstance(shown, str) and _figure(shown) else str(shown)
    if isinstance(shown, Decimal):
        text = f"{plain(shown):f}"
    if document.live and place in document.definitions and not isinstance(show, Words):
        return f"{formula(document.definitions[place])} => {text}"
    return text if _figure(text) else text[-60:]


def _figure(text: str) -> bool:
    return not any(letter.isalpha() for letter in text)
