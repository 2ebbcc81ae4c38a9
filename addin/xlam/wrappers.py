"""The VBA of the Python functions that Excel calls, as xlwings generates it, and what the function wizard says of them.

xlwings generates on Windows alone: elsewhere its decorators leave no trace and its module `udfs` cannot be imported.
So this module runs itself in a Python of its own, where the Windows modules are stubs and the decorators xlwings' real
ones, and prints what comes of it; the process that asks is not touched.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from types import ModuleType, SimpleNamespace
from typing import Any

#: The modules of pywin32 that `xlwings.udfs` imports, and what it takes from each at that moment.
_WINDOWS_ONLY = {"pythoncom": ("CoInitialize",), "pywintypes": (), "win32com": (), "win32com.client": ("Dispatch",)}


@dataclass(frozen=True)
class Argument:
    """An argument of a worksheet function and what the function wizard says of it."""

    name: str
    about: str


@dataclass(frozen=True)
class Function:
    """A worksheet function, what the function wizard says of it, and the category under which it lists it."""

    name: str
    about: str
    category: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class Wrapped:
    """VBA wrappers, ready to stand in a module, and the worksheet functions among them, in the order of their names."""

    source: str
    functions: tuple[Function, ...]


def wrap(modules: Sequence[str]) -> Wrapped:
    """The wrappers of all that is marked with `xw.func` or `xw.script` in the modules of these names.

    Raises RuntimeError where a module cannot be imported.
    """
    path = os.pathsep.join(part or os.getcwd() for part in sys.path)
    child = subprocess.run(
        [sys.executable, "-m", __name__, *modules],
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if child.returncode != 0:
        raise RuntimeError(f"no wrappers of {', '.join(modules)}: {child.stderr}")
    found = json.loads(child.stdout)
    functions = (
        Function(**each | {"arguments": tuple(Argument(**argument) for argument in each["arguments"])})
        for each in found["functions"]
    )
    return Wrapped(found["source"], tuple(sorted(functions, key=lambda each: each.name)))


def _generate(modules: Sequence[str]) -> Wrapped:
    """What `wrap` gives, in this very process, which is of no other use afterwards."""
    xw: Any = importlib.import_module("xlwings")
    for name, taken in _WINDOWS_ONLY.items():
        try:
            importlib.import_module(name)
        except ImportError:
            sys.modules[name] = stub = ModuleType(name)
            vars(stub).update(dict.fromkeys(taken))
    udfs: Any = importlib.import_module("xlwings.udfs")
    xw.func, xw.script, xw.arg, xw.ret = udfs.xlfunc, udfs.xlsub, udfs.xlarg, udfs.xlret
    written, functions = io.StringIO(), []
    for name in modules:
        module = importlib.import_module(name)
        udfs.generate_vba_wrapper(name, module, written, SimpleNamespace(Name="phuluc.xlam"))
        functions += _functions(module)
    return Wrapped(written.getvalue(), tuple(functions))


def _functions(module: ModuleType) -> list[Function]:
    marked: list[dict[str, Any]] = [each.__xlfunc__ for each in vars(module).values() if hasattr(each, "__xlfunc__")]
    return [
        Function(
            each["name"],
            _one_line(each["ret"]["options"].get("doc", each["ret"]["doc"])),
            str(each["category"]),
            tuple(Argument(given["name"], _one_line(given["doc"])) for given in each["args"] if not given["vba"]),
        )
        for each in marked
        if not each["sub"]
    ]


def _one_line(text: str) -> str:
    """A docstring as Excel shows it; a line break would also end the comment that it becomes in VBA."""
    return " ".join(text.split())


if __name__ == "__main__":
    json.dump(asdict(_generate(sys.argv[1:])), sys.stdout)
