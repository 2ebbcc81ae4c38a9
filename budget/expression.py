"""Cost expressions as costings print them: "02 người x 2 ngày/đêm", "1.000.000đ/ buổi", "6 lớp x 60tr/lớp".

The print is kept to the letter, and the value is exact. A number that stands in the text after a factor ("/10 người",
"3m") is refused: nobody can tell whether it multiplies.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from budget.numbers import EXACT, MalformedNumber, parse_number, plain
from faults import Text

_SCALES = {
    "k": Decimal(1_000),
    "nghìn": Decimal(1_000),
    "ngàn": Decimal(1_000),
    "tr": Decimal(1_000_000),
    "triệu": Decimal(1_000_000),
    "tỷ": Decimal(1_000_000_000),
    "tỉ": Decimal(1_000_000_000),
    "%": Decimal("0.01"),
}
_LETTER = r"[^\W\d_]"
_JOINT = re.compile(r"((?<!\s)\s*(?:[×*]|(?<=[\s\d])[xX](?=[\s\d]))\s*)(?=[0-9])")
_TERM = re.compile(r"([0-9](?:[0-9.,]*[0-9])?)(.*)", re.DOTALL)
_SCALE = re.compile(rf"\s*(k|nghìn|ngàn|triệu|tr|tỷ|tỉ|%)(?:(?!{_LETTER})|(?=đ(?!{_LETTER})))", re.IGNORECASE)
_LOOSE_SIGN = re.compile(rf"[×*]|[xX]\d|(?<!{_LETTER})[xX](?!{_LETTER})")
_LOOSE_NUMBER = re.compile(r"(?<!\w)\d")

_NO_NUMBER = Text("phải bắt đầu bằng một số", "it must begin with a number")
_SIGN = Text("dấu nhân phải đứng giữa hai thừa số", "a multiplication sign must stand between two factors")
_NUMBER_IN_UNIT = Text(
    "có số đứng trong phần chữ, không rõ có nhân hay không",
    "a number stands in the text, and it is not clear whether it multiplies",
)


@dataclass(frozen=True, slots=True)
class Term:
    """One factor: the number `value` printed as `printed`, then the text `unit` (leading space included).

    `scale` is what a word of magnitude at the head of `unit` multiplies by: 1000000 for "60tr/lớp", 1 without one.
    """

    value: Decimal
    printed: str
    scale: Decimal
    unit: str

    @property
    def width(self) -> int:
        """Digits printed where the number is padded with zeros ("02": 2), else 0."""
        padded = self.printed.isdigit() and len(self.printed) > 1 and self.printed[0] == "0"
        return len(self.printed) if padded else 0

    def __str__(self) -> str:
        return self.printed + self.unit


@dataclass(frozen=True, slots=True)
class Expression:
    """A product of factors; `joints` are the printed multiplication signs between them, spaces included."""

    terms: tuple[Term, ...]
    joints: tuple[str, ...]

    @property
    def value(self) -> Decimal:
        """The exact product: đồng, or a pure number."""
        product = Decimal(1)
        for term in self.terms:
            product = EXACT.multiply(product, EXACT.multiply(term.value, term.scale))
        return plain(product)

    @property
    def has_text(self) -> bool:
        """Whether any factor carries text after its number."""
        return any(term.unit for term in self.terms)

    def __str__(self) -> str:
        return "".join(f"{term}{joint}" for term, joint in zip(self.terms, (*self.joints, ""), strict=True))


def around(text: str, expression: str) -> tuple[str, str] | None:
    """What stands before and after a printed expression in a text; None where it does not stand there whole.

    "2 lớp" does not stand in "12 lớp" nor in "1.2 lớp".
    """
    found = re.search(rf"(?<![\d.,]){re.escape(expression)}", text)
    return (text[: found.start()], text[found.end() :]) if found else None


def parse_expression(text: str) -> Expression:
    """Reads a cost expression; `str` of the result is `text` again (NFC, stripped).

    x, X, × and * multiply; x and X only between spaces or digits. Raises MalformedNumber.
    """
    parts = _JOINT.split(unicodedata.normalize("NFC", text).strip())
    return Expression(tuple(_term(part, text) for part in parts[::2]), tuple(parts[1::2]))


def _term(part: str, text: str) -> Term:
    """The factor `part` of the expression `text`."""
    match = _TERM.fullmatch(part)
    if match is None:
        raise MalformedNumber(text, _NO_NUMBER)
    printed, unit = match.groups()
    scale, rest = Decimal(1), unit
    while word := _SCALE.match(rest):  # more than one: "2 nghìn tỷ"
        scale, rest = scale * _SCALES[word[1].lower()], rest[word.end() :]
    if _LOOSE_SIGN.search(rest):
        raise MalformedNumber(text, _SIGN)
    if _LOOSE_NUMBER.search(rest):
        raise MalformedNumber(text, _NUMBER_IN_UNIT)
    value = parse_number(printed).value
    assert value is not None  # it begins with a digit
    return Term(value, printed, scale, unit)
