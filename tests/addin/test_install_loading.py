"""The values OPEN, OPEN1, ... of Excel's Options key: ours comes, others stay, ours goes."""

from __future__ import annotations

import pytest
from support.windows_pc import OPTIONS, UNTICKED, LiteralRegistry

from addin.installing.loading import Loader
from addin.installing.registry import Value

OURS = r"C:\Phuluc\phuluc.xlam"
ADDINS = r"C:\Users\An\AppData\Roaming\Microsoft\AddIns"
SOLVER = r'/R "C:\Office\SOLVER.XLAM"'
TOOLS = r"C:\Office\tools.xla"
FUNCTIONS = '/A "Company.Functions"'


def loader(contents: dict[str, dict[str, str | int | bytes | Value]]) -> tuple[Loader, LiteralRegistry]:
    registry = LiteralRegistry(contents)
    return Loader(registry, "16.0", ADDINS), registry


def test_the_first_add_in_takes_open() -> None:
    excel, registry = loader({})
    assert excel.load(OURS) == []
    assert registry.contents == {OPTIONS: {"OPEN": r'/R "C:\Phuluc\phuluc.xlam"'}}
    assert excel.loaded() == [OURS]


@pytest.mark.parametrize(
    ("before", "slot"),
    [
        ({"OPEN": SOLVER}, "OPEN1"),
        ({"OPEN": SOLVER, "OPEN1": TOOLS}, "OPEN2"),
        ({"OPEN1": SOLVER, "OPEN2": TOOLS}, "OPEN"),
        ({"OPEN": SOLVER, "OPEN2": TOOLS}, "OPEN1"),
        ({"Open": SOLVER}, "OPEN1"),
        ({f"OPEN{n or ''}": SOLVER for n in range(10)}, "OPEN10"),
        ({"OPENS": "x", "OPEN01": "y", "Font": "Times New Roman,12", "FirstRun": 0}, "OPEN"),
    ],
)
def test_it_takes_the_first_free_number_and_touches_nothing_else(before: dict[str, str | int], slot: str) -> None:
    excel, registry = loader({OPTIONS: before})
    assert excel.load(OURS) == []
    assert registry.contents == {OPTIONS: {**before, slot: r'/R "C:\Phuluc\phuluc.xlam"'}}


@pytest.mark.parametrize(
    "data", [r'/R "C:\Phuluc\phuluc.xlam"', r'"c:\phuluc\PHULUC.xlam"', r"C:\Phuluc\.\phuluc.xlam "]
)
def test_one_that_is_loaded_already_is_left_as_it_is(data: str) -> None:
    excel, registry = loader({OPTIONS: {"OPEN": SOLVER, "OPEN1": data}})
    assert excel.load(OURS) == []
    assert registry.writes == 0


def test_a_bare_name_is_a_file_in_the_users_own_folder() -> None:
    excel, registry = loader({OPTIONS: {"OPEN": '"phuluc.xlam"'}})
    assert excel.loaded() == [rf"{ADDINS}\phuluc.xlam"]
    assert excel.load(rf"{ADDINS}\phuluc.xlam") == []
    assert registry.writes == 0


def test_another_copy_gives_way_in_its_place_and_is_named() -> None:
    old = r"D:\cu\Phuluc.xlam"
    excel, registry = loader({OPTIONS: {"OPEN": f'"{old}"', "OPEN1": SOLVER, "OPEN2": '"phuluc.xlam"', "OPEN3": TOOLS}})
    assert excel.load(OURS) == [old, rf"{ADDINS}\phuluc.xlam"]
    assert registry.contents == {OPTIONS: {"OPEN": f'/R "{OURS}"', "OPEN1": SOLVER, "OPEN2": TOOLS}}


def test_an_unticked_one_is_ticked_again() -> None:
    others = {r"C:\Office\Other.xlam": ""}
    excel, registry = loader({UNTICKED: {**others, OURS.lower(): "", r"D:\cu\phuluc.xlam": ""}})
    assert excel.unticked() == [r"C:\Office\Other.xlam", OURS.lower(), r"D:\cu\phuluc.xlam"]
    excel.load(OURS)
    assert registry.contents == {UNTICKED: others, OPTIONS: {"OPEN": f'/R "{OURS}"'}}


def test_going_closes_the_gap_and_keeps_the_kind_of_each_value() -> None:
    expanding = Value(r'/R "%USERPROFILE%\a.xlam"', 2)
    before = {"OPEN": SOLVER, "OPEN1": f'/R "{OURS}"', "OPEN2": expanding, "OPEN3": FUNCTIONS, "Pos": "0,0,10,10"}
    excel, registry = loader({OPTIONS: before})
    assert excel.unload(lambda path: path == OURS) == [OURS]
    assert registry.contents == {OPTIONS: {"OPEN": SOLVER, "OPEN1": expanding, "OPEN2": FUNCTIONS, "Pos": "0,0,10,10"}}


def test_a_gap_of_others_stays_theirs() -> None:
    excel, registry = loader({OPTIONS: {"OPEN": f'/R "{OURS}"', "OPEN1": SOLVER, "OPEN5": TOOLS}})
    assert excel.unload(lambda path: path == OURS) == [OURS]
    assert registry.contents == {OPTIONS: {"OPEN": SOLVER, "OPEN5": TOOLS}}


def test_several_go_at_once() -> None:
    copies = {"OPEN": f'"{OURS}"', "OPEN1": SOLVER, "OPEN2": r"D:\phuluc.xlam", "OPEN3": TOOLS, "OPEN4": f'"{OURS}"'}
    excel, registry = loader({OPTIONS: copies, UNTICKED: {OURS: "", "C:\\x.xla": ""}})
    assert excel.unload(lambda path: path.endswith("phuluc.xlam")) == [OURS, r"D:\phuluc.xlam", OURS]
    assert registry.contents == {OPTIONS: {"OPEN": SOLVER, "OPEN1": TOOLS}, UNTICKED: {"C:\\x.xla": ""}}


def test_coming_and_going_leaves_what_was_there() -> None:
    before = {"OPEN": SOLVER, "OPEN1": TOOLS, "OPEN2": FUNCTIONS, "Options3": 0}
    excel, registry = loader({OPTIONS: before})
    excel.load(OURS)
    assert excel.unload(lambda path: path == OURS) == [OURS]
    assert registry.contents == {OPTIONS: before}


def test_no_write_leaves_another_add_in_without_a_value() -> None:
    """Were the power to fail between two writes, every other add-in would still be loaded."""

    class Watched(LiteralRegistry):
        def write(self, key: str, name: str, value: Value) -> None:
            super().write(key, name, value)
            assert {SOLVER, TOOLS, FUNCTIONS} <= set(self.contents[OPTIONS].values())

        def remove(self, key: str, name: str) -> None:
            super().remove(key, name)
            assert {SOLVER, TOOLS, FUNCTIONS} <= set(self.contents[OPTIONS].values())

    registry = Watched({OPTIONS: {"OPEN": f'"{OURS}"', "OPEN1": SOLVER, "OPEN2": TOOLS, "OPEN3": FUNCTIONS}})
    Loader(registry, "16.0", ADDINS).unload(lambda path: path == OURS)
    assert registry.contents == {OPTIONS: {"OPEN": SOLVER, "OPEN1": TOOLS, "OPEN2": FUNCTIONS}}
    assert registry.writes == 4
