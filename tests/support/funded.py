"""The funding of workbooks, flattened into lines that tests compare with literal ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from budget.rollup import By, Entry, pivot
from validators.funding import Leaf, TableFunding, funding, leaves

from .understood import examined

HEAD = "| | Đơn vị: triệu đồng\n"


def funded(sheets: Mapping[str, str] | str, axes: Sequence[By] = (By.SOURCE, By.YEAR)) -> tuple[TableFunding, ...]:
    """The funding of typed sheets."""
    return funding(examined(sheets), axes)


def lines(sheets: Mapping[str, str] | str, *axes: By) -> list[str]:
    """The entries of typed sheets that count, as `leaf_lines` gives them."""
    return leaf_lines(leaves(funded(sheets, axes or (By.SOURCE, By.YEAR))))


def leaf_lines(found: Iterable[Leaf]) -> list[str]:
    """Each entry: "D9 40 Ngân sách địa phương 2021"; the rest of a figure that is broken down in part ends with "+"."""
    return [
        " ".join(
            [
                leaf.place.address,
                f"{leaf.figure.normalize():f}",
                *(str(leaf.key(by)) for by in (By.SOURCE, By.YEAR, By.AGENCY) if leaf.key(by) is not None),
                *(["+"] if leaf.rest else []),
            ]
        )
        for leaf in found
    ]


def table_lines(fundings: Iterable[TableFunding]) -> list[str]:
    """Each table: "Phụ lục A5:H68 6860000000 of 6860000000", what holds its money already, what does not fit."""
    told = []
    for each in fundings:
        stated = "no total" if each.stated is None else f"of {each.stated.normalize():f}"
        within = f" in {each.within.grid.name} {each.within.area}" if each.within else ""
        doubt = "" if each.proven or each.stated is None else " ?"
        told.append(f"{each.table.grid.name} {each.table.area} {each.total.normalize():f} {stated}{doubt}{within}")
    return told


def in_millions(entries: Iterable[Entry], rows: By, columns: By | None = None) -> dict[str, list[Decimal]]:
    """The sums in triệu đồng, row by row; the headings under ""."""
    found = pivot(entries, rows, columns)
    table = {"": list(found.columns)} if columns else {}
    return table | {
        str(row): [found.cells.get((row, column), Decimal(0)) / 10**6 for column in found.columns] for row in found.rows
    }
