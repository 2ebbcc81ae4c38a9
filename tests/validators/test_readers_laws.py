"""Laws: what was written is read; whatever bytes come in, a Book or a refusal comes out."""

from __future__ import annotations

import io
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from support.mixed_workbook import mixed_workbook

from faults import InputFault
from validators.readers import read_book

CORPUS = Path(__file__).parent / "corpus"
FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: (
        not ILLEGAL_CHARACTERS_RE.search(text)
        and not text.startswith("=")
        and not set(text) & set("\r_\ufffe\uffff")
        and text not in {"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"}
    )
)
values = st.one_of(
    texts,
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(-1e300, 1e300).map(lambda number: float(f"{number:.15g}")),  # openpyxl writes no more than 16 digits
    st.dates(date(1900, 3, 1), date(9999, 12, 30)),
)
places = st.tuples(st.integers(1, 60), st.integers(1, 40))


def as_read(value: object) -> object:
    match value:
        case bool() | date():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case int():
            return Decimal(value)
    return Decimal(repr(value))


@given(st.dictionaries(places, values, min_size=1, max_size=30))
@FEW
def test_what_openpyxl_writes_is_what_is_read(tmp_path: Path, cells: dict[tuple[int, int], object]) -> None:
    book = openpyxl.Workbook()
    for (row, column), value in cells.items():
        book.active.cell(row, column, value)
    book.save(tmp_path / "a.xlsx")
    read = read_book(tmp_path / "a.xlsx").sheets[0]
    assert {place: cell.value for place, cell in read.cells.items()} == {
        place: as_read(value) for place, value in cells.items()
    }


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30)).map(lambda moment: moment.replace(microsecond=0)))
@FEW
def test_moments_survive(tmp_path: Path, moment: datetime) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = moment
    book.save(tmp_path / "a.xlsx")
    value = read_book(tmp_path / "a.xlsx").sheets[0].value(1, 1)
    assert value == (moment if moment - moment.replace(hour=0, minute=0, second=0) > timedelta(0) else moment.date())


def seed(kind: str) -> bytes:
    if kind in {"xls", "ods"}:
        return (CORPUS / f"mixed.{kind}").read_bytes()
    stream = io.BytesIO()
    mixed_workbook().save(stream)
    return stream.getvalue()


SEEDS = {kind: seed(kind) for kind in ("xlsx", "xls", "ods")}
edits = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 3), st.binary(max_size=6)), max_size=8)


def mutated(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """The bytes with some overwritten, left out, put in, or cut off at the end."""
    result = bytearray(data)
    for where, kind, new in changes:
        at = int(where * len(result))
        if kind == 0:
            result[at : at + len(new)] = new
        elif kind == 1:
            result[at:at] = new
        elif kind == 2:
            del result[at : at + 1 + len(new) * 10]
        elif not new:
            del result[at:]
    return bytes(result)


def inside(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """The zip with the bytes of its longest part changed, its directory and checksums right."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(stream, "w", ZIP_STORED) as new:
        longest = max(
            old.infolist(), key=lambda info: info.file_size * ("sheet1" in info.filename or "content" in info.filename)
        )
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutated(content, changes) if name == longest.filename else content)
    return stream.getvalue()


def read_or_refuse(tmp_path: Path, data: bytes, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(data)
    try:
        said = read_book(path).path
    except InputFault as fault:
        said = fault.file
    assert str(said) == str(path)


@pytest.mark.parametrize("kind", SEEDS)
@given(changes=edits)
@FEW
def test_spoilt_files_are_read_or_refused(tmp_path: Path, kind: str, changes: list[tuple[float, int, bytes]]) -> None:
    read_or_refuse(tmp_path, mutated(SEEDS[kind], changes), kind)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@given(changes=edits)
@FEW
def test_spoilt_parts_are_read_or_refused(tmp_path: Path, kind: str, changes: list[tuple[float, int, bytes]]) -> None:
    read_or_refuse(tmp_path, inside(SEEDS[kind], changes), kind)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml"]))
@FEW
def test_any_bytes_are_read_or_refused(tmp_path: Path, tail: bytes, head: bytes) -> None:
    read_or_refuse(tmp_path, head + tail, "xlsx")
