"""From raw tables to a Plan: the document, its sources, appendices and controls; items and costings have modules of
their own. Whatever names something else is looked up here, and refused if it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from budget.loading.costings import build_estimates
from budget.loading.items import build_items
from budget.loading.raw import RawTable, Record, fold, records
from budget.loading.readings import Readings
from budget.loading.references import axis_of, look_up, once
from budget.numbers import Form, Malformed
from budget.plan import Appendix, Axis, Control, Decision, Plan, Source, State
from budget.schema import APPENDICES, CONTROLS, COSTINGS, ESTIMATES, ITEMS, PLAN, READINGS, SOURCES
from budget.words import from_words
from faults import Text

_SHEET_NAME_LIMIT = 31  # Excel's
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\n]")


def build_plan(key: str, tables: Mapping[str, RawTable]) -> Plan:
    """The plan that the tables describe; InputFault for the first thing that is wrong, in the order of the schema."""
    head = rows(PLAN)[0]
