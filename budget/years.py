"""Periods and lists of years, as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPAN = re.compile(r"([12][0-9]{3})\s*[-–]\s*([12][0-9]{3})")
_YEAR = re.compile(r"[12][0-9]{3}")


def parse_years(text: str) -> tuple[int, ...]:
    """The years of "2021-2025", "2024,2025" or "2026", ascending. Raises ValueError for anything else."""
    text = text.strip()
    parts = [part.strip() for part in text.split(",")]
    if span := _SPAN.fullmatch(text):
        years = tuple(range(int(span[1]), int(span[2]) + 1))
    elif all(_YEAR.fullmatch(part) for part in parts):
        years = tuple(sorted(map(int, parts)))
    else:
        years = ()
    if not years or len(set(years)) < len(years):
        raise ValueError(text)
    return years


def period(years: Sequence[int], dash: str) -> str:
    """Years, ascending, as a period: first and last with a dash between; all of them where some are left out."""
    if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}{dash}{years[-1]}"
    return ", ".join(map(str, years))
