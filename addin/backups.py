"""Copies of a book from before a command changed it: Excel cannot undo what an add-in did."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import platformdirs
import xlwings as xw

from addin import host
from addin.journal import journal
from faults import InputFault, Text

KEPT = 10  # copies of each book
_LONGEST = 40  # characters of a book's name


def backup_folder() -> Path:
    """The user's own folder of backups; not made here."""
    return platformdirs.user_data_path("phuluc", appauthor=False) / "backups"


def keep(book: xw.Book) -> Path:
    """Save a copy of the live book in the backup folder and forget the oldest ones. Raises InputFault.

    Each book, by its full name, has a folder of its own: `<stem>-<hash>/<stem> 2026-11-25 090312.417205.xlsx`. The stem
    is cut short: Excel saves under no path of more than 218 characters.
    """
    stem = Path(book.name).stem[:_LONGEST].strip()
    which = hashlib.sha256(str(host.location(book) or book.name).encode()).hexdigest()[:8]
    folder = backup_folder() / f"{stem}-{which}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        what = Text("không tạo được thư mục sao lưu", "the backup folder cannot be made")
        raise InputFault(what, file=folder, found=fault.strerror) from fault
    copy = folder / f"{stem} {datetime.now():%Y-%m-%d %H%M%S.%f}{host.suffix(book)}"
    host.save_copy(book, copy)
    for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)[:-KEPT]:
        try:
            old.unlink()
        except OSError:  # it is open: the next time will do
            journal().exception("%s stays", old)
    return copy
