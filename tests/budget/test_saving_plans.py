"""A plan's folder is written whole or not at all, and never over what is somebody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.reference import reference

from budget import saving
from budget.loading import load_plan
from budget.saving import save_plan
from faults import InputFault

NAME = "can-tho-2021-2025"


def test_a_plan_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    save_plan(reference(NAME), tmp_path / NAME)
    assert load_plan(tmp_path / NAME) == reference(NAME)
    assert os.listdir(tmp_path) == [NAME]


def test_a_plan_without_costings_takes_the_file_of_others_away(tmp_path: Path) -> None:
    folder = tmp_path / "ke-hoach"
    save_plan(reference(NAME), folder)
    save_plan(reference("binh-dinh-2021-2025"), folder, force=True)
    assert sorted(os.listdir(folder)) == ["items.csv", "plan.toml"]


def test_a_plan_that_does_not_read_back_the_same_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "load_plan", lambda folder: reference("binh-dinh-2021-2025"))
    with pytest.raises(InputFault, match="reads differently"):
        save_plan(reference(NAME), tmp_path / NAME)
    assert os.listdir(tmp_path) == []


def test_targets_that_are_refused(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("", encoding="utf-8")
    for target, what in ((tmp_path / "không" / "có", "folder of the target is missing"), (tmp_path / "tệp", "a file")):
        with pytest.raises(InputFault, match=what):
            save_plan(reference(NAME), target)
