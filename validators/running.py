"""Many files checked: which ones, by which rules, side by side, and none lost to another."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence, Set
from difflib import get_close_matches
from glob import glob
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import Literal
from zipfile import BadZipFile, ZipFile

from faults import InputFault, Text
from validators.checking import check_file
from validators.findings import FileReport
from validators.rules import Rule, all_rules

FEW = 8  # files that one process checks one after another: starting further ones would take longer
LIGHT = 400_000  # bytes unpacked: a table of some hundred rows
SECONDS = 8.0  # that one file may take: with the start and the report no more than ten
START = 30.0  # that a process may take to begin, as it has to import everything
TRIES = 3  # processes that end before they begin, one after another, until no more are started
AHEAD = 8  # files that a process has at most: it goes on while whoever asked works on its reports
HELD = 1_000  # files that are begun at most behind one that is waited for: their reports stay in memory
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
_NAME_LIMIT = 3  # names of rules that are proposed for one that there is not

Check = Callable[[Path, Sequence[Rule] | None], FileReport]


def workbook_files(given: Sequence[str]) -> list[Path]:
    """The files that a user named, each once, in that order; of folders all workbooks within, by name.

    Lock files (`~$...`) and hidden files are left out of folders. A pattern such as `*.xlsx` that no file is named
    after stands for the files that match it, for shells that leave patterns alone. Raises InputFault for a folder
    without workbooks, or one that cannot be read. That a file exists is for the check to find out.
    """
    found: dict[Path, None] = {}
    for name in given:
        matching = [] if os.path.exists(name) else sorted(glob(name))
        for path in map(Path, matching or [name]):
            is_folder = name and os.path.isdir(path)  # `Path("")` would be the folder that one is in
            named = folder_files(path) if is_folder else [path]
            if not named:
                raise InputFault(Text("thư mục không có sổ tính nào", "there is no workbook in the folder"), file=path)
            found |= dict.fromkeys(named)
    return list(found)


def folder_files(folder: Path) -> list[Path]:
    """All workbooks within a folder, by name. Raises InputFault where it cannot be read."""
    found: list[Path] = []
    try:
        for place, folders, names in os.walk(folder, onerror=_raise):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found += (Path(place, name) for name in sorted(names) if _is_workbook_name(name))
    except OSError as fault:
        what = Text("không đọc được thư mục", "the folder cannot be read")
        raise InputFault(what, file=fault.filename or folder, found=fault.strerror) from fault
    return found


def _raise(fault: OSError) -> None:
    raise fault


def _is_workbook_name(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not name.startswith(("~$", "."))


def chosen_rules(rules: Sequence[Rule], *, only: Sequence[str] = (), skip: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that are asked for: those of `only`, or all where it is empty, without those of `skip`.

    Raises InputFault for a name that no rule has, naming those that come nearest.
    """
    for name in (*only, *skip):
        named_rule(rules, name)
    return tuple(rule for rule in rules if (not only or rule.name in only) and rule.name not in skip)


def named_rule(rules: Sequence[Rule], name: str) -> Rule:
    """The rule of that name. Raises InputFault where there is none, naming those that come nearest."""
    names = [rule.name for rule in rules]
    if name in names:
        return rules[names.index(name)]
    near = get_close_matches(name.lower(), names, _NAME_LIMIT)
    proposed = Text(" hoặc ".join(near), " or ".join(near))
    listed = Text("một tên mà “phuluc rules” in ra", "a name that `phuluc rules` prints")
    what = Text("không có quy tắc này", "there is no such rule")
    raise InputFault(what, found=name, expected=proposed if near else listed)


def check_files(
    paths: Sequence[Path],
    rules: Sequence[Rule] | None = None,
    jobs: int | None = None,
    *,
    check: Check = check_file,
    seconds: float = SECONDS,
) -> Iterator[FileReport]:
    """The report of each file, in the order given. `rules` None: all of them.

    A few light files are checked at once: what they hold cannot take long. Others are checked in processes of their
    own: up to FEW in one, more in as many as there are processors and at most `jobs`. A file that takes longer than
    `seconds`, or that ends its process, gets an unreadable report: nothing that
    one could do within a process stops a regular expression. What a process is told are names: `check` must be a
    function of a module, and the rules among `all_rules()`.
    """
    if len(paths) <= FEW and check is check_file and all(map(_is_light, paths)):
        return (_guarded(path, check, rules) for path in paths)
    processors = 1 if len(paths) <= FEW else os.cpu_count() or 1
    workers = max(1, min(processors, processors if jobs is None else jobs))
    names = None if rules is None else frozenset(rule.name for rule in rules)
    return _Pool(lambda: _Worker(check, names, seconds), seconds).reports(paths, workers)


def _is_light(path: Path) -> bool:
    """Whether a file is a package that holds little, by what its directory says; the readers hold it to that."""
    try:
        with ZipFile(path) as package:
            return sum(entry.file_size for entry in package.infolist()) <= LIGHT
    except (OSError, BadZipFile, ValueError, NotImplementedError):
        return False


def _guarded(path: Path, check: Check, rules: Sequence[Rule] | None) -> FileReport:
    try:
        return check(path, rules)
    except MemoryError:
        return _unread(path, Text("không đủ bộ nhớ để kiểm tra tệp", "there is not enough memory to check the file"))
    except Exception as fault:  # noqa: BLE001 - what a rule did not foresee must not lose the other files
        kind = f"{type(fault).__name__}: {fault}"
        what = Text("chương trình gặp lỗi khi kiểm tra tệp này", "the program failed on this file")
        return _unread(path, Text(f"{what.vi} ({kind})", f"{what.en} ({kind})"))


def _unread(path: Path, reason: Text) -> FileReport:
    return FileReport(path, reason=reason)


_UNSWEPT = 100_000  # objects of one file or two: sweeping among them more often finds nothing


class _Worker:
    """A process that checks one file after another. `numbers`: of the files that it has, the one in hand first."""

    def __init__(self, check: Check, names: Set[str] | None, seconds: float) -> None:
        # Started afresh on every system: a forked process would have the locks of threads that it has not.
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, check, names), daemon=True)
        self._process.start()
        theirs.close()
        self.began, self._seconds = False, seconds
        self.numbers: deque[int] = deque()
        self.deadline = 0.0

    def give(self, number: int, path: Path) -> None:
        """Hand it a file."""
        if not self.numbers:
            self.deadline = monotonic() + (self._seconds if self.began else START)
        self.numbers.append(number)
        with contextlib.suppress(OSError):  # it has died: `heard` will tell
            self.connection.send(path)

    def heard(self) -> FileReport | Literal["began"] | None:
        """What it says: that it has begun, or what it found; None where the process has ended. Waits for any of it.

        From then on the next file has its time.
        """
        try:
            said: FileReport | Literal["began"] = self.connection.recv()
        except (EOFError, OSError):
            return None
        self.began, self.deadline = True, monotonic() + self._seconds
        return said

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self.connection.close()


def _serve(connection: Connection, check: Check, names: Set[str] | None) -> None:
    """What a process does until nobody is left at the other end."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl+C goes to all; the one that started us says what there is to say
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the last words of a library that dies are not for the user
    rules = None if names is None else [rule for rule in all_rules() if rule.name in names]
    gc.freeze()  # what was imported stays: there is no need to look through it again and again
    gc.set_threshold(_UNSWEPT)
    connection.send("began")
    while True:
        try:
            path = connection.recv()
        except EOFError:
            return
        connection.send(_guarded(path, check, rules))


class _Pool:
    """Processes that share the files; one that dies or does not come to an end is replaced."""

    def __init__(self, worker: Callable[[], _Worker], seconds: float) -> None:
        self._worker, self._seconds = worker, seconds
        self._workers: list[_Worker] = []
        self._stillborn = 0  # processes that ended before they began, since the last that did begin

    def reports(self, paths: Sequence[Path], workers: int) -> Iterator[FileReport]:
        """In the order of `paths`. Raises InputFault where processes end before they begin."""
        waiting = deque(enumerate(paths))
        done: dict[int, FileReport] = {}
        try:
            for number in range(len(paths)):
                self._hand_out(waiting, workers, number + HELD)
                while number not in done:
                    done.update(self._finished(paths, waiting))
                    self._hand_out(waiting, workers, number + HELD)
                yield done.pop(number)
        finally:
            for worker in self._workers:
                worker.end()

    def _hand_out(self, waiting: deque[tuple[int, Path]], workers: int, end: int) -> None:
        """Files before that number, to those who have fewest; when few are left one each, lest it wait for another."""
        ahead = max(1, min(AHEAD, len(waiting) // workers))
        while waiting and waiting[0][0] < end:
            worker = min(self._workers, key=lambda each: len(each.numbers), default=None)
            if worker is None or (worker.numbers and len(self._workers) < workers):
                worker = self._worker()
                self._workers.append(worker)
            if len(worker.numbers) >= ahead:
                break
            worker.give(*waiting.popleft())

    def _finished(self, paths: Sequence[Path], waiting: deque[tuple[int, Path]]) -> list[tuple[int, FileReport]]:
        """Wait for whatever comes first: results, or the end of the time that a file has.

        What a process had still to check when it ended goes back to those that wait.
        """
        busy = [worker for worker in self._workers if worker.numbers]
        soonest = min(worker.deadline for worker in busy)
        ready = wait([worker.connection for worker in busy], max(0.0, soonest - monotonic()))
        found = []
        for worker in busy:
            came = worker.connection in ready
            if not (came or monotonic() >= worker.deadline):
                continue
            report = worker.heard() if came else None
            if report == "began":
                self._stillborn = 0
                continue
            if report is None:
                self._replace(worker, waiting, paths)
                if not worker.began:  # its files are not to blame
                    continue
                report = _unread(paths[worker.numbers[0]], _DIED if came else self._too_slow())
            found.append((worker.numbers.popleft(), report))
        return found

    def _replace(self, worker: _Worker, waiting: deque[tuple[int, Path]], paths: Sequence[Path]) -> None:
        """Be done with a process; what it has not begun goes back to those that wait, and another one takes it."""
        self._workers.remove(worker)
        worker.end()
        unbegun = list(worker.numbers)[worker.began :]
        waiting.extendleft((number, paths[number]) for number in reversed(unbegun))
        self._stillborn += not worker.began
        if self._stillborn == TRIES:
            raise InputFault(_STILLBORN, expected=_ROOM)

    def _too_slow(self) -> Text:
        seconds = f"{self._seconds:g}"
        return Text(
            f"kiểm tra quá {seconds} giây nên đã dừng; tệp quá lớn, hoặc khác thường, để kiểm tra",
            f"stopped after {seconds} seconds; the file is too large, or too unusual, to be checked",
        )


_STILLBORN = Text("các chương trình con để đọc tệp không khởi động được", "the processes that read files do not start")
_ROOM = Text("đủ bộ nhớ trống", "enough free memory")
_DIED = Text(
    "chương trình con dừng đột ngột khi kiểm tra tệp này", "the process that was checking this file ended abruptly"
)
