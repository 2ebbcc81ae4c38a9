"""What a rule is: one file, one pure function, and all that a person wants to know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from faults import Text
from validators.diagnosis.model import Diagnosis
from validators.equations.model import Equation
from validators.findings import Finding, Severity
from validators.grid import Book
from validators.tables.model import AppendixTable


@dataclass(frozen=True)
class Checked:
    """All that is known of a workbook when its rules run."""

    book: Book
    tables: tuple[AppendixTable, ...]
    equations: tuple[Equation, ...]
    diagnoses: tuple[Diagnosis, ...]


@dataclass(frozen=True)
class Rule:
    """A rule. `name` is its code, in kebab-case, and the name of its file. `severity` is the gravest that it gives.

    `explanation`: what it finds and why it matters; `example`: a wrong case in a sentence or two; `remedy`: how to
    mend it. `check` is pure: the same workbook gives the same findings.
    """

    name: str
    severity: Severity
    title: Text
    explanation: Text
    example: Text
    remedy: Text
    check: Callable[[Checked], Iterable[Finding]]
