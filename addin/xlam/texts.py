"""What VBA itself says to the user, and how text with diacritics is written in VBA, whose sources are ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from faults import Text

#: The texts of the VBA modules: each becomes a function `Text_<name>`. The first three are all that a user sees where
#: Python cannot answer; what was found, or what Windows or Python said, follows below them.
TEXTS: Mapping[str, Text] = {
    "NoPython": Text(
        "Không tìm thấy phần tính toán của phuluc: hãy chạy lại bộ cài phuluc rồi mở lại Excel. Đã tìm ở:",
        "The part of phuluc that calculates was not found: run the installer of phuluc again, then reopen Excel. "
        "These places were searched:",
    ),
    "NotStarted": Text(
        "Phần tính toán của phuluc không khởi động được: hãy mở lại Excel; nếu vẫn vậy, hãy nhờ người quản trị máy "
        "cho phép chương trình dưới đây chạy (phần mềm diệt virus có thể đang chặn nó), hoặc chạy lại bộ cài phuluc.",
        "The part of phuluc that calculates cannot be started: reopen Excel; if that does not help, have the program "
        "below allowed to run (antivirus software may block it), or run the installer of phuluc again.",
    ),
    "Stopped": Text(
        "Lệnh bị dừng vì phần tính toán của phuluc không trả lời: hãy bấm lại; nếu vẫn vậy, hãy mở lại Excel.",
        "The command stopped because the part of phuluc that calculates does not answer: click again; if that does "
        "not help, reopen Excel.",
    ),
    "Title": Text("Phụ lục kinh phí", "Budget appendix"),
    "About": Text("Lập và kiểm tra phụ lục kinh phí trong Excel.", "Makes and checks budget appendices in Excel."),
    "PickFiles": Text("Chọn tệp", "Pick files"),
    "Workbooks": Text("Sổ tính", "Workbooks"),
    "Sources": Text("Ngân sách trung ương, Ngân sách địa phương", "Central budget, Local budget"),
}

_LINE = 900  # characters: VBA takes 1,023 in a line
_RUN = re.compile(r"[ -~]{1,200}|[^ -~]")


def texts_module() -> str:
    """The source of the VBA module `PhulucTexts`: a function for each of `TEXTS`, its English above it."""
    lines = ['Attribute VB_Name = "PhulucTexts"', "Option Explicit", "Option Private Module", "' Generated."]
    for name, text in TEXTS.items():
        lines += ["", f"' {text.en}", f"Public Function Text_{name}() As String"]
        lines += [f"    {line}" for line in assigned(f"Text_{name}", text.vi)]
        lines += ["End Function"]
    return "\n".join([*lines, ""])


def assigned(variable: str, text: str) -> Iterator[str]:
    """VBA statements that give a string variable a text, in lines that VBA takes."""
    start, value = f"{variable} = ", ""
    for part in _parts(unicodedata.normalize("NFC", text)):
        if value and len(start) + len(value) + len(part) > _LINE:
            yield start + value
            start, value = f"{variable} = {variable} & ", ""
        value += f" & {part}" if value else part
    yield start + value


def _parts(text: str) -> Iterator[str]:
    """The VBA expressions whose concatenation is the text: ASCII literals, and ChrW for every other character."""
    if not text:
        yield '""'
    for run in _RUN.findall(text):
        if run.isascii() and run.isprintable():
            yield '"' + run.replace('"', '""') + '"'
        else:
            units = run.encode("utf-16-le")  # ChrW takes one unit of UTF-16
            yield from (f"ChrW({int.from_bytes(units[at : at + 2], 'little')})" for at in range(0, len(units), 2))


def without_diacritics(text: str) -> str:
    """Vietnamese as it is written on an ASCII keyboard, for comments in VBA; other characters become `?`."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if not unicodedata.combining(c)).encode("ascii", "replace").decode()
