"""Pages as LibreOffice prints them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support.reference import NAMES, reference
from support.uno_session import OfficeSession

from generators.generate import generate
from workbook.engines.libreoffice import to_pdf

pytestmark = pytest.mark.office
A4 = (595, 842)


@pytest.fixture(scope="module")
def pdfs(office: OfficeSession, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    folder = tmp_path_factory.mktemp("pdf")
    return {name: to_pdf(generate(reference(name), folder / f"{name}.xlsx").path, folder) for name in NAMES}


def text(pdf: Path, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, pdf, "-"], capture_output=True, text=True, check=True).stdout


def words_of(printed: str) -> list[str]:
    """The words without hyphens: lines break at these too, and pdftotext then joins the halves."""
    return re.sub(r"-\n?", "", printed).split()


def folded(words: str) -> str:
    return re.sub(r"\s+", " ", words)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overflows_and_letters_are_right(pdfs: dict[str, Path], name: str) -> None:
    printed = text(pdfs[name])
    assert "###" not in printed
    assert "\ufffd" not in printed
    assert "KIỂM TRA PHỤ LỤC KINH PHÍ" in printed


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_a4(pdfs: dict[str, Path], name: str) -> None:
    info = subprocess.run(["pdfinfo", "-l", "99", pdfs[name]], capture_output=True, text=True, check=True).stdout
    sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", info)
    assert sizes
    assert {tuple(sorted((round(float(w)), round(float(h))))) for w, h in sizes} == {A4}


@pytest.mark.parametrize(
    ("name", "header", "pages"),
    [
        ("binh-dinh-2021-2025", "Nguồn kinh phí Tổng cộng", 4),
        ("nghe-an-2021-2025", "Thời gian thực hiện", 3),
    ],
)
def test_the_header_stands_on_every_page_and_one_page_is_wide_enough(
    pdfs: dict[str, Path], name: str, header: str, pages: int
) -> None:
    """A table wider than a page would print its right columns on pages without the first column's heading."""
    words = [folded(page) for page in text(pdfs[name], "-layout").split("\f")[:pages]]
    assert all("STT" in page.upper() for page in words)
    assert all(set(header.split()) <= set(page.split()) for page in words)


def test_titles_and_long_cells_are_printed_whole(pdfs: dict[str, Path]) -> None:
    plan = reference("nghe-an-2021-2025")
    printed = set(words_of(text(pdfs["nghe-an-2021-2025"])))
    for item in plan.items:
        for words in (item.title, item.partners, item.objective):
            assert set(words_of(words)) <= printed, item.id


def test_the_first_page_bears_no_number_and_each_appendix_is_numbered_on_its_own(pdfs: dict[str, Path]) -> None:
    pages = text(pdfs["can-tho-2021-2025"], "-layout").split("\f")
    firsts = [page.strip().split("\n")[0].strip() for page in pages]
    start = next(n for n, page in enumerate(pages) if "Phụ lục 2" in page)
    assert firsts[0] == "Phụ lục 1"
    assert firsts[start : start + 3] == ["Phụ lục 2", "2", "3"]


def test_numbers_read_as_vietnam_writes_them(pdfs: dict[str, Path]) -> None:
    printed = text(pdfs["can-tho-2021-2025"])
    assert "5.241,5" in printed
    assert "46,3" in printed
    assert "42,0" not in printed
    assert "5.241.500.000" in printed
