"""What a command is, and the desk that it works at: the open book, what was asked, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import xlwings as xw

from addin import backups, host
from faults import InputFault, Lang, Text
from validators.grid import Book
from validators.readers import read_book


@dataclass(frozen=True)
class Command:
    """A command. `name` is the id of its control on the ribbon and its name on the command line.

    `run` gives what to tell the user. `changes`: it changes what the user typed, so that a copy of the book is kept
    first. `about`: one sentence on what it does, the screen tip. `asks`: the names of the answers that it takes.
    `quiet`: what it tells stands in the status bar and not in a box that must be closed.
    """

    name: str
    title: Text
    about: Text
    run: Callable[[Desk], Text]
    changes: bool = False
    asks: tuple[str, ...] = ()
    quiet: bool = False


@dataclass
class Desk:
    """What a command works at. `open_book` is the active book of `app`, None where no book is open.

    `answers` are what the user was asked, by name; each may have been given several times (files). `progress` shows a
    text while the work lasts.
    """

    app: xw.App
    open_book: xw.Book | None
    lang: Lang
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _folder: TemporaryDirectory[str] | None = None

    @property
    def book(self) -> xw.Book:
        """The active book. Raises InputFault where none is open."""
        if self.open_book is None:
            none = Text("chưa mở tệp nào để làm việc", "no book is open for work")  # one in Protected View is none
            expected = Text(
                "một tệp đang mở; tệp đang ở chế độ xem được bảo vệ thì bấm Enable Editing trước",
                "an open book; Enable Editing first where it is in Protected View",
            )
            raise InputFault(none, expected=expected)
        return self.open_book

    def progress(self, text: Text) -> None:
        """Show in the status bar what is being done."""
        self.app.status_bar = f"phuluc: {text[self.lang]}"

    def answer(self, name: str) -> str:
        """The one answer of that name, trimmed; empty where there is none."""
        given = self.answers.get(name, ())
        return given[0].strip() if given else ""

    @cached_property
    def kept(self) -> Path:
        """The copy of the book in the user's backup folder, as the book was when it was first asked for."""
        return backups.keep(self.book)

    @cached_property
    def scratch(self) -> Path:
        """A folder that goes when the command has ended."""
        self._folder = TemporaryDirectory(prefix="phuluc-")
        return Path(self._folder.name)

    def copy(self) -> Path:
        """A copy of the live book as it is now, unsaved changes too; it goes when the command has ended."""
        copy = self.scratch / f"{len(list(self.scratch.iterdir()))}{host.suffix(self.book)}"
        host.save_copy(self.book, copy)
        return copy

    def read(self) -> Book:
        """The live book as the checks see it, through the validators' own reader.

        The path of what is returned is that of the live book. Raises InputFault.
        """
        try:
            return replace(read_book(self.copy()), path=host.location(self.book) or Path(self.book.name))
        except InputFault as fault:
            fault.file = self.book.name  # the user knows nothing of the copy
            raise

    def folder(self) -> Path:
        """Where the book is saved. Raises InputFault for one that never was."""
        path = host.location(self.book)
        if path is None:
            never = Text("tệp này chưa được lưu trên máy", "this book is not saved on this PC")
            raise InputFault(never, file=self.book.name, expected=Text("lưu tệp trước", "the book saved first"))
        return path.parent

    def close(self) -> None:
        """Remove what the command left in its scratch folder."""
        if self._folder is not None:
            self._folder.cleanup()
