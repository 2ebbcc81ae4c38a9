"""The workbook of a plan with its roll-up in it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from budget.plan import Plan
from faults import InputFault, Lang
from generators.generate import Generated, generate
from rollup.extending import extended, source_of
from rollup.kinds import BY_SOURCE
from validators.readers.refusals import fault_in
from workbook.package import formula_cells
from workbook.placing import put_in_place, refuse_target


def generate_with_rollup(
    plan: Plan, target: Path, lang: Lang, *, force: bool = False, protect: bool = False
) -> Generated:
    """Writes the workbook of a plan to `target` as `generate` does, with a roll-up of the funding as its last sheet.

    Raises InputFault, and writes nothing, where plan or target will not do, and where the plan has no amounts.
    """
    refuse_target(target, ".xlsx", force=force)
    with tempfile.TemporaryDirectory() as scratch:
        made = generate(plan, Path(scratch) / "phu-luc.xlsx", protect=protect)
        try:
            source = source_of(made.path, BY_SOURCE, None)
        except InputFault as fault:
            raise fault_in(fault, plan.key) from fault
        copy = extended(source, BY_SOURCE, lang, show=source.book.sheets[0].name, protect=protect)
    put_in_place(copy.data, target)
    formulas = sum(1 for _ in formula_cells(copy.data))
    return replace(made, path=target, sheets=made.sheets + 1, formulas=formulas)
