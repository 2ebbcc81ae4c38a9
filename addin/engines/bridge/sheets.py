"""Sheets of a book: added, named, moved, copied (into another book too), removed, shown. Each gives the names anew."""

from __future__ import annotations

from typing import Any

from .rules import restyle
from .views import copy_view
from .world import World, area_of, block_of, used_area

_STYLES = "PageStyles"


def sheet_names(world: World, book: int) -> list[str]:
    """The names of the sheets, in order."""
    return list(world.books[book].Sheets.ElementNames)


def add_sheet(world: World, book: int, name: str, index: int) -> list[str]:
    """An empty sheet at `index`, from 0. Raises Refusal where the structure is protected."""
    world.open_structure(book).insertNewByName(name, index)
    return _shown(world, book, name)


def rename_sheet(world: World, book: int, sheet: str, name: str) -> list[str]:
    """Raises Refusal where the structure is protected."""
    world.open_structure(book).getByName(sheet).Name = name
    return sheet_names(world, book)


def move_sheet(world: World, book: int, sheet: str, index: int) -> list[str]:
    """Place a sheet before the one that is at `index`, from 0. Raises Refusal where the structure is protected."""
    world.open_structure(book).moveByName(sheet, index)
    return sheet_names(world, book)


def copy_sheet(world: World, book: int, sheet: str, name: str, index: int) -> list[str]:
    """Copy within the book. Raises Refusal where the structure is protected."""
    world.open_structure(book).copyByName(sheet, name, index)
    return _shown(world, book, name)


def import_sheet(world: World, source: int, sheet: str, book: int, name: str, index: int) -> list[str]:
    """Copy into another book, printed and viewed as it was. Raises Refusal where the structure there is protected."""
    sheets = world.open_structure(book)
    place = sheets.importSheet(world.books[source], sheet, index)
    copied, original = sheets.getByIndex(place), world.sheet(source, sheet)
    if copied.Name != name:
        copied.Name = name
    restyle(world, world.books[source], original, world.books[book], copied)
    _copy_page(world.books[source], original, world.books[book], copied)
    names = _shown(world, book, name)
    copy_view(world, world.books[source], original, world.books[book], copied)
    return names


def _shown(world: World, book: int, name: str) -> list[str]:
    """As Excel does, show the sheet that came in, unless it is a hidden one."""
    target = world.sheet(book, name)
    if target.IsVisible:
        world.books[book].CurrentController.setActiveSheet(target)
    return sheet_names(world, book)


def remove_sheet(world: World, book: int, sheet: str) -> list[str]:
    """Raises Refusal where the structure is protected."""
    world.open_structure(book).removeByName(sheet)
    return sheet_names(world, book)


def is_shown(world: World, book: int, sheet: str) -> bool:
    """Whether a sheet is visible."""
    return bool(world.sheet(book, sheet).IsVisible)


def show_sheet(world: World, book: int, sheet: str, shown: bool) -> bool:
    """Show or hide a sheet; whether it now is so (the last visible sheet cannot be hidden). Raises Refusal."""
    target = world.open_structure(book).getByName(sheet)
    target.IsVisible = shown
    return bool(target.IsVisible) == shown


def is_protected(world: World, book: int, sheet: str) -> bool:
    """Whether the cells of a sheet are protected."""
    return bool(world.sheet(book, sheet).isProtected())


def is_structure_protected(world: World, book: int) -> bool:
    """Whether sheets may neither be added nor removed."""
    return bool(world.books[book].isProtected())


def protect_structure(world: World, book: int) -> None:
    """Forbid it: LibreOffice does not read that from an .xlsx."""
    world.books[book].protect("")


def used(world: World, book: int, sheet: str) -> list[int]:
    """The area that holds or looks like something."""
    return used_area(world.sheet(book, sheet))


def print_areas(world: World, book: int, sheet: str) -> list[list[int]]:
    """The areas that are printed; none: the whole sheet."""
    return [area_of(address) for address in world.sheet(book, sheet).getPrintAreas()]


def set_print_areas(world: World, book: int, sheet: str, areas: list[list[int]]) -> None:
    """Raises Refusal on a protected sheet."""
    target = world.open_sheet(book, sheet)
    target.setPrintAreas(tuple(block_of(target, area).RangeAddress for area in areas))


def _copy_page(source: Any, original: Any, book: Any, copied: Any) -> None:
    """What LibreOffice leaves behind when it copies a sheet into another book: paper, print areas, repeated titles."""
    style = source.StyleFamilies.getByName(_STYLES).getByName(original.PageStyle)
    family = book.StyleFamilies.getByName(_STYLES)
    name = f"PageStyle_{copied.Name}"
    if not family.hasByName(name):
        family.insertByName(name, book.createInstance("com.sun.star.style.PageStyle"))
    made = family.getByName(name)
    for each in style.PropertySetInfo.Properties:
        _copy_property(style, made, each.Name)
    copied.PageStyle = name
    index = copied.RangeAddress.Sheet
    for wanted, title, setting in (
        (original.getPrintTitleColumns(), original.getTitleColumns(), "Columns"),
        (original.getPrintTitleRows(), original.getTitleRows(), "Rows"),
    ):
        if wanted:
            title.Sheet = index
            getattr(copied, f"setTitle{setting}")(title)
            getattr(copied, f"setPrintTitle{setting}")(True)
    areas = original.getPrintAreas()
    for area in areas:
        area.Sheet = index
    if areas:
        copied.setPrintAreas(areas)


def _copy_property(source: Any, target: Any, name: str) -> None:
    value = source.getPropertyValue(name)
    try:
        target.setPropertyValue(name, value)
    except Exception:  # noqa: BLE001 - read-only, or not for this kind of header
        return
    if name.endswith("Content") and value is not None:  # a header or footer is written back as a whole
        target.setPropertyValue(name, value)


OPERATIONS = (
    sheet_names,
    add_sheet,
    rename_sheet,
    move_sheet,
    copy_sheet,
    import_sheet,
    remove_sheet,
    is_shown,
    show_sheet,
    is_protected,
    is_structure_protected,
    protect_structure,
    used,
    print_areas,
    set_print_areas,
)
