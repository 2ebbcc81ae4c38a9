"""The worksheet functions as Excel calls them: through xlwings' own `call_udf` and conversion of values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from support.generated import generated
from support.typed import typed_file
from support.typed_seeds import Typing, typed_seed
from support.udf_harness import MISSING, Cells, Excel, SheetData, sheet_of

from addin import amounts, functions

NOT_AVAILABLE = -2146826246  # COM's numbers of #N/A and #CALC!
CALC = -2146826238
ENGLISH = "viết theo kiểu Anh (dấu phẩy ngăn nhóm); cần dấu chấm ngăn nhóm, dấu phẩy trước phần thập phân"


@pytest.fixture(scope="module")
def excel() -> Iterator[Excel]:
    with Excel() as excel:
        yield excel


def one(excel: Excel, function: str, *arguments: object, sheet: SheetData | None = None) -> object:
    """The single value that a function gives."""
    ((value,),) = excel.call(function, *arguments, sheet=sheet).value
    return value


def block(excel: Excel, function: str, *arguments: object, sheet: SheetData) -> list[list[object]]:
    return excel.call(function, *arguments, sheet=sheet).value


def cell(value: object) -> SheetData:
    """A sheet with a value in A1."""
    return SheetData("Trang 1", {} if value is None else {(1, 1): value}, {})


# What Excel is told of the functions


def test_the_functions_and_what_the_wizard_says_of_them(excel: Excel) -> None:
    known = excel.functions
    assert {name: [argument["name"] for argument in each["arguments"]] for name, each in known.items()} == {
        "PL_BANGCHU": ["so", "don_vi", "kieu"],
        "VND": ["so"],
        "PL_SO": ["chu"],
        "PL_KIEMTRA": ["vung"],
        "PL_SOLOI": ["vung"],
        "PL_NGUON": ["vung", "nguon", "nam"],
        "PL_TYLE": ["vung"],
    }
    for name, each in known.items():
        assert name.isascii()
        assert each["category"] == "Phụ lục kinh phí"
        assert not each["volatile"]
        assert not each["sub"]
        texts = [each["doc"], *(argument["doc"] for argument in each["arguments"])]
        assert all(0 < len(text) <= 255 and not text.isascii() for text in texts)
        assert all(argument["name"].isascii() for argument in each["arguments"])


def test_tables_are_not_checked_while_the_wizard_is_open(excel: Excel) -> None:
    assert {name for name, each in excel.functions.items() if each["call_in_wizard"]} == {"PL_BANGCHU", "VND", "PL_SO"}


# Amounts in words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((3_785_000_000.0,), "Ba tỷ bảy trăm tám mươi lăm triệu đồng chẵn"),
        ((1_234_567.0,), "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"),
        ((766.3, "triệu đồng"), "Bảy trăm sáu mươi sáu triệu ba trăm nghìn đồng"),
        ((766.3, "Đơn vị tính: triệu đồng"), "Bảy trăm sáu mươi sáu triệu ba trăm nghìn đồng"),
        ((15.8, "tỷ"), "Mười lăm tỷ tám trăm triệu đồng chẵn"),
        ((5.0, "nghìn đồng"), "Năm nghìn đồng"),
        ((0.1 + 0.2, "tỷ đồng"), "Ba trăm triệu đồng chẵn"),
        ((6_860_000_000.0, MISSING, "tỉ, dấu phẩy, chẵn"), "Sáu tỉ, tám trăm sáu mươi triệu đồng chẵn"),
        ((6_860_000_000.0, MISSING, "tỷ"), "Sáu tỷ tám trăm sáu mươi triệu đồng"),
        ((2_000.0, None, "ngàn"), "Hai ngàn đồng"),
        ((0.0,), "Không đồng"),
        ((-1_500_000.0,), "Âm một triệu năm trăm nghìn đồng"),
        (("1.234.567",), "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"),
        (("46,3", "triệu đồng"), "Bốn mươi sáu triệu ba trăm nghìn đồng"),
        ((" 5.000đ ",), "Năm nghìn đồng"),
        ((Decimal("46300.0000"),), "Bốn mươi sáu nghìn ba trăm đồng"),
        (("1.000.000.000.000.000.000",), "Một tỷ tỷ đồng chẵn"),
        (("12,5 triệu đồng",), "Mười hai triệu năm trăm nghìn đồng"),
        (("12,5 triệu", "đồng"), "Mười hai triệu năm trăm nghìn đồng"),
        (("15,8 tỷ",), "Mười lăm tỷ tám trăm triệu đồng chẵn"),
        (("-",), ""),
        (("",), ""),
        ((None,), ""),
    ],
)
def test_words(excel: Excel, arguments: tuple[object, ...], words: str) -> None:
    full = (*arguments, MISSING, MISSING)[:3]
    assert one(excel, "PL_BANGCHU", *full) == words


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            (1_234.5,),
            "PL_BANGCHU: số tiền lẻ dưới một đồng; thấy “1.234,5 đồng”; cần số đã làm tròn bằng hàm ROUND.",
        ),
        ((1e15,), "PL_BANGCHU: số có hơn 15 chữ số, Excel không giữ được; cần số gõ dạng chữ."),
        (
            ("1.000.000.000.000.000.001",),
            "PL_BANGCHU: số tiền quá lớn; thấy “1.000.000.000.000.000.001 đồng”.",
        ),
        (
            ("1,234,567",),
            f"PL_BANGCHU: {ENGLISH}; thấy “1,234,567”.",
        ),
        (
            ("1,500", "triệu đồng"),
            "PL_BANGCHU: có thể hiểu hai cách; thấy “1,500”; cần viết rõ là 1,5 hoặc 1.500.",
        ),
        (("abc",), "PL_BANGCHU: không phải là một con số; thấy “abc”."),
        ((True,), "PL_BANGCHU: cần một con số; thấy “TRUE”."),
        ((datetime(2026, 3, 1),), "PL_BANGCHU: cần một con số; thấy “01/03/2026”."),
        ((NOT_AVAILABLE,), "PL_BANGCHU: ô đang báo lỗi; thấy “#N/A”."),
        ((CALC,), "PL_BANGCHU: ô đang báo lỗi; thấy “#CALC!”."),
        (
            (((1.0, 2.0),),),
            "PL_BANGCHU: chỉ dùng được một giá trị; thấy “{…}”; cần một ô hoặc một số.",
        ),
        (
            (5.0, "xu"),
            "PL_BANGCHU: không rõ đơn vị tiền; thấy “xu”; cần đồng, nghìn đồng, triệu đồng hoặc tỷ đồng.",
        ),
        (
            (5.0, MISSING, "hoa mỹ"),
            "PL_BANGCHU: không có cách đọc này; thấy “hoa mỹ”; cần tỷ hoặc tỉ, nghìn hoặc ngàn, dấu phẩy, chẵn.",
        ),
        (
            (5.0, NOT_AVAILABLE),
            "PL_BANGCHU: ô đang báo lỗi; thấy “#N/A”.",
        ),
    ],
)
def test_words_that_there_are_none_of(excel: Excel, arguments: tuple[object, ...], sentence: str) -> None:
    full = (*arguments, MISSING, MISSING)[:3]
    assert one(excel, "PL_BANGCHU", *full) == sentence


def test_words_of_a_cell(excel: Excel) -> None:
    assert one(excel, "VND", Cells("A1"), sheet=cell(5_000_000.0)) == "Năm triệu đồng chẵn"
    assert one(excel, "VND", Cells("A1"), sheet=cell("5.000.000")) == "Năm triệu đồng chẵn"
    assert one(excel, "VND", Cells("A1"), sheet=cell(None)) == ""
    assert one(excel, "VND", Cells("A1"), sheet=cell(NOT_AVAILABLE)) == "VND: ô đang báo lỗi; thấy “#N/A”."


def test_whole_columns_are_not_read_for_one_amount(excel: Excel) -> None:
    answer = excel.call("VND", Cells("A:A"), sheet=cell(5.0))
    assert answer.value == [["VND: chỉ dùng được một giá trị; thấy “A1:A1048576”; cần một ô hoặc một số."]]
    assert answer.asked < 10


def test_vnd_says_what_pl_bangchu_says(excel: Excel) -> None:
    for amount in (3_050_000_000.0, 1_001.0, "46,3", None, True):
        said = one(excel, "PL_BANGCHU", amount, MISSING, MISSING)
        assert isinstance(said, str)
        assert one(excel, "VND", amount) == said.replace("PL_BANGCHU", "VND")


# Numbers from texts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234.567", 1_234_567.0),
        ("46,3", 46.3),
        ("(1.500)", -1_500.0),
        ("3.785.000.000đ", 3_785_000_000.0),
        ("46,3 triệu đồng", 46_300_000.0),
        ("15,8 tỷ", 15_800_000_000.0),
        ("Ba tỉ không trăm năm mươi triệu đồng chẵn", 3_050_000_000.0),
        ("Bằng chữ: Mười lăm tỷ, tám trăm triệu đồng.", 15_800_000_000.0),
        (5.5, 5.5),
        ("-", ""),
        ("  ", ""),
        (None, ""),
        ("1,234.5", f"PL_SO: {ENGLISH}; thấy “1,234.5”."),
        ("1,500", "PL_SO: có thể hiểu hai cách; thấy “1,500”; cần viết rõ là 1,5 hoặc 1.500."),
        (
            "46,300 triệu đồng",
            "PL_SO: có thể hiểu hai cách; thấy “46,300”; cần viết rõ là 46,3 hoặc 46.300.",
        ),
        ("0,125", 0.125),
        ("2000.000.000", "PL_SO: dấu chấm phải ngăn số thành các nhóm đủ ba chữ số; thấy “2000.000.000”."),
        ("hai trăm năm", "PL_SO: “hai trăm năm” có thể hiểu hai cách."),
        ("1.234.567.890.123.456", "PL_SO: số có hơn 15 chữ số, Excel không giữ được; thấy “1.234.567.890.123.456”."),
        (False, "PL_SO: cần một con số; thấy “FALSE”."),
    ],
)
def test_numbers(excel: Excel, text: object, number: object) -> None:
    assert one(excel, "PL_SO", text) == number


# Tables


@pytest.fixture(scope="module")
def binh_dinh(tmp_path_factory: pytest.TempPathFactory) -> SheetData:
    path = typed_seed("binh-dinh-2021-2025", Typing.NUMBERS, tmp_path_factory.mktemp("typed"))
    return sheet_of(path, "Phụ lục")


def typed(tmp_path: Path, text: str) -> SheetData:
    return sheet_of(typed_file(tmp_path / "typed.xlsx", text), "Phụ lục")


CLEAN = """
     | | Đơn vị: triệu đồng
    STT | Nội dung | Ngân sách tỉnh | Xã hội hóa | Cộng
    1 | Hội nghị | 100 | 5 | 105
    2 | Tập huấn | 50 | 5.5 | 55.5
     | Tổng cộng | 150 | 10.5 | 160.5
"""


def test_findings(excel: Excel, binh_dinh: SheetData) -> None:
    found = block(excel, "PL_KIEMTRA", Cells("A4:H68"), sheet=binh_dinh)
    assert found[:3] == [
        ["Mức độ", "Ô", "Vấn đề", "Số đang ghi", "Số đúng", "Nguyên nhân"],
        ["Lỗi", "C36", "Tổng nhóm ghi 3.235, phải là 3.325", 3235.0, 3325.0, "hai chữ số bị đổi chỗ"],
        ["Cảnh báo", "B34", "Tỷ lệ ghi 30%, nhưng 160 trên 390 là 41%", "30%", "41%", ""],
    ]
    assert len(found) == 14
    assert one(excel, "PL_SOLOI", Cells("A4:H68"), sheet=binh_dinh) == 1.0


def test_findings_stand_at_the_addresses_of_the_sheet(excel: Excel, binh_dinh: SheetData) -> None:
    places = {(row + 100, column + 3): value for (row, column), value in binh_dinh.values.items()}
    moved = SheetData("Trang khác", places, {})
    assert block(excel, "PL_KIEMTRA", Cells("D104:K168"), sheet=moved)[1][1] == "F136"


def test_no_findings(excel: Excel, tmp_path: Path) -> None:
    sheet = typed(tmp_path, CLEAN)
    assert block(excel, "PL_KIEMTRA", Cells("A1:E5"), sheet=sheet)[1:] == [["Không thấy lỗi nào", "", "", "", "", ""]]
    assert one(excel, "PL_SOLOI", Cells("A1:E5"), sheet=sheet) == 0.0


def test_every_row_of_a_block_is_as_long_as_its_headings(excel: Excel, tmp_path: Path) -> None:
    sheet = typed(tmp_path, CLEAN.replace("160.5", "161.5").replace("50 |", "=NA() => #N/A |"))
    found = block(excel, "PL_KIEMTRA", Cells("A1:E5"), sheet=sheet)
    assert {len(row) for row in found} == {6}
    assert all(isinstance(value, float | str) for row in found for value in row)


def test_funding_as_a_block(excel: Excel, binh_dinh: SheetData) -> None:
    assert block(excel, "PL_NGUON", Cells("A4:H68"), MISSING, MISSING, sheet=binh_dinh) == [
        ["Nguồn vốn (triệu đồng)", 2021.0, 2022.0, 2023.0, 2024.0, 2025.0, "Tổng cộng"],
        ["Ngân sách địa phương", 585.0, 625.0, 585.0, 605.0, 675.0, 3075.0],
        ["Chương trình phát triển TMĐT quốc gia", 535.0, 905.0, 695.0, 815.0, 835.0, 3785.0],
        ["Tổng cộng", 1120.0, 1530.0, 1280.0, 1420.0, 1510.0, 6860.0],
    ]


@pytest.mark.parametrize(
    ("source", "year", "figure"),
    [
        ("Ngân sách địa phương", MISSING, 3075.0),
        ("NGÂN SÁCH  ĐỊA PHƯƠNG", 2022.0, 625.0),
        (MISSING, 2025.0, 1510.0),
        (None, "Năm 2021", 1120.0),
        (Cells("J1"), "2021", 1120.0),
    ],
)
def test_funding_as_one_figure(excel: Excel, binh_dinh: SheetData, source: object, year: object, figure: float) -> None:
    assert one(excel, "PL_NGUON", Cells("A4:H68"), source, year, sheet=binh_dinh) == figure


@pytest.mark.parametrize(
    ("source", "year", "sentence"),
    [
        (
            "Ngân sách xã",
            MISSING,
            "PL_NGUON: bảng không có nguồn vốn này; thấy “Ngân sách xã”; cần một trong: Ngân sách địa phương; "
            "Chương trình phát triển TMĐT quốc gia.",
        ),
        (
            MISSING,
            2030.0,
            "PL_NGUON: bảng không có năm này; thấy “2030”; cần một trong: 2021; 2022; 2023; 2024; 2025.",
        ),
        (
            MISSING,
            "năm nay",
            "PL_NGUON: bảng không có năm này; thấy “năm nay”; cần một trong: 2021; 2022; 2023; 2024; 2025.",
        ),
        (Cells("A1:B2"), MISSING, "PL_NGUON: chỉ dùng được một giá trị; thấy “A1:B2”; cần một ô hoặc một số."),
    ],
)
def test_funding_that_the_table_does_not_have(
    excel: Excel, binh_dinh: SheetData, source: object, year: object, sentence: str
) -> None:
    assert one(excel, "PL_NGUON", Cells("A4:H68"), source, year, sheet=binh_dinh) == sentence


def test_funding_without_years(excel: Excel, tmp_path: Path) -> None:
    sheet = typed(tmp_path, CLEAN)
    assert block(excel, "PL_NGUON", Cells("A1:E5"), MISSING, MISSING, sheet=sheet) == [
        ["Nguồn vốn (triệu đồng)", "Tổng cộng"],
        ["Ngân sách tỉnh", 150.0],
        ["Xã hội hóa", 10.5],
        ["Tổng cộng", 160.5],
    ]
    said = one(excel, "PL_NGUON", Cells("A1:E5"), MISSING, 2026.0, sheet=sheet)
    assert said == "PL_NGUON: bảng không chia theo năm; thấy “2026”."


def test_funding_that_no_source_is_named_for(excel: Excel, tmp_path: Path) -> None:
    sheet = typed(tmp_path, "STT | Nội dung | Năm 2026 | Kinh phí khác\n1 | Hội nghị | 100 | 5\n2 | Tập huấn | 50 | 5")
    block_ = block(excel, "PL_NGUON", Cells("A1:C3"), MISSING, MISSING, sheet=sheet)
    assert block_ == [["Nguồn vốn", 2026.0, "Tổng cộng"], ["Chưa nêu nguồn", 150.0, 150.0], ["Tổng cộng", 150.0, 150.0]]
    assert one(excel, "PL_NGUON", Cells("A1:C3"), "chưa nêu nguồn", MISSING, sheet=sheet) == 150.0


def test_shares(excel: Excel, tmp_path: Path) -> None:
    assert block(excel, "PL_TYLE", Cells("A1:E5"), sheet=typed(tmp_path, CLEAN)) == [
        ["Nguồn vốn (triệu đồng)", "Số tiền", "Tỷ lệ"],
        ["Ngân sách tỉnh", 150.0, 0.9345794392523364],
        ["Xã hội hóa", 10.5, 0.06542056074766354],
        ["Tổng cộng", 160.5, 1.0],
    ]


@pytest.mark.parametrize("function", ["PL_KIEMTRA", "PL_SOLOI", "PL_NGUON", "PL_TYLE"])
class TestRanges:
    """What every function of a range does with one that holds no table."""

    def given(self, function: str, argument: object) -> tuple[object, ...]:
        return (argument, MISSING, MISSING) if function == "PL_NGUON" else (argument,)

    @pytest.mark.parametrize("argument", [None, 5.0, "A5:H40", ((1.0, 2.0), (3.0, 4.0)), NOT_AVAILABLE])
    def test_no_range(self, excel: Excel, function: str, argument: object) -> None:
        assert one(excel, function, *self.given(function, argument)) == (
            f"{function}: cần một vùng ô trên trang tính; cần vùng có cả dòng tiêu đề, ví dụ A5:H40."
        )

    @pytest.mark.parametrize("address", ["A1", "A1:C3", "A:C", "X90:Z99", "XFD1048576"])
    def test_no_table(self, excel: Excel, function: str, address: str) -> None:
        assert one(excel, function, *self.given(function, Cells(address)), sheet=cell("Kính gửi: Sở Tài chính")) == (
            f"{function}: không thấy bảng kinh phí nào trong vùng này; cần vùng có cả dòng tiêu đề của bảng."
        )

    def test_an_empty_sheet(self, excel: Excel, function: str) -> None:
        said = one(excel, function, *self.given(function, Cells("A:H")), sheet=SheetData("Trang 1", {}, {}))
        assert str(said).startswith(f"{function}: không thấy bảng kinh phí nào")

    def test_a_range_that_is_too_large(self, excel: Excel, function: str) -> None:
        sheet = SheetData("Trang 1", {(1, 1): "STT", (300_000, 3): 5.0}, {})
        said = one(excel, function, *self.given(function, Cells("A:C")), sheet=sheet)
        assert said == f"{function}: vùng quá lớn; thấy “A1:C300000”."

    def test_whole_columns_are_read_as_far_as_the_sheet_goes(
        self, excel: Excel, binh_dinh: SheetData, function: str
    ) -> None:
        whole = excel.call(function, *self.given(function, Cells("A:H")), sheet=binh_dinh).value
        assert whole == excel.call(function, *self.given(function, Cells("A1:H68")), sheet=binh_dinh).value

    def test_excel_is_asked_as_often_for_two_rows_as_for_all(
        self, excel: Excel, binh_dinh: SheetData, function: str
    ) -> None:
        asked = {
            excel.call(function, *self.given(function, Cells(address)), sheet=binh_dinh).asked
            for address in ("A5:H9", "A4:H68", "A:H", "A:XFD")
        }
        assert len(asked) == 1
        assert asked.pop() < 40


def test_a_live_table_is_read_with_its_formulas(excel: Excel, tmp_path: Path) -> None:
    path = tmp_path / "live.xlsx"
    path.write_bytes(generated("binh-dinh-2021-2025"))
    sheet = sheet_of(path, "Phụ lục")
    assert one(excel, "PL_SOLOI", Cells("A1:H68"), sheet=sheet) == 0.0
    formulas = {place: formula for place, formula in sheet.formulas.items() if place != (36, 3)}
    spoilt = SheetData("Phụ lục", {**sheet.values, (36, 3): 3235.0}, formulas)
    found = block(excel, "PL_KIEMTRA", Cells("A1:H68"), sheet=spoilt)
    assert found[1][:2] == ["Lỗi", "C36"]


def test_what_nobody_foresaw_is_a_sentence_and_a_log_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    log = MagicMock()
    monkeypatch.setattr(functions, "journal", lambda: log)
    monkeypatch.setattr(amounts, "in_words", lambda *_: 1 / 0)
    assert functions.VND(5.0) == "VND: chương trình gặp lỗi ngoài dự kiến; chi tiết ở tệp nhật ký."
    log.exception.assert_called_once_with("VND")


def test_figures_of_every_kind_in_a_table(excel: Excel) -> None:
    values: dict[tuple[int, int], object] = {
        (1, 1): "STT", (1, 2): "Nội dung", (1, 3): "Kinh phí (triệu đồng)", (1, 4): "Thời gian thực hiện",
        (2, 1): 1.0, (2, 2): "Hội nghị", (2, 3): Decimal("46.3000"), (2, 4): datetime(2026, 3, 1),
        (3, 1): 2.0, (3, 2): "Tập huấn", (3, 3): "1.234,5", (3, 4): True,
        (4, 1): 3.0, (4, 2): "In ấn", (4, 3): NOT_AVAILABLE,
    }  # fmt: skip
    sheet = SheetData("Trang 1", values, {})
    found = block(excel, "PL_NGUON", Cells("A1:D4"), MISSING, MISSING, sheet=sheet)
    assert found[-1] == ["Tổng cộng", 1280.8]
    places = [row[:2] for row in block(excel, "PL_KIEMTRA", Cells("A1:D4"), sheet=sheet)[1:]]
    assert places == [["Cảnh báo", "C3"], ["Cảnh báo", "C4"]]


def test_a_table_whose_amounts_are_all_zero(excel: Excel, tmp_path: Path) -> None:
    sheet = typed(tmp_path, "STT | Nội dung | NSTW (triệu đồng) | NSĐP\n1 | Hội nghị | 0 | 0\n | Tổng cộng | 0 | 0")
    assert block(excel, "PL_NGUON", Cells("A1:D3"), MISSING, MISSING, sheet=sheet) == [
        ["Nguồn vốn (triệu đồng)", "Tổng cộng"],
        ["Tổng cộng", 0.0],
    ]
    assert block(excel, "PL_TYLE", Cells("A1:D3"), sheet=sheet)[1:] == [["Tổng cộng", 0.0, ""]]
    said = one(excel, "PL_NGUON", Cells("A1:D3"), MISSING, 2026.0, sheet=sheet)
    assert said == "PL_NGUON: bảng không chia theo năm; thấy “2026”."
