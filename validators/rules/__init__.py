"""The rules: one file each, found by their names."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from validators.rules.base import Checked, Rule

__all__ = ["Checked", "Rule", "all_rules"]

_NO_RULES = {"base"}


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name: each module of this package but `base` holds one, in `RULE`."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name not in _NO_RULES)
    return tuple(import_module(f"{__name__}.{name}").RULE for name in names)
