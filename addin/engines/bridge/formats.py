"""How cells look: number format, colour, font, alignment, borders, sizes."""

from __future__ import annotations

from typing import Any

from .numbers import format_code, format_key
from .world import MOST_COLUMNS, MOST_ROWS, World, enum, like_cells, struct

_POINT = 2540 / 72  # hundredths of a millimetre
_TWIPS = 20  # of a point: what LibreOffice keeps sizes in
_PADDING = 5 * 2540 / 96  # what Excel leaves free in a column: five pixels
_LARGE = 1000  # pixels: so high that widths are as good as not rounded
_ENUMS = {"CharPosture": "awt.FontSlant", "HoriJustify": "table.CellHoriJustify"}
_SIDES = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_horizontal": "HorizontalLine",
    "inside_vertical": "VerticalLine",
}
_DIAGONALS = {"diagonal_down": "DiagonalTLBR2", "diagonal_up": "DiagonalBLTR2"}


def number_format(world: World, book: int, sheet: str, area: list[int]) -> str | None:
    """The code in English; None where cells differ."""
    key = looks(world, book, sheet, area, "NumberFormat")
    return None if key is None else format_code(world.books[book], int(key))


def set_number_format(world: World, book: int, sheet: str, area: list[int], code: str) -> None:
    """Raises Refusal on a protected sheet."""
    world.open_block(book, sheet, area).NumberFormat = format_key(world.books[book], code)


def looks(world: World, book: int, sheet: str, area: list[int], name: str) -> Any:
    """A property of LibreOffice's cells; None where cells differ."""
    block = world.block(book, sheet, area)
    if block.getPropertyState(name).value == "AMBIGUOUS_VALUE":
        found = {_plain(getattr(group, name)) for group in like_cells(block)}
        return found.pop() if len(found) == 1 else None
    return _plain(getattr(block, name))


def set_looks(world: World, book: int, sheet: str, area: list[int], values: dict[str, Any]) -> None:
    """Set properties of LibreOffice's cells. Raises Refusal on a protected sheet."""
    block = world.open_block(book, sheet, area)
    for name, value in values.items():
        setattr(block, name, enum(_ENUMS[name], value) if name in _ENUMS else value)


def set_fills(world: World, book: int, sheet: str, area: list[int], colors: list[list[Any]]) -> None:
    """Fill cell by cell: a colour, -1 for none, null to leave it as it is. Raises Refusal on a protected sheet."""
    block = world.open_block(book, sheet, area)
    for row, line in enumerate(colors):
        for column, color in enumerate(line):
            if color is not None:
                block.getCellByPosition(column, row).CellBackColor = color


def borders(world: World, book: int, sheet: str, area: list[int]) -> dict[str, list[int]]:
    """The borders of a range: side -> colour, LibreOffice's line style, width in hundredths of a millimetre."""
    block = world.block(book, sheet, area)
    table = block.TableBorder2
    lines = {side: getattr(table, name) for side, name in _SIDES.items()}
    lines.update((side, getattr(block, name)) for side, name in _DIAGONALS.items())
    return {side: [line.Color, line.LineStyle, line.LineWidth] for side, line in lines.items()}


def set_borders(world: World, book: int, sheet: str, area: list[int], lines: dict[str, list[int]]) -> None:
    """Draw borders, as `borders` gives them; width 0: none. Raises Refusal on a protected sheet."""
    block = world.open_block(book, sheet, area)
    table = struct("table.TableBorder2")  # nothing in it is valid yet: the other sides stay as they are
    for side, (color, style, width) in lines.items():
        line = struct("table.BorderLine2", Color=color, LineStyle=style, LineWidth=width, OuterLineWidth=width)
        if side in _SIDES:
            setattr(table, _SIDES[side], line)
            setattr(table, f"Is{_SIDES[side]}Valid", True)
        else:
            setattr(block, _DIAGONALS[side], line)
    block.TableBorder2 = table


def sizes(world: World, book: int, sheet: str, area: list[int], of: str) -> float | None:
    """The height of rows in points or the width of `columns` in characters; None where they differ."""
    lines = _lines(world, book, sheet, area, of)
    if of == "rows":
        found = {line.Height for line in lines}
        return round(found.pop() / _POINT * _TWIPS) / _TWIPS if len(found) == 1 else None
    found = {line.Width for line in lines}
    return round((found.pop() - _PADDING) / _digit(world, book), 1) if len(found) == 1 else None


def set_sizes(world: World, book: int, sheet: str, area: list[int], of: str, size: float) -> None:
    """Raises Refusal on a protected sheet."""
    block = world.open_block(book, sheet, area)
    if of == "rows":
        block.Rows.Height = round(size * _POINT)
    else:
        block.Columns.Width = round(size * _digit(world, book) + _PADDING)


def autofit(world: World, book: int, sheet: str, area: list[int], of: str) -> None:
    """Make rows as high, or `columns` as wide, as what they hold needs. Raises Refusal on a protected sheet."""
    block = world.open_block(book, sheet, area)
    if of == "rows":
        block.Rows.OptimalHeight = True
    else:
        block.Columns.OptimalWidth = True


def hidden(world: World, book: int, sheet: str, area: list[int], of: str) -> bool | None:
    """Whether rows or `columns` are hidden; None where they differ."""
    found = {not line.IsVisible for line in _lines(world, book, sheet, area, of)}
    return found.pop() if len(found) == 1 else None


def hide(world: World, book: int, sheet: str, area: list[int], of: str, whether: bool) -> None:
    """Raises Refusal on a protected sheet."""
    block = world.open_block(book, sheet, area)
    (block.Rows if of == "rows" else block.Columns).IsVisible = not whether


def place(world: World, book: int, sheet: str, area: list[int]) -> list[float]:
    """Left, top, width and height of a range, in points."""
    block = world.block(book, sheet, area)
    corner, size = block.Position, block.Size
    return [value / _POINT for value in (corner.X, corner.Y, size.Width, size.Height)]


def _plain(value: Any) -> Any:
    return value.value if hasattr(value, "typeName") else value


def _lines(world: World, book: int, sheet: str, area: list[int], of: str) -> list[Any]:
    """The rows or columns of a range; of whole columns or rows, those only that are used and one more."""
    found = world.sheet(book, sheet)
    row, column, rows, columns = area
    cursor = found.createCursor()
    cursor.gotoEndOfUsedArea(False)
    if of == "rows":
        if rows == MOST_ROWS:
            rows = cursor.RangeAddress.EndRow + 2
        return [found.Rows.getByIndex(row - 1 + number) for number in range(rows)]
    if columns == MOST_COLUMNS:
        columns = cursor.RangeAddress.EndColumn + 2
    return [found.Columns.getByIndex(column - 1 + number) for number in range(columns)]


def _digit(world: World, book: int) -> float:
    """The width of the widest digit of the book's default font, Excel's unit, in hundredths of a millimetre."""
    style = world.books[book].StyleFamilies.getByName("CellStyles").getByName("Default")
    device = world.create("awt.Toolkit").createScreenCompatibleDevice(8, 8)
    font = device.getFont(struct("awt.FontDescriptor", Name=style.CharFontName, Height=_LARGE))
    widest = max(font.getCharWidth(digit) for digit in "0123456789")
    return float(widest / _LARGE * style.CharHeight * _POINT)


OPERATIONS = (
    number_format,
    set_number_format,
    looks,
    set_looks,
    set_fills,
    borders,
    set_borders,
    sizes,
    set_sizes,
    autofit,
    hidden,
    hide,
    place,
)
