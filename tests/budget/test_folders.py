"""Folders are written whole or not at all; what else lies in them stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from budget.folders import in_place, refuse_place
from faults import InputFault


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_a_folder_that_is_new_and_one_that_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "các sở"
    with in_place(folder) as scratch:
        (scratch / "a").write_text("1", encoding="utf-8")
        assert not folder.exists()
    (folder / "của tôi").write_text("x", encoding="utf-8")
    with in_place(folder) as scratch:
        (scratch / "a").write_text("2", encoding="utf-8")
        (scratch / "b").write_text("3", encoding="utf-8")
        assert (folder / "a").read_text(encoding="utf-8") == "1"
    assert _texts(folder) == {"a": "2", "b": "3", "của tôi": "x"}
    assert os.listdir(tmp_path) == ["các sở"]


def test_files_that_are_not_written_anew_go(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text("cũ", encoding="utf-8")
    with in_place(tmp_path, among=("a", "b", "d")) as scratch:
        (scratch / "a").write_text("mới", encoding="utf-8")
    assert _texts(tmp_path) == {"a": "mới", "c": "cũ"}


@pytest.mark.parametrize("exists", [False, True])
def test_nothing_is_left_of_what_was_broken_off(tmp_path: Path, exists: bool) -> None:
    folder = tmp_path / "kế hoạch"
    if exists:
        folder.mkdir()
        (folder / "a").write_text("cũ", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        _break_off(folder)
    assert folder.exists() is exists
    assert [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()] == ["cũ"] * exists


def _break_off(folder: Path) -> None:
    with in_place(folder, among=("a",)) as scratch:
        (scratch / "a").write_text("mới", encoding="utf-8")
        raise KeyboardInterrupt


def test_a_full_disk_is_told_of_the_folder_that_was_named(tmp_path: Path) -> None:
    with pytest.raises(InputFault) as told, in_place(tmp_path / "x"):
        raise OSError(28, "No space left on device")
    assert told.value.sentence("vi") == (f"{tmp_path / 'x'}: không ghi được thư mục; thấy “No space left on device”.")
    assert os.listdir(tmp_path) == []


def test_places_that_take_nothing(tmp_path: Path) -> None:
    (tmp_path / "tệp").touch()
    for place, what in ((tmp_path / "không" / "có", "folder of the target is missing"), (tmp_path / "tệp", "a file")):
        with pytest.raises(InputFault, match=what):
            refuse_place(place)
    with pytest.raises(InputFault, match="cannot be written"), in_place(tmp_path / ("a" * 300)):
        raise OSError(36, "File name too long")
