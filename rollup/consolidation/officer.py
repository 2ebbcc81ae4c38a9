"""The officer's word on what a name is taken for: the sheet of synonyms, edited and passed back, or a CSV like it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from faults import InputFault, Lang, Text, row_place
from rollup.consolidation.naming import Kind, key
from rollup.consolidation.saying import SYNONYMS

KINDS: Mapping[Kind, Text] = {
    Kind.SOURCE: Text("nguồn", "source"),
    Kind.AGENCY: Text("đơn vị", "agency"),
    Kind.ITEM: Text("hạng mục", "item"),
}
KIND, WRITTEN, TAKEN = Text("Loại", "Kind"), Text("Như ghi trong tệp", "As written"), Text("Hiểu là", "Taken for")
_HEADS = (KIND, WRITTEN, TAKEN)
_LANGS: tuple[Lang, ...] = ("vi", "en")
_NAMED = re.compile(rf"(?:{SYNONYMS.vi}|{SYNONYMS.en})(?: \(\d+\))?", re.IGNORECASE)
_HEAD_ROWS = 20  # in which the headings are looked for


class Entry(NamedTuple):
    """A line of the list: where it stands (table, row) and what it says."""

    table: str
    row: int
    kind: Kind
    written: str
    name: str


@dataclass(frozen=True)
class Choices:
    """What an officer has decided. `entries`: by kind and by the key of what is written."""

    file: Path | None
    entries: Mapping[tuple[Kind, str], Entry]

    def name(self, kind: Kind, written: str) -> str | None:
        """What a wording is taken for, through names that are taken for others in turn; None: nothing is said of it.

        Raises InputFault where it goes round in a circle.
        """
        entry = self.entries.get((kind, key(kind, written)))
        if entry is None:
            return None
        passed = {key(kind, written)}
        while (following := self._further(entry)) is not None:
            if key(kind, following.written) in passed:
                raise self._refused(entry, _CIRCLE, f"{entry.written} → {entry.name}", _ONE_NAME)
            passed.add(key(kind, following.written))
            entry = following
        return entry.name

    def _further(self, entry: Entry) -> Entry | None:
        """The entry about the name that an entry gives, unless that is the very same wording."""
        further = self.entries.get((entry.kind, key(entry.kind, entry.name)))
        stays = further is None or key(entry.kind, entry.name) == key(entry.kind, entry.written)
        return None if stays else further

    def names(self) -> Iterator[tuple[Kind, str]]:
        """Every name that something is taken for, once the circles are refused."""
        for entry in self.entries.values():
            yield entry.kind, self.name(entry.kind, entry.written) or entry.name

    def _refused(self, entry: Entry, what: Text, found: str, expected: Text) -> InputFault:
        return InputFault(what, file=self.file, place=row_place(entry.table, entry.row), found=found, expected=expected)


NOTHING_CHOSEN = Choices(None, {})


def read_choices(path: Path) -> Choices:
    """The officer's list: the sheet of synonyms of an .xlsx workbook, or a .csv with the same three headings.

    Raises InputFault, with sheet and row, for a file without such a list, an unknown kind, a blank name, a wording that
    stands there twice or is taken for two names, and names that are taken for one another.
    """
    tables = _csv_tables(path) if path.suffix.lower() == ".csv" else _sheets(path)
    seen: dict[tuple[Kind, str], Entry] = {}
    entries: dict[tuple[Kind, str], Entry] = {}
    for table, rows in tables:
        for entry in _entries(path, table, rows):
            _refuse_second(path, entry, seen, entries)
            seen[entry.kind, entry.written] = entry
            entries.setdefault((entry.kind, key(entry.kind, entry.written)), entry)
    if not entries:
        vi, en = (", ".join(f"“{head[lang]}”" for head in _HEADS) for lang in _LANGS)
        expected = Text(f"trang “{SYNONYMS.vi}” có các cột {vi}", f"a sheet “{SYNONYMS.en}” with columns {en}")
        none = Text("không thấy bảng từ đồng nghĩa", "there is no list of synonyms")
        raise InputFault(none, file=path, expected=expected)
    choices = Choices(path, entries)
    for _ in choices.names():
        pass  # a circle is refused before anything is read
    return choices


def _refuse_second(
    path: Path, entry: Entry, seen: Mapping[tuple[Kind, str], Entry], entries: Mapping[tuple[Kind, str], Entry]
) -> None:
    """Raise InputFault where a wording stands there twice, or is taken for two names."""
    place = row_place(entry.table, entry.row)
    if (entry.kind, entry.written) in seen:
        first = seen[entry.kind, entry.written]
        once = Text(f"một dòng cho mỗi cách ghi (đã có ở dòng {first.row})", f"one row each (row {first.row} has it)")
        raise InputFault(Text("cách ghi này lặp lại", "this wording stands there twice"), file=path, place=place,
                         found=entry.written, expected=once)  # fmt: skip
    first_one = entries.get((entry.kind, key(entry.kind, entry.written)))
    if first_one is not None and key(entry.kind, first_one.name) != key(entry.kind, entry.name):
        same = Text(f"“{first_one.name}” như ở dòng {first_one.row}", f"“{first_one.name}” as in row {first_one.row}")
        what = Text("một tên, chỉ khác cách viết, được hiểu theo hai cách", "one name, spelt twice, is taken for two")
        raise InputFault(what, file=path, place=place, found=entry.name, expected=same)


def _entries(path: Path, table: str, rows: Iterable[Sequence[object]]) -> Iterator[Entry]:
    columns: list[int] | None = None
    for number, row in enumerate(rows, 1):
        texts = ["" if value is None else str(value).strip() for value in row]
        if columns is None:
            columns = _columns(texts)
            if columns is None and number >= _HEAD_ROWS:
                return
            continue
        kind, written, name = (texts[column] if column < len(texts) else "" for column in columns)
        if not (kind or written or name):
            continue
        yield Entry(table, number, _kind(path, table, number, kind), *_named(path, table, number, written, name))


def _columns(texts: Sequence[str]) -> list[int] | None:
    """Where the three headings stand in a row; None: they do not."""
    folded = [text.casefold() for text in texts]
    for lang in _LANGS:
        heads = [head[lang].casefold() for head in _HEADS]
        if all(head in folded for head in heads):
            return [folded.index(head) for head in heads]
    return None


def _kind(path: Path, table: str, row: int, text: str) -> Kind:
    for kind, names in KINDS.items():
        if text.casefold() in (names.vi, names.en):
            return kind
    listed = Text(", ".join(name.vi for name in KINDS.values()), ", ".join(name.en for name in KINDS.values()))
    what = Text("loại tên không dùng được", "there is no such kind of name")
    raise InputFault(what, file=path, place=row_place(table, row, KIND.vi), found=text, expected=listed)


def _named(path: Path, table: str, row: int, written: str, name: str) -> tuple[str, str]:
    for text, head in ((written, WRITTEN), (name, TAKEN)):
        if not text:
            blank = Text("thiếu tên", "a name is missing")
            itself = Text("một tên; giữ nguyên thì ghi lại đúng tên đó", "a name; the same one where it is to stay")
            raise InputFault(blank, file=path, place=row_place(table, row, head.vi), expected=itself)
    return written, name


def _csv_tables(path: Path) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise InputFault(
            Text("không đọc được tệp", "the file cannot be read"), file=path, found=fault.strerror
        ) from fault
    except UnicodeDecodeError as fault:
        raise InputFault(Text("tệp không phải UTF-8", "the file is not UTF-8"), file=path) from fault
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)  # Excel of a Vietnamese PC writes semicolons
    yield path.name, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _sheets(path: Path) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    """The sheets of synonyms of a workbook, also of one so large that only this sheet is worth reading."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as fault:
        raise InputFault(_UNREADABLE, file=path, found=fault.strerror) from fault
    except (BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError) as fault:  # the last: damaged XML
        expected = Text("một tệp .xlsx hoặc .csv", "an .xlsx or a .csv file")
        raise InputFault(Text("tệp không phải sổ tính .xlsx", "the file is no .xlsx workbook"), file=path,
                         expected=expected) from fault  # fmt: skip
    try:
        for sheet in book.worksheets:
            if _NAMED.fullmatch(sheet.title):
                yield sheet.title, sheet.iter_rows(values_only=True)
    finally:
        book.close()


_UNREADABLE = Text("không đọc được tệp", "the file cannot be read")
_CIRCLE = Text("các tên được hiểu vòng quanh lẫn nhau", "names are taken for one another in a circle")
_ONE_NAME = Text("các dòng này cùng một tên", "one name in all of these rows")
