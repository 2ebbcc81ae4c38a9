"""A plan becomes a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from budget.figures import FigureKey, Figures
from budget.plan import Kind, Plan
from budget.words import to_words
from generators import about, carried, checks
from generators.appendix import AppendixWriter
from generators.costing import CostingWriter
from generators.demands import demand
from generators.forms import Form, load_form
from generators.layout import lay_out
from generators.registry import Registry
from generators.sheet import FormSheet
from generators.spoken import SHEET as SPOKEN_SHEET
from generators.spoken import Spoken
from workbook.saving import save

OWN_SHEETS = (checks.SHEET, about.SHEET, SPOKEN_SHEET, carried.SHEET)


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written: the file, how much it holds, and its grand total in đồng (of its first table of items)."""

    path: Path
    sheets: int
    items: int
    formulas: int
    total: Decimal
    words: str


def generate(
    plan: Plan, target: Path, *, force: bool = False, protect: bool = False, form: Callable[[str], Form] = load_form
) -> Generated:
    """Writes the workbook of a plan to `target`; InputFault (and no file) where plan, form or target will not do."""
    figures = Figures(plan)
    workbook = _compose(plan, form, figures)
    if protect:
        for sheet in workbook.worksheets:
            _protect(sheet)
    report = save(workbook, target, force=force)
    first = next((a for a in plan.appendices if not a.summarises and plan.items_of(a.key)), plan.appendices[0])
    total = figures[FigureKey(first.key)] * first.unit.factor
    items = sum(item.kind is not Kind.GROUP for item in plan.items)
    words = to_words(total.to_integral_value(), first.words)
    return Generated(target, len(workbook.sheetnames), items, report.formulas, total, words)


def compose(plan: Plan, form: Callable[[str], Form] = load_form) -> openpyxl.Workbook:
    """The workbook of a plan, in memory and without cached values."""
    return _compose(plan, form, Figures(plan))


def _compose(plan: Plan, form: Callable[[str], Form], figures: Figures) -> openpyxl.Workbook:
    forms = {appendix.key: form(appendix.form) for appendix in plan.appendices}
    demand(plan, forms, figures, OWN_SHEETS)
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    _set_default_font(workbook)
    registry, spoken = Registry(), Spoken(workbook)
    items: list[AppendixWriter] = []
    costings: list[CostingWriter] = []
    steps: list[Callable[[], None]] = []
    for appendix in plan.appendices:
        used = forms[appendix.key]
        sheet = FormSheet(workbook, appendix.sheet, used)
        if used.is_costing:
            costing = CostingWriter(plan, appendix, used, figures, registry)
            costings.append(costing)
            steps.append(lambda costing=costing, sheet=sheet: costing.write(sheet))  # type: ignore[misc]
            costing.register()
        else:
            writer = AppendixWriter(lay_out(plan, appendix, used, figures), sheet, registry, spoken)
            items.append(writer)
            steps.append(writer.write)
            writer.register()
    for step in steps:  # only now does the registry know where everything stands
        step()
    workbook.move_sheet(SPOKEN_SHEET, len(workbook.sheetnames))
    place = len(plan.appendices)
    about.write_about(workbook, plan, items, spoken, place)
    checking = checks.Checks(plan, items, costings, registry, spoken)
    checks.write_checks(workbook, list(checking.all()), place)
    carried.write_carried(workbook, carried.carried_facts(plan, forms, checking.names_of_controls()))
    _describe(workbook, plan)
    return workbook


def _set_default_font(workbook: openpyxl.Workbook) -> None:
    """Column widths count digits of the default font; with the one that is printed they mean the same everywhere."""
    styles: Any = workbook._named_styles  # type: ignore[attr-defined]
    styles["Normal"].font = Font(name="Times New Roman", size=11)


def _describe(workbook: openpyxl.Workbook, plan: Plan) -> None:
    properties = workbook.properties
    properties.title, properties.subject = plan.title, f"{plan.decision.kind} {plan.decision.number or ''}".strip()
    properties.creator, properties.keywords = plan.decision.issuer, f"phuluc; {plan.key}; {plan.version}"
    stamp = plan.decision.date
    moment = datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC) if stamp else datetime.now(UTC)
    properties.created = properties.modified = moment.replace(tzinfo=None)
    workbook.calculation.fullCalcOnLoad = True
    workbook.active = 0


def _protect(sheet: Worksheet) -> None:
    """Protection without a password: inputs stay open, formulas do not; columns and rows may still be sized."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
