"""What a user names where either will do: a plan, whose workbook is made, or a workbook that there is."""

from __future__ import annotations

from pathlib import Path

from budget.loading import load_plan
from budget.loading.places import is_plan, plan_path
from generators.generate import generate


def workbook_of(given: str, scratch: Path) -> Path:
    """The workbook file itself, or that of the plan that was named, made in the folder `scratch`.

    A plan is a folder, an entry workbook, or the name of a reference plan. Raises InputFault for a plan that will not
    do; that a file is a workbook is for its reader to find out.
    """
    path = plan_path(given)
    if not is_plan(path):
        return path
    plan = load_plan(path)
    return generate(plan, scratch / f"{plan.key}.xlsx").path
