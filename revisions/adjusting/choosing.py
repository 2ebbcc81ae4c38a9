"""Which amounts of an appendix are adjusted: by source, by year, and without those that are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches

from budget.axes import UNSAID
from budget.rollup import By, fold
from faults import InputFault, Lang, Text
from revisions.adjusting.outline import Heading, named
from validators.funding import Leaf
from validators.reports.wording import shortened

_MOST_NAMED, _LONGEST = 8, 60  # candidates in one refusal, and letters of each
_LANGS: tuple[Lang, ...] = ("vi", "en")


@dataclass(frozen=True)
class Choice:
    """What a user names: sources and years to adjust (none: all), items and groups to keep."""

    sources: Sequence[str] = ()
    years: Sequence[str] = ()
    keep: Sequence[str] = ()


def label(leaf: Leaf, by: By, lang: Lang) -> str:
    """What an amount says of an axis."""
    key = leaf.key(by)
    return UNSAID[by][lang] if key is None else str(key)


def labels(leaves: Sequence[Leaf], by: By, lang: Lang) -> dict[str, str]:
    """What amounts say of an axis, folded, each as it is first spelt: years ascend, what is not stated comes last."""
    found: dict[str, str] = {}
    for leaf in sorted(leaves, key=lambda leaf: (leaf.key(by) is None, leaf.year or 0 if by is By.YEAR else 0)):
        found.setdefault(fold(label(leaf, by, lang)), label(leaf, by, lang))
    return found


def chosen(leaves: Sequence[Leaf], whole: Heading, choice: Choice) -> tuple[bool, ...]:
    """For each amount whether it is adjusted. An amount below zero, which is taken off the others, never is.

    Raises InputFault for a source, year or item that the appendix does not have, and for an item that could be several.
    """
    sources = _matching(leaves, By.SOURCE, choice.sources, _NO_SOURCE)
    years = _matching(leaves, By.YEAR, choice.years, _NO_YEAR)
    kept = {number for text in choice.keep for number in range(_kept(whole, text).first, _kept(whole, text).last + 1)}
    return tuple(
        leaf.amount > 0 and number in sources and number in years and number not in kept
        for number, leaf in enumerate(leaves)
    )


_NO_SOURCE = Text("phụ lục không có nguồn vốn này", "the appendix has no such source")
_NO_YEAR = Text("phụ lục không có năm này", "the appendix has no such year")


def _matching(leaves: Sequence[Leaf], by: By, asked: Sequence[str], unknown: Text) -> Set[int]:
    """The places of the amounts that have one of the labels; of all where none is asked for."""
    if not asked:
        return frozenset(range(len(leaves)))
    known = {lang: labels(leaves, by, lang) for lang in _LANGS}
    for name in asked:
        if not any(fold(name) in each for each in known.values()):
            raise InputFault(unknown, found=name, expected=_one_of(lambda lang: list(known[lang].values())))
    names = set(map(fold, asked))
    return {
        number
        for number, leaf in enumerate(leaves)
        if not names.isdisjoint(fold(label(leaf, by, lang)) for lang in _LANGS)
    }


def _kept(whole: Heading, text: str) -> Heading:
    found = named(whole, text)
    if not found:
        titles = list(dict.fromkeys(heading.title for heading in whole.below()))
        near = [shortened(title, _LONGEST) for title in get_close_matches(text, titles, _MOST_NAMED) or titles]
        unknown = Text("phụ lục không có mục này", "the appendix has no such item")
        raise InputFault(unknown, found=text, expected=_one_of(lambda _: near))
    if len(found) > 1:
        several = Text("có nhiều mục như vậy", "there are several such items")
        raise InputFault(several, found=text, expected=_one_of(lambda _: [_told_apart(each) for each in found]))
    return found[0]


def _told_apart(heading: Heading) -> str:
    path, title = ".".join(heading.path), shortened(heading.title, _LONGEST)
    return title if path == heading.number or not heading.number else f"{path} ({title})"


def _one_of(names: Callable[[Lang], Sequence[str]]) -> Text:
    def listed(lang: Lang) -> str:
        found = names(lang)
        return "; ".join(found[:_MOST_NAMED]) + ("; …" if len(found) > _MOST_NAMED else "")

    return Text(f"một trong: {listed('vi')}", f"one of: {listed('en')}")
