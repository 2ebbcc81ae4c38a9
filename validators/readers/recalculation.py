"""Formulas without a stored value are calculated, and stored values held against calculated ones.

The calculator (formualizer) gets a small workbook written anew from what was read, never the user's file: so every
kind of file is calculated in one way, and nothing reaches it that our own readers have not understood. A formula that
`judging` does not admit stands in it as its stored value.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from html import escape
from types import MappingProxyType
from zipfile import ZIP_STORED, ZipFile

from faults import Text
from validators.grid import MISSING, Book, Grid, GridCell, Missing, Place, StaleCell, Value
from validators.readers.judging import Judge, builds_text
from validators.readers.limits import MAX_CALCULATED_TEXT, MAX_FORMULAS, MAX_JUDGED_TEXT, MAX_TEXT_WORK, MAX_WORK
from validators.readers.values import dated, exact, fifteen_digits
from workbook.addresses import column_letters
from workbook.package import CellError
from workbook.rounding import as_shown, shown_decimals

_ERRORS = {"Div": "#DIV/0!", "Na": "#N/A", "Value": "#VALUE!", "Ref": "#REF!", "Num": "#NUM!"}
_UNJUDGED = "#NULL!"  # marks what we do not know; formulas that give it are not judged
_TOO_HARD = Text(
    "sổ có quá nhiều công thức hoặc công thức quá nặng: không tính lại, dùng giá trị lưu trong tệp",
    "the formulas are too many or too heavy to be calculated again: the stored values are used",
)


class _Circular:
    """What the calculator says of a cell that depends on itself."""


_Result = Decimal | str | bool | CellError | _Circular | None


def recalculated(book: Book) -> Book:
    """The book with calculated values where none were stored, and what was found on the way."""
    formulas = {
        Place(grid.name, row, column): cell
        for grid in book.sheets
        for (row, column), cell in grid.cells.items()
        if cell.formula is not None
    }
    if not formulas:
        return book
    text = sum(len(cell.formula or "") for cell in formulas.values())
    if len(formulas) > MAX_FORMULAS or text > MAX_JUDGED_TEXT:
        return replace(book, remarks=(*book.remarks, _TOO_HARD))
    judge = Judge(book)
    admitted = {place for place, cell in formulas.items() if judge.admits(cell, place.sheet)}
    if judge.work > MAX_WORK or _text_work(book, formulas) > MAX_TEXT_WORK:
        return replace(book, remarks=(*book.remarks, _TOO_HARD))
    results = _calculate(book, admitted)
    return _with_results(book, formulas, results)


def _text_work(book: Book, formulas: Mapping[Place, GridCell]) -> int:
    """The characters of all results, were each as long as the longest text can be."""
    texts = (cell.value for grid in book.sheets for cell in grid.cells.values() if isinstance(cell.value, str))
    longest = max(map(len, texts), default=0)
    if any(builds_text(cell.formula or "") for cell in formulas.values()):
        longest = max(longest, MAX_CALCULATED_TEXT)
    return longest * len(formulas)


def _with_results(book: Book, formulas: Mapping[Place, GridCell], results: Mapping[Place, _Result]) -> Book:
    calculated: dict[Place, Value] = {}
    stale, circular, unjudged = [], [], 0
    for place, cell in formulas.items():
        result = results.get(place)
        if isinstance(result, _Circular):
            circular.append(place)
        elif result is None:
            unjudged += 1
        elif cell.cached is MISSING:
            calculated[place] = _in_its_format(result, cell)
        elif not _agrees(cell.cached, result, cell.number_format):
            stale.append(StaleCell(place, cell.value, _in_its_format(result, cell)))
    grids = tuple(_filled(grid, calculated) for grid in book.sheets) if calculated else book.sheets
    remarks = (*book.remarks, _not_judged(unjudged, len(formulas))) if unjudged else book.remarks
    return replace(
        book,
        sheets=grids,
        calculated=frozenset(calculated),
        stale=tuple(stale),
        circular=frozenset(circular),
        remarks=remarks,
    )


def _not_judged(count: int, formulas: int) -> Text:
    return Text(
        f"{count} trong {formulas} công thức không tính lại được, dùng giá trị lưu trong tệp",
        f"{count} of {formulas} formulas could not be calculated again: their stored values are used",
    )


def _filled(grid: Grid, values: Mapping[Place, Value]) -> Grid:
    cells = {
        (row, column): cell._replace(value=values[place])
        if (place := Place(grid.name, row, column)) in values
        else cell
        for (row, column), cell in grid.cells.items()
    }
    return replace(grid, cells=MappingProxyType(cells))


def _in_its_format(result: _Result, cell: GridCell) -> Value:
    if isinstance(result, Decimal):
        return dated(fifteen_digits(result), cell.number_format, epoch_1904=False)
    return None if isinstance(result, _Circular) else result


def _agrees(stored: Value | Missing, result: _Result, number_format: str) -> bool:
    """Whether they look the same. An error on one side alone tells something only where it is a division by zero."""
    if isinstance(stored, CellError) or isinstance(result, CellError):
        return stored == result or _DIVISION not in {stored, result}
    if isinstance(stored, date):
        stored = _serial(stored)
    if isinstance(stored, Decimal) and isinstance(result, Decimal):
        if stored == result:
            return True
        decimals = shown_decimals(number_format)
        return as_shown(float(stored), decimals) == as_shown(float(result), decimals)
    if isinstance(stored, str) and isinstance(result, str):
        return stored == unicodedata.normalize("NFC", result)
    return type(stored) is type(result) and stored == result


_DIVISION = CellError("#DIV/0!")


def _calculate(book: Book, admitted: set[Place]) -> Mapping[Place, _Result]:
    """The results of the admitted formulas; a cell that the calculator does not judge is absent or None.

    It speaks of its own faults in exceptions of several kinds, and those of its Rust parts are no `Exception`.
    """
    import formualizer  # here: a book without formulas must not wait for it

    try:
        settings = formualizer.EvaluationConfig()
        settings.enable_parallel = False  # to start threads costs more than an appendix takes
        config = formualizer.WorkbookConfig(eval_config=settings)
        workbook = formualizer.Workbook.from_bytes(_package(book, admitted), config=config)
        workbook.set_temporal_egress("serial")
        workbook.evaluate_all()
        return {place: _result(workbook.get_value(*place)) for place in admitted}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - the stored values serve as well
        return {}


def _result(value: object) -> _Result:
    match value:
        case bool() | str():
            return value
        case None:
            return Decimal(0)  # a reference to an empty cell
        case int() | float():
            return exact(value)
        case {"kind": "Circ"}:
            return _Circular()
        case {"kind": str(kind)} if kind in _ERRORS:
            return CellError(_ERRORS[kind])
    return None


# The workbook that the calculator gets

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_PLAIN_RANGE = re.compile(r"(?:'[^']*'|\w+)!\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY_ZERO = datetime(1899, 12, 30)


def _package(book: Book, admitted: set[Place]) -> bytes:
    buffer = io.BytesIO()
    numbers = range(1, len(book.sheets) + 1)
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _related([("officeDocument", "xl/workbook.xml")]))
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _related([("worksheet", f"sheet{number}.xml") for number in numbers])
        )
        archive.writestr("xl/workbook.xml", _workbook(book))
        for number, grid in zip(numbers, book.sheets, strict=True):
            archive.writestr(f"xl/sheet{number}.xml", "".join(_sheet(grid, admitted)))
    return buffer.getvalue()


def _related(targets: list[tuple[str, str]]) -> str:
    relations = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(relations)}</Relationships>'


def _workbook(book: Book) -> str:
    sheets = (
        f'<sheet name="{escape(grid.name)}" sheetId="{number}" r:id="r{number}"/>'
        for number, grid in enumerate(book.sheets, 1)
    )
    names = (
        f'<definedName name="{escape(each.name)}">{escape(each.refers_to, quote=False)}</definedName>'
        for each in book.names
        if each.sheet is None and _PLAIN_RANGE.fullmatch(each.refers_to)
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{"".join(sheets)}</sheets>'
        f"<definedNames>{''.join(names)}</definedNames></workbook>"
    )


def _sheet(grid: Grid, admitted: set[Place]) -> Iterator[str]:
    formulas = {(row, column) for sheet, row, column in admitted if sheet == grid.name}
    yield f'<worksheet xmlns="{_MAIN}"><sheetData>'
    last = 0
    for (row, column), cell in grid.cells.items():
        if row != last:
            yield f'</row><row r="{row}">' if last else f'<row r="{row}">'
            last = row
        place = f"{column_letters(column)}{row}"
        if cell.formula is not None and (row, column) in formulas:
            yield f'<c r="{place}"><f>{_text(_bounded(cell.formula))}</f></c>'
        elif type(cell.cached) is Decimal:
            yield f'<c r="{place}"><v>{cell.cached}</v></c>'
        else:
            yield _constant(place, cell.cached)
    yield "</row></sheetData></worksheet>" if last else "</sheetData></worksheet>"


def _bounded(formula: str) -> str:
    """A formula that builds text gives an error where it builds too much: texts that double would fill the memory."""
    if not builds_text(formula):
        return formula
    return f"IF(LEN({formula})>{MAX_CALCULATED_TEXT},{_UNJUDGED},{formula})"


def _constant(place: str, value: Value | Missing) -> str:
    """A cell with a stored value. Where a formula has none, what depends on it must not be judged either."""
    match value:
        case Missing():
            kind, text = "e", _UNJUDGED
        case CellError():
            kind, text = "e", value
        case bool():
            kind, text = "b", f"{value:d}"
        case str():
            kind, text = "str", value
        case date():
            kind, text = "n", str(_serial(value))
        case _:
            kind, text = "n", str(value)
    return f'<c r="{place}" t="{kind}"><v>{_text(text)}</v></c>'


def _serial(day: date) -> Decimal:
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    return exact((moment - _DAY_ZERO).total_seconds() / 86_400)


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text), quote=False)
