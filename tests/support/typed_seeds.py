"""The five decisions typed into workbooks as printed (`tests/printed/`), mistakes included, every cell a constant.

Each is laid out as its document is: titles and "(Kèm theo ...)" above, headers of several levels, words and notes
below, costing tables stacked with the sentences that stand between them. Headers are bold, and so are the rows that the
decision prints bold (Bình Định, Cần Thơ and Đồng Tháp: none). A decision is typed in the three ways of `Typing`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path

import xlsxwriter
from openpyxl.worksheet.cell_range import CellRange
from xlsxwriter.worksheet import Worksheet

from .reference import ROOT

PRINTED = ROOT / "tests" / "printed"

_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?")


class Typing(StrEnum):
    """How a person typed the decision."""

    NUMBERS = "numbers"  # figures as numbers; what is no number, as `2000.000.000`, stays text
    TEXT = "text"  # every figure as text, exactly as printed: pasted from Word
    UNMERGED = "unmerged"  # numbers, and no merged cell: a text stands in the first of its cells alone


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text outside the tables. `align` other than left: merged over the width of the sheet."""

    text: str = ""
    align: str = "left"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table. `merges` and `bold` are ranges within it: A1 is the first cell of its header."""

    rows: Sequence[Sequence[str]]
    header: int
    merges: str = ""
    bold: str = ""

    @property
    def width(self) -> int:
        return max(map(len, self.rows))


Sheets = Mapping[str, Sequence[Line | Table]]


def typed_seed(plan: str, typing: Typing, folder: Path) -> Path:
    """Write the decision of that reference plan into a folder and return the workbook's path."""
    path = folder / f"{plan}-{typing}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        looks = cache(lambda *properties: book.add_format(dict(properties)))
        for name, blocks in _SEEDS[plan]().items():
            _Typist(book.add_worksheet(name), typing, looks).type(blocks)
    return path


@dataclass
class _Typist:
    sheet: Worksheet
    typing: Typing
    looks: Callable[..., object]  # pairs of a property and its value -> the format; cached, so that equal looks are one

    def type(self, blocks: Sequence[Line | Table]) -> None:
        width, row = max(block.width for block in blocks if isinstance(block, Table)), 0
        for block in blocks:
            if isinstance(block, Line):
                self._line(row, block, width)
                row += 1
            else:
                self._table(row, block)
                row += len(block.rows)

    def _line(self, row: int, line: Line, width: int) -> None:
        look = self.looks(("align", line.align), ("bold", line.bold), ("italic", line.italic))
        if line.align != "left" and self.typing is not Typing.UNMERGED:
            self.sheet.merge_range(row, 0, row, width - 1, line.text, look)
        elif line.text:
            self.sheet.write_string(row, 0, line.text, look)

    def _table(self, top: int, table: Table) -> None:
        if self.typing is not Typing.UNMERGED:
            for area in map(CellRange, table.merges.split()):
                area.shift(row_shift=top)
                self.sheet.merge_range(area.coord, "")
        bold = {place for area in map(CellRange, table.bold.split()) for place in area.cells}
        for r, cells in enumerate(table.rows):
            for c, text in enumerate(cells):
                if text:
                    self._cell(top + r, c, text, bold=r < table.header or (r + 1, c + 1) in bold)

    def _cell(self, row: int, column: int, text: str, *, bold: bool) -> None:
        number = _NUMBER.fullmatch(text)
        if self.typing is Typing.TEXT or number is None:
            self.sheet.write_string(row, column, text, self.looks(("bold", bold), ("text_wrap", True)))
            return
        decimals = len(number[2] or ",") - 1
        shown = ("#,##0" if "." in text else "0") + ("." + "0" * decimals if decimals else "")
        value = float(text.replace(".", "").replace(",", "."))
        self.sheet.write_number(row, column, value, self.looks(("bold", bold), ("num_format", shown)))


def _printed(table: str) -> list[list[str]]:
    with (PRINTED / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _costings(table: str) -> dict[str, list[list[str]]]:
    """The tables and sentences of a printed file, by their id, each as wide as its own first row."""
    found = {}
    for key, rows in groupby(_printed(table), key=lambda row: row[0]):
        cells = [row[1:] for row in rows]
        width = len([text for text in cells[0] if text])
        found[key] = [row[:width] for row in cells]
    return found


def _title(text: str) -> Line:
    return Line(text, align="center", bold=True)


def _enclosed(text: str) -> Line:
    """The line "(Kèm theo ...)"."""
    return Line(text, align="center", italic=True)


def _lines(text: str) -> list[Line]:
    return [Line(line.strip()) for line in text.strip().splitlines()]


def _binh_dinh() -> Sheets:
    header = "A1:A2 B1:B2 C1:C2 D1:H1"
    return {
        "Tổng hợp": [
            Line("5. Kinh phí thực hiện"),
            *_lines(_BINH_DINH_NEEDS),
            Table(_printed("binh-dinh-2021-2025/tong-hop"), 2, header),
            Line("(Có Phụ lục chi tiết kèm theo)"),
        ],
        "Phụ lục": [
            _title("PHỤ LỤC"),
            _enclosed("(Kèm theo Quyết định số   /QĐ-UBND ngày   /   /2020 của UBND tỉnh)"),
            Line(),
            Line("Đơn vị tính: triệu đồng", align="right", italic=True),
            Table(_printed("binh-dinh-2021-2025/chi-tiet"), 2, header),
        ],
    }


_BINH_DINH_NEEDS = """
Tổng kinh phí dự kiến triển khai Kế hoạch phát triển thương mại điện tử của tỉnh giai đoạn 2021 - 2025 là: \
6.860.000.000 đồng (Sáu tỷ, tám trăm sáu mươi triệu đồng chẵn), trong đó:
- Kinh phí hỗ trợ từ Chương trình phát triển thương mại điện tử quốc gia: 3.785.000.000 đồng (Ba tỷ, bảy trăm tám mươi \
lăm triệu đồng chẵn).
- Kinh phí ngân sách địa phương: 3.075.000.000 đồng (Ba tỷ, không trăm bảy mươi lăm triệu đồng chẵn).
* Bảng tổng hợp phân bổ nguồn kinh phí:
"""


def _can_tho() -> Sheets:
    years = "C2:D2 E2:F2 G2:H2 I2:J2 K2:L2"
    totals = "C17:D17 E17:F17 G17:H17 I17:J17 K17:L17 C18:L18"
    costings = _costings("can-tho-2021-2025/pl2")
    merges = {f"ct-c{n}": "C2:C4" for n in (5, 6, 7, 8)} | {"ct-c9": "C2:C6"}
    merges["ct-c7"] += " A5:B5"
    merges["ct-c8"] += " A5:B5"
    stacked: list[Line | Table] = [Line("I. Tập huấn: (Mỗi năm tổ chức 02 lớp tập huấn)")]
    for caption, (key, rows) in zip(_lines(_CAN_THO_CAPTIONS), costings.items(), strict=True):
        stacked += [caption, Table(rows, 1, merges.get(key, "")), Line()]
    decided = [
        _enclosed("Ban hành kèm theo Quyết định số 1279/QĐ-UBND"),
        _enclosed("ngày 15 tháng 6 năm 2021 của Ủy ban nhân dân thành phố Cần Thơ"),
    ]
    return {
        "Phụ lục 1": [
            _title("Phụ lục 1"),
            _title("TỔNG HỢP KINH PHÍ TỔNG THỂ PHÁT TRIỂN THƯƠNG MẠI ĐIỆN TỬ THÀNH PHỐ CẦN THƠ GIAI ĐOẠN 2021 - 2025"),
            *decided,
            Table(_printed("can-tho-2021-2025/pl1"), 3, f"A1:A3 B1:B3 C1:L1 {years} {totals}"),
        ],
        "Phụ lục 2": [
            _title("Phụ lục 2"),
            _title("CHI TIẾT KINH PHÍ THỰC HIỆN KẾ HOẠCH TỔNG THỂ PHÁT TRIỂN THƯƠNG MẠI ĐIỆN TỬ THÀNH PHỐ CẦN THƠ"),
            _title("GIAI ĐOẠN 2021 - 2025"),
            *decided,
            Line(),
            *stacked,
        ],
    }


_CAN_THO_CAPTIONS = """
1. Tập huấn chuyên sâu về Thương mại điện tử các lực lượng cán bộ chuyên trách về thương mại điện tử, doanh nghiệp về \
thương mại điện tử,...
2. Tổ chức đào tạo chuyên sâu cho các cơ quan thực thi pháp luật về thương mại điện tử; chống hành vi buôn lậu, gian \
lận thương mại, buôn bán hàng giả, hàng hóa xâm phạm quyền sở hữu trí tuệ trên môi trường trực tuyến
3. Dự án Xây dựng Ứng dụng Cổng Thông tin thương mại điện tử Sở Công Thương thành phố Cần Thơ
4. Duy trì Sàn thương mại điện tử thành phố Cần Thơ (http://canthotrade.com)
5. Xây dựng bộ giải pháp chăm sóc và quản trị khách hàng (CRM, AI, BigData)
6. Xây dựng Bộ nhận diện Thương hiệu theo chuẩn quốc tế trên môi trường trực tuyến
7. Xây dựng Bộ giải pháp khảo sát và đánh giá các chỉ số thương mại điện tử của thành phố Cần Thơ.
8. Xây dựng bộ giải pháp khảo sát và đánh giá mức độ chuyển đổi số của Doanh nghiệp
9. Xây dựng bộ giải pháp và chiến lược phát triển nguồn nhân lực cho Thương mại điện tử
"""


def _dong_nai() -> Sheets:
    return {
        "Phụ lục": [
            _title("Phụ lục"),
            _title(
                "HOẠT ĐỘNG VÀ DỰ TOÁN KINH PHÍ THỰC HIỆN KẾ HOẠCH PHÁT TRIỂN THƯƠNG MẠI ĐIỆN TỬ "
                "TỈNH ĐỒNG NAI GIAI ĐOẠN 2021-2025"
            ),
            _enclosed("(Kèm theo Quyết định số 4025/QĐ-UBND ngày 28/10/2020 của Ủy ban nhân dân tỉnh Đồng Nai)"),
            Line(),
            Table(
                _printed("dong-nai-2021-2025/phu-luc"),
                2,
                "A1:A2 B1:B2 C1:E1 F1:I1 A18:F18 A19:I19",
                "A18:I19",
            ),
        ],
    }


def _dong_thap() -> Sheets:
    costings = _costings("dong-thap-2011-2015/du-toan")
    first, second = (_printed(f"dong-thap-2011-2015/{name}") for name in ("tong-hop", "tong-hop-2"))
    activities: list[Line | Table] = []
    for line in _lines(_DONG_THAP_ACTIVITIES):
        mark, _, key = line.text.rpartition("@")
        if key not in costings:
            activities.append(line)
        elif mark:
            activities.append(Line(mark + costings[key][0][0]))
        else:
            rows = costings[key]
            activities.append(Table(rows, 1, f"A{len(rows)}:C{len(rows)}"))
    return {
        "Quyết định": [
            _title("QUYẾT ĐỊNH"),
            _title("Phê duyệt Kế hoạch phát triển thương mại điện tử tỉnh Đồng Tháp giai đoạn 2011-2015"),
            Line("II. Nhu cầu và nguồn kinh phí:"),
            *_lines(_DONG_THAP_NEEDS),
            Table(first[:-1], 1),
            Line(first[-1][0]),
        ],
        "Kế hoạch": [
            _title("KẾ HOẠCH PHÁT TRIỂN THƯƠNG MẠI ĐIỆN TỬ TỈNH ĐỒNG THÁP GIAI ĐOẠN 2011-2015"),
            _enclosed(
                "(Ban hành kèm theo Quyết định số 1073/QĐ-UBND-HC ngày 25/11/2010 của UBND tỉnh Đồng Tháp)",
            ),
            *activities,
            Line("III. NHU CẦU VÀ NGUỒN KINH PHÍ"),
            *_lines(_DONG_THAP_NEEDS),
            Table(second, 1, "A15:C15"),
        ],
    }


_DONG_THAP_NEEDS = """
1. Nhu cầu
Dự kiến tổng kinh phí triển khai kế hoạch phát triển thương mại điện tử giai đoạn 2011 - 2015 (bao gồm kinh phí địa \
phương, doanh nghiệp, hỗ trợ từ trung ương) là 3.050.000.000 VNĐ (Ba tỉ không trăm năm mươi triệu đồng chẵn)
"""

# `@` and the id of a costing: its table, or after the mark of a list its sentence.
_DONG_THAP_ACTIVITIES = """
II. CÁC HOẠT ĐỘNG TRIỂN KHAI
1. Triển khai pháp luật về thương mại điện tử
- Đơn vị chủ trì thực hiện: Sở Công Thương.
đ) @dt-c1
2. Phổ biến, tuyên truyền nâng cao nhận thức về thương mại điện tử
a) Tổ chức các khóa tập huấn về thương mại điện tử cho cán bộ quản lý nhà nước.
- Số lớp: 01 lớp/năm x 05 năm = 05 lớp, mỗi lớp 50 người.
- @dt-c2
b) Tổ chức các khóa tập huấn chuyên sâu về kỹ năng thương mại điện tử cho doanh nghiệp trên địa bàn Tỉnh.
- Số lớp: 02 lớp/năm x 05 năm = 10 lớp, mỗi lớp 100 người.
- @dt-c3
3. Cung cấp trực tuyến các dịch vụ công liên quan tới lĩnh vực công nghiệp và thương mại
d) Kinh phí: Sở Công Thương chủ động lập đề án trình Ủy ban nhân dân Tỉnh phê duyệt.
4. Củng cố tổ chức, nâng cao hiệu quả và năng lực quản lý nhà nước về thương mại điện tử trên địa bàn Tỉnh
b) Xây dựng hệ thống quản lý thông tin doanh nghiệp trên địa bàn Tỉnh:
- Đơn vị chủ trì thực hiện: Trung tâm Xúc tiến Thương mại và Đầu tư; Sở Công Thương.
- Kinh phí:
@dt-c4
(Trong đó: phí duy trì, cài đặt, hiệu chỉnh và phí đào tạo, chuyển giao công nghệ được Trung tâm Phát triển thương mại \
điện tử (EcomViet) hỗ trợ 100%).
c) Xây dựng hệ thống thu thập và quản lý trực tuyến thông tin xuất, nhập khẩu trên địa bàn Tỉnh:
- Đơn vị chủ trì thực hiện: Trung tâm Xúc tiến Thương mại và Đầu tư.
- Kinh phí:
@dt-c5
(Trong đó: phí duy trì, cài đặt, hiệu chỉnh và phí đào tạo, chuyển giao công nghệ được Trung tâm Phát triển thương mại \
điện tử hỗ trợ 100%).
d) Cung cấp, cập nhật thông tin về tiềm năng xuất khẩu của Tỉnh và danh bạ doanh nghiệp xuất khẩu trên Cổng thông tin \
Xuất khẩu Việt Nam (VNEX):
- @dt-c6
đ) Khai thác thông tin trên Cổng thông tin Thị trường nước ngoài (TTNN):
- @dt-c7
5. Hỗ trợ doanh nghiệp trên địa bàn tỉnh ứng dụng thương mại điện tử
a) Hỗ trợ doanh nghiệp thiết lập và sử dụng hệ thống thư điện tử với tên miền dùng riêng của doanh nghiệp:
- Kinh phí:
@dt-c8
b) Hỗ trợ doanh nghiệp xây dựng website thương mại điện tử:
- Kinh phí:
@dt-c9
c) Hỗ trợ doanh nghiệp tham gia các sàn giao dịch thương mại điện tử như Cổng Thương mại điện tử quốc gia (ECVN) nhằm \
quảng bá thương hiệu và sản phẩm của doanh nghiệp:
- Mỗi năm, lựa chọn 20 doanh nghiệp tiêu biểu có khả năng và mong muốn ứng dụng thương mại điện tử để hỗ trợ, tư vấn \
cách thức tham gia;
- Kinh phí:
@dt-c10
6. Nâng cấp sàn giao dịch thương mại điện tử của Tỉnh
- Đơn vị chủ trì thực hiện: Trung tâm Xúc tiến Thương mại và Đầu tư.
- Kinh phí:
@dt-c11
7. Khảo sát, học tập kinh nghiệm
- Đơn vị chủ trì thực hiện: Sở Công Thương.
- Kinh phí: 150.000.000 VNĐ.
"""


def _nghe_an() -> Sheets:
    rows = _printed("nghe-an-2021-2025/phu-luc")
    lines = [Line(row[0]) for row in rows[-5:]]
    header = "A1:A2 B1:B2 C1:C2 D1:F1 G1:G2 H1:H2 I1:I2"
    objectives = "I4:I6 I8:I9 I11:I12 I13:I14 I20:I25 I27:I28 I29:I30 I32:I33 I35:I36"
    groups = "A3:B3 A7:B7 A15:F15 A19:B19 A26:B26 A31:B31 D31:F31 B34 B37 B40 D40:F40"
    return {
        "Phụ lục": [
            _title("Phụ lục:"),
            _title(
                "CÁC HOẠT ĐỘNG THỰC HIỆN KẾ HOẠCH PHÁT TRIỂN THƯƠNG MẠI ĐIỆN TỬ TỈNH NGHỆ AN GIAI ĐOẠN 2021-2025",
            ),
            _enclosed("(Kèm theo Kế hoạch số 400 /KH-UBND, ngày 21 /7/2021 của UBND tỉnh Nghệ An)"),
            Line(),
            Table(rows[:-5], 2, f"{header} {objectives}", groups),
            *lines,
        ],
    }


_SEEDS: Mapping[str, Callable[[], Sheets]] = {
    "binh-dinh-2021-2025": _binh_dinh,
    "can-tho-2021-2025": _can_tho,
    "dong-nai-2021-2025": _dong_nai,
    "dong-thap-2011-2015": _dong_thap,
    "nghe-an-2021-2025": _nghe_an,
}
