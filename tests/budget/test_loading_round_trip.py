"""What can be written as a folder is read back the same."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from support.plan_folder import write_plan
from support.strategies import plans

from budget.loading import load_plan

PLANS = Path(__file__).parents[2] / "plans"


@given(plans())
@settings(max_examples=60, deadline=None)
def test_any_plan_survives_a_folder(plan):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / plan.key
        folder.mkdir()
        write_plan(folder, plan)
        assert load_plan(folder) == plan


@pytest.mark.parametrize("name", sorted(path.parent.name for path in PLANS.glob("*/plan.toml")))
def test_the_reference_plans_survive_a_folder(name, tmp_path):
    plan = load_plan(PLANS / name)
    folder = tmp_path / name
    folder.mkdir()
    write_plan(folder, plan)
    assert load_plan(folder) == plan
