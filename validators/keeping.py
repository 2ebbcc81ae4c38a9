"""Findings about a table or a workbook that several rules ask for: made once, and gone with what they are about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

_About = TypeVar("_About")
_Told = TypeVar("_Told")


def kept(function: Callable[[_About], _Told]) -> Callable[[_About], _Told]:
    """A pure function of a frozen object, whose result the object itself keeps, as it does a `cached_property`.

    A cache of the function's own would keep whole sheets in memory long after their file is done with.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(about: _About) -> _Told:
        known = vars(about)
        if name not in known:
            known[name] = function(about)
        told: _Told = known[name]
        return told

    return asked
