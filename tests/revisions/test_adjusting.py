"""`phuluc adjust`: which amounts change, to what they add up, what is refused, and the sheet that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.clean import CLEAN, clean_file
from support.generated import generated
from support.package_checks import damage_of
from support.typed import typed_file
from support.uno_session import Book, OfficeSession

import phuluc
from revisions.adjusting.adjustment import Adjustment, adjusted
from revisions.adjusting.allocation import allocate
from revisions.adjusting.choosing import Choice
from revisions.adjusting.demand import Demand, parse_amount, parse_factor
from revisions.adjusting.sheet import NAME
from revisions.adjusting.writing import write_adjusted
from validators.checking import check_file, examine
from validators.readers import read_book
from workbook.addresses import address
from workbook.verify import verify

PLANS = ("binh-dinh-2021-2025", "can-tho-2021-2025", "dong-nai-2021-2025", "dong-thap-2011-2015", "nghe-an-2021-2025")
HALVES = """
Đơn vị tính: triệu đồng
STT | Nội dung              | Ngân sách tỉnh | Nguồn khác | Tổng cộng
I   | *Tuyên truyền*        | 30             | 20         | 50
1   | Hội nghị              | 10             | 20         | 30
2   | Tập huấn              | 20             | -          | 20
II  | *Hạ tầng*             | "50"           | -15        | 35
1   | Cổng thông tin        | "50"           |            | 50
2   | Tiết kiệm chi         |                | -15        | -15
    | *Tổng cộng*           | 80             | 5          | 85
"""


def made(path: Path, demand: Demand, **choice: Sequence[str]) -> Adjustment:
    return adjusted(examine(read_book(path)), demand, Choice(**choice))


def decision(name: str, folder: Path) -> Path:
    path = folder / f"{name}.xlsx"
    path.write_bytes(generated(name))
    return path


def written(found: Adjustment, target: Path) -> str:
    """Write a copy with the sheet of an adjustment, and return the name of that sheet."""
    return write_adjusted(found, found.found.checked.book, target, "vi").sheet


def scaled(factor: str, step: str | None = None) -> Demand:
    return Demand(factor=Decimal(factor), step=None if step is None else Decimal(step))


@dataclass
class Sheet:
    """The sheet of an adjustment, by its headings."""

    rows: Sequence[Sequence[object]]
    heads: dict[str, int] = field(init=False)
    first: int = field(init=False)

    def __post_init__(self) -> None:
        self.first = next(place for place, row in enumerate(self.rows) if row[0] == "STT")
        self.heads = {str(head): place for place, head in enumerate(self.rows[self.first]) if head not in ("", None)}

    def row(self, label: str) -> Sequence[object]:
        return next(row for row in self.rows if row[0] == label)

    def figures(self, row: Sequence[object]) -> list[object]:
        names = ("Kinh phí đã phê duyệt", "Tăng (+)/\ngiảm (-)", "Kinh phí sau điều chỉnh")
        return [row[self.heads[name]] for name in names]

    def amounts(self) -> list[tuple[Decimal, Decimal, bool]]:
        """Before, after, and whether it is adjusted, of every amount."""
        return [
            (Decimal(str(before)), Decimal(str(after)), row[self.heads["Được điều chỉnh"]] not in ("", None))
            for row in self.rows[self.first + 1 :]
            if row[self.heads["Nguồn số"]] not in ("", None)
            for before, _, after in [self.figures(row)]
        ]

    def parameter(self, label: str) -> object:
        return next(row for row in self.rows if str(row[0]).startswith(label))[self.heads["Kinh phí đã phê duyệt"]]


def in_office(book: Book) -> Sheet:
    return Sheet(book.values(NAME.vi, book.used(NAME.vi)))


def as_stored(path: Path) -> Sheet:
    sheet = openpyxl.load_workbook(path, data_only=True)[NAME.vi]
    return Sheet([[cell.value for cell in row] for row in sheet.iter_rows()])


# What an officer types


@pytest.mark.parametrize(
    ("typed", "factor"),
    [
        ("0.95", "0.95"),
        ("0,95", "0.95"),
        ("95%", "0.95"),
        ("-5%", "0.95"),
        ("+5%", "1.05"),
        ("-2,5 %", "0.975"),
        ("1", "1"),
    ],
)
def test_a_factor_is_read_as_people_write_it(typed: str, factor: str) -> None:
    assert parse_factor(typed) == Decimal(factor)


@pytest.mark.parametrize("typed", ["95", "-5", "5%", "1/3", "0,1234567", "-101%", ""])
def test_what_is_no_factor_or_could_be_two_is_refused(typed: str) -> None:
    with pytest.raises(phuluc.InputFault, match="--scale"):
        parse_factor(typed)


def test_an_amount_is_read_as_documents_print_it() -> None:
    assert [parse_amount("--total", typed) for typed in ("6.500", "46,3", "0.5")] == [
        6500,
        Decimal("46.3"),
        Decimal("0.5"),
    ]
    for typed in ("6,500.0", "-", "abc"):
        with pytest.raises(phuluc.InputFault, match="--total"):
            parse_amount("--total", typed)


# Which amounts, and what they become


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return typed_file(tmp_path_factory.mktemp("adjusting") / "du-toan.xlsx", HALVES)


def after(found: Adjustment) -> list[str]:
    """What every amount becomes, those that are kept in brackets."""
    return [
        f"{amount.normalize():f}" if is_chosen else f"({amount.normalize():f})"
        for amount, is_chosen in zip(found.after, found.chosen, strict=True)
    ]


def test_a_cut_by_a_factor_keeps_dashes_and_amounts_below_zero(halves: Path) -> None:
    found = made(halves, scaled("0.95"))  # of 100 are 95 left: 9.5, 19, 19, 47.5
    assert after(found) == ["10", "19", "19", "47", "(-15)"]
    assert (found.target, found.held) == (95, -15)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"sources": ["NGÂN SÁCH  tỉnh"]}, ["5", "(20)", "10", "25", "(-15)"]),
        ({"keep": ["II.1", "tập huấn"]}, ["5", "10", "(20)", "(50)", "(-15)"]),
        ({"keep": ["I"]}, ["(10)", "(20)", "(20)", "25", "(-15)"]),
    ],
)
def test_sources_and_kept_items_choose_the_amounts(
    halves: Path, choice: dict[str, list[str]], expected: list[str]
) -> None:
    assert after(made(halves, scaled("0.5"), **choice)) == expected


def test_an_item_that_could_be_several_is_asked_back(halves: Path) -> None:
    with pytest.raises(phuluc.InputFault, match=r"several such items.*I\.2 \(2 Tập huấn\); II\.2 \(2 Tiết kiệm chi\)"):
        made(halves, scaled("0.5"), keep=["2"])


def test_the_assigned_total_is_that_of_the_whole_appendix(halves: Path) -> None:
    found = made(halves, Demand(total=Decimal(65)), keep=["II.1"])
    assert after(found) == ["6", "12", "12", "(50)", "(-15)"]  # 50 become 30, beside the 35 that are kept


@pytest.mark.parametrize(
    ("demand", "choice", "said"),
    [
        (Demand(total=Decimal(30)), {"keep": ["II.1"]}, "assigned total of 30 triệu đồng is below the 35"),
        (Demand(total=Decimal(-1)), {}, "below zero"),
        (Demand(total=Decimal("60.5")), {}, "the 75.5 triệu đồng that are left .* no multiple of the step of 1"),
        (Demand(total=Decimal(85_000_000)), {}, "more than 10 times .* a total in triệu đồng"),
        (scaled("0.9", "0"), {}, "--round must be above 0"),
        (scaled("0.9"), {"sources": ["NSTW"]}, "no such source.*Ngân sách tỉnh; Nguồn khác"),
        (scaled("0.9"), {"years": ["2030"]}, "no such year"),
        (scaled("0.9"), {"keep": ["III"]}, "no such item"),
        (scaled("0.9"), {"keep": ["I", "II"]}, "no amount is left"),
        (scaled("0.9", "0.0000000000001"), {}, "too large"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_figures(
    halves: Path, demand: Demand, choice: dict[str, list[str]], said: str
) -> None:
    with pytest.raises(phuluc.InputFault, match=said):
        made(halves, demand, **choice)


def test_a_figure_that_nobody_can_read_is_refused(tmp_path: Path) -> None:
    path = typed_file(
        tmp_path / "x.xlsx", "STT | Nội dung | Kinh phí\n1 | Hội nghị | 1.5.00\n2 | Tập huấn | 20\n3 | In ấn | 30"
    )
    with pytest.raises(phuluc.InputFault, match=r"cell C2: an amount that nobody can read; found “1\.5\.00”"):
        made(path, scaled("0.9"))


# The sheet


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bình Định cut by 5 %."""
    folder = tmp_path_factory.mktemp("cut")
    written(made(decision("binh-dinh-2021-2025", folder), scaled("0.95")), folder / "cut.xlsx")
    return folder / "cut.xlsx"


def test_binh_dinh_cut_by_five_per_cent(cut: Path) -> None:
    sheet = as_stored(cut)
    assert sheet.figures(sheet.row("Tổng cộng")) == [6860, -343, 6517]
    assert sheet.figures(sheet.row("Ngân sách địa phương")) == [3075, -148, 2927]
    assert sheet.figures(sheet.row("Chương trình phát triển TMĐT quốc gia")) == [3785, -195, 3590]
    assert [sheet.figures(sheet.row(year))[0] for year in ("2021", "2022", "2023", "2024", "2025")] == [
        *(1120, 1530, 1280, 1420, 1510)
    ]
    # the 20 remainders of .75 come first (45, 105 and 25), then those of .5 from the top: 30, 50, 30, 150, 50, 230, 30
    changed = {(int(old), int(new)) for old, new, _ in sheet.amounts()}
    assert {(45, 43), (105, 100), (25, 24), (40, 38), (60, 57), (140, 133)} <= changed
    assert [int(new) for old, new, _ in sheet.amounts() if old == 30] == [29] * 12 + [28]
    assert sheet.parameter("Số khoản được làm tròn lên") == 41
    sentence = next(row[0] for row in sheet.rows if str(row[0]).startswith("Tổng kinh phí sau"))
    assert sentence == (
        "Tổng kinh phí sau điều chỉnh là 6.517 triệu đồng (Sáu tỷ năm trăm mười bảy triệu đồng), "
        "giảm 343 triệu đồng so với 6.860 triệu đồng đã phê duyệt."
    )


def test_the_sheet_is_ours_and_counts_for_nothing(cut: Path) -> None:
    assert check_file(cut).findings == check_file(cut.with_name("binh-dinh-2021-2025.xlsx")).findings
    assert adjusted(examine(read_book(cut)), scaled("0.9"), Choice()).target == 6174


def follows(sheet: Sheet, target: Decimal, step: Decimal) -> None:
    """The amounts on the sheet are those that the model divides the target into, and both checks hold."""
    amounts = sheet.amounts()
    expected = iter(allocate([old for old, _, is_chosen in amounts if is_chosen], target, step).amounts)
    assert [new for _, new, _ in amounts] == [next(expected) if is_chosen else old for old, _, is_chosen in amounts]
    assert [sheet.parameter(label) for label in ("Phần điều chỉnh", "Cột đã phê duyệt")] == ["Khớp", "Khớp"]


@pytest.mark.parametrize("file", CLEAN[2::9], ids=lambda file: file.stem)
def test_hand_made_appendices_become_what_the_model_says(file: Path, tmp_path: Path) -> None:
    found = made(clean_file(file, tmp_path), scaled("0.93"))
    written(found, tmp_path / "out.xlsx")
    sheet = as_stored(tmp_path / "out.xlsx")
    assert [(old, new) for old, new, _ in sheet.amounts()] == list(zip(found.before, found.after, strict=True))
    assert sheet.parameter("Phần điều chỉnh") == "Khớp"
    assert sheet.parameter("Cột đã phê duyệt") in ("Khớp", "Phụ lục không ghi tổng")


@pytest.mark.parametrize("name", PLANS)
def test_a_changed_leaf_and_a_changed_factor_are_followed(name: str, tmp_path: Path, office: OfficeSession) -> None:
    found = made(decision(name, tmp_path), scaled("0.95"))
    sheet_name = written(found, tmp_path / "out.xlsx")
    leaf = found.leaves[0]
    with office.open(tmp_path / "out.xlsx") as book:
        sheet = in_office(book)
        assert [new for _, new, _ in sheet.amounts()] == list(found.after)
        follows(sheet, found.target, found.step)
        column = address(1, sheet.heads["Kinh phí đã phê duyệt"] + 1).rstrip("1")
        book.set(leaf.place.sheet, leaf.place.address, leaf.figure + 7)
        book.set(sheet_name, f"{column}4", Decimal("0.9"))
        book.calculate()
        base = sum(found.before, Decimal(0)) + 7
        steps, rest = divmod(base * Decimal("0.9"), found.step)
        follows(in_office(book), (steps + (2 * rest >= found.step)) * found.step, found.step)


def test_nghe_an_fitted_into_a_total_follows_another_one(tmp_path: Path, office: OfficeSession) -> None:
    source = decision("nghe-an-2021-2025", tmp_path)
    found = made(source, Demand(total=Decimal(15_000)), sources=["NS tỉnh"], keep=["D.6"])
    assert (found.held, found.target) == (11_190, 3_810)  # other sources 9.990 and the 1.200 of D.6
    sheet_name = written(found, tmp_path / "out.xlsx")
    with office.open(tmp_path / "out.xlsx") as book:
        sheet = in_office(book)
        follows(sheet, Decimal(3_810), Decimal(1))
        assert sheet.figures(sheet.row("Tổng cộng")) == [15_800, -800, 15_000]
        assert sheet.figures(sheet.row("Nguồn khác")) == [9_990, 0, 9_990]
        book.set(sheet_name, "D4", 14_500)
        book.calculate()
        sheet = in_office(book)
        follows(sheet, Decimal(3_310), Decimal(1))
        assert sheet.figures(sheet.row("Tổng cộng")) == [15_800, -1_300, 14_500]
        for total, verdict in ((14_500.5, "không chia hết cho bước làm tròn"), (11_000, "thấp hơn phần giữ nguyên")):
            book.set(sheet_name, "D4", total)
            book.calculate()
            assert verdict in str(in_office(book).parameter("Phần điều chỉnh"))


def test_all_engines_agree_on_every_cell(tmp_path: Path) -> None:
    path = typed_file(tmp_path / "x.xlsx", HALVES.replace('"50"', "50"))  # `formulas` takes texts for numbers
    written(made(path, Demand(total=Decimal(65)), keep=["II.1"]), tmp_path / "out.xlsx")
    assert verify(tmp_path / "out.xlsx").agrees


@pytest.mark.office
def test_engines_agree_on_every_step_of_the_rule(tmp_path: Path) -> None:
    written(made(clean_file(CLEAN[6], tmp_path), scaled("0.93")), tmp_path / "out.xlsx")
    assert verify(tmp_path / "out.xlsx", ["formualizer", "libreoffice"]).agrees


def test_an_amount_without_any_words_has_a_row_of_its_own(tmp_path: Path) -> None:
    path = typed_file(tmp_path / "x.xlsx", "Năm hoàn thành | Kinh phí\n2024 | 100\n2025 | 200")
    written(made(path, scaled("0.9")), tmp_path / "out.xlsx")
    sheet = as_stored(tmp_path / "out.xlsx")
    assert [row[1] for row in sheet.rows[sheet.first + 1 : sheet.first + 3]] == ["Kinh phí (B2)", "Kinh phí (B3)"]
    assert sheet.figures(sheet.row("Tổng cộng")) == [300, -30, 270]


def test_a_text_that_becomes_a_number_is_followed(halves: Path, tmp_path: Path, office: OfficeSession) -> None:
    found = made(halves, Demand(total=Decimal(65)), keep=["II.1"])
    written(found, tmp_path / "out.xlsx")
    with office.open(tmp_path / "out.xlsx") as book:
        assert [str(old) for old, _, _ in in_office(book).amounts()] == ["10.0", "20.0", "20.0", "50.0", "-15.0"]
        book.set("Phụ lục", "C7", 60)
        book.calculate()
        sheet = in_office(book)
        assert [float(new) for _, new, _ in sheet.amounts()] == [4, 8, 8, 60, -15]


# The command


def test_the_command_writes_a_copy_and_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    halves = typed_file(tmp_path / "du-toan.xlsx", HALVES)
    target = tmp_path / "du-toan-dieu-chinh.xlsx"
    before = halves.read_bytes()
    assert phuluc.main(["adjust", str(halves), "--scale", "-5%", "--keep", "II"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{target}: Tổng kinh phí sau điều chỉnh là 83 triệu đồng (Tám mươi ba triệu đồng), giảm 2 triệu "
        "đồng so với 85 triệu đồng đã phê duyệt.",
        "  Nhân hệ số 0,95: 3 khoản 50 → 48; giữ nguyên 2 khoản 35 (triệu đồng)",
        "                  Kinh phí đã phê duyệt  Tăng (+)/giảm (-)  Kinh phí sau điều chỉnh",
        "  Ngân sách tỉnh                     80                 -1                       79",
        "  Nguồn khác                          5                 -1                        4",
        "  Tổng cộng                          85                 -2                       83",
        "  Làm tròn đến 1 triệu đồng: 1 khoản được thêm một bước theo phần lẻ lớn nhất",
    ]
    assert halves.read_bytes() == before
    assert openpyxl.load_workbook(target).sheetnames == ["Phụ lục", "Điều chỉnh kinh phí"]
    assert phuluc.main(["adjust", str(halves), "--total", "80"]) == 2
    assert "tệp đích đã có" in capsys.readouterr().err


def test_the_command_speaks_english_and_takes_plans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["adjust", "can-tho-2021-2025", "--total", "5.000", "--year", "2025", "--lang", "en"]
    assert phuluc.main(arguments) == 0
    assert "The total after the adjustment is 5,000 triệu đồng, down 241.5" in capsys.readouterr().out
    sheet = openpyxl.load_workbook("can-tho-2021-2025-dieu-chinh.xlsx", data_only=True).active
    assert sheet.title == "Adjustment"
    (sentence,) = (row[0] for row in sheet.values if str(row[0]).startswith("The total"))
    assert "is 5,000 triệu đồng, down 241.5 triệu đồng against the 5,241.5 triệu đồng" in str(sentence)
    assert phuluc.main(["adjust", "can-tho-2021-2025", "--total", "1.500", "--year", "2025", "--lang", "en"]) == 2
    assert "the assigned total of 1,500 triệu đồng is below the" in capsys.readouterr().err


def test_an_earlier_adjustment_is_made_anew_unless_somebody_wrote_on_it(
    halves: Path, tmp_path: Path, office: OfficeSession, capsys: pytest.CaptureFixture[str]
) -> None:
    first, saved, again = (tmp_path / f"{name}.xlsx" for name in ("first", "saved", "again"))
    written(made(halves, scaled("0.950")), first)
    with office.open(first) as book:
        book.save_as(saved)
    for path in (first, saved):
        assert phuluc.main(["adjust", str(path), "--total", "60", "-o", str(again), "--force"]) == 0
        assert "Trang điều chỉnh lập lần trước được lập lại." in capsys.readouterr().out
        assert openpyxl.load_workbook(again).sheetnames == ["Phụ lục", "Điều chỉnh kinh phí"]
        assert as_stored(again).parameter("Tổng kinh phí được giao") == 60
        assert damage_of(again.read_bytes()) == damage_of(path.read_bytes())
    book = openpyxl.load_workbook(first)
    book["Điều chỉnh kinh phí"]["D4"] = 0.5  # another factor, typed by hand
    book.save(saved)
    assert phuluc.main(["adjust", str(saved), "--total", "60", "-o", str(again), "--force"]) == 0
    assert "Giữ nguyên trang điều chỉnh đã có: “Điều chỉnh kinh phí”." in capsys.readouterr().out
    assert openpyxl.load_workbook(again).sheetnames[1:] == ["Điều chỉnh kinh phí", "Điều chỉnh kinh phí (2)"]


def test_a_kind_of_file_that_takes_no_sheet_is_copied_with_its_figures(
    halves: Path, tmp_path: Path, office: OfficeSession, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "du-toan.ods", tmp_path / "du-toan-dieu-chinh.xlsx"
    with office.open(halves) as book:
        book.save_as(source)
    before = source.read_bytes()
    assert phuluc.main(["adjust", str(source), "--scale", "0.9"]) == 0
    assert "Tệp .ods không thêm trang được: tệp mới là .xlsx, gồm trang điều chỉnh" in capsys.readouterr().out
    assert source.read_bytes() == before
    sheet = as_stored(target)
    assert sheet.figures(sheet.row("Tổng cộng")) == [85, -10, 75]
    with office.open(target) as book:
        assert in_office(book).figures(in_office(book).row("Tổng cộng")) == [85, -10, 75]


def test_parts_of_a_dong_are_read_aloud_as_whole_ones(tmp_path: Path) -> None:
    path = typed_file(tmp_path / "x.xlsx", "Nội dung | Kinh phí (đồng)\nA | 1000.25\nB | 2000.5\n*Tổng cộng* | 3000.75")
    written(made(path, scaled("1")), tmp_path / "out.xlsx")
    (sentence,) = (row[0] for row in as_stored(tmp_path / "out.xlsx").rows if str(row[0]).startswith("Tổng kinh phí"))
    assert "(Ba nghìn không trăm linh một đồng)" in str(sentence)


def test_the_command_says_what_it_took_for_granted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, words = tmp_path / "x.xlsx", "Nội dung | Kinh phí\nHội nghị | 100\nTập huấn | 200"
    book = openpyxl.load_workbook(typed_file(path, {"Phụ lục": words, "Nháp": words.replace("100", "70")}))
    book["Nháp"].sheet_state = "hidden"
    book.save(path)
    assert phuluc.main(["adjust", str(path), "--scale", "0.9"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "  Không nêu đơn vị tính, nên số được hiểu là đồng: Phụ lục.",
        "  Không điều chỉnh trang ẩn: Nháp.",
    ]
    assert phuluc.main(["adjust", str(path), "--scale", "0.9", "--keep", "i"]) == 2
    assert capsys.readouterr().err.startswith(f"phuluc: {path}: phụ lục không có mục này; thấy “i”")


def test_doubts_about_what_counts_are_said_on_the_sheet_and_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = "Có thể cộng trùng: Xã B có cùng các số tiền với Xã A"
    sheets = {
        "Xã A": "Đơn vị: triệu đồng\nTT | Nội dung | Kinh phí\n1 | Bàn ghế | 10\n2 | Máy in | 20\n3 | Loa | 29",
        "Xã B": "Đơn vị: triệu đồng\nTT | Nội dung | Kinh phí\n1 | Hội họp | 20\n2 | Xe cộ | 10\n3 | Trà | 29",
    }
    target = tmp_path / "ra.xlsx"
    assert (
        phuluc.main(["adjust", str(typed_file(tmp_path / "x.xlsx", sheets)), "--scale", "0.9", "-o", str(target)]) == 0
    )
    assert twice in capsys.readouterr().out
    assert [row[0] for row in as_stored(target).rows if str(row[0]).startswith(twice)]
