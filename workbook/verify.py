"""Does a workbook say what it calculates to? Engines that nobody here wrote are asked, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from faults import InputFault, Text
from workbook.engines import ENGINES, EngineFault, Recalculation, available_engines, recalculate
from workbook.package import FormulaCell, Value, formula_cells
from workbook.rounding import as_shown, shown_decimals


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far one engine came: `judged` of the workbook's formula cells; `problem` says why it judged none."""

    engine: str
    version: str
    judged: int
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A formula cell whose cached value is missing (None), or is not what every engine that judged it calculates."""

    sheet: str
    cell: str
    cached: Value | None
    calculated: Mapping[str, Value]  # by engine


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What the engines say of `path`; `missing` are the engines asked for that are not installed."""

    path: Path
    formulas: int
    judgements: tuple[Judgement, ...]
    missing: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def agrees(self) -> bool:
        """No cell disagrees, and where there are formulas an engine has judged some."""
        return not self.disagreements and (not self.formulas or any(each.judged for each in self.judgements))


def verify(path: Path, engines: Iterable[str] = ENGINES) -> VerifyReport:
    """Recalculate the workbook `path` with each engine and compare every formula cell with its cached value.

    Numbers are compared as the number format of their cell shows them, texts, truth values and errors as they are.
    Raises InputFault for a file that is no .xlsx workbook and for an engine that does not exist.
    """
    asked = tuple(dict.fromkeys(engines))
    for name in asked:
        if name not in ENGINES:
            known = Text(" hoặc ".join(ENGINES), " or ".join(ENGINES))
            raise InputFault(Text("không có bộ tính này", "there is no such engine"), found=name, expected=known)
    cells = list(formula_cells(path))
    installed = available_engines()
    judgements, calculated = [], []
    for name in asked:
        if name in installed:
            judgement, values = _ask(name, path, cells)
            judgements.append(judgement)
            calculated.append(values)
    missing = tuple(name for name in asked if name not in installed)
    disagreements = tuple(found for cell in cells if (found := _compare(cell, calculated)) is not None)
    return VerifyReport(path, len(cells), tuple(judgements), missing, disagreements)


def _ask(engine: str, path: Path, cells: list[FormulaCell]) -> tuple[Judgement, Recalculation]:
    try:
        recalculation = recalculate(engine, path)
    except EngineFault as fault:
        return Judgement(engine, "", 0, str(fault)), Recalculation(engine, "", {})
    judged = sum((cell.sheet, cell.cell) in recalculation.values for cell in cells)
    return Judgement(engine, recalculation.version, judged), recalculation


def _compare(cell: FormulaCell, recalculations: list[Recalculation]) -> Disagreement | None:
    place = (cell.sheet, cell.cell)
    calculated = {each.engine: each.values[place] for each in recalculations if place in each.values}
    decimals = shown_decimals(cell.number_format)
    if cell.cached is not None and all(_same(cell.cached, value, decimals) for value in calculated.values()):
        return None
    return Disagreement(cell.sheet, cell.cell, cell.cached, calculated)


def _same(one: Value, other: Value, decimals: int | None) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, float) and isinstance(other, float):
        return as_shown(one, decimals) == as_shown(other, decimals)
    return one == other
