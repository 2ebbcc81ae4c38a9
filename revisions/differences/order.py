"""What stayed in its order: the longest run of pairs that ascend on both sides."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence

Pair = tuple[int, int]


def kept_in_order(pairs: Sequence[Pair], preferred: Callable[[Pair], object]) -> set[Pair]:
    """As many pairs as can be chosen so that both of their numbers ascend (longest increasing subsequence).

    Where several choices are as long, the pairs that come first by `preferred` are taken; the same ones, if that says
    the same of a pair and of the pair turned round, whichever side comes first. O(n log n), but for sorting by it.
    """
    ordered = sorted(pairs)
    up = _lengths([second for _, second in ordered])
    down = list(reversed(_lengths([-second for _, second in reversed(ordered)])))
    longest = max(up, default=0)
    levels: dict[int, list[Pair]] = defaultdict(list)
    for pair, before, after in zip(ordered, up, down, strict=True):
        if before + after - 1 == longest:
            levels[before].append(pair)
    kept: list[Pair] = []
    for level in range(1, longest + 1):
        fitting = [pair for pair in levels[level] if not kept or (kept[-1][0] < pair[0] and kept[-1][1] < pair[1])]
        kept.append(min(fitting, key=preferred))  # type: ignore[arg-type]
    return set(kept)


def _lengths(numbers: Sequence[int]) -> list[int]:
    """For each number the length of the longest ascending run that ends with it."""
    tails: list[int] = []
    found = []
    for number in numbers:
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        found.append(at + 1)
    return found
