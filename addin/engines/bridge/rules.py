"""Conditional formats. A rule is known by the number of the conditional format that it is in and its place in there."""

from __future__ import annotations

from typing import Any

from .world import World, block_of, constant, enum, properties

_CELL_STYLES = "CellStyles"
_KINDS = {1: "color_scale", 2: "data_bar", 3: "icon_set"}  # com.sun.star.sheet.ConditionEntryType
_PLAIN = 0
_OPERATORS = {
    "between": "BETWEEN",
    "not_between": "NOT_BETWEEN",
    "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER",
    "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
    "expression": "EXPRESSION",
}
_OPERATOR_NAMES = {constant(f"sheet.ConditionFormatOperator.{uno}"): name for name, uno in _OPERATORS.items()}
_LOOKS = ("CellBackColor", "CharColor", "CharWeight", "CharPosture")
_OURS = "phuluc "  # how the styles begin that rules of ours bear


def rules(world: World, book: int, sheet: str, area: list[int]) -> list[dict[str, Any]]:
    """The rules that apply to some cell of an area, in the order in which they are judged."""
    found = world.sheet(book, sheet)
    return [_described(world.books[book], each, entry) for each in _meeting(found, area) for entry in range(each.Count)]


def add_rule(world: World, book: int, sheet: str, area: list[int], rule: dict[str, Any]) -> dict[str, Any]:
    """Add a rule that is judged first: `operator`, `formula1` and `formula2` in LibreOffice's grammar, and `looks`,
    properties of cells. It is given back as `rules` gives it. Raises Refusal on a protected sheet.
    """
    target = world.open_sheet(book, sheet)
    cell = block_of(target, area)
    # there may be hundreds of others: ask them only where the cell has any
    older = [] if area[2:] == [1, 1] and not cell.ConditionalFormat.Count else _meeting(target, area)
    ranges = world.books[book].createInstance("com.sun.star.sheet.SheetCellRanges")
    ranges.addRangeAddress(cell.RangeAddress, False)
    made = _numbered(target.ConditionalFormats, target.ConditionalFormats.createByRange(ranges))
    made.createEntry(_PLAIN, 0)
    _set(made.getByIndex(0), rule)
    made.getByIndex(0).StyleName = _style(world, world.books[book], rule["looks"])
    for each in older:
        _put_behind(target.ConditionalFormats, each)
    return _described(world.books[book], made, 0)


def set_rule(world: World, book: int, sheet: str, number: int, entry: int, rule: dict[str, Any]) -> dict[str, Any]:
    """Change a rule: what `rule` has, as in `add_rule`. Raises Refusal on a protected sheet."""
    opened = world.books[book]
    found = _numbered(world.open_sheet(book, sheet).ConditionalFormats, number)
    _set(found.getByIndex(entry), rule)
    if rule["looks"]:
        changed = {**_looks_of(opened, found.getByIndex(entry).StyleName), **rule["looks"]}
        found.getByIndex(entry).StyleName = _style(
            world, opened, {key: value for key, value in changed.items() if value is not None}
        )
    return _described(opened, found, entry)


def delete_rule(world: World, book: int, sheet: str, number: int, entry: int) -> None:
    """Raises Refusal on a protected sheet."""
    target = world.open_sheet(book, sheet)
    _remove(world.books[book], target.ConditionalFormats, _numbered(target.ConditionalFormats, number), entry)


def clear_rules(world: World, book: int, sheet: str, area: list[int]) -> None:
    """Leave no rule on an area; elsewhere those stay that also apply there. Raises Refusal on a protected sheet."""
    target = world.open_sheet(book, sheet)
    opened, formats = world.books[book], target.ConditionalFormats
    cleared = block_of(target, area).RangeAddress
    for each in _meeting(target, area):
        left = opened.createInstance("com.sun.star.sheet.SheetCellRanges")
        left.addRangeAddresses(each.Range.RangeAddresses, False)
        for inside in each.Range.queryIntersection(cleared).RangeAddresses:
            left.removeRangeAddress(inside)
        if left.Count:
            each.Range = left
        else:
            for entry in reversed(range(each.Count)):
                _remove(opened, formats, each, entry)


def _meeting(sheet: Any, area: list[int]) -> list[Any]:
    """The conditional formats that apply to some cell of an area."""
    wanted = block_of(sheet, area).RangeAddress
    return [
        each for each in sheet.ConditionalFormats.getConditionalFormats() if each.Range.queryIntersection(wanted).Count
    ]


def _numbered(formats: Any, number: int) -> Any:
    for each in reversed(formats.getConditionalFormats()):
        if number == each.ID:
            return each
    raise LookupError("the rule is gone")


def _put_behind(formats: Any, older: Any) -> None:
    """Have a conditional format judged after all others. One of colour scales and the like is not ours to rebuild."""
    entries = [older.getByIndex(entry) for entry in range(older.Count)]
    if any(entry.getType() != _PLAIN or entry.Operator not in _OPERATOR_NAMES for entry in entries):
        return
    again = _numbered(formats, formats.createByRange(older.Range))
    for place, entry in enumerate(entries):
        again.createEntry(_PLAIN, place)
        for name in ("Operator", "Formula1", "Formula2", "StyleName"):
            setattr(again.getByIndex(place), name, getattr(entry, name))
    formats.removeByID(older.ID)


def _set(entry: Any, rule: dict[str, Any]) -> None:
    if "operator" in rule:
        entry.Operator = constant(f"sheet.ConditionFormatOperator.{_OPERATORS[rule['operator']]}")
    for key, name in (("formula1", "Formula1"), ("formula2", "Formula2")):
        if rule.get(key) is not None:
            setattr(entry, name, rule[key])


def _remove(book: Any, formats: Any, found: Any, entry: int) -> None:
    """Remove a rule, its conditional format with the last one, and its style where that was made for it."""
    plain = found.getByIndex(entry).getType() == _PLAIN
    style = found.getByIndex(entry).StyleName if plain else ""
    if found.Count > 1:
        found.removeByIndex(entry)
    else:
        formats.removeByID(found.ID)
    if style.startswith(_OURS) and not _is_used(book, style):
        book.StyleFamilies.getByName(_CELL_STYLES).removeByName(style)


def _is_used(book: Any, style: str) -> bool:
    for sheet in book.Sheets:
        for found in reversed(sheet.ConditionalFormats.getConditionalFormats()):  # those of ours are the last ones
            for entry in range(found.Count):
                if found.getByIndex(entry).getType() == _PLAIN and found.getByIndex(entry).StyleName == style:
                    return True
    return False


def _style(world: World, book: Any, looks: dict[str, Any]) -> str:
    """The name of a style with these looks, made where there is none."""
    name = _OURS + " ".join(f"{key}={looks[key]}" for key in sorted(looks))
    if book.StyleFamilies.getByName(_CELL_STYLES).hasByName(name):
        return name
    if not any(sheet.isProtected() for sheet in book.Sheets):
        _make_style(book, name, looks)
        return name
    # while any sheet is protected, LibreOffice lets no style be changed; but styles may be brought in from elsewhere
    other = world.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
    try:
        _make_style(other, name, looks)
        options = properties(OverwriteStyles=False, LoadCellStyles=True, LoadPageStyles=False)
        book.StyleFamilies.loadStylesFromDocument(other, options)
    finally:
        other.close(True)
    return name


def _make_style(book: Any, name: str, looks: dict[str, Any]) -> None:
    made = book.createInstance("com.sun.star.style.CellStyle")
    book.StyleFamilies.getByName(_CELL_STYLES).insertByName(name, made)
    for key, value in looks.items():
        setattr(made, key, enum("awt.FontSlant", value) if key == "CharPosture" else value)


def _looks_of(book: Any, style: str) -> dict[str, Any]:
    """What a style sets; null where it leaves a cell as it is."""
    family = book.StyleFamilies.getByName(_CELL_STYLES)
    if not family.hasByName(style):
        return dict.fromkeys(_LOOKS)
    found = family.getByName(style)
    looks = {
        name: getattr(found, name) if found.getPropertyState(name).value == "DIRECT_VALUE" else None for name in _LOOKS
    }
    if looks["CharPosture"] is not None:
        looks["CharPosture"] = looks["CharPosture"].value
    return looks


def _described(book: Any, found: Any, place: int) -> dict[str, Any]:
    entry = found.getByIndex(place)
    rule: dict[str, Any] = {"id": found.ID, "entry": place, "type": _KINDS.get(entry.getType(), "unknown")}
    if entry.getType() == _PLAIN:
        operator = _OPERATOR_NAMES.get(entry.Operator)
        if operator is not None:
            rule["type"] = "custom" if operator == "expression" else "cell_value"
            rule.update(operator=operator, formula1=entry.Formula1, formula2=entry.Formula2)
        rule["looks"] = _looks_of(book, entry.StyleName)
    return rule


OPERATIONS = (rules, add_rule, set_rule, delete_rule, clear_rules)
