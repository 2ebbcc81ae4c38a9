"""The rows of a consolidation as CSV, JSON, Parquet and Fiscal Data Package: read back they are the same rows."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema
import pytest
import requests
from frictionless import Package, Report, system
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from requests.adapters import BaseAdapter
from support.typed import typed_file

from faults import InputFault
from phuluc import main
from rollup.consolidation.exports import FORMATS, Export, FileRecord, FindingRecord, Format, Spelling, write_export
from rollup.consolidation.rows import Row

SCHEMA = Path(__file__).with_name("fiscal-data-package.json")
SUFFIX = {"csv": ".csv", "json": ".json", "parquet": ".parquet", "datapackage": ".zip"}
FIRST = Row(
    file="Sở Y tế/dự toán.xlsx",
    table="Phụ lục",
    sheet="Phụ lục",
    cell="D9",
    number="1.1",
    item="Hội nghị",
    item_written="- Hội nghị,\n“tổng kết”",
    groups=("I Tuyên truyền", "a › b \\ c"),
    agency="Sở Y tế",
    agency_written="Sở Y tế",
    source="Ngân sách trung ương",
    source_written="=NSTW",
    year=2021,
    amount=Decimal("40500000.0"),
    printed=Decimal("40.5"),
    unit="triệu đồng",
    note="",
)
SECOND = replace(
    FIRST, cell="D10", groups=(), agency=None, agency_written=None, source=None, source_written=None, year=None,
    amount=Decimal("-1E+3"), printed=Decimal("-0.001"), number="-",
)  # fmt: skip
EXPORT = Export(
    [FIRST, SECOND],
    [
        FileRecord("Sở Y tế/dự toán.xlsx", "", 1, 2, Decimal(40_499_000), Decimal(40_499_000), 1),
        FileRecord("hỏng.xlsx", "tệp rỗng"),
    ],
    [FindingRecord("Sở Y tế/dự toán.xlsx", "group-total", "error", "Phụ lục", "D9", "Tổng không khớp")],
    [Spelling("source", "=NSTW", "Ngân sách trung ương")],
)


def exported(folder: Path, form: Format, export: Export = EXPORT) -> Path:
    target = folder / f"ra{SUFFIX[form]}"
    write_export(export, target, form, "vi", force=False)
    return target


def test_csv_is_for_excel_too(tmp_path: Path) -> None:
    assert exported(tmp_path, "csv").read_bytes().decode() == (
        "\ufefffile,table,sheet,cell,number,item,item_written,groups,agency,agency_written,source,source_written,year,"
        "amount,printed,unit,note\r\n"
        'Sở Y tế/dự toán.xlsx,Phụ lục,Phụ lục,D9,1.1,Hội nghị,"\'- Hội nghị,\n“tổng kết”",'
        "I Tuyên truyền › a \\› b \\\\ c,Sở Y tế,Sở Y tế,Ngân sách trung ương,'=NSTW,2021,40500000,40.5,triệu đồng,\r\n"
        "Sở Y tế/dự toán.xlsx,Phụ lục,Phụ lục,D10,'-,Hội nghị,\"'- Hội nghị,\n“tổng kết”\","
        ",,,,,,-1000,-0.001,triệu đồng,\r\n"
    )


def test_json_holds_files_and_findings_too(tmp_path: Path) -> None:
    document = json.loads(exported(tmp_path, "json").read_text(encoding="utf-8"))
    assert document.pop("rows")[0] == {
        "file": "Sở Y tế/dự toán.xlsx",
        "table": "Phụ lục",
        "sheet": "Phụ lục",
        "cell": "D9",
        "number": "1.1",
        "item": "Hội nghị",
        "item_written": "- Hội nghị,\n“tổng kết”",
        "groups": ["I Tuyên truyền", "a › b \\ c"],
        "agency": "Sở Y tế",
        "agency_written": "Sở Y tế",
        "source": "Ngân sách trung ương",
        "source_written": "=NSTW",
        "year": 2021,
        "amount": "40500000",
        "printed": "40.5",
        "unit": "triệu đồng",
        "note": None,
    }
    read = {"file": "Sở Y tế/dự toán.xlsx", "status": "added", "reason": None, "tables": 1, "rows": 2}
    failed = {"file": "hỏng.xlsx", "status": "failed", "reason": "tệp rỗng", "tables": 0, "rows": 0}
    found = {"rule": "group-total", "severity": "error", "sheet": "Phụ lục", "cell": "D9", "message": "Tổng không khớp"}
    assert document == {
        "total": "40499000",
        "files": [
            {**read, "total": "40499000", "stated": "40499000", "errors": 1},
            {**failed, "total": "0", "stated": None, "errors": 0},
        ],
        "spellings": [{"of": "source", "written": "=NSTW", "name": "Ngân sách trung ương"}],
        "findings": [{"file": "Sở Y tế/dự toán.xlsx", **found}],
    }


def test_parquet_has_exact_decimals_and_lists(tmp_path: Path) -> None:
    table = parquet.read_table(exported(tmp_path, "parquet"))
    types = {field.name: str(field.type) for field in table.schema}
    assert list(types) == [field.name for field in fields(Row)]
    assert {types.pop("amount"), types.pop("printed")} == {"decimal128(38, 18)"}
    assert (types.pop("year"), types.pop("groups")) == ("int32", "list<element: string>")
    assert set(types.values()) == {"string"}
    assert table.column("source").to_pylist() == ["Ngân sách trung ương", None]


def test_an_amount_of_many_digits_makes_parquet_wider(tmp_path: Path) -> None:
    long = replace(FIRST, amount=Decimal("123456789012345678901234567890.12345678901234567890123"))
    table = parquet.read_table(exported(tmp_path, "parquet", replace(EXPORT, rows=[SECOND, long])))
    assert str(table.schema.field("amount").type) == "decimal256(76, 38)"
    assert table.column("amount").to_pylist() == [Decimal(-1000), long.amount]


def test_parquet_without_its_package_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rollup.consolidation.exports.parquet_file.find_spec", lambda _: None)
    with pytest.raises(InputFault) as fault:
        exported(tmp_path, "parquet")
    assert fault.value.sentence("vi") == (
        "thiếu gói pyarrow để ghi Parquet; cần pip install “phuluc[parquet]”, hoặc --format csv."
    )
    assert not list(tmp_path.iterdir())


class _Shelf(BaseAdapter):
    """What stands for the network: it has the official schema, and nothing else."""

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:
        assert request.url == "https://specs.frictionlessdata.io/schemas/fiscal-data-package.json"
        answer = requests.Response()
        answer.status_code, answer.raw, answer.url = 200, io.BytesIO(SCHEMA.read_bytes()), request.url
        return answer

    def close(self) -> None:
        """Nothing is open."""


def validated(path: Path) -> Report:
    return Package(str(path)).validate()


def changed(package: Path, **changes: Callable[[str], str]) -> Path:
    """A copy of the package in which some files have other text."""
    copy = package.with_name("hỏng.zip")
    with ZipFile(package) as source, ZipFile(copy, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            target.writestr(name, changes.get(name.partition(".")[0], str)(text))
    return copy


def test_the_data_package_is_valid_for_frictionless_and_a_broken_one_is_not(tmp_path: Path) -> None:
    package = exported(tmp_path, "datapackage")
    assert validated(package).flatten(["type", "message"]) == []
    wrong = changed(package, rows=lambda text: text.replace("2021", "năm 2021").replace("-1000", ""))
    assert validated(wrong).flatten(["fieldName", "rowNumber", "type"]) == [
        ["year", 2, "type-error"],
        ["amount", 3, "constraint-error"],
    ]
    lost = changed(package, files=lambda text: text.replace("Sở Y tế", "Sở Nội vụ"))
    assert set(map(tuple, validated(lost).flatten(["type"]))) == {("foreign-key",)}


def test_nothing_at_all_is_a_valid_package_too(tmp_path: Path) -> None:
    assert validated(exported(tmp_path, "datapackage", Export([], []))).valid


def test_it_is_valid_under_the_fiscal_profile_too(tmp_path: Path) -> None:
    fiscal = changed(
        exported(tmp_path, "datapackage"),
        datapackage=lambda text: text.replace('"tabular-data-package"', '"fiscal-data-package"'),
    )
    session = requests.Session()
    session.mount("https://", _Shelf())
    with system.use_context(http_session=session):
        assert validated(fiscal).flatten(["type", "message"]) == []


def test_the_descriptor_speaks_the_fiscal_taxonomy(tmp_path: Path) -> None:
    with ZipFile(exported(tmp_path, "datapackage")) as package:
        assert package.namelist() == ["rows.csv", "files.csv", "findings.csv", "datapackage.json"]
        descriptor: dict[str, Any] = json.loads(package.read("datapackage.json"))
    jsonschema.validate(descriptor, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert descriptor["profile"] == "tabular-data-package"
    assert descriptor["title"] == "Kinh phí hợp nhất từ 1 tệp phụ lục"
    assert descriptor["columnTypes"] == ["https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"]
    assert descriptor["fiscalPeriod"] == {"start": "2021-01-01", "end": "2021-12-31"}
    schema = descriptor["resources"][0]["schema"]
    assert {field["name"]: field["columnType"] for field in schema["fields"] if "columnType" in field} == {
        "id": "budget-line-id",
        "item": "activity:generic:project:code",
        "item_written": "activity:generic:project:label",
        "groups": "activity:generic:program:code",
        "agency": "administrative-classification:generic:code",
        "agency_written": "administrative-classification:generic:label",
        "source": "fin-source:generic:code",
        "source_written": "fin-source:generic:label",
        "year": "date:fiscal-year",
        "amount": "value",
    }
    assert [(each["columnType"], each["constant"]) for each in schema["extraFields"]] == [
        ("value-currency:code", "VND"),
        ("direction", "expenditure"),
    ]


def test_equal_rows_make_equal_packages(tmp_path: Path) -> None:
    once, again = tmp_path / "1", tmp_path / "2"
    for folder in (once, again):
        folder.mkdir()
    assert exported(once, "datapackage").read_bytes() == exported(again, "datapackage").read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_what_breaks_off_leaves_what_was_there(tmp_path: Path, form: Format) -> None:
    def rows() -> Iterator[Row]:
        yield FIRST
        raise MemoryError

    target = exported(tmp_path, form)
    before = target.read_bytes()
    with pytest.raises(InputFault, match="exists already"):
        write_export(EXPORT, target, form, "vi", force=False)
    with pytest.raises(MemoryError):
        write_export(replace(EXPORT, rows=rows()), target, form, "vi", force=True)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("form", ["csv", "json", "datapackage"])
def test_the_rows_are_never_all_in_memory(tmp_path: Path, form: Format) -> None:
    rows = (replace(FIRST, cell=f"D{number}") for number in range(5_000))
    tracemalloc.start()
    exported(tmp_path, form, replace(EXPORT, rows=rows))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


# Round trips.

TEXTS = st.text(st.sampled_from("aĐ'=+-@＝\t\r\n ,;\"›\\|0"), max_size=5)
NAMES = TEXTS.filter(bool)
AMOUNTS = st.decimals(min_value=-(10**19), max_value=10**19, places=6) | st.integers(-(10**18), 10**18).map(Decimal)
ROWS = st.builds(
    Row,
    **dict.fromkeys(("file", "table", "sheet", "cell", "number", "item", "item_written", "unit", "note"), TEXTS),
    **dict.fromkeys(("agency", "agency_written", "source", "source_written"), st.none() | NAMES),
    groups=st.lists(NAMES, max_size=3).map(tuple),
    year=st.none() | st.integers(1900, 2100),
    amount=AMOUNTS,
    printed=AMOUNTS,
)
OPTIONAL = {"agency", "agency_written", "source", "source_written"}


def back(record: dict[str, Any]) -> Row:
    """The row of a record that has been read; what is nothing is an empty text, or unknown."""
    texts = {name: value if name in OPTIONAL else value or "" for name, value in record.items()}
    texts |= {name: Decimal(record[name]) for name in ("amount", "printed")}
    return Row(**(texts | {"groups": tuple(record["groups"] or ()), "year": record["year"] and int(record["year"])}))


def from_csv(stream: io.TextIOWrapper, *, guarded: bool) -> Sequence[Row]:
    """A reader that knows what the documentation says, and no more."""
    rows = []
    for record in csv.DictReader(stream):
        record.pop("id", None)
        texts = {name: text[1:] if guarded and re.match(r"'['\s]*([=+\-@＝＋－＠]|[\t\r\n])", text) else text
                 for name, text in record.items()}  # fmt: skip
        groups = [re.sub(r"\\(.)", r"\1", group) for group in texts["groups"].split(" › ") if group]
        rows.append(back({**{name: text or None for name, text in texts.items()}, "groups": groups}))
    return rows


def read(path: Path) -> Sequence[Row]:
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8-sig", newline="") as stream:
                return from_csv(stream, guarded=True)
        case ".zip":
            with ZipFile(path) as package, package.open("rows.csv") as entry:
                return from_csv(io.TextIOWrapper(entry, encoding="utf-8", newline=""), guarded=False)
        case ".json":
            return [back(record) for record in json.loads(path.read_text(encoding="utf-8"))["rows"]]
        case _:
            return [back(record) for record in parquet.read_table(path).to_pylist()]


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None, max_examples=60)
@given(rows=st.lists(ROWS, max_size=4))
def test_rows_come_back_exactly(form: Format, rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert read(exported(Path(folder), form, replace(EXPORT, rows=rows))) == rows


@settings(deadline=None)
@given(text=TEXTS)
def test_no_text_of_the_csv_is_a_formula(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = exported(Path(folder), "csv", replace(EXPORT, rows=[replace(FIRST, item=text)]))
        with path.open(encoding="utf-8-sig", newline="") as stream:
            (record,) = csv.DictReader(stream)
    assert not re.match(r"\s*[=+\-@＝＋－＠]", record["item"])


def test_of_tables_of_which_only_some_state_a_total_none_is_stated(tmp_path: Path) -> None:
    head = "ĐVT: triệu đồng\nSTT | Nội dung | Kinh phí\n"
    source, target = tmp_path / "a.xlsx", tmp_path / "a.json"
    typed_file(source, {"A": f"{head}1 | Đường | 60\n2 | Cầu | 40\n | Tổng | 100", "B": f"{head}1 | Chợ | 7"})
    assert main(["consolidate", str(source), "--format", "json", "-o", str(target)]) == 0
    (file,) = json.loads(target.read_text(encoding="utf-8"))["files"]
    assert (file["total"], file["stated"]) == ("107000000", None)


def test_words_in_the_place_of_an_amount_are_told_of_whatever_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "1 | Đường | 60\n2 | Cầu | 2 x 30\n3 | Chợ | 50\n | Tổng | 110"
    source = typed_file(tmp_path / "a.xlsx", f"ĐVT: triệu đồng\nSTT | Nội dung | Kinh phí\n{rows}")
    for lang, said in (
        ("vi", "1 tệp có ô ghi chữ hoặc lỗi ở chỗ của số tiền, chưa cộng."),
        ("en", "Files with words or errors for amounts: 1."),
    ):
        target = str(tmp_path / f"{lang}.csv")
        assert main(["--lang", lang, "consolidate", str(source), "--format", "csv", "-o", target]) == 0
        assert capsys.readouterr().out.splitlines()[1:] == [said]
