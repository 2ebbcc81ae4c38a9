"""What stands around a table: the number of the appendix, its title, the document it belongs to, amounts in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from budget.numbers import Malformed
from budget.plan import Decision, State
from budget.words import from_words
from validators.tables.model import AppendixTable
from validators.tables.wording import years_in

_HEADING = re.compile(r"(?:phụ lục|biểu|phụ biểu|mẫu)(?:\s+(?:số\s*)?[\w./-]{1,8})?\s*:?", re.IGNORECASE)
_ENCLOSED = re.compile(r"(?:ban hành\s+)?kèm theo|ban hành theo", re.IGNORECASE)
_KINDS = "Quyết định|Kế hoạch|Nghị quyết|Tờ trình|Công văn|Thông báo|Báo cáo|Đề án|Chương trình|Dự án|Quy định"
_DOCUMENT = re.compile(
    rf"(?P<kind>{_KINDS})\s+số\s*:?\s*(?P<number>[^\s,;]+(?:\s*/[^\s,;]+)*)\s*,?"
    r"(?:\s*ngày\s*(?P<day>\d{1,2})?[\s.…]*(?:/|tháng)\s*(?P<month>\d{1,2})?[\s.…]*(?:/|năm)\s*(?P<year>\d{4})?)?"
    r"[\s.…]*(?:của\s+(?P<issuer>[^()]+))?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:giai đoạn|thời kỳ)?\s*((?:19|20)\d\d)\s*(?:-|–|đến(?: năm)?)\s*((?:19|20)\d\d)", re.IGNORECASE
)
_WORDS = re.compile(r"bằng chữ\s*:?\s*(?P<words>[^().]+(?:\([^()]*\))?)", re.IGNORECASE)
_SAID = re.compile(r"(?:\(|:\s)(?P<words>[^().:\d]+đồng(?: chẵn)?)", re.IGNORECASE)
_UNIT = re.compile(r"\(?\s*(?:đơn vị|đvt|đvtính)", re.IGNORECASE)
_AGAIN = re.compile(r"bằng chữ|trong đó\s*:?$|\(?đơn vị", re.IGNORECASE)  # what a generated workbook prints by itself
_NOTE = re.compile(r"\(?\s*\*?\s*ghi chú", re.IGNORECASE)
_LONG_TITLE = 12
_LETTERHEAD = re.compile(
    r"(?:ubnd|hđnd|ủy ban|uỷ ban|hội đồng|sở|bộ|ban|cục|chi cục|tổng cục|công an|trường|bệnh viện|trung tâm|phòng|"
    r"văn phòng|công ty|cộng hòa|cộng hoà|huyện|tỉnh|thành phố|thị xã|xã|phường|đơn vị|cơ quan)\b",
    re.IGNORECASE,
)
_OF_TABLE = re.compile(r"[*\-\s]*(?P<title>(?:bảng|biểu)\s.+?)\s*:?", re.IGNORECASE | re.DOTALL)


@dataclass
class Around:
    """The texts around a table. `said`: the amounts in words below it, in đồng, with them, `said_above` those of the
    sentences above it; `above`: the lines above it that are neither heading nor title; `others`: what has no place.
    """

    heading: str = ""
    title: str = ""
    note: str = ""
    decision: Decision | None = None
    years: tuple[int, ...] = ()
    said: list[tuple[Decimal, str]] = field(default_factory=list)
    said_above: list[tuple[Decimal, str]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def around(table: AppendixTable, others: Iterable[AppendixTable] = ()) -> Around:
    """What the texts above and below a table say; those above one of the `others` of its sheet are that one's."""
    found = Around()
    above = [text for _, text in sorted(table.above.items())]
    taken = {cell for other in others if other is not table and other.grid is table.grid for cell in other.above}
    below = [text for cell, text in sorted(table.below.items()) if cell not in taken]
    found.decision = decision_in(" ".join(above))
    left = [text for text in above if not _UNIT.match(text)]
    for text in left:
        if not found.heading and _HEADING.fullmatch(text.strip()):
            found.heading = text.strip().rstrip(":")
    left = [text for text in left if text.strip().rstrip(":") != found.heading and not _is_of_decision(text, found)]
    left = [text for text in left if not re.fullmatch(_KINDS, text.strip(), re.IGNORECASE)] or left
    title = _title(left)
    match = _OF_TABLE.fullmatch(title.strip())
    found.title = match["title"] if match else title.strip()
    found.years = period_in([found.title, *above])
    found.above = [text for text in left if text != title]
    found.said_above = [said for text in found.above if (said := words_in(text))]
    found.others = list(found.above)
    for text in below:
        if _NOTE.match(text) and not found.note:
            found.note = text.strip()
        elif said := words_in(text):
            found.said.append(said)
        elif not _AGAIN.match(text.strip()):
            found.others.append(text)
    return found


def _title(texts: Sequence[str]) -> str:
    """The first text in capitals that is no letterhead; else the last that calls itself a table; else the first."""
    capitals = [text for text in texts if text.isupper() and len(text) >= _LONG_TITLE]
    own = [text for text in capitals if not _LETTERHEAD.match(text.strip())]
    tables = [text for text in texts if _OF_TABLE.fullmatch(text.strip())]
    return next(iter([*own, *reversed(tables), *capitals, *texts]), "")


def decision_in(text: str) -> Decision | None:
    """The document that a line such as "(Kèm theo Quyết định số ... ngày ... của ...)" names; a draft where the number
    or the day is not there.
    """
    start = _ENCLOSED.search(text)
    match = _DOCUMENT.search(text, start.start()) if start else None
    if match is None:
        return None
    number = re.sub(r"\s+", "", match["number"])
    number = number if re.search(r"\d", number) else ""
    try:
        day = date(*(int(match[part]) for part in ("year", "month", "day")))
    except (TypeError, ValueError):
        day = None
    state = State.ISSUED if number and day else State.DRAFT
    kind = match["kind"][0].upper() + match["kind"][1:].lower()
    return Decision(kind, (match["issuer"] or "").strip(" ).;"), state, number or None, day)


def period_in(texts: Iterable[str]) -> tuple[int, ...]:
    """The years of the first text that names a period, or a year."""
    texts = list(texts)
    for text in texts:
        if match := _PERIOD.search(text):
            first, last = int(match[1]), int(match[2])
            if first <= last <= first + 30:
                return tuple(range(first, last + 1))
    return next((tuple(sorted(set(years))) for text in texts if (years := years_in(text))), ())


def words_in(text: str) -> tuple[Decimal, str] | None:
    """The amount in words that a text states, in đồng."""
    for match in (*_WORDS.finditer(text), *_SAID.finditer(text)):
        words = match["words"].strip(" ;:/")
        try:
            return Decimal(from_words(words)), words
        except Malformed:
            continue
    return None


def _is_of_decision(text: str, found: Around) -> bool:
    """Whether a line names the document: with its number, its day, or who issues it."""
    decision = found.decision
    if decision is None:
        return False
    day = (
        decision.date is not None
        and str(decision.date.year) in text
        and re.match(r"\(?ngày\b", text.strip(), re.IGNORECASE)
    )
    return bool(_ENCLOSED.search(text) or day)
