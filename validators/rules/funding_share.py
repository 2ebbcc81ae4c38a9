"""A printed share is not what the amounts make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from budget.numbers import number_text
from faults import Text
from validators.findings import Finding, Fix, Severity
from validators.rules._figures import label_of
from validators.rules._ratio_columns import Ratio, wrong_ratios
from validators.rules._rows import label_place
from validators.rules._shares import share_of
from validators.rules._source_lines import SourceLine, source_lines
from validators.rules._wording import percentage
from validators.rules.base import Checked, Rule
from validators.tables.model import AppendixTable
from workbook.addresses import address

_ZERO = Decimal(0)


def _check(checked: Checked) -> Iterator[Finding]:
    blamed = {
        place
        for diagnosis in checked.diagnoses
        if not diagnosis.rounding
        for place in (diagnosis.place, *diagnosis.together)
    }
    for table in checked.tables:
        lines = list(source_lines(table))
        sure = _speak_of_shares(lines)
        for line in lines:
            if not line.holds and line.row.index in sure and blamed.isdisjoint(map(table.place, line.cells)):
                yield _in_label(checked, table, line)
        for ratio in wrong_ratios(table):
            if blamed.isdisjoint({table.place(ratio.part), table.place(ratio.whole)}):
                yield _in_column(checked, table, ratio)


def _speak_of_shares(lines: Sequence[SourceLine]) -> set[int]:
    """The rows whose percentage is a share for sure: others of the table hold, or it makes 100 % with its siblings.

    A lone "100 %" tells nothing: revenue that a budget keeps "100 %" of is no share of the row above.
    """
    elsewhere = any(line.holds and line.share.value != 100 for line in lines)
    siblings: dict[int, list[Decimal]] = defaultdict(list)
    for line in lines:
        siblings[line.whole.index].append(line.share.value)
    whole = {row for row, shares in siblings.items() if len(shares) > 1 and abs(sum(shares, _ZERO) - 100) <= 1}
    return {line.row.index for line in lines if elsewhere or line.whole.index in whole}


def _in_label(checked: Checked, table: AppendixTable, line: SourceLine) -> Finding:
    place = label_place(table, line.row)
    right = percentage(share_of(line.part_amount.value, line.whole_amount.value), line.share.decimals)
    part, whole = number_text(line.part_amount.value), number_text(line.whole_amount.value)
    text = str(table.grid.value(place.row, place.column))
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(
            f"Tỷ lệ ghi {line.words}, nhưng {part.vi} trên {whole.vi} là {right}",
            f"The share is printed as {line.words}, but {part.en} of {whole.en} is {right}",
        ),
        place=place,
        label=label_of(checked, place),
        expected=right,
        found=line.words,
        fix=Fix(text.replace(line.words, right)),
    )


def _in_column(checked: Checked, table: AppendixTable, ratio: Ratio) -> Finding:
    place = table.place(ratio.cell)
    found, right = (percentage(each, ratio.printed.decimals) for each in (ratio.printed.value, ratio.share))
    quotient = f"{address(*ratio.part)}/{address(*ratio.whole)}"
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        message=Text(
            f"Tỷ lệ ghi {found}, nhưng {quotient} là {right}",
            f"The ratio is printed as {found}, but {quotient} is {right}",
        ),
        place=place,
        label=label_of(checked, place),
        expected=right,
        found=found,
    )


RULE = Rule(
    name="funding-share",
    severity=Severity.WARNING,
    title=Text("Tỷ lệ nguồn vốn không khớp số tiền", "A share does not follow from the amounts"),
    explanation=Text(
        "Tỷ lệ ghi ở dòng nguồn vốn (“Ngân sách tỉnh (30%)”) hay ở cột tỷ lệ, cơ cấu khác với tỷ lệ tính từ số tiền, "
        "nhiều hơn mức làm tròn cho phép: tỷ lệ ghi tới hàng đơn vị thì được lệch 0,5 điểm phần trăm. Cột tỷ lệ chỉ "
        "được xét khi phần lớn các dòng của cột đúng với một cách tính.",
        "The share that a source line (“Ngân sách tỉnh (30%)”) or a column of ratios states differs from what the "
        "amounts make by more than rounding explains: half a percentage point where it is printed in whole ones. A "
        "column of ratios is judged only where most of its rows follow one way of reckoning.",
    ),
    example=Text(
        "Hạng mục 390 triệu đồng, dòng “Ngân sách địa phương (30%)” ghi 160 triệu đồng: 160 trên 390 là 41%.",
        "An item costs 390 million, its line “Ngân sách địa phương (30%)” has 160 million: 160 of 390 is 41%.",
    ),
    remedy=Text(
        "Sửa tỷ lệ cho khớp số tiền, hoặc phân bổ lại số tiền theo đúng cơ chế hỗ trợ.",
        "Correct the share, or share the amount out again as the funding scheme says.",
    ),
    check=_check,
)
