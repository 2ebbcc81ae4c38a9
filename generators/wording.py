"""The text of a form's cells: tokens replaced by what the plan says, or by formulas where the text follows figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from budget.expression import Expression, Term
from budget.plan import Appendix, Decision, Plan, State
from budget.years import period
from faults import Lang, Text
from generators.tokens import Part, Token, parse
from workbook.text import literal

Live = Callable[[Token], str | None]  # a token's formula term, or None where it is no live token

LAST_ROMAN = 39
_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
_LONG_WORDS = "chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm nghìn đồng"
_LIKE = {"words": _LONG_WORDS, "Words": _LONG_WORDS, "dong": "999.999.999.999", "share": "100%"}
_literal = lru_cache(1024)(literal)  # the words between figures are few and come in every row
_BLANK_NUMBER, _BLANK_DAY = "……", "…"


class Piece(str):
    """A formula term within a composed text, told apart from plain text; `like` is about what it prints."""

    like: str

    def __new__(cls, term: str, like: str = "") -> Piece:
        """A term, and a text of about the length that it prints."""
        piece = super().__new__(cls, term)
        piece.like = like
        return piece


def compose(parts: tuple[Part, ...], texts: Mapping[str, str], live: Live) -> list[str]:
    """The pieces of a cell: plain `str`, and `Piece` where a formula term stands."""
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
        elif part.name in {"text", "head"}:
            named = texts.get(f"{part.name}:{part.argument}")
            pieces += [named] if named else compose(parse(part.default), texts, live)
        else:
            term = live(part)
            pieces.append(Piece(term, _LIKE.get(part.name, "")) if term is not None else texts.get(part.name, ""))
    return [piece for piece in pieces if piece]


def as_formula(pieces: list[str]) -> str | None:
    """The pieces as one formula, or None where none of them is live (the text is then `"".join(pieces)`)."""
    if not any(isinstance(piece, Piece) for piece in pieces):
        return None
    return "&".join(piece if isinstance(piece, Piece) else _literal(piece) for piece in pieces)


def printed(pieces: list[str]) -> str:
    """About what the pieces print, to measure the room they need."""
    return "".join(piece.like if isinstance(piece, Piece) else piece for piece in pieces)


def document_texts(plan: Plan, appendix: Appendix) -> dict[str, str]:
    """The texts that are the same all over an appendix."""
    years = plan.years
    texts = {
        "heading": appendix.heading,
        "title": appendix.title,
        "issued": issued(plan.decision),
        "unit": appendix.unit.label,
        "period": period(years, " - "),
        "first_year": str(years[0]),
        "last_year": str(years[-1]),
        "years_count": str(len(years)),
    }
    return texts | {f"text:{name}": text for name, text in appendix.texts.items()}


def issued(decision: Decision) -> str:
    """The document as the line under a title names it: "Quyết định số ... ngày ... tháng ... năm ... của ...".

    Days below 10 and months 1 and 2 bear a leading zero (Decree 30/2020/NĐ-CP, appendix I); a draft has blanks.
    """
    blank = decision.state is State.DRAFT
    number = _BLANK_NUMBER if blank or not decision.number else decision.number
    if blank or decision.date is None:
        day = f"ngày {_BLANK_DAY} tháng {_BLANK_DAY} năm {_BLANK_DAY}"
    else:
        month = f"{decision.date.month:02d}" if decision.date.month < 3 else str(decision.date.month)
        day = f"ngày {decision.date.day:02d} tháng {month} năm {decision.date.year}"
    return f"{decision.kind} số {number} {day} của {decision.issuer}"


def next_number(numbers: list[str], step: int) -> str:
    """The number that follows the last of `numbers` by `step`, in the kind of the first: I, A or 1; else nothing."""
    if not numbers:
        return ""
    first, last = numbers[0], numbers[-1]
    if last.isascii() and last.isdecimal():
        return str(int(last) + step)
    if first == "I":
        return roman(_from_roman(last) + step) if _from_roman(last) else ""
    if re.fullmatch(r"[A-Z]", last) and ord(last) + step <= ord("Z"):
        return chr(ord(last) + step)
    return ""


def roman(number: int) -> str:
    """1-39 in Roman digits; nothing above."""
    if number > LAST_ROMAN:
        return ""
    text = ""
    for sign, value in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text


def _from_roman(text: str) -> int:
    return next((n for n in range(1, LAST_ROMAN + 1) if roman(n) == text), 0)


def figure_text(cell: str, lang: Lang = "vi") -> str:
    """A formula term that prints a figure as a language groups it (1.234,5 or 1,234.5), whatever the PC's locale."""
    point, comma = Text('".",","', '",","."'), Text('",","."', '".",","')
    fraction = f'IF({cell}=TRUNC({cell}),"",MID(SUBSTITUTE(ROUND(ABS({cell}-TRUNC({cell})),6),{point[lang]}),2,9))'
    return f"SUBSTITUTE(FIXED(TRUNC({cell}),0),{comma[lang]})&{fraction}"


def term_text(term: Term, cell: str) -> str:
    """A formula term that prints one factor as the plan spells it: leading zeros, dots, a decimal comma."""
    plain = f'SUBSTITUTE({cell},".",",")'
    if term.width:
        return f'IF({cell}=TRUNC({cell}),TEXT({cell},"{"0" * term.width}"),{plain})'
    return figure_text(cell) if "." in term.printed else plain


def expression_pieces(expression: Expression, cells: list[str]) -> list[str]:
    """A cost expression as pieces, its factors taken from cells."""
    pieces: list[str] = []
    for place, (term, cell) in enumerate(zip(expression.terms, cells, strict=True)):
        if place:
            pieces.append(expression.joints[place - 1])
        pieces += [Piece(term_text(term, cell), term.printed), term.unit]
    return [piece for piece in pieces if piece]
