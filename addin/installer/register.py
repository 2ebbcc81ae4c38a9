"""What the installer and its uninstaller run on the user's PC, with the Python that they brought along.

    python -m addin.installer.register load|unload ADDIN vi|en ANSWER

Has Excel load ADDIN, or load it no more, and writes what there is to say, a sentence a line, to the file ANSWER in
UTF-16, which NSIS reads. Exit code 0: done; 2: refused, ANSWER says why.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from addin.install import register, unregister
from addin.installing.machine import Machine
from faults import InputFault, Lang

_REFUSED = 2


def main(arguments: Sequence[str], machine: Machine | None = None) -> int:
    """Do as the arguments say, on this PC or the one given; the exit code."""
    verb, addin, spoken, answer = arguments
    lang: Lang = "en" if spoken == "en" else "vi"
    code = 0
    try:
        said = [text[lang] for text in {"load": register, "unload": unregister}[verb](Path(addin), machine)]
    except InputFault as fault:
        said, code = [fault.sentence(lang)], _REFUSED
    Path(answer).write_text("".join(f"{sentence}\r\n" for sentence in said), encoding="utf-16-le", newline="")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
