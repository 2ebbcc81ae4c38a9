"""What was read of many files, as it is exported."""

from __future__ import annotations

from collections.abc import Iterator

from rollup.consolidation.exports.records import Export, FileRecord, FindingRecord, Spelling
from rollup.consolidation.naming import Kind
from rollup.consolidation.rows import Row
from rollup.consolidation.spool import FileLine, Spool


def export_of(spool: Spool) -> Export:
    """The rows, files, findings and spellings of a store, which must stay open; rows are fetched as they are written.

    Of the spellings those are listed that were taken for another name.
    """
    files = [_file(each) for each in spool.file_lines()]
    findings = (
        FindingRecord(file, found.rule, found.severity.value, found.sheet, found.cell, found.message)
        for file, found in spool.findings()
    )
    spellings = (
        Spelling(kind.value, each.written, each.name)
        for kind in Kind
        for each in spool.spellings(kind)
        if each.written != each.name
    )
    return Export(_Rows(spool), files, findings, spellings)


def _file(line: FileLine) -> FileRecord:
    """A file; of what only some of its tables state nothing is stated in all."""
    stated = None if line.partly else line.stated
    return FileRecord(line.name, line.reason, line.counted, line.rows, line.total, stated, line.errors)


class _Rows:
    """The rows of a store, from the first each time that they are asked for."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def __iter__(self) -> Iterator[Row]:
        return (line.row for line in self._spool.lines())
