"""Lines that state an amount in words: what stands before and after the words, and how they are worded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from budget.words import MalformedWords, WordStyle, from_words

_LONGEST = 1_000  # characters that are read
_LEAD = re.compile(
    r"\s*[(\[]?\s*(?:[-+*•]\s*)?(?:(?:tổng\s+cộng|(?:tổng\s+)?số\s+tiền|tổng\s+tiền|thành\s+tiền)\s+)?[(\[]?\s*"
    r"(?:(?:viết|ghi|đọc)\s+)?bằng\s+chữ(?:\s*[)\]])?(?:\s+là\b)?(?:\s*\([^()]{0,20}\)\s*:)?\s*:?\s*[(\[“\"]?\s*",
    re.IGNORECASE,
)
_AFTER_WORDS = ' \t\n\u00a0.,;:/…)]”"'
_END = re.compile(r"\bđồng(?:\s+việt\s+nam)?(?:\s+chẵn)?(?!\w)", re.IGNORECASE)
_CLAUSE = re.compile(r"[(;]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Wording:
    """How words are set: between which texts, in which style, with a capital first letter or a small one."""

    lead: str = ""
    tail: str = ""
    style: WordStyle = WordStyle()
    capital: bool = True

    def around(self, words: str) -> str:
        """The whole line; `words` begin with a capital."""
        return f"{self.lead}{words if self.capital else words[:1].lower() + words[1:]}{self.tail}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that announces words. `amount`: what they state, in đồng; None where they are missing or unreadable."""

    wording: Wording
    words: str
    amount: int | None


def read_line(text: str, style: WordStyle) -> Line | None:
    """The line that announces an amount in words; None for any other text. `style` is for one that has none yet.

    Dots on which words are to be written are no words: "Bằng chữ: ........ đồng".
    """
    text = unicodedata.normalize("NFC", text)
    text, beyond = text[:_LONGEST], text[_LONGEST:]
    found = _LEAD.match(text)
    if found is None:
        return None
    lead, rest = found[0], text[found.end() :]
    words, amount = _amount(rest)
    tail = rest[len(words) :] + beyond
    if not _LETTER.search(words.lower().removesuffix("đồng")):
        lead = f"{lead.rstrip()}: " if lead.rstrip()[-1].isalpha() else lead
        lead = f"{lead} " if lead[-1] in ":)" else lead
        return Line(Wording(lead, tail.lstrip(" .…"), style), "", None)
    if amount is None and lead.rstrip()[-1].isalpha():
        return None  # "bằng chữ số" announces nothing
    return Line(Wording(lead, tail, style_of(words), capital=words[:1].isupper()), words, amount)


def _amount(text: str) -> tuple[str, int | None]:
    """The words that `text` begins with, and the amount that they state; what follows them is not theirs."""
    whole = text.rstrip(_AFTER_WORDS)
    ends = [found.end() for found in _END.finditer(text)]
    clause = _CLAUSE.search(whole)
    for end in (len(whole), *reversed(ends)):
        try:
            return text[:end], from_words(text[:end])
        except MalformedWords:
            continue
    first = min([*ends, clause.start() if clause else len(whole)], default=len(whole))
    return text[:first].rstrip(_AFTER_WORDS), None


def style_of(words: str) -> WordStyle:
    """The style that words are written in."""
    said = re.findall(r"\w+|,", unicodedata.normalize("NFC", words).lower())
    return WordStyle(
        ty="tỉ" if "tỉ" in said else "tỷ",
        nghin="ngàn" if "ngàn" in said else "nghìn",
        comma="," in said,
        even="chẵn" in said,
    )


def habit(texts: Iterable[str]) -> WordStyle:
    """The style of the first line among `texts` that states an amount; the usual one where there is none."""
    for text in texts:
        if "chữ" in text and (line := read_line(text, WordStyle())) is not None and line.amount is not None:
            return line.wording.style
    return WordStyle()
