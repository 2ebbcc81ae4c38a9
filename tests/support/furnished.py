"""A workbook with what openpyxl would lose: shapes, header pictures, form buttons, sparklines, stored values."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import xlsxwriter


def picture() -> bytes:
    """A small red PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"".join(b"\0" + b"\xff\0\0" * 8 for _ in range(8)))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def furnished_file(path: Path, *, macros: Path | None = None) -> Path:
    """Sheets "Phụ lục I" (A5:H45, notes at C36 and B7) and "Chi tiết (2)" (an Excel table, no notes)."""
    with xlsxwriter.Workbook(path) as book:
        money, head = book.add_format({"num_format": "#,##0", "border": 1}), book.add_format({"bold": True})
        sheet, other = book.add_worksheet("Phụ lục I"), book.add_worksheet("Chi tiết (2)")
        sheet.write_row(4, 0, ["STT", "Nội dung", "Tổng", *(f"Năm {year}" for year in range(2021, 2026))], head)
        for row in range(5, 45):
            sheet.write_row(row, 0, [row - 4, f"Hạng mục {row}"], money)
            sheet.write_formula(row, 2, f"=SUM(D{row + 1}:H{row + 1})", money, 5 * row)
            sheet.write_row(row, 3, [row] * 5, money)
        sheet.write_comment("C36", "Hỏi lại chị Lan", {"author": "Hà"})
        sheet.write_comment("B7", "Theo tờ trình")
        sheet.insert_button("J5", {"caption": "Bấm"})
        sheet.insert_textbox("J10", "Hộp chữ")
        sheet.insert_image("J2", "anh.png", {"image_data": BytesIO(picture())})
        sheet.set_header("&L&G&C&P", {"image_left": "dau.png", "image_data_left": BytesIO(picture())})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Phụ lục I'!$C$6:$C$20"})
        sheet.insert_chart("J15", chart)
        sheet.conditional_format("C6:C45", {"type": "data_bar"})
        sheet.data_validation("A6:A45", {"validate": "whole", "criteria": ">", "value": 0})
        sheet.add_sparkline("I6", {"range": "'Phụ lục I'!D6:H6"})
        other.add_table("A3:B12", {"columns": [{"header": "Mã"}, {"header": "Tên"}]})
        if macros is not None:
            book.add_vba_project(str(macros))
    return path
