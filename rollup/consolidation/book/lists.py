"""The lists behind the sums: items of several files, what names are taken for, what was not added, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby, repeat

from budget.axes import NAMES
from budget.numbers import EXACT
from budget.rollup import By
from faults import Text
from rollup.consolidation import saying
from rollup.consolidation.book.base import (
    AMOUNT,
    CELL,
    FIGURE_WIDTH,
    FILE,
    NOTE,
    SHEET,
    Column,
    Links,
    Listing,
    Whole,
    link,
)
from rollup.consolidation.naming import Kind, folded
from rollup.consolidation.officer import KIND, KINDS, TAKEN, WRITTEN
from rollup.consolidation.overlaps import Overlap, overlaps
from rollup.consolidation.proposals import proposals
from rollup.consolidation.saying import CHECKED, LEFT_OUT, OVERLAPS
from rollup.consolidation.spool import Spelling
from validators.reports.wording import SEVERITIES
from workbook.row_xml import GAPS, Number, digits
from workbook.streaming import Cell, Prepared

CONFLICTS = Listing(
    OVERLAPS,
    Text("HẠNG MỤC CÓ Ở NHIỀU TỆP", "ITEMS THAT STAND IN SEVERAL FILES"),
    (
        Column(Text("Loại", "Kind"), 14),
        Column(Text("Hạng mục", "Item"), 44),
        Column(NAMES[By.AGENCY], 24),
        Column(Text("Nhóm", "Group"), 24),
        Column(FILE, 30),
        Column(SHEET, 14),
        Column(CELL, 8, "line-center"),
        Column(AMOUNT, FIGURE_WIDTH, "line-figure"),
        Column(Text("Chênh lệch so với tệp đầu", "Less that of the first"), FIGURE_WIDTH, "line-figure"),
        Column(NOTE, 44),
    ),
    Text(
        "Cùng hạng mục: cùng nội dung (không kể cách viết), cùng đơn vị và nhóm nếu các tệp đều nêu. Mọi số đều được "
        "cộng, không tệp nào được chọn thay tệp khác.",
        "The same item: the same wording (spelling aside), under the same agency and group where all files name them. "
        "All figures are added; no file is preferred to another.",
    ),
)
SYNONYMS = Listing(
    saying.SYNONYMS,
    Text("TÊN GHI KHÁC NHAU ĐƯỢC HIỂU LÀ MỘT", "NAMES THAT ARE TAKEN FOR ONE"),
    (
        Column(KIND, 12),
        Column(WRITTEN, 56),
        Column(TAKEN, 48),
        Column(Text("Căn cứ", "Because"), 26),
        Column(Text("Có thể là", "Perhaps"), 48),
        Column(Text("Số dòng", "Rows"), 10, "count"),
        Column(AMOUNT, FIGURE_WIDTH, "line-figure"),
    ),
    Text(
        "Sửa cột “Hiểu là” rồi chạy lại với --synonyms và tệp này; cột “Có thể là” chỉ là gợi ý, chưa được gộp. Hạng "
        "mục chỉ được liệt kê khi có nhiều cách ghi hoặc có gợi ý.",
        "Edit “Taken for” and run again with --synonyms and this file; “Perhaps” is a proposal and merges nothing. "
        "Items are listed where they are spelt in several ways or where there is a proposal.",
    ),
)
NOT_ADDED = Listing(
    LEFT_OUT,
    Text("CHƯA ĐỌC ĐƯỢC HOẶC KHÔNG CỘNG", "NOT READ, OR NOT ADDED UP"),
    (
        Column(FILE, 44),
        Column(Text("Trang, ô", "Sheet, cell"), 26),
        Column(Text("Lý do", "Why"), 96),
    ),
    Text("Tệp, ô, bảng không có trong các số cộng, và vì sao", "Files, cells and tables that no sum holds, and why"),
)
FINDINGS = Listing(
    CHECKED,
    Text("KẾT QUẢ KIỂM TRA TỪNG TỆP", "WHAT THE CHECK FINDS IN EACH FILE"),
    (
        Column(FILE, 30),
        Column(SHEET, 16),
        Column(CELL, 8, "line-center"),
        Column(Text("Mức độ", "Severity"), 12, "line-center"),
        Column(Text("Quy tắc", "Rule"), 36),
        Column(Text("Nội dung của dòng", "The row"), 36),
        Column(Text("Điều chưa đúng", "What is wrong"), 80),
        Column(Text("Đang ghi", "Found"), 18, "line"),
        Column(Text("Đúng ra", "Expected"), 18, "line"),
    ),
    Text("Số liệu của các tệp được giữ như đã ghi", "The figures of the files are kept as they stand"),
)

_CONFLICT, _REPEATED = Text("Mâu thuẫn", "Conflict"), Text("Trùng số", "The same twice")
_PERHAPS_TWICE = Text("các tệp ghi như nhau, có thể cộng trùng", "the files state the same; perhaps added twice")
_CHOSEN, _TABLE, _SPELT, _ITSELF = (
    Text("cán bộ chọn", "the officer says so"),
    Text("có sẵn trong chương trình", "built in"),
    Text("chỉ khác cách viết", "spelling only"),
    Text("giữ nguyên", "itself"),
)


def conflicts(whole: Whole, counted: Counter[bool]) -> Iterator[Prepared]:
    """A line for each file of each item that several files state; `counted` is told whether they differ."""
    links = Links(whole.book, 7)
    place = lru_cache(maxsize=4_096)(lambda *texts: whole.book.prepared(5, *map(whole.text, texts)))
    for overlap in overlaps(whole.spool):
        counted[overlap.difference is not None] += 1
        item, leading, following = _overlap(whole, overlap)
        first = overlap.statements[0].amount
        for statement, figures in zip(overlap.statements, chain((leading,), repeat(following)), strict=False):
            file, sheet, cell = statement.first.file_name, statement.first.sheet, statement.first.cell
            amounts = statement.amount, EXACT.subtract(statement.amount, first)
            yield Prepared(
                (item, place(file, sheet), links.to(file, sheet, cell), figures),
                (cell, *(digits(whole.in_unit(each)) for each in amounts)),
            )


def _overlap(whole: Whole, overlap: Overlap) -> tuple[bytes, bytes, bytes]:
    """What is alike in the lines of an overlap: the item, the figures of the first file, and those of the others."""
    kind = _REPEATED if overlap.difference is None else _CONFLICT
    said = overlap.difference or _PERHAPS_TWICE
    texts = kind[whole.lang], overlap.item, overlap.agency, overlap.group
    amount, less = (Cell(Number(gap), "line-figure") for gap in GAPS[1:])
    return (
        whole.book.prepared(1, *map(whole.text, texts)),
        whole.book.prepared(8, amount, Cell(None, "line-figure"), whole.text(said[whole.lang])),
        whole.book.prepared(8, amount, less, Cell(None, "line")),
    )


def synonyms(whole: Whole) -> Iterator[Sequence[Cell]]:
    """A line for each wording of sources and agencies; of items where there is something to decide."""
    for kind in Kind:
        near = proposals(kind, [(name, rows) for _, name, rows in whole.spool.names(kind)])
        for name, each in groupby(whole.spool.spellings(kind), lambda spelling: spelling.name):
            spelt = list(each)
            listed = kind is not Kind.ITEM or len(spelt) > 1 or name in near or spelt[0].written != name
            for spelling in spelt if listed else ():
                yield _spelling(whole, spelling, near.get(name, ""))


def _spelling(whole: Whole, spelling: Spelling, near: str) -> Sequence[Cell]:
    return (
        Cell(KINDS[spelling.kind][whole.lang], "line"),
        whole.text(spelling.written),
        whole.text(spelling.name),
        Cell(_basis(spelling)[whole.lang], "line"),
        whole.text(near),
        Cell(spelling.rows, "line-figure", figures="#,##0"),
        Cell(whole.in_unit(spelling.amount), "line-figure"),
    )


def _basis(spelling: Spelling) -> Text:
    if spelling.chosen:
        return _CHOSEN
    if spelling.written == spelling.name:
        return _ITSELF
    return _SPELT if folded(spelling.written) == folded(spelling.name) else _TABLE


def not_added(whole: Whole) -> Iterator[Sequence[Cell]]:
    """What could not be read or understood, and what was left out on purpose."""
    for file in whole.spool.file_lines():
        if file.reason:
            yield whole.text(file.name, "text"), Cell(None, "text"), whole.text(file.reason, "text")
    for name, place, text in whole.spool.remarks():
        yield whole.text(name, "text"), whole.text(place, "text"), whole.text(text, "text")


def findings(whole: Whole) -> Iterator[Sequence[Cell]]:
    """What the check finds, file by file."""
    for name, found in whole.spool.findings():
        severity = SEVERITIES[found.severity][whole.lang]
        yield (
            whole.text(name),
            whole.text(found.sheet),
            link(name, found.sheet, found.cell),
            Cell(severity, "line-center"),
            whole.text(found.title),
            whole.text(found.label),
            whole.text(found.message),
            whole.text(found.found),
            whole.text(found.expected),
        )
