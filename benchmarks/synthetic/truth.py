"""What a made-up workbook says of its money: each amount once, with its source and its year, known from its making."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import NamedTuple

from benchmarks.synthetic.document import ZERO, Document, Law, Share, Way, Words
from benchmarks.synthetic.wording import SOURCES
from budget.money import Unit, convert
from validators.grid import Place

SPELLINGS: Mapping[str, tuple[str, ...]] = {  # what a source is called, by the name that stands for it in a manifest
    "Ngân sách trung ương": ("NSTW", "Trung ương", "NS trung ương", "Ngân sách TW"),
    "Ngân sách địa phương": ("NSĐP", "Địa phương", "NS địa phương"),
    "Ngân sách tỉnh": ("NS tỉnh", "Ngân sách cấp tỉnh"),
    "Ngân sách xã": ("NS cấp xã", "NS xã", "Ngân sách cấp xã"),
    "Ngân sách nhà nước": ("NSNN",),
    "Xã hội hóa": ("Xã hội hoá", "Nguồn xã hội hóa", "XHH"),
    "Doanh nghiệp đóng góp": ("Doanh nghiệp", "Đóng góp của doanh nghiệp"),
    "Nguồn khác": ("Nguồn hợp pháp khác", "Nguồn vốn hợp pháp khác"),
}
#: The name in a manifest of each spelling; the last one is Bình Định's, of a programme that the central budget pays.
SOURCE_OF = {name: name for names in (*SOURCES, ("vốn đối ứng",)) for name in names} | {
    spelt: name for name, others in SPELLINGS.items() for spelt in (name, *others)
}
SOURCE_OF["Chương trình phát triển TMĐT quốc gia"] = "Ngân sách trung ương"
_FOLDED = {spelt.casefold(): name for spelt, name in SOURCE_OF.items()}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLANNED, _OF_WHICH, _BLANK = "Dự toán", "Trong đó: ", ("",)


class Known(NamedTuple):
    """An amount in đồng that nobody breaks down further, and what the workbook says of it."""

    amount: Decimal
    source: str | None
    year: int | None


def truth(document: Document) -> list[Known]:
    """Each amount once. Where a total is broken down in several ways, that which says most of sources and years."""
    laws: dict[Place, list[Law]] = defaultdict(list)
    for law in document.laws:
        if _adds_up(law, document.amounts):
            laws[law.total].append(law)
    parts = {place for found in laws.values() for law in found for _, place in law.parts}
    roots = [place for place in laws if place not in parts]
    of_which = [place for place in roots if document.said.get(place, _BLANK)[0].startswith(_OF_WHICH)]
    roots = [place for place in roots if place not in of_which]
    if document.shape == "comparison":  # what is planned for each year counts, not what was spent of it
        roots = [place for place in roots if document.said[place][1].startswith(_PLANNED)]
    found = [known for place in roots for known in _broken_down(document, laws, place)]
    if any(known.source for known in found):
        return found
    counterpart = [known for place in of_which for known in _broken_down(document, laws, place)]
    return [*found, *(each for known in counterpart for each in (known, Known(-known.amount, None, known.year)))]


def is_clear(document: Document) -> bool:
    """Whether each total is what its parts make, but for two units of its last digit: of figures that were rounded one
    by one, and so miss their total by more, neither the total nor the parts are the truth.
    """
    laws = [law for law in document.laws if _adds_up(law, document.amounts)]
    misses = ((document.values[law.total] - law.computed(document.values), law.total) for law in laws)
    return all(abs(miss.scaleb(document.amounts[total].decimals)) <= 2 for miss, total in misses)


def _adds_up(law: Law, amounts: Collection[Place]) -> bool:
    """Whether a law makes an amount of others."""
    return law.way is Way.SUM and all(place in amounts for place in law.places) and all(s > 0 for s, _ in law.parts)


def _broken_down(document: Document, laws: Mapping[Place, Sequence[Law]], place: Place) -> list[Known]:
    if place not in laws:
        value = convert(document.values[place], document.amounts[place].unit, Unit.DONG)
        return [_known(document, place, value)] if value else []
    ways = [[known for _, part in law.parts for known in _broken_down(document, laws, part)] for law in laws[place]]
    return min(ways, key=lambda way: sum((abs(k.amount) * ((k.source is None) + (k.year is None)) for k in way), ZERO))


def _known(document: Document, place: Place, value: Decimal) -> Known:
    """What the labels of a cell say, the inner ones first."""
    labels = [label.removeprefix("- ").removeprefix(_OF_WHICH) for label in reversed(document.said[place])]
    source = next((SOURCE_OF[label] for label in labels if label in SOURCE_OF), None)
    year = next((int(found[0]) for label in labels if (found := _YEAR.search(label))), None)
    return Known(value, source, year)


def source_called(text: str) -> str:
    """The name in a manifest of a source, however it is spelt and capitalised; what is not known stays itself."""
    return _FOLDED.get(text.casefold(), text)


def respelt(document: Document, rng: Random) -> Document:
    """The document with its sources called by other names, each by the same throughout."""
    names = {spelt: rng.choice((name, *SPELLINGS[name])) for spelt, name in SOURCE_OF.items() if name in SPELLINGS}
    texts = {place: _renamed(text, names) for place, text in document.texts.items()}
    shows = {
        place: replace(show, before=_renamed(show.before, names)) if isinstance(show, Share | Words) else show
        for place, show in document.shows.items()
    }
    return replace(document, texts=texts, shows=shows)


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """A label with another name, where it is that of a source: "Ngân sách tỉnh", "- NSTW", "- NSTW: ", "- NSTW ("."""
    lead = "- " if text.startswith("- ") else ""
    body = text.removeprefix(lead)
    end = next((end for end in (": ", " (") if body.endswith(end)), "")
    name = body.removesuffix(end) if end else body
    return f"{lead}{names.get(name, name)}{end}"


def totals(known: Sequence[Known]) -> Iterator[Known]:
    """The sums by source and year."""
    found: dict[tuple[str | None, int | None], Decimal] = defaultdict(Decimal)
    for each in known:
        found[each.source, each.year] += each.amount
    return (Known(amount, *key) for key, amount in found.items())
