"""LibreOffice as a process: started, counted, ended, missing, hung; and as an engine of xlwings."""

from __future__ import annotations

import ast
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlwings as xw
from support.reference import ROOT

from addin.engines import libreoffice, office
from addin.engines.office import Office, OfficeError
from faults import InputFault

ROOMS = ("addin", "validators", "generators", "workbook", "budget", "faults")
BRIDGE = ROOT / "addin" / "engines" / "bridge"


def is_running(group: int) -> bool:
    """Whether any process of the group is left, apart from those that only wait to be counted."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, found, *_ = path.read_text().rpartition(")")[2].split()
        except OSError:  # it is gone by now
            continue
        if state != "Z" and int(found) == group:
            return True
    return False


def is_gone(group: int) -> bool:
    """Whether no process of the group is left, at the latest after a minute."""
    deadline = time.monotonic() + 60
    while is_running(group) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not is_running(group)


def test_the_engine_is_active_inside_and_gone_after(host_program: xw.App) -> None:
    before = xw.engines.active
    with libreoffice.office() as app:
        assert xw.engines.active.name == app.engine.name == "libreoffice"
        assert xw.apps.active == app != host_program
        assert set(xw.apps.keys()) == {app.pid, host_program.pid}
        assert xw.apps[app.pid] == app
        assert app.version >= "7"
        assert Path(app.path).is_dir()
        book = xw.Book()
        assert (xw.books.active, xw.sheets.active.book, len(app.books)) == (book, book, 1)
        host_program.activate()
        assert xw.apps.active == host_program
        folder = Path(app.startup_path)
        assert folder.is_dir()
    assert xw.engines.active is before
    assert list(xw.apps.keys()) == [host_program.pid]
    assert not folder.exists()
    assert is_gone(app.pid)


def test_another_instance_is_started_by_xlwings_itself(host_program: xw.App) -> None:
    with xw.App() as app:
        assert [len(each.books) for each in (app, host_program)] == [1, 0]
        app.books[0].sheets[0]["A1"].value = 5
    assert list(xw.apps.keys()) == [host_program.pid]


def test_what_nobody_sees_is_kept(app: xw.App) -> None:
    app.impl.messages.clear()
    app.impl.statuses.clear()
    assert app.alert("Xong", title="phuluc", mode="info") == "ok"
    assert app.alert("Tiếp tục?", buttons="yes_no") == "yes"
    assert app.impl.messages == [("Xong", "phuluc", "info"), ("Tiếp tục?", None, None)]
    assert app.status_bar is False
    with app.properties(status_bar="đang kiểm tra…", screen_updating=False, display_alerts=False, enable_events=False):
        assert (app.status_bar, app.screen_updating) == ("đang kiểm tra…", False)
    assert (app.status_bar, app.screen_updating, app.visible) == (False, True, False)
    assert app.impl.statuses == ["đang kiểm tra…"]
    assert app.selection is None


def test_calls_are_counted(app: xw.App) -> None:
    sheet = app.books.add().sheets[0]
    before = app.impl.calls
    assert (sheet.name, sheet.book.name, sheet["A1:C3"].shape, sheet["B2"].address) == (
        "Sheet1",
        app.books[0].name,
        (3, 3),
        "$B$2",
    )
    assert app.impl.calls == before
    _ = sheet["A1:C3"].value
    sheet["A1"].value = [[1, 2], [3, 4]]
    assert app.impl.calls == before + 2


def test_a_failed_call_says_what_failed_and_nothing_else_is_lost(app: xw.App) -> None:
    book = app.books.add()
    sheet = book.sheets.add("Hai")
    sheet.delete()
    with pytest.raises(OfficeError, match=r"values\(.*'Hai'.*NoSuchElementException"):
        _ = sheet["A1"].value
    assert book.sheets[0]["A1"].value is None


def test_without_libreoffice_or_its_bridge_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "bridge_python", lambda: None)
    with pytest.raises(InputFault) as refused, libreoffice.office():
        pass
    assert refused.value.sentence("vi") == (
        "không có Python nào nạp được uno, cầu nối của LibreOffice (gói python3-uno); "
        "cần cài LibreOffice và python3-uno."
    )
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(InputFault) as refused, libreoffice.office():
        pass
    assert refused.value.sentence("en") == (
        "LibreOffice (soffice) is not on the PATH; expected LibreOffice and python3-uno installed."
    )


def test_a_hung_libreoffice_is_killed(host_program: xw.App, monkeypatch: pytest.MonkeyPatch) -> None:
    with libreoffice.office() as app:
        book = app.books.add()
        monkeypatch.setattr(office, "CALL_SECONDS", 1)
        os.killpg(app.pid, signal.SIGSTOP)
        started = time.monotonic()
        with pytest.raises(OfficeError, match="LibreOffice ended during values"):
            _ = book.sheets[0]["A1"].value
        assert time.monotonic() - started < 60
        assert is_gone(app.pid)
        with pytest.raises(OfficeError, match="LibreOffice ended during values"):
            _ = book.sheets[0]["A1"].value


def test_libreoffice_goes_with_the_process_that_started_it() -> None:
    code = (
        "from addin.engines.office import Office\n"
        "import os\n"
        "office = Office()\n"
        "print(office.pid, office.folder, flush=True)\n"
        "os._exit(1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    pid, folder = done.stdout.split()
    assert is_gone(int(pid))
    shutil.rmtree(folder)  # whoever was killed could not


def test_an_office_that_ends_closes_its_books_and_leaves_nothing() -> None:
    started = Office()
    number = started.call("new_book")["book"]
    started.call("write", number, "Sheet1", [1, 1, 1, 1], [[1]])
    started.quit()
    assert not started.alive
    assert not started.folder.exists()
    assert is_gone(started.pid)
    started.kill()  # once more does no harm


def test_the_bridge_needs_nothing_but_an_old_python_and_uno() -> None:
    allowed = {*sys.stdlib_module_names, "uno", "unohelper", "com", "bridge"}
    for path in BRIDGE.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert {alias.name.partition(".")[0] for alias in node.names} <= allowed, path
            elif isinstance(node, ast.ImportFrom) and not node.level:
                assert str(node.module).partition(".")[0] in allowed, path


def test_nothing_of_ours_imports_what_needs_a_licence() -> None:
    rooms = [
        *ROOT.glob("*.py"),
        *(path for room in ROOMS for path in (ROOT / room).rglob("*.py")),
    ]
    assert len(rooms) > 100
    for path in rooms:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            assert not any(name.startswith(("xlwings.pro", "xlwings.reports", "xlwings.server")) for name in names), (
                path
            )
            assert not (isinstance(node, ast.Attribute) and node.attr in ("render_template", "to_pdf_layout")), path


def test_no_licence_key_is_needed(tmp_path: Path) -> None:
    code = (
        "import xlwings as xw\n"
        "from addin.engines import libreoffice\n"
        "with libreoffice.office() as app:\n"
        "    sheet = app.books.add().sheets[0]\n"
        "    sheet['A1'].value = [[1, '=A1*2']]\n"
        "    print(sheet['A1:B1'].value, xw.__pro__)\n"
    )
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("XLWINGS")}
    surroundings["HOME"] = str(tmp_path)  # where xlwings would look for a key
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("[1.0, 2.0] False\n", 0), done.stderr
