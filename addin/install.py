"""`phuluc addin install`, `uninstall` and `status`: the add-in in Excel for Windows, for people who have Python.

Each takes the PC as a `Machine`; where none is given, it is this one. What they return are the sentences to print.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from addin.installing.loading import same_file, same_name
from addin.installing.machine import ADDIN, Machine, this_machine
from addin.installing.package import is_addin
from addin.installing.report import Line, python_lines, report
from faults import InputFault, Text
from workbook.placing import put_in_place


def install(machine: Machine | None = None) -> list[Text]:
    """Make the add-in for the Python that runs this, in the user's folder of add-ins, and have Excel load it.

    An earlier add-in of phuluc is replaced, wherever Excel loads it from. Raises InputFault, before anything is
    written, where it could not work: no Windows, Excel running, an interpreter that VBA cannot start, a foreign file.
    """
    machine = machine or this_machine()
    target = machine.addins / ADDIN
    _refuse_open_excel(machine)
    _refuse_interpreter(machine)
    if os.path.exists(target) and not is_addin(target):
        foreign = Text("đã có tệp khác trùng tên ở đó", "another file of that name is there already")
        moved = Text("tệp ấy ở chỗ khác hoặc mang tên khác", "that file elsewhere, or under another name")
        raise InputFault(foreign, file=target, expected=moved)
    _build(target, machine.interpreter)
    return [Text(f"Đã ghi phần bổ trợ: {target}", f"The add-in was written: {target}"), *register(target, machine)]


def register(target: Path, machine: Machine | None = None) -> list[Text]:
    """Have every Excel of this user load the add-in at `target`, and no other of its name. Raises InputFault."""
    machine = machine or this_machine()
    _refuse_open_excel(machine)
    said: list[Text] = []
    for loader in machine.loaders():
        with _changing(target):
            instead_of = loader.load(str(target))
        excel = f"Excel {loader.version}"
        said.append(Text(f"{excel} nạp phần bổ trợ khi khởi động.", f"{excel} loads the add-in when it starts."))
        said += [Text(f"{excel} không nạp nữa: {old}", f"{excel} no longer loads {old}") for old in instead_of]
    if machine.installed_excel() is None:
        said.append(Text("Chưa thấy Excel trên máy này.", "No Excel was found on this PC."))
    return said


def unregister(target: Path, machine: Machine | None = None) -> list[Text]:
    """Have no Excel of this user load the add-in at `target`; others of its name stay. Raises InputFault."""
    return _unload(machine or this_machine(), lambda path: same_file(path, str(target)))


def uninstall(machine: Machine | None = None) -> list[Text]:
    """Have no Excel of this user load any add-in of phuluc, and delete the one in the user's folder of add-ins.

    Raises InputFault.
    """
    machine = machine or this_machine()
    target = machine.addins / ADDIN
    said = _unload(machine, lambda path: same_name(path, ADDIN))
    if is_addin(target):
        with _changing(target):
            target.unlink()
        said.append(Text(f"Đã xóa: {target}", f"Deleted: {target}"))
    return said or [Text("Phần bổ trợ chưa được cài.", "The add-in was not installed.")]


def status(machine: Machine | None = None) -> list[Line]:
    """What there is and what stands in the way, a sentence each."""
    try:
        return report(machine or this_machine())
    except InputFault as fault:
        return [*python_lines(), Line(False, Text(fault.sentence("vi"), fault.sentence("en")))]


def _unload(machine: Machine, meant: Callable[[str], bool]) -> list[Text]:
    _refuse_open_excel(machine)
    said: list[Text] = []
    for loader in machine.loaders():
        with _changing(machine.addins):
            unloaded = loader.unload(meant)
        excel = f"Excel {loader.version}"
        said += [Text(f"{excel} không nạp nữa: {path}", f"{excel} no longer loads {path}") for path in unloaded]
    return said


def _build(target: Path, interpreter: Path) -> None:
    from addin.xlam.build import build

    with TemporaryDirectory(prefix="phuluc-") as folder:
        made = build(Path(folder, ADDIN), force=False, interpreter=str(interpreter))
        with _changing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        put_in_place(made.read_bytes(), target)


def _refuse_open_excel(machine: Machine) -> None:
    if machine.excel_is_open():  # it writes its own list of add-ins when it ends
        raise InputFault(
            Text("Excel đang mở", "Excel is running"),
            expected=Text("đóng mọi cửa sổ Excel rồi chạy lại", "all windows of Excel closed, then this again"),
        )


def _refuse_interpreter(machine: Machine) -> None:
    if not machine.interpreter.is_file():
        raise InputFault(
            Text("cạnh Python này không có pythonw.exe", "there is no pythonw.exe beside this Python"),
            file=machine.interpreter,
            expected=Text("Python cho Windows tải từ python.org", "Python for Windows from python.org"),
        )
    if not machine.can_name(machine.interpreter):
        raise InputFault(
            Text(
                "VBA không gọi được Python ở đường dẫn có những chữ này",
                "VBA cannot start a Python whose path has such letters",
            ),
            file=machine.interpreter,
            expected=Text(
                r"Python ở thư mục không dấu, như C:\Python313, hoặc bộ cài Phuluc-Setup.exe",
                r"Python in a folder of plain letters, as C:\Python313, or the installer Phuluc-Setup.exe",
            ),
        )


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        what = Text("Windows không cho sửa", "Windows does not allow the change")
        raise InputFault(what, file=path, found=fault.strerror) from fault
