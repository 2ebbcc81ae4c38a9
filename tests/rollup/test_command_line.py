"""`phuluc rollup` and `phuluc generate --rollup` as their user meets them."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from support.furnished import furnished_file
from support.package_checks import damage_of, parts_of
from support.plan_folder import HEAD, YEARLY, write_text_plan
from support.raw_packages import zipped
from support.typed import typed_file
from support.uno_session import OfficeSession

import phuluc
from faults import InputFault
from rollup.extending import extended, source_of
from rollup.kinds import BY_SOURCE
from validators.checking import check_file
from workbook.package import CellError, formula_cells
from workbook.parts import Parts

SHEET = "Tổng hợp nguồn vốn"
TYPED = """
    |                   |        | ĐVT: triệu đồng
STT | Nội dung          | Tổng   | NSTW   | NSĐP
1   | Hội nghị tập huấn | 3325   | 3000   | 325
2   | Mua sắm           | 30     | 10     | 20
    | *Tổng cộng*       | 3355   | 3010   | 345
"""
TEXT_BOX = (
    '<absoluteAnchor><pos x="0" y="0"/><ext cx="9" cy="9"/><sp><nvSpPr><cNvPr id="9" name="TextBox 8"/><cNvSpPr/>'
    "</nvSpPr><spPr/></sp><clientData/></absoluteAnchor>"
)
APART = """
    | | Đơn vị: triệu đồng
    STT | Nội dung | Tổng số | Phân kỳ | < | Phân nguồn | <
     | | | 2026 | 2027 | TW | ĐP
    1 | Nhiệm vụ A | 90 | 40 | 50 | 60 | 30
    2 | Nhiệm vụ B | 60 | 20 | 40 | 45 | 15
     | Cộng | 150 | 60 | 90 | 105 | 45
"""
TEXTS = TYPED.replace("| 325", '| "325"')
WRONG = TYPED.replace("3355", "3345")
STAFF = """
STT | Đơn vị | Số biên chế
1   | Sở A   | 12
2   | Sở B   | 30
    | *Cộng* | 42
"""
PRINTED = """\
Số bảng: 1, số ô có tiền: 4, tổng: 3.355 triệu đồng
  NSTW: 3.010 triệu đồng
  NSĐP: 345 triệu đồng
  Khớp tổng đã ghi: 1 bảng.
  Các bảng không nêu đơn vị thực hiện.
  Các bảng không chia thành nhóm nhiệm vụ.
Đã ghi trang “Tổng hợp nguồn vốn” vào: {}
"""


def run(*words: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = phuluc.main([str(word) for word in words])
    except SystemExit as stop:  # argparse's way out
        code = int(stop.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def rename_charts(path: Path, old: str, new: str) -> None:
    """Give the charts of a workbook whose names begin with `old` names that begin with `new`."""
    parts = parts_of(path.read_bytes())
    drawings = {name: data for name, data in parts.items() if "/drawings/" in name and name.endswith(".xml")}
    renamed = {name: data.replace(f'name="{old}'.encode(), f'name="{new}'.encode()) for name, data in drawings.items()}
    assert renamed != drawings
    path.write_bytes(zipped(parts | renamed))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return typed_file(tmp_path / "du-toan.xlsx", TYPED)


def sheet_of(path: Path, name: str = SHEET, *, values: bool = True) -> Worksheet:
    return openpyxl.load_workbook(path, data_only=values)[name]


def rows(sheet: Worksheet, first: int, last: int) -> list[list[object]]:
    found = sheet.iter_rows(min_row=first, max_row=last, max_col=3, values_only=True)
    return [list(row) for row in found]


class TestRollUp:
    def test_a_copy_beside_the_file_has_one_more_sheet_and_the_file_is_as_it_was(
        self, source: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = source.read_bytes()
        target = source.with_name("du-toan-tong-hop.xlsx")
        assert run("rollup", source, capsys=capsys) == (0, PRINTED.format(target), "")
        assert source.read_bytes() == before
        assert sorted(path.name for path in source.parent.iterdir()) == ["du-toan-tong-hop.xlsx", "du-toan.xlsx"]
        assert openpyxl.load_workbook(target).sheetnames == ["Phụ lục", SHEET]
        assert damage_of(target.read_bytes()) == []

    def test_figures_are_formulas_over_the_cells_with_their_values(
        self, source: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run("rollup", source, capsys=capsys)
        target = source.with_name("du-toan-tong-hop.xlsx")
        assert rows(sheet_of(target, values=False), 6, 7) == [
            ["NSTW", "=SUM('Phụ lục'!D3:D4)", "=IF(B8=0,0,B6/B8)"],
            ["NSĐP", "=SUM('Phụ lục'!E3:E4)", "=IF(B8=0,0,B7/B8)"],
        ]
        found = rows(sheet_of(target), 5, 8)
        assert [row[:2] for row in found] == [
            ["Nguồn vốn", "Tổng cộng"],
            ["NSTW", 3010],
            ["NSĐP", 345],
            ["Tổng cộng", 3355],
        ]
        assert found[1][2] == pytest.approx(3010 / 3355)
        assert not any(cell.cached is None for cell in formula_cells(target))

    def test_the_axes_the_unit_and_the_language_can_be_chosen(
        self, source: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        target = source.with_name("out.xlsx")
        code, out, err = run(
            *("rollup", source, "-o", target, "--by", "item,Source", "--unit", "tỷ", "--lang", "en"), capsys=capsys
        )
        assert (code, err) == (0, "")
        assert out.splitlines()[:3] == [
            "Tables: 1, cells with amounts: 4, total: 3.355 tỷ đồng",
            "  NSTW: 3.01 tỷ đồng",
            "  NSĐP: 0.345 tỷ đồng",
        ]
        sheet = sheet_of(target, "By source")
        assert sheet["A1"].value == "FUNDING"
        captions = [row[0].value for row in sheet.iter_rows() if str(row[0].value).startswith(("1. ", "2. "))]
        assert captions == ["1. Funding by item and funding source", "2. Funding by funding source"]

    def test_of_two_ways_to_divide_a_table_the_one_asked_for_is_taken(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = typed_file(tmp_path / "a.xlsx", APART)
        _, out, _ = run("rollup", file, capsys=capsys)
        assert "  TW: 105 triệu đồng" in out.splitlines()
        assert "Số chia theo năm nằm ở cột hoặc dòng riêng" in out
        _, out, _ = run("rollup", file, "--by", "year", "-o", tmp_path / "b.xlsx", capsys=capsys)
        assert "Số chia theo nguồn vốn nằm ở cột hoặc dòng riêng" in out
        assert "Các bảng không nêu nguồn vốn." not in out
        sheet = sheet_of(tmp_path / "b.xlsx", "Tổng hợp theo năm")
        found = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=5, max_row=9)}
        assert (found["Năm 2026"], found["Năm 2027"]) == (60, 90)

    def test_what_does_not_fit_or_cannot_be_added_is_said(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _, out, _ = run("rollup", typed_file(tmp_path / "sai.xlsx", WRONG), capsys=capsys)
        assert "LỆCH: Phụ lục: cộng các ô khác tổng ghi ở C5, chênh lệch 10 triệu đồng." in out
        _, out, _ = run("rollup", typed_file(tmp_path / "chữ.xlsx", TEXTS), "--lang", "en", capsys=capsys)
        assert "texts, which no formula adds up: 1, so that the sheet comes to 3,030 triệu đồng so far" in out

    def test_the_check_finds_the_same_as_before(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        wrong, target = typed_file(tmp_path / "sai.xlsx", WRONG), tmp_path / "ra.xlsx"
        run("rollup", wrong, "-o", target, capsys=capsys)
        before, after = check_file(wrong), check_file(target)
        assert before.findings
        assert (after.findings, after.tables) == (before.findings, before.tables)

    def test_libreoffice_calculates_the_same_and_follows_the_appendix(
        self, source: Path, office: OfficeSession, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run("rollup", source, capsys=capsys)
        target = source.with_name("du-toan-tong-hop.xlsx")
        stored = {cell.cell: cell.cached for cell in formula_cells(target) if cell.sheet == SHEET}
        with office.open(target) as book:
            book.calculate()
            assert {cell: book.value(SHEET, cell) for cell in stored} == pytest.approx(stored)
            book.set("Phụ lục", "D3", 4000)
            assert book.value(SHEET, "B8") == 4355

    def test_macros_are_kept(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "vba.bin").write_bytes(b"\xd0\xcf\x11\xe0 macros")
        file = furnished_file(tmp_path / "a.xlsm", macros=tmp_path / "vba.bin")
        assert run("rollup", file, capsys=capsys)[0] == 0
        after = parts_of((tmp_path / "a-tong-hop.xlsm").read_bytes())
        assert after["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0 macros"
        code, _, err = run("rollup", file, "-o", tmp_path / "a.xlsx", capsys=capsys)
        assert (code, err) == (2, f"phuluc: {tmp_path / 'a.xlsx'}: tên tệp đích không dùng được; cần một tệp .xlsm.\n")

    @pytest.mark.filterwarnings("ignore:Title is more than 31 characters")
    @pytest.mark.parametrize("name", ["History", "d" * 40, unicodedata.normalize("NFD", "Phụ lục ở")])
    def test_sheets_of_names_that_no_excel_gave_them(
        self, name: str, source: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        parts = Parts(source.read_bytes())
        next(parts.root(parts.workbook).iterfind(".//{*}sheet")).set("name", name)
        source.write_bytes(parts.packed())
        assert run("rollup", source, capsys=capsys)[0] == 0
        found = openpyxl.load_workbook(source.with_name("du-toan-tong-hop.xlsx"))
        assert found.sheetnames == [name, SHEET]
        assert found[SHEET]["B6"].value == f"=SUM('{name}'!D3:D4)"
        assert sheet_of(source.with_name("du-toan-tong-hop.xlsx"))["B8"].value == 3355

    def test_a_plan_is_made_and_rolled_up(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        code, out, _ = run("rollup", "dong-nai-2021-2025", capsys=capsys)
        assert code == 0
        assert out.splitlines()[1:4] == [
            "  NSTW: 1.000 triệu đồng",
            "  NSĐP: 4.000 triệu đồng",
            "  Xã hội hóa: 385 triệu đồng",
        ]
        assert [path.name for path in tmp_path.iterdir()] == ["dong-nai-2021-2025-tong-hop.xlsx"]


def test_a_plan_without_amounts_is_named_as_the_user_named_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "ke-hoach"
    items = "id,appendix,parent,kind,number,title\na1,pl1,,item,1,Tập huấn\n"
    plan.mkdir()
    write_text_plan(plan, HEAD + YEARLY, items)
    for words in (("rollup", plan), ("generate", plan, "--rollup", "-o", tmp_path / "ra.xlsx")):
        code, out, err = run(*words, capsys=capsys)
        assert (code, out) == (2, "")
        assert err == f"phuluc: {plan}: các bảng không có số tiền nào để cộng; cần ít nhất một số tiền.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["ke-hoach"]


class TestEarlierRollUps:
    @pytest.fixture
    def once(self, source: Path, capsys: pytest.CaptureFixture[str]) -> Path:
        target = source.with_name("once.xlsx")
        run("rollup", source, "-o", target, capsys=capsys)
        return target

    def test_one_that_nobody_wrote_on_is_made_anew(self, once: Path, capsys: pytest.CaptureFixture[str]) -> None:
        twice = once.with_name("twice.xlsx")
        _, out, _ = run("rollup", once, "-o", twice, capsys=capsys)
        assert "Trang tổng hợp lập lần trước được lập lại." in out
        assert openpyxl.load_workbook(twice).sheetnames == ["Phụ lục", SHEET]
        assert len(parts_of(twice.read_bytes())) == len(parts_of(once.read_bytes()))

    def test_one_that_libreoffice_saved_is_known_again(
        self, once: Path, office: OfficeSession, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with office.open(once) as book:
            book.insert_rows("Phụ lục", 1)
            book.save_as(once.with_name("saved.xlsx"))
        twice = once.with_name("twice.xlsx")
        run("rollup", once.with_name("saved.xlsx"), "-o", twice, capsys=capsys)
        assert openpyxl.load_workbook(twice).sheetnames == ["Phụ lục", SHEET]
        assert sheet_of(twice, values=False)["B6"].value == "=SUM('Phụ lục'!D4:D5)"

    def test_the_ribbon_knows_it_and_its_own_are_known(
        self, once: Path, office: OfficeSession, capsys: pytest.CaptureFixture[str]
    ) -> None:
        pressed, twice = once.with_name("pressed.xlsx"), once.with_name("twice.xlsx")
        assert run("office", "by-source", once, "-o", pressed, capsys=capsys)[0] == 0
        assert openpyxl.load_workbook(pressed).sheetnames == ["Phụ lục", SHEET]
        run("rollup", pressed, "-o", twice, capsys=capsys)
        assert openpyxl.load_workbook(twice).sheetnames == ["Phụ lục", SHEET]

    @pytest.mark.parametrize("how", ["a text", "a note", "another formula"])
    def test_one_that_somebody_wrote_on_stays(self, how: str, once: Path, capsys: pytest.CaptureFixture[str]) -> None:
        book = openpyxl.load_workbook(once)
        match how:
            case "a text":
                book[SHEET]["A60"] = "Đã trình ngày 2/9"
            case "a note":
                book[SHEET]["A6"].comment = Comment("Hỏi lại", "Hà")
            case _:
                book[SHEET]["B6"] = "=SUM('Phụ lục'!D3:D4)+1"
        book.save(once)
        rename_charts(once, "Chart", "phuluc")  # openpyxl gives them its own names
        twice = once.with_name("twice.xlsx")
        _, out, _ = run("rollup", once, "-o", twice, capsys=capsys)
        assert f"Giữ nguyên trang tổng hợp đã có: “{SHEET}”." in out
        found = openpyxl.load_workbook(twice)
        assert found.sheetnames == ["Phụ lục", SHEET, f"{SHEET} (2)"]
        assert all(found[SHEET][cell].value == book[SHEET][cell].value for cell in ("A60", "B6"))

    @pytest.mark.parametrize(("old", "new"), [("phuluc 2", "Biểu đồ 1"), ("phuluc", "Chart")])
    def test_one_with_a_chart_of_somebody_else_stays(
        self, old: str, new: str, once: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Also in the place of one of ours, so that there are no more than we drew."""
        rename_charts(once, old, new)
        twice = once.with_name("twice.xlsx")
        _, out, _ = run("rollup", once, "-o", twice, capsys=capsys)
        assert f"Giữ nguyên trang tổng hợp đã có: “{SHEET}”." in out
        assert [len(sheet._charts) for sheet in openpyxl.load_workbook(twice)] == [0, 2, 2]
        assert f'name="{new}'.encode() in b"".join(parts_of(twice.read_bytes()).values())

    def test_one_with_a_text_box_stays(self, once: Path, capsys: pytest.CaptureFixture[str]) -> None:
        parts = parts_of(once.read_bytes())
        (drawing,) = (name for name in parts if "/drawings/" in name and name.endswith(".xml"))
        parts[drawing] = parts[drawing].replace(b"</wsDr>", f"{TEXT_BOX}</wsDr>".encode())
        once.write_bytes(zipped(parts))
        twice = once.with_name("twice.xlsx")
        run("rollup", once, "-o", twice, capsys=capsys)
        assert openpyxl.load_workbook(twice).sheetnames == ["Phụ lục", SHEET, f"{SHEET} (2)"]


class TestOldAndOpenFormats:
    @pytest.mark.parametrize("kind", ["xls", "ods"])
    def test_the_copy_is_plain_and_says_so(
        self, kind: str, source: Path, office: OfficeSession, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = source.with_name(f"cu.{kind}")
        with office.open(source) as book:
            book.save_as(file)
        code, out, _ = run("rollup", file, capsys=capsys)
        assert code == 0
        assert f"Tệp .{kind} không thêm trang được: tệp mới là .xlsx" in out
        copied = openpyxl.load_workbook(file.with_name("cu-tong-hop.xlsx"), data_only=True)
        assert copied.sheetnames == ["Phụ lục", SHEET]
        assert [cell.value for cell in copied["Phụ lục"][3]] == [1, "Hội nghị tập huấn", 3325, 3000, 325]
        assert copied["Phụ lục"]["B5"].font.bold
        assert copied[SHEET]["B8"].value == 3355


REFUSALS = {
    "no file": (["x.xlsx"], "x.xlsx: không có tệp này.", "x.xlsx: there is no such file."),
    "a folder": ([".."], "..: đây là một thư mục, không phải tệp.", "..: this is a folder, not a file."),
    "cut off": (
        ["cut.xlsx"],
        "cut.xlsx: tệp bị cắt cụt, thiếu phần cuối; hãy chép lại tệp.",
        "cut.xlsx: the file is cut off, its end is missing.",
    ),
    "a password": (
        ["locked.ods"],
        "locked.ods: tệp có mật khẩu; hãy mở tệp, bỏ mật khẩu rồi lưu lại.",
        "locked.ods: the file has a password; open it, remove the password and save it again.",
    ),
    "no table": (
        ["prose.xlsx"],
        "prose.xlsx: không thấy bảng kinh phí nào; cần một bảng có tiêu đề cột.",
        "prose.xlsx: there is no budget table; expected a table with column headings.",
    ),
    "no amounts": (
        ["staff.xlsx"],
        "staff.xlsx: các bảng không có số tiền nào để cộng; cần ít nhất một số tiền.",
        "staff.xlsx: the tables hold no amounts to add up; expected at least one amount.",
    ),
    "an unknown axis": (
        ["good.xlsx", "--by", "source,tháng"],
        "--by không dùng được; thấy “source,tháng”; cần những tên trong: source, year, agency, group, item.",
        "--by cannot be used; found “source,tháng”; expected names among: source, year, agency, group, item.",
    ),
    "an unknown unit": (
        ["good.xlsx", "--unit", "USD"],
        "--unit không phải đơn vị tính; thấy “USD”; cần một trong: đồng, nghìn đồng, triệu đồng, tỷ đồng.",
        "--unit is no unit of money; found “USD”; expected one of: đồng, nghìn đồng, triệu đồng, tỷ đồng.",
    ),
    "the file itself": (
        ["good.xlsx", "-o", "good.xlsx", "--force"],
        "good.xlsx: tệp đích chính là tệp đang được đọc; cần một tên khác.",
        "good.xlsx: the target is the very file that is read; expected another name.",
    ),
    "a file that exists": (
        ["good.xlsx", "-o", "staff.xlsx"],
        "staff.xlsx: tệp đích đã có; cần tên khác, hoặc --force để ghi đè.",
        "staff.xlsx: the target exists already; expected another name, or --force to overwrite.",
    ),
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_refusals_are_one_sentence_and_write_nothing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    typed_file(tmp_path / "good.xlsx", TYPED)
    typed_file(tmp_path / "prose.xlsx", "Xin chào")
    typed_file(tmp_path / "staff.xlsx", STAFF)
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 nonsense")
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    (tmp_path / "locked.ods").write_bytes(zipped({"META-INF/manifest.xml": manifest}))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    words, vi, en = REFUSALS[kind]
    assert run("rollup", *words, capsys=capsys) == (2, "", f"phuluc: {vi}\n")
    assert run("rollup", *words, "--lang", "en", capsys=capsys) == (2, "", f"phuluc: {en}\n")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_whose_parts_do_not_fit_together_cannot_be_copied(source: Path) -> None:
    read = source_of(source, BY_SOURCE, None)
    with ZipFile(source, "w") as archive:  # it was damaged since
        archive.writestr("_rels/.rels", "<Relationships/>")
    with pytest.raises(InputFault) as caught:
        extended(read, BY_SOURCE, "vi")
    assert caught.value.sentence("vi") == f"{source}: không tạo được bản sao của tệp này."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("made")
    plain, rolled = folder / "plain.xlsx", folder / "rolled.xlsx"
    assert phuluc.main(["generate", "binh-dinh-2021-2025", "-o", str(plain)]) == 0
    assert phuluc.main(["generate", "binh-dinh-2021-2025", "--rollup", "-o", str(rolled)]) == 0
    return plain, rolled


class TestGenerate:
    def test_the_workbook_has_the_roll_up_last_and_shows_the_appendix(self, made: tuple[Path, Path]) -> None:
        plain, rolled = map(openpyxl.load_workbook, made)
        assert rolled.sheetnames == [*plain.sheetnames, SHEET]
        assert rolled.active.title == plain.active.title
        sheet = rolled[SHEET]
        assert len(sheet._charts) == 2
        assert (sheet.page_setup.paperSize, sheet.print_area is None) == (9, False)

    def test_all_formulas_have_values_and_none_is_an_error(self, made: tuple[Path, Path]) -> None:
        cells = list(formula_cells(made[1]))
        assert not any(cell.cached is None or isinstance(cell.cached, CellError) for cell in cells)
        values = sheet_of(made[1])
        assert [values[cell].value for cell in ("G6", "G7", "G8")] == [3075, 3785, 6860]

    def test_the_check_finds_nothing_more(self, made: tuple[Path, Path]) -> None:
        plain, rolled = map(check_file, made)
        assert (rolled.findings, rolled.tables) == (plain.findings, plain.tables) == ((), plain.tables)

    def test_libreoffice_agrees_on_every_cell(self, made: tuple[Path, Path], office: OfficeSession) -> None:
        stored = {(cell.sheet, cell.cell): cell.cached for cell in formula_cells(made[1])}
        with office.open(made[1]) as book:
            book.calculate()
            assert {place: book.value(*place) for place in stored} == pytest.approx(stored)

    def test_formulas_of_the_roll_up_are_locked_too(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        target = tmp_path / "ra.xlsx"
        code, out, _ = run("generate", "dong-nai-2021-2025", "--rollup", "--protect", "-o", target, capsys=capsys)
        assert code == 0
        assert f"{len(openpyxl.load_workbook(target).sheetnames)} trang" in out
        assert all(sheet.protection.sheet for sheet in openpyxl.load_workbook(target))
