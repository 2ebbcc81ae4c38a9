"""The unit that a table states, misspelt ones included."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from budget.money import Unit, parse_unit
from validators.tables.wording import bare, folded

_STATED = re.compile(
    r"(?:đơn vị(?: tính)?|đvt|đv tính|đơn vị tiền|dvt|don vi tinh)\s*[:.]?\s*(?P<unit>[^;()]*)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(
    r"[(\[]\s*(?:(?:đơn vị tính|đơn vị|đvt|tính bằng)\s*:?\s*)?([^()\[\]]{1,24}?)\s*[)\]]", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:^|[\s,])((?:triệu|nghìn|ngàn|tỷ|tỉ|1000|1\.000)\s*(?:đồng|đ|vnđ|vnd))\s*$", re.IGNORECASE)
_SPELLINGS = {
    "dong": Unit.DONG,
    "vnd": Unit.DONG,
    "dong viet nam": Unit.DONG,
    "nghin dong": Unit.THOUSAND,
    "ngan dong": Unit.THOUSAND,
    "1000 dong": Unit.THOUSAND,
    "1 000 dong": Unit.THOUSAND,
    "1000d": Unit.THOUSAND,
    "1 000d": Unit.THOUSAND,
    "nghin d": Unit.THOUSAND,
    "trieu dong": Unit.MILLION,
    "tr dong": Unit.MILLION,
    "tr d": Unit.MILLION,
    "trd": Unit.MILLION,
    "trieu": Unit.MILLION,
    "trieu vnd": Unit.MILLION,
    "trieu d": Unit.MILLION,
    "ty dong": Unit.BILLION,
    "ti dong": Unit.BILLION,
    "ty d": Unit.BILLION,
    "ty vnd": Unit.BILLION,
}
_FOREIGN = re.compile(r"\b(?:usd|us|eur|euro|jpy|yen|cny|krw|won|gbp)\b")
_FOREIGN_HEADING = re.compile(r"\b(?:usd|eur|euro|jpy|cny|krw|gbp|nguyên tệ|ngoại tệ)\b")  # "Hưng Yên" is no yen
_UNIT_LINE = re.compile(r"(?:don vi|dvt|dv tinh|dv)\b")
_LONGEST = 500  # characters of a text that may state a unit
_SHORT = 20  # characters: no more than a unit
_FUZZY = [spelling for spelling in _SPELLINGS if len(spelling) >= 7]


@lru_cache(maxsize=4_096)
def read_unit(text: str) -> Unit | None:
    """The unit of money that `text` names, in a customary spelling or one close to it; None for anything else."""
    text = text.strip(" .,;:")
    try:
        return parse_unit(text)
    except ValueError:
        pass
    words = bare(text)
    if _FOREIGN.search(words):
        return None
    if words in _SPELLINGS:
        return _SPELLINGS[words]
    close = get_close_matches(words, _FUZZY, n=1, cutoff=0.85) if 7 <= len(words) <= 14 else []
    return _SPELLINGS[close[0]] if close else None


@lru_cache(maxsize=4_096)
def is_foreign(text: str) -> bool:
    """Whether a heading is that of another currency: "Nguyên tệ (nghìn USD)"."""
    return bool(_FOREIGN_HEADING.search(folded(text)))


def is_misspelt(text: str) -> bool:
    """Whether a text that `read_unit` understands is spelt as nobody should."""
    accepted = {"tr đồng", "triệu", "tr. đồng", "tr đ", "triệu đ", "ngàn đ", "nghìn đ", "tỷ đ", "1000 đ", "1.000 đ"}
    try:
        parse_unit(text.strip(" .,;:"))
    except ValueError:
        return folded(text).replace(".", "") not in {each.replace(".", "") for each in accepted}
    return False


@lru_cache(maxsize=4_096)
def stated_unit(text: str) -> tuple[Unit, str] | None:
    """The unit that a line above a table or a heading states, with its words; None where it states none.

    "Đơn vị: Sở Công Thương" states an organisation.
    """
    if len(text) > _LONGEST:
        return None
    text = " ".join(text.split())
    if len(text) <= _SHORT and (unit := read_unit(text.strip())):
        return unit, text.strip()
    for found in _IN_BRACKETS.finditer(text):
        if unit := read_unit(found[1]):
            return unit, found[1].strip()
    if stated := _STATED.search(text):
        for words in (stated["unit"].strip(" .,"), stated["unit"].split(",")[0].strip()):  # "triệu đồng, USD"
            if unit := read_unit(words):
                return unit, words
    if trailing := _TRAILING.search(text):
        unit = read_unit(trailing[1])
        return (unit, trailing[1]) if unit else None
    return None


@lru_cache(maxsize=4_096)
def is_unit_line(text: str) -> bool:
    """Whether a text says in which unit money is, and nothing else: "Đơn vị tính: triệu đồng", "(đồng)"."""
    return bool(stated_unit(text)) and bool(_UNIT_LINE.match(bare(text)) or read_unit(text))
