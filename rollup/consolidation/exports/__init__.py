"""The rows of a consolidation for other programs: CSV, JSON, Parquet, and a Fiscal Data Package."""

from rollup.consolidation.exports.records import Export, FileRecord, FindingRecord, Spelling
from rollup.consolidation.exports.writing import FORMATS, SUFFIXES, Format, refuse_export, write_export

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Export",
    "FileRecord",
    "FindingRecord",
    "Format",
    "Spelling",
    "refuse_export",
    "write_export",
]
