"""An item stands twice in a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from faults import Text
from validators.findings import Finding, Severity
from validators.rules._figures import label_of
from validators.rules._rows import label_place, lists
from validators.rules.base import Checked, Rule
from validators.tables.model import AppendixTable, Role, Row
from validators.tables.wording import folded, is_source, is_total

_GENERIC = 8  # characters: shorter labels ("Chi khác") say little
_TELLING = 25  # characters of a label that hardly occurs twice by chance
_SHORT = 60  # characters: a longer label is an item, though it names a source

_SAY = frozenset(Role) - {Role.NUMBER, Role.CONTENT}

_Key = tuple[str, ...]


def _check(checked: Checked) -> Iterator[Finding]:
    for table in checked.tables:
        for first, second in _pairs(table):
            place, other = (label_place(table, row) for row in (second, first))
            yield Finding(
                rule=RULE.name,
                severity=RULE.severity,
                message=Text(
                    f"Dòng này trùng nội dung và số liệu với dòng {first.index} ({other.address})",
                    f"This row has the wording and the figures of row {first.index} ({other.address})",
                ),
                place=place,
                label=label_of(checked, place),
            )


def _pairs(table: AppendixTable) -> Iterator[tuple[Row, Row]]:
    """The rows that repeat an earlier one, each with that one."""
    found: dict[_Key, list[tuple[int, Row]]] = defaultdict(list)
    labels = Counter(folded(row.label) for row in table.rows)
    for number, rows in enumerate(lists(table)):
        keyed = [(key, row) for row in rows if (key := _key(table, row, labels))]
        repeated = len(keyed) - len({key for key, _ in keyed})
        if repeated * 2 > len(keyed):  # several lists in one, which the layout does not tell apart
            continue
        for key, row in keyed:
            found[key].append((number, row))
    shared = _lists_alike(found)
    for places in found.values():
        for (number, first), (later, second) in pairwise(places):
            alike = number == later or (_is_telling(table, second) and (number, later) not in shared)
            if alike and not _is_above(table, first, second):
                yield first, second


def _key(table: AppendixTable, row: Row, labels: Mapping[str, int]) -> _Key | None:
    """What makes two rows the same: the wording, all figures, what else they say; None where a row says too little.

    `labels`: how many rows have each wording.
    """
    label = folded(row.label)
    if len(label) < _GENERIC or is_total(row.label) or _is_source_line(row):
        return None
    if not any(table.value(row.index, column.index) for column in table.columns):
        return None
    if labels[label] == 1:
        return (label,)
    values = (table.grid.value(row.index, column.index) for column in table.columns if column.role in _SAY)
    return label, *(folded(value) if isinstance(value, str) else str(value) for value in values)


def _is_source_line(row: Row) -> bool:
    return row.memo or (is_source(row.label) and len(row.label) <= _SHORT)


def _is_telling(table: AppendixTable, row: Row) -> bool:
    """Whether a row that stands in two lists is the same item: lines of a costing are alike in many lists."""
    priced = any((row.index, column.index) in table.figures for column in table.of_role(Role.UNIT_PRICE))
    return len(folded(row.label)) >= _TELLING and not priced


def _lists_alike(found: dict[_Key, list[tuple[int, Row]]]) -> set[tuple[int, int]]:
    """The pairs of lists that share more than one row: the same works in two places, two years, two classes."""
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in found.values():
        for first, second in pairwise(sorted({number for number, _ in places})):
            shared[first, second] += 1
    return {pair for pair, count in shared.items() if count > 1}


def _is_above(table: AppendixTable, above: Row, below: Row) -> bool:
    """Whether a row is a group that another one belongs to: a group may consist of one item of its name."""
    parent = below.parent
    while parent is not None and parent != above.index:
        parent = table.row_at[parent].parent
    return parent is not None


RULE = Rule(
    name="duplicated-item",
    severity=Severity.WARNING,
    title=Text("Hạng mục bị lặp", "An item stands twice"),
    explanation=Text(
        "Hai dòng trong một bảng giống nhau ở mọi cột, trừ số thứ tự: cùng một danh sách, hoặc ở hai nhóm khác nhau "
        "nếu nội dung dài và riêng biệt. Một khoản tiền có thể bị tính hai lần. Dòng nguồn vốn, dòng tổng, nội dung "
        "chung chung và những danh sách giống hệt nhau (mỗi lớp, mỗi năm một danh sách) không bị coi là lặp.",
        "Two rows of a table are alike in every column but their numbers: in one list, or in two groups where the "
        "wording is long and distinct. An amount may be counted twice. Source lines, totals, general wordings and "
        "lists that are alike as a whole (one for each class or year) are not taken for repetitions.",
    ),
    example=Text(
        "Mục 3 và mục 7 đều là “Xây dựng phần mềm quản lý lưu trú” với 450 triệu đồng.",
        "The items 3 and 7 are both “Xây dựng phần mềm quản lý lưu trú” with 450 million.",
    ),
    remedy=Text(
        "Nếu là một việc thì bỏ một dòng và tính lại tổng; nếu là hai việc thì ghi rõ chỗ khác nhau.",
        "If it is one thing, delete one row and add up again; if two, say in the wording how they differ.",
    ),
    check=_check,
)
