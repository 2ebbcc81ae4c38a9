"""The reference plans, loaded once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from budget.loading import load_plan
from budget.plan import Plan

ROOT = Path(__file__).parents[2]
NAMES = (
    "binh-dinh-2021-2025",
    "can-tho-2021-2025",
    "dong-nai-2021-2025",
    "dong-thap-2011-2015",
    "nghe-an-2021-2025",
)


@cache
def reference(name: str) -> Plan:
    """The reference plan of that name."""
    return load_plan(ROOT / "plans" / name)
