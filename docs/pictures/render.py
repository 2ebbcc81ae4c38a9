"""Makes the pictures of the guide anew: real workbooks, worked on by the commands, printed by LibreOffice.

    python docs/pictures/render.py

Needs LibreOffice and pdftoppm (package poppler-utils).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import xlwings as xw

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))
RESOLUTION = 100  # dots per inch


def picture(book: xw.Book, sheet: str, name: str, page: int = 1, height: int = 0) -> None:
    """A page of a sheet as `huong-dan/<name>.png`; printed from a copy, as fresh conditional formats are not drawn.

    `height`: how many dots of the page are taken, from its top; 0: all.
    """
    with tempfile.TemporaryDirectory() as folder:
        pdf, copy = Path(folder) / "page.pdf", Path(folder) / "copy.xlsx"
        book.api.SaveCopyAs(str(copy))
        opened = book.app.books.open(str(copy))
        opened.to_pdf(str(pdf), include=[sheet])
        opened.close()
        book.activate()
        options = ["-r", str(RESOLUTION), "-png", "-singlefile", "-f", str(page), "-l", str(page), "-H", str(height)]
        subprocess.run(["pdftoppm", *options, str(pdf), str(HERE / "huong-dan" / name)], check=True)


def main() -> None:
    """All of them."""
    from addin.engines.libreoffice import office
    from addin.ribbon import perform
    from budget.loading import load_plan
    from generators.generate import generate

    with tempfile.TemporaryDirectory() as folder, office() as app:

        def press(control: str, **answers: list[str]) -> None:
            outcome = perform(control, app, answers)
            print(control, "-", outcome.message.vi)
            if not outcome.done:
                raise RuntimeError(outcome.message.en)

        def made(plan: str) -> xw.Book:
            path = Path(folder) / f"{plan}.xlsx"
            generate(load_plan(HERE.parents[1] / "plans" / plan), path, force=True)
            return app.books.open(str(path))

        book = made("binh-dinh-2021-2025")
        picture(book, "Phụ lục", "phu-luc")
        book.sheets["Phụ lục"].range("C36").value = 3235  # as the decision was printed
        press("check-book")
        picture(book, "Phụ lục", "danh-dau", page=3)
        picture(book, "Kết quả kiểm tra", "ket-qua-kiem-tra", height=300)
        press("clear-marks")
        book.close()
        book = made("can-tho-2021-2025")
        press("by-source")
        picture(book, "Tổng hợp nguồn vốn", "tong-hop", height=600)
        paths = [str(Path(folder) / f"{name}.xlsx") for name in ("binh-dinh-2021-2025", "can-tho-2021-2025")]
        press("consolidate", file=paths)
        picture(app.books.active, "Tổng hợp", "hop-nhat", height=620)


if __name__ == "__main__":
    main()
