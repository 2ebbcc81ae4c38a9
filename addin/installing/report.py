"""What `phuluc addin status` says: what there is, and what keeps a button from doing anything."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from addin.installing.loading import Loader, same_name
from addin.installing.machine import ADDIN, OFFICE, Machine
from addin.installing.package import is_addin, places
from faults import Text

_INTERNET = re.compile(r"^ZoneId=[34]", re.MULTILINE)  # Windows' zones: the internet, restricted sites

#: Settings under which Excel does not run an add-in: value, data, what to say of it.
_SECURITY = (
    ("DisableAllAddins", 1, Text("tắt mọi phần bổ trợ", "all add-ins are off")),
    ("RequireAddinSig", 1, Text("chỉ nhận phần bổ trợ có chữ ký số", "only signed add-ins are let in")),
    ("VBAWarnings", 4, Text("tắt mọi macro", "all macros are off")),
    ("VBAWarnings", 3, Text("chỉ nhận macro có chữ ký số", "only signed macros are let in")),
)


@dataclass(frozen=True)
class Line:
    """One sentence, and whether what it says is as it should be."""

    good: bool
    text: Text


def python_lines() -> list[Line]:
    """Which Python and which xlwings run this."""
    python = f"Python {platform.python_version()} ({platform.architecture()[0]}): {sys.executable}"
    return [_good(python, python), _good(*[f"xlwings {version('xlwings')}"] * 2)]


def report(machine: Machine) -> list[Line]:
    """What there is on that PC, from Python to Excel."""
    loaders = machine.loaders()
    loaded = [path for loader in loaders for path in loader.loaded() if same_name(path, ADDIN)]
    files = [Path(path) for path in dict.fromkeys(loaded)] or [machine.addins / ADDIN]
    lines = [*python_lines(), _excel(machine)]
    for loader in loaders:
        lines += [_loading(loader), *_disabled(loader), *_forbidden(loader)]
    for path in files:
        lines += _file(path, machine)
    return lines


def _excel(machine: Machine) -> Line:
    installed, bits = machine.installed_excel(), machine.excel_bits()
    if installed is None:
        return _bad("Không thấy Excel trên máy này.", "There is no Excel on this PC.")
    if bits is None:
        return _good(*[f"Excel {installed}"] * 2)
    return _good(f"Excel {installed}, bản {bits} bit", f"Excel {installed}, {bits}-bit")


def _loading(loader: Loader) -> Line:
    excel = f"Excel {loader.version}"
    paths = [path for path in loader.loaded() if same_name(path, ADDIN)]
    if paths:
        return _good(f"{excel} nạp {', '.join(paths)}", f"{excel} loads {', '.join(paths)}")
    if any(same_name(path, ADDIN) for path in loader.unticked()):
        return _bad(
            f"{excel} có phần bổ trợ trong danh sách nhưng không được chọn: Tệp > Tùy chọn > Phần bổ trợ.",
            f"{excel} has the add-in on its list, but unticked: File > Options > Add-ins.",
        )
    return _bad(
        f"{excel} chưa nạp phần bổ trợ; cài bằng: phuluc addin install",
        f"{excel} does not load the add-in; install it: phuluc addin install",
    )


def _disabled(loader: Loader) -> Iterator[Line]:
    """Excel bars an add-in during which it once crashed; its list of those holds paths in UTF-16."""
    items = loader.registry.values(rf"HKCU\{OFFICE}\{loader.version}\Excel\Resiliency\DisabledItems").values()
    if any(ADDIN in item.data.decode("utf-16-le", "ignore").lower() for item in items if isinstance(item.data, bytes)):
        yield _bad(
            f"Excel {loader.version} đã tắt phần bổ trợ sau một lần treo: Tệp > Tùy chọn > Phần bổ trợ > Mục bị tắt.",
            f"Excel {loader.version} has disabled it after a crash: File > Options > Add-ins > Disabled Items.",
        )


def _forbidden(loader: Loader) -> Iterator[Line]:
    """What the administrator or the user has forbidden in the Trust Center."""
    policies = r"Software\Policies\Microsoft\Office"
    for root in (rf"HKLM\{policies}", rf"HKCU\{policies}", rf"HKCU\{OFFICE}"):
        values = loader.registry.values(rf"{root}\{loader.version}\Excel\Security")
        given = {name.lower(): value.data for name, value in values.items()}
        for name, data, what in _SECURITY:
            if given.get(name.lower()) == data:
                yield _bad(
                    f"Trung tâm Tin cậy của Excel {loader.version} {what.vi} ({root}): nút có thể không chạy.",
                    f"In the Trust Center of Excel {loader.version} {what.en} ({root}): buttons may do nothing.",
                )


def _file(path: Path, machine: Machine) -> Iterator[Line]:
    if not is_addin(path):
        yield _bad(f"Không có phần bổ trợ ở {path}", f"There is no add-in at {path}")
        return
    yield _good(f"Tệp phần bổ trợ: {path}", f"The file of the add-in: {path}")
    if _is_blocked(path):
        yield _bad(
            f"Windows chặn {path} vì tải từ mạng: Thuộc tính > Bỏ chặn.",
            f"Windows blocks {path}, as it came from the internet: Properties > Unblock.",
        )
    searched = places(path)
    interpreter = next((place for place in searched if place.is_file()), None)
    if interpreter is None:
        where = ", ".join(map(str, searched))
        yield _bad(f"Không có Python mà phần bổ trợ gọi: {where}", f"The Python that it starts is missing: {where}")
    else:
        yield from _interpreter(interpreter, machine)


def _interpreter(path: Path, machine: Machine) -> Iterator[Line]:
    """The Python that the add-in starts, and the DLL of xlwings through which it does.

    VBA looks for the DLL beside the interpreter and, for a virtual environment, in the folder above. The DLL must be of
    Excel's kind; Python, a program of its own, need not.
    """
    yield _good(f"Phần bổ trợ gọi {path}", f"The add-in starts {path}")
    if not machine.can_name(path):
        yield _bad(
            f"VBA không gọi được Python ở đường dẫn có những chữ này: {path}",
            f"VBA cannot start a Python whose path has such letters: {path}",
        )
    kinds = [bits] if (bits := machine.excel_bits()) else [32, 64]
    for name in (f"xlwings{kind}-{version('xlwings')}.dll" for kind in kinds):
        if not any((folder / name).is_file() for folder in path.parents[:2]):
            again = "pip install --force-reinstall xlwings"
            yield _bad(
                f"Thiếu {name} cạnh Python; cài lại bằng: {again}",
                f"{name} is missing beside Python; install it again: {again}",
            )


def _is_blocked(path: Path) -> bool:
    """Whether Windows keeps a note beside the file that it came from the internet."""
    try:
        note = Path(f"{path}:Zone.Identifier").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return bool(_INTERNET.search(note))


def _good(vi: str, en: str) -> Line:
    return Line(True, Text(vi, en))


def _bad(vi: str, en: str) -> Line:
    return Line(False, Text(vi, en))
