"""`phuluc addin install` and `uninstall`: what they write, what they refuse, and that nothing else is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.windows_pc import INSTALLED, OPTIONS, UNTICKED, LiteralRegistry, machine, write_addin

from addin.install import install, register, status, uninstall, unregister
from addin.installing.machine import Machine, refuse_store_python
from faults import InputFault

SOLVER = r'/R "C:\Office\SOLVER.XLAM"'


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The interpreters that add-ins were built for, by a build that takes no time."""
    interpreters: list[str] = []

    def build(target: Path, *, force: bool, interpreter: str) -> Path:
        interpreters.append(interpreter)
        return write_addin(target, interpreter)

    monkeypatch.setattr("addin.xlam.build.build", build)
    return interpreters


def english(machine_of_test: Machine) -> list[str]:
    return [said.en for said in install(machine_of_test)]


def test_it_writes_the_add_in_for_this_python_and_has_excel_load_it(tmp_path: Path, built: list[str]) -> None:
    registry = LiteralRegistry({**INSTALLED, OPTIONS: {"OPEN": SOLVER}})
    pc = machine(tmp_path, registry)
    target = tmp_path / "Roaming/Microsoft/AddIns/phuluc.xlam"
    assert english(pc) == [f"The add-in was written: {target}", "Excel 16.0 loads the add-in when it starts."]
    assert built == [str(tmp_path / "Python313/pythonw.exe")]
    assert [path.name for path in target.parent.iterdir()] == ["phuluc.xlam"]
    assert registry.contents == {**INSTALLED, OPTIONS: {"OPEN": SOLVER, "OPEN1": f'/R "{target}"'}}

    assert english(pc) == [f"The add-in was written: {target}", "Excel 16.0 loads the add-in when it starts."]
    assert registry.writes == 1

    assert [said.en for said in uninstall(pc)] == [f"Excel 16.0 no longer loads {target}", f"Deleted: {target}"]
    assert registry.contents == {**INSTALLED, OPTIONS: {"OPEN": SOLVER}}
    assert list(target.parent.iterdir()) == []
    assert [said.en for said in uninstall(pc)] == ["The add-in was not installed."]


def test_every_excel_that_the_user_has_started_loads_it(tmp_path: Path, built: list[str]) -> None:
    older = r"HKCU\Software\Microsoft\Office\14.0\Excel"
    registry = LiteralRegistry({**INSTALLED, rf"{older}\Security": {"VBAWarnings": 2}})
    said = english(machine(tmp_path, registry))
    assert said[1:] == ["Excel 16.0 loads the add-in when it starts.", "Excel 14.0 loads the add-in when it starts."]
    target = tmp_path / "Roaming/Microsoft/AddIns/phuluc.xlam"
    assert registry.contents[OPTIONS] == registry.contents[rf"{older}\Options"] == {"OPEN": f'/R "{target}"'}


def test_an_excel_that_comes_later_will_load_it(tmp_path: Path, built: list[str]) -> None:
    registry = LiteralRegistry()
    said = english(machine(tmp_path, registry))
    assert said[1:] == ["Excel 16.0 loads the add-in when it starts.", "No Excel was found on this PC."]
    assert list(registry.contents) == [OPTIONS]


def test_what_the_installer_laid_elsewhere_gives_way_and_stays_on_the_disk(tmp_path: Path, built: list[str]) -> None:
    laid = write_addin(tmp_path / "Phuluc/phuluc.xlam")
    registry = LiteralRegistry({**INSTALLED, OPTIONS: {"OPEN": f'/R "{laid}"'}})
    pc = machine(tmp_path, registry)
    assert english(pc)[1:] == ["Excel 16.0 loads the add-in when it starts.", f"Excel 16.0 no longer loads {laid}"]
    assert laid.is_file()


def test_the_installer_registers_its_own_copy_and_no_other_goes_with_it(tmp_path: Path) -> None:
    mine, other = tmp_path / "Phuluc/phuluc.xlam", tmp_path / "other/phuluc.xlam"
    registry = LiteralRegistry({**INSTALLED, OPTIONS: {"OPEN": SOLVER}})
    pc = machine(tmp_path, registry)
    assert [said.en for said in register(mine, pc)] == ["Excel 16.0 loads the add-in when it starts."]
    assert registry.contents[OPTIONS] == {"OPEN": SOLVER, "OPEN1": f'/R "{mine}"'}
    assert unregister(other, pc) == []
    assert [said.en for said in unregister(mine, pc)] == [f"Excel 16.0 no longer loads {mine}"]
    assert registry.contents[OPTIONS] == {"OPEN": SOLVER}


def test_an_unticked_add_in_is_forgotten_with_the_rest(tmp_path: Path) -> None:
    registry = LiteralRegistry({**INSTALLED, UNTICKED: {r"D:\phuluc.xlam": "", r"D:\other.xlam": ""}})
    uninstall(machine(tmp_path, registry))
    assert registry.contents == {**INSTALLED, UNTICKED: {r"D:\other.xlam": ""}}


def refusal(pc: Machine) -> str:
    with pytest.raises(InputFault) as refused:
        install(pc)
    return str(refused.value)


def test_a_file_of_the_user_under_our_name_is_not_replaced(tmp_path: Path, built: list[str]) -> None:
    registry = LiteralRegistry(INSTALLED)
    target = tmp_path / "Roaming/Microsoft/AddIns/phuluc.xlam"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"a workbook of somebody's own")
    assert refusal(machine(tmp_path, registry)) == (
        f"{target}: another file of that name is there already; expected that file elsewhere, or under another name."
    )
    uninstall(machine(tmp_path, registry))
    assert target.read_bytes() == b"a workbook of somebody's own"
    assert registry.writes == 0


def test_excel_must_be_closed(tmp_path: Path, built: list[str]) -> None:
    registry = LiteralRegistry({**INSTALLED, OPTIONS: {"OPEN": '"phuluc.xlam"'}})
    pc = machine(tmp_path, registry, excel_is_open=True)
    assert refusal(pc) == "Excel is running; expected all windows of Excel closed, then this again."
    with pytest.raises(InputFault, match="Excel is running"):
        uninstall(pc)
    assert registry.writes == 0
    assert not (tmp_path / "Roaming").exists()


@pytest.mark.parametrize(
    ("code_page", "folder", "works"),
    [
        ("cp1252", "An", True),
        ("cp1252", "Tài liệu", False),
        ("cp1258", "Nguyễn", False),  # the Vietnamese code page has no letter ễ
        ("cp1258", "Tài", True),
        ("utf-8", "Nguyễn Văn Đường", True),  # Windows with UTF-8 as its code page
    ],
)
def test_vba_must_be_able_to_name_python(
    tmp_path: Path, built: list[str], code_page: str, folder: str, works: bool
) -> None:
    pc = machine(tmp_path / folder, LiteralRegistry(INSTALLED), code_page=code_page)
    if works:
        assert len(install(pc)) == 2
    else:
        assert refusal(pc) == (
            f"{pc.interpreter}: VBA cannot start a Python whose path has such letters; "
            r"expected Python in a folder of plain letters, as C:\Python313, or the installer Phuluc-Setup.exe."
        )
        assert not pc.appdata.exists()


def test_python_must_have_a_pythonw(tmp_path: Path, built: list[str]) -> None:
    pc = machine(tmp_path, LiteralRegistry(INSTALLED))
    shutil.rmtree(tmp_path / "Python313")
    assert refusal(pc).startswith(f"{pc.interpreter}: there is no pythonw.exe beside this Python;")


def test_a_registry_that_may_not_be_written_is_a_sentence(tmp_path: Path, built: list[str]) -> None:
    class Locked(LiteralRegistry):
        def write(self, *_: object) -> None:
            raise PermissionError(13, "Access is denied")

    assert refusal(machine(tmp_path, Locked(INSTALLED))) == (
        f"{tmp_path / 'Roaming/Microsoft/AddIns/phuluc.xlam'}: Windows does not allow the change; "
        "found “Access is denied”."
    )


def test_a_python_of_the_microsoft_store_is_refused() -> None:
    store = r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.13_3.13.752.0_x64__qbz5n2kfra8p0"
    with pytest.raises(InputFault, match="a Python from the Microsoft Store cannot install the add-in"):
        refuse_store_python(Path(store))
    refuse_store_python(Path(r"C:\Python313"))


def test_here_there_is_no_windows() -> None:
    with pytest.raises(InputFault) as refused:
        install()
    assert refused.value.sentence("vi") == (
        "phần bổ trợ chỉ chạy trong Excel cho Windows; cần “phuluc addin build” để tạo phuluc.xlam cho một máy "
        "Windows, hoặc “phuluc office” để chạy các lệnh ấy bằng LibreOffice trên máy này."
    )
    assert [line.good for line in status()] == [True, True, False]
    assert status()[2].text.vi == refused.value.sentence("vi")
