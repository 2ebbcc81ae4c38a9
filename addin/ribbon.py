"""The one door through which a button reaches a command. Whatever happens behind it, the host sees no exception."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import xlwings as xw

from addin.commands import all_commands
from addin.commands.base import Command, Desk
from addin.journal import journal, log_file
from faults import InputFault, Lang, Text

_TITLE = "Phụ lục kinh phí"
_LONGEST = 1_500  # characters of a message: more does not fit on a screen


@dataclass(frozen=True)
class Outcome:
    """What a command came to: what to tell the user, whether it was done, and whether a box must say so."""

    done: bool
    message: Text
    quiet: bool = False


@xw.script
@xw.arg("control", "default")  # xlwings takes an annotation for a converter, and has none for `object` and `None`
@xw.arg("answers", "default")
@xw.ret("default")
def phuluc_dispatch(control: str, answers: object) -> None:
    """Do what the control of that id stands for, in the active book, and tell the user. Called from VBA.

    `answers`: texts `name=value`, as one text or as an array of them.
    """
    try:
        app = _calling_app()
        outcome = perform(control, app, answered(_flat(answers)))
        said = outcome.message.vi
        said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
        if outcome.quiet:
            app.status_bar = said
        elif said:
            app.alert(said, _TITLE, mode="info" if outcome.done else "critical")
    except Exception:  # noqa: BLE001 - there is nobody left to tell
        journal().exception("%s: no host, or the message could not be shown", control)


def perform(control: str, app: xw.App, answers: Mapping[str, Sequence[str]], lang: Lang = "vi") -> Outcome:
    """Run the command of a control in the active book of `app`. Never raises; what went wrong is in the outcome."""
    name = control.partition(".")[0]
    journal().info("%s %s", control, dict(answers))
    desk: Desk | None = None
    try:
        command = all_commands()[name]
        desk = Desk(app, _active_book(app), lang, answers)
        outcome = Outcome(True, _run(command, desk), command.quiet)
    except InputFault as fault:
        journal().warning("%s: %s", control, fault.sentence("en"))
        outcome = Outcome(False, Text(fault.sentence("vi"), fault.sentence("en")))
    except Exception as fault:  # noqa: BLE001 - Excel never sees an exception
        journal().exception(control)
        outcome = Outcome(False, _with_copy(_unforeseen(fault), desk))
    _leave(app, desk)
    return outcome


def answered(texts: Iterable[str]) -> dict[str, list[str]]:
    """Answers by their names, of texts `name=value`; texts without `=` are none."""
    found: dict[str, list[str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if equals:
            found.setdefault(name.strip(), []).append(value)
    return found


def _calling_app() -> xw.App:
    """The host that called; where it has no book open, and so no caller, the one that the user works in."""
    try:
        return xw.Book.caller().app
    except Exception as fault:
        app = xw.apps.active
        if app is None:
            raise LookupError("no spreadsheet program is running") from fault
        return app


def _flat(answers: object) -> list[str]:
    """The texts in an array of any depth: a one-row array comes nested from some hosts."""
    if isinstance(answers, str):
        return [answers]
    return [text for each in answers for text in _flat(each)] if isinstance(answers, list | tuple) else []


def _run(command: Command, desk: Desk) -> Text:
    screen = desk.app.screen_updating
    desk.app.screen_updating = False
    try:
        if command.changes:
            desk.kept  # noqa: B018 - the copy is made before anything is changed
        return _with_copy(command.run(desk), desk)
    finally:
        desk.app.screen_updating = screen


def _with_copy(said: Text, desk: Desk | None) -> Text:
    """What is said, and where the copy from before the change is, if one was made; all the more where it failed."""
    kept = None if desk is None else vars(desk).get("kept")
    if kept is None:
        return said
    return Text(f"{said.vi}\n\nBản sao trước khi sửa: {kept}", f"{said.en}\n\nCopy from before the change: {kept}")


def _active_book(app: xw.App) -> xw.Book | None:
    """The book that the user looks at; None where none is open."""
    try:
        book = app.books.active if len(app.books) else None
        return book if book is not None and book.name else None
    except Exception:  # noqa: BLE001 - the hosts differ in what they raise
        journal().exception("no active book")
        return None


def _leave(app: xw.App, desk: Desk | None) -> None:
    """The status bar is the host's own again, and nothing temporary is left."""
    try:
        app.status_bar = False
        if desk is not None:
            desk.close()
    except Exception:  # noqa: BLE001 - the work is done, or has failed, already
        journal().exception("leaving")


def _unforeseen(fault: Exception) -> Text:
    kind = f"{type(fault).__name__}: {fault}"[:300]
    return Text(
        f"Lệnh gặp lỗi ngoài dự kiến ({kind}). Chi tiết nằm trong {log_file()}.",
        f"The command met with an unforeseen error ({kind}). Details are in {log_file()}.",
    )
