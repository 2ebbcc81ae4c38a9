"""A formula that does something else than those beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from faults import Text
from validators.findings import Finding, Fix, Severity
from validators.rules._figures import label_of
from validators.rules._formulas import footprint, moved, references, summands
from validators.rules._totals import Total, Totals, totals_of
from validators.rules.base import Checked, Rule

_ENOUGH = 3  # alike formulas in a row or column where the neighbours do not tell
_MOST = 4  # of so many formulas one may differ


def _check(checked: Checked) -> Iterator[Finding]:
    totals = totals_of(checked)
    said = {diagnosis.place for diagnosis in checked.diagnoses if not diagnosis.rounding}
    for (down, _, axis, _), line in totals.lines.items():
        if (axis == "row") is down:  # sums down the columns are held against those of their row, and the reverse
            for odd, model in _odd(totals, line):
                if odd.place not in said:
                    said.add(odd.place)
                    yield _finding(checked, odd, model)


def _odd(totals: Totals, line: Sequence[Total]) -> Iterator[tuple[Total, Total]]:
    """The totals whose formula differs from the others', each with one that it should be like."""
    if sum(total.cell.formula is not None for total in line) < _ENOUGH:
        return
    formulas = [total for total in line if _is_judged(total)]
    prints = [footprint(total.cell.formula or "", total.place.row, total.place.column) for total in formulas]
    counts = Counter(prints)
    common = _common(prints, counts)
    for at, total in enumerate(formulas):
        between = (
            0 < at < len(prints) - 1
            and prints[at - 1] == prints[at + 1]
            and counts[prints[at - 1]] > counts[prints[at]]  # two kinds of rows that take turns are no mistake
        )
        model = at - 1 if between else common
        if model is not None and prints[model] != prints[at] and not _is_right(totals, total, formulas[model]):
            yield total, formulas[model]


def _common(prints: Sequence[object], counts: Counter[object]) -> int | None:
    """Where the formula stands that is clearly the rule in a line."""
    if not prints:
        return None
    common, count = counts.most_common(1)[0]
    return prints.index(common) if count >= _ENOUGH and count * _MOST >= len(prints) * (_MOST - 1) else None


def _is_judged(total: Total) -> bool:
    """Whether a total is a formula that adds up in its own direction: a group's total may add up its row instead."""
    formula, place = total.cell.formula, total.place
    if not formula or total.cell.array:
        return False
    areas = list(references(formula, place.sheet))
    if any(sheet != place.sheet for sheet, _ in areas):
        return False
    across = all(area.top == area.bottom == place.row for _, area in areas)
    along = all(area.left == area.right == place.column for _, area in areas)
    return bool(areas) and not (across if total.down else along)


def _is_right(totals: Totals, total: Total, model: Total) -> bool:
    """Whether a formula adds up just what an equation asks for, and what stands beside it would not."""
    own = _added(total.cell.formula or "")
    other = _added(moved(model.cell.formula or "", model.place[1:], total.place[1:]))
    wanted = [{part.place[1:] for part in equation.parts} for equation in totals.equations[total.place]]
    return own is not None and any(parts <= own and not (other and parts <= other) for parts in wanted)


def _added(formula: str) -> set[tuple[int, int]] | None:
    cells = summands(formula)
    return None if cells is None else set(cells)


def _finding(checked: Checked, odd: Total, model: Total) -> Finding:
    found = f"={odd.cell.formula}"
    right = "=" + moved(model.cell.formula or "", model.place[1:], odd.place[1:])
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(
            f"Công thức {found} khác các ô bên cạnh; chép từ {model.place.address} sang sẽ là {right}",
            f"The formula {found} differs from those beside it; copied from {model.place.address} it would be {right}",
        ),
        place=odd.place,
        label=label_of(checked, odd.place),
        expected=right,
        found=found,
        fix=Fix(formula=right),
    )


RULE = Rule(
    name="inconsistent-formula",
    severity=Severity.WARNING,
    title=Text("Công thức khác các ô bên cạnh", "A formula differs from those beside it"),
    explanation=Text(
        "Công thức tổng của ô này không giống công thức của các ô tổng cùng dòng (tổng nhóm, tổng cộng) hoặc cùng cột "
        "(cộng ngang các nguồn, các năm): vùng cộng lệch đi, thiếu dòng, hoặc cộng thêm một số. Kết quả có thể vẫn "
        "đúng vì ô bị bỏ sót đang trống, nhưng sẽ sai khi điền số. Nhóm có số dòng khác nhau thì không bị nhắc.",
        "The sum in this cell is not made like those of the same row (totals of groups, grand totals) or of the same "
        "column (sums over sources or years): its range is shifted, lacks a row, or a number is added. The result may "
        "be right as long as the cell that it leaves out is blank. Groups of different sizes are not warned of.",
    ),
    example=Text(
        "Dòng tổng nhóm có =SUM(D8:D12), =SUM(E8:E11), =SUM(F8:F12): ô cột E bỏ sót dòng 12.",
        "The row of a group has =SUM(D8:D12), =SUM(E8:E11), =SUM(F8:F12): the one in column E lacks row 12.",
    ),
    remedy=Text(
        "Chép công thức của ô bên cạnh sang, rồi kiểm tra lại kết quả.",
        "Copy the formula of the cell beside it, then look at the result again.",
    ),
    check=_check,
)
