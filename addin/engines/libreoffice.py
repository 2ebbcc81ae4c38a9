"""LibreOffice as a host of xlwings: the engine "libreoffice", by which the code that drives Excel drives LibreOffice.

    with libreoffice.office() as app:
        book = app.books.open("phụ lục.xlsx")

What it does is what xlwings does on Windows, errors in cells and typed texts included. Members of xlwings that are not
here raise NotImplementedError.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlwings as xw
from xlwings import base_classes

from addin.engines.books import Books
from addin.engines.office import Office
from addin.engines.ranges import Range
from addin.engines.ranges.places import Placed
from addin.engines.values import error_name
from workbook.engines.recalculation import find_office

_NAME = "libreoffice"
_ANSWERS = {"ok": "ok", "ok_cancel": "ok", "yes_no": "yes", "yes_no_cancel": "yes"}


@contextmanager
def office() -> Iterator[xw.App]:
    """LibreOffice without a window, as the active engine of xlwings until the block ends; no book is open.

    Raises InputFault where LibreOffice or its bridge to Python is missing, OfficeError where it does not start.
    """
    before = xw.engines.active
    if _NAME not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=_ENGINE))
    app = App()
    xw.engines[_NAME].activate()
    try:
        yield xw.App(impl=app)
    finally:
        xw.engines.active = before
        app.quit()


class Engine:
    """What xlwings asks of an engine: its apps, and how values are carried over."""

    name = _NAME
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: object) -> Any:
        """A value as a cell can be given it: numpy's and pandas' own become Python's, missing ones None."""
        if value is None or isinstance(value, str | bool | int | float | dt.date):
            return None if value != value else value  # noqa: PLR0124 - NaN and NaT
        if hasattr(value, "item"):
            return Engine.prepare_xl_data_element(value.item(), _options)
        return value

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Values as the range's options ask for them."""

        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, dt.datetime):
                parts = (value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond)
                names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return datetime_builder(**dict(zip(names, parts, strict=True)), tzinfo=None)
            if isinstance(value, float):
                return value if number_builder is None else number_builder(value)
            if isinstance(value, int) and not isinstance(value, bool):
                return error_name(value) if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    """The instances of LibreOffice that were started here; the active one first."""

    def __init__(self) -> None:
        self.running: list[App] = []

    def keys(self) -> list[int]:
        """The processes."""
        return [app.pid for app in self.running]

    def add(self, *_: object, add_book: bool = True, **_others: object) -> App:
        """Start another instance."""
        app = App()
        if add_book:
            app.books.add()
        return app

    @staticmethod
    def cleanup() -> None:
        """Nothing stays behind that would have to be cleaned up."""

    def __iter__(self) -> Iterator[App]:
        return iter(list(self.running))

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> App:
        for app in self.running:
            if app.pid == pid:
                return app
        raise KeyError(pid)


class App(base_classes.App):
    """A running LibreOffice.

    Nobody looks at it. So `messages` keeps what it would have shown, (prompt, title, mode), and every question is
    answered with its first button; `statuses` keeps what the status bar showed.
    """

    def __init__(self) -> None:
        self.office = Office()
        self.messages: list[tuple[str, str | None, str | None]] = []
        self.statuses: list[str] = []
        self.clipboard: Placed | None = None
        self._status: str | bool = False
        self._calculation = "automatic"
        self._books = Books(self)
        _ENGINE.apps.running.insert(0, self)

    # what nobody sees, and so changes nothing
    screen_updating = True
    display_alerts = True
    enable_events = True
    interactive = True
    visible = False
    hwnd = None

    @property
    def engine(self) -> Engine:
        """The engine, which all apps share."""
        return _ENGINE

    @property
    def books(self) -> Books:
        """The open books."""
        return self._books

    @property
    def api(self) -> App:
        """LibreOffice has no object model but this one."""
        return self

    @property
    def calls(self) -> int:
        """How many calls were made to LibreOffice so far."""
        return self.office.calls

    def call(self, operation: str, *arguments: object) -> Any:
        """One call to LibreOffice; see `Office.call`."""
        return self.office.call(operation, *arguments)

    @property
    def pid(self) -> int:
        """The process."""
        return self.office.pid

    @property
    def version(self) -> str:
        """LibreOffice's version."""
        return self.office.version

    @property
    def path(self) -> str:
        """The folder in which LibreOffice is installed."""
        return str(Path(str(find_office())).resolve().parent)

    @property
    def startup_path(self) -> str:
        """A folder of its own, which goes when it ends."""
        return str(self.office.folder)

    @property
    def selection(self) -> Range | None:
        """The selected cells of the active book."""
        return None if not len(self.books) else self.books.active.selection

    def activate(self, _steal_focus: bool = False) -> None:
        """Make it the first of the apps."""
        _ENGINE.apps.running.remove(self)
        _ENGINE.apps.running.insert(0, self)

    def quit(self) -> None:
        """End it without saving any book."""
        self._leave()
        self.office.quit()

    def kill(self) -> None:
        """End it by force."""
        self._leave()
        self.office.kill()

    def _leave(self) -> None:
        if self in _ENGINE.apps.running:
            _ENGINE.apps.running.remove(self)

    @property
    def calculation(self) -> str:
        """`automatic` or `manual`."""
        return self._calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        self.call("set_automatic", value != "manual")
        self._calculation = value

    def calculate(self) -> None:
        """Calculate every formula of every book anew."""
        self.call("calculate")

    @property
    def status_bar(self) -> str | bool:
        """What it shows; False: nothing of ours."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        if isinstance(value, str):
            self.statuses.append(value)

    @property
    def cut_copy_mode(self) -> str | None:
        """`copy` while there is something to paste."""
        return "copy" if self.clipboard is not None else None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: bool) -> None:
        if not value:
            self.clipboard = None

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, _callback: object) -> str:
        """Keep the message; the first of its buttons."""
        self.messages.append((prompt, title, mode))
        return _ANSWERS[buttons or "ok"]


_ENGINE = Engine()
