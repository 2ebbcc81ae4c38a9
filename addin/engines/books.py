"""Books that are open in LibreOffice, and their sheets, as xlwings asks for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.engines.files import States, placed, states
from addin.engines.names import Names
from addin.engines.ranges import Range
from addin.engines.sheets import Sheet, Sheets
from faults import InputFault, Text
from validators.readers import read_book

if TYPE_CHECKING:
    from addin.engines.libreoffice import App


class Books(base_classes.Books):
    """The open books, in the order in which they were opened."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.opened: list[Book] = []
        self._counter = itertools.count(1)
        self._active: Book | None = None

    @property
    def api(self) -> Books:
        """LibreOffice has no object model but this one."""
        return self

    @property
    def active(self) -> Book:
        """The book that was opened, added or activated last. Raises LookupError where none is open."""
        if self._active is None:
            raise LookupError("no book is open")
        return self._active

    def activate(self, book: Book | None) -> None:
        """Make a book the active one."""
        self._active = book

    def __call__(self, name_or_index: str | int) -> Book:
        """The book of that name or number, from 1. Raises KeyError."""
        if isinstance(name_or_index, str):
            for book in self.opened:
                if book.name.lower() == name_or_index.lower():
                    return book
        elif 1 <= name_or_index <= len(self.opened):
            return self.opened[name_or_index - 1]
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.opened)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self.opened))

    def __contains__(self, name: str) -> bool:
        return any(book.name.lower() == str(name).lower() for book in self.opened)

    def add(self) -> Book:
        """A book with one empty sheet."""
        return self._take(Book(self, self.app.call("new_book"), name=f"Book{next(self._counter)}"))

    def open(
        self,
        fullname: str,
        _update_links: bool | None = None,
        read_only: bool | None = None,
        _format: str | None = None,
        password: str | None = None,
        *_ignored: object,
    ) -> Book:
        """Open a file; its formulas are calculated, its macros do not run. Raises InputFault.

        No lock file appears beside it, and nothing is written to it before `Book.save`.
        """
        path = Path(fullname).resolve()
        # of a file without any bytes LibreOffice would make an empty book
        opened = self.app.call("open_book", str(path), password) if path.stat().st_size else None
        if opened is None:
            raise _not_opened(path, password)
        return self._take(Book(self, opened, path=path, read_only=bool(read_only)))

    def _take(self, book: Book) -> Book:
        self.opened.append(book)
        self.activate(book)
        return book

    def drop(self, book: Book) -> None:
        """Forget a book that was closed."""
        self.opened.remove(book)
        if self._active is book:
            self.activate(self.opened[-1] if self.opened else None)


def _not_opened(path: Path, password: str | None) -> InputFault:
    """Why LibreOffice could not open a file, of which it says nothing: the checks' own reader does."""
    if password is not None:
        return InputFault(Text("mật khẩu của tệp không đúng", "the password of the file is wrong"), file=path)
    try:
        read_book(path)
    except InputFault as reason:
        return reason
    return InputFault(Text("LibreOffice không mở được tệp này", "LibreOffice cannot open this file"), file=path)


class Book(base_classes.Book):
    """An open book. `fullname` is its path, or its name where it was never saved."""

    def __init__(
        self, books: Books, opened: dict[str, Any], *, path: Path | None = None, name: str = "", read_only: bool = False
    ) -> None:
        self._books = books
        self._number: int = opened["book"]
        self._path, self._name, self._read_only = path, name, read_only
        self._sheets = [Sheet(self, each) for each in opened["sheets"]]
        self._states = States() if path is None else states(path)
        for sheet in self._sheets:
            sheet.very_hidden = sheet.name in self._states.very_hidden
        if self._states.is_locked:
            self.call("protect_structure")

    def call(self, operation: str, *arguments: object) -> Any:
        """One call to LibreOffice about this book."""
        return self.app.call(operation, self._number, *arguments)

    @property
    def app(self) -> App:
        """The LibreOffice that it is open in."""
        return self._books.app

    @property
    def api(self) -> BookApi:
        """A few members of Excel's `Workbook`."""
        return BookApi(self)

    @property
    def number(self) -> int:
        """What the bridge knows it by."""
        return self._number

    @property
    def name(self) -> str:
        """The name of its file; of a new book `Book1`, `Book2` ..."""
        return self._name if self._path is None else self._path.name

    @property
    def fullname(self) -> str:
        """Path and name of its file; of a new book its name."""
        return self._name if self._path is None else str(self._path)

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self, self._sheets)

    @property
    def names(self) -> Names:
        """All names that are defined in it."""
        return Names(self)

    @property
    def selection(self) -> Range | None:
        """The selected cells; None: something else is selected."""
        found = self.call("selection")
        return None if found is None else self.sheets(found[0]).area(found[1])

    def activate(self) -> None:
        """Make it the active book."""
        self._books.activate(self)

    def close(self) -> None:
        """Close it without saving."""
        self.call("close_book")
        self._books.drop(self)

    def rearranged(self, names: Sequence[str]) -> None:
        """Take over the names of the sheets, as they are now."""
        known = {sheet.name: sheet for sheet in self._sheets}
        self._sheets[:] = [known.get(name) or Sheet(self, name) for name in names]

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save as .xlsx, .xlsm, .xls, .ods or, as a print, .pdf, by the suffix of `path`; a file that is there gives
        way only when the new one is complete. Raises InputFault; NotImplementedError for a password.
        """
        if password is not None:
            raise NotImplementedError("LibreOffice writes no encrypted .xlsx everywhere")
        target = self._target(path)
        if target == self._path and self._read_only:
            raise InputFault(
                Text("tệp được mở ở chế độ chỉ đọc", "the file was opened read-only"),
                file=target,
                expected=Text("lưu với tên khác", "another name to save it under"),
            )
        self.store(target)
        if target.suffix.lower() != ".pdf":
            self._path, self._read_only = target, False
            self.call("set_saved", True)

    def _target(self, path: str | None) -> Path:
        if path is not None:
            return Path.cwd() / path
        return self._path or Path.cwd() / f"{self._name}.xlsx"

    def store(self, target: Path) -> None:
        """Write the book as it is now to a file; it stays what it was. Raises InputFault."""
        target = target.absolute()
        hidden = frozenset(sheet.name for sheet in self._sheets if sheet.very_hidden)
        with placed(target, replace(self._states, very_hidden=hidden)) as temporary:
            self.call("store", str(temporary), target.suffix.lower().removeprefix("."))

    def to_pdf(self, path: str, quality: str) -> None:  # noqa: ARG002 - it has but one
        """Print the visible sheets to a file."""
        self.store(Path(path))


class BookApi:
    """The members of Excel's `Workbook` that the add-in asks for."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def SaveCopyAs(self, path: str) -> None:  # noqa: N802 - as Excel calls it
        """Write the book as it is now to a file of its suffix's kind; the book stays unsaved, and what it was."""
        self._book.store(Path(path))

    @property
    def ProtectStructure(self) -> bool:  # noqa: N802
        """Whether sheets may neither be added nor removed."""
        return bool(self._book.call("is_structure_protected"))

    @property
    def Saved(self) -> bool:  # noqa: N802
        """Whether nothing was changed since it was opened or saved."""
        return bool(self._book.call("is_saved"))

    @Saved.setter
    def Saved(self, value: bool) -> None:  # noqa: N802
        self._book.call("set_saved", value)
