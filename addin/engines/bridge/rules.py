"""Conditional formats: LibreOffice has several rules in one for cells that share them."""

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
_OURS = "ConditionalStyle_phuluc "  # how styles of ours begin; those of such names are written as no cell styles


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


def set_rule(world: World, book: int, sheet: str, rule: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Change a rule, which is given as `rules` gives it, in what `changes` has, as in `add_rule`. Raises Refusal on a
    protected sheet, LookupError where the rule is gone.
    """
    opened = world.books[book]
    found, place = _find(world.open_sheet(book, sheet).ConditionalFormats, rule)
    entry = found.getByIndex(place)
    _set(entry, changes)
    if changes["looks"]:
        looks = {**_looks_of(opened, entry.StyleName), **changes["looks"]}
        entry.StyleName = _style(world, opened, {key: value for key, value in looks.items() if value is not None})
    return _described(opened, found, place)


def delete_rule(world: World, book: int, sheet: str, rule: dict[str, Any]) -> None:
    """Raises as `set_rule` does."""
    formats = world.open_sheet(book, sheet).ConditionalFormats
    _remove(world.books[book], formats, *_find(formats, rule))


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
            continue
        styles = {entry.StyleName for entry in _entries(each) if _is_plain(entry)}
        formats.removeByID(each.ID)
        for style in styles:
            _drop_style(opened, style)


def restyle(world: World, source: Any, original: Any, book: Any, copied: Any) -> None:
    """Give the rules of a sheet that was copied into another book the looks that they had: LibreOffice takes over the
    names of their styles, and there may be others of these names. It also makes one of conditional formats that agree.
    """
    for has in copied.ConditionalFormats.getConditionalFormats():
        first = has.Range.RangeAddresses[0]
        alike = [
            had
            for had in _meeting(original, [first.StartRow + 1, first.StartColumn + 1, 1, 1])
            if _conditions(had) == _conditions(has)
        ]
        for before, entry in zip(_entries(alike[0]), _entries(has)) if alike else ():  # noqa: B905 - since 3.10
            if _is_plain(before):
                looks = _looks_of(source, before.StyleName)
                entry.StyleName = _style(world, book, {key: value for key, value in looks.items() if value is not None})


def _conditions(found: Any) -> list[Any]:
    return [(entry.Operator, entry.Formula1, entry.Formula2) if _is_plain(entry) else None for entry in _entries(found)]


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


def _find(formats: Any, rule: dict[str, Any]) -> tuple[Any, int]:
    """The conditional format of a rule, and the rule's place in it. One that was rebuilt has another number by now."""
    everyone = formats.getConditionalFormats()
    for each in reversed(everyone):
        if rule["id"] == each.ID:
            return each, rule["entry"]
    for each in reversed(everyone):
        if each.Range.RangeAddressesAsString == rule["where"]:
            for place, entry in enumerate(_entries(each)):
                if _is_plain(entry) and [entry.Formula1, entry.StyleName] == [rule.get("formula1"), rule.get("style")]:
                    return each, place
    raise LookupError("the rule is gone")


def _put_behind(formats: Any, older: Any) -> None:
    """Have a conditional format judged after all others. One of colour scales and the like is not ours to rebuild."""
    if all(map(_is_plain, _entries(older))):
        _rebuild(formats, older, _entries(older))


def _rebuild(formats: Any, older: Any, entries: list[Any]) -> None:
    """Put a conditional format of these plain rules in the place of an older one."""
    again = _numbered(formats, formats.createByRange(older.Range))
    for place, entry in enumerate(entries):
        again.createEntry(_PLAIN, place)
        for name in ("Operator", "Formula1", "Formula2", "StyleName"):
            setattr(again.getByIndex(place), name, getattr(entry, name))
    formats.removeByID(older.ID)


def _entries(found: Any) -> list[Any]:
    return [found.getByIndex(entry) for entry in range(found.Count)]


def _is_plain(entry: Any) -> bool:
    return entry.getType() == _PLAIN and entry.Operator in _OPERATOR_NAMES


def _set(entry: Any, rule: dict[str, Any]) -> None:
    if "operator" in rule:
        entry.Operator = constant(f"sheet.ConditionFormatOperator.{_OPERATORS[rule['operator']]}")
    for key, name in (("formula1", "Formula1"), ("formula2", "Formula2")):
        if rule.get(key) is not None:
            setattr(entry, name, rule[key])


def _remove(book: Any, formats: Any, found: Any, place: int) -> None:
    """Remove a rule, its conditional format with the last one, and its style where that was made for it."""
    entries = _entries(found)
    entry = entries.pop(place)
    style = entry.StyleName if _is_plain(entry) else ""
    if not entries:
        formats.removeByID(found.ID)
    elif all(map(_is_plain, entries)):
        _rebuild(formats, found, entries)  # removeByIndex refuses every index, in LibreOffice 7.4
    else:
        raise NotImplementedError("a rule that shares its cells with a colour scale or the like")
    _drop_style(book, style)


def _drop_style(book: Any, style: str) -> None:
    """Remove a style that was made for rules, with the last of them."""
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
    rule = {"id": found.ID, "entry": place, "where": found.Range.RangeAddressesAsString}
    if not _is_plain(entry):
        return {**rule, "type": _KINDS.get(entry.getType(), "unknown")}
    operator, style = _OPERATOR_NAMES[entry.Operator], entry.StyleName
    return {
        **rule,
        "type": "custom" if operator == "expression" else "cell_value",
        "operator": operator,
        "formula1": entry.Formula1,
        "formula2": entry.Formula2,
        "style": style,
        "looks": _looks_of(book, style),
    }


OPERATIONS = (rules, add_rule, set_rule, delete_rule, clear_rules)
