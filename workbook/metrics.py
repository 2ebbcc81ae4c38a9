"""How much room a text takes in Times New Roman: Excel fits no merged cell, and a phone or a preview fits no row.

Letter widths in thousandths of the font size are those of Liberation Serif, which is metric-compatible with Times New
Roman; a Vietnamese letter is as wide as its base letter.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

_REGULAR = {
    180: "'", 200: "|", 250: " ,.", 278: "/:;\\ijlt", 333: "!()-I[]`fr", 389: "Js", 408: '"', 444: "?acez“”", 469: "^",
    480: "{}", 500: "#$*0123456789_bdghknopquvxyđ–", 529: "ơ", 541: "~", 542: "ư", 556: "FPS", 564: "+<=>×",
    611: "ELTZ", 667: "BCR", 722: "ADGHKNOQUVXYwĐƠ", 776: "Ư", 778: "&m", 833: "%", 889: "M", 921: "@", 944: "W",
    1000: "…",
}  # fmt: skip
_BOLD = {
    220: "|", 250: " ,.", 278: "'/\\il", 333: "!()-:;[]`fjt", 389: "Is", 394: "{}", 444: "cerz",
    500: "#$*0123456789?J_agovxy–“”", 520: "~", 554: "ơ", 555: '"', 556: "Sbdhknpquđ", 570: "+<=>×", 581: "^", 600: "ư",
    611: "FP", 667: "BELTZ", 722: "ACDNRUVXYwĐ", 778: "GHKOQƠ", 796: "Ư", 833: "&m", 930: "@", 944: "M", 1000: "%W…",
}  # fmt: skip
_WIDEST = 1000
_WIDTHS = {
    bold: {ch: w for w, chs in table.items() for ch in chs} for bold, table in ((False, _REGULAR), (True, _BOLD))
}

POINTS_PER_WIDTH_UNIT = 5.25  # a column width unit is 7 pixels of 0.75 points in Excel's default font
CELL_PADDING = 4.0  # points left and right of a cell's text
LEADING = 1.2  # line height over font size
ROW_PADDING = 4.0


@cache
def letter_width(letter: str, bold: bool) -> int:
    """A letter's width in thousandths of the font size."""
    widths = _WIDTHS[bold]
    if letter in widths:
        return widths[letter]
    bare = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    horned = unicodedata.normalize("NFC", bare + "\u031b") if "\u031b" in unicodedata.normalize("NFD", letter) else bare
    return widths.get(horned, _WIDEST)


@lru_cache(4096)
def _word_width(word: str, bold: bool) -> int:
    return sum(letter_width(letter, bold) for letter in word)


def text_width(text: str, size: float, *, bold: bool) -> float:
    """The width of a text on one line, in points."""
    return size / 1000 * sum(letter_width(letter, bold) for letter in text)


def wrapped_lines(text: str, room: float, size: float, *, bold: bool) -> int:
    """The number of lines that a text takes when it is wrapped at spaces within `room` points."""
    scale = size / 1000
    space = scale * letter_width(" ", bold)
    lines = 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in paragraph.split(" "):
            width = scale * _word_width(word, bold)
            if used and used + space + width > room:
                lines, used = lines + 1, width
            else:
                used += width + (space if used else 0.0)
            while used > room:  # a word longer than the line is broken
                lines, used = lines + 1, used - room
    return lines


def text_height(text: str, column_width: float, size: float, *, bold: bool) -> float:
    """The row height in points that a wrapped text needs in a column of `column_width` Excel units."""
    room = max(column_width * POINTS_PER_WIDTH_UNIT - CELL_PADDING, size)
    return wrapped_lines(text, room, size, bold=bold) * size * LEADING + ROW_PADDING
