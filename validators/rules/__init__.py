"""The rules: one file each, found by their names."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from validators.rules.base import Checked, Rule

_OTHERS = {"base", "document"}
__all__ = ["Checked", "Rule", "all_rules"]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name: each module holds one, in `RULE`, but `base` and what rules share (`_...`)."""
    modules = (module.name for module in iter_modules(__path__))
    names = sorted(name for name in modules if name not in _OTHERS and not name.startswith("_"))
    return tuple(import_module(f"{__name__}.{name}").RULE for name in names)
