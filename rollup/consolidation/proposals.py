"""Names that may well be one, for a person to decide: they are proposed, never taken for one another by themselves.

Not all pairs are compared, which would take the square of the names: each name meets its neighbours in the alphabet,
once by its beginning and once by its end (the sorted-neighbourhood method), and only the names with most rows take
part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from rollup.consolidation.naming import Kind, key

MOST = 2_000  # names of a kind that take part
_NEIGHBOURS = 4  # on each side
_ALIKE = 0.88  # of their letters, in order
_DIGITS = re.compile(r"\d+")


def proposals(kind: Kind, names: Sequence[tuple[str, int]]) -> Mapping[str, str]:
    """For a name the likeliest other one, with more rows; names are given with how many rows each has.

    Numbers in them must be the same: “Hội nghị năm 2021” is not a misspelt “Hội nghị năm 2022”.
    """
    most = sorted(names, key=lambda name: -name[1])[:MOST]
    keyed = [(key(kind, name), name, rows) for name, rows in most]
    found: dict[str, tuple[float, str]] = {}
    for by in (lambda each: each[0], lambda each: each[0][::-1]):
        ordered = sorted(keyed, key=by)
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + _NEIGHBOURS]:
                likeness = _likeness(one[0], other[0])
                if likeness >= _ALIKE:
                    less, more = sorted((one, other), key=lambda each: (each[2], each[0]))
                    found[less[1]] = max(found.get(less[1], (0.0, "")), (likeness, more[1]))
    return {name: other for name, (_, other) in found.items()}


def _likeness(one: str, other: str) -> float:
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    bounded = min(matcher.real_quick_ratio(), matcher.quick_ratio())
    return matcher.ratio() if bounded >= _ALIKE else 0.0
