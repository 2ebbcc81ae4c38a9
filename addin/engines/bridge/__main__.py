"""Carries lines: `python -m bridge PIPE`, where PIPE is where LibreOffice listens. One JSON line in, one out."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found,unused-ignore]

_START_SECONDS = 60
_COMPONENT = Path(__file__).with_name("component.py")


def _connect(pipe: str) -> Any:
    """LibreOffice's component context, as soon as it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    not_yet = uno.getClass("com.sun.star.connection.NoConnectException")
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except not_yet:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _serve(pipe: str) -> None:
    context = _connect(pipe)
    loader = context.ServiceManager.createInstanceWithContext("com.sun.star.loader.Python", context)
    factory = loader.activate("phuluc.Bridge", "", _COMPONENT.resolve().as_uri(), None)
    bridge = factory.createInstanceWithContext(context)
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    line_value = uno.createUnoStruct("com.sun.star.beans.NamedValue")
    line_value.Name = "line"
    for line in sys.stdin:
        line_value.Value = line
        print(bridge.execute((line_value,)), flush=True)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    try:
        desktop.terminate()  # whoever started it is gone or done: it must not stay behind
    except uno.getClass("com.sun.star.lang.DisposedException"):
        pass  # it went before it could answer


_serve(sys.argv[1])
