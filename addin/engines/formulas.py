"""Formulas in Excel's grammar, English names, and the same in the grammar of LibreOffice's API.

    ='Phụ lục'!C36+SUM(A1:A3,B1)    Excel
    =$'Phụ lục'.C36+SUM(A1:A3;B1)   LibreOffice

LibreOffice has a parser for both, which takes a millisecond a formula; blocks of 50 000 are written. So the text is
carried over token by token here, and the tests hold it to what LibreOffice's parser makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from urllib.parse import quote, unquote

# What LibreOffice's API calls otherwise (Excel -> LibreOffice); its CEILING, FLOOR, CONVERT and DURATION are others.
_ADDIN = "COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GET"
_FUNCTIONS: Mapping[str, str] = {
    "BINOM.DIST.RANGE": "B",
    "CEILING": "CEILING.XCL",
    "CONVERT": f"{_ADDIN}CONVERT",
    "DURATION": f"{_ADDIN}DURATION",
    "EFFECT": "EFFECTIVE",
    "FLOOR": "FLOOR.XCL",
    "FORECAST.ETS": "FORECAST.ETS.ADD",
    "FORECAST.ETS.CONFINT": "FORECAST.ETS.PI.ADD",
    "FORECAST.ETS.STAT": "FORECAST.ETS.STAT.ADD",
    "FORMULATEXT": "FORMULA",
    "PDURATION": "DURATION",
    "RRI": "ZGZ",
    "SKEW.P": "SKEWP",
}
_FUNCTIONS_BACK = {office: excel for excel, office in _FUNCTIONS.items()}
_FUTURE = re.compile(r"(?i)_xlfn\.(?:_xlws\.)?")  # what files write before the names of newer functions

_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]+"
_REFERENCE = rf"{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[0-9]+:\$?[0-9]+"
_NAME = r"[^\W\d][\w.]*"
_FUNCTION = rf"(?P<function>{_NAME}\s*\()"
_COMMON = rf"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<error>\#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A))
  | (?P<table>{_NAME}\[(?:[^\[\]]|\[[^\[\]]*\])*\])
  | (?P<number>[0-9]*\.?[0-9]+(?:[Ee][+-]?[0-9]+)?(?![\w.:$!]))
  | (?P<reference>(?:{_REFERENCE})(?![\w.]))
  | (?P<name>[\w\\?.$]+)
  | (?P<space>\s+)
  | (?P<other>.)
"""
_EXCEL = re.compile(
    rf"""
    {_FUNCTION}
  | (?P<sheet>'(?:[^']|'')+'!|(?:\[[^\]]+\])?[\w.]+(?::[\w.]+)?!)(?P<cells>{_REFERENCE}|\#REF!)?
  | {_COMMON}
    """,
    re.X,
)
_OFFICE_SHEET = r"\$?(?:'(?:[^']|'')+'|[^\W\d]\w*)\."
_LOST = r"(?:\$?\#REF!\$?[0-9]+|\$?[A-Za-z]{1,3}\$?\#REF!)"  # a cell whose row or column was deleted
_OFFICE = re.compile(
    rf"""
    (?P<truth>TRUE\(\)|FALSE\(\))
  | {_FUNCTION}
  | (?P<lost>
      (?:\$?\#REF!\.|{_OFFICE_SHEET})?(?:{_LOST}(?::(?:{_LOST}|{_CELL}))?|{_CELL}:{_LOST})
    | {_OFFICE_SHEET}\#REF!
    | \$?\#REF!\.(?:{_REFERENCE}))
  | (?P<file>'file:(?:[^']|'')+'\#)?
    (?P<sheet>{_OFFICE_SHEET})(?P<cells>{_CELL}(?::(?P<last>{_OFFICE_SHEET})?{_CELL})?|{_REFERENCE}|(?={_NAME}))
  | {_COMMON}
    """,
    re.X,
)
_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")
_LIKE_CELL = re.compile(r"(?i)[a-z]{1,3}[0-9]+|r[0-9]*c[0-9]*|[rc]")
_FUNCTION_LEVEL, _GROUP_LEVEL, _ARRAY_LEVEL = "(", "group", "{"


def to_office(formula: str) -> str:
    """A formula of Excel's, with its `=`, as LibreOffice's API takes it."""
    return "=" + "".join(_walk(_EXCEL, formula[1:], _office_token))


def to_excel(formula: str, sheets: Collection[str] = ()) -> str:
    """A formula of LibreOffice's API, with its `=`, as Excel has it. `sheets` are the names of the sheets there are."""
    return "=" + "".join(_walk(_OFFICE, formula[1:], lambda token, levels: _excel_token(token, levels, sheets)))


def sheet_prefix(name: str) -> str:
    """What stands before a reference to a sheet, `!` included; quoted where it has to be."""
    if _PLAIN_SHEET.fullmatch(name) and not _LIKE_CELL.fullmatch(name):
        return f"{name}!"
    return f"{_quoted(name)}!"


_Level = list[str]


def _walk(grammar: re.Pattern[str], formula: str, carry: Callable[[re.Match[str], _Level], str]) -> Iterator[str]:
    """Carry over token by token; `levels` are the brackets that are open."""
    levels: _Level = []
    for token in grammar.finditer(formula):
        if token["function"]:
            levels.append(_FUNCTION_LEVEL)
        elif token["other"] == "(":
            levels.append(_GROUP_LEVEL)
        elif token["other"] == "{":
            levels.append(_ARRAY_LEVEL)
        yield carry(token, levels)
        if token["other"] in (")", "}") and levels:
            levels.pop()


def _office_token(token: re.Match[str], levels: _Level) -> str:
    kind, text = token.lastgroup, token[0]
    if token["sheet"]:
        return _office_reference(token["sheet"][:-1], token["cells"] or "")
    if kind == "function":
        name = _FUTURE.sub("", text[:-1].rstrip())
        return f"{_FUNCTIONS.get(name.upper(), name)}("
    if kind == "table":
        return re.sub(r"(\]),", r"\1;", text)
    if kind == "name" and text.upper() in ("TRUE", "FALSE"):
        return f"{text}()"
    if kind == "space" and _is_intersection(token):
        return "!"
    level = levels[-1] if levels else _GROUP_LEVEL
    if text == ",":
        return "~" if level == _GROUP_LEVEL else ";"
    if text == ";" and level == _ARRAY_LEVEL:
        return "|"
    return text


def _excel_token(token: re.Match[str], levels: _Level, sheets: Collection[str]) -> str:
    kind, text = token.lastgroup, token[0]
    if token["truth"]:
        return text[:-2]
    if token["lost"]:
        return "#REF!"
    if token["sheet"]:
        return _excel_reference(token, sheets)
    if kind == "function":
        name = text[:-1].rstrip()
        return f"{_FUNCTIONS_BACK.get(name.upper()) or name.removeprefix(_ADDIN)}("
    if kind == "table":
        return text.replace("];", "],")
    level = levels[-1] if levels else _GROUP_LEVEL
    return {
        "~": ",",
        "!": " ",
        ";": ",",
        "|": ";" if level == _ARRAY_LEVEL else "|",
    }.get(text, text)


def _is_intersection(space: re.Match[str]) -> bool:
    """Whether a space stands between two references, which makes it an operator of Excel's."""
    before, after = space.string[: space.start()], space.string[space.end() :]
    return bool(
        re.search(rf"(?:^|[^\w.$])(?:{_REFERENCE})$|[\w.]+\)$", before)
        and re.match(rf"(?:'(?:[^']|'')+'!|[\w.]+!)?(?:{_REFERENCE})(?![\w.(])", after)
    )


def _office_reference(prefix: str, cells: str) -> str:
    """A reference to another sheet, to several sheets or to another book."""
    name = prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix
    place, bracket, rest = name.rpartition("]")
    folder, _, file = place.rpartition("[")
    book = f"'{_file_url(folder, file)}'#" if bracket else ""
    first, colon, last = (rest if bracket else name).partition(":")
    if not colon:
        return f"{book}${_quoted(first)}.{cells}"
    start, _, end = cells.partition(":")
    return f"{book}${_quoted(first)}.{start}:${_quoted(last)}.{end or start}"


def _excel_reference(token: re.Match[str], sheets: Collection[str]) -> str:
    name = _sheet_name(token["sheet"])
    if not (token["file"] or token["sheet"].startswith(("$", "'")) or name in sheets):
        return token[0]  # a name with a point in it
    cells = token["cells"]
    if token["last"]:
        start, _, end = cells.partition(":")
        end = end[len(token["last"]) :]
        name = f"{name}:{_sheet_name(token['last'])}"
        cells = start if start == end else f"{start}:{end}"
    if token["file"]:
        return f"{_external(token['file'][1:-2].replace(chr(39) * 2, chr(39)), name)}!{cells}"
    if ":" in name:
        return f"{_quoted(name)}!{cells}"
    return sheet_prefix(name) + cells


def _sheet_name(prefix: str) -> str:
    """`$'It''s'.` -> `It's`."""
    name = prefix.removeprefix("$")[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _file_url(folder: str, file: str) -> str:
    path = f"{folder}{file}".replace("\\", "/")
    return "file://" + ("" if path.startswith("/") else "/") + quote(path, safe="/:!$&()*+,;=@~-._")


def _external(url: str, sheet: str) -> str:
    folder, _, file = unquote(url.removeprefix("file://")).rpartition("/")
    if re.match(r"/[A-Za-z]:", folder):  # a drive of Windows
        folder = folder[1:]
    return _quoted(f"{folder}/[{file}]{sheet}")
