"""Verifying: cached values against engines that calculate anew."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from faults import InputFault
from workbook import verify as verify_module
from workbook.engines import ENGINES, EngineFault, available_engines, formulas_engine, libreoffice, recalculate
from workbook.package import CellError
from workbook.saving import save
from workbook.verify import Disagreement, verify

SHEET = "Phụ lục I, (A)"
ENGINE = [
    pytest.param("formulas"),
    pytest.param("formualizer"),
    pytest.param(
        "libreoffice",
        marks=[
            pytest.mark.office,
            pytest.mark.skipif("libreoffice" not in available_engines(), reason="LibreOffice is not on the PATH"),
        ],
    ),
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """B3 = 1227.5 shown without decimals, C3 text, D3 truth value, E3 error, F3 empty text, G3 an empty cell."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = SHEET
    for row, amount in enumerate([1200, 27.5, "=SUM(B1:B2)"], start=1):
        sheet.cell(row, 2, amount).number_format = "#,##0"
    for column, formula in enumerate(['="Cộng"&CHAR(10)&"năm"', "=B3>100", "=1/0", '=""', "=Z9"], start=3):
        sheet.cell(3, column, formula)
    workbook.create_sheet("Kiểm tra")["A1"] = f"='{SHEET}'!B3*2"
    path = tmp_path / "sổ 'A' [x] 100%#.xlsx"
    save(workbook, path, force=False, allow_errors=True)
    return path


def tamper(path: Path, before: bytes, after: bytes) -> None:
    """Replace a piece of the first sheet's XML."""
    with ZipFile(path) as archive:
        parts = {info: archive.read(info) for info in archive.infolist()}
    with ZipFile(path, "w") as archive:
        for info, data in parts.items():
            if info.filename == "xl/worksheets/sheet1.xml":
                assert data.count(before) == 1
                data = data.replace(before, after)  # noqa: PLW2901
            archive.writestr(info, data)


@pytest.mark.parametrize("engine", ENGINE)
def test_an_engine_agrees_then_finds_what_was_tampered_with(book: Path, engine: str) -> None:
    report = verify(book, [engine])
    assert (report.agrees, report.formulas, report.missing, report.disagreements) == (True, 7, (), ())
    assert [(each.engine, each.judged, each.problem) for each in report.judgements] == [(engine, 7, None)]
    assert report.judgements[0].version[0].isdigit()

    tamper(book, b"<v>1227.5</v>", b"<v>1227.4</v>")
    tamper(book, b'"C3" t="str"', b'"C3" t="e"')
    tamper(book, b"<v>#DIV/0!</v>", b"<v>#REF!</v>")
    report = verify(book, [engine])
    assert not report.agrees
    assert report.disagreements == (
        Disagreement(SHEET, "B3", 1227.4, {engine: 1227.5}),
        Disagreement(SHEET, "C3", CellError("Cộng\nnăm"), {engine: "Cộng\nnăm"}),
        Disagreement(SHEET, "E3", CellError("#REF!"), {engine: CellError("#DIV/0!")}),
    )


def test_a_difference_that_the_format_does_not_show_is_none(book: Path) -> None:
    tamper(book, b"<v>1227.5</v>", b"<v>1228.4</v>")
    assert verify(book, ["formualizer"]).agrees


def test_a_missing_value_disagrees_even_when_nobody_is_asked(book: Path) -> None:
    tamper(book, b"<f>B3&gt;100</f><v>1</v>", b"<f>B3&gt;100</f>")
    assert verify(book, []).disagreements == (Disagreement(SHEET, "D3", None, {}),)
    assert verify(book, ["formulas"]).disagreements == (Disagreement(SHEET, "D3", None, {"formulas": True}),)


def test_a_truth_value_is_no_number(book: Path) -> None:
    tamper(book, b'"D3" t="b"', b'"D3" t="n"')
    assert verify(book, ["formualizer"]).disagreements == (Disagreement(SHEET, "D3", 1.0, {"formualizer": True}),)


def test_nothing_agrees_when_nobody_judged(book: Path) -> None:
    report = verify(book, [])
    assert (report.disagreements, report.agrees) == ((), False)


def test_an_engine_that_is_not_installed_is_named(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_module, "available_engines", lambda: ("formualizer",))
    report = verify(book, ENGINES)
    assert report.missing == ("formulas", "libreoffice")
    assert [each.engine for each in report.judgements] == ["formualizer"]
    assert report.agrees


def test_installed_engines_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert available_engines() == ("formulas", "formualizer")


def test_an_unknown_engine_is_refused(book: Path) -> None:
    with pytest.raises(InputFault, match="no such engine; found “excel”; expected formulas or formualizer or libreoff"):
        verify(book, ["excel"])


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("STT;Nội dung", encoding="utf-8")
    with pytest.raises(InputFault, match="not an Excel workbook"):
        verify(tmp_path / "a.xlsx")


def unsaved(path: Path, title: str, **cells: object) -> Path:
    """A workbook as openpyxl leaves it, without cached values."""
    workbook = Workbook()
    workbook.active.title = title
    for cell, value in cells.items():
        workbook.active[cell] = value
    workbook.save(path)
    return path


def test_a_circle_is_not_judged(tmp_path: Path) -> None:
    path = unsaved(tmp_path / "a.xlsx", "S", A1="=A2+1", A2="=A1+1", A3="=1+1")
    assert recalculate("formulas", path).values == {("S", "A3"): 2.0}
    report = verify(path, ["formulas", "formualizer"])
    assert [(each.engine, each.judged) for each in report.judgements] == [("formulas", 1), ("formualizer", 0)]
    assert "#CIRC!" in (report.judgements[1].problem or "")


def test_what_formulas_cannot_load_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = unsaved(tmp_path / "a.xlsx", "Sở 'A'", A1="=1+1")
    assert verify(path, ["formulas"]).judgements[0].problem == (
        "formulas cannot follow references to a sheet with an apostrophe in its name"
    )

    def fail(*_: object) -> None:
        raise ValueError("Tables")

    monkeypatch.setattr(formulas_engine.formulas.ExcelModel, "loads", fail)
    with pytest.raises(EngineFault, match="ValueError: Tables"):
        recalculate("formulas", unsaved(tmp_path / "b.xlsx", "S", A1="=1+1"))


def test_formulas_keeps_the_terminal_clean(book: Path, capfd: pytest.CaptureFixture[str]) -> None:
    recalculate("formulas", book)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("engine", ENGINE)
def test_the_file_and_its_folder_stay_as_they_are(book: Path, engine: str) -> None:
    before = book.read_bytes()
    recalculate(engine, book)
    assert book.read_bytes() == before
    assert [file.name for file in book.parent.iterdir()] == [book.name]


@pytest.mark.office
@pytest.mark.skipif("libreoffice" not in available_engines(), reason="LibreOffice is not on the PATH")
class TestLibreOffice:
    def test_a_text_that_depends_on_the_locale_is_found(self, tmp_path: Path) -> None:
        workbook = Workbook()
        workbook.active["A1"] = '="tỷ lệ "&1.5'
        workbook.active["A2"] = '=SUBSTITUTE(FIXED(1234567,0),",",".")'
        save(workbook, tmp_path / "a.xlsx", force=False)
        assert verify(tmp_path / "a.xlsx", ["libreoffice"]).disagreements == (
            Disagreement("Sheet", "A1", "tỷ lệ 1.5", {"libreoffice": "tỷ lệ 1,5"}),
        )

    def test_prints_a_pdf(self, book: Path, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        pdf = libreoffice.to_pdf(book, tmp_path / "in")
        assert pdf == tmp_path / "in" / f"{book.stem}.pdf"
        assert pdf.read_bytes().startswith(b"%PDF-")

    def test_a_file_that_it_cannot_load_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 no workbook")
        with pytest.raises(EngineFault, match="LibreOffice wrote nothing"):
            recalculate("libreoffice", tmp_path / "a.xlsx")

    def test_it_is_ended_when_it_takes_too_long(self, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(libreoffice, "TIMEOUT", 0.05)
        with pytest.raises(EngineFault, match=r"longer than 0\.05 seconds"):
            recalculate("libreoffice", book)


def test_without_libreoffice_there_is_no_answer(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EngineFault, match="not installed"):
        recalculate("libreoffice", book)
