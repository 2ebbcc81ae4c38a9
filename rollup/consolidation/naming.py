"""What a name is taken for: spellings that differ in form alone, and the table of synonyms that comes with the program.

`synonyms.csv` has a line for each wording and the basis of each: one of the five decisions, or the State Budget Law. A
`word` is an abbreviation that is read in full wherever it stands; a `source` is a whole wording, or with `*` at its end
the beginning of one. It is cautious: central and local budget are two, the budgets of a province, a district and a
commune are one level of the local budget each and so neither each other nor all of it, and what is not listed stays
itself.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("synonyms.csv")
_NO_WORD = re.compile(r"[^\w%]+")
_LEADING = re.compile(r"^(?:(?:từ|các|nguồn|vốn|kinh phí) )+(?=\S)")  # of a source: “Nguồn vốn A” is A
# Where the mark of a tone stands is a matter of taste: hoá and hóa, thuỷ and thủy
_TONE = re.compile("(?P<glide>[ou])(?P<vowel>[aey])(?P<tone>[\u0300\u0301\u0303\u0309\u0323])(?!\\w)")


class Kind(StrEnum):
    """What names are matched."""

    SOURCE = "source"
    AGENCY = "agency"
    ITEM = "item"


@dataclass(frozen=True)
class Builtin:
    """The table. `words`: the abbreviations by their folded form; `whole` and `beginnings`: sources by their key."""

    words: Mapping[str, str]
    whole: Mapping[str, str]
    beginnings: Sequence[tuple[str, str]]

    def source(self, key: str) -> str | None:
        """The name of a source by its key; None: it is not listed."""
        if key in self.whole:
            return self.whole[key]
        return next((name for beginning, name in self.beginnings if key.startswith(f"{beginning} ")), None)


@lru_cache(maxsize=16_384)
def key(kind: Kind, text: str) -> str:
    """A name as it is compared.

    Capitals, the Unicode form, spaces, punctuation, where a tone is marked, `&` for “và” and customary abbreviations do
    not matter; neither does “nguồn”, “vốn” or “kinh phí” before a source.
    """
    words = " ".join(_words().get(word, word) for word in folded(text).split())
    return (_LEADING.sub("", words, count=1) if kind is Kind.SOURCE else words) or text


def taken_for(kind: Kind, written: str) -> str:
    """What a wording is taken for where nobody says otherwise: a source of the table, or else itself."""
    listed = builtin().source(key(kind, written)) if kind is Kind.SOURCE else None
    return listed or written


@cache
def builtin() -> Builtin:
    """The table of synonyms that comes with the program."""
    sources = [line for line in _lines() if line["kind"] == Kind.SOURCE]
    whole, beginnings = {}, []
    for line in sources:
        written, name = line["written"], line["taken_for"]
        if written.endswith("*"):
            beginnings.append((key(Kind.SOURCE, written.removesuffix("*")), name))
        else:
            whole[key(Kind.SOURCE, written)] = name
    return Builtin(_words(), whole, beginnings)


@cache
def _lines() -> Sequence[Mapping[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _words() -> Mapping[str, str]:
    return {folded(line["written"]): folded(line["taken_for"]) for line in _lines() if line["kind"] == "word"}


def folded(text: str) -> str:
    """A text without what is form alone: capitals, the Unicode form, spaces, punctuation, the place of a tone."""
    apart = _TONE.sub(r"\g<glide>\g<tone>\g<vowel>", unicodedata.normalize("NFD", text.casefold()))
    return _NO_WORD.sub(" ", unicodedata.normalize("NFC", apart).replace("&", " và ")).strip()
