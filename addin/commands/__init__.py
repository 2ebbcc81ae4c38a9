"""The commands of the ribbon, found by their names: each module of this package lists its own in `COMMANDS`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from addin.commands.base import Command

__all__ = ["Command", "all_commands"]


@cache
def all_commands() -> Mapping[str, Command]:
    """Every command by its name, which is the id of its control on the ribbon."""
    modules = sorted(module.name for module in iter_modules(__path__) if module.name != "base")
    found = [command for name in modules for command in import_module(f"{__name__}.{name}").COMMANDS]
    return {command.name: command for command in found}
