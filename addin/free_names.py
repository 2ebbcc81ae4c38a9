"""Names for new files: no file is written over, and the host can open what was made."""

from __future__ import annotations

from itertools import chain, count
from pathlib import Path

from addin.commands.base import Desk


def free_path(desk: Desk, folder: Path, stem: str, *suffixes: str) -> Path:
    """The path `<stem><first suffix>` in `folder`, or with a number behind the stem: `<stem> (2).xlsx`.

    No file stands there, nor at that name with any other of `suffixes`; and no open book has the name, of whatever
    folder: Excel opens no two of one name.
    """
    opened = {book.name.casefold() for book in desk.app.books}
    for name in chain([stem], (f"{stem} ({number})" for number in count(2))):
        paths = [folder / f"{name}{suffix}" for suffix in suffixes]
        if not any(path.exists() or path.name.casefold() in opened for path in paths):
            break
    return paths[0]
