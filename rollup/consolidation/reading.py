"""The funding of files as plain records, which one process can hand to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import file_digest
from pathlib import Path

from budget.rollup import By, added
from faults import InputFault, Lang, Text
from rollup.rolled import Rolled
from rollup.wording import not_counted, perhaps_twice, units_unstated
from validators.checking import examine
from validators.findings import FileReport
from validators.funding import Leaf, TableFunding, funding
from validators.grid import Book, Place
from validators.readers import read_book
from validators.rules import Rule, all_rules
from validators.running import check_files

# in A1 of the first two sheets of a merged workbook
MERGED_TITLE = Text("HỢP NHẤT KINH PHÍ TỪ NHIỀU TỆP", "FUNDING OF MANY FILES")
FILES_TITLE = Text("TỔNG HỢP THEO TỆP", "BY FILE")
_LANGS: tuple[Lang, ...] = ("vi", "en")
_SECONDS = 20.0  # that one file may take: whoever clicked is waiting


@dataclass(frozen=True, slots=True)
class TableRecord:
    """A table that is added up, by its name in the file. `stated`: its own grand total in đồng, None: it has none.

    `proven`: the leaves make it but for rounding. `unread`: cells with a figure that nobody can read.
    """

    name: str
    leaves: tuple[Leaf, ...]
    stated: Decimal | None
    proven: bool
    unread: tuple[Place, ...]

    @property
    def total(self) -> Decimal:
        """The sum of its amounts, in đồng."""
        return added(leaf.amount for leaf in self.leaves)


@dataclass(frozen=True, slots=True)
class FileFunding(FileReport):
    """A file with its findings and its funding. `remarks`: what was not added up, and what was assumed.

    `doubted`: some of its tables may hold the same money; a remark says which.
    """

    funded: tuple[TableRecord, ...] = ()
    remarks: tuple[Text, ...] = ()
    doubted: bool = False

    @property
    def total(self) -> Decimal:
        """The sum of its amounts, in đồng."""
        return added(table.total for table in self.funded)

    @property
    def is_proven(self) -> bool:
        """Whether the amounts make the totals that the tables state, as far as they state any."""
        return all(table.proven for table in self.funded if table.stated is not None)


def read_files(paths: Sequence[Path]) -> Iterator[FileReport]:
    """The funding of each file, in order, each read under a deadline in a process that none can take down with it.

    A file that could not be read has its reason, and so has a copy of an earlier one; the others are `FileFunding`.
    """
    contents = [_content(path) for path in paths]
    originals: dict[bytes | Path, Path] = {}
    for path, content in zip(paths, contents, strict=True):
        originals.setdefault(content, path)
    reports = check_files(list(originals.values()), check=read_funding, seconds=_SECONDS)
    for path, content in zip(paths, contents, strict=True):
        original = originals[content]
        yield next(reports) if original is path else FileReport(path, reason=_a_copy(original))


def _content(path: Path) -> bytes | Path:
    """What is the same for copies of a file alone."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").digest()
    except OSError:  # the reader will say why
        return path


def _a_copy(original: Path) -> Text:
    return Text(
        f"nội dung giống hệt {original.name}, không cộng lần nữa", f"the same as {original.name}, not added again"
    )


def read_funding(path: Path, rules: Sequence[Rule] | None) -> FileReport:
    """The funding of a file, and what the rules (None: all) find in it."""
    try:
        book = read_book(path)
    except InputFault as fault:
        return FileReport(path, reason=Text(fault.sentence("vi"), fault.sentence("en")))
    if _is_a_result(book):
        return FileReport(path, reason=_A_RESULT)
    checked = examine(book)
    found = Rolled(checked, funding(checked), By.SOURCE, By.YEAR)
    if not found.leaves:
        return FileReport(path, reason=_NO_AMOUNTS if checked.tables else _NO_TABLE)
    return FileFunding(
        path,
        findings=tuple(finding for rule in rules or all_rules() for finding in rule.check(checked)),
        funded=tuple(_record(found, each) for each in found.counted),
        remarks=(*perhaps_twice(found), *units_unstated(found), *not_counted(found)),
        doubted=any(each.doubted for each in found.counted),
    )


def _is_a_result(book: Book) -> bool:
    titles = [grid.value(1, 1) for grid in book.sheets[:2]]
    return any(titles == [MERGED_TITLE[lang], FILES_TITLE[lang]] for lang in _LANGS)


def _record(found: Rolled, each: TableFunding) -> TableRecord:
    return TableRecord(found.named(each.table), each.leaves, each.stated, each.proven, each.unread)


_A_RESULT = Text("là kết quả hợp nhất lần trước, không cộng lại", "the result of an earlier merger, not added again")
_NO_TABLE = Text("không thấy bảng kinh phí nào", "there is no budget table")
_NO_AMOUNTS = Text("các bảng không có số tiền nào để cộng", "the tables hold no amounts to add up")
