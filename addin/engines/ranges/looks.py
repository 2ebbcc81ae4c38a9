"""Font and borders of ranges that are open in LibreOffice, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings.base_classes import _UNSET, BORDER_GRID_SIDES, BORDER_SIDES

if TYPE_CHECKING:
    from addin.engines.ranges.places import Placed

Color = tuple[int, int, int]
NO_COLOR = -1  # LibreOffice's: no fill, or the automatic colour of a font
BOLD, NORMAL = 150.0, 100.0
ITALIC, UPRIGHT = "ITALIC", "NONE"
_LINE_STYLES = {  # Excel's -> LibreOffice's
    "continuous": 0,
    "dot": 1,
    "dash": 2,
    "double": 3,
    "dash_dot": 16,
    "dash_dot_dot": 17,
    "slant_dash_dot": 16,
}
_LINE_STYLE_NAMES = {0: "continuous", 1: "dot", 2: "dash", 3: "double", 14: "dash", 16: "dash_dot", 17: "dash_dot_dot"}
_WIDTHS = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}  # hundredths of a millimetre
_BLACK = 0


def to_number(color: Color | Sequence[int] | int | str | None) -> int:
    """A colour of xlwings' (RGB, `#rrggbb`, or Excel's number, blue first) as LibreOffice counts them, red first."""
    if color is None:
        return NO_COLOR
    if isinstance(color, str):
        return int(color.removeprefix("#"), 16)
    red, green, blue = (color & 255, color >> 8 & 255, color >> 16 & 255) if isinstance(color, int) else color
    return red << 16 | green << 8 | blue


def to_color(number: int | None) -> Color | None:
    """A colour of LibreOffice's as RGB; None: none, or not the same everywhere."""
    if number is None or number == NO_COLOR:
        return None
    return number >> 16 & 255, number >> 8 & 255, number & 255


class Font(base_classes.Font):
    """The font of a range; what differs within it reads None."""

    def __init__(self, cells: Placed) -> None:
        self._range = cells

    @property
    def api(self) -> Font:
        """LibreOffice has no object model but this one."""
        return self

    @property
    def bold(self) -> bool | None:
        """Whether it is bold."""
        weight = self._range.call("looks", "CharWeight")
        return None if weight is None else weight > NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._range.call("set_looks", {"CharWeight": BOLD if value else NORMAL})

    @property
    def italic(self) -> bool | None:
        """Whether it is italic."""
        posture = self._range.call("looks", "CharPosture")
        return None if posture is None else posture != UPRIGHT

    @italic.setter
    def italic(self, value: bool) -> None:
        self._range.call("set_looks", {"CharPosture": ITALIC if value else UPRIGHT})

    @property
    def size(self) -> float | None:
        """Its size in points."""
        return self._range.call("looks", "CharHeight")  # type: ignore[no-any-return]

    @size.setter
    def size(self, value: float) -> None:
        self._range.call("set_looks", {"CharHeight": float(value)})

    @property
    def name(self) -> str | None:
        """Its family."""
        return self._range.call("looks", "CharFontName")  # type: ignore[no-any-return]

    @name.setter
    def name(self, value: str) -> None:
        self._range.call("set_looks", {"CharFontName": value})

    @property
    def color(self) -> Color | None:
        """Its colour; the automatic one is black."""
        number = self._range.call("looks", "CharColor")
        return to_color(_BLACK if number == NO_COLOR else number)

    @color.setter
    def color(self, value: Color | int | str | None) -> None:
        self._range.call("set_looks", {"CharColor": to_number(value)})


class Border(base_classes.Border):
    """One side of the cells of a range, or one of their diagonals."""

    def __init__(self, parent: Borders, side: str) -> None:
        self._borders, self._side = parent, side

    @property
    def api(self) -> Border:
        """LibreOffice has no object model but this one."""
        return self

    def _line(self) -> tuple[Color | None, str, str | None]:
        return self._borders.read()[self._side]

    @property
    def line_style(self) -> str:
        """As Excel calls it; `none` where there is no line."""
        return self._line()[1]

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self._borders.set([self._side], line_style=value)

    @property
    def weight(self) -> str | None:
        """As Excel calls it."""
        return self._line()[2]

    @weight.setter
    def weight(self, value: str) -> None:
        self._borders.set([self._side], weight=value)

    @property
    def color(self) -> Color | None:
        """Its colour; None where there is no line."""
        return self._line()[0]

    @color.setter
    def color(self, value: Color | int | str) -> None:
        self._borders.set([self._side], color=value)


class Borders(base_classes.Borders):
    """The borders of a range."""

    def __init__(self, cells: Placed) -> None:
        self.parent = cells

    @property
    def api(self) -> Borders:
        """LibreOffice has no object model but this one."""
        return self

    def __getitem__(self, side: str) -> Border:
        return Border(self, side)

    def read(self) -> dict[str, tuple[Color | None, str, str | None]]:
        """Side -> colour, line style, weight: one call."""
        return {side: _described(*line) for side, line in self.parent.call("borders").items()}

    def _common(self, part: int) -> Any:
        lines = self.read()
        rows, columns = self.parent.shape
        missing = {"inside_horizontal": rows == 1, "inside_vertical": columns == 1}
        found = {lines[side][part] for side in BORDER_GRID_SIDES if not missing.get(side)}
        return found.pop() if len(found) == 1 else None

    @property
    def line_style(self) -> str | None:
        """That of all sides; None where they differ."""
        return self._common(1)  # type: ignore[no-any-return]

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self.set(BORDER_GRID_SIDES, line_style=value)

    @property
    def weight(self) -> str | None:
        """That of all sides; None where they differ."""
        return self._common(2)  # type: ignore[no-any-return]

    @weight.setter
    def weight(self, value: str) -> None:
        self.set(BORDER_GRID_SIDES, weight=value)

    @property
    def color(self) -> Color | None:
        """That of all sides; None where they differ."""
        return self._common(0)  # type: ignore[no-any-return]

    @color.setter
    def color(self, value: Color | int | str) -> None:
        self.set(BORDER_GRID_SIDES, color=value)

    def set(
        self,
        which: Sequence[str] = BORDER_SIDES,
        *,
        line_style: Any = _UNSET,
        weight: Any = _UNSET,
        color: Any = _UNSET,
    ) -> None:
        """Draw lines: what is not given stays, or is thin, continuous and black where there was no line. A line style
        of None takes them away.
        """
        lines = {}
        before: Mapping[str, tuple[Color | None, str, str | None]] = {} if line_style is None else self.read()
        for side in which:
            if line_style is None:
                lines[side] = [_BLACK, 0, 0]
                continue
            old_color, old_style, old_weight = before[side]
            style = line_style if line_style is not _UNSET else "continuous" if old_style == "none" else old_style
            width = _WIDTHS[(old_weight or "thin") if weight is _UNSET else weight]
            lines[side] = [to_number((old_color or 0) if color is _UNSET else color), _LINE_STYLES[style], width]
        self.parent.call("set_borders", lines)

    def clear(self, which: Sequence[str] = BORDER_SIDES) -> None:
        """Take lines away."""
        self.set(which, line_style=None)


def _described(color: int, style: int, width: int) -> tuple[Color | None, str, str | None]:
    if not width:
        return None, "none", None
    weight = min(_WIDTHS, key=lambda name: abs(_WIDTHS[name] - width))
    return to_color(color), _LINE_STYLE_NAMES.get(style, "continuous"), weight
