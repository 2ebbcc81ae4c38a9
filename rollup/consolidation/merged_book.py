"""The workbook of many files: a row for each amount, sums over the rows, and the proof that nothing was lost."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from openpyxl import Workbook

from budget.rollup import ZERO, By, Key, added
from faults import Lang, Text
from rollup.axes import NAMES, SHARE, TOTAL, UNSAID, labelled
from rollup.consolidation.merged import Line, Merged
from rollup.consolidation.reading import FILES_TITLE, MERGED_TITLE, FileFunding
from rollup.rolled import decimals_of
from rollup.wording import AGREES, DIFFERS, NOTHING_STATED, compared_formula
from validators.findings import Severity
from validators.grid import Place
from validators.reports.findings_sheet import cell_text
from validators.reports.wording import SEVERITIES, by_name, reason, rule_title
from validators.rules import all_rules
from workbook.addresses import address, column_letters
from workbook.page import Page, figure_format
from workbook.text import literal, quote_sheet

ROWS = 1_048_576  # of a sheet
_HEADER = 4  # the row of the headings of a list
_FIGURE_WIDTH = 18.0
_GROUP = " › "  # between a group and the one within it

_SUMMARY, _FILES, _LINES, _REST = (
    Text("Tổng hợp", "Summary"),
    Text("Theo tệp", "By file"),
    Text("Chi tiết", "Rows"),
    Text("Chưa cộng", "Not added"),
)
_LINE_HEADS: Sequence[tuple[Text, float]] = (
    (Text("Tệp", "File"), 24),
    (Text("Bảng", "Table"), 18),
    (Text("Trang", "Sheet"), 16),
    (Text("Ô", "Cell"), 8),
    (Text("Số thứ tự", "Number"), 9),
    (Text("Nội dung", "Item"), 48),
    (Text("Nhóm", "Group"), 32),
    (NAMES[By.AGENCY], 24),
    (Text("Nguồn (như ghi)", "Source (as written)"), 24),
    (Text("Nguồn", "Source"), 24),
    (NAMES[By.YEAR], 10),
    (Text("Số tiền", "Amount"), _FIGURE_WIDTH),
    (Text("Số ghi trong tệp", "Figure in the file"), _FIGURE_WIDTH),
    (Text("Đơn vị tính", "Unit"), 13),
    (Text("Ghi chú", "Note"), 40),
)
_FILE_HEADS: Sequence[tuple[Text, float]] = (
    (Text("Tệp", "File"), 44),
    (Text("Số bảng", "Tables"), 9),
    (Text("Số dòng", "Rows"), 9),
    (Text("Số tiền", "Amount"), _FIGURE_WIDTH),
    (SHARE, 10),
    (Text("Số đọc được", "Amount read"), _FIGURE_WIDTH),
    (Text("Tổng ghi trong tệp", "Total stated"), _FIGURE_WIDTH),
    (Text("Chênh lệch", "Difference"), 14),
    (Text("Kết luận", "Verdict"), 24),
    (Text("Lỗi kiểm tra", "Errors found"), 10),
)
_YEAR, _AMOUNT, _PRINTED, _FILE_CODE, _SOURCE_CODE = 11, 12, 13, 16, 17  # columns of the rows


def merged_workbook(merged: Merged, target: Path, lang: Lang, rows: int = ROWS) -> Workbook:
    """The workbook, to be saved at `target`: links lead from there. `rows`: how many a sheet holds."""
    return _Writer(merged, target, lang, rows).write()


class _Writer:
    """The workbook being written."""

    def __init__(self, merged: Merged, target: Path, lang: Lang, rows: int) -> None:
        self._merged, self._lang, self._rows = merged, lang, rows
        self._book = Workbook()
        self._figures = figure_format(merged.decimals)
        self._digits = max(merged.decimals, merged.unit.exponent)
        self._folder = target.parent
        self._names = [_relative(file.path, self._folder) for file in merged.files]
        self._sheets: list[tuple[str, int]] = []  # of rows: name and last row

    def write(self) -> Workbook:
        """Summary, files, rows, and what was not added up."""
        summary, files = self._book.worksheets[0], self._book.create_sheet(_FILES[self._lang])
        summary.title = _SUMMARY[self._lang]
        self._write_lines()
        self._write_rest()
        total = self._write_files(Page(files, [width for _, width in _FILE_HEADS], self._figures))
        self._write_summary(Page(summary, self._summary_widths(), self._figures), total)
        properties = self._book.properties
        properties.title, properties.creator = MERGED_TITLE[self._lang], "phuluc"
        properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
        return self._book

    def _write_lines(self) -> None:
        """The rows, on as many sheets as they need."""
        lines, marks = self._merged.lines(), [_marks(file, self._lang) for file in self._merged.files]
        room = self._rows - _HEADER
        while block := list(islice(lines, room)):
            name = _LINES[self._lang] + (f" ({len(self._sheets) + 1})" if self._sheets else "")
            page = Page(self._book.create_sheet(name), [width for _, width in _LINE_HEADS], self._figures)
            title = Text("TỪNG SỐ TIỀN VÀ Ô CỦA NÓ", "EACH AMOUNT AND ITS CELL")
            self._head(page, title, [head for head, _ in _LINE_HEADS])
            page.across(2, self._unit[self._lang], "unit")
            for row, line in enumerate(block, _HEADER + 1):
                self._write_line(page, row, line, marks[line.file - 1])
            last = _HEADER + len(block)
            self._sheets.append((name, last))
            page.finish_list(_HEADER, last)
            page.write_formulas()

    def _write_line(self, page: Page, row: int, line: Line, marks: Mapping[Place, str]) -> None:
        lang, leaf = self._lang, line.leaf
        source = self._merged.pivot.rows[line.source - 1] if line.source else None
        rest = Text("phần chưa nêu chi tiết của ô", "what the details leave of the cell")[lang] if leaf.rest else ""
        texts: Sequence[tuple[int, str]] = (
            (1, self._names[line.file - 1]),
            (2, line.table.name),
            (3, leaf.place.sheet),
            (5, leaf.number),
            (6, leaf.item),
            (7, _GROUP.join(leaf.groups)),
            (8, leaf.agency or ""),
            (9, leaf.source or ""),
            (10, labelled(By.SOURCE, source, lang)),
            (14, leaf.unit.label),
            (15, "; ".join(filter(None, (rest, marks.get(leaf.place, ""))))),
        )
        for column, text in texts:
            page.put(row, column, cell_text(text) or None, "line")
        link = literal(f"#{quote_sheet(leaf.place.sheet)}!{leaf.place.address}")
        page.formula(row, 4, f"HYPERLINK({address(row, 1)}&{link},{literal(leaf.place.address)})", "line-link")
        page.put(row, _YEAR, UNSAID[By.YEAR][lang] if leaf.year is None else leaf.year, "line-center")
        page.put(row, _AMOUNT, self._merged.in_unit(leaf.amount), "line-figure")
        page.put(row, _PRINTED, leaf.figure, "line-figure").number_format = figure_format(decimals_of(leaf.figure))
        page.put(row, _FILE_CODE, _file_code(line.file), "helper")
        page.put(row, _SOURCE_CODE, _source_code(line.source), "helper")

    def _write_files(self, page: Page) -> int:
        """A line for each file with its check; the row of the totals."""
        lang = self._lang
        self._head(page, FILES_TITLE, [head for head, _ in _FILE_HEADS])
        page.across(2, self._unit[lang], "unit")
        first, total = _HEADER + 1, _HEADER + 1 + len(self._merged.files)
        for row, file in enumerate(self._merged.files, first):
            self._write_file(page, row, file, total)
        page.put(total, 1, TOTAL[lang], "sum")
        for column in range(2, 11):
            if column in (7, 8, 9):  # not all files state a total
                page.put(total, column, None, "text")
            elif column == 5:
                page.formula(total, 5, _share(address(total, 4), address(total, 4)), "share-sum")
            else:
                look = "figure-sum" if column in (4, 6) else "count-sum"
                page.formula(total, column, f"SUM({address(first, column)}:{address(total - 1, column)})", look)
        page.finish_list(_HEADER, total)
        page.write_formulas()
        return total

    def _write_file(self, page: Page, row: int, file: FileFunding, total: int) -> None:
        lang, number = self._lang, row - _HEADER
        name = literal(self._names[number - 1])
        page.formula(row, 1, f"HYPERLINK({name},{name})", "file-link", self._names[number - 1])
        page.put(row, 2, len(file.funded), "count")
        page.formula(row, 3, self._over("COUNTIFS", [(_FILE_CODE, literal(_file_code(number)))]), "count")
        page.formula(row, 4, self._over("SUMIFS", [(_FILE_CODE, literal(_file_code(number)))]), "figure")
        page.formula(row, 5, _share(address(row, 4), address(total, 4)), "share")
        page.put(row, 6, self._merged.in_unit(file.total), "figure")
        page.put(row, 10, file.count(Severity.ERROR), "count")
        if all(table.stated is None for table in file.funded):
            for column in (7, 8):
                page.put(row, column, None, "figure")
            verdict = _lost(row, self._digits, lang, literal(NOTHING_STATED[lang]))
        else:
            stated = added(table.total if table.stated is None else table.stated for table in file.funded)
            page.put(row, 7, self._merged.in_unit(stated), "figure")
            page.formula(row, 8, f"ROUND({address(row, 4)}-{address(row, 7)},{self._digits})", "figure")
            verdict = _lost(row, self._digits, lang, self._verdict(row, file))
        page.formula(row, 9, verdict, "center", _DIFFERS_FROM_TOTAL[lang])
        page.judged(row, 9, AGREES[lang], DIFFERS[lang])

    def _verdict(self, row: int, file: FileFunding) -> str:
        """Whether the rows of a file make the total that it states, as far as it states one."""
        stated = [table for table in file.funded if table.stated is not None]
        rounding = added(abs(table.total - (table.stated or ZERO)) for table in stated if table.proven)
        agrees = AGREES if len(stated) == len(file.funded) else _PARTLY
        differs = literal(_DIFFERS_FROM_TOTAL[self._lang])
        return compared_formula(address(row, 8), self._merged.in_unit(rounding), differs, self._lang, agrees)

    def _write_summary(self, page: Page, files_total: int) -> None:
        """Sources by years, and the proof that the sums of rows, sources and files are what was read."""
        lang, merged = self._lang, self._merged
        page.across(1, MERGED_TITLE[lang], "title")
        count, failed = len(merged.files), len(merged.failed)
        said = Text(f"({count} tệp đã cộng, {failed} tệp không cộng được)", f"({count} files added up, {failed} not)")
        page.across(2, said[lang], "subtitle")
        page.across(3, self._unit[lang], "unit")
        keys = merged.pivot.columns
        last = len(keys) + 2
        heads = [NAMES[By.SOURCE][lang], *(labelled(By.YEAR, key, lang) for key in keys), TOTAL[lang], SHARE[lang]]
        for column, head in enumerate(heads, 1):
            page.put(_HEADER, column, head, "head")
        total = _HEADER + 1 + len(merged.pivot.rows)
        for row, source in enumerate(merged.pivot.rows, _HEADER + 1):
            page.put(row, 1, cell_text(labelled(By.SOURCE, source, lang)), "text")
            for column, year in enumerate(keys, 2):
                page.formula(row, column, self._over("SUMIFS", self._criteria(source, year)), "sparse")
            page.formula(row, last, f"SUM({address(row, 2)}:{address(row, last - 1)})", "figure-sum")
            page.formula(row, last + 1, _share(address(row, last), address(total, last)), "share")
        page.put(total, 1, TOTAL[lang], "sum")
        for column in range(2, last + 1):
            lines = f"SUM({address(_HEADER + 1, column)}:{address(total - 1, column)})"
            page.formula(total, column, lines, "figure-sum")
        page.formula(total, last + 1, _share(address(total, last), address(total, last)), "share-sum")
        end = self._write_proof(page, total + 2, address(total, last), files_total)
        page.finish(_HEADER, end)
        page.write_formulas()

    def _write_proof(self, page: Page, caption: int, by_source: str, files_total: int) -> int:
        lang = self._lang
        page.across(caption, Text("Không số nào bị sót", "Nothing is lost")[lang], "caption")
        for column, head in enumerate(_PROOF_HEADS, 1):
            page.put(caption + 1, column, head[lang], "head")
        read = caption + 2
        page.put(read, 1, _PROOF[0][lang], "text")
        page.put(read, 2, self._merged.in_unit(self._merged.total), "figure")
        for column in (3, 4):
            page.put(read, column, None, "text")
        files = quote_sheet(_FILES[lang])
        amounts = ",".join(self._range(sheet, last, _AMOUNT) for sheet, last in self._sheets)
        sums = (f"SUM({amounts})", by_source, f"{files}!{address(files_total, 4)}")
        row = read
        for row, (label, formula) in enumerate(zip(_PROOF[1:], sums, strict=True), read + 1):
            page.put(row, 1, label[lang], "text")
            page.formula(row, 2, formula, "figure")
            page.formula(row, 3, f"ROUND({address(row, 2)}-{address(read, 2)},{self._digits})", "figure")
            page.formula(row, 4, f"IF({address(row, 3)}=0,{literal(AGREES[lang])},{literal(DIFFERS[lang])})", "center")
            page.judged(row, 4, AGREES[lang], DIFFERS[lang])
        return row

    def _write_rest(self) -> None:
        """What could not be read or understood, and what was left out on purpose."""
        lang = self._lang
        page = Page(self._book.create_sheet(_REST[lang]), (44, 24, 90), self._figures)
        self._head(page, Text("CHƯA ĐỌC ĐƯỢC HOẶC KHÔNG CỘNG", "NOT READ, OR NOT ADDED UP"), _REST_HEADS)
        row = _HEADER
        for row, texts in enumerate(self._rest(), _HEADER + 1):
            for column, text in enumerate(texts, 1):
                page.put(row, column, cell_text(text) or None, "text")
        if row == _HEADER:
            row += 1
            nothing = Text(
                "Mọi tệp đều đọc được và mọi số đều được cộng.", "All files were read, all amounts added up."
            )
            page.across(row, nothing[lang], "note")
        page.finish_list(_HEADER, row)

    def _rest(self) -> Iterator[tuple[str, str, str]]:
        """File, place, what there is to say."""
        lang = self._lang
        for report in self._merged.failed:
            yield _relative(report.path, self._folder), "", reason(report, lang) or ""
        for name, file in zip(self._names, self._merged.files, strict=True):
            for table in file.funded:
                for place in table.unread:
                    yield name, f"{place.sheet}, {place.address}", _UNREAD[lang]
                if table.stated is not None and not table.proven:
                    yield name, table.name, _UNPROVEN[lang]
            for remark in file.remarks:
                yield name, "", remark[lang]

    def _head(self, page: Page, title: Text, heads: Sequence[Text]) -> None:
        page.across(1, title[self._lang], "title")
        for column, head in enumerate(heads, 1):
            page.put(_HEADER, column, head[self._lang], "head")

    @property
    def _unit(self) -> Text:
        return Text(f"Đơn vị tính: {self._merged.unit.label}", f"Unit: {self._merged.unit.label}")

    def _criteria(self, source: Key, year: Key) -> list[tuple[int, str]]:
        code = literal(_source_code(self._merged.source_numbers[source]))
        wanted = literal(UNSAID[By.YEAR][self._lang]) if year is None else str(year)
        return [(_SOURCE_CODE, code), (_YEAR, wanted)]

    def _over(self, function: str, criteria: Sequence[tuple[int, str]]) -> str:
        """SUMIFS or COUNTIFS over all rows: column and what it must be, for each criterion."""
        terms = []
        for sheet, last in self._sheets:
            asked = ",".join(f"{self._range(sheet, last, column)},{wanted}" for column, wanted in criteria)
            amounts = f"{self._range(sheet, last, _AMOUNT)}," if function == "SUMIFS" else ""
            terms.append(f"{function}({amounts}{asked})")
        return "+".join(terms)

    def _range(self, sheet: str, last: int, column: int) -> str:
        letters = column_letters(column)
        return f"{quote_sheet(sheet)}!${letters}${_HEADER + 1}:${letters}${last}"

    def _summary_widths(self) -> list[float]:
        columns = max(len(self._merged.pivot.columns) + 3, len(_PROOF_HEADS))
        return [48.0, *[_FIGURE_WIDTH] * (columns - 1)]


def _marks(file: FileFunding, lang: Lang) -> Mapping[Place, str]:
    """What the checker says of each cell: errors and doubts."""
    rules = by_name(all_rules())
    found: dict[Place, list[str]] = {}
    for finding in file.findings:
        if finding.place is not None and finding.severity is not Severity.INFO:
            said = f"{SEVERITIES[finding.severity][lang]}: {rule_title(finding.rule, rules, lang)}"
            found.setdefault(finding.place, []).append(said)
    return {place: "; ".join(dict.fromkeys(said)) for place, said in found.items()}


def _relative(path: Path, folder: Path) -> str:
    """A file as a link from a folder names it: within the folder without it, so that both may be moved."""
    absolute = os.path.abspath(path)
    within = os.path.abspath(folder) + os.sep
    return absolute.removeprefix(within)


def _file_code(number: int) -> str:
    """Codes begin with a letter: Excel takes texts of digits for numbers."""
    return f"T{number}"


def _source_code(number: int) -> str:
    return f"N{number}"


def _share(part: str, whole: str) -> str:
    return f"IF({whole}=0,0,{part}/{whole})"


def _lost(row: int, digits: int, lang: Lang, verdict: str) -> str:
    """The verdict on a file, once its rows are all there."""
    difference = f"ROUND({address(row, 4)}-{address(row, 6)},{digits})"
    return f"IF({difference}<>0,{literal(_LOST[lang])},{verdict})"


_REST_HEADS = (Text("Tệp", "File"), Text("Trang, ô", "Sheet, cell"), Text("Lý do", "Why"))
_PROOF_HEADS = (Text("Cách cộng", "Sum"), *(head for head, _ in (_FILE_HEADS[3], _FILE_HEADS[7], _FILE_HEADS[8])))
_PROOF = (
    Text("Số đọc được từ các tệp", "Read from the files"),
    Text("Cộng các dòng chi tiết", "Sum of all rows"),
    Text("Cộng các nguồn ở bảng trên", "Sum of the sources above"),
    Text("Cộng các tệp", "Sum of the files"),
)
_LOST = Text("Lệch: dòng chi tiết đã bị sửa", "Differs: rows were changed")
_DIFFERS_FROM_TOTAL = Text("Lệch so với tổng ghi trong tệp", "Differs from the total stated")
_PARTLY = Text("Khớp; có bảng không ghi tổng", "Agrees; a table states no total")
_UNREAD = Text("ô có số không đọc được, chưa cộng", "a figure that nobody can read, not added up")
_UNPROVEN = Text("các số chi tiết không khớp tổng ghi trong bảng", "the amounts do not make the total stated")
