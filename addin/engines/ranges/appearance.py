"""How the cells of ranges look."""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType

from addin.engines.ranges.conditional import ConditionalFormats
from addin.engines.ranges.looks import Borders, Color, Font, to_color, to_number
from addin.engines.ranges.places import Placed

_HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "fill": "REPEAT",
    "justify": "BLOCK",
}
_HORIZONTAL_NAMES = {office: excel for excel, office in _HORIZONTAL.items()}
_VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}
_VERTICAL_NAMES = {0: "bottom", **{office: excel for excel, office in _VERTICAL.items()}}


class Appearance(Placed):
    """Number format, colours, font, borders, alignment, sizes; what differs within a range reads None."""

    @property
    def number_format(self) -> str | None:
        """Excel's code, in English; None where cells differ."""
        return self.call("number_format")  # type: ignore[no-any-return]

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.call("set_number_format", value)

    @property
    def color(self) -> Color | None:
        """The fill; None: none, or not the same everywhere."""
        return to_color(self.call("looks", "CellBackColor"))

    @color.setter
    def color(self, value: Color | int | str | None) -> None:
        self.call("set_looks", {"CellBackColor": to_number(value)})

    def set_colors(self, colors: Sequence[Sequence[Color | EllipsisType | None]]) -> None:
        """Fill cell by cell; None takes the fill away, `...` leaves it."""
        self.call("set_fills", [[None if each is ... else to_number(each) for each in row] for row in colors])

    @property
    def font(self) -> Font:
        """The font."""
        return Font(self)

    @property
    def borders(self) -> Borders:
        """The borders."""
        return Borders(self)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """The rules that apply to it."""
        return ConditionalFormats(self)

    @property
    def wrap_text(self) -> bool | None:
        """Whether texts are broken into lines; None where cells differ."""
        return self.call("looks", "IsTextWrapped")  # type: ignore[no-any-return]

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.call("set_looks", {"IsTextWrapped": value})

    @property
    def horizontal_alignment(self) -> str | None:
        """As Excel calls it; None where cells differ."""
        return _HORIZONTAL_NAMES.get(self.call("looks", "HoriJustify"))

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in _HORIZONTAL:
            raise NotImplementedError(f"horizontal_alignment={value!r}")
        self.call("set_looks", {"HoriJustify": _HORIZONTAL[value]})

    @property
    def vertical_alignment(self) -> str | None:
        """As Excel calls it; None where cells differ."""
        return _VERTICAL_NAMES.get(self.call("looks", "VertJustify"))

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        if value not in _VERTICAL:
            raise NotImplementedError(f"vertical_alignment={value!r}")
        self.call("set_looks", {"VertJustify": _VERTICAL[value]})

    @property
    def column_width(self) -> float | None:
        """In digits of the book's default font, as Excel counts; None where columns differ."""
        return self.call("sizes", "columns")  # type: ignore[no-any-return]

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.call("set_sizes", "columns", value)

    @property
    def row_height(self) -> float | None:
        """In points; None where rows differ."""
        return self.call("sizes", "rows")  # type: ignore[no-any-return]

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.call("set_sizes", "rows", value)

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden; None: some of them."""
        return self.call("hidden", "rows")  # type: ignore[no-any-return]

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.call("hide", "rows", value)

    @property
    def column_hidden(self) -> bool | None:
        """Whether the columns are hidden; None: some of them."""
        return self.call("hidden", "columns")  # type: ignore[no-any-return]

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.call("hide", "columns", value)

    def autofit(self, axis: str | None = None) -> None:
        """Fit `rows`, `columns` or both to what they hold."""
        for kind in ("columns", "rows"):
            if axis in (None, kind, kind[0]):
                self.call("autofit", kind)

    @property
    def left(self) -> float:
        """Points from the left edge of the sheet."""
        return float(self.call("place")[0])

    @property
    def top(self) -> float:
        """Points from the top of the sheet."""
        return float(self.call("place")[1])

    @property
    def width(self) -> float:
        """In points."""
        return float(self.call("place")[2])

    @property
    def height(self) -> float:
        """In points."""
        return float(self.call("place")[3])
