"""What LibreOffice loads: an object that carries out one line of JSON, [operation, argument, ...], and answers in one.

The answer is {"result": ...}, {"refused": [code, file, sheet]} for what a user can mend, or {"error": "..."}.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import unohelper  # type: ignore[import-not-found,unused-ignore]
from com.sun.star.awt import XCallback  # type: ignore[import-not-found,unused-ignore]
from com.sun.star.task import XJob  # type: ignore[import-not-found,unused-ignore]

sys.dont_write_bytecode = True  # it may not be ours, the folder that this stands in
sys.path.append(str(Path(__file__).resolve().parents[1]))  # LibreOffice loads this file by its path

_WORLD = import_module("bridge.world")
_MODULES = ("books", "cells", "charts", "editing", "formats", "marks", "names", "printing", "rules", "sheets", "views")
_OPERATIONS = {
    operation.__name__: operation for name in _MODULES for operation in import_module(f"bridge.{name}").OPERATIONS
}


class Bridge(unohelper.Base, XJob, XCallback):  # type: ignore[misc]
    """Carries out operations, one line each.

    Calls come in on a thread of their own, and are carried out on the main one: windows that are closed on another
    thread while the main one handles their events take LibreOffice 7.4 down with them.
    """

    def __init__(self, context: Any) -> None:
        self._world = _WORLD.World(context)
        self._main = self._world.create("awt.AsyncCallback")
        self._answers: SimpleQueue[str] = SimpleQueue()

    def execute(self, arguments: Any) -> str:
        """The answer to the line that is the value of the only argument."""
        self._main.addCallback(self, arguments[0].Value)
        return self._answers.get()

    def notify(self, line: str) -> None:
        """Carry out a line; LibreOffice calls this on its main thread."""
        self._answers.put(json.dumps(self._answer(*json.loads(line))))

    def _answer(self, operation: str, *rest: Any) -> dict[str, Any]:
        try:
            return {"result": _OPERATIONS[operation](self._world, *rest)}
        except _WORLD.Refusal as refusal:
            return {"refused": [refusal.code, refusal.file, refusal.sheet]}
        except Exception as fault:  # noqa: BLE001 - it is the caller's, on the other side
            return {"error": f"{type(fault).__name__}: {fault}"}


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(Bridge, "phuluc.Bridge", ())
