"""What differs between two plans, row by row of their tables, as short literal tuples."""

from __future__ import annotations

from collections.abc import Mapping

from budget.plan import Plan
from budget.tables import plan_rows

Change = tuple[str, str, str, object, object]  # table, code of the row, column ("" the whole row), before, after


def changes(before: Plan, after: Plan) -> list[Change]:
    """The cells that differ, the rows that went or came (their title, or the row itself), and the order if it did."""
    found: list[Change] = []
    old, new = plan_rows(before), plan_rows(after)
    for table in old:
        rows, again = _by_code(old[table]), _by_code(new[table])
        for code in rows:
            if code not in again:
                found.append((table, code, "", _name(rows[code]), None))
                continue
            columns = dict.fromkeys([*rows[code], *again[code]])
            pairs = [(column, rows[code].get(column), again[code].get(column)) for column in columns]
            found += [(table, code, column, was, now) for column, was, now in pairs if was != now]
        found += [(table, code, "", None, _name(again[code])) for code in again if code not in rows]
        stayed = [code for code in rows if code in again]
        if stayed != (now := [code for code in again if code in rows]):
            found.append((table, "", "order", stayed, now))
    return found


def _by_code(rows: list[dict[str, object]]) -> dict[str, Mapping[str, object]]:  # type: ignore[type-arg]
    return {str(row.get("id") or row.get("key") or f"#{number}"): row for number, row in enumerate(rows, 1)}


def _name(row: Mapping[str, object]) -> object:
    return row.get("title") or row.get("caption") or row.get("content") or row
