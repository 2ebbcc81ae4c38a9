"""The VBA at work, in pyOpenVBA's interpreter: what a click hands to Python, and what is said where Python is missing.

Windows, Excel's dialog and the DLL, all behind the module PhulucWindows, are played by `WINDOWS`.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from pyopenvba.apps.excel import ExcelApplication

from addin.xlam.modules import vba_modules
from addin.xlam.texts import TEXTS, assigned, without_diacritics
from addin.xlam.wrappers import Argument, Function, Wrapped

DISPATCH = """
Sub phuluc_dispatch(control, answers)
    XLPy.CallUDF "addin.ribbon", "phuluc_dispatch", Array(control, answers), ActiveWorkbook, Nothing
End Sub
"""

WINDOWS = r"""
Public said As String, loaded As String, started As String, described As String
Public isAddin As Boolean, asked As String, refusals As Long
Public file As String, dll As String, fault As String, picked As Variant, stops As Boolean

Public Sub Phuluc_Say(ByVal text As String)
    said = text
End Sub

Public Function Phuluc_Picked(ByVal filter As String, ByVal title As String) As Variant
    said = filter & "|" & title
    Phuluc_Picked = picked
End Function

Public Function Phuluc_Loaded(ByVal fileName As String) As Boolean
    loaded = loaded & fileName & "|"
    Phuluc_Loaded = fileName = dll
End Function

Public Function Phuluc_Started(ByVal command As String, ByRef answer As Variant) As Boolean
    started = started & command & "|"
    If fault = "" Then Set answer = New FakePython Else answer = fault
    Phuluc_Started = fault = ""
End Function

Public Function GetAttr(ByVal name As String) As Long
    If name = "C:\Program Files\Phuluc\python" Then GetAttr = vbDirectory Else If name <> file Then Err.Raise 53
End Function

Public Sub MacroOptions(Macro, Description, Category, ArgumentDescriptions)
    asked = asked & isAddin & " "
    refusals = refusals - 1
    If refusals >= 0 Then Err.Raise 1004, , "Cannot edit a macro on a hidden workbook."
    described = Macro & "|" & Description & "|" & Category & "|" & Join(ArgumentDescriptions, "|")
End Sub

Public Function Environ(ByVal name As String) As String
    If name = "LOCALAPPDATA" Then Environ = "C:\Users\An\AppData\Local"
End Function
"""

FAKE_PYTHON = """
Public Sub CallUDF(module, name, arguments, book, caller)
    If stops Then Err.Raise -2147023174, , "The RPC server is unavailable."
    Debug.Print module & ":" & name & "(" & arguments(0) & ")" & Join(arguments(1), "|")
End Sub
"""

TEST = """
Public Sub Click(id As String, tag As String)
    Dim control As New IRibbonControl
    control.ID = id
    control.Tag = tag
    Phuluc_Click control
End Sub

Public Sub Change(id As String, text As String)
    Dim control As New IRibbonControl
    control.ID = id
    Phuluc_Changed control, text
End Sub

Public Function Shown(id As String) As Variant
    Dim control As New IRibbonControl
    control.ID = id
    Phuluc_Text control, Shown
End Function

Public Sub Have(pythonw As String, library As String, trouble As String)
    file = pythonw
    dll = library
    fault = trouble
End Sub

Public Sub Pick(one As String, other As String)
    If one = "" Then picked = False Else picked = Array(one, other)
End Sub

Public Sub RefuseToDescribe(times As Long)
    isAddin = True
    refusals = times
End Sub

Public Sub StopNow()
    stops = True
End Sub
"""

INSTALLED = r"C:\Users\An\AppData\Local\Phuluc\python"
DLL = r"\xlwings64-0.37.8.dll"
PLACES = ("C:\\Program Files\\Phuluc\\python", r"python\pythonw.exe", r"%LOCALAPPDATA%\Phuluc\python\pythonw.exe")


@pytest.fixture
def excel() -> ExcelApplication:
    """Excel with the add-in's modules, its sheet of settings, and a Python in the user's folder."""
    app = ExcelApplication()
    app.add_workbook()
    sheet = app.sheet(1)
    sheet.sheet.name = "phuluc.conf"
    for row, place in enumerate(PLACES, 1):
        sheet.set_value(f"A{row}", "INTERPRETER_WIN")
        sheet.set_value(f"B{row}", place)
    functions = (Function("PL_X", "Đọc số", "Kinh phí", (Argument("a", "Số tiền"), Argument("b", "Kiểu"))),)
    modules = vba_modules(Wrapped(DISPATCH, functions)) | {"PhulucWindows": WINDOWS, "Test": TEST}
    for name in modules.keys() - {"ThisWorkbook", "Sheet2"}:
        app.add_module(understood(modules[name]), name=name)
    app.add_module(FAKE_PYTHON, name="FakePython", kind="class")
    app.add_module("Public ID As String\nPublic Tag As String\n", name="IRibbonControl", kind="class")
    app.freeze_clock(dt.datetime(2026, 11, 25))
    app.run("Have", rf"{INSTALLED}\pythonw.exe", f"{INSTALLED}{DLL}", "")
    return app


def understood(source: str) -> str:
    """The source without what this interpreter does not know: a comment behind #Const, IsAddin, MacroOptions."""
    source = re.sub(r"(?m)^(#Const .*?) *'.*$", r"\1", source)
    return source.replace("ThisWorkbook.IsAddin", "isAddin").replace("Application.MacroOptions", "MacroOptions")


def handed_on(excel: ExcelApplication) -> list[str]:
    """The answers that Python got with the last click."""
    head, _, answers = excel.console[-1].partition(")")
    assert head.startswith("addin.ribbon:phuluc_dispatch(")
    return [answer for answer in answers.split("|") if answer]


def test_a_click_hands_the_control_to_the_one_dispatcher(excel: ExcelApplication) -> None:
    excel.run("Click", "check-sheet", "")
    assert excel.console == ["addin.ribbon:phuluc_dispatch(check-sheet)|"]  # two empty texts, never an empty array
    assert excel.evaluate("said") == ""


def test_a_tag_holds_fixed_answers(excel: ExcelApplication) -> None:
    excel.run("Click", "unit.million", "to=million")
    assert excel.console[-1].startswith("addin.ribbon:phuluc_dispatch(unit.million)")
    assert handed_on(excel) == ["to=million"]


def test_what_stands_in_the_boxes_goes_along_with_a_new_appendix(excel: ExcelApplication) -> None:
    excel.run("Click", "new.a", "form=a;ask:boxes")
    sources = "Ngân sách trung ương, Ngân sách địa phương"
    assert handed_on(excel) == ["form=a", "years=2026-2030", f"sources={sources}"]
    assert (excel.run("Shown", "years"), excel.run("Shown", "sources")) == ("2026-2030", sources)
    excel.run("Change", "years", "2027-2028")
    excel.run("Change", "sources", "")
    excel.run("Click", "new.a", "form=a;ask:boxes")
    assert handed_on(excel) == ["form=a", "years=2027-2028", "sources="]
    assert (excel.run("Shown", "years"), excel.run("Shown", "sources")) == ("2027-2028", "")


@pytest.mark.parametrize(
    ("today", "years"), [(2025, "2026-2030"), (2029, "2026-2030"), (2030, "2031-2035"), (2024, "2021-2025")]
)
def test_the_period_offered_is_the_five_year_plan_of_next_year(excel: ExcelApplication, today: int, years: str) -> None:
    excel.freeze_clock(dt.datetime(today, 7, 1))
    assert excel.run("Shown", "years") == years


def test_every_file_that_is_picked_is_an_answer(excel: ExcelApplication) -> None:
    excel.run("Pick", r"D:\Sở Tài chính\Tổng hợp.xlsx", r"D:\b=c;d.xls")
    excel.run("Click", "consolidate", "ask:files")
    assert handed_on(excel) == [r"file=D:\Sở Tài chính\Tổng hợp.xlsx", r"file=D:\b=c;d.xls"]
    assert excel.evaluate("said") == "Sổ tính,*.xlsx;*.xlsm;*.xls;*.ods|Chọn tệp"


def test_nothing_happens_where_no_file_is_picked(excel: ExcelApplication) -> None:
    excel.run("Pick", "", "")
    excel.run("Click", "consolidate", "ask:files")
    assert excel.console == []
    assert excel.evaluate("loaded") == ""


def test_python_is_started_by_the_name_of_the_first_one_that_is_there(excel: ExcelApplication) -> None:
    excel.run("Click", "check-book", "")
    excel.run("Click", "about", "")
    command = rf'''"{INSTALLED}\pythonw.exe" -P -c "import xlwings; xlwings.serve('$(CLSID)')"'''
    assert excel.evaluate("started") == f"{command}|{command}|"  # one name: the DLL starts it once
    assert excel.evaluate("loaded") == f"{INSTALLED}{DLL}|" * 2


def test_in_a_virtual_environment_the_dll_stands_a_folder_higher(excel: ExcelApplication) -> None:
    excel.run("Have", rf"{INSTALLED}\pythonw.exe", rf"C:\Users\An\AppData\Local\Phuluc{DLL}", "")
    excel.run("Click", "about", "")
    assert len(excel.console) == 1
    assert excel.evaluate("said") == ""


def test_a_missing_python_is_one_vietnamese_sentence_and_the_places_searched(excel: ExcelApplication) -> None:
    excel.run("Have", "", "", "")
    excel.application.status_bar = "phuluc: đang kiểm tra"
    excel.run("Click", "check-sheet", "")
    sentence, nothing, *places = excel.evaluate("said").splitlines()
    assert sentence == (
        "Không tìm thấy phần tính toán của phuluc: hãy chạy lại bộ cài phuluc rồi mở lại Excel. Đã tìm ở:"
    )
    assert nothing == ""
    # the book of this test was never saved: it stands in no folder
    assert places == ["C:\\Program Files\\Phuluc\\python", r"\python\pythonw.exe", rf"{INSTALLED}\pythonw.exe"]
    assert excel.console == []
    assert excel.application.status_bar is False


@pytest.mark.parametrize(
    ("library", "trouble", "detail"),
    [
        ("", "", DLL.removeprefix("\\")),
        (f"{INSTALLED}{DLL}", "Could not create Python process.", "Could not create Python process."),
    ],
    ids=["DLL missing or barred", "Python barred"],
)
def test_a_python_that_cannot_start_is_one_vietnamese_sentence_and_the_program_in_question(
    excel: ExcelApplication, library: str, trouble: str, detail: str
) -> None:
    excel.run("Have", rf"{INSTALLED}\pythonw.exe", library, trouble)
    excel.run("Click", "check-sheet", "")
    assert excel.evaluate("said").splitlines() == [
        "Phần tính toán của phuluc không khởi động được: hãy mở lại Excel; nếu vẫn vậy, hãy nhờ người quản trị máy "
        "cho phép chương trình dưới đây chạy (phần mềm diệt virus có thể đang chặn nó), hoặc chạy lại bộ cài phuluc.",
        "",
        rf"{INSTALLED}\pythonw.exe",
        detail,
    ]


def test_a_python_that_dies_at_work_is_told_too(excel: ExcelApplication) -> None:
    excel.run("StopNow")
    excel.run("Click", "check-sheet", "")
    assert excel.evaluate("said").splitlines() == [
        "Lệnh bị dừng vì phần tính toán của phuluc không trả lời: hãy bấm lại; nếu vẫn vậy, hãy mở lại Excel.",
        "",
        "The RPC server is unavailable.",
    ]


def test_texts_come_out_of_vba_as_they_went_in(excel: ExcelApplication) -> None:
    for name, text in TEXTS.items():
        assert excel.evaluate(f"Text_{name}") == text.vi


@pytest.mark.parametrize(
    "text", ["", '"', 'a "b"', "Ủy ban nhân dân tỉnh", "ở", "đ", "tab\tvà\ndòng", "𝄞 nhạc", "ế" * 400, "a" * 3000]
)
def test_any_text_comes_out_of_vba_as_it_went_in(excel: ExcelApplication, text: str) -> None:
    lines = list(assigned("Spoken", text))
    assert max(map(len, lines)) <= 1023
    assert all(line.isascii() for line in lines)
    excel.add_module("\n".join(["Function Spoken() As String", *lines, "End Function", ""]), name="Spoken")
    assert str(excel.run("Spoken")).encode("utf-16-le", "surrogatepass") == text.encode("utf-16-le")


def test_comments_keep_the_letters_and_lose_the_marks() -> None:
    assert without_diacritics("Đọc số tiền: “ừ”") == "Doc so tien: ?u?"


@pytest.mark.parametrize(
    ("refusals", "as_addin"), [(0, ["True"]), (1, ["True", "False"]), (2, ["True", "False"])], ids=str
)
def test_functions_are_described_even_where_excel_refuses_that_of_an_addin(
    excel: ExcelApplication, refusals: int, as_addin: list[str]
) -> None:
    excel.run("RefuseToDescribe", refusals)
    excel.run("Phuluc_Describe")
    assert excel.evaluate("asked").split() == as_addin  # whether the workbook was an add-in each time
    assert excel.evaluate("isAddin") is True
    assert excel.application.screen_updating is True
    told = "'Book1'!PL_X|Đọc số|Kinh phí|Số tiền|Kiểu"
    assert excel.evaluate("described") == ("" if refusals == 2 else told)
