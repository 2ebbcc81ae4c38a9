"""How the cells of an .xlsx look, by the index that each cell gives."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from xml.etree.ElementTree import Element, fromstring

from validators.grid import CellStyle
from validators.readers.xlsx_rows import is_on
from workbook.number_formats import BUILTIN_FORMATS, shows_date
from workbook.package import local_name


class Styles:
    """The cell styles of a workbook (ECMA-376 part 1, 18.8.10)."""

    def __init__(self, xml: bytes | None) -> None:
        root = Element("styleSheet") if xml is None else fromstring(xml)
        tables = {local_name(table.tag): table for table in root}
        formats = dict(BUILTIN_FORMATS)
        for each in tables.get("numFmts", ()):
            formats[int(each.attrib["numFmtId"])] = each.attrib["formatCode"]
        fonts = [(is_on(font, "b"), is_on(font, "i")) for font in tables.get("fonts", ())]
        styles = [_style(each, formats, fonts) for each in tables.get("cellXfs", ())]
        self._looks = {str(number): (style, shows_date(style.number_format)) for number, style in enumerate(styles)}
        self._default = self._looks.get("0", (CellStyle(), False))

    def look(self, index: str) -> tuple[CellStyle, bool]:
        """The style of that index, and whether it shows dates; one that is not there is as the first."""
        return self._looks.get(index, self._default)


@lru_cache(maxsize=32)
def styles_of(xml: bytes | None) -> Styles:
    """The styles that a part tells, None: none. The files of a folder often have the same."""
    return Styles(xml)


@cache
def emboldened(style: CellStyle) -> CellStyle:
    """The style where the letters of the text are bold one by one."""
    return replace(style, bold=True)


def _style(xf: Element, formats: dict[int, str], fonts: list[tuple[bool, bool]]) -> CellStyle:
    font = int(xf.get("fontId", "0"))
    bold, italic = fonts[font] if 0 <= font < len(fonts) else (False, False)
    alignment = next((child for child in xf if local_name(child.tag) == "alignment"), Element("alignment"))
    return CellStyle(
        number_format=formats.get(int(xf.get("numFmtId", "0")), "General"),
        bold=bold,
        italic=italic,
        indent=int(alignment.get("indent", "0")),
        horizontal=alignment.get("horizontal", "general"),
    )
