"""What names are taken for: the table that comes with the program, spelling, and the officer's word above both."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from support.consolidated import consolidated, table, values
from support.typed import typed_file

from faults import InputFault
from rollup.consolidation.naming import Kind, key, taken_for
from rollup.consolidation.officer import read_choices
from rollup.consolidation.proposals import proposals

CENTRAL, LOCAL, PROVINCE = "Ngân sách trung ương", "Ngân sách địa phương", "Ngân sách tỉnh"
PRIVATE, BUSINESS, OTHER = "Xã hội hóa", "Doanh nghiệp đóng góp", "Nguồn khác"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("NSTW", CENTRAL),
        ("Trung Ương", CENTRAL),
        ("ngân sách  trung ương", CENTRAL),
        ("Nguồn vốn NS TW", CENTRAL),
        ("Chương trình phát triển TMĐT quốc gia", CENTRAL),
        ("Hỗ trợ từ trung ương thông qua Trung tâm Phát triển thương mại điện tử", CENTRAL),
        ("NSĐP", LOCAL),
        ("Địa phương", LOCAL),
        ("NS Tỉnh", PROVINCE),
        ("Tỉnh hỗ trợ", PROVINCE),
        ("Ngân sách cấp tỉnh", PROVINCE),
        ("Xã hội hoá", PRIVATE),
        ("Nguồn XHH", PRIVATE),
        ("Vốn doanh nghiệp", BUSINESS),
        ("Khác", OTHER),
        ("Các nguồn vốn khác", OTHER),
    ],
)
def test_sources_of_the_decisions_are_matched(written: str, name: str) -> None:
    assert taken_for(Kind.SOURCE, written) == name


@pytest.mark.parametrize(
    "written",
    ["Ngân sách thành phố", "Vốn vay ODA", "Ngân sách", "Vốn", "Hỗ trợ từ trung ương và địa phương", "Quỹ trung ương"],
)
def test_a_source_that_the_table_does_not_know_stays_itself(written: str) -> None:
    assert taken_for(Kind.SOURCE, written) == written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND TP. Cần Thơ", "Uỷ ban nhân dân thành phố Cần Thơ"),
        ("Sở Khoa học & Công nghệ", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"),
        ("Sở Công Thương", "So\u031b\u0309 Công Thương."),
    ],
)
def test_spelling_does_not_part_agencies(one: str, other: str) -> None:
    assert key(Kind.AGENCY, one) == key(Kind.AGENCY, other)


def test_names_that_differ_in_a_few_letters_are_proposed_and_numbers_must_be_the_same() -> None:
    names = [("Sở Công Thương", 9), ("Sở Công Thưong", 1), ("Hội nghị năm 2021", 3), ("Hội nghị năm 2022", 2)]
    assert proposals(Kind.AGENCY, names) == {"Sở Công Thưong": "Sở Công Thương"}


FIRST = """
Đơn vị tính: triệu đồng
STT | Nội dung | Đơn vị thực hiện | NSTW | Vốn ODA | Tổng cộng
1 | Hội nghị | Sở A | 10 | 1 | 11
2 | Bản tin | UBND tỉnh | 20 | 2 | 22
"""
SECOND = """
Đơn vị tính: nghìn đồng
STT | Nội dung | Đơn vị thực hiện | Trung ương | Vốn vay | Tổng cộng
1 | Tập huấn | SỞ A | 5000 | 500 | 5500
2 | Khảo sát | Uỷ ban nhân dân tỉnh | 7000 | 700 | 7700
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [typed_file(tmp_path / "a.xlsx", FIRST), typed_file(tmp_path / "b.xlsx", SECOND)]


def test_every_wording_is_listed_with_what_it_is_taken_for_and_why(files: list[Path], tmp_path: Path) -> None:
    listed = table(values(consolidated(tmp_path / "ra.xlsx", files))["Từ đồng nghĩa"], "Loại")
    assert [[*row[:4], *row[5:]] for row in listed] == [
        ["Loại", "Như ghi trong tệp", "Hiểu là", "Căn cứ", "Số dòng", "Số tiền"],
        ["nguồn", "NSTW", CENTRAL, "có sẵn trong chương trình", 2, 30],
        ["nguồn", "Trung ương", CENTRAL, "có sẵn trong chương trình", 2, 12],
        ["nguồn", "Vốn ODA", "Vốn ODA", "giữ nguyên", 2, 3],
        ["nguồn", "Vốn vay", "Vốn vay", "giữ nguyên", 2, 1.2],
        ["đơn vị", "Sở A", "Sở A", "giữ nguyên", 2, 11],
        ["đơn vị", "SỞ A", "Sở A", "chỉ khác cách viết", 2, 5.5],
        ["đơn vị", "UBND tỉnh", "UBND tỉnh", "giữ nguyên", 2, 22],
        ["đơn vị", "Uỷ ban nhân dân tỉnh", "UBND tỉnh", "có sẵn trong chương trình", 2, 7.7],
    ]


def test_the_list_comes_back_edited_and_the_officer_has_the_last_word(files: list[Path], tmp_path: Path) -> None:
    first = consolidated(tmp_path / "ra.xlsx", files)
    book = openpyxl.load_workbook(first)
    sheet = book["Từ đồng nghĩa"]
    edited = {"Vốn ODA": "Vốn nước ngoài", "Vốn vay": "Vốn ODA", "Trung ương": "Vốn trung ương riêng"}
    for row in sheet.iter_rows(min_row=5):
        row[2].value = edited.get(str(row[1].value), row[2].value)
    book.save(tmp_path / "sua.xlsx")
    second = values(consolidated(tmp_path / "lai.xlsx", files, choices=read_choices(tmp_path / "sua.xlsx")))
    assert [[row[0], row[-2]] for row in table(second["Tổng hợp"], "Nguồn vốn")[1:]] == [
        [CENTRAL, 30],
        ["Vốn trung ương riêng", 12],
        ["Vốn nước ngoài", 4.2],  # Vốn vay is Vốn ODA, and that is this
        ["Tổng cộng", 46.2],
    ]
    because = {row[1]: row[3] for row in table(second["Từ đồng nghĩa"], "Loại")}
    assert because["Vốn vay"] == because["Vốn ODA"] == because["Trung ương"] == "cán bộ chọn"
    assert because["NSTW"] == "có sẵn trong chương trình"


def test_a_csv_serves_too(files: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "ten.csv"
    path.write_text("Kind;As written;Taken for\nsource;Vốn ODA;Vốn vay\n", encoding="utf-8-sig")
    sheets = values(consolidated(tmp_path / "ra.xlsx", files, choices=read_choices(path)))
    assert {row[0]: row[-2] for row in table(sheets["Tổng hợp"], "Nguồn vốn")}["Vốn vay"] == 4.2


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("quỹ,A,B", "ten.csv, dòng 2, cột “Loại”: loại tên không dùng được; thấy “quỹ”; cần nguồn, đơn vị, hạng mục."),
        ("nguồn,A,", "ten.csv, dòng 2, cột “Hiểu là”: thiếu tên; cần một tên; giữ nguyên thì ghi lại đúng tên đó."),
        (
            "nguồn,A,B\nnguồn,A,B",
            "ten.csv, dòng 3: cách ghi này lặp lại; thấy “A”; cần một dòng cho mỗi cách ghi (đã có ở dòng 2).",
        ),
        (
            "nguồn,Quỹ A,B\nnguồn,QUỸ A,C",
            "ten.csv, dòng 3: một tên, chỉ khác cách viết, được hiểu theo hai cách; thấy “C”; cần “B” như ở dòng 2.",
        ),
        (
            "nguồn,A,B\nnguồn,B,A",
            "ten.csv, dòng 3: các tên được hiểu vòng quanh lẫn nhau; thấy “B → A”; cần các dòng này cùng một tên.",
        ),
        (
            "",
            "không thấy bảng từ đồng nghĩa; cần trang “Từ đồng nghĩa” có các cột "
            "“Loại”, “Như ghi trong tệp”, “Hiểu là”.",
        ),
    ],
)
def test_a_list_that_cannot_be_followed_is_refused_with_its_row(lines: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "ten.csv"
    path.write_text(f"Loại,Như ghi trong tệp,Hiểu là\n{lines}\n", encoding="utf-8")
    with pytest.raises(InputFault) as refused:
        read_choices(path)
    assert refused.value.sentence("vi") == f"{path}: {said}"


def test_a_workbook_without_the_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="no list of synonyms"):
        read_choices(typed_file(tmp_path / "a.xlsx", FIRST))
    (tmp_path / "b.xlsx").write_bytes(b"no workbook")
    with pytest.raises(InputFault, match=r"no \.xlsx workbook"):
        read_choices(tmp_path / "b.xlsx")


def test_a_damaged_workbook_of_synonyms_is_refused(tmp_path: Path) -> None:
    whole, damaged = typed_file(tmp_path / "a.xlsx", "Loại | Như ghi trong tệp | Hiểu là"), tmp_path / "b.xlsx"
    with ZipFile(whole) as source, ZipFile(damaged, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name == "xl/workbook.xml" else data)
    with pytest.raises(InputFault, match=r"the file is no \.xlsx workbook"):
        read_choices(damaged)
