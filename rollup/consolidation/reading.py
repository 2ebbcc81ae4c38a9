"""The funding of files as plain records, small enough for one process to hand to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from budget.rollup import ZERO, added
from faults import InputFault, Lang, Text
from rollup.rolled import Rolled
from validators.checking import examine
from validators.findings import FileReport, Finding, Severity
from validators.funding import TableFunding, funding
from validators.grid import Place
from validators.readers import read_book
from validators.reports.counting import ADDED, in_doubt, not_counted, perhaps_twice
from validators.reports.units import units_unstated
from validators.reports.wording import SEVERITIES, by_name, in_order, one_line, rule_title, shown
from validators.rules import Rule, all_rules
from validators.running import check_files

RESULT_TITLE = Text("HỢP NHẤT KINH PHÍ TỪ NHIỀU TỆP", "FUNDING OF MANY FILES")  # in the properties of a result too
_SECONDS = 20.0  # that one file may take: whoever asked is waiting
_PROPERTIES = ("docProps/core.xml", "meta.xml")  # of an .xlsx and of an .ods
_PROPERTIES_LIMIT = 100_000  # bytes of them that are looked at
_TITLE = re.compile(rb"<dc:title>([^<]*)</dc:title>")


class Amount(NamedTuple):
    """An amount as a file has it; `unit` is the power of ten of đồng, `groups` from the outermost."""

    table: str
    sheet: str
    cell: str
    number: str
    item: str
    groups: tuple[str, ...]
    agency: str | None
    source: str | None
    year: int | None
    amount: Decimal
    printed: Decimal
    unit: int
    note: str


class Found(NamedTuple):
    """What the check says of a cell; of the whole file where `sheet` and `cell` are blank."""

    severity: Severity
    rule: str
    title: str
    sheet: str
    cell: str
    label: str
    message: str
    found: str
    expected: str


class Remark(NamedTuple):
    """What was not added up, or was assumed: where, and the sentence."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class FileFunding(FileReport):
    """A file with its funding; amounts in đồng. `digest`: the same for files of the same content alone.

    `counted`: how many tables are added up; `stated`: the total that they state, where only some of them do (`partly`)
    with the sum of the others, None where none does. `rounding`: how far rounding explains that the amounts do not make
    it; `proven`: they do, but for that. `doubted`: some of the tables may hold the same money; a remark says which.
    `unread`: cells hold words or an error where an amount would stand. `hidden`: the sheets that hold amounts and are
    not added up, because nobody sees them.
    """

    digest: bytes = b""
    amounts: tuple[Amount, ...] = ()
    found: tuple[Found, ...] = ()
    remarks: tuple[Remark, ...] = ()
    counted: int = 0
    total: Decimal = ZERO
    stated: Decimal | None = None
    partly: bool = False
    rounding: Decimal = ZERO
    proven: bool = True
    doubted: bool = False
    unread: bool = False
    hidden: tuple[str, ...] = ()
    errors: int = 0


def read_files(paths: Sequence[Path], lang: Lang, jobs: int | None = None) -> Iterator[FileReport]:
    """The funding of each file, in order, each read under a deadline in a process that none can take down with it.

    A file that could not be read, or that has nothing to add up, has its reason; the others are `FileFunding`.
    """
    return check_files(paths, jobs=jobs, check=partial(read_funding, lang=lang), seconds=_SECONDS)


def read_funding(path: Path, rules: Sequence[Rule] | None = None, lang: Lang = "vi") -> FileReport:
    """The funding of a file, and what the rules (None: all) find in it, said in a language."""
    if is_result(path):
        return FileReport(path, reason=A_RESULT)
    try:
        book = read_book(path, appendices_only=True)
    except InputFault as fault:
        return FileReport(path, reason=Text(fault.sentence("vi"), fault.sentence("en")))
    checked = examine(book)
    found = Rolled(checked, funding(checked))
    if not found.leaves:
        return FileReport(path, reason=_nothing(found))
    applied = rules or all_rules()
    findings = in_order(finding for rule in applied for finding in rule.check(checked))
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").digest()
    return _funding(path, digest, found, _Saying(by_name(applied), lang), findings)


def _nothing(found: Rolled) -> Text:
    """Why a file has nothing to add up."""
    if found.hidden:
        listed = ", ".join(found.hidden)
        return Text(f"số tiền chỉ có ở trang ẩn, không cộng: {listed}", f"only hidden sheets hold amounts: {listed}")
    if found.erring:
        place, shown_there = next(iter(found.erring.items()))
        where = f"{place.sheet} {place.address} ({shown_there})"
        return Text(f"{_NO_AMOUNTS.vi}; ô báo lỗi: {where}", f"{_NO_AMOUNTS.en}; a cell that shows an error: {where}")
    return _NO_AMOUNTS if found.checked.tables else _NO_TABLE


def is_result(path: Path) -> bool:
    """Whether a file is the result of an earlier consolidation, by the title in its properties."""
    try:
        with ZipFile(path) as package:
            names = [name for name in _PROPERTIES if name in package.namelist()]
            for name in names:
                with package.open(name) as part:
                    title = _TITLE.search(part.read(_PROPERTIES_LIMIT))
                if title and title[1].decode("utf-8", "replace") in (RESULT_TITLE.vi, RESULT_TITLE.en):
                    return True
    except (OSError, BadZipFile, ValueError, NotImplementedError, RuntimeError):
        return False  # the reader will say what is wrong with it
    return False


class _Saying:
    """Findings in the words of a language."""

    def __init__(self, rules: Mapping[str, Rule], lang: Lang) -> None:
        self._rules, self._lang = rules, lang

    def of(self, finding: Finding) -> Found:
        """A finding as a list shows it."""
        lang, place = self._lang, finding.place
        return Found(
            finding.severity,
            finding.rule,
            rule_title(finding.rule, self._rules, lang),
            place.sheet if place else "",
            place.address if place else "",
            one_line(finding.label),
            one_line(finding.message[lang]),
            shown(finding.found, lang),
            shown(finding.expected, lang),
        )

    def marks(self, findings: Sequence[Finding]) -> Mapping[Place, str]:
        """What the checker says of each cell: errors and doubts."""
        said: dict[Place, dict[str, None]] = {}
        for finding in findings:
            if finding.place is not None and finding.severity is not Severity.INFO:
                title = rule_title(finding.rule, self._rules, self._lang)
                said.setdefault(finding.place, {})[f"{SEVERITIES[finding.severity][self._lang]}: {title}"] = None
        return {place: "; ".join(titles) for place, titles in said.items()}

    def remarks(self, found: Rolled) -> Iterator[Remark]:
        """What was not added up, and what was assumed."""
        for each in found.counted:
            for place in each.unread:
                yield self._at(place, _UNREAD, found.figure(place).printed)
            if each.stated is not None and not each.proven:
                yield Remark(found.named(each.table), _UNPROVEN[self._lang])
        for place, shown_there in found.erring.items():
            yield self._at(place, _ERRING, shown_there)
        for text in (*perhaps_twice(found), *in_doubt(found), *units_unstated(found), *not_counted(found, ADDED)):
            yield Remark("", text[self._lang])

    def _at(self, place: Place, what: Text, printed: str) -> Remark:
        return Remark(f"{place.sheet}, {place.address}", f"{what[self._lang]}: “{one_line(printed)}”")

    def amounts(self, found: Rolled, each: TableFunding, marks: Mapping[Place, str]) -> Iterator[Amount]:
        """The amounts of a table."""
        name = found.named(each.table)
        for leaf in each.leaves:
            notes = (_REST[self._lang] if leaf.rest else "", marks.get(leaf.place, ""))
            yield Amount(
                name,
                leaf.place.sheet,
                leaf.place.address,
                leaf.number,
                one_line(leaf.item),
                tuple(map(one_line, leaf.groups)),
                one_line(leaf.agency or "") or None,
                one_line(leaf.source or "") or None,
                leaf.year,
                leaf.amount,
                leaf.figure,
                leaf.unit.exponent,
                "; ".join(filter(None, notes)),
            )


def _funding(path: Path, digest: bytes, found: Rolled, saying: _Saying, findings: Sequence[Finding]) -> FileFunding:
    marks = saying.marks(findings)
    stating = [each for each in found.counted if each.stated is not None]
    return FileFunding(
        path,
        digest=digest,
        amounts=tuple(amount for each in found.counted for amount in saying.amounts(found, each, marks)),
        found=tuple(map(saying.of, findings)),
        remarks=tuple(saying.remarks(found)),
        counted=len(found.counted),
        total=added(leaf.amount for leaf in found.leaves),
        stated=added(each.total if each.stated is None else each.stated for each in found.counted) if stating else None,
        partly=len(stating) < len(found.counted),
        rounding=added(abs(each.total - (each.stated or ZERO)) for each in stating if each.proven),
        proven=all(each.proven for each in stating),
        doubted=any(each.doubted for each in found.counted),
        unread=bool(found.erring or found.worded or any(each.unread for each in found.counted)),
        hidden=found.hidden,
        errors=sum(finding.severity is Severity.ERROR for finding in findings),
    )


A_RESULT = Text("là kết quả hợp nhất lần trước, không cộng lại", "the result of an earlier merger, not added again")
_NO_TABLE = Text("không thấy bảng kinh phí nào", "there is no budget table")
_NO_AMOUNTS = Text("các bảng không có số tiền nào để cộng", "the tables hold no amounts to add up")
_REST = Text("phần chưa nêu chi tiết của ô", "what the details leave of the cell")
_UNREAD = Text("ô có số không đọc được, chưa cộng", "a figure that nobody can read, not added up")
_ERRING = Text(
    "ô báo lỗi hoặc công thức không có kết quả, chưa cộng",
    "an error or a formula without a result, not added up",
)
_UNPROVEN = Text("các số chi tiết không khớp tổng ghi trong bảng", "the amounts do not make the total stated")
