"""The generated wrappers: one for each function that Excel calls, made in another process."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from addin.xlam.build import CALLED
from addin.xlam.modules import LONGEST, functions_module
from addin.xlam.texts import assigned
from addin.xlam.wrappers import Argument, Function, wrap

SAMPLE = '''
import xlwings as xw


@xw.func(category="Kinh phí")
@xw.arg("number", doc="Số tiền, tính bằng đồng.")
@xw.arg("style", doc="Kiểu đọc.")
def DOC_SO(number, style=None):
    """Đọc số tiền
    thành chữ.
    """


@xw.func
@xw.arg("cells", doc="Vùng ô.")
@xw.ret(doc='Cộng các ô "tiền".', index=False)
def CONG(cells):
    """Not for the wizard."""


@xw.script
def chao(name):
    """Not a worksheet function."""


def inner(x):
    """Not for Excel."""
'''


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "sample_of_functions.py").write_text(SAMPLE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return "sample_of_functions"


def test_functions_and_scripts_get_wrappers_and_nothing_else_does(sample: str) -> None:
    wrapped = wrap([sample])
    heads = re.findall(r"^(?:Function|Sub) .*$", wrapped.source, re.MULTILINE)
    assert heads == ["Function CONG(cells)", "Function DOC_SO(number, Optional style)", "Sub chao(name)"]
    call = f'DOC_SO = XLPy.CallUDF("{sample}", "DOC_SO", Array(number, style), ActiveWorkbook, Application.Caller)'
    assert call in wrapped.source
    assert f'XLPy.CallUDF "{sample}", "chao", Array(name), ActiveWorkbook, Application.Caller' in wrapped.source


def test_the_wizard_is_told_what_the_decorators_say_or_else_the_docstring(sample: str) -> None:
    assert wrap([sample]).functions == (
        Function("CONG", 'Cộng các ô "tiền".', "xlwings", (Argument("cells", "Vùng ô."),)),
        Function(
            "DOC_SO",
            "Đọc số tiền thành chữ.",
            "Kinh phí",
            (Argument("number", "Số tiền, tính bằng đồng."), Argument("style", "Kiểu đọc.")),
        ),
    )


def test_the_process_that_asks_stays_as_it_was(sample: str) -> None:
    before = {name for name in sys.modules if name.startswith(("pythoncom", "pywintypes", "win32com", "xlwings.udfs"))}
    wrap([sample])
    assert before == {
        name for name in sys.modules if name.startswith(("pythoncom", "pywintypes", "win32com", "xlwings.udfs"))
    }
    assert sample not in sys.modules


def test_a_module_that_cannot_be_imported_is_named() -> None:
    with pytest.raises(RuntimeError, match=r"(?s)^no wrappers of addin\.nowhere: .*ModuleNotFoundError"):
        wrap(["addin.nowhere"])


def test_the_descriptions_go_to_excel_with_an_argument_each() -> None:
    about, arguments = "Đọc số", (Argument("a", "Số"), Argument("b", 'Kiểu "x"'))
    assert functions_module([Function("PL_X", about, "Loại", arguments)]).splitlines()[3:] == [
        "' Generated.",
        "",
        "Public Sub Phuluc_DescribeAll()",
        "    Dim about As String, category As String, arguments() As String",
        "",
        "    ' PL_X: Doc so",
        *(f"    {line}" for line in assigned("about", about)),
        '    category = "Lo" & ChrW(7841) & "i"',
        "    ReDim arguments(1 To 2)",
        '    arguments(1) = "S" & ChrW(7889)',
        '    arguments(2) = "Ki" & ChrW(7875) & "u ""x"""',
        '    Phuluc_DescribeOne "PL_X", about, category, arguments',
        "End Sub",
    ]


def test_a_description_that_excel_would_cut_is_refused() -> None:
    with pytest.raises(RuntimeError, match="PL_X: a description is longer than the 255 characters"):
        functions_module([Function("PL_X", "a" * 256, "Loại", ())])


def test_the_real_functions_and_the_dispatcher_have_wrappers_and_vietnamese_descriptions() -> None:
    wrapped = wrap(CALLED)
    names = {"PL_BANGCHU", "VND", "PL_SO", "PL_KIEMTRA", "PL_SOLOI", "PL_NGUON", "PL_TYLE"}
    assert {each.name for each in wrapped.functions} == names
    assert set(re.findall(r"^Function (\w+)\(", wrapped.source, re.MULTILINE)) == names
    assert re.findall(r"^Sub .*$", wrapped.source, re.MULTILINE) == ["Sub phuluc_dispatch(control, answers)"]
    assert {each.category for each in wrapped.functions} == {"Phụ lục kinh phí"}
    for function in wrapped.functions:
        for said in (function.about, *(argument.about for argument in function.arguments)):
            assert 0 < len(said) <= LONGEST, function.name
            assert not said.isascii(), f"{function.name}: {said}"
